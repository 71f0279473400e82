"""Observed against expected: over time for all counties with LEAD, and county by county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from data.dates import Span, span_words
from data.language import marked, say, say_many, say_number
from data.measures.effect_words import count_words, percent
from layouts.figures.base import quiet_layout
from layouts.figures.labels import EndOfLine, label_ends, label_room, plain, stack, write_above
from layouts.figures.trend_lines import gapped
from layouts.theme import GRAY, GRID, LINE

if TYPE_CHECKING:
    from data.measures.effect import Effect

COLORS = {marked("expected"): GRAY, marked("observed"): LINE}
ROW_OF_COUNTY = 46
"""Height of a county's row in pixels: its words, and the dot below them."""


def effect_curve(periods: pd.DataFrame, counties: int, height: int = 320) -> go.Figure:
    """Draw what was recorded in the counties with LEAD and what was expected, by period.

    The line with dots is observed, the dashed line expected. Both are rates, and both break where
    not the same counties have numbers, so that no step between two sets of counties is drawn. The
    ground is the bluer, the more of the counties are counted with LEAD.

    Parameters
    ----------
    periods
        As ``data.measures.observed.Found.periods``.
    counties
        How many counties with LEAD there are.
    """
    table = periods.sort_values("start", ignore_index=True)
    table["day"] = table["start"] + (table["end"] - table["start"]) / 2
    table["told"] = [_period_words(row, counties) for row in table.itertuples()]
    rates = table[[f"{name}_rate" for name in COLORS]]
    drawn = gapped(table, rates.columns)
    pad = max((table["end"].max() - table["start"].min()) * 0.03, pd.Timedelta(days=20))
    ends = (table["start"].min() - pad, table["end"].max() + pad)
    values = (0.0, 1.06 * max(float(rates.max(axis=None)), 1.0))
    fig = go.Figure(layout=_curve_layout(height, ends, values))
    _shade(fig, table[table["treated"] > 0], ends)
    large = 8 if len(table) <= 15 else 4
    # A period between two breaks is a dot, so what is expected has dots too, hidden in its line.
    looks = {"expected": ("dash", 3), "observed": ("solid", large)}
    for name, (dash, size) in looks.items():
        fig.add_scatter(
            x=drawn["day"],
            y=drawn[f"{name}_rate"],
            mode="lines+markers",
            line={"color": COLORS[name], "width": 2, "dash": dash},
            marker={"size": size, "color": COLORS[name]},
            connectgaps=False,
            customdata=drawn["told"],
            hovertemplate="%{customdata}<extra></extra>",
            name=say(name),
        )
    day, last = table["day"].iloc[-1], table.iloc[-1]
    labels = [
        EndOfLine(say(name), day, last[f"{name}_rate"], color) for name, color in COLORS.items()
    ]
    label_ends(fig, labels, ends[1], values)
    return fig


def _curve_layout(height: int, ends: tuple[Any, Any], values: tuple[float, float]) -> go.Layout:
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    step = -(-(ends[1].year - ends[0].year) // 5) or 1
    years = {"tickformat": "%Y", "tick0": f"{ends[0].year}-01-01", "dtick": f"M{12 * step}"}
    return quiet_layout(
        height=height,
        margin={"l": 46, "r": label_room([say(name) for name in COLORS]), "t": 24, "b": 28},
        hovermode="closest",
        xaxis={**axis, **years, "range": list(ends), "showgrid": False},
        yaxis={
            **axis,
            "range": list(values),
            "nticks": 5,
            "exponentformat": "none",
            "separatethousands": True,
            "automargin": True,
        },
    )


def _shade(fig: go.Figure, treated: pd.DataFrame, ends: tuple[Any, Any]) -> None:
    """Color the ground while counties have LEAD, by their number."""
    if treated.empty:
        return
    few, most = int(treated["treated"].min()), int(treated["treated"].max())
    for row in treated.itertuples():
        fig.add_shape(
            type="rect",
            x0=row.start,
            x1=row.end + pd.Timedelta(days=1),
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            fillcolor=LINE,
            opacity=round(0.05 + 0.17 * row.treated / most, 3),
            line={"width": 0},
        )
    first, last = treated["start"].min(), treated["end"].max()
    middle = first + (last - first) / 2
    word = say("{few} to {most} counties counted with LEAD", few=few, most=most)
    if few == most:
        word = say_many("{n} county counted with LEAD", "{n} counties counted with LEAD", most)
    ((row, anchor),) = stack([(word, (middle - ends[0]) / (ends[1] - ends[0]))])
    write_above(fig, word, middle, row, anchor)


def _period_words(row: Any, counties: int) -> str:
    change = _percent(row.observed, row.expected)
    parts = [
        span_words(Span(row.start.date(), row.end.date())),
        say("observed: {number}", number=say_number(row.observed)),
        say("expected: {number}", number=count_words(row.expected)),
        *([_difference(change)] if np.isfinite(change) else []),
        say("numbers from {n} of {all} counties", n=row.counties, all=counties),
        say("counted with LEAD: {number}", number=f"{row.treated:.0f}"),
    ]
    return "<br>".join(parts)


def _difference(change: float) -> str:
    return say("difference: {percent}", percent=percent(change))


def _percent(observed: float, expected: float) -> float:
    return 100 * (observed / expected - 1) if expected > 0 else float("nan")


def effect_rows(effect: Effect, names: dict[str, str]) -> go.Figure:
    """Draw a row a county: how far observed lies from expected, in percent, with both numbers.

    ``names`` gives county names by FIPS code. The greatest fall stands on top. Counties without a
    percent (nothing was expected) have words but no dot.
    """
    table = effect.by_county.sort_values(["percent", "fips"], ignore_index=True)
    change = table["percent"].where(np.isfinite(table["percent"]))
    low = min(float(change.min(skipna=True)), 0.0) if change.notna().any() else 0.0
    high = max(float(change.max(skipna=True)), 0.0) if change.notna().any() else 0.0
    pad = max(0.12 * (high - low), 6.0)
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    fig = go.Figure(
        layout=quiet_layout(
            height=40 + ROW_OF_COUNTY * max(len(table), 1),
            margin={"l": 8, "r": 8, "t": 8, "b": 30},
            hovermode="closest",
            xaxis={**axis, "range": [low - pad, high + pad], "nticks": 6, "ticksuffix": "%"},
            yaxis={**axis, "range": [len(table) - 0.5, -0.75], "visible": False},
        )
    )
    fig.add_vline(x=0, line={"color": GRAY, "width": 1.5})
    said = [_row_words(row, names[row.fips]) for row in table.itertuples()]
    places = list(range(len(table)))
    fig.add_scatter(
        x=change,
        y=places,
        mode="markers",
        cliponaxis=False,
        marker={"size": 11, "color": LINE},
        customdata=[
            f"{plain(text)}<br>{_difference(value)}" if pd.notna(value) else ""
            for text, value in zip(said, change, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        name=say("difference"),
    )
    for place, text in zip(places, said, strict=True):
        _write_row(fig, place, text)
    return fig


def _row_words(row: Any, county: str) -> str:
    return say(
        "{county}: {observed} observed, {expected} expected",
        county=county,
        observed=say_number(row.observed),
        expected=count_words(row.expected),
    )


def _write_row(fig: go.Figure, place: int, text: str) -> None:
    fig.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=place - 0.17,
        yanchor="bottom",
        text=plain(text),
        showarrow=False,
        font={"size": 12},
    )
