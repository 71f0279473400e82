import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.services.answers import (
    MOST_BYTES,
    NOTE_LENGTH,
    WORDS,
    Answers,
    AnswersError,
    read_answers,
)

FIPS = "37129"


def known(facts: Any) -> list[str]:
    return list(facts.readiness["id"])


def file(**parts: Any) -> str:
    return json.dumps({"version": 1, "county": FIPS, "answers": {}, "notes": {}} | parts)


REFUSED = {
    "empty": ("", "is not JSON"),
    "not JSON": ("answers: yes", "is not JSON"),
    "deep": ("[" * 50_000, "is not JSON"),
    "a long number": ("9" * 5000, "is not JSON"),
    "a list": ("[1]", "has no “version”"),
    "another file": ('{"type": "FeatureCollection"}', "has no “version”"),
    "another version": (file(version=2), "version is “2”"),
    "version as text": (file(version="1"), "version is “1”"),
    "version as truth": (file(version=True), "version is “true”"),
    "another county": (
        file(county="37063"),
        "of Durham County, and this page is about New Hanover",
    ),
    "no county": (file(county="99999"), "of no county known here (“99999”)"),
    "county as list": (file(county=["37129"]), "of no county known here (a list)"),
    "too large": (" " * (MOST_BYTES + 1), "larger than 100 kB"),
    "too large in bytes": ("ü" * (MOST_BYTES // 2 + 1), "larger than 100 kB"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_taken_gets_one_sentence(facts: Any, text: str, why: str) -> None:
    with pytest.raises(AnswersError) as error:
        read_answers(text, facts, FIPS)
    said = str(error.value)
    assert why in said
    assert said.endswith(".") and said.count(". ") == 0 and len(said) < 300


LEFT_OUT = {
    "unknown question": ({"answers": {"zzz": "yes"}}, "no question here: “zzz”."),
    "unknown word": ({"answers": {"?": "maybe"}}, "answers to “?”: an answer is yes, no or unsure"),
    "answer as list": ({"answers": {"?": ["yes"]}}, "answers to “?”: an answer is yes"),
    "answers as list": ({"answers": ["yes"]}, "Left out “answers”"),
    "notes as text": ({"notes": "all well"}, "Left out “notes”"),
    "note as number": ({"notes": {"?": 5}}, "notes to “?”: a note is text"),
    "long note": ({"notes": {"?": "x" * (NOTE_LENGTH + 1)}}, "Cut the notes to “?” to 500"),
}


@pytest.mark.parametrize(("parts", "why"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_cannot_be_used_is_told_once_and_the_rest_is_kept(
    facts: Any, parts: dict[str, Any], why: str
) -> None:
    bad, good = known(facts)[:2]
    mixed = {
        name: {(bad if id == "?" else id): value for id, value in part.items()} | {good: "yes"}
        if isinstance(part, dict)
        else part
        for name, part in parts.items()
    }
    read = read_answers(file(**mixed), facts, FIPS)
    assert len(read.told) == 1
    assert why.replace("?", bad) in read.told[0]
    for name, kept in (("answers", read.words), ("notes", read.notes)):
        if isinstance(parts.get(name), dict):
            assert kept[good] == "yes"
    assert all(len(note) <= NOTE_LENGTH for note in read.notes.values())


def test_many_unknown_questions_make_one_short_sentence(facts: Any) -> None:
    read = read_answers(file(answers={f"q{n}" * 30: "yes" for n in range(300)}), facts, FIPS)
    assert len(read.told) == 1 and len(read.told[0]) < 400
    assert "296 more" in read.told[0]


def test_a_file_with_a_byte_order_mark_is_read(facts: Any) -> None:
    id = known(facts)[0]
    assert read_answers("\ufeff" + file(answers={id: "no"}), facts, FIPS).words == {id: "no"}


def test_notes_lose_what_no_slide_can_show(facts: Any) -> None:
    id = known(facts)[0]
    text = file(notes={id: " A\0B\ud800C\nD "})
    assert read_answers(text, facts, FIPS).notes == {id: "A B C\nD"}


@given(data=st.data())
@settings(max_examples=30)
def test_answers_are_read_as_they_were_written(facts: Any, data: st.DataObject) -> None:
    ids = known(facts)
    words = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(sorted(WORDS))))
    letters = st.characters(exclude_categories=("C", "Z"))
    texts = st.text(letters, min_size=1, max_size=NOTE_LENGTH)
    notes = data.draw(st.dictionaries(st.sampled_from(ids), texts, max_size=4))
    read = read_answers(file(answers=words, notes=notes), facts, FIPS)
    assert read == Answers(FIPS, words, notes)
    assert list(read.words) == [id for id in ids if id in words]


@given(
    text=st.one_of(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(["version", "county", "answers", "notes", "x"]), inner
                )
            ),
        ).map(json.dumps),
    )
)
@settings(max_examples=80)
def test_no_file_at_all_breaks_the_reader(facts: Any, text: str) -> None:
    try:
        read_answers(text, facts, FIPS)
    except AnswersError as error:
        assert str(error)
