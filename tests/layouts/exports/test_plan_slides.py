"""A plan as slides says what the plan says, and opens as a deck."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from data.services.answers import Answers
from data.services.plan import plan
from geo import neighbors
from layouts.exports.plan_slides import plan_slides
from layouts.exports.slide_map import MAP_NAME

DAY, TODAY = date(2025, 12, 1), date(2026, 1, 31)


def texts(deck: Any) -> str:
    frames = [
        shape.text_frame.text for s in deck.slides for shape in s.shapes if shape.has_text_frame
    ]
    return "\n".join(frames)


@pytest.mark.parametrize("fips", ["37129", "37147", "37007"])
def test_the_deck_says_what_the_plan_says(facts: Any, fips: str) -> None:
    made = plan(facts, fips, DAY, neighbors()[fips])
    deck = Presentation(BytesIO(plan_slides(facts, made, TODAY)))
    told = texts(deck)
    for step in made.steps:
        assert step.first_step in told and step.why in told and step.who_to_ask in told
    for line in made.situation:
        assert str(line).split(". ")[0] in told
    (shape,) = [shape for shape in deck.slides[0].shapes if shape.name == MAP_NAME]
    assert len(shape.shapes) == 100
    assert facts.county_names[fips] in shape._element._nvXxPr.cNvPr.get("descr")
    assert "no advice" in deck.slides[0].notes_slide.notes_text_frame.text


def test_answers_and_notes_are_on_a_slide_of_their_own(facts: Any) -> None:
    answers = Answers("37147", {"champion": "yes", "ssp": "no"}, {"champion": "Chief <b>A</b> & B"})
    made = plan(facts, "37147", DAY, neighbors()["37147"], answers)
    told = texts(Presentation(BytesIO(plan_slides(facts, made, TODAY))))
    assert "Yes. Chief <b>A</b> & B" in told
    assert "What was answered" in told


def test_a_plan_with_nothing_left_to_do_says_so(facts: Any) -> None:
    answers = Answers("37147", dict.fromkeys(facts.readiness["id"], "yes"))
    made = plan(facts, "37147", DAY, neighbors()["37147"], answers)
    told = texts(Presentation(BytesIO(plan_slides(facts, made, TODAY))))
    assert "No step is left open" in told
