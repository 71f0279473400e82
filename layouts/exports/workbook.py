"""The tables of an edition as an Excel workbook, a sheet each."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from data.citation import TITLE, cited
from data.dates import day_words
from data.facts import Facts
from data.frame import county_frame
from data.harmless import looks_run
from data.words import describe
from layouts.exports.package import ABOUT, READING, Sheet, sheets

NUMBERS = ("number", "integer")
AS_TEXT = ("fips", "edtf")
"""Kinds that a spreadsheet would spoil when a cell is edited, were they not marked as text."""
NARROWEST, WIDEST = 8, 48
"""Limits of a column's width, in letters."""
CELL_LIMIT = 32_767
"""Letters that a cell of a workbook can hold."""
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
        *[(sheet.name, f"{len(sheet.frame):,} rows; a row is {sheet.words}") for sheet in held],
    ]


def _write_about(book: Any, rows: list[tuple[str, str]]) -> None:
    page = book.add_worksheet("About")
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    for place, (name, words) in enumerate(rows):
        page.write_string(place, 0, name, bold)
        page.write_string(place, 1, words, wrapped)


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bottom": 1})
    text, quoted = book.add_format({"num_format": "@"}), book.add_format({"quote_prefix": True})
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.frame), len(sheet.columns) - 1)
    # Codes of digits are meant to be text: no warning mark is wanted at each of them.
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for column, told in enumerate(sheet.columns.itertuples()):
        cells = list(sheet.frame[told.column])
        page.set_column(column, column, _width(told.column, cells))
        page.write_string(0, column, told.column, bold)
        for row, cell in enumerate(cells, 1):
            if not cell:
                continue
            if told.kind in NUMBERS:
                page.write_number(row, column, float(cell))
            else:
                plain = text if told.kind in AS_TEXT else None
                page.write_string(row, column, _fitted(cell), quoted if looks_run(cell) else plain)


def _width(name: str, cells: list[str]) -> int:
    return max(NARROWEST, min(WIDEST, max(map(len, [name, *cells])) + 2))


def _fitted(cell: str) -> str:
    return cell if len(cell) <= CELL_LIMIT else cell[: CELL_LIMIT - len(CUT)] + CUT
