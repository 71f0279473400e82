"""Published results, one a row: the figure first, and its limits beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.evidence.results import (
    REGRESSION_NOTE,
    TOPIC_WORDS,
    WARNING,
    charted,
    direction,
    headline_unit,
)
from data.evidence.units import unit_words
from data.facts import Facts
from data.language import say
from layouts.figures import result_chart
from layouts.parts.attributes import dataset, in_english, named
from layouts.parts.graph import create_graph
from layouts.parts.sources import create_source_details
from layouts.parts.terms import create_interval, create_terms, link_to_data, link_to_figures

OUR_TERMS = ("interval", "n")
"""The terms that stand in our own words beside every result."""


def create_result(facts: Facts, row: Any, full: bool = True) -> Component:
    """Make one result of ``data.evidence.results``.

    The short form leaves note and sources out and leads to the full one.
    """
    period = " → ".join(filter(None, [row.period_before, row.period_after]))
    more = (
        [
            html.P(row.note, className="note", **in_english()) if row.note else None,
            create_source_details(facts, row.sources),
        ]
        if full
        else []
    )
    return html.Li(
        [
            html.Div(
                [row.headline, html.Small(headline_unit(row) or direction(row))],
                className=_figure_class(row),
            ),
            html.Div(
                [
                    html.P(
                        [
                            html.Strong(_sentence_case(row.measure)),
                            html.Br(),
                            html.Span(f"{row.site}. {_sentence_case(row.population)}."),
                        ],
                        **in_english(),
                    ),
                    _before_after(row),
                    html.P(period, className="period", **in_english()) if period else None,
                    _limits(row, full),
                    *more,
                ]
            ),
        ],
        className="result",
        **named(result_id(row) if full else ""),
        **dataset(grade=row.grade or "none"),
    )


def result_id(row: Any) -> str:
    """Give the id of a full result on its page."""
    return f"result-{row.Index}"


def _limits(row: Any, full: bool) -> Component:
    """Say the grade, the comparison group and the number of people; in full, the interval too."""
    claim = say("a claim, no method given") if row.claim == "yes" else ""
    more = html.A(say("limits and sources"), href=f"#{result_id(row)}", className="more")
    limits = [
        html.Span(link_to_data(row.graded, "grades"), className="grade"),
        html.Span(claim, className="claim") if claim else None,
        html.Span(say("comparison group: {others}", others=row.compared)),
        html.Span(row.people),
        html.Span(create_interval(row)) if full else more,
    ]
    parts = [part for limit in limits if limit for part in (limit, " ")]
    return html.P(parts, className="limits")


def _figure_class(row: Any) -> str:
    return "figure claimed" if row.claim == "yes" else "figure"


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _before_after(row: Any) -> Component | None:
    """Draw before and after as two bars on one scale, where the source gives both values."""
    if not (row.value_before and row.value_after):
        return None
    before, after = float(row.value_before), float(row.value_after)
    top = 100 if row.unit.startswith("%") else max(before, after)
    unit = "%" if row.unit.startswith("%") else f" {unit_words(row.unit)}"
    return html.Div(
        [
            html.Div(
                [
                    html.Span(words),
                    html.Span(className=f"bar {name}", style={"width": width}),
                    html.Span(f"{value:g}{unit}"),
                ]
            )
            for name, words, value in (
                ("before", say("before"), before),
                ("after", say("after"), after),
            )
            for width in [f"{60 * value / top:.0f}%"]
        ],
        className="bars",
    )


def create_short_results(facts: Facts, rows: pd.DataFrame) -> Component:
    """Make the short list for the first screen: North Carolina's results on justice."""
    shown = rows[
        (rows["state"] == "NC") & (rows["topic"] == "justice") & (rows["is_lead"] == "yes")
    ]
    items = [create_result(facts, row, full=False) for row in shown.head(2).itertuples()]
    return html.Section(
        [
            html.H2(say("What changed for people in LEAD")),
            _warning(),
            html.Ul(items, className="results short"),
            html.A(
                say("All results, with their limits and sources"), href="#results", className="more"
            ),
        ],
        className="panel",
    )


def create_results(facts: Facts, rows: pd.DataFrame, missing: str = "") -> Component:
    """Make the full panel: the warning, the chart of changes, then every result by topic."""
    drawn = charted(rows)
    return html.Section(
        [
            html.H2(say("Before and after: published results")),
            html.P(missing, className="missing") if missing else None,
            _warning(),
            html.P(
                [
                    say(REGRESSION_NOTE),
                    " ",
                    link_to_data(say("How this was simulated"), "simulation"),
                ],
                className="note",
            ),
            link_to_figures("outcomes"),
            create_terms(quoted(rows), *OUR_TERMS) if len(rows) else None,
            _chart(drawn) if len(drawn) else None,
            *[_topic(facts, topic, rows[rows["topic"] == topic]) for topic in TOPIC_WORDS],
        ],
        id="results",
        className="panel wide",
    )


def quoted(rows: pd.DataFrame) -> Iterator[str]:
    """Give the words of sources that results quote."""
    for name in ("measure", "population", "unit", "comparison", "significance", "note"):
        yield from rows[name]


def _warning() -> Component:
    grade = link_to_data(say("Grade {grade}", grade=1), "grades")
    return html.P([html.Strong([grade, ": "]), say(WARNING)], className="warning")


def _chart(rows: pd.DataFrame) -> Component:
    said = "; ".join(f"{row.site}, {row.measure}: {row.headline}" for row in rows.itertuples())
    return html.Figure(
        [
            html.Figcaption(
                say(
                    "Reported change in criminal justice involvement. Filled: a study; hollow: a "
                    "claim without a method. Measures differ, so compare directions, not lengths."
                )
            ),
            create_graph(result_chart(rows), "result-chart"),
            html.P(said, className="only-spoken", **in_english()),
        ]
    )


def _topic(facts: Facts, topic: str, rows: pd.DataFrame) -> Component | None:
    if rows.empty:
        return None
    groups = [
        (say("LEAD in North Carolina"), (rows["state"] == "NC") & (rows["is_lead"] == "yes")),
        (say("LEAD elsewhere"), (rows["state"] != "NC") & (rows["is_lead"] == "yes")),
        (say("Other schemes, not LEAD"), rows["is_lead"] != "yes"),
    ]
    told = [
        _group(facts, name, rows[mask], first=place == 0)
        for place, (name, mask) in enumerate(groups)
    ]
    return html.Div([html.H3(say(TOPIC_WORDS[topic])), *told])


def _group(facts: Facts, name: str, rows: pd.DataFrame, first: bool) -> Component | None:
    if rows.empty:
        return None
    items = html.Ul([create_result(facts, row) for row in rows.itertuples()], className="results")
    return html.Details([html.Summary(f"{name} ({len(rows)})"), items], open=first)
