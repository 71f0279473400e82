"""A county's page: the facts asked for first, its story, services, results, context and doubts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.dates import day_words
from data.evidence.context import context_series
from data.evidence.reach import reach
from data.evidence.results import results
from data.facts import Facts
from data.frame import county_frame
from data.language import say
from data.story import story
from data.words import LEGEND_WORDS, LOOK_WORDS, announced_words
from layouts import ids
from layouts.address import View, write_query
from layouts.figures.story import story_chart
from layouts.parts.attributes import dataset, fact
from layouts.parts.county import create_county_figures, create_program, create_services
from layouts.parts.graph import create_graph
from layouts.parts.results import create_results
from layouts.parts.sources import create_source_details
from layouts.parts.terms import create_terms, link_to_data
from layouts.parts.trends import create_context, create_reach

FITS = 8
"""So many results, counts and series of a county fit on a sheet at the usual size."""


def create_county_page(facts: Facts, fips: str, view: View, today: date) -> Component:
    """Make the page of one county as of the view's day."""
    row = county_frame(facts, view.day).set_index("fips").loc[fips]
    own = results(facts)
    own = own[own["fips"] == fips]
    spans, events = story(facts, fips, today)
    dated, counted = bool(len(spans) + len(events)), bool(len(reach(facts, (fips,))))
    its_story = _story(facts, spans, events, today) if dated else _no_story()
    its_results = create_results(facts, own) if len(own) else _no_result(row.county)
    reached = create_reach(facts, (fips,))
    here, tried = create_services(facts, fips, view.day, today), own["is_lead"].eq("yes").any()
    answer = [_heading(facts, row, fips, view, today), _programs(facts, fips, row.county)]
    beside = [its_story if dated else None, its_results if tried else here]
    below = [
        None if dated else its_story,
        here if tried else its_results,
        None if counted else reached,
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.Div(answer),
                    html.Div(beside, className="beside"),
                    html.Div(below),
                ],
                className="county-sheet",
            ),
            reached if counted else None,
            create_context(facts, (fips,)),
        ],
        className="county-page long" if _is_long(facts, fips, len(own)) else "county-page",
    )


def _heading(facts: Facts, row: Any, fips: str, view: View, today: date) -> Component:
    """Name the county, with its status on the day, its figures and the ways on."""
    day = "" if view.day == today else view.day.isoformat()
    told = {"status": say(LOOK_WORDS[row.look]), "day": day_words(view.day)}
    perhaps = announced_words(facts, fips, view.day) if row.look == "none_found" else ""
    return html.Div(
        [
            html.P(
                [dcc.Link(say("All counties"), href="/"), f" › {row.county}"], className="path-to"
            ),
            html.H1(say("{county} County", county=row.county)),
            html.P(
                [
                    html.Span(className="swatch", **dataset(look=row.look)),
                    " ".join([say("{status}, as of {day}.", **told), perhaps]).strip(),
                ],
                className="status",
            ),
            html.P(" ".join(view.notices), id=ids.NOTICE, role="status"),
            create_county_figures(facts, fips, view.day),
            html.P(
                [
                    dcc.Link(
                        say("See it on the map"),
                        href=f"/?{write_query({'date': day, 'counties': fips})}",
                    ),
                    " · ",
                    dcc.Link(
                        say("Partners here, and what next"),
                        href=f"/next/{fips}?{write_query({'date': day})}".rstrip("?"),
                    ),
                    " · ",
                    dcc.Link(say("Report a correction"), href=f"/correct?county={fips}"),
                    " · ",
                    link_to_data(say("How the status of a county is told"), "status"),
                ],
                className="ways",
            ),
        ],
        className="heading-county",
    )


def _programs(facts: Facts, fips: str, county: str) -> Component:
    programs = facts.adoption[facts.adoption["fips"] == fips]
    nothing = say(
        "No LEAD program or plan was found for {county} County in the sources read. That does not "
        "prove there is none.",
        county=county,
    )
    return html.Section(
        [
            html.H2(say("Programs")),
            *[create_program(facts, program) for program in programs.itertuples()],
            None if len(programs) else html.P(nothing, className="missing"),
        ],
        className="panel wide programs",
    )


def _no_result(county: str) -> Component:
    nothing = say("No published result was found for {county} County.", county=county)
    return html.Section(
        [html.H2(say("Before and after")), html.P(nothing, className="missing")],
        id="results",
        className="panel wide",
    )


def _is_long(facts: Facts, fips: str, results: int) -> bool:
    """Tell whether a page has so much on it that it must be set smaller to fit a sheet."""
    return results + len(reach(facts, (fips,))) + len(context_series(facts, (fips,))) > FITS


def _no_story() -> Component:
    return html.Section(
        [
            html.H2(say("Its story")),
            html.P(say("No dated event was found."), className="missing"),
        ],
        className="panel wide",
    )


def _story(facts: Facts, spans: pd.DataFrame, events: pd.DataFrame, today: date) -> Component:
    chart = story_chart(spans, events, today)
    items = [
        html.Li(
            [
                html.Strong(f"{event.when}: "),
                html.Span(fact(f"{event.title}. {event.what}")),
                " ",
                create_source_details(facts, event.sources),
            ]
        )
        for event in events.itertuples()
    ]
    return html.Section(
        [
            html.H2(say("Its story")),
            # Else it takes what is left over.
            create_graph(chart, "story", style={"height": f"{chart.layout.height}px"}),
            _colors(spans["look"]),
            html.Ol(items, className="events"),
            create_terms(
                text for event in events.itertuples() for text in (event.title, event.what)
            ),
        ],
        className="panel wide",
    )


def _colors(looks: Iterable[str]) -> Component:
    """Say what the colors of the story's bars mean."""
    return html.Ul(
        [
            html.Li(
                [html.Span(className="swatch", **dataset(look=look)), say(LEGEND_WORDS[look])],
                title=say(LOOK_WORDS[look]),
            )
            for look in LEGEND_WORDS
            if look in set(looks)
        ],
        className="service-legend",
    )
