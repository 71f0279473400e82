"""Published results, one a row: the figure first, and its limits beside it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.results import (
    GRADES,
    REGRESSION_NOTE,
    TOPIC_WORDS,
    WARNING,
    direction,
    headline_unit,
)
from layouts.figures import result_chart
from layouts.figures.base import CONFIG
from layouts.parts.attributes import dataset
from layouts.parts.sources import create_source_details


def create_result(facts: Facts, row: Any, full: bool = True) -> Component:
    """Make one result of ``data.results``; the short form leaves note and sources out."""
    period = " → ".join(filter(None, [row.period_before, row.period_after]))
    limits = [
        html.Span(row.graded, className="grade", title=GRADES.get(row.grade, "")),
        html.Span("a claim, no method given", className="claim") if row.claim == "yes" else None,
        html.Span(f"comparison group: {row.compared}"),
        html.Span(row.people),
        html.Span(row.interval) if full else None,
    ]
    more = (
        [
            html.P(row.note, className="note") if row.note else None,
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
                        ]
                    ),
                    _before_after(row),
                    html.P(period, className="period") if period else None,
                    html.P(
                        [part for limit in limits if limit for part in (limit, " ")],
                        className="limits",
                    ),
                    *more,
                ]
            ),
        ],
        className="result",
        **dataset(grade=row.grade or "none"),
    )


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
    unit = "%" if row.unit.startswith("%") else f" {row.unit}"
    return html.Div(
        [
            html.Div(
                [
                    html.Span(name),
                    html.Span(className=f"bar {name}", style={"width": width}),
                    html.Span(f"{value:g}{unit}"),
                ]
            )
            for name, value in (("before", before), ("after", after))
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
            html.H2("What changed for people in LEAD"),
            html.P([html.Strong("Grade 1: "), WARNING], className="warning"),
            html.Ul(items, className="results short"),
            html.A("All results, with their limits and sources", href="#panels", className="more"),
        ],
        className="panel",
    )


def create_results(facts: Facts, rows: pd.DataFrame, missing: str = "") -> Component:
    """Make the full panel: the warning, the chart of changes, then every result by topic."""
    charted = rows[
        (rows["topic"] == "justice")
        & (rows["is_lead"] == "yes")
        & (rows["change_pct"] != "")
        & (rows["better"] == "lower")
    ]
    return html.Section(
        [
            html.H2("Before and after: published results"),
            html.P(missing, className="missing") if missing else None,
            html.P([html.Strong("Grade 1: "), WARNING], className="warning"),
            html.P(REGRESSION_NOTE, className="note"),
            _chart(charted) if len(charted) else None,
            *[_topic(facts, topic, rows[rows["topic"] == topic]) for topic in TOPIC_WORDS],
        ],
        id="results",
        className="panel wide",
    )


def _chart(rows: pd.DataFrame) -> Component:
    said = "; ".join(f"{row.site}, {row.measure}: {row.headline}" for row in rows.itertuples())
    return html.Figure(
        [
            html.Figcaption(
                "Reported change in criminal justice involvement. Filled: a study; hollow: a claim "
                "without a method. Measures differ, so compare directions, not lengths."
            ),
            dcc.Graph(figure=result_chart(rows), config=CONFIG, className="result-chart"),
            html.P(said, className="only-spoken"),
        ]
    )


def _topic(facts: Facts, topic: str, rows: pd.DataFrame) -> Component | None:
    if rows.empty:
        return None
    groups = [
        ("LEAD in North Carolina", (rows["state"] == "NC") & (rows["is_lead"] == "yes")),
        ("LEAD elsewhere", (rows["state"] != "NC") & (rows["is_lead"] == "yes")),
        ("Other schemes, not LEAD", rows["is_lead"] != "yes"),
    ]
    return html.Div(
        [html.H3(TOPIC_WORDS[topic]), *[_group(facts, name, rows[mask]) for name, mask in groups]]
    )


def _group(facts: Facts, name: str, rows: pd.DataFrame) -> Component | None:
    if rows.empty:
        return None
    items = html.Ul([create_result(facts, row) for row in rows.itertuples()], className="results")
    first = name == "LEAD in North Carolina"
    return html.Details([html.Summary(f"{name} ({len(rows)})"), items], open=first)
