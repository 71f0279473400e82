from datetime import date
from typing import Any

import pytest

from data.services.answers import Answers
from data.services.known import service_frame
from data.services.plan import GROUP_WORDS, Plan, plan
from data.services.readiness import all_steps, order_steps
from data.services.situation import NOTHING_FOUND
from geo.neighbors import neighbors

DAY = date(2019, 8, 31)
LATE = date(2026, 1, 1)
LEAD, PARTNERS, NOTHING = "37129", "37147", "37007"
COUNTIES = {"New Hanover": LEAD, "Pitt": PARTNERS, "Anson": NOTHING}
each_county = pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)


def of(facts: Any, fips: str, day: date = LATE, answers: Answers | None = None) -> Plan:
    return plan(facts, fips, day, neighbors()[fips], answers)


def said(made: Plan, group: str) -> list[str]:
    return [str(line) for line in made.situation if line.group == group]


def test_the_plan_of_a_county_with_lead_says_so(facts: Any) -> None:
    made = of(facts, LEAD, DAY)
    (lead,) = said(made, "lead")
    assert lead == (
        "LEAD running, as of 31 August 2019 (Wilmington Police Department, began 1 June 2017, "
        "last confirmed 22 February 2019)."
    )
    assert said(made, "residents") == ["234,473 residents in 2019."]
    assert made.title == "Next steps for New Hanover County"


def test_a_plan_of_lead_is_told_without_a_date_of_a_start_to_come(facts: Any) -> None:
    made = of(facts, "37133", DAY)
    (lead,) = said(made, "lead")
    assert lead.startswith("LEAD planned: announced, not started, as of 31 August 2019 (")
    assert not any(word in lead for word in ("began", "confirmed"))


def test_the_plan_of_a_county_with_partners_names_them(facts: Any) -> None:
    made = of(facts, PARTNERS)
    assert said(made, "lead") == [
        "No LEAD found in the sources, as of 1 January 2026. This is not proof that there is none."
    ]
    assert len(said(made, "exists")) >= 3
    assert "nearest year known" in said(made, "residents")[0]


def test_the_plan_of_a_county_of_which_nothing_was_found_says_only_that(facts: Any) -> None:
    made = of(facts, NOTHING)
    groups = {line.group for line in made.situation}
    assert groups == {"lead", "residents", "statewide", "not_found"}
    (missing,) = said(made, "not_found")
    assert missing.endswith(f"{NOTHING_FOUND}.")
    assert len(made.steps) == 3


@each_county
@pytest.mark.parametrize("day", [date(2001, 1, 1), DAY, LATE], ids=str)
def test_every_service_is_told_once_and_every_fact_has_a_source(
    facts: Any, fips: str, day: date
) -> None:
    made = of(facts, fips, day)
    frame = service_frame(facts, day)
    rows = frame[(frame["fips"] == fips) & (frame["service"] != "lead")]
    local = [
        line for line in made.situation if line.group in ("exists", "unclear", "planned", "ended")
    ]
    assert len(local) == (rows["look"] != "none_found").sum()
    assert bool(said(made, "not_found")) == (rows["look"] == "none_found").any()
    for line in made.situation:
        nothing = line.group == "not_found" or "No LEAD found" in line.words
        assert bool(line.sources) != nothing
    order = [list(GROUP_WORDS).index(line.group) for line in made.situation]
    assert order == sorted(order)
    parts: list[Any] = [*made.situation, *made.steps, *made.doubts]
    mentioned = {id for part in parts for id in part.sources}
    assert set(made.sources) == mentioned <= set(facts.sources["id"])
    assert len(made.sources) == len(mentioned)


@each_county
def test_the_steps_are_the_next_steps(facts: Any, fips: str) -> None:
    ids = list(facts.readiness["id"])
    answers = Answers(fips, {ids[0]: "yes", ids[3]: "no", ids[4]: "unsure"}, {ids[3]: "Ask Ann."})
    made = of(facts, fips, answers=answers)
    every = all_steps(facts, fips, LATE, neighbors()[fips], answers.words)
    assert list(made.steps) == order_steps(every)[:3]
    assert made.steps[0].id == ids[3]
    assert [(reply.answer, reply.note) for reply in made.replies] == [
        ("yes", ""),
        ("no", "Ask Ann."),
        ("not sure", ""),
    ]
    assert made.answered == f"3 of {len(ids)} questions are answered."


def test_an_answer_against_the_sources_is_a_doubt(facts: Any) -> None:
    made = of(facts, LEAD, DAY, Answers(LEAD, {"lead": "no"}))
    assert any("do not agree" in doubt.words for doubt in made.doubts)
    assert not any("do not agree" in doubt.words for doubt in of(facts, LEAD, DAY).doubts)


def test_answers_of_another_county_are_refused(facts: Any) -> None:
    with pytest.raises(ValueError, match="New Hanover"):
        of(facts, LEAD, answers=Answers(NOTHING))
