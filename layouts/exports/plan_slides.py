"""A county's plan as slides: where it stands, three steps, what was answered, doubts, sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from data.facts import Facts
from data.frame import county_frame
from data.language import marked, say
from data.measures.layers import lead_layer
from data.services.plan import GROUP_WORDS, OWN_READING, Line, Plan
from data.services.readiness import RULE, Step
from data.words import sentence_case
from layouts.exports.slide_flow import Box, Para, fitting_size
from layouts.exports.slide_map import add_legend, add_map
from layouts.exports.slide_parts import (
    BODY,
    INNER,
    MARGIN,
    TITLE,
    add_bar,
    add_flow,
    add_slide,
    add_text,
    new_deck,
)
from layouts.exports.slide_words import source_words
from layouts.exports.spoken import edition_words, outlined_words

COLUMN_GAP = 0.35
STEPS_TITLES = {
    0: marked("No step is left open"),
    1: marked("The next one step"),
    2: marked("The next two steps"),
    3: marked("The next three steps"),
}
"""The title of the slide with so many steps."""


def plan_slides(facts: Facts, made: Plan, today: date) -> bytes:
    """Make a deck of a county's plan.

    Returns
    -------
    A PowerPoint file: the map with the county outlined, what the sources show, the next steps,
    the answers where there are any, then doubts and sources. Speaker notes hold the rule.
    """
    deck = new_deck(made.title, today)
    footer = edition_words(facts, made.day)

    def slide(title: str) -> Any:
        return add_slide(deck, title, footer, [made.answered, say(RULE), say(OWN_READING)])

    _map(slide(made.title), facts, made)
    shown = say("What the sources show in {county} County", county=made.county)
    add_flow(slide, shown, list(_situation(made.situation)), (16, 14, 12))
    _steps(slide(say(STEPS_TITLES[len(made.steps)])), made.steps)
    if made.replies:
        told = [
            Para(" ".join([*_sentence(reply.answer), reply.note]).strip(), reply.question)
            for reply in made.replies
        ]
        add_flow(slide, say("What was answered"), told, (18, 16, 14))
    add_flow(slide, say("Doubts and notes"), [Para(str(line)) for line in made.doubts], (16, 14))
    none = [Para(say("No source is shown."))]
    add_flow(slide, say("Sources"), source_words(facts, made.sources) or none, (14, 12))
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _sentence(words: str) -> list[str]:
    return [f"{sentence_case(words)}."] if words else []


def _map(slide: Any, facts: Facts, made: Plan) -> None:
    """Show where the county lies on the map of the day, under what is known of LEAD there."""
    told = [Para(line.words) for line in made.situation if line.group in ("lead", "residents")]
    place = Box(MARGIN, TITLE.top + TITLE.height, INNER, 0.9)
    add_text(slide, place, told, fitting_size(told, place, (18, 16, 14)), say("Where it stands"))
    layer, frame = lead_layer(facts, made.day), county_frame(facts, made.day)
    top = place.top + place.height + 0.1
    whole = say("Map of North Carolina's 100 counties.")
    words = f"{whole} {outlined_words(made.county)}"
    add_map(slide, layer, frame, (made.fips,), Box(MARGIN, top, INNER, 6.4 - top), words)
    add_legend(slide, layer, Box(MARGIN, 6.53, INNER, 0.3))


def _situation(lines: Iterable[Line]) -> Iterable[Para]:
    for line in lines:
        if line.group not in ("lead", "residents"):
            yield Para(str(line), f"{say(GROUP_WORDS[line.group])}:")


def _steps(slide: Any, steps: tuple[Step, ...]) -> None:
    """Set the steps side by side, all in one size."""
    if not steps:
        told = say("Every question is answered yes, or settled by the sources.")
        add_text(slide, BODY, [Para(told)], 18, say("Text"))
        return
    width = (INNER - COLUMN_GAP * (len(steps) - 1)) / len(steps)
    columns = [
        Box(MARGIN + place * (width + COLUMN_GAP), BODY.top + 0.2, width, BODY.height - 0.2)
        for place in range(len(steps))
    ]
    paras = [_step(place, step) for place, step in enumerate(steps, 1)]
    pairs = list(zip(paras, columns, strict=True))
    size = min(fitting_size(words, box, (18, 16, 14, 12)) for words, box in pairs)
    for place, (words, box) in enumerate(pairs, 1):
        add_bar(slide, Box(box.left, BODY.top, box.width, 0.05))
        add_text(slide, box, words, size, say("Step {number}", number=place))


def _step(place: int, step: Step) -> list[Para]:
    examples = " ".join(one.words for one in step.examples)
    return [
        Para(f"{place}. {step.first_step}", bold=True),
        Para(step.why, say("Why:")),
        Para(f"{step.who_to_ask}.", say("Ask:")),
        *([Para(examples, say("Found at work in:"))] if examples else []),
    ]
