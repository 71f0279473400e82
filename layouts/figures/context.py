"""One small chart a context series: points joined only within one definition and publisher."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.evidence.context import BREAK_WORDS, Series, value_words
from data.language import say
from layouts.figures.base import quiet_layout
from layouts.theme import BAND, GRAY, GRID, LINE

LABEL_ROWS, LABEL_PIXELS = 2, 14
"""Rows of words above a chart, and the height of each."""
HOLLOW = ("about", "more than", "less than", "provisional")


def context_chart(series: Series) -> go.Figure:
    """Draw one series from zero, with breaks dotted and the start of LEAD as its uncertain span.

    Points that the source calls rounded or provisional are hollow.
    """
    points = series.points
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    percent = {"ticksuffix": "%"} if series.unit == "percent" else {}
    fig = go.Figure(
        layout=quiet_layout(
            height=186,
            margin={"l": 48, "r": 12, "t": 8 + LABEL_ROWS * LABEL_PIXELS, "b": 24},
            xaxis={**axis, "showgrid": False, "tickformat": "%Y", **_years(points)},
            yaxis={**axis, "range": _values(points["value"]), "nticks": 4, **percent},
        )
    )
    _add_points(fig, series)
    _add_marks(fig, series)
    return fig


def _add_points(fig: go.Figure, series: Series) -> None:
    """Draw the points, joined only where one follows another."""
    points = series.points
    gaps = points[~points["follows"]].assign(value=None)
    drawn = pd.concat([gaps, points]).sort_values("day", kind="stable")
    fig.add_scatter(
        x=drawn["day"],
        y=drawn["value"],
        mode="lines+markers",
        line={"color": LINE, "width": 2},
        connectgaps=False,
        marker={
            "size": 9,
            "color": LINE,
            "symbol": ["circle-open" if q in HOLLOW else "circle" for q in drawn["qualifier"]],
            "line": {"color": LINE, "width": 2},
        },
        customdata=[
            "" if row.value is None else f"{row.when}<br>{value_words(row, series.unit)}"
            for row in drawn.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
        name=series.measure,
    )


def _add_marks(fig: go.Figure, series: Series) -> None:
    """Mark the breaks and the starts of LEAD, each with its word above the chart."""
    written = _break_marks(series.breaks)
    for _, day in written:
        fig.add_vline(x=day, line={"color": GRAY, "width": 1.2, "dash": "dot"})
    for start in series.starts.itertuples():
        end = max(start.s1, start.s0 + pd.Timedelta(days=20))
        fig.add_vrect(x0=start.s0, x1=end, fillcolor=BAND, line_width=0)
        written.append((say("LEAD starts"), start.s0))
    first, last = series.points["day"].min(), series.points["day"].max()
    written.sort(key=lambda mark: mark[1])
    across = [(day - first) / (last - first) for _, day in written]
    for row, (text, day) in enumerate(written):
        others = [*across[:row], *across[row + 1 :]]
        _write_above(fig, text, day, _anchor(across[row], others), row % LABEL_ROWS)


def _anchor(place: float, others: list[float]) -> str:
    """Give the end by which a word stands at its mark: off the nearest other, given room.

    Places go across the points, from 0 to 1.
    """
    if others and 0.2 < place < 0.8:
        nearest = min(others, key=lambda other: abs(other - place))
        return "right" if nearest > place else "left"
    return "right" if place > 0.6 else "left"


def _write_above(fig: go.Figure, text: str, day: pd.Timestamp, anchor: str, row: int) -> None:
    """Write a word above a mark, each next one a row higher, so that neighbors do not meet."""
    fig.add_annotation(
        x=day,
        y=1.02,
        yshift=LABEL_PIXELS * row,
        yref="paper",
        yanchor="bottom",
        xanchor=anchor,
        text=text,
        showarrow=False,
        font={"size": 11},
    )


def _years(points: pd.DataFrame) -> dict[str, object]:
    """Give the time axis: a margin at both ends, and five ticks or fewer on whole years."""
    pad = pd.Timedelta(days=240)
    first, last = points["day"].min() - pad, points["day"].max() + pad
    step = -(-(last.year - first.year) // 5)
    return {"range": [first, last], "dtick": f"M{12 * step}", "tick0": f"{first.year}-01-01"}


def _values(values: pd.Series) -> list[float]:
    """Give the range of the value axis, which always has zero in it."""
    low, high = min(1.18 * values.min(), 0), max(1.18 * values.max(), 0)
    return [low, high] if low < high else [0, 1]


def _break_marks(breaks: pd.DataFrame) -> list[tuple[str, pd.Timestamp]]:
    """Name each break in a word or two, once."""
    first = breaks.drop_duplicates("breaks")
    return [(say(BREAK_WORDS[row.breaks]), row.day) for row in first.itertuples()]
