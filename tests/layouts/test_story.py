"""A story in an address: its stops are read whole, or refused with one sentence."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.address import MOST_STOPS, Stop, read_story

TODAY = date(2026, 3, 14)
GOOD = [["2019-08-31", ["37051"], 1, "The slide"], ["2023-01-01", [], 2, ""]]


def test_no_story_is_no_stop(facts: Any) -> None:
    assert read_story("", facts, TODAY) == ()


def test_a_story_is_read_in_order(facts: Any) -> None:
    assert read_story(json.dumps(GOOD), facts, TODAY) == (
        Stop(date(2019, 8, 31), ("37051",), "The slide", 1),
        Stop(date(2023, 1, 1), (), "", 2),
    )


def test_a_long_text_is_cut(facts: Any) -> None:
    (stop,) = read_story(json.dumps([["2019-08-31", [], 1, "x" * 5000]]), facts, TODAY)
    assert len(stop.text) == 300


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "{}x",
        "3",
        "null1",
        '{"a": 1}',
        '[["2019-08-31"]]',
        '[["31/08/2019x", [], 1, ""]]',
        '[["2019-08-31", 5, 1, ""]]',
        '[["2019-08-31", [], "one", ""]]',
        '[["2030-01-01", [], 1, ""]]',
        '[["2019-08-31", ["99999"], 1, ""]]',
        '[["2019-08-31", [["a"]], 1, ""]]',
        json.dumps([["2019-08-31", [], 1, ""]] * (MOST_STOPS + 1)),
        "[" * 5000,
    ],
)
def test_what_is_no_story_is_refused_in_one_sentence(facts: Any, text: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z][^\n]*\.$"):
        read_story(text, facts, TODAY)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(facts: Any, text: str) -> None:
    try:
        read_story(text, facts, TODAY)
    except ValueError as error:
        assert str(error).endswith(".")
