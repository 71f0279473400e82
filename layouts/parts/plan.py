"""A county's plan as it stands on a page: the path of intercepts, the questions, the next steps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.language import marked, say, say_number
from data.services.answers import NOTE_LENGTH, WORDS
from data.services.plan import GROUP_WORDS, STEPS, Line, Plan
from data.services.readiness import Example, Step, browser_rule
from data.services.similar import look_words
from data.words import within_sentence
from layouts.parts.attributes import aria, dataset, fact
from layouts.parts.services import MARKS
from layouts.parts.sources import create_source_details
from layouts.static import Input

CHOICES = {**WORDS, "": marked("No answer")}
"""What can be answered to a question; the last is where all begin."""


def create_path(facts: Facts, found: pd.DataFrame) -> Component:
    """Draw the intercepts in the order in which a person meets them, with what is found at each.

    ``found``: rows of ``data.services.situation.situation``.
    """
    stops = [
        _intercept(row, found[found["intercept"] == row.intercept])
        for row in facts.intercepts.itertuples()
    ]
    return html.Ol(stops, className="path")


def _intercept(row: Any, found: pd.DataFrame) -> Component:
    services = [
        html.Li(
            [
                html.Span(
                    MARKS[one.look],
                    className="swatch sign",
                    **dataset(look=one.look),
                    **aria(hidden="true"),
                ),
                html.Span([html.Strong(_headed(one.name)), ": ", *_short(one)]),
            ]
        )
        for one in found.itertuples()
    ]
    return html.Li(
        [
            html.H3([html.Span(row.intercept, className="stop-number"), say(row.name)]),
            html.P(say(row.what), className="soft"),
            html.Ul(services),
        ],
        className="intercept",
    )


def _short(row: Any) -> list[Component | str]:
    by = html.Span([" (", fact(row.providers), ")"], className="by") if row.providers else ""
    return [within_sentence(look_words(row)), by]


def _headed(text: str) -> str:
    return text[:1].upper() + text[1:]


def create_situation(facts: Facts, lines: Iterable[Line]) -> Component:
    """Tell where the county stands, group by group, each statement with its sources."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    return html.Dl(
        [
            part
            for group, words in GROUP_WORDS.items()
            if group in groups
            for part in (html.Dt(say(words)), html.Dd([_line(facts, one) for one in groups[group]]))
        ],
        className="situation",
    )


def _line(facts: Facts, line: Line) -> Component:
    sources = create_source_details(facts, "; ".join(line.sources)) if line.sources else None
    return html.Div([html.P(create_line(line)), sources])


def create_line(line: Line) -> list[Component | str]:
    """Write a statement of a plan with what it quotes."""
    return [line.words, " ", fact(line.quote)] if line.quote else [line.words]


def create_steps(facts: Facts, plan: Plan, steps: list[Step]) -> Component:
    """List all steps, the next ones first and shown; the browser orders them by the answers."""
    first = [step.id for step in plan.steps]
    ordered = sorted(steps, key=lambda s: first.index(s.id) if s.id in first else STEPS)
    return html.Ol(
        [_step(facts, step, shown=step.id in first) for step in ordered],
        className="steps",
        **dataset(most=str(STEPS)),
    )


def _step(facts: Facts, step: Step, shown: bool) -> Component:
    return html.Li(
        [
            html.H3(step.first_step),
            html.P([html.Strong(say("Why:") + " "), html.Span(step.why, className="why")]),
            html.P([html.Strong(say("Ask:") + " "), step.who_to_ask]),
            _examples(step),
            create_source_details(facts, "; ".join(step.sources)),
        ],
        className="step",
        hidden=None if shown else True,
        **dataset(step=step.id),
    )


def _examples(step: Step) -> Component | None:
    if not step.service:
        return None
    if not step.examples:
        return html.P(say("No other county was found that runs this service."), className="soft")
    return html.Div(
        [
            html.P(html.Strong(say("Counties where the sources find the service:"))),
            html.Ul([html.Li(_example(one)) for one in step.examples]),
        ],
        className="doers",
    )


def _example(one: Example) -> list[Component | str]:
    name = say("{county} County", county=one.county)
    return [dcc.Link(name, href=f"/county/{one.fips}"), one.words.removeprefix(name)]


def create_questions(plan: Plan, steps: list[Step]) -> Component:
    """Make the questions, intercept by intercept; answers stay in the browser."""
    rule = browser_rule(steps)
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        groups.setdefault((step.intercept, step.intercept_name), []).append(step)
    return html.Form(
        [
            html.Section(
                [
                    html.H3(say("Intercept {number}: {name}", number=number, name=name)),
                    *[_question(step, rule[step.id]) for step in asked],
                ]
            )
            for (number, name), asked in groups.items()
        ],
        className="questions",
        **dataset(plan=plan.fips),
    )


def _question(step: Step, rule: dict[str, dict[str, Any]]) -> Component:
    note = say("Note")
    choices = [
        html.Label(
            [
                Input(name=step.id, type="radio", value=word, checked=True if not word else None),
                _headed(say(words)),
            ],
            className="check",
        )
        for word, words in CHOICES.items()
    ]
    return html.Fieldset(
        [
            html.Legend(step.question),
            html.Div(choices, className="radios"),
            html.P(_found(step), className="soft") if step.found else None,
            html.Details(
                [
                    html.Summary(note),
                    html.Textarea(
                        name=f"note-{step.id}",
                        maxLength=NOTE_LENGTH,
                        rows=2,
                        **aria(label=f"{note}: {step.question}"),
                    ),
                ]
            ),
        ],
        className="question",
        **dataset(question=step.id, rule=json.dumps(rule, ensure_ascii=False)),
    )


def _found(step: Step) -> str:
    return say("Sources: {found}.", found=step.found)


def create_similar(facts: Facts, rows: pd.DataFrame) -> Component:
    """List the counties most like this one, each with the reason."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Strong(_county_link(row)),
                    html.P(_likeness(row)),
                    create_source_details(facts, row.sources),
                ]
            )
            for row in rows.itertuples()
        ],
        className="similar",
    )


def _county_link(row: Any) -> Component:
    return dcc.Link(say("{county} County", county=row.county), href=f"/next/{row.fips}")


def _likeness(row: Any) -> str:
    return say(
        "{number} residents in {year}: {reason}.",
        number=say_number(row.residents),
        year=row.year,
        reason=row.reason,
    )
