import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.services.known import service_frame
from data.services.readiness import (
    BEGUN,
    RANKS,
    all_steps,
    browser_rule,
    order_steps,
)
from data.services.similar import FOUND
from geo.neighbors import neighbors

DAY = date(2019, 8, 31)
LATE = date(2026, 1, 1)
LEAD, PARTNERS, NOTHING = "37129", "37147", "37007"
"""New Hanover, with LEAD; Pitt, with services and no LEAD; Anson, of which nothing was found."""
COUNTIES = {"New Hanover": LEAD, "Pitt": PARTNERS, "Anson": NOTHING}
each_county = pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)


def steps_of(facts: Any, fips: str, answers: dict[str, str] | None = None, day: date = LATE) -> Any:
    return all_steps(facts, fips, day, neighbors()[fips], answers or {})


def looks(facts: Any, fips: str, day: date) -> dict[str, str]:
    frame = service_frame(facts, day)
    return frame[frame["fips"] == fips].set_index("service")["look"].to_dict()


def test_the_three_counties_are_what_they_stand_for(facts: Any) -> None:
    assert looks(facts, LEAD, DAY)["lead"] in FOUND
    partners = looks(facts, PARTNERS, LATE)
    assert partners["lead"] == "none_found"
    assert sum(look in FOUND for look in partners.values()) >= 3
    assert set(looks(facts, NOTHING, LATE).values()) == {"none_found"}


@each_county
def test_what_was_not_found_is_never_said_to_be_absent(facts: Any, fips: str) -> None:
    for step in steps_of(facts, fips):
        assert not any(word in step.whys[""].lower() for word in ("no program", "does not have"))


@each_county
def test_every_question_has_a_step_with_words_for_every_answer(facts: Any, fips: str) -> None:
    steps = steps_of(facts, fips)
    known = set(facts.sources["id"])
    assert [step.id for step in steps] == list(facts.readiness["id"])
    for step in steps:
        assert set(step.ranks) == set(step.whys) == set(RANKS)
        assert all(step.whys.values()) and step.first_step and step.who_to_ask
        assert set(step.sources) <= known
        assert {id for example in step.examples for id in example.sources} <= set(step.sources)
        assert fips not in {example.fips for example in step.examples}
        assert len(step.examples) <= 2
        assert step.rank is None or step.answer != "yes"


def asking(facts: Any) -> set[str]:
    """Give the questions that ask for their service itself."""
    table = facts.readiness
    return set(table.loc[table["asks_for_service"] == "yes", "id"])


def test_one_question_a_service_asks_for_it_but_none_where_it_is_many_things(facts: Any) -> None:
    table = facts.readiness
    services = table[table["asks_for_service"] == "yes"]["service"]
    assert services.is_unique and "" not in set(services)
    # Treatment medicine in jail may be one medicine of three; other diversion is many things.
    assert set(facts.readiness["service"]) - set(services) == {"", "other_diversion", "jail_moud"}


@each_county
def test_only_the_question_for_a_running_service_is_settled(facts: Any, fips: str) -> None:
    found = looks(facts, fips, LATE)
    for step in steps_of(facts, fips):
        settled = step.id in asking(facts) and found.get(step.service) in FOUND
        assert (step.ranks[""] is None) == settled
        assert ("do not agree" in step.whys["no"]) == settled


def test_the_table_alone_says_which_questions_a_service_settles(facts: Any) -> None:
    more = replace(facts, readiness=facts.readiness.assign(asks_for_service="no"))
    assert all(step.ranks == RANKS for step in steps_of(more, LEAD))


def test_steps_differ_by_what_a_county_and_its_neighbors_have(facts: Any) -> None:
    firsts = Counter(
        tuple(step.id for step in order_steps(steps_of(facts, fips))[:3])
        for fips in list(facts.county_names)[::8]
    )
    assert max(firsts.values()) <= 3, firsts.most_common(3)


@pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)
@given(data=st.data())
@settings(max_examples=25)
def test_next_steps_follow_the_rule(facts: Any, fips: str, data: st.DataObject) -> None:
    ids = list(facts.readiness["id"])
    words = data.draw(
        st.dictionaries(st.sampled_from(ids), st.sampled_from(["yes", "no", "unsure"]))
    )
    every = steps_of(facts, fips, words)
    here = looks(facts, fips, LATE)
    near = [looks(facts, other, LATE) for other in neighbors()[fips]]
    settled = {step.id for step in every if step.ranks[""] is None}
    local = [step for step in every if step.id in asking(facts)]
    begun = [step.id for step in local if here[step.service] in BEGUN]
    beside = [step.id for step in local if any(one[step.service] in FOUND for one in near)]
    no = [id for id in ids if words.get(id) == "no"]
    rest = [id for id in ids if id not in words and id not in settled]
    open_ones = sorted(rest, key=lambda id: 0 if id in begun else 1 if id in beside else 2)
    unsure = [id for id in ids if words.get(id) == "unsure"]
    chosen = order_steps(every)[:3]
    assert [step.id for step in chosen] == [*no, *open_ones, *unsure][:3]
    assert [step.why for step in chosen] == [step.whys[words.get(step.id, "")] for step in chosen]


def test_a_county_that_answers_yes_to_all_has_no_step_left(facts: Any) -> None:
    words = dict.fromkeys(facts.readiness["id"], "yes")
    assert order_steps(steps_of(facts, NOTHING, words)) == []


def test_answers_to_unknown_questions_and_unknown_words_count_as_none(facts: Any) -> None:
    first = facts.readiness["id"].iloc[0]
    plain = order_steps(steps_of(facts, NOTHING))
    assert order_steps(steps_of(facts, NOTHING, {"x": "no", first: "?"})) == plain


def test_the_browser_gets_the_same_rule(facts: Any) -> None:
    rule = json.loads(json.dumps(browser_rule(steps_of(facts, PARTNERS))))
    for answer in RANKS:
        for step in steps_of(facts, PARTNERS, dict.fromkeys(rule, answer)):
            assert rule[step.id][answer] == {"rank": step.rank, "why": step.why}


def test_a_county_that_is_not_known_is_refused(facts: Any) -> None:
    with pytest.raises(KeyError):
        all_steps(facts, "37000", DAY, ())
