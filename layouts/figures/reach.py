"""People reached: dated counts of people who entered LEAD, named where they stand."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import quiet_layout
from layouts.theme import GRID, LINE


def reach_chart(rows: pd.DataFrame) -> go.Figure:
    """Draw the dated counts of people who entered LEAD.

    Parameters
    ----------
    rows
        Rows of ``data.evidence.reach`` with ``entered = yes``; those without a day are left out.

    Returns
    -------
    Running totals as filled points, joined only within one site and measure; counts on a date
    as hollow points, never joined.
    """
    drawn = rows[rows["day"].notna()].rename(columns={"count": "told"})
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    pad = pd.Timedelta(days=330)
    most = drawn["value"].astype(float).max()
    fig = go.Figure(
        layout=quiet_layout(
            height=240,
            margin={"l": 44, "r": 12, "t": 16, "b": 26},
            xaxis={
                **axis,
                "showgrid": False,
                "tickformat": "%Y",
                "dtick": "M12",
                "range": [drawn["middle"].min() - pad, drawn["middle"].max() + pad],
            },
            yaxis={
                **axis,
                "range": [-0.12 * most, 1.25 * most],
                "nticks": 5,
            },
        )
    )
    for (site, measure, kind), points in drawn.groupby(["site", "measure", "kind"], sort=False):
        _add_counts(fig, points, site, measure, total=kind == "cumulative")
    return fig


def _add_counts(fig: go.Figure, points: pd.DataFrame, site: str, measure: str, total: bool) -> None:
    """Draw the counts of one site and measure; only running totals are joined."""
    fig.add_scatter(
        x=points["middle"],
        y=points["value"].astype(float),
        mode="lines+markers+text" if total else "markers+text",
        text=[f"{_short(site)}: {row.told}" for row in points.itertuples()],
        textposition="top center" if total else "bottom center",
        line={"color": LINE, "width": 2},
        marker={
            "size": 9,
            "color": LINE,
            "symbol": "circle" if total else "circle-open",
            "line": {"width": 2, "color": LINE},
        },
        customdata=[
            f"{site}<br>{measure}: {row.told}<br>{row.when}" for row in points.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
        name=f"{site}: {measure}",
    )


def _short(site: str) -> str:
    """Give the place of a site's name: ``Hickory Police Department LEAD`` is ``Hickory``."""
    return site.split(" Police")[0].split(" County")[0].removesuffix(" LEAD")
