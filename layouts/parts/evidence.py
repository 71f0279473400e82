"""A claim and its figures, each with a mark that tells a measurement from an impression.

A figure is one line that opens: what it counts, how it is known and its grade are always there;
interval, people, sources and doubts are folded. So is who stands behind a claim. The folds
are ``details``: they work without scripts, and a search in the page finds what is in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.evidence.claims import MEANINGS, STANDINGS, Claim
from data.evidence.results import GRADES, direction, headline_unit, values_words
from data.facts import Facts
from data.language import marked, say
from layouts.parts.attributes import aria, dataset, fact_in, in_english
from layouts.parts.sources import create_source_links, create_source_names
from layouts.parts.terms import create_interval, link_to_data


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
    facts: Facts,
    head: list[Component],
    blocks: list[tuple[str, Claim]],
    name: str,
    more: Component | None = None,
) -> Component:
    """Make a claim with its figures.

    Parameters
    ----------
    head
        The claim in words and what stands under it, before the sentence on the first place.
    blocks
        The claim with the figures of a place, once a place, each with the place's name or nothing.
    name
        The id of the whole on its page.
    more
        What follows the sentence on the first place.
    """
    parts = _block(facts, *blocks[0], [*head, more])
    for place, claim in blocks[1:]:
        parts += _block(facts, place, claim, [])
    best = min((claim.standing for _, claim in blocks), key=list(STANDINGS).index)
    return html.Article(parts, className="claim-row", id=name, **dataset(best=best))


def create_claim_head(facts: Facts, claim: Claim) -> list[Component]:
    """Say a claim, and who says it; where it was said is folded."""
    who = fact_in(marked("Said by: {who}."), claim.said_by)
    note = html.P(claim.note, className="note", **in_english()) if claim.note else None
    folded = html.Details(
        [html.Summary(who), note, create_source_links(facts, claim.sources)], className="said-by"
    )
    return [html.H3(claim.words), folded]


def _block(
    facts: Facts, place: str, claim: Claim, head: Sequence[Component | None]
) -> list[Component]:
    """Make the two cells of a place: how well the claim is known there, and its figures."""
    figures = [create_figure(facts, row) for row in claim.figures.itertuples()]
    *before, more = head or [None]
    standing = [html.P(html.Strong(place)) if place else None, create_standing(claim.standing)]
    listed = html.Ul(figures, className="figures") if figures else None
    return [html.Div(standing, className="where"), html.Div([*before, _known(claim, more), listed])]


def _known(claim: Claim, more: Component | None) -> Component | None:
    """Say what is known of a claim; that nothing is, its mark has said."""
    if claim.standing == "none":
        return html.P(more, className="known") if more else None
    return html.P([claim.known, " ", more] if more else claim.known, className="known")


def create_figure(facts: Facts, row: Any) -> Component:
    """Make one figure: its mark, and a line that opens on all that limits it.

    A figure without a number is open, as its words are all there is.
    """
    folded = html.Div(
        [
            html.P(_limits(facts, row)),
            html.P(row.note, **in_english()) if row.note else None,
        ],
        className="folded",
    )
    return html.Li(
        [
            create_mark(row.kind),
            html.Details([html.Summary(_line(row)), folded], open=not _has_number(row)),
        ],
        **dataset(kind=row.kind),
    )


def _line(row: Any) -> list[Component]:
    """Give the number, what it counts when and where, and how it is known."""
    small = headline_unit(row) or direction(row)
    period = " → ".join(filter(None, [row.period_before, row.period_after]))
    values = values_words(row)
    where = "".join(f" · {part}" for part in (period, row.place) if part)
    return [
        html.Span([_number(row), html.Small(small) if small else None], className="number"),
        html.Span(
            [
                html.Strong(row.measure[:1].upper() + row.measure[1:], **in_english()),
                f" · {values}" if values else "",
                html.Span(where, **in_english()),
            ],
            className="what",
        ),
        html.Span([html.Strong(_known_how(row)), " · ", row.graded], className="limits"),
    ]


def _has_number(row: Any) -> bool:
    return bool(row.change_pct or row.value_after)


def _number(row: Any) -> Component:
    """Give the figure; what was only said stands in quotation marks and italics."""
    if not _has_number(row):
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
    """Say the interval of a figure, its people, its grade and its sources, with dots between."""
    named = create_source_names(facts, row.sources)
    told = [create_interval(row), row.people, *_grade(row), named]
    return [part for one in told for part in (" · ", one)][1:]


def _grade(row: Any) -> list[Component]:
    """Say what a figure's grade means, with the way to all grades."""
    if not row.grade:
        return []
    return [html.Span([link_to_data(row.graded, "grades"), ": ", say(GRADES[row.grade])])]
