"""Open a file that a steward hands in, within bounds: CSV, an Excel workbook, or a ZIP of CSVs.

What a file is shows in its bytes, never in its name, and no name in it is used as a path. Nothing
is written to disk, no formula is worked out, and what unpacks to too much is refused unread.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from data.deadline import go_on
from data.packing import goes_too_far, has_twins, is_unusual
from data.read import LONGEST_CELL, decode, separator

MOST_BYTES = 10_000_000
"""Of a file as it is handed in."""
MOST_UNPACKED = 40_000_000
"""Of an archive, and letters in the cells of a workbook, which may repeat one text."""
MOST_PARTS = 200
MOST_LINES = 50_000
"""Lines of a table or a workbook, blank ones counted."""
MOST_COLUMNS = 100
"""Columns of a sheet that are looked at; no table has as many."""
MOST_CELLS = 2_000_000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
"""Parts of a cell's format that are no letters of a date."""


class DraftError(ValueError):
    """A file that cannot be taken; the message says in one sentence why and how to mend it."""


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken: its row as a spreadsheet counts, its column from 0."""

    row: int
    place: int
    value: str
    advice: str


@dataclass(frozen=True)
class Sheet:
    """One table of a file, not yet known by its columns.

    ``name`` is what the file calls it; ``header`` its first row in small letters; ``text`` all of
    it as CSV, with rows where they stand. ``escaped`` tells whether formulas may have been made
    harmless by an apostrophe (``data.harmless``).
    """

    name: str
    header: tuple[str, ...]
    text: str
    escaped: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def open_sheets(name: str, content: bytes) -> tuple[list[Sheet], list[str]]:
    """Open a file.

    Parameters
    ----------
    name
        What the file is called; only ever shown, and used to guess its table.
    content
        Its bytes.

    Returns
    -------
    Its sheets, and the names of the parts that can hold no table. Raises DraftError for what is
    too large, damaged, or none of the three kinds of file.
    """
    name = shown(name)
    if len(content) > MOST_BYTES:
        size = f"{MOST_BYTES // 1_000_000} MB"
        raise DraftError(f"{name} is larger than {size}; hand in one table at a time.")
    if content.startswith(_OLD_EXCEL):
        raise DraftError(f"{name} is an old Excel file or has a password; save it as XLSX.")
    if not content.startswith(_ZIP):
        return [_csv_sheet(name, content)], []
    parts = _unpacked(name, content)
    if "xl/workbook.xml" in parts:
        return _book_sheets(name, content, parts), []
    return _zip_sheets(parts)


def shown(name: str) -> str:
    """Give a file's own name as it may be shown: the last part, printable, short."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    return f"{plain[:57]}..." if len(plain) > 60 else plain or "The file"


def _csv_sheet(name: str, content: bytes) -> Sheet:
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise DraftError(f"{name} is in an unknown encoding; save it as “CSV UTF-8”.") from None
    if "\0" in text:
        raise DraftError(f"{name} is no table; hand in a CSV, XLSX or ZIP file.")
    if not text.strip():
        raise DraftError(f"{name} is empty; it needs at least its header row.")
    comma = separator(text.lstrip())
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise _too_much(name, f"{MOST_LINES:,} lines")
    if text.count(comma) > MOST_CELLS:
        raise _too_much(name, f"{MOST_CELLS:,} cells")
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=comma), [])
    except csv.Error:
        header = []
    return Sheet(name, _names(header), text, escaped=True)


def _names(header: list[str]) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in header)


def _too_much(name: str, bound: str) -> DraftError:
    return DraftError(f"{name} has more than {bound}; delete the blank rows below the table.")


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """Unpack an archive in memory, once what it says of itself is seen to be within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(name, entries)
            return dict(_parts(name, archive, entries))
    except DraftError:
        raise
    except Exception:
        # zipfile lets through what its decoders raise, from BadZipFile to zlib's own error.
        raise DraftError(f"{name} is damaged or has a password; save it anew.") from None


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise DraftError(f"{name} has more than {MOST_PARTS} files; hand in only the tables.")
    if has_twins(entries):
        raise DraftError(f"{name} has two files of one name; pack it anew.")
    if is_unusual(entries):
        raise DraftError(f"{name} is packed in an unusual way; pack it anew as a plain ZIP file.")
    if goes_too_far(entries, MOST_UNPACKED):
        raise _unpacks_too_far(name)


def _parts(
    name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    """Read each part, and stop where more comes out than was said."""
    left = MOST_UNPACKED
    for entry in entries:
        go_on()
        with archive.open(entry) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise _unpacks_too_far(name)
        yield entry.filename, data


def _unpacks_too_far(name: str) -> DraftError:
    return DraftError(f"{name} unpacks to far more than its size; hand in the tables as CSV.")


def _zip_sheets(parts: dict[str, bytes]) -> tuple[list[Sheet], list[str]]:
    sheets, others = [], []
    for path, content in parts.items():
        name = shown(path)
        if path.startswith("__MACOSX/") or name.startswith("."):
            continue
        if name.lower().endswith(".csv"):
            sheets.append(_csv_sheet(name, content))
        else:
            others.append(name)
    return sheets, others


def _book_sheets(name: str, content: bytes, parts: dict[str, bytes]) -> list[Sheet]:
    if any(b"<!DOCTYPE" in data.replace(b"\0", b"") for data in parts.values()):
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
            raise _too_much(self.name, f"{MOST_LINES:,} lines")
        if self.letters < 0:
            raise _unpacks_too_far(self.name)


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
    header = _names(rows[0]) if rows else ()
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
