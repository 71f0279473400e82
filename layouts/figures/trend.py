"""County trends: up to four counties in one chart with two gray groups, or one chart a county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from data.language import say
from data.measures.trend import Line, Trend
from layouts.figures.base import quiet_layout
from layouts.figures.labels import ROW, EndOfLine, label_ends, label_room, stack, write_above
from layouts.figures.trend_lines import across, add_line
from layouts.theme import COUNTIES, GRAY, GRID

ALONE = COUNTIES[0]


def trend_chart(trend: Trend, height: int = 420) -> go.Figure:
    """Draw up to four counties and the groups in one chart, labelled at the ends of the lines.

    Intervals are thin bars or a pale band, points on few events hollow, estimates and shares
    diamonds, periods without a value crosses below zero. A pale upright band in the county's
    color shows when its LEAD may have begun; dotted lines show where counting changed.

    Raises ValueError for more than four counties; ``trend_multiples`` draws those.
    """
    counties = [line for line in trend.lines if line.fips]
    if len(counties) > len(COUNTIES):
        raise ValueError(f"One chart holds {len(COUNTIES)} counties, not {len(counties)}.")
    if not trend.lines:
        return go.Figure(layout=quiet_layout(height=height))
    colors = dict(zip((line.fips for line in counties), COUNTIES, strict=False))
    return _chart(trend, trend.lines, colors, height)


def trend_multiples(trend: Trend, height: int = 190) -> list[go.Figure]:
    """Draw one small chart a county, all with the same axes, the groups in gray behind."""
    groups = [line for line in trend.lines if not line.fips]
    counties = [line for line in trend.lines if line.fips]
    figures = [
        _chart(trend, [*groups, line], {line.fips: ALONE}, height, title=line.name)
        for line in counties
    ]
    top = max((figure.layout.margin.t for figure in figures), default=0)
    return [figure.update_layout(margin_t=top) for figure in figures]


def _chart(
    trend: Trend,
    lines: Sequence[Line],
    colors: dict[str, str],
    height: int,
    title: str = "",
) -> go.Figure:
    """Draw some lines on the axes of all, titled, or else labelled at the ends."""
    ends = _ends(trend)
    marks = list(_marks(trend, lines, colors, ends))
    words = [mark for mark in marks if mark.word]
    places = stack([(mark.word, _across(mark.x, ends)) for mark in words])
    rows = 1 + max((row for row, _ in places), default=-1) + bool(title)
    labels = [] if title else _last_points(trend, lines, colors)
    margin = {
        "l": 46,
        "r": label_room([label.name for label in labels]),
        "t": 8 + ROW * rows,
        "b": 28 if trend.align == "calendar" else 44,
    }
    values = _value_range(trend)
    fig = go.Figure(layout=_layout(trend, height, margin, ends, values))
    for mark in marks:
        _add_mark(fig, mark)
    for mark, (row, anchor) in zip(words, places, strict=True):
        write_above(fig, mark.word, mark.x, row, anchor)
    if title:
        write_above(fig, title, ends[0], rows - 1, "left")
    for line in sorted(lines, key=lambda line: line.fips != ""):
        add_line(fig, trend, line, colors.get(line.fips, GRAY), values[0])
    label_ends(fig, labels, ends[1], values)
    return fig


def _last_points(trend: Trend, lines: Sequence[Line], colors: dict[str, str]) -> list[EndOfLine]:
    """Give the last point that is drawn of each line."""
    drawn = [(line, line.points[line.points["shown"].notna()]) for line in lines]
    return [
        EndOfLine(
            line.name,
            across(trend, points).iloc[-1],
            float(points["shown"].iloc[-1]),
            colors.get(line.fips, GRAY),
        )
        for line, points in drawn
        if len(points)
    ]


def _ends(trend: Trend) -> tuple[Any, Any]:
    """Give the ends of the axis across, with a little room on both sides."""
    days = pd.concat([across(trend, line.points) for line in trend.lines])
    first, last = days.min(), days.max()
    least = pd.Timedelta(days=30) if trend.align == "calendar" else 0.1
    pad = max((last - first) * 0.04, least)
    return first - pad, last + pad


def _across(x: Any, ends: tuple[Any, Any]) -> float:
    return float((x - ends[0]) / (ends[1] - ends[0]))


def _value_range(trend: Trend) -> tuple[float, float]:
    """Give the range of the value axis: all intervals, zero, and room for crosses below it."""
    every = [line.points[["shown", "shown_high"]].max(axis=None) for line in trend.lines]
    top = max((value for value in every if value > 0), default=1.0)
    return -0.07 * top, 1.05 * top


def _layout(
    trend: Trend,
    height: int,
    margin: dict[str, int],
    ends: tuple[Any, Any],
    values: tuple[float, float],
) -> go.Layout:
    axis = {"gridcolor": GRID, "fixedrange": True, "range": list(ends), "showgrid": False}
    if trend.align == "calendar":
        first, last = pd.Timestamp(ends[0]), pd.Timestamp(ends[1])
        step = -(-(last.year - first.year) // 5) or 1
        axis |= {"type": "date", "tickformat": "%Y", "dtick": f"M{12 * step}"}
        axis |= {"tick0": f"{first.year}-01-01", "zeroline": False}
    else:
        axis |= {"zeroline": False, "nticks": 7}
        axis |= {
            "title": {"text": say("years since LEAD began"), "standoff": 4, "font": {"size": 12}}
        }
    return quiet_layout(
        height=height,
        margin=margin,
        hovermode="closest",
        xaxis=axis,
        yaxis={
            "gridcolor": GRID,
            "zeroline": True,
            "zerolinecolor": GRAY,
            "zerolinewidth": 1,
            "fixedrange": True,
            "range": list(values),
            "nticks": 5,
            "exponentformat": "none",
            "separatethousands": True,
            "automargin": True,
        },
    )


class Mark(NamedTuple):
    """A word at ``x`` and its shape: a band from ``first`` to ``last``, or a dotted line."""

    word: str
    x: Any
    first: Any
    last: Any
    color: str


def _marks(
    trend: Trend, lines: Sequence[Line], colors: dict[str, str], ends: tuple[Any, Any]
) -> Iterator[Mark]:
    """Give the starts of LEAD, and the first break of each kind, that lie on the axis."""
    calendar = trend.align == "calendar"
    if not calendar:
        yield Mark(say("LEAD begins"), 0.0, 0.0, 0.0, GRAY)
    for line in lines:
        if not line.adopted:
            continue
        first, last = line.adopted if calendar else _doubt(line.adopted)
        if first < ends[1] and last > ends[0]:
            first, last = max(first, ends[0]), min(last, ends[1])
            last = max(last, first + (ends[1] - ends[0]) * 0.006)
            word = f"{line.name}: LEAD" if len(colors) > 1 else "LEAD"
            middle = first + (last - first) / 2
            yield Mark(word if calendar else "", middle, first, last, colors[line.fips])
    breaks = trend.breaks if calendar else trend.breaks.iloc[:0]
    for row in breaks.drop_duplicates("word").itertuples():
        first, last = max(row.day, ends[0]), min(row.until, ends[1])
        if first <= last:
            yield Mark(say(row.word), first + (last - first) / 2, first, last, GRAY)


def _doubt(adopted: tuple[Any, Any]) -> tuple[float, float]:
    """Give the years, before and after its middle, in which LEAD may have begun."""
    half = (adopted[1] - adopted[0]) / pd.Timedelta(days=2 * 365.25)
    return -half, half


def _add_mark(fig: go.Figure, mark: Mark) -> None:
    shape = {"x0": mark.first, "x1": mark.last, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    if mark.first == mark.last:
        fig.add_shape(type="line", line={"color": GRAY, "width": 1.2, "dash": "dot"}, **shape)
        return
    fig.add_shape(type="rect", fillcolor=mark.color, opacity=0.14, line={"width": 0}, **shape)
    if mark.color != GRAY:  # edges tell bands apart where they lie on one another
        for x in (mark.first, mark.last):
            edge = shape | {"x0": x, "x1": x, "opacity": 0.6}
            fig.add_shape(type="line", line={"color": mark.color, "width": 1}, **edge)
