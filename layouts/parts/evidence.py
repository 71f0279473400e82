"""A claim and its figures, each with a mark that tells a measurement from an impression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.evidence.claims import MEANINGS, STANDINGS, Claim
from data.evidence.results import GRADES, direction, headline_unit
from data.facts import Facts
from data.language import say
from layouts.parts.attributes import aria, dataset, in_english
from layouts.parts.sources import create_source_details, create_source_names


def create_mark(standing: str) -> Component:
    """Draw the mark of a standing: a shape, so that it needs no color; words stand beside it."""
    return html.Span(className="mark", **dataset(standing=standing), **aria(hidden="true"))


def create_standing(standing: str) -> Component:
    """Make a standing: its mark and its words."""
    return html.P(
        [create_mark(standing), html.Strong(say(STANDINGS[standing]))], className="standing"
    )


def create_marks_legend() -> Component:
    """Teach the marks."""
    items = [
        html.Li([create_standing(standing), html.P(say(MEANINGS[standing]))])
        for standing in STANDINGS
    ]
    return html.Ul(items, className="marks", **aria(label=say("How to read the marks")))


def create_claim(
    facts: Facts, blocks: list[tuple[str, Claim]], name: str, more: Component | None = None
) -> Component:
    """Make a claim with its figures.

    Parameters
    ----------
    blocks
        The claim with the figures of a place, once a place, each with the place's name or nothing.
    name
        The id of the whole on its page.
    more
        What follows the sentence on the first place.
    """
    head = _head(facts, blocks[0][1])
    parts = _block(facts, *blocks[0], [*head, more])
    for place, claim in blocks[1:]:
        parts += _block(facts, place, claim, [])
    best = min((claim.standing for _, claim in blocks), key=list(STANDINGS).index)
    return html.Article(parts, className="claim-row", id=name, **dataset(best=best))


def _head(facts: Facts, claim: Claim) -> list[Component]:
    who = say("Said by: {who}.", who=claim.said_by)
    said = [html.Span(f"{who} "), create_source_details(facts, claim.sources)]
    head = [html.H3(claim.words), html.Div(said, className="said-by")]
    return [*head, html.P(claim.note, className="note", **in_english())] if claim.note else head


def _block(
    facts: Facts, place: str, claim: Claim, head: Sequence[Component | None]
) -> list[Component]:
    """Make the two cells of a place: how well the claim is known there, and its figures."""
    figures = [create_figure(facts, row) for row in claim.figures.itertuples()]
    *before, more = head or [None]
    known = html.P([claim.known, " ", more] if more else claim.known, className="known")
    standing = [html.P(html.Strong(place)) if place else None, create_standing(claim.standing)]
    listed = html.Ul(figures, className="figures") if figures else None
    return [html.Div(standing, className="where"), html.Div([*before, known, listed])]


def create_figure(facts: Facts, row: Any) -> Component:
    """Make one figure: mark, number, what it is with its limits on one line, and the doubts."""
    small = headline_unit(row) or direction(row)
    period = " → ".join(filter(None, [row.period_before, row.period_after]))
    what = "".join(f" · {part}" for part in (period, row.place) if part)
    return html.Li(
        [
            create_mark(row.kind),
            html.Div([_number(row), html.Small(small) if small else None], className="number"),
            html.Div(
                [
                    html.P(
                        [html.Strong(row.measure[:1].upper() + row.measure[1:]), what],
                        **in_english(),
                    ),
                    html.P(_limits(facts, row), className="limits"),
                ]
            ),
            html.P(row.note, className="note", **in_english()) if row.note else None,
        ],
        **dataset(kind=row.kind),
    )


def _number(row: Any) -> Component:
    """Give the figure; what was only said stands in quotation marks and italics."""
    if not (row.change_pct or row.value_after):
        return html.Span(say("no number"), className="soft")
    return html.Q(row.headline) if row.kind == "stated" else html.Span(row.headline)


def _known_how(row: Any) -> str:
    """Say in words what the mark of a figure shows."""
    others = "" if row.comparison == "none" else row.comparison
    if row.kind == "stated" and others:
        return say("Only stated, set against {others}", others=others)
    return {
        "compared": say("Compared with {others}", others=others),
        "alone": say("No comparison group"),
        "worked": say("Worked out, set against {others}", others=others),
        "stated": say("Only stated"),
    }[row.kind]


def _limits(facts: Facts, row: Any) -> list[Component | str]:
    """Say how a figure is known, its interval, people, grade and source, with dots between."""
    told = [
        html.Strong(_known_how(row)),
        html.Span(row.interval),
        html.Span(row.people),
        html.Span(row.graded, title=say(GRADES.get(row.grade, ""))),
        html.Span(create_source_names(facts, row.sources)),
    ]
    parts: list[Component | str] = []
    for part in told:
        parts += [" · ", part] if parts else [part]
    return parts
