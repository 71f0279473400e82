"""The day: a slider by month, an exact day, play, and jumps."""

from __future__ import annotations

from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.attributes import aria, dataset

SLIDE_DAY = date(2019, 8, 31)
"""The day of the slide that this project began with."""


def month_number(day: date, first: date) -> int:
    """Count the months from ``first`` to ``day``: the slider's value."""
    return 12 * (day.year - first.year) + day.month - first.month


def create_time(timeline: dict, day: date) -> Component:
    """Make the controls of the day, from the ``data.frame.timeline``."""
    first, last = (date.fromisoformat(timeline[end]) for end in ("first", "last"))
    months = month_number(last, first)
    return html.Div(
        [
            html.Div(
                [
                    _button("play", "▶", "Play through the years", id=ids.PLAY),
                    html.Div(
                        [
                            html.Label("Month", htmlFor=ids.SLIDER, className="only-spoken"),
                            _starts(timeline["starts"], first, months),
                            dcc.Input(
                                id=ids.SLIDER,
                                type="range",
                                min=0,
                                max=months,
                                step=1,
                                value=month_number(day, first),
                            ),
                            _years(first, months),
                        ],
                        className="track",
                    ),
                ],
                className="run",
            ),
            html.Div(
                [
                    html.Label("Day", htmlFor=ids.DATE),
                    dmc.DateInput(
                        id=ids.DATE,
                        value=day.isoformat(),
                        valueFormat="D MMMM YYYY",
                        minDate=first.isoformat(),
                        maxDate=last.isoformat(),
                        size="sm",
                        clearable=False,
                        debounce=True,
                    ),
                    _button("earlier", "‹ Previous change", "Go to the change before this day"),
                    _button("later", "Next change ›", "Go to the change after this day"),
                    _button(
                        "day",
                        "31 Aug 2019",
                        "Go to 31 August 2019",
                        **dataset(value=SLIDE_DAY.isoformat()),
                    ),
                    _button("day", "Today", "Go to today", **dataset(value=timeline["last"])),
                ],
                className="exact",
            ),
            html.P(
                "31 Aug 2019 is the day of the slide that began this project. The slide itself was "
                "not found: the map of that day is the best reading of other sources.",
                className="note",
            ),
        ],
        className="time",
    )


def _button(action: str, shown: str, said: str, **more: Any) -> Component:
    return html.Button(shown, title=said, **dataset(action=action), **aria(label=said), **more)


def _place(months: float, of: int) -> dict[str, str]:
    return {"left": f"calc(var(--thumb) / 2 + (100% - var(--thumb)) * {months / of:.4f})"}


def _starts(starts: list[str], first: date, months: int) -> Component:
    """Mark the days on which a county began to have LEAD, above the slider."""
    days = [date.fromisoformat(day) for day in starts]
    marks = [
        html.Span(style=_place(month_number(day, first) + (day.day - 1) / 31 - 1, months))
        for day in days
    ]
    return html.Div(marks, className="starts", title="Each mark: a county begins to have LEAD")


def _years(first: date, months: int) -> Component:
    labels = [
        html.Span(str(first.year + month // 12), style=_place(max(month - 1, 0), months))
        for month in range(0, months + 1, 12)
    ]
    return html.Div(labels, className="years", **aria(hidden="true"))
