"""A county's page: its story on a time line, its programs, results, context and doubts."""

from __future__ import annotations

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from data.context import context_series
from data.dates import day_words
from data.facts import Facts
from data.frame import county_frame
from data.reach import reach
from data.results import results
from data.story import story
from data.words import LOOK_WORDS
from layouts.address import View
from layouts.figures.base import CONFIG
from layouts.figures.story import story_chart
from layouts.parts.attributes import dataset
from layouts.parts.county import create_program
from layouts.parts.results import create_results
from layouts.parts.sources import create_source_details
from layouts.parts.trends import create_context, create_reach

FITS = 8
"""So many results, counts and series of a county fit on a sheet at the usual size."""


def create_county_page(facts: Facts, fips: str, view: View, today: date) -> Component:
    """Make the page of one county as of the view's day."""
    row = county_frame(facts, view.day).set_index("fips").loc[fips]
    programs = facts.adoption[facts.adoption["fips"] == fips]
    own = results(facts)
    own = own[own["fips"] == fips]
    no_result = f"No published result was found for {row.county} County."
    return html.Div(
        [
            html.Div(
                [
                    html.P([dcc.Link("All counties", href="/"), f" › {row.county}"]),
                    html.H1(f"{row.county} County"),
                    html.P(
                        [
                            html.Span(className="swatch", **dataset(look=row.look)),
                            f"{LOOK_WORDS[row.look]}, as of {day_words(view.day)}.",
                        ],
                        className="status",
                    ),
                    html.P(
                        [
                            dcc.Link("See it on the map", href=f"/?counties={fips}"),
                            " · ",
                            dcc.Link("Partners here, and what next", href=f"/next/{fips}"),
                            " · ",
                            dcc.Link("Report a correction", href=f"/correct?county={fips}"),
                        ]
                    ),
                ],
                className="heading-county",
            ),
            _story(facts, fips, today),
            html.Section(
                [
                    html.H2("Programs"),
                    *[create_program(facts, program) for program in programs.itertuples()],
                    None
                    if len(programs)
                    else html.P(
                        f"No LEAD program or plan was found for {row.county} County in the sources "
                        "read. That does not prove there is none.",
                        className="missing",
                    ),
                ],
                className="panel wide programs",
            ),
            create_results(facts, own)
            if len(own)
            else html.Section(
                [html.H2("Before and after"), html.P(no_result, className="missing")],
                className="panel wide",
            ),
            create_reach(facts, (fips,)),
            create_context(facts, (fips,)),
        ],
        className="county-page long" if _is_long(facts, fips, len(own)) else "county-page",
    )


def _is_long(facts: Facts, fips: str, results: int) -> bool:
    """Tell whether a page has so much on it that it must be set smaller to fit a sheet."""
    return results + len(reach(facts, (fips,))) + len(context_series(facts, (fips,))) > FITS


def _story(facts: Facts, fips: str, today: date) -> Component:
    spans, events = story(facts, fips, today)
    if spans.empty and events.empty:
        return html.Section(
            [html.H2("Its story"), html.P("No dated event was found.", className="missing")],
            className="panel wide",
        )
    items = [
        html.Li(
            [
                html.Strong(f"{event.when}: "),
                f"{event.title}. {event.what} ",
                create_source_details(facts, event.sources),
            ]
        )
        for event in events.itertuples()
    ]
    return html.Section(
        [
            html.H2("Its story"),
            dcc.Graph(figure=story_chart(spans, events, today), config=CONFIG, className="story"),
            html.Ol(items, className="events"),
        ],
        className="panel wide",
    )
