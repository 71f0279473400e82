import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import Facts, table_text
from data.harmless import csv_text, harmless, harmless_csv, undo

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://a.b","x")',
    "+1",
    "+1 919 555 0100",
    "-1-1",
    "-5 percent",
    "-",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "\n=1",
    "\tWake",
    "\rWake",
    "\t-5",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "-\u0665",
    "-5\n",
    "'=1",
    "''=1",
]
PLAIN = [
    "",
    "Wake",
    "0",
    "12",
    "-5",
    "-0.421",
    "2019-08-31",
    "[..2019-02-22]",
    "/2020-12-31",
    "a=b",
    "5 - 3",
    "'",
    "'tis",
    "'-5",
    "–5",
    "−5%",
    "(=1)",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_gets_one_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert undo(harmless(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
    assert undo(text) == text


LIKELY = st.text("=+-@'\t\r\n 15.eA\ufeff\uff1d", max_size=8)


@given(st.one_of(LIKELY, st.text()))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert undo(harmless(text)) == text


@given(st.one_of(LIKELY, st.text()))
def test_no_text_begins_as_a_formula(text: str) -> None:
    safe = harmless(text).lstrip()
    number = text.removeprefix("-").replace(".", "", 1)
    assert safe[:1] not in ("=", "+", "@")
    assert safe[:1] != "-" or (number.isascii() and number.isdigit())
    assert harmless(text)[:1] not in ("\t", "\r")


@given(LIKELY, LIKELY)
def test_two_texts_stay_two(one: str, other: str) -> None:
    assert (harmless(one) == harmless(other)) is (one == other)


def test_the_cells_of_a_csv_line_are_safe_as_they_stand() -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(map(harmless, FORMULAS))
    (row,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert [undo(cell) for cell in row] == FORMULAS


HELD = st.text("=+-@'\t\n ,\"1.eé\ufeff\uff1d", max_size=8)
"""A cell as tables hold it: no carriage return is in one (``data.read.plain_breaks``)."""


@given(st.lists(st.tuples(HELD, HELD), max_size=4))
def test_a_table_and_its_text_are_made_harmless_alike(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["name", "note"], dtype=str)
    raw = frame.to_csv(index=False, lineterminator="\n")
    assert harmless_csv(raw) == csv_text(frame)
    _, *told = csv.reader(io.StringIO(csv_text(frame), newline=""))
    assert [[undo(cell) for cell in row] for row in told] == [list(row) for row in rows]


def test_a_table_without_formulas_stays_the_same_byte_by_byte(facts: Facts) -> None:
    for name, frame in facts.tables.items():
        assert csv_text(frame) == harmless_csv(table_text(frame)) == table_text(frame), name
