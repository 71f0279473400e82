"""Open a file that a steward hands in, within bounds: CSV, an Excel workbook, or a ZIP of CSVs.

What a file is shows in its bytes, never in its name, and no name in it is used as a path. Nothing
is written to disk, no formula is worked out, and what unpacks to too much is refused unread.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

from data.deadline import go_on
from data.packing import goes_too_far, has_twins, is_unusual
from data.read import decode, separator
from data.stewards.draft_books import book_sheets
from data.stewards.draft_sheets import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_LINES,
    MOST_PARTS,
    MOST_UNPACKED,
    DraftError,
    Sheet,
    header_names,
    shown,
    too_much,
    unpacks_too_far,
)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


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
        return book_sheets(name, content, parts), []
    return _zip_sheets(parts)


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
        raise too_much(name, f"{MOST_LINES:,} lines")
    if text.count(comma) > MOST_CELLS:
        raise too_much(name, f"{MOST_CELLS:,} cells")
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=comma), [])
    except csv.Error:
        header = []
    return Sheet(name, header_names(header), text, escaped=True)


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
        raise unpacks_too_far(name)


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
            raise unpacks_too_far(name)
        yield entry.filename, data


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
