"""One line of a county trend: its points, intervals, and crosses where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from data.language import say
from data.measures.trend import WITHOUT, Line, Trend
from data.measures.trend_words import point_words
from layouts.figures.labels import plain

HOLLOW = {"interpolated": "diamond-open", "apportioned": "diamond-open"}
FEW_POINTS = 15
"""Up to so many points, intervals are bars; of more points, a band."""
MANY = 40
"""More points are drawn finer."""


def across(trend: Trend, points: pd.DataFrame) -> pd.Series:
    """Give where points stand on the axis across: days, or years since LEAD began."""
    return points["day"] if trend.align == "calendar" else points["since"]


def add_line(fig: go.Figure, trend: Trend, line: Line, color: str, floor: float) -> None:
    """Draw a line; intervals and crosses are of counties only, the groups stay plain."""
    told = [
        "<br>".join(map(plain, point_words(row, line, trend))) for row in line.points.itertuples()
    ]
    points = line.points.assign(x=across(trend, line.points), told=told)
    number = int(points["shown"].notna().sum())
    few, size = number <= FEW_POINTS, 8 if number <= FEW_POINTS else 5 if number <= MANY else 4
    bounded = bool(points["shown_low"].notna().any())
    drawn = gapped(points, ("shown", "shown_low", "shown_high"))
    marker: dict[str, object] = {"size": 4, "color": color}
    if line.fips:
        symbols = [_symbol(row) for row in drawn.itertuples()]
        edge = {"color": color, "width": 2 if few else 1.2}
        marker = {"size": size, "color": color, "symbol": symbols, "line": edge}
        if bounded and not few:
            _add_band(fig, points, line.name, color)
    dash = "dash" if line.name == say(WITHOUT) and not line.fips else "solid"
    fig.add_scatter(
        x=drawn["x"],
        y=drawn["shown"],
        mode="lines+markers",
        connectgaps=False,
        line={"color": color, "width": 2 if line.fips and number <= MANY else 1.5, "dash": dash},
        marker=marker,
        error_y=_bars(drawn, color) if line.fips and few and bounded else None,
        customdata=drawn["told"],
        hovertemplate="%{customdata}<extra></extra>",
        name=plain(line.name),
    )
    if line.fips:
        _add_crosses(fig, points[points["shown"].isna()], line.name, color, floor / 2)


def gapped(points: pd.DataFrame, values: Iterable[str]) -> pd.DataFrame:
    """Put a row without ``values`` before each point that nothing joins to the one before."""
    gaps = points[~points["follows"]].assign(**dict.fromkeys(values, np.nan), told="")
    return pd.concat([gaps, points]).sort_values("day", kind="stable")


def _symbol(row: Any) -> str:
    return HOLLOW.get(row.quality, "circle" if row.steady else "circle-open")


def _bars(points: pd.DataFrame, color: str) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": points["shown_high"] - points["shown"],
        "arrayminus": points["shown"] - points["shown_low"],
        "thickness": 1,
        "width": 0,
        "color": color,
    }


def _add_band(fig: go.Figure, points: pd.DataFrame, name: str, color: str) -> None:
    """Fill the interval, run by run of joined points."""
    x: list[object] = []
    y: list[object] = []
    bounded = points[points["shown_low"].notna()]
    for _, run in bounded.groupby((~bounded["follows"]).cumsum()):
        x += [*run["x"], *run["x"][::-1], None]
        y += [*run["shown_high"], *run["shown_low"][::-1], None]
    fig.add_scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=color,
        opacity=0.16,
        line={"width": 0, "color": color},
        hoverinfo="skip",
        name=say("interval of {line}", line=plain(name)),
    )


def _add_crosses(
    fig: go.Figure, points: pd.DataFrame, name: str, color: str, height: float
) -> None:
    """Mark periods without a value below zero, where no value can stand."""
    if len(points):
        fig.add_scatter(
            x=points["x"],
            y=[height] * len(points),
            mode="markers",
            marker={"symbol": "x-thin", "size": 6, "line": {"color": color, "width": 1.4}},
            customdata=points["told"],
            hovertemplate="%{customdata}<extra></extra>",
            name=say("{line}: no value", line=plain(name)),
        )
