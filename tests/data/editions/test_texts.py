import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.editions.texts import read_texts, texts_of
from data.facts import Facts, FactsError, texts_checksum
from data.read import read_text
from data.schema import table_columns
from tests.data.builders import noted, notes_of

words = st.text(
    st.one_of(st.sampled_from("a ,;\"\t\n\r'“é\ufeff|\u2028"), st.characters(codec="utf-8")),
    min_size=1,
).map(lambda text: "Word " + text.replace("\0", ""))


def test_an_edition_reads_back_as_it_was(small: Facts) -> None:
    texts = texts_of(small)
    assert texts_checksum(texts) == small.checksum
    reading = read_texts(texts)
    assert reading.facts.checksum == small.checksum
    assert reading.notes == ()


@given(st.lists(words, min_size=1, max_size=4))
def test_any_cell_that_was_read_reads_back(cells: list[str]) -> None:
    columns = {"a": "text", "b": "text"}
    written = io.StringIO()
    csv.writer(written).writerows([["a", "b"], *([cell, "x"] for cell in cells)])
    frame, problems = read_text("t", written.getvalue(), columns)
    assert problems == []
    text = frame.to_csv(index=False, lineterminator="\n")
    again, problems = read_text("t", text, columns)
    assert problems == []
    assert again.to_csv(index=False, lineterminator="\n") == text
    assert again["a"].tolist() == frame["a"].tolist()


def without_column(text: str, column: str) -> str:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    place = rows[0].index(column)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(r[:place] + r[place + 1 :] for r in rows)
    return out.getvalue()


def test_a_column_that_is_newer_is_blank_and_told(small: Facts) -> None:
    facts = noted(small, "Kept,\n“whole”")
    texts = texts_of(facts)
    texts["adoption"] = without_column(texts["adoption"], "last_confirmed")
    reading = read_texts(texts)
    assert set(reading.facts.adoption["last_confirmed"]) == {""}
    assert notes_of(reading.facts) == notes_of(facts)
    assert reading.notes == (
        "This edition is older than the column “last_confirmed” of “adoption”, left blank.",
    )


def test_a_newer_column_that_must_be_filled_is_a_problem(small: Facts) -> None:
    texts = texts_of(small)
    texts["adoption"] = without_column(texts["adoption"], "is_lead")
    with pytest.raises(FactsError, match=r"adoption.csv, row 2, column is_lead: .*not be blank"):
        read_texts(texts)


def test_a_table_that_is_newer_is_as_shipped_with_its_sources(facts: Facts) -> None:
    texts = texts_of(facts)
    del texts["milestones"]
    used = {
        source
        for name in texts
        for cell in getattr(facts, name).get("sources", [])
        for source in cell.split("; ")
    }
    rows = list(csv.reader(io.StringIO(texts["sources"], newline="")))
    own = io.StringIO()
    csv.writer(own, lineterminator="\n").writerows(
        [rows[0], *(row for row in rows[1:] if row[rows[0].index("id")] in used)]
    )
    texts["sources"] = own.getvalue()
    reading = read_texts(texts)
    assert reading.facts.milestones.equals(facts.milestones)
    assert set(reading.facts.sources["id"]) <= set(facts.sources["id"])
    assert len(reading.facts.sources) > len(own.getvalue().splitlines()) - len(rows)
    assert reading.notes == (
        "This edition is older than the table “milestones”, shown as shipped.",
    )


def test_an_edition_of_a_newer_version_is_refused(small: Facts) -> None:
    with pytest.raises(FactsError, match=r"later.csv: This version .* has no such table"):
        read_texts(texts_of(small) | {"later": "a\n1\n"})
    wide = texts_of(small)
    header, rest = wide["reach"].split("\n", 1)
    wide["reach"] = f"{header},later\n{rest}"
    with pytest.raises(FactsError, match=r"reach.csv, row 1, column later"):
        read_texts(wide)


@pytest.mark.parametrize("name", list(table_columns()))
def test_a_table_that_is_no_table_is_a_problem(small: Facts, name: str) -> None:
    with pytest.raises(FactsError, match=rf"{name}\.csv"):
        read_texts(texts_of(small) | {name: "\0"})
