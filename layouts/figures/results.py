"""Published before-and-after changes: a dot a result, with its interval where there is one."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.language import say
from layouts.figures.base import quiet_layout
from layouts.theme import GRAY, GRID, LINE

ROW = 66
"""Height of a row in pixels: two lines of words above the dot."""


def result_chart(rows: pd.DataFrame) -> go.Figure:
    """Draw percent changes on one axis around "no change".

    Parameters
    ----------
    rows
        Rows of ``data.evidence.results`` with a ``change_pct``, in the order to show, best evidence
        filled, claims hollow.

    Returns
    -------
    A horizontal dot chart, first row on top.
    """
    change = rows["change_pct"].astype(float)
    places = list(range(len(rows)))
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    fig = go.Figure(
        layout=quiet_layout(
            height=40 + ROW * len(rows),
            margin={"l": 8, "r": 8, "t": 8, "b": 30},
            xaxis={
                **axis,
                "range": [min(-100, change.min() - 8), max(22, change.max() + 22)],
                "tickvals": [-100, -75, -50, -25, 0],
                "ticktext": ["−100%", "−75%", "−50%", "−25%", say("no change")],
            },
            yaxis={**axis, "range": [len(rows) - 0.5, -0.75], "visible": False},
        )
    )
    fig.add_vline(x=0, line={"color": GRAY, "width": 1.5})
    fig.add_scatter(
        x=change,
        y=places,
        mode="markers+text",
        text=[f"  {row.headline}  {row.graded}  " for row in rows.itertuples()],
        textposition=["middle left" if x > -45 else "middle right" for x in change],
        cliponaxis=False,
        marker={
            "size": 12,
            "color": LINE,
            "symbol": ["circle-open" if claim == "yes" else "circle" for claim in rows["claim"]],
            "line": {"width": 2, "color": LINE},
        },
        customdata=[_hover(row) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        name="change",
    )
    for place, row in zip(places, rows.itertuples(), strict=True):
        period = row.period_after or say("period not given")
        words = f"{row.site}: {row.measure}, {period}"
        fig.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=place - 0.2,
            yanchor="bottom",
            text="<br>".join(wrap(words, 52)),
            align="left",
            showarrow=False,
        )
    return fig


def _hover(row: Any) -> str:
    compared = say("comparison: {others}", others=row.compared)
    return (
        f"{row.site}<br>{row.measure}<br>{row.graded} · {compared}<br>{row.people} · {row.interval}"
    )
