"""A draft looked over: rows as typed become a table, and a review tells all of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.editions.matching import columns_of
from data.frame import county_frame
from data.read import LONGEST_CELL, Problem
from data.stewards.drafted import (
    RowsError,
    draft_texts,
    looks_on,
    read_texts_of,
    review,
    row_problems,
    rows_frame,
    with_table,
)

DAY = date(2016, 12, 31)
COLUMNS = list(columns_of("adoption"))


def changed(facts: Any, column: str, value: str, row: int = 0) -> Any:
    """Give the table of programs with one cell changed."""
    frame = facts.adoption.copy()
    frame.iloc[row, COLUMNS.index(column)] = value
    return frame


def test_a_review_tells_tables_changes_and_both_maps(facts: Any) -> None:
    made = review({"adoption": changed(facts, "start", "2016-07-01")}, facts, DAY)
    assert made.tables == ("adoption",)
    assert made.problems == ()
    assert [str(change) for change in made.changes] == [
        "Cumberland: start changed from [2016-07..2016-09] to 2016-07-01"
    ]
    assert made.before == looks_on(facts, DAY)
    assert made.facts is not None
    assert made.after == looks_on(made.facts, DAY)


def test_a_draft_with_problems_has_no_map(facts: Any) -> None:
    made = review({"adoption": changed(facts, "start", "2016-13")}, facts, DAY)
    assert [(p.table, p.row, p.column) for p in made.problems] == [("adoption", 2, "start")]
    assert (made.after, made.facts, made.moved) == (None, None, [])
    assert len(made.changes) == 1


def test_the_counties_that_moved_are_those_whose_look_changes(facts: Any) -> None:
    day = date(2015, 12, 31)
    made = review({"adoption": changed(facts, "start", "[..2015-03-31]")}, facts, day)
    assert made.moved == ["37051"]
    assert made.after == looks_on(facts, day) | {"37051": "running"}


@pytest.mark.parametrize("day", [date(2015, 1, 1), date(2019, 8, 31), date(2026, 1, 1)])
def test_looks_are_those_of_every_other_map(facts: Any, day: date) -> None:
    frame = county_frame(facts, day)
    assert looks_on(facts, day) == dict(zip(frame["fips"], frame["look"], strict=True))


def test_a_draft_is_kept_as_what_differs_and_read_back(facts: Any) -> None:
    frame = changed(facts, "note", "“Quoted”, and\non two lines.")
    texts = draft_texts({"adoption": frame, "sources": facts.sources}, facts)
    assert list(texts) == ["adoption"]
    tables, problems = read_texts_of(texts)
    assert problems == []
    assert tables["adoption"].equals(frame)


def test_a_text_without_its_columns_is_a_problem_and_no_table() -> None:
    tables, problems = read_texts_of({"adoption": "fips,county\n37051,Cumberland\n"})
    assert tables == {}
    assert {p.table for p in problems} == {"adoption"}


def test_a_table_as_it_was_leaves_the_draft(facts: Any) -> None:
    texts = with_table({}, "adoption", changed(facts, "start", "2016"), facts)
    assert list(texts) == ["adoption"]
    assert with_table(texts, "adoption", facts.adoption, facts) == {}


def test_typed_rows_become_the_table_that_is_held(facts: Any) -> None:
    rows = facts.adoption.to_numpy().tolist()
    assert rows_frame("adoption", rows).equals(facts.adoption)


def test_cells_are_held_trimmed_with_plain_dates_and_blank_rows_left_out() -> None:
    row = dict.fromkeys(COLUMNS, "") | {"start": " 8/31/2019 ", "note": " a\r\nb "}
    frame = rows_frame("adoption", [[""] * len(COLUMNS), list(row.values())])
    assert frame.index.tolist() == [3]
    assert frame.iloc[0][["start", "note"]].tolist() == ["2019-08-31", "a\nb"]


BLANK = [""] * len(COLUMNS)
BAD = {
    "nothing": (None, "arrive whole"),
    "text": ("rows", "arrive whole"),
    "no rows": ([1], "arrive whole"),
    "short": ([BLANK[1:]], "arrive whole"),
    "long": ([[*BLANK, ""]], "arrive whole"),
    "number": ([[*BLANK[1:], 1]], "arrive whole"),
    "long cell": ([[*BLANK[1:], "x" * (LONGEST_CELL + 1)]], "arrive whole"),
    "too many": ([BLANK] * 20_001, "20,001 rows"),
}


@pytest.mark.parametrize(("rows", "words"), BAD.values(), ids=BAD)
def test_what_is_no_table_is_refused_in_one_sentence(rows: Any, words: str) -> None:
    with pytest.raises(RowsError, match=words):
        rows_frame("adoption", rows)


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(RowsError, match="no table “nothing”"):
        rows_frame("nothing", [])


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=4))
def test_any_text_typed_is_kept_as_text_that_reads_back(rows: list[list[str]]) -> None:
    frame = rows_frame("claims", [[*row, "", ""] for row in rows])
    text = frame.to_csv(index=False, lineterminator="\n")
    assert "\0" not in text
    assert text.encode("utf-8")
    tables, problems = read_texts_of({"claims": text})
    assert problems == []
    assert len(tables["claims"]) == len(frame)


def test_problems_of_one_table_are_told_for_the_grid() -> None:
    problems = [Problem("adoption", 2, "start", "x", "Mend it."), Problem("reach", 3, "", "", "Y.")]
    assert row_problems(problems, "adoption") == [(2, "start", "Mend it.")]
