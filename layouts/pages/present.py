"""Presenter mode: full screen, one answer at a time, moved by keys or a clicker."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from data.adoption import curve, state_milestones
from data.dates import day_words
from data.evidence.context import context_series
from data.evidence.reach import reach
from data.evidence.results import WARNING, results
from data.facts import Facts
from data.frame import county_frame, first_month, timeline
from data.language import marked, say
from data.measures.layers import lead_layer
from data.status import programs
from layouts import ids
from layouts.address import View
from layouts.exports.chart import chart_svg
from layouts.exports.html import to_html
from layouts.exports.svg import map_inline
from layouts.figures import adoption_curve, context_chart
from layouts.pages.map import browser_data
from layouts.parts.attributes import aria, dataset
from layouts.parts.legend import create_legend
from layouts.parts.results import create_short_results
from layouts.parts.time import month_number
from layouts.static import Input, Static, write_early_data

NAMES = 1.4
"""How many times larger than on the page the names on the map are."""
CHART = (620, 250)
"""Size of a chart's own drawing: at this height its words are readable at ten meters."""
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
    return html.Div(
        [
            html.Header(
                [
                    html.H1(layer.headline + ".", id=ids.HEADLINE),
                    html.P(id="story-text"),
                    html.P(layer.detail, id=ids.DETAIL, className="only-spoken"),
                ]
            ),
            html.Main([*_panels(facts, view, today)]),
            _time(view, first, today),
            _keys(),
            html.Aside(id="story", hidden=True, **aria(label=say("The story"))),
            html.Div(id="blank", hidden=True),
            Static("div", write_early_data(browser_data(facts, line, layer)), {}),
        ],
        className="present",
        **dataset(plain="present"),
    )


def _time(view: View, first: date, today: date) -> Component:
    """Make the foot of the screen: play, the slider of months, the way back, the day in words."""
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
        html.Button("▶", id=ids.PLAY, **dataset(action="play")),
        html.Label(say("Month"), htmlFor=ids.SLIDER, className="only-spoken"),
        slider,
    ]
    return html.Footer(
        [
            html.Div(run, className="run"),
            html.A(
                say("Page and sources"),
                href=f"/?{view.query(today)}".rstrip("?"),
                **dataset(carry="yes"),
            ),
            html.P(day_words(day), className="day-words", id="big-day"),
            Input(id=ids.DATE, type="hidden", value=day.isoformat()),
        ]
    )


def _panels(facts: Facts, view: View, today: date) -> list[Component]:
    layer = lead_layer(facts, view.day)
    drawn = map_inline(layer, county_frame(facts, view.day), NAMES)
    first = first_month(facts, today)
    marks = state_milestones(facts)
    spread = adoption_curve(curve(facts, today), programs(facts), marks, first, today)
    entered = reach(facts)
    entered = entered[(entered["entered"] == "yes") & entered["day"].notna()]
    told = create_short_results(facts, results(facts))
    short = to_html(told, {"H2": lambda props: "", "A": _unlinked})
    return [
        _panel(
            1,
            say("Map"),
            html.Div(
                [Static("div", drawn, {"className": "map-box"}), create_legend(layer)],
                className="map-place",
            ),
        ),
        _panel(2, say("How LEAD spread"), _chart(spread)),
        _panel(3, say("What changed for people in LEAD"), Static("div", short, {})),
        _panel(4, say("People who entered LEAD, as far as dated sources tell"), _counts(entered)),
        *_context(facts),
    ]


def _unlinked(props: dict[str, Any]) -> str:
    """Write a link as its words; what leads to more of the same page is left out."""
    return "" if props.get("className") == "more" else escape(props["children"])


def _context(facts: Facts) -> list[Component]:
    """Show the first statewide series, if the edition has one."""
    return [
        _panel(
            5,
            say("Context, not effect: {measure}", measure=context.measure),
            _chart(context_chart(context)),
            say("Counted by {publisher}.", publisher=context.publisher),
        )
        for context in context_series(facts)[:1]
    ]


def _panel(number: int, title: str, body: Component, note: str = "") -> Component:
    head = [html.H2(title)] if number > 1 else []
    return html.Section(
        [*head, body, html.P(note, className="note") if note else None],
        hidden=number > 1,
        className=f"screen screen-{number}",
        **dataset(panel=str(number)),
        **aria(label=title),
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
    return html.Div(
        [html.H2(say("Keys")), html.Dl(told), html.P(say(WARNING))],
        id="keys",
        hidden=True,
        role="dialog",
    )
