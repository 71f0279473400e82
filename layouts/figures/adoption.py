"""The adoption curve: counties and residents with LEAD over time, each as a band."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.dates import day_words, edtf_words
from data.language import say, say_many, say_number
from layouts.figures.base import quiet_layout
from layouts.theme import BAND, GRAY, GRID, LINE


def adoption_curve(
    band: pd.DataFrame, starts: pd.DataFrame, milestones: pd.DataFrame, first: date, last: date
) -> go.Figure:
    """Draw how LEAD spread.

    Parameters
    ----------
    band
        As ``data.adoption.curve`` gives it: ``day, low, high, share_low, share_high``.
    starts
        Programs, as ``data.status.programs`` gives them.
    milestones
        Rows of the milestones table to mark, with ``day`` (datetime64), ``title``, ``date``.
    first, last
        Ends of the time axis.

    Returns
    -------
    Two panels over one time axis: counties above, percent of the state's residents below. Each
    band runs from certain (running) to perhaps. Program starts and milestones stand as marks
    between.
    """
    top = max(int(band["high"].max()), 1)
    fig = go.Figure(layout=_panels(first, last, top, float(band["share_high"].max())))
    opening = pd.DataFrame([{"day": pd.Timestamp(first)}]).reindex(columns=band.columns)
    drawn = pd.concat([opening.fillna({c: 0 for c in band.columns[1:]}), band])
    days = [day_words(day) for day in drawn["day"]]
    pairs = zip(*(spread_words(row) for row in drawn.to_dict("records")), strict=True)
    counties, shares = (
        [f"{day}: {words}" for day, words in zip(days, told, strict=True)] for told in pairs
    )
    names = say("certain counties"), say("perhaps counties")
    _add_band(fig, drawn[["day", "low", "high"]], "y", names, counties)
    names = say("certain of residents"), say("perhaps of residents")
    _add_band(fig, drawn[["day", "share_low", "share_high"]], "y2", names, shares)
    _add_starts(fig, starts, last, -0.12 * top)
    fig.add_scatter(
        x=milestones["day"],
        y=[1.12 * top] * len(milestones),
        mode="markers",
        marker={"symbol": "line-ns", "size": 7, "line": {"width": 1.3, "color": GRAY}},
        customdata=[f"{edtf_words(m.date)}<br>{m.title}" for m in milestones.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        name=say("milestones"),
    )
    return fig


def spread_words(now: Mapping[str, float]) -> tuple[str, str]:
    """Say counties, and the residents who live in them, of a row of ``data.adoption.curve``."""
    low, high = int(now["low"]), int(now["high"])
    share, more = (f"{say_number(now[name], 1)}%" for name in ("share_low", "share_high"))
    if low == high:
        return say_many("{n} county", "{n} counties", low), say(
            "{share} of the state's residents", share=share
        )
    return (
        say_many("{n} county, perhaps {high}", "{n} counties, perhaps {high}", low, high=high),
        say("{share} of the state's residents, perhaps {high}", share=share, high=more),
    )


def _panels(first: date, last: date, top: int, share: float) -> go.Layout:
    plain = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    ticks = max(1, round(top / 4))
    return quiet_layout(
        height=236,
        margin={"l": 34, "r": 6, "t": 6, "b": 22},
        hovermode="closest",
        xaxis={
            **plain,
            "range": [first, last],
            "showgrid": False,
            "anchor": "y2",
            "dtick": "M24",
            "tickformat": "%Y",
        },
        yaxis={
            **plain,
            "domain": [0.44, 1],
            "range": [-0.22 * top, 1.2 * top],
            "dtick": ticks,
            "tick0": 0,
        },
        yaxis2={
            **plain,
            "domain": [0, 0.36],
            "range": [0, max(1.15 * share, 1)],
            "nticks": 4,
            "ticksuffix": "%",
        },
    )


def _add_band(
    fig: go.Figure, band: pd.DataFrame, axis: str, names: tuple[str, str], told: list[str]
) -> None:
    """Draw a band between the last two columns; both its lines tell the same of a day."""
    line = {"shape": "hv", "color": LINE, "width": 2}
    _, low, high = band.columns
    looks: dict[str, dict[str, Any]] = {
        low: {"line": line},
        high: {"line": {**line, "width": 0}, "fill": "tonexty", "fillcolor": BAND},
    }
    for (column, look), name in zip(looks.items(), names, strict=True):
        fig.add_scatter(
            x=band["day"],
            y=band[column],
            yaxis=axis,
            mode="lines",
            name=name,
            customdata=told,
            hovertemplate="%{customdata}<extra></extra>",
            **look,
        )


def _add_starts(fig: go.Figure, starts: pd.DataFrame, last: date, height: float) -> None:
    """Mark each start: a dot on its last possible day, a line back to its first."""
    shown = starts[starts["s1"] <= pd.Timestamp(last)].sort_values("s1")
    x = [day for row in shown.itertuples() for day in (row.s0, row.s1, None)]
    fig.add_scatter(
        x=x,
        y=[None if day is None else height for day in x],
        mode="lines",
        line={"color": LINE, "width": 1.5},
        opacity=0.6,
        hoverinfo="skip",
        name=say("possible start days"),
    )
    fig.add_scatter(
        x=shown["s1"],
        y=[height] * len(shown),
        mode="markers",
        marker={"size": 8, "color": LINE},
        customdata=[
            row.agency + "<br>" + say("start: {day}", day=edtf_words(row.start))
            for row in shown.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
        name=say("program starts"),
    )
