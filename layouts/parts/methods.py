"""How numbers are made: the methods, one entry each, with the ids to which links lead."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.adoption import population_ends
from data.evidence.results import GRADES, REGRESSION_NOTE, WARNING
from data.facts import Facts
from data.language import say
from data.methods import METHODS, STATUS_RULES, Method
from data.words import LOOK_WORDS, LOOKS, joined
from layouts.parts.attributes import dataset
from layouts.parts.sources import create_source_details


def create_methods(facts: Facts) -> Component:
    """Make the section of methods."""
    statuses = [
        part
        for look in LOOKS
        for part in (
            html.Dt([html.Span(className="swatch", **dataset(look=look)), say(LOOK_WORDS[look])]),
            html.Dd(say(STATUS_RULES[look]) + "."),
        )
    ]
    grades = [
        part
        for grade, words in GRADES.items()
        for part in (html.Dt(say("Grade {grade}", grade=grade)), html.Dd(say(words) + "."))
    ]
    return html.Section(
        [
            html.H2(say("Methods")),
            html.H3(say("Status of a county on a day"), id="status"),
            html.Dl(statuses),
            *[part for method in METHODS for part in _method(facts, method)],
            html.H3(say("Grades of evidence"), id="grades"),
            html.P(say("After the Maryland Scientific Methods Scale (Sherman and others 1998).")),
            html.Dl(grades),
            html.P(say(WARNING)),
            html.P(say(REGRESSION_NOTE)),
        ],
        className="panel wide prose",
        id="methods",
    )


def _method(facts: Facts, method: Method) -> list[Component]:
    """Make an entry, with the sources of the table on which it rests."""
    first, last = population_ends(facts)
    words = say(method.words, first=first, last=last)
    parts = [html.H3(say(method.name), id=method.id), html.P(words)]
    if method.table:
        parts.append(create_source_details(facts, joined(facts.tables[method.table]["sources"])))
    return parts
