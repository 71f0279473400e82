import codecs
import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import read
from data.read import MOST_LETTERS, Problem, decode, read_table

COLUMNS = {"fips": "fips", "county": "text", "start": "edtf", "people": "number", "note": "text"}
FILLED = ("fips", "county")
HEADER = "fips,county,start,people,note\n"
PLAIN = HEADER + "37051,Cumberland,2019-08-31,22,first\n37129,New Hanover,2017-06,,café\n"
ROWS = {
    2: ["37051", "Cumberland", "2019-08-31", "22", "first"],
    3: ["37129", "New Hanover", "2017-06", "", "café"],
}


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[bytes | str], tuple[pd.DataFrame, list[Problem]]]:
    """Read bytes as if they were the file of the adoption table."""

    def read_them(raw: bytes | str) -> tuple[pd.DataFrame, list[Problem]]:
        path = tmp_path / "adoption.csv"
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        return read_table(path, COLUMNS, FILLED)

    return read_them


Reader = Callable[[bytes | str], tuple[pd.DataFrame, list[Problem]]]


def rows_of(frame: pd.DataFrame) -> dict[int, list[str]]:
    assert list(frame.columns) == list(COLUMNS)
    return {row: list(cells) for row, *cells in frame.itertuples()}


DAMAGE: dict[str, bytes | str] = {
    "none": PLAIN,
    "no line end at the end": PLAIN.rstrip("\n"),
    "byte order mark": codecs.BOM_UTF8 + PLAIN.encode(),
    "Windows line ends": PLAIN.replace("\n", "\r\n"),
    "old Mac line ends": PLAIN.replace("\n", "\r"),
    "semicolons": PLAIN.replace(",", ";"),
    "tabs": PLAIN.replace(",", "\t"),
    "UTF-16, little end first": codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
    "UTF-16 with tabs (Unicode text)": PLAIN.replace(",", "\t").encode("utf-16"),
    "Windows code page 1252": PLAIN.encode("cp1252"),
    "all at once": codecs.BOM_UTF8 + PLAIN.replace(",", ";").replace("\n", "\r\n").encode(),
    "FIPS code as a number": PLAIN.replace("37051,", "37051.0,"),
    "FIPS code with a thousands comma": PLAIN.replace("37051,", '"37,051",'),
    "US date": PLAIN.replace("2019-08-31", "8/31/2019"),
    "US date with midnight": PLAIN.replace("2019-08-31", "8/31/2019 0:00"),
    "time stamp": PLAIN.replace("2019-08-31", "2019-08-31 00:00:00"),
    "blank rows at the end": PLAIN + ",,,,\n,,,,\n\n\n",
    "blank rows of spaces at the end": PLAIN + " , ,,,\n   \n",
    "blank columns at the end": PLAIN.replace("\n", ",,\n"),
    "blank rows and columns at the end": PLAIN.replace("\n", ",,\n") + ",,,,,,\n" * 3,
    "blank cells at the end of the rows only": PLAIN.replace("\n", ",,\n").replace(",,\n", "\n", 1),
    "every cell quoted": "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in PLAIN.splitlines()
    ),
    "spaces around cells": PLAIN.replace("Cumberland", "  Cumberland ").replace("22", " 22"),
    "header in capitals and spaced": PLAIN.replace("fips,county", " FIPS ,County"),
    "columns in another order": (
        "note,people,start,county,fips\n"
        "first,22,2019-08-31,Cumberland,37051\ncafé,,2017-06,New Hanover,37129\n"
    ),
}


@pytest.mark.parametrize("raw", DAMAGE.values(), ids=DAMAGE)
def test_spreadsheet_damage_is_undone(read_bytes: Reader, raw: bytes | str) -> None:
    frame, problems = read_bytes(raw)
    assert problems == []
    assert rows_of(frame) == ROWS


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(read_bytes: Reader) -> None:
    first, second = PLAIN.splitlines()[1:]
    frame, problems = read_bytes(f"{HEADER}\n{first}\n,,,,\n\n{second}\n")
    assert problems == []
    assert rows_of(frame) == {3: ROWS[2], 6: ROWS[3]}


def test_a_cell_of_several_lines_is_one_row(read_bytes: Reader) -> None:
    frame, problems = read_bytes(HEADER + '37051,Cumberland,2016,,"one\ntwo"\n37129,N,2017,,x\n')
    assert problems == []
    assert list(frame.index) == [2, 3]
    assert frame.at[2, "note"] == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "<b>Police</b>",
        "<script>alert(1)</script>",
        "A & B",
        "&lt;b&gt;",
        "NA",
        "NaN",
        "null",
        "None",
        "N/A",
        "TRUE",
        "007",
        "1e5",
        'a "quoted" word',
        "a, b; c",
        "…–—“”",
        "=1+1",
    ],
)
def test_text_is_kept_to_the_letter(read_bytes: Reader, text: str) -> None:
    doubled = text.replace('"', '""')
    frame, problems = read_bytes(f'{HEADER}37051,"{doubled}",,,"{doubled}"\n')
    assert problems == []
    assert rows_of(frame) == {2: ["37051", text, "", "", text]}


FIPS_CELLS = {
    "37051": "37051",
    "37051.0": "37051",
    "37051.00": "37051",
    "37,051": "37051",
    " 37051 ": "37051",
    "1001": "01001",
    "37051.5": "37051.5",
    "3.7051E+04": "3.7051E+04",
    "370510": "370510",
    "051": "051",
    "-37051": "-37051",
    "Cumberland": "Cumberland",
    "": "",
}


@pytest.mark.parametrize(("cell", "expected"), FIPS_CELLS.items(), ids=FIPS_CELLS)
def test_a_fips_code_is_mended_only_where_that_is_certain(
    read_bytes: Reader, cell: str, expected: str
) -> None:
    frame, problems = read_bytes(f'{HEADER}"{cell}",Cumberland,,,\n')
    assert problems == []
    assert frame["fips"].tolist() == [expected]


@pytest.mark.parametrize("cell", ["31/8/2019", "8/31/19", "Aug-19", "43708", "8/31/2019 10:30"])
def test_a_date_that_cannot_be_read_for_certain_is_left_for_the_check(
    read_bytes: Reader, cell: str
) -> None:
    frame, problems = read_bytes(f"{HEADER}37051,Cumberland,{cell},,\n")
    assert problems == []
    assert frame["start"].tolist() == [cell]


def test_a_header_alone_is_a_table_without_rows(read_bytes: Reader) -> None:
    frame, problems = read_bytes(HEADER)
    assert problems == []
    assert rows_of(frame) == {}


REFUSED: dict[str, tuple[bytes | str, list[tuple[int, str, str]]]] = {
    "empty": (b"", [(0, "", "The file is empty. It needs its header row: fips, county")]),
    "blank lines only": ("\n \n", [(0, "", "The file is empty")]),
    "byte order mark only": (codecs.BOM_UTF8, [(0, "", "The file is empty")]),
    "NUL bytes": (HEADER + "37051,Cum\0berland,,,\n", [(0, "", "not a text file")]),
    "UTF-16 without its mark": (PLAIN.encode("utf-16-le"), [(0, "", "not a text file")]),
    "a workbook, not a CSV file": (
        b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)),
        [(0, "", "Save the table as “CSV UTF-8”")],
    ),
    "no known encoding": (
        PLAIN.encode("cp1252") + b"\x81\n",
        [(0, "", "unknown encoding. Save the table as “CSV UTF-8”")],
    ),
    "UTF-16 cut in half": (PLAIN.encode("utf-16")[:-1], [(0, "", "unknown encoding")]),
    "first row too long": (
        HEADER + "37051,Cumberland,2016,,a note, with a comma\n" + "37129,New Hanover,2017,,x\n",
        [(2, "", "more cells than the header. Put text that holds a comma in double quotes")],
    ),
    "later row too long": (
        PLAIN + "37087,Haywood,2018,,a note, with a comma\n",
        [(4, "", "more cells than the header. Put text that holds a comma in double quotes")],
    ),
    "every row too long": (
        HEADER + "37051,Cumberland,2016,,a note, with a comma\n" * 3,
        [(row, "", "more cells than the header") for row in (2, 3, 4)],
    ),
    "text in a column without a name": (
        HEADER.replace("\n", ",\n") + "37051,Cumberland,2016,,x,forgotten\n",
        [(2, "", "more cells than the header")],
    ),
    "column without a name amid the others": (
        "fips,,county,start,people,note\n37051,,Cumberland,2016,,x\n",
        [(1, "", "The table has no such column.")],
    ),
    "blank lines before the header": (
        "\n\n" + PLAIN,
        [(1, name, "The column is missing.") for name in COLUMNS],
    ),
    "cell of a million characters": (
        HEADER + "37051,Cumberland,2016,," + "x" * 1_000_000 + "\n",
        [(0, "", "a cell is too long")],
    ),
    "missing column": (
        "fips,county,start,note\n37051,Cumberland,2016,x\n",
        [(1, "people", "The column is missing. Add it; its cells may be blank.")],
    ),
    "missing column that must be filled": (
        "fips,start,people,note\n37051,2016,,x\n",
        [(1, "county", "The column is missing. Add it; fill it in every row.")],
    ),
    "unknown column": (
        "fips,county,start,people,note,color\n37051,Cumberland,2016,,x,red\n",
        [(1, "color", "The table has no such column. Remove it, or move its text to the note.")],
    ),
    "misspelled column": (
        PLAIN.replace("county", "cuonty"),
        [
            (1, "county", "The column is missing. Is it the one now called “cuonty”?"),
            (1, "cuonty", "The table has no such column."),
        ],
    ),
    "no header": (
        "37051,Cumberland,2016,22,x\n",
        [(1, name, "The column is missing.") for name in COLUMNS]
        + [(1, name, "no such column") for name in ("37051", "cumberland", "2016", "22", "x")],
    ),
}


@pytest.mark.parametrize(("raw", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_mended_is_refused_with_advice(
    read_bytes: Reader, raw: bytes | str, expected: list[tuple[int, str, str]]
) -> None:
    frame, problems = read_bytes(raw)
    assert len(frame) == 0
    assert [(p.table, p.row, p.column) for p in problems] == [
        ("adoption", row, column) for row, column, _ in expected
    ]
    for problem, (_, _, advice) in zip(problems, expected, strict=True):
        assert advice in problem.advice


def test_the_length_of_a_cell_holds_where_another_library_allows_more(read_bytes: Reader) -> None:
    before = csv.field_size_limit(10**9)
    try:
        _, problems = read_bytes(HEADER + "37051,Cumberland,2016,," + "x" * (MOST_LETTERS + 1))
    finally:
        csv.field_size_limit(before)
    assert [problem.advice for problem in problems] == [
        "A double quote is not closed, or a cell is too long. Mend the quotes."
    ]


def test_a_quote_that_never_closes_is_refused(read_bytes: Reader) -> None:
    frame, problems = read_bytes(PLAIN + '37087,"Haywood,2018,,x\n' + "37023,Burke,2018,,x\n")
    assert len(frame) == 0
    assert [problem.table for problem in problems] == ["adoption"]
    assert "double quote is not closed" in problems[0].advice


@pytest.mark.parametrize(
    "header",
    [
        "fips,county,start,people,note,fips",
        "fips,fips,county,start,people,note",
        "fips,county,start,people,note,FIPS",
        "Fips,county,start,people,note,fips",
        "fips,county,start,people,note,fips ",
    ],
)
def test_a_column_that_stands_twice_is_refused(read_bytes: Reader, header: str) -> None:
    frame, problems = read_bytes(header + "\n37051,Cumberland,2016,22,x,37051\n")
    assert len(frame) == 0
    assert [(p.table, p.row) for p in problems] == [("adoption", 1)]
    assert problems[0].column.startswith("fips")
    assert problems[0].advice == "The column stands twice. Keep one of the two."


@pytest.mark.parametrize("cells", ["37051,Cumberland", "37051,Cumberland,,", "37051,Cumberland,,,"])
def test_cells_missing_at_the_end_of_a_row_are_blank(read_bytes: Reader, cells: str) -> None:
    frame, problems = read_bytes(PLAIN + cells + "\n")
    assert problems == []
    assert rows_of(frame) == {**ROWS, 4: ["37051", "Cumberland", "", "", ""]}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    frame, problems = read_table(tmp_path / "adoption.csv", COLUMNS)
    assert len(frame) == 0
    assert [(p.table, p.row) for p in problems] == [("adoption", 0)]
    assert str(problems[0]).startswith("adoption.csv: The file is missing.")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "adoption.csv").mkdir()
    assert len(read_table(tmp_path / "adoption.csv", COLUMNS)[1]) == 1


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "adoption.csv"
    path.write_text(HEADER + "37051,Cumberland,,,x\n")
    size = path.stat().st_size
    monkeypatch.setattr(read, "MAX_BYTES", size)
    assert read_table(path, COLUMNS)[1] == []
    monkeypatch.setattr(read, "MAX_BYTES", size - 1)
    monkeypatch.setattr(read, "decode", lambda raw: pytest.fail("a huge file was read"))
    frame, problems = read_table(path, COLUMNS)
    assert len(frame) == 0
    assert [(p.table, p.row) for p in problems] == [("adoption", 0)]
    assert "The file is larger than" in problems[0].advice


PROBLEM_WORDS = {
    Problem("adoption", 3, "start", "2019-13", "Mend it."): (
        "adoption.csv, row 3, column start: “2019-13”: Mend it."
    ),
    Problem("adoption", 3, "start", "", "Mend it."): "adoption.csv, row 3, column start: Mend it.",
    Problem("adoption", 3, "", "", "Mend it."): "adoption.csv, row 3: Mend it.",
    Problem("adoption", 0, "", "", "Mend it."): "adoption.csv: Mend it.",
    Problem("adoption", 3, "note", "x" * 80, "Mend it."): (
        f"adoption.csv, row 3, column note: “{'x' * 80}”: Mend it."
    ),
    Problem("adoption", 3, "note", "x" * 81, "Mend it."): (
        f"adoption.csv, row 3, column note: “{'x' * 77}...”: Mend it."
    ),
}


@pytest.mark.parametrize(("problem", "words"), PROBLEM_WORDS.items())
def test_a_problem_says_where_what_and_how_to_mend(problem: Problem, words: str) -> None:
    assert str(problem) == words


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")))
def test_what_is_saved_as_unicode_is_read_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == text
    if not text.encode().startswith((b"\xff\xfe", b"\xfe\xff")):
        assert decode(text.encode()) == text


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(read_bytes: Reader, raw: bytes) -> None:
    frame, problems = read_bytes(raw)
    assert problems or list(frame.columns) == list(COLUMNS)
    assert not (problems and len(frame))
