import codecs
import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.editions.changes import changes
from data.editions.matching import tables_of
from data.facts import Facts
from data.harmless import harmless
from data.schema import table_columns
from data.stewards import draft
from data.stewards.draft import (
    Draft,
    combined,
    read_draft,
    table_for,
)
from tests.data.handed_in import (
    HEADER,
    START,
    as_book,
    as_csv,
    as_zip,
    cell,
    fill,
    first_cell,
    rows_as_text,
    start_cell,
)


def told(found: Draft, facts: Facts) -> list[str]:
    return [str(change) for change in changes(facts, combined(found.tables, facts))]


SAVED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows 1252": lambda text: text.encode("cp1252"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_a_csv_that_changes_one_cell_says_so(facts: Facts, save: Callable[[str], bytes]) -> None:
    text = as_csv(start_cell(rows_as_text(facts), "8/1/2016"))
    found = read_draft("adoption.csv", save(text), facts)
    assert (found.problems, found.notes, list(found.tables)) == ([], [], ["adoption"])
    assert told(found, facts) == ["Cumberland: start changed from [2016-07..2016-09] to 2016-08-01"]
    assert found.facts is not None
    assert found.facts.adoption.iloc[0]["start"] == "2016-08-01"
    assert found.facts.sources is facts.sources


@pytest.mark.parametrize("delimiter", ";\t", ids=["semicolons", "tabs"])
def test_a_csv_of_another_separator_is_read(facts: Facts, delimiter: str) -> None:
    found = read_draft("x.csv", as_csv(rows_as_text(facts), delimiter).encode(), facts)
    assert found.notes == ["x.csv was read as the table adoption, by its header."]
    assert found.facts is not None and found.facts.checksum == facts.checksum


@pytest.mark.parametrize("table", table_columns())
def test_every_table_is_known_by_its_header(facts: Facts, table: str) -> None:
    found = read_draft("anything", as_csv(rows_as_text(facts, table)).encode(), facts)
    assert list(found.tables) == [table]
    assert found.facts is not None and found.facts.checksum == facts.checksum


def test_a_zip_of_all_tables_is_read_as_the_edition(facts: Facts) -> None:
    files = {
        f"{name}.csv": as_csv([list(map(harmless, row)) for row in rows_as_text(facts, name)])
        for name in table_columns()
    }
    others = {"README.md": "# Read me", "dictionary.csv": "table,column,kind\n", "x/y.csv": "a\n"}
    hidden = {"__MACOSX/._adoption.csv": "x", ".DS_Store": "x", "folder/": ""}
    found = read_draft("data.zip", as_zip(files | others | hidden), facts)
    assert found.notes == ["Not read, as it is no table: dictionary.csv, y.csv and README.md."]
    assert found.facts is not None and found.facts.checksum == facts.checksum


def test_a_workbook_of_all_tables_is_read_as_the_edition(facts: Facts) -> None:
    def typed(row: list[str], kinds: list[str]) -> list[Any]:
        cells = zip(row, kinds, strict=True)
        return [float(c) if c and k in ("number", "integer", "fips") else c for c, k in cells]

    sheets: dict[str, list[list[Any]]] = {"About": [["The atlas"]]}
    for name, columns in table_columns().items():
        header, *rows = rows_as_text(facts, name)
        sheets[name] = [header, *(typed(row, list(columns.values())) for row in rows)]
    found = read_draft("data.xlsx", as_book(sheets), facts)
    assert found.notes == ["Not read, as it is no table: About."]
    assert found.problems == []
    assert found.facts is not None and found.facts.checksum == facts.checksum


def test_a_table_that_is_not_in_the_file_stays(facts: Facts) -> None:
    sources = tables_of(facts)["sources"]
    more = [*rows_as_text(facts, "sources"), ["new-1", "T", "P", "", "2020", "", ""]]
    found = read_draft("sources.csv", as_csv(more).encode(), facts)
    assert found.facts is not None
    assert found.facts.adoption is facts.adoption
    assert len(found.facts.sources) == len(sources) + 1


PROBLEMS: dict[str, tuple[Callable[[list[list[str]]], list[list[str]]], str]] = {
    "a date in words": (
        lambda rows: start_cell(rows, "last summer"),
        "adoption.csv, row 2, column start: “last summer”: This is not a date.",
    ),
    "a county outside": (
        lambda rows: [rows[0], ["45001", *rows[1][1:]]],
        "adoption.csv, row 2, column fips: “45001”: No county of the table “counties” has this",
    ),
    "a county code that lost a zero and is none of the state's": (
        lambda rows: [rows[0], ["1001", *rows[1][1:]]],
        "adoption.csv, row 2, column fips: “01001”: No county of the table",
    ),
    "a source that is not there": (
        lambda rows: first_cell(rows, "sources", "no-such"),
        "adoption.csv, row 2, column sources: “no-such”: sources.csv has no such source.",
    ),
    "a program twice": (
        lambda rows: [*rows[:2], rows[1]],
        "adoption.csv, row 3, column fips and agency:",
    ),
    "a column missing": (
        lambda rows: [row[:-1] for row in rows],
        f"adoption.csv, row 1, column {HEADER[-1]}: The column is missing. Add it; fill it in",
    ),
    "a sighting in the future": (
        lambda rows: first_cell(rows, "last_confirmed", "2950-01-01"),
        "adoption.csv, row 2, column last_confirmed: “2950-01-01”: This tells of what has happened",
    ),
    "a cell too many": (
        lambda rows: [rows[0], [*rows[1], "x"]],
        "adoption.csv, row 2: “x”: The row has more cells than the header.",
    ),
    "a formula as text": (
        lambda rows: first_cell(rows, "note", "=HYPERLINK(1)"),
        "adoption.csv, row 2, column note: “=HYPERLINK(1)”: Text must not begin like",
    ),
    "a quote that is not closed": (
        lambda rows: [rows[0], [*rows[1][:-1], "@@"]],
        "adoption.csv: A double quote is not closed",
    ),
}


@pytest.mark.parametrize(("change", "words"), PROBLEMS.values(), ids=PROBLEMS)
def test_what_is_wrong_with_a_table_is_told_with_its_place(
    facts: Facts, change: Callable[[list[list[str]]], list[list[str]]], words: str
) -> None:
    text = as_csv(change(rows_as_text(facts))).replace("@@", '"never closed')
    found = read_draft("adoption.csv", text.encode(), facts)
    assert found.facts is None
    assert [str(problem)[: len(words)] for problem in found.problems] == [words]


def test_a_row_that_cannot_be_read_never_empties_the_table(facts: Facts) -> None:
    rows = rows_as_text(facts)
    found = read_draft("adoption.csv", as_csv([*rows, [*rows[1], "x"]]).encode(), facts)
    assert found.tables == {}


def test_a_path_in_an_archive_is_only_a_name(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = as_csv(rows_as_text(facts))
    for path in ("../../adoption.csv", "/etc/adoption.csv", "C:\\adoption.csv"):
        found = read_draft("x.zip", as_zip({path: text}), facts)
        assert list(found.tables) == ["adoption"]
    assert list(tmp_path.iterdir()) == []


def test_a_table_of_too_many_rows_is_refused(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MOST_ROWS", 5)
    found = read_draft("adoption.csv", as_csv(rows_as_text(facts)).encode(), facts)
    assert found.tables == {}
    assert "rows; at most 5 are taken." in str(found.problems[0])


CELLS: dict[str, tuple[Callable[[Any], None], str, list[str]]] = {
    "a day": (fill(START, datetime(2016, 8, 31)), "2016-08-31", []),
    "a date": (fill(START, date(2016, 8, 31)), "2016-08-31", []),
    "a month": (
        fill(START, datetime(2016, 8, 1), "mmm-yy"),
        "2016-08",
        [f"Sheet adoption: {START} was read as 2016-08, as the sheet shows it."],
    ),
    "a year as a number": (fill(START, 2016), "2016", []),
    "text": (fill(START, "[2016-07..2016-09]", "@"), "[2016-07..2016-09]", []),
}


@pytest.mark.parametrize(("change", "start", "notes"), CELLS.values(), ids=CELLS)
def test_a_date_cell_is_read_as_finely_as_it_is_shown(
    facts: Facts, change: Callable[[Any], None], start: str, notes: list[str]
) -> None:
    found = read_draft("x.xlsx", as_book({"adoption": rows_as_text(facts)}, change), facts)
    assert (found.problems, found.notes) == ([], notes)
    assert found.tables["adoption"].at[2, "start"] == start


FAULTS = {
    "a formula": ("=1+1", "“=1+1”: The cell holds a formula; write its value instead."),
    "an error": ("#N/A", "“#N/A”: The cell holds an error of the spreadsheet"),
}


@pytest.mark.parametrize(("value", "words"), FAULTS.values(), ids=FAULTS)
def test_a_cell_that_is_no_value_is_told(facts: Facts, value: str, words: str) -> None:
    book = as_book({"adoption": rows_as_text(facts)}, fill(cell("note", 3), value))
    found = read_draft("x.xlsx", book, facts)
    assert [str(problem) for problem in found.problems] == [
        str(problem) for problem in found.problems if words in str(problem)
    ]
    assert [(p.row, p.column) for p in found.problems] == [(3, "note")]
    assert found.facts is None


NAMES = {
    ("adoption.csv", HEADER): "adoption",
    ("Adoption.CSV", (*HEADER[:-1], "remark")): "adoption",
    ("sources", HEADER): "adoption",
    ("what.csv", (*HEADER[:-1], "remark")): "adoption",
    ("adoption-on-2019-08-31.csv", ("fips", "county", "status", "programs", "start")): None,
    ("what.csv", ("a", "b")): None,
    ("what.csv", ()): None,
}


@pytest.mark.parametrize(("sheet", "table"), NAMES.items(), ids=map(str, range(len(NAMES))))
def test_a_sheet_finds_its_table(sheet: tuple[str, tuple[str, ...]], table: str | None) -> None:
    assert table_for(*sheet) == table


def test_a_draft_is_frozen(facts: Facts) -> None:
    found = read_draft("adoption.csv", as_csv(rows_as_text(facts)).encode(), facts)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.facts = None  # type: ignore[misc]
