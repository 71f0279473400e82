"""The tables of an edition as an Excel workbook, a sheet each."""

from __future__ import annotations

import io
import math
from datetime import date, datetime
from typing import Any, NamedTuple

from data.citation import TITLE, cited
from data.dates import day_words
from data.facts import Facts
from data.frame import county_frame
from data.harmless import looks_run
from data.read import LONGEST_CELL
from data.schema import NUMBERS
from data.words import describe
from layouts.exports.package import ABOUT, READING, Sheet, sheets

AS_TEXT = ("fips", "edtf")
"""Kinds that a spreadsheet would spoil when a cell is edited, were they not marked as text."""
NARROWEST, WIDEST = 8, 64
"""Limits of a column's width, in letters."""
LINE, LINE_HEIGHT = 100, 15
"""Letters and points of a line on the sheet About, whose lines are broken."""
TALLEST = 400
"""Points of the tallest row that a spreadsheet shows well; Excel's own limit is 409."""
FORMATS: dict[str, dict[str, Any]] = {
    "number": {"valign": "top"},
    "text": {"valign": "top", "num_format": "@"},
    "words": {"valign": "top", "text_wrap": True, "indent": 1},
    "quoted": {"valign": "top", "text_wrap": True, "indent": 1, "quote_prefix": True},
}
"""How cells look; words are broken into lines, so that a note is read and printed whole."""
CUT = " ... (cut here; whole in the CSV file)"
_MADE = datetime(1980, 1, 1)
"""A fixed time in the file's properties, so that the same facts give the same bytes."""


def workbook(facts: Facts, day: date) -> bytes:
    """Write an edition, and the rows of a day, as an XLSX file.

    Returns
    -------
    A workbook whose first sheet, About, tells what it is; then a sheet a table, its header bold
    and frozen. FIPS codes, dates and all other words are text, and numbers are numbers. There is
    no formula. The same facts and day give the same bytes.
    """
    import xlsxwriter

    held = sheets(facts, day)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": TITLE, "comments": cited(facts, day), "created": _MADE})
    _write_about(book, _about(facts, day, held))
    for sheet in held:
        _write_sheet(book, sheet)
    book.close()
    return stream.getvalue()


def _about(facts: Facts, day: date, held: list[Sheet]) -> list[tuple[str, str]]:
    return [
        (TITLE, ""),
        ("What this is", ABOUT),
        (day_words(day), str(describe(day, county_frame(facts, day)))),
        ("Edition", facts.edition),
        ("Checksum", f"sha256 {facts.checksum}"),
        ("Cite as", f"{cited(facts, day)} Add the day and the address at which you took it."),
        *READING.items(),
        ("Sheets", ""),
        *[(sheet.name, sheet.about) for sheet in held],
    ]


def _write_about(book: Any, rows: list[tuple[str, str]]) -> None:
    page = book.add_worksheet("About")
    _print_wide(page, TITLE)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, LINE)
    for place, (name, words) in enumerate(rows):
        page.set_row(place, LINE_HEIGHT * max(1, math.ceil(len(words) / LINE)))
        page.write_string(place, 0, name, bold)
        page.write_string(place, 1, words, wrapped)


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bottom": 1})
    page.freeze_panes(1, 0)
    _print_wide(page, sheet.name)
    page.repeat_rows(0)
    page.autofilter(0, 0, len(sheet.frame), len(sheet.columns) - 1)
    # Codes of digits are meant to be text: no warning mark is wanted at each of them.
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    columns = [
        _Column(told.column, told.kind, list(sheet.frame[told.column]))
        for told in sheet.columns.itertuples()
    ]
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.name, bold)
    formats = {name: book.add_format(told) for name, told in FORMATS.items()}
    for row in range(len(sheet.frame)):
        lines = max((column.lines(row) for column in columns), default=1)
        page.set_row(row + 1, min(LINE_HEIGHT * lines, TALLEST))
        for place, column in enumerate(columns):
            _write_cell(page, row + 1, place, column.kind, column.cells[row], formats)


class _Column(NamedTuple):
    """A column of a sheet: wide enough for its words, or as wide as one may be."""

    name: str
    kind: str
    cells: list[str]

    @property
    def width(self) -> int:
        return max(NARROWEST, min(WIDEST, max(map(len, [self.name, *self.cells])) + 2))

    def lines(self, row: int) -> int:
        return math.ceil(len(self.cells[row]) / (self.width - 2)) if self.cells[row] else 1


def _write_cell(
    page: Any, row: int, place: int, kind: str, cell: str, formats: dict[str, Any]
) -> None:
    if not cell:
        return
    if kind in NUMBERS:
        page.write_number(row, place, float(cell), formats["number"])
    else:
        name = "quoted" if looks_run(cell) else "text" if kind in AS_TEXT else "words"
        page.write_string(row, place, _fitted(cell), formats[name])


def _print_wide(page: Any, name: str) -> None:
    """Let a sheet print on lying Letter paper, all its columns side by side."""
    page.set_landscape()
    page.set_paper(1)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{name.replace('&', '&&')}&RPage &P of &N")


def _fitted(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - len(CUT)] + CUT
