"""Files as a steward may hand them in, made from an edition."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from data.editions.matching import columns_of, tables_of
from data.facts import Facts

HEADER = tuple(columns_of("adoption"))


def rows_as_text(facts: Facts, table: str = "adoption") -> list[list[str]]:
    """Give a table of an edition as lists of text, its header first."""
    frame = tables_of(facts)[table]
    return [list(frame.columns), *frame.to_numpy().tolist()]


def as_csv(rows: list[list[str]], delimiter: str = ",") -> str:
    """Write rows as CSV text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def as_zip(parts: Mapping[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files as a ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def as_book(sheets: dict[str, list[list[Any]]], change: Callable[[Any], object] = bool) -> bytes:
    """Write sheets as an Excel workbook, after a change of it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([None if cell == "" else cell for cell in row])
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def first_cell(rows: list[list[Any]], column: str, value: Any) -> list[list[Any]]:
    """Put a value in a column of the first program."""
    place = rows[0].index(column)
    return [rows[0], [*rows[1][:place], value, *rows[1][place + 1 :]], *rows[2:]]


def start_cell(rows: list[list[Any]], value: Any) -> list[list[Any]]:
    """Put a value in the start of the first program."""
    return first_cell(rows, "start", value)


def cell(column: str, row: int) -> str:
    """Name a cell of a sheet of programs, as ``E2``."""
    return f"{get_column_letter(HEADER.index(column) + 1)}{row}"


START = cell("start", 2)
"""The cell of a sheet with the start of the first program."""


def fill(cell: str, value: Any, shape: str = "") -> Callable[[Any], None]:
    """Give what puts a value, shown in a shape, in a cell of the first sheet."""

    def change(book: Any) -> None:
        book.worksheets[0][cell] = value
        if shape:
            book.worksheets[0][cell].number_format = shape

    return change
