"""The day: a slider by month, an exact day, play, and jumps."""

from __future__ import annotations

from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from data.dates import day_words
from data.language import ENGLISH, language, say
from layouts import ids
from layouts.exports.slide_words import SLIDE_DAY
from layouts.parts.attributes import aria, dataset


def month_number(day: date, first: date) -> int:
    """Count the months from ``first`` to ``day``: the slider's value."""
    return 12 * (day.year - first.year) + day.month - first.month


def create_time(timeline: dict, day: date) -> Component:
    """Make the controls of the day, from the timeline of what colors the map.

    That is one of ``data.frame.timeline``, or of a measure, which tells its ``newest`` figures.
    """
    first, last = (date.fromisoformat(timeline[end]) for end in ("first", "last"))
    return html.Div(
        [
            html.Div(
                [
                    create_play(),
                    _track(timeline["starts"], day, first, month_number(last, first)),
                ],
                className="run",
            ),
            html.Div(
                [
                    html.Label(say("Day"), htmlFor=ids.DATE),
                    _date_box(day, first, last),
                    *_jumps(timeline["last"], timeline.get("newest")),
                ],
                className="exact",
            ),
            html.P(
                say(
                    "31 Aug 2019 is the day of the slide that began this project. The slide itself "
                    "was not found: the map of that day is the best reading of other sources."
                ),
                className="note",
            ),
        ],
        className="time",
    )


def create_play() -> Component:
    """Make the button that plays through the years, whose sign is no word."""
    said = say("Play through the years")
    return _button("play", "▶", said, id=ids.PLAY, **aria(label=said))


def _track(starts: list[str], day: date, first: date, months: int) -> Component:
    """Make the slider between its marks and its years."""
    return html.Div(
        [
            html.Label(say("Month"), htmlFor=ids.SLIDER, className="only-spoken"),
            _starts(starts, first, months),
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
    )


def _jumps(today: str, newest: str | None) -> list[Component]:
    """Make the buttons that go to another day at once."""
    jumps = [
        (say("31 Aug 2019"), say("Go to {day}", day=day_words(SLIDE_DAY)), SLIDE_DAY.isoformat()),
        (say("Today"), say("Go to today"), today),
    ]
    if newest:
        jumps.append((say("Newest figures"), say("Go to the newest figures"), newest))
    return [
        _button("earlier", say("‹ Previous change"), say("Go to the change before this day")),
        _button("later", say("Next change ›"), say("Go to the change after this day")),
        *[_button("day", shown, said, **dataset(value=day)) for shown, said, day in jumps],
    ]


def _date_box(day: date, first: date, last: date) -> Component:
    """Make the box for an exact day, which writes and reads months as the language does."""
    box = dmc.DateInput(
        id=ids.DATE,
        value=day.isoformat(),
        valueFormat=say("D MMMM YYYY"),
        minDate=first.isoformat(),
        maxDate=last.isoformat(),
        size="sm",
        clearable=False,
        debounce=True,
    )
    if language() == ENGLISH:
        return box
    return dmc.DatesProvider(box, settings={"locale": language()})


def _button(action: str, shown: str, said: str, **more: Any) -> Component:
    return html.Button(shown, title=said, **dataset(action=action), **more)


def _place(months: float, of: int) -> dict[str, str]:
    return {"left": f"calc(var(--thumb) / 2 + (100% - var(--thumb)) * {months / of:.4f})"}


def _starts(starts: list[str], first: date, months: int) -> Component:
    """Mark the days on which a county began to have LEAD, above the slider."""
    days = [date.fromisoformat(day) for day in starts]
    marks = [
        html.Span(style=_place(month_number(day, first) + (day.day - 1) / 31 - 1, months))
        for day in days
    ]
    return html.Div(marks, className="starts", title=say("Each mark: a county begins to have LEAD"))


def _years(first: date, months: int) -> Component:
    labels = [
        html.Span(str(first.year + month // 12), style=_place(max(month - 1, 0), months))
        for month in range(0, months + 1, 12)
    ]
    return html.Div(labels, className="years", **aria(hidden="true"))
