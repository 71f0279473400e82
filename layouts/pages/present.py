"""Presenter mode: full screen, one answer at a time, moved by keys or a clicker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from data.adoption import spread
from data.dates import day_words
from data.evidence.context import context_series
from data.evidence.reach import entered, reach
from data.evidence.results import results
from data.facts import Facts
from data.frame import county_frame, timeline
from data.language import marked, say
from data.measures.layers import lead_layer
from data.words import describe
from layouts import ids
from layouts.address import View
from layouts.exports.chart import chart_svg
from layouts.exports.chart_panels import ALL_DAYS, ONE_TOWN, SPREAD_KEY, context_key
from layouts.exports.chart_sheet import SIGNS
from layouts.exports.html import to_html
from layouts.exports.svg import map_inline
from layouts.figures import adoption_curve, context_chart
from layouts.pages.map import browser_data, map_box
from layouts.pages.offline import draw_curve
from layouts.parts.attributes import aria, dataset
from layouts.parts.legend import create_legend
from layouts.parts.results import create_short_results
from layouts.parts.time import create_play, month_number
from layouts.shell import create_spoken
from layouts.static import Input, Static, write_early_data

NAMES = 1.4
"""How many times larger than on the page the names on the map are."""
CURVE, CHART = (600, 165), (600, 220)
"""Sizes of the charts' own drawings: as they stand, their words can be read at ten meters."""
PANELS = (
    marked("Map"),
    marked("Spread"),
    marked("Results"),
    marked("People reached"),
    marked("Context"),
)
"""The panels, in a word or two, in the order of their keys."""
TOOLS = {
    "?": marked("Keys (?)"),
    "s": marked("Story (S)"),
    "d": marked("Light or dark (D)"),
}
"""What else can be pressed on the screen, by its key."""
KEYS = (
    ("← →", marked("a month back, a month on")),
    (
        marked("Page Up, Page Down"),
        marked("the change before, the next change; in a story the stop"),
    ),
    (marked("Home, End"), marked("the first day, today")),
    (marked("Space"), marked("play, pause")),
    (marked("1 to 5"), marked("map, spread, results, people reached, context")),
    ("B", marked("blank the screen")),
    ("D", marked("dark or light")),
    ("S", marked("the story: add this view, order, write, keep")),
    ("?", marked("these keys")),
    ("Esc", marked("close what is open; leave")),
)


def create_present(facts: Facts, view: View, today: date) -> Component:
    """Make the screen for a view."""
    line = timeline(facts, today)
    layer = lead_layer(facts, view.day)
    first = date.fromisoformat(str(line["first"]))
    doubt = describe(view.day, county_frame(facts, view.day)).doubt
    panels = _panels(facts, view, today)
    return html.Div(
        [
            html.Header(
                [
                    html.H1(layer.headline + ".", id=ids.HEADLINE),
                    html.P(doubt, id="doubt", **aria(hidden="true")),  # the detail has it too
                    html.P(id="story-text", role="status"),
                    html.P(layer.detail, id=ids.DETAIL, className="only-spoken"),
                    create_spoken(),
                ]
            ),
            html.Main(panels),
            html.Footer([*_time(view, first, today), _bar(len(panels))]),
            _keys(),
            html.Dialog(id="story", tabIndex=-1, **aria(label=say("The story"))),
            html.Dialog(id="blank", tabIndex=-1, **aria(label=say("Blank screen"))),
            Static("div", write_early_data(browser_data(facts, line, layer)), {}),
        ],
        className="present",
        **dataset(plain="present"),
    )


def _time(view: View, first: date, today: date) -> list[Component]:
    """Make play, the slider of months, the way back and the day in words."""
    day = view.day
    slider = Input(
        id=ids.SLIDER,
        type="range",
        min=0,
        max=month_number(today, first),
        step=1,
        value=month_number(day, first),
    )
    run = [
        create_play(),
        html.Label(say("Month"), htmlFor=ids.SLIDER, className="only-spoken"),
        slider,
    ]
    return [
        html.Div(run, className="run"),
        html.A(
            say("Page and sources"),
            href=f"/?{view.query(today)}".rstrip("?"),
            **dataset(carry="yes"),
        ),
        html.P(day_words(day), className="day-words", id="big-day"),
        Input(id=ids.DATE, type="hidden", value=day.isoformat()),
    ]


def _bar(panels: int) -> Component:
    """Make the buttons that do what keys do: choose a panel, open keys or story, turn the theme."""
    keys = {str(number): name for number, name in enumerate(PANELS[:panels], 1)}
    shown = {key: aria(pressed="true" if key == "1" else "false") for key in keys}
    return html.Div(
        [
            html.Button(say(words), **dataset(key=key), **shown.get(key, {}))
            for key, words in {**keys, **TOOLS}.items()
        ],
        id="bar",
        role="group",
        **aria(label=say("Panels and tools")),
    )


def _panels(facts: Facts, view: View, today: date) -> list[Component]:
    layer = lead_layer(facts, view.day)
    drawn = map_inline(layer, county_frame(facts, view.day), NAMES, view.chosen)
    curve = adoption_curve(*spread(facts, (), today))
    signs: list[tuple[str, Any]] = [(sign, say(words)) for sign, words in SPREAD_KEY]
    cursor = html.Span(day_words(view.day), className="day-words")
    told = create_short_results(facts, results(facts))
    short = to_html(told, {"H2": lambda props: "", "A": _unlinked})
    return [
        _panel(
            1,
            say("Map"),
            html.Div(
                [Static("div", drawn, map_box()), create_legend(layer)],
                className="map-place",
            ),
        ),
        _panel(
            2,
            say("How LEAD spread in North Carolina"),
            html.Div(draw_curve(curve, *CURVE), className="chart-box"),
            _key([*signs, ("day", cursor)]),
            html.P(say(ONE_TOWN), className="note"),
        ),
        _of_any_day(3, say("What changed for people in LEAD"), Static("div", short, {})),
        _of_any_day(
            4,
            say("People who entered LEAD, as far as dated sources tell"),
            _counts(entered(reach(facts))),
        ),
        *_context(facts),
    ]


def _unlinked(props: dict[str, Any]) -> str:
    """Write a link as its words; what leads to more of the same page is left out."""
    return "" if props.get("className") == "more" else escape(props["children"])


def _context(facts: Facts) -> list[Component]:
    """Show the first statewide series, if the edition has one."""
    return [
        _of_any_day(
            5,
            say("Context, not effect: {measure}", measure=context.measure),
            _chart(context_chart(context)),
            _key(context_key([context])),
            html.P(f"{who} {context.unit_note}", className="note"),
        )
        for context in context_series(facts)[:1]
        for who in [say(context.counted, publisher=context.publisher)]
    ]


def _panel(number: int, title: str, body: Component, *below: Component, **more: Any) -> Component:
    head = [html.H2(title)] if number > 1 else []
    foot = [html.Div(below, className="below")] if below else []
    return html.Section(
        [*head, body, *foot],
        hidden=number > 1,
        className=f"screen screen-{number}",
        **dataset(panel=str(number)),
        **aria(label=title),
        **more,
    )


def _of_any_day(number: int, title: str, body: Component, *below: Component) -> Component:
    """Make a panel that does not follow the day: the style sheet hides what does while it shows."""
    said = html.P(say(ALL_DAYS), className="note")
    return _panel(number, title, body, *below, said, **dataset(undated="yes"))


def _key(entries: Sequence[tuple[str, Any]]) -> Component:
    """Explain the signs in a chart (names of ``chart_sheet.SIGNS``)."""
    box = {"viewBox": "0 -15 20 20", **aria(hidden="true")}
    return html.Ul(
        [
            html.Li([Static("svg", SIGNS[sign], {**box, "className": f"sign-{sign}"}), words])
            for sign, words in entries
        ],
        className="key",
    )


def _counts(rows: pd.DataFrame) -> Component:
    """Say each program's newest dated count of people who entered."""
    newest = rows.sort_values("day").groupby("site").tail(1)
    told = newest.rename(columns={"count": "told"}).itertuples()
    return html.Ul(
        [html.Li([html.Strong(f"{row.site}: "), f"{row.told}, {row.when}"]) for row in told],
        className="counts",
    )


def _chart(figure: go.Figure) -> Component:
    figure.update_annotations(font_size=13)
    return Static("div", chart_svg(figure, *CHART), {"className": "chart-box"})


def _keys() -> Component:
    told: list[Any] = [
        part for keys, words in KEYS for part in (html.Dt(say(keys)), html.Dd(say(words)))
    ]
    return html.Dialog(
        [html.H2(say("Keys"), id="keys-title"), html.Dl(told)],
        id="keys",
        tabIndex=-1,
        **aria(labelledby="keys-title"),
    )
