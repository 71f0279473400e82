"""Read the sheets of an Excel workbook that a steward hands in: plain values, as text.

No formula is worked out, and what stands for more than fits is refused.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from data.deadline import go_on
from data.packing import has_definitions
from data.read import LONGEST_CELL
from data.stewards.draft_sheets import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_UNPACKED,
    DraftError,
    Fault,
    Sheet,
    header_names,
    shown,
    too_much,
    unpacks_too_far,
)

_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
"""Parts of a cell's format that are no letters of a date."""


def book_sheets(name: str, content: bytes, parts: dict[str, bytes]) -> list[Sheet]:
    """Give the sheets of a workbook as text.

    Parameters
    ----------
    name
        What the file is called, as it may be shown.
    content, parts
        Its bytes, and each file that these unpack to, by name.

    Raises DraftError for what is damaged, too large, or holds what no Excel file has.
    """
    if any(has_definitions([data]) for data in parts.values()):
        raise DraftError(f"{name} has definitions inside that no Excel file has; save it anew.")
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are of no use here
            stream = io.BytesIO(content)
            book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
            room = _Room(name)
            return [_book_sheet(page, room) for page in book.worksheets]
    except DraftError:
        raise
    except Exception:
        # openpyxl lets through whatever its parsers raise, from KeyError to ParseError.
        raise DraftError(
            f"{name} is a damaged Excel file; open it in Excel and save it anew."
        ) from None


@dataclass
class _Room:
    """What may still be read of a workbook: a small file can stand for a huge one."""

    name: str
    lines: int = field(default_factory=lambda: MOST_LINES)
    letters: int = field(default_factory=lambda: MOST_UNPACKED)

    def take(self, row: list[str]) -> None:
        self.lines -= 1
        self.letters -= sum(map(len, row))
        if self.lines < 0:
            raise too_much(self.name, f"{MOST_LINES:,} lines")
        if self.letters < 0:
            raise unpacks_too_far(self.name)


def _book_sheet(page: Any, room: _Room) -> Sheet:
    page.reset_dimensions()  # what the file says of its size may be wrong, and huge
    rows: list[list[str]] = []
    faults: list[Fault] = []
    notes: list[str] = []
    found = page.iter_rows(max_row=room.lines + 1, max_col=MOST_COLUMNS)
    for number, cells in enumerate(found, 1):
        go_on()
        row: list[str] = []
        if any(cell.value is not None for cell in cells):
            row = [_cell(cell, number, place, faults, notes) for place, cell in enumerate(cells)]
        room.take(row)
        rows.append(row)
    header = header_names(rows[0]) if rows else ()
    return Sheet(shown(page.title), header, _csv_text(rows), faults=faults, notes=notes)


def _csv_text(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _cell(cell: Any, row: int, place: int, faults: list[Fault], notes: list[str]) -> str:
    """Write a cell as text; what is no plain value becomes a fault."""
    value = cell.value
    if value is None:
        return ""
    if advice := _advice(cell):
        faults.append(Fault(row, place, str(getattr(value, "text", value))[:100], advice))
        return ""
    if isinstance(value, datetime):
        text = date_text(value, cell.number_format)
        if len(text) < len("2019-08-31"):
            notes.append(f"{cell.coordinate} was read as {text}, as the sheet shows it")
        return text
    from data.publishers.spreadsheet import cell_text

    return cell_text(value)


def _advice(cell: Any) -> str:
    if cell.data_type == "f":
        return "The cell holds a formula; write its value instead."
    if cell.data_type == "e":
        return "The cell holds an error of the spreadsheet; write a value, or leave it blank."
    if isinstance(cell.value, str) and len(cell.value) > LONGEST_CELL:
        return f"The text is longer than {LONGEST_CELL:,} letters; cut it."
    return ""


def date_text(value: datetime, shape: str) -> str:
    """Write a date cell as EDTF, no finer than the sheet shows it.

    Excel turns a month that is typed as ``2019-08`` into the first of that month and shows it as a
    month. So a first day that is shown without a day is the month, or the year.
    """
    letters = _NOT_SHOWN.sub("", (shape or "").split(";")[0]).lower()
    if value.time() != time():
        return value.isoformat(" ")
    if value.day == 1 and "y" in letters and "d" not in letters:
        if "m" in letters:
            return f"{value:%Y-%m}"
        if value.month == 1:
            return f"{value:%Y}"
    return value.date().isoformat()
