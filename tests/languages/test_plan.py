"""A county's plan speaks the language: slides, the rule for the browser, and faults of a file."""

from datetime import date

import pytest
from dash import html

from data.facts import Facts
from data.language import speaking
from data.services.answers import Answers, AnswersError, read_answers
from data.services.plan import Plan, plan
from data.services.readiness import all_steps, browser_rule
from geo import neighbors
from layouts.exports.plan_slides import plan_slides
from layouts.parts.forms import create_carried, create_live_form
from layouts.static import Input
from tests.languages.pseudo import MADE_UP
from tests.languages.test_exports import not_said, texts_of_deck
from tests.layouts.tree import nodes

DAY, TODAY = date(2025, 12, 1), date(2026, 1, 31)
FIPS = "37147"
IDS = ("champion", "ssp", "lead", "le_naloxone")
GIVEN = {
    "nothing": Answers(FIPS),
    "some": Answers(FIPS, dict(zip(IDS, ("yes", "no", "unsure", "no"), strict=True))),
}


def made(facts: Facts, answers: Answers) -> Plan:
    return plan(facts, FIPS, DAY, neighbors()[FIPS], answers)


@pytest.mark.parametrize("answers", GIVEN.values(), ids=GIVEN)
def test_every_text_of_a_plan_as_slides_is_said(spoken_facts: Facts, answers: Answers) -> None:
    file = plan_slides(spoken_facts, made(spoken_facts, answers), TODAY)
    assert not_said(spoken_facts, texts_of_deck(file)) == []


def test_a_plan_with_nothing_left_to_do_is_said(spoken_facts: Facts) -> None:
    answers = Answers(FIPS, dict.fromkeys(spoken_facts.readiness["id"], "yes"))
    file = plan_slides(spoken_facts, made(spoken_facts, answers), TODAY)
    assert not_said(spoken_facts, texts_of_deck(file)) == []


def test_every_reason_that_the_browser_may_show_is_said(spoken_facts: Facts) -> None:
    rule = browser_rule(all_steps(spoken_facts, FIPS, DAY, neighbors()[FIPS]))
    whys = [said["why"] for answers in rule.values() for said in answers.values()]
    assert not_said(spoken_facts, whys) == []
    assert set(next(iter(rule.values()))) == {"yes", "no", "unsure", ""}


FILES = (
    "{",
    "[]",
    '{"version": 2}',
    '{"version": 1, "county": "37001"}',
    '{"version": 1, "county": ["37147"]}',
    f'{{"version": 1, "county": "{FIPS}", "answers": [], "notes": {{"lead": 3}}}}',
)


@pytest.mark.parametrize("text", FILES)
def test_what_is_wrong_with_a_file_of_answers_is_said(spoken_facts: Facts, text: str) -> None:
    try:
        told = list(read_answers(text, spoken_facts, FIPS).told)
    except AnswersError as error:
        told = [str(error)]
    for word in ("“lead”", "“answers”"):
        told = [one.replace(word, "") for one in told]
    assert told and not_said(spoken_facts, told) == []


@pytest.mark.parametrize("query", ["", f"lang={MADE_UP}"], ids=["own fields", "carried fields"])
def test_a_form_carries_the_language_once(spoken_facts: Facts, query: str) -> None:
    form = create_live_form([html.P(), *create_carried(query, ())], "/partnerships", "Show")
    held = [(field.name, field.value) for field in nodes(form, Input)]
    assert held == [("lang", MADE_UP)]
    with speaking("en"):
        form = create_live_form([html.P()], "/partnerships", "Show")
    assert not list(nodes(form, Input))
