from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.frame import county_frame
from data.status import STATUSES
from data.words import (
    LEGEND_WORDS,
    LOOK_WORDS,
    LOOKS,
    NAMES_SHOWN,
    announced_words,
    describe,
    listed,
    sentence_case,
    within_sentence,
)

DAY = date(2019, 8, 31)


def frame_of(looks: dict[str, str], others: int = 0) -> pd.DataFrame:
    """Make a frame of counties by look, with more counties where none was found."""
    looks = looks | {f"Other {place}": "none_found" for place in range(others)}
    return pd.DataFrame(
        {
            "county": list(looks),
            "status": ["running" if look == "unconfirmed" else look for look in looks.values()],
            "unconfirmed": [look == "unconfirmed" for look in looks.values()],
        }
    )


def test_the_sentence_of_the_worked_example(facts: Any) -> None:
    sentence = describe(DAY, county_frame(facts, DAY))
    assert sentence.headline == "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6"
    assert sentence.detail == (
        "Catawba, Cumberland, Haywood, Iredell and New Hanover. "
        "Perhaps Burke. "
        "Planned: Onslow and Watauga."
    )
    assert str(sentence) == f"{sentence.headline}. {sentence.detail}"


SENTENCES = {
    "none": (
        {},
        "LEAD was found running in none of 3 counties",
        "No program or plan was found in the sources by",
    ),
    "one": ({"Burke": "running"}, "1 of 4 counties had LEAD", "Burke."),
    "perhaps only": ({"Burke": "perhaps"}, "none of 4 counties had LEAD, perhaps 1", "Perhaps Bur"),
    "plan only": (
        {"Burke": "planned"},
        "LEAD was found running in none of 4 counties",
        "Planned: Burke.",
    ),
    "ended only": (
        {"Burke": "ended"},
        "LEAD was found running in none of 4 counties",
        "Ended: Burke.",
    ),
    "range": (
        {"A": "running", "B": "running", "C": "perhaps", "D": "planned", "E": "ended"},
        "2 of 8 counties had LEAD, perhaps 3",
        "A and B. Perhaps C. Planned: D. Ended: E.",
    ),
    "one unconfirmed": (
        {"A": "unconfirmed"},
        "1 of 4 counties had LEAD",
        "A. For it, the newest confirmation was more than two years old.",
    ),
    "some unconfirmed": (
        {"A": "unconfirmed", "B": "running", "C": "running"},
        "3 of 6 counties had LEAD",
        "A, B and C. For 1 of the 3, the newest confirmation was more than two years old.",
    ),
    "all unconfirmed": (
        {"A": "unconfirmed", "B": "unconfirmed"},
        "2 of 5 counties had LEAD",
        "A and B. For all, the newest confirmation was more than two years old.",
    ),
}


@pytest.mark.parametrize(("looks", "headline", "detail"), SENTENCES.values(), ids=SENTENCES)
def test_a_view_in_words(looks: dict[str, str], headline: str, detail: str) -> None:
    sentence = describe(DAY, frame_of(looks, others=3))
    assert sentence.headline == f"On 31 August 2019, {headline}"
    assert sentence.detail.startswith(detail)


looks_of_counties = st.lists(st.sampled_from(LOOKS), min_size=1, max_size=100)


@given(looks=looks_of_counties)
def test_the_sentence_counts_what_the_frame_holds(looks: list[str]) -> None:
    frame = frame_of({f"County {place}": look for place, look in enumerate(looks)})
    low = looks.count("running") + looks.count("unconfirmed")
    high = low + looks.count("perhaps")
    headline = describe(DAY, frame).headline
    if high:
        assert headline.startswith(f"On 31 August 2019, {low or 'none'} of {len(looks)} counties")
        assert headline.endswith(f", perhaps {high}" if high > low else "had LEAD")
    else:
        assert headline.endswith(f"LEAD was found running in none of {len(looks)} counties")


def test_text_may_stand_in_the_place_of_the_day() -> None:
    assert describe("{day}", frame_of({"A": "running"})).headline.startswith("On {day}, 1 of 1")


LISTED = {
    "one": (["Burke"], "Burke"),
    "two": (["Burke", "Catawba"], "Burke and Catawba"),
    "three": (["Burke", "Catawba", "Haywood"], "Burke, Catawba and Haywood"),
    "as many as shown": ([str(n) for n in range(NAMES_SHOWN)], "12 and 13"),
    "one more": ([str(n) for n in range(NAMES_SHOWN + 1)], "12 and 2 more"),
    "all counties": ([str(n) for n in range(100)], "12 and 87 more"),
}


@pytest.mark.parametrize(("names", "end"), LISTED.values(), ids=LISTED)
def test_names_are_joined_as_a_reader_would(names: list[str], end: str) -> None:
    assert listed(names).endswith(end)
    assert listed(names).startswith(names[0])
    assert listed(iter(names)) == listed(names)


@given(st.integers(1, 120), st.integers(2, 20))
def test_a_cut_list_names_and_counts_all(total: int, shown: int) -> None:
    words = listed([f"N{place}" for place in range(total)], shown)
    named = words.count("N")
    more = int(words.split(" and ")[1].split()[0]) if words.endswith("more") else 0
    assert named + more == total
    assert named <= shown


def test_every_look_has_words_and_a_place_in_the_legend() -> None:
    assert set(LOOKS) == set(STATUSES) | {"unconfirmed"} == set(LOOK_WORDS) == set(LEGEND_WORDS)
    assert len(set(LOOK_WORDS.values())) == len(set(LEGEND_WORDS.values())) == len(LOOKS)
    assert LOOK_WORDS["none_found"] == "No LEAD found in the sources"


PERHAPS = {  # county, day; words
    "a plan of some day of the year": ("37189", date(2018, 6, 15), "the sources say: 2018."),
    "before the year": ("37189", date(2017, 12, 31), ""),
    "surely announced": ("37189", date(2018, 12, 31), ""),
    "no plan": ("37001", date(2018, 6, 15), ""),
}


@pytest.mark.parametrize(("fips", "day", "words"), PERHAPS.values(), ids=PERHAPS)
def test_a_plan_that_may_have_been_announced_is_told(
    facts: Any, fips: str, day: date, words: str
) -> None:
    told = announced_words(facts, fips, day)
    assert bool(told) == bool(words)
    assert told.endswith(words)


@pytest.mark.parametrize(
    ("alone", "within"),
    [
        ("Mobile crisis team", "mobile crisis team"),
        ("Jail admissions (McDowell)", "jail admissions (McDowell)"),
        ("McDowell jail admissions", "McDowell jail admissions"),
        ("ODMap", "ODMap"),
        ("ODMAP (overdose map)", "ODMAP (overdose map)"),
        ("LEAD", "LEAD"),
        ("911 calls", "911 calls"),
        ("", ""),
    ],
)
def test_names_stand_alone_and_within_a_sentence(alone: str, within: str) -> None:
    assert within_sentence(alone) == within
    assert sentence_case(within) == alone
    assert sentence_case(alone) == alone
