"""Text that no spreadsheet runs: cells that look like a formula get an apostrophe in front.

A spreadsheet that opens a CSV file runs a cell that begins with ``=``, ``+``, ``-`` or ``@``, also
after blanks, and some split cells at a tab or carriage return. The usual remedy, which OWASP also
names, is an apostrophe before such a cell: it is then shown as text. Plain numbers, as ``-5.2``,
stay as they are. ``undo`` takes off what ``harmless`` put on, and nothing else.
"""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

MARK = "'"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# The last four signs are the wide forms, which East Asian settings take for the plain ones.
_FORMULA = re.compile("[\t\r]|[\\s\ufeff\u200b]*[=+\\-@\uff1d\uff0b\uff0d\uff20]")


def harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run.

    Text that already has apostrophes before a formula gets one more, so that ``undo`` gives every
    text back as it was. So this is to be used once on a cell.
    """
    return f"{MARK}{text}" if looks_run(text) else text


def undo(text: str) -> str:
    """Give the text to which ``harmless`` was applied."""
    return text.removeprefix(MARK) if looks_run(text) else text


def looks_run(text: str) -> bool:
    """Tell whether text, less any apostrophes before it, would be run as a formula."""
    bare = text.lstrip(MARK)
    return _FORMULA.match(bare) is not None and _NUMBER.fullmatch(bare) is None


def csv_text(frame: pd.DataFrame) -> str:
    """Write a table of text as CSV, with its cells made harmless."""
    return str(frame.map(harmless).to_csv(index=False, lineterminator="\n"))


def harmless_csv(text: str) -> str:
    """Make the cells of CSV text harmless; the rest of it stays as ``table_text`` writes it."""
    made = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(made, lineterminator="\n").writerows(map(harmless, row) for row in rows)
    return made.getvalue()
