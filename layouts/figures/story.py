"""A county's story on a time line: a bar a program, a mark an event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.dates import day_words
from data.language import say
from data.words import LOOK_WORDS
from layouts.figures.base import GRAY, GRID, quiet_layout
from layouts.theme import LIGHT


def story_chart(spans: pd.DataFrame, events: pd.DataFrame, today: date) -> go.Figure:
    """Draw the spans and events of ``data.story``."""
    agencies = list(dict.fromkeys(spans["agency"]))
    first = min([*spans["first"], *events["day"], pd.Timestamp(today) - pd.DateOffset(years=5)])
    rows = len(agencies)
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    fig = go.Figure(
        layout=quiet_layout(
            height=96 + 44 * rows,
            barmode="overlay",
            margin={"l": 8, "r": 12, "t": 8, "b": 28},
            xaxis={**axis, "type": "date", "range": [first - pd.Timedelta(days=90), today]},
            yaxis={
                **axis,
                "showgrid": False,
                "range": [rows + 0.6, -0.6],
                "tickvals": [*range(rows), rows],
                "ticktext": [*agencies, say("events")],
                "automargin": True,
            },
        )
    )
    for span in spans.itertuples():
        _add_span(fig, span, agencies.index(span.agency))
    _add_events(fig, events, rows)
    return fig


def _add_span(fig: go.Figure, span: Any, row: int) -> None:
    """Draw one look of a program as a bar from its first to its last day."""
    days = say("{first} to {last}", first=day_words(span.first), last=day_words(span.last))
    fig.add_bar(
        base=[span.first],
        x=[(span.last - span.first + pd.Timedelta(days=1)).total_seconds() * 1000],
        y=[row],
        orientation="h",
        width=0.5,
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
