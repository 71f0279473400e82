"""How much is known of each service, over all days, and what the words of the maps mean."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.language import marked, say
from data.services.known import coverage
from data.services.words import SEARCHED, SERVICE_LOOK_WORDS, SERVICE_LOOKS
from layouts.parts.services import create_sortable

FINDINGS = marked("Findings by service, over all days")
COVERAGE_HEADS = (
    marked("Service"),
    marked("Counties with a finding"),
    marked("With a dated source"),
    marked("High confidence"),
    marked("Medium"),
    marked("Low"),
)


def create_known(facts: Facts, links: dict[str, str]) -> Component:
    """Make the section, with each service's link by its key."""
    heads = [say(head) for head in COVERAGE_HEADS]
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(row.name, href=links[row.service]), scope="row"),
                *[
                    html.Td(str(number))
                    for number in (row.counties, row.dated, row.high, row.medium, row.low)
                ],
            ]
        )
        for row in coverage(facts).itertuples(index=False, name="Coverage")
    ]
    words = [html.Li(say(SERVICE_LOOK_WORDS[look])) for look in SERVICE_LOOKS]
    return html.Section(
        [
            html.H2(say("How much is known")),
            html.P(say(SEARCHED)),
            html.H3(say(FINDINGS)),
            create_sortable(heads, rows, say(FINDINGS), "plain-table"),
            html.H3(say("What the words mean")),
            html.Ul(words),
        ],
        className="panel wide",
        id="known",
    )
