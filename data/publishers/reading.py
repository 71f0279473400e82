"""Open a file as one table of text, whatever its form, within limits that hostile files meet too.

Nothing is read whole: the rows come one by one, and who reads them keeps what is needed.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from data.deadline import go_on, time_limit
from data.publishers.grid import Row, Table, table_of
from data.read import csv_rows
from data.series import SeriesError
from data.series.files import clean_name

MAX_BYTES = 300_000_000
"""Of a CSV or Parquet file."""
MAX_XLSX_BYTES = 50_000_000
MOST_SECONDS = 50.0
"""For reading a file that was sent; a proxy waits for an answer no longer than a minute."""
MAX_LINE = 1_000_000
"""Characters of one line of a CSV file."""
SAMPLE = 65_536
SPREADSHEET, PARQUET, TEXT = "spreadsheet", "Parquet", "text"
_KINDS = {b"PK\x03\x04": SPREADSHEET, b"PK\x05\x06": SPREADSHEET, b"PAR1": PARQUET}
_OTHER = {
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls) or one with a password; save it as .xlsx",
    b"\x1f\x8b": "is compressed with gzip; unpack it and load the file inside",
    b"BZh": "is compressed with bzip2; unpack it and load the file inside",
    b"\xfd7zX": "is compressed with xz; unpack it and load the file inside",
    b"7z\xbc\xaf": "is a 7-Zip archive; unpack it and load the file inside",
    b"%PDF": "is a PDF; load the publisher's CSV or Excel file instead",
}


@contextmanager
def reading_time(name: str) -> Iterator[None]:
    """Give reading a file that was sent MOST_SECONDS; raises SeriesError once they are over."""
    words = f"{clean_name(name)} takes longer than {MOST_SECONDS:.0f} seconds to read"
    advice = "keep the rows of North Carolina only, or load it with the command line."
    with time_limit(MOST_SECONDS, SeriesError(f"{words}; {advice}")):
        yield


def checksum(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kind_of(path: Path, name: str) -> str:
    """Tell by its first bytes what a file is: SPREADSHEET, PARQUET or TEXT.

    Raises SeriesError for a file that is missing, empty, too large or of another kind.
    """
    if not path.is_file():
        raise SeriesError(f"{name} is not there; give the path of a file.")
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(8)
    if not size:
        raise SeriesError(f"{name} is empty; load a file with a header row and rows below it.")
    for mark, advice in _OTHER.items():
        if start.startswith(mark):
            raise SeriesError(f"{name} {advice}.")
    kind = _KINDS.get(start[:4], TEXT)
    if kind == TEXT and Path(name).suffix.lower() in (".xlsx", ".xlsm", ".parquet"):
        suffix = Path(name).suffix.lower()
        raise SeriesError(f"{name} is no {suffix} file, whatever its name says; get it again.")
    most = MAX_XLSX_BYTES if kind == SPREADSHEET else MAX_BYTES
    if size > most:
        raise SeriesError(
            f"{name} has {size / 1e6:,.0f} MB, and at most {most / 1e6:,.0f} MB are read; "
            "keep the rows of North Carolina only, and load it again."
        )
    return kind


@contextmanager
def open_table(path: Path, name: str) -> Iterator[Table]:
    """Open a file as a table of text.

    Parameters
    ----------
    path
        The file: CSV, TSV or other separated text (UTF-8, UTF-16 with mark, cp1252; comma,
        semicolon or tab), XLSX or Parquet.
    name
        What to call it in errors.

    Raises
    ------
    SeriesError
        Here or while the rows are read, for whatever cannot be read whole.
    """
    kind = kind_of(path, name)
    if kind == SPREADSHEET:
        from data.publishers.spreadsheet import open_sheet

        with open_sheet(path, name) as table:
            yield table
    elif kind == PARQUET:
        from data.publishers.columnar import parquet_rows

        with parquet_rows(path, name) as rows:
            yield table_of(path, name, rows)
    else:
        with path.open(encoding=encoding_of(path), errors=_FALLBACK, newline="") as file:
            yield table_of(path, name, text_rows(file, name))


def text_rows(file: TextIO, name: str) -> Iterator[Row]:
    """Give the rows of separated text, numbered from 1.

    Raises SeriesError for bytes that are no text, a line without end, an open quote, or a last
    row that breaks off.
    """
    lines = _lines(file, name)
    try:
        head = [line for _, line in zip(range(50), lines, strict=False)]
        separator = separator_of(head)
        width, number = 0, 0
        ended = [True]
        for cells in csv_rows(_noting(head, lines, ended), separator):
            number += 1
            if not ended[0] and 1 < len(cells) < width:
                raise SeriesError(
                    f"{name} breaks off in row {number}; it was not copied whole, so get it again."
                )
            width = max(width, len(cells))
            yield number, cells
    except UnicodeError:
        raise SeriesError(f"{name} is in an unknown encoding; save it as “CSV UTF-8”.") from None
    except csv.Error:
        raise SeriesError(
            f"{name}, after row {number}: a double quote is not closed, or a cell is too long; "
            "mend the quotes."
        ) from None


def _noting(head: list[str], lines: Iterator[str], ended: list[bool]) -> Iterator[str]:
    """Pass lines on and note whether the newest has an end."""
    for source in (head, lines):
        for line in source:
            ended[0] = line[-1] in "\r\n"
            yield line


def _lines(text: TextIO, name: str) -> Iterator[str]:
    while line := text.readline(MAX_LINE + 1):
        go_on()
        if "\0" in line:
            raise SeriesError(f"{name} is not a text file; save the table as “CSV UTF-8”.")
        if len(line) > MAX_LINE:
            raise SeriesError(
                f"{name} has a line of more than {MAX_LINE:,} characters; this is no table."
            )
        yield line


def encoding_of(path: Path) -> str:
    """Tell UTF-16 by its mark from UTF-8, with or without one."""
    with path.open("rb") as file:
        mark = file.read(2)
    return "utf-16" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as a Windows program wrote them."""
    if not isinstance(error, UnicodeDecodeError) or not error.encoding.startswith("utf-8"):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


_FALLBACK = "cp1252-where-no-utf-8"
codecs.register_error(_FALLBACK, _as_cp1252)


def separator_of(lines: list[str]) -> str:
    """Give the separator (comma, semicolon or tab) that stands most often in most lines."""
    # Text in quotes may hold commas, which separate nothing.
    plain = [re.sub('"[^"]*"', "", line) for line in lines]
    return max(",;\t", key=lambda mark: sum(min(line.count(mark), 1000) for line in plain))
