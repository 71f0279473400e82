"""The atlas in one file, for a stick or a mail: map, day, play, counties, panels, sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.adoption import spread
from data.dates import day_words
from data.evidence.results import results
from data.facts import Facts
from data.frame import county_frame, timeline
from data.glossary import WHAT_IS_LEAD
from data.language import say
from data.measures.layers import lead_layer
from layouts import ids
from layouts.address import View
from layouts.document import first_paint, plain_document, root_attributes
from layouts.exports.chart import chart_svg, plot_edges
from layouts.exports.html import attributes, to_html
from layouts.exports.svg import map_inline
from layouts.figures import adoption_curve
from layouts.pages.data import create_milestones, create_sources
from layouts.pages.map import browser_data, create_panels, map_box
from layouts.parts.attributes import dataset
from layouts.parts.county import create_county_card, create_county_table
from layouts.parts.legend import create_legend
from layouts.parts.methods import create_methods
from layouts.parts.results import create_short_results
from layouts.parts.terms import create_words
from layouts.parts.time import create_time
from layouts.shell import TITLE, create_spoken
from layouts.static import Input, Static, write_early_data

WIDE, SMALL, SPREAD = 760, 350, 430
"""Widths in pixels at which charts of the panels, small charts and the adoption curve are drawn."""


def offline_file(facts: Facts, view: View, today: date) -> str:
    """Write the whole atlas as one HTML document that asks nothing of any server."""
    page = first_paint(
        _page(facts, view, today),
        lambda: "",
        {"Graph": _graph, "Link": _inside, "A": _link, "Button": _button},
    )
    return plain_document(page, say(TITLE), root_attributes(view.theme), alone=True)


def _page(facts: Facts, view: View, today: date) -> Component:
    frame = county_frame(facts, view.day)
    layer, line = lead_layer(facts, view.day), timeline(facts, today)
    picture = Static("div", map_inline(layer, frame), map_box())
    time = create_time(line, view.day)
    first_screen = [
        html.Div([picture, create_legend(layer), time], className="panel map-panel"),
        _side(facts, frame, today),
    ]
    all_counties = [html.H2(say("All counties on this day")), create_county_table(frame)]
    return html.Div(
        [
            _header(facts, today),
            html.Main(
                [
                    _heading(layer.headline, layer.detail),
                    html.Div(first_screen, className="first-screen"),
                    *create_panels(facts, ()),
                    html.Section(all_counties, className="panel wide scroll", id=ids.TABLE),
                    create_methods(facts),
                    create_words(),
                    create_milestones(facts),
                    create_sources(facts),
                ]
            ),
            html.Footer([html.P(say(WHAT_IS_LEAD))], className="bottom"),
            Static("div", write_early_data(browser_data(facts, line, layer)), {}),
        ],
        className="offline",
        **dataset(plain="offline"),
    )


def _header(facts: Facts, today: date) -> Component:
    stamp = say(
        "Edition {edition}, as of {day}. This file needs no network; links to sources do.",
        edition=facts.edition,
        day=day_words(today),
    )
    theme = html.Button(say("Light or dark"), **dataset(action="theme"))
    return html.Header(
        [html.Span(say(TITLE), className="title"), html.P(stamp, className="stamp"), theme],
        className="top",
    )


def _heading(headline: str, detail: str) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.H1(headline + ".", id=ids.HEADLINE),
                    html.P(detail, id=ids.DETAIL),
                    create_spoken(),
                ],
                className="answer",
            ),
            html.Div(
                [
                    html.Label(say("Find counties"), htmlFor="find-county"),
                    Input(id="find-county", list="all-counties", placeholder=say("Type a name")),
                    html.P(
                        [
                            html.Span(id="chosen-names"),
                            html.Button(say("Clear"), id="clear-chosen", className="ask"),
                        ]
                    ),
                ],
                className="finder",
            ),
        ],
        className="heading",
    )


def _side(facts: Facts, frame: Any, today: date) -> Component:
    figure = adoption_curve(*spread(facts, (), today))
    cards = [
        html.Div(create_county_card(facts, row), hidden=True, **dataset(card=row.fips))
        for row in frame.itertuples()
    ]
    names = [html.Option(value=name) for name in facts.county_names.values()]
    return html.Div(
        [
            html.Datalist(names, id="all-counties"),
            html.Div(cards, className="cards"),
            html.Section(
                [html.H2(say("How LEAD spread")), draw_curve(figure, SPREAD, figure.layout.height)],
                className="panel",
            ),
            html.Div(create_short_results(facts, results(facts)), **dataset(unchosen="yes")),
        ],
        className="side",
    )


def draw_curve(figure: Any, width: int, height: int) -> Component:
    """Draw the adoption curve with the place for a cursor that follows the day."""
    first, last = figure.layout.xaxis.range
    left, right, _, bottom = plot_edges(figure, width, height)
    sides = (
        f"--left:{left / width:.3%};--right:{right / width:.3%};--below:{1 - bottom / height:.3%};"
        f"--ratio:{width / height:.4f}"
    )
    drawn = chart_svg(figure, width, height)
    return Static(
        "div",
        f'<div class="curve-box" data-curve="{first} {last}" style="{sides}">{drawn}</div>',
        {},
    )


def _graph(props: dict[str, Any]) -> str:
    if props.get("className") == "small-chart":
        return chart_svg(props["figure"], SMALL)
    return f'<div class="wide-chart">{chart_svg(props["figure"], WIDE)}</div>'


def _inside(props: dict[str, Any]) -> str:
    """Write a link between pages as its words: there is no other page here."""
    return to_html(props.get("children"), {"Link": _inside, "A": _link})


def _link(props: dict[str, Any]) -> str:
    """Write a link to elsewhere or within this file, which holds the lists of the data page too.

    A link to a download is left out: no server is there to give it.
    """
    inside = _inside(props)
    href = props.get("href", "").removeprefix("/data")
    if href.startswith("/download/"):
        return ""
    stays = "//" in href or href.startswith("#")
    return f"<a{attributes({**props, 'href': href})}>{inside}</a>" if stays else inside


def _button(props: dict[str, Any]) -> str:
    """Write a button, unless it asks the server for more."""
    if props.get("id") == ids.MORE_CONTEXT:
        return ""
    return f"<button{attributes(props)}>{_inside(props)}</button>"
