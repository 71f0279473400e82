"""Read one table file as text, whatever a spreadsheet did to it."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.console import shortened
from data.dates import DateError, normal_edtf

MAX_BYTES = 50_000_000
FIRST_ROW = 2
"""Number of a table's first row, as a spreadsheet counts: the header is row 1."""
LONGEST_CELL = 32_767
"""Letters that a cell of a spreadsheet can hold."""
SHOWN = 80
"""Letters of a cell that a problem shows."""
MOST_LETTERS = 131_072
"""Of a cell that is read from CSV."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the tables: where it stands, what it is and how to mend it.

    ``row`` is the row number a spreadsheet shows (the header is row 1); 0 means the whole file.
    """

    table: str
    row: int
    column: str
    value: str
    advice: str

    @property
    def shown(self) -> str:
        """The value on one line, cut short."""
        return shortened(self.value, SHOWN)

    def __str__(self) -> str:
        where = f"{self.table}.csv"
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {f'“{self.shown}”: ' if self.shown else ''}{self.advice}"


def row_numbers(count: int) -> pd.RangeIndex:
    """Give the labels of a table's rows: their numbers in a spreadsheet."""
    return pd.RangeIndex(FIRST_ROW, FIRST_ROW + count)


def decode(raw: bytes) -> str:
    """Decode a CSV file's bytes: UTF-8 with or without mark, UTF-16 with mark, else cp1252."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def read_table(
    path: Path, columns: dict[str, str], filled: Container[str] = ()
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one CSV table.

    Parameters
    ----------
    path
        The file; its stem is the table's name.
    columns
        Column name to kind, from the dictionary (``data.schema``).
    filled
        Those in which no cell may be blank, for the advice on a column that is missing.

    Returns
    -------
    The rows as text, indexed by spreadsheet row number, without blank rows, with spreadsheet
    damage undone where that is certain; and the problems found. On problems the frame may
    be empty.
    """

    def refuse(advice: str) -> tuple[pd.DataFrame, list[Problem]]:
        return _refused(path.stem, columns, advice)

    if not path.is_file():
        return refuse("The file is missing. Put it in the folder, with at least its header row.")
    if path.stat().st_size > MAX_BYTES:
        return refuse(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB; this is not the table."
        )
    try:
        text = decode(path.read_bytes())
    except UnicodeDecodeError:
        return refuse("The text is in an unknown encoding. Save the table as “CSV UTF-8”.")
    return read_text(path.stem, text, columns, filled)


def read_text(
    table: str, text: str, columns: dict[str, str], filled: Container[str] = ()
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one table from its CSV text; gives what ``read_table`` gives."""

    def refuse(advice: str) -> tuple[pd.DataFrame, list[Problem]]:
        return _refused(table, columns, advice)

    if "\0" in text:
        return refuse("This is not a text file. Save the table as “CSV UTF-8”.")
    if not text.strip():
        return refuse("The file is empty. It needs its header row: " + ", ".join(columns) + ".")
    try:
        rows = [
            [plain_breaks(cell.strip()) for cell in row]
            for row in csv_rows(io.StringIO(text, newline=""), separator(text))
        ]
    except csv.Error:
        return refuse("A double quote is not closed, or a cell is too long. Mend the quotes.")
    found = _header(rows)
    problems = _header_problems(found, table, columns, filled)
    problems = problems or _row_problems(rows, found, table)
    if problems:
        return _blank(columns), problems
    return _frame(rows, found, columns), []


def csv_rows(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Give the rows of CSV text as cells; raises csv.Error for an open quote or a cell too long."""
    csv.field_size_limit(MOST_LETTERS)  # one for the whole process, which others may have moved
    yield from csv.reader(lines, delimiter=separator, strict=True)


def _blank(columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns), dtype=str)


def _refused(
    table: str, columns: dict[str, str], advice: str
) -> tuple[pd.DataFrame, list[Problem]]:
    return _blank(columns), [Problem(table, 0, "", "", advice)]


def plain_breaks(cell: str) -> str:
    """Give a cell with one kind of line break, so that its text reads back as the same cell."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def separator(text: str) -> str:
    """Tell what parts the cells of a CSV text: the sign that its first line has most often."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _header(rows: list[list[str]]) -> list[str]:
    """Give the names of the header, in small letters, without blank columns at its end."""
    found = [name.lower() for name in rows[0]]
    while found and not found[-1]:
        found.pop()
    return found


def _row_problems(rows: list[list[str]], found: list[str], table: str) -> list[Problem]:
    advice = "The row has more cells than the header. Put text that holds a comma in double quotes."
    return [
        Problem(table, number, "", row[len(found)], advice)
        for number, row in enumerate(rows, 1)
        if any(row[len(found) :])
    ]


def _frame(rows: list[list[str]], found: list[str], columns: dict[str, str]) -> pd.DataFrame:
    """Make the table of all rows that are not blank, with spreadsheet damage undone."""
    width = len(found)
    cells = {
        number: (row + [""] * width)[:width]
        for number, row in enumerate(rows[1:], FIRST_ROW)
        if any(row)
    }
    frame = pd.DataFrame.from_dict(cells, orient="index", columns=found, dtype=str)
    frame = frame[list(columns)]
    mend = {"fips": _whole_number, "edtf": plain_date}
    for name, kind in columns.items():
        if kind in mend:
            frame[name] = frame[name].map(mend[kind])
    return frame


def _header_problems(
    found: list[str], table: str, columns: dict[str, str], filled: Container[str]
) -> list[Problem]:
    problems = []
    for name in columns:
        if name not in found:
            near = difflib.get_close_matches(name, set(found) - set(columns), n=1)
            mend = "fill it in every row" if name in filled else "its cells may be blank"
            hint = f"Is it the one now called “{near[0]}”?" if near else f"Add it; {mend}."
            problems.append(Problem(table, 1, name, "", f"The column is missing. {hint}"))
    for name in found:
        if name not in columns:
            advice = "The table has no such column. Remove it, or move its text to the note."
            problems.append(Problem(table, 1, name, "", advice))
    for name in columns:
        if found.count(name) > 1:
            advice = "The column stands twice. Keep one of the two."
            problems.append(Problem(table, 1, name, "", advice))
    return problems


def _whole_number(text: str) -> str:
    """Undo a FIPS code that a spreadsheet turned to a number: 37051.0, 37,051 or 1001."""
    digits = re.sub(r"\.0+$", "", text.replace(",", ""))
    return digits.zfill(5) if digits.isdigit() and len(digits) in (4, 5) else text


def plain_date(text: str) -> str:
    """Give a date as EDTF, as a US spreadsheet writes it or a person; what is none as it is."""
    try:
        return normal_edtf(text)
    except DateError:
        return text
