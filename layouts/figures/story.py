"""A county's story on a time line: a bar a program, a mark an event."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.dates import days_words
from data.language import say
from data.words import LOOK_WORDS
from layouts.figures.base import quiet_layout
from layouts.theme import GRAY, GRID, LIGHT

BAR, LINE = 22, 19
"""Pixels of a bar, and of a line of its name."""


def story_chart(spans: pd.DataFrame, events: pd.DataFrame, today: date) -> go.Figure:
    """Draw the spans and events of ``data.story``."""
    agencies = list(dict.fromkeys(spans["agency"]))
    first = min([*spans["first"], *events["day"], pd.Timestamp(today) - pd.DateOffset(years=5)])
    rows = len(agencies)
    names = [wrap(name, 46) for name in (*agencies, say("events"))]
    pixels = BAR + LINE * max(map(len, names))
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    fig = go.Figure(
        layout=quiet_layout(
            height=28 + BAR // 2 + pixels * (rows + 1),
            barmode="overlay",
            margin={"l": 1, "r": 12, "t": 0, "b": 28},
            xaxis={**axis, "type": "date", "range": [first - pd.Timedelta(days=90), today]},
            yaxis={
                **axis,
                "range": [rows + BAR / pixels, BAR / pixels / 2 - 1],
                "visible": False,
            },
        )
    )
    for row, lines in enumerate(names):
        _add_name(fig, lines, row - BAR / 2 / pixels)
    for span in spans.itertuples():
        _add_span(fig, span, agencies.index(span.agency), BAR / pixels)
    _add_events(fig, events, rows)
    return fig


def _add_name(fig: go.Figure, lines: list[str], y: float) -> None:
    """Write a name above its row, so that a narrow screen is left to the bars."""
    fig.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=y,
        yanchor="bottom",
        text="<br>".join(lines),
        align="left",
        showarrow=False,
    )


def _add_span(fig: go.Figure, span: Any, row: int, width: float) -> None:
    """Draw one look of a program as a bar from its first to its last day."""
    days = days_words(span.first, span.last)
    fig.add_bar(
        base=[span.first],
        x=[(span.last - span.first + pd.Timedelta(days=1)).total_seconds() * 1000],
        y=[row],
        orientation="h",
        width=width,
        marker={
            "color": LIGHT[span.look],
            "line": {"color": GRAY, "width": 0.5},
            "pattern": {
                "shape": "/" if span.look == "perhaps" else "",
                "fgcolor": LIGHT["running"],
                "size": 6,
            },
        },
        customdata=[f"{span.agency}<br>{say(LOOK_WORDS[span.look])}<br>{days}"],
        hovertemplate="%{customdata}<extra></extra>",
        name=say(LOOK_WORDS[span.look]),
    )


def _add_events(fig: go.Figure, events: pd.DataFrame, row: int) -> None:
    fig.add_scatter(
        x=events["day"],
        y=[row] * len(events),
        mode="markers",
        marker={"size": 11, "symbol": "diamond", "color": GRAY},
        customdata=[f"{event.when}<br>{event.title}" for event in events.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        name=say("events"),
    )
