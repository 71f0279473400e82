"""What a file of a steward holds before its tables are known, and the bounds it must keep to."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.console import shortened

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


def shown(name: str) -> str:
    """Give a file's own name as it may be shown: the last part, printable, short."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return shortened(last, 60) or "The file"


def header_names(header: list[str]) -> tuple[str, ...]:
    """Give the names of a header as they are compared: trimmed, in small letters."""
    return tuple(name.strip().lower() for name in header)


def too_much(name: str, bound: str) -> DraftError:
    """Give the refusal of a table that has more than a bound."""
    return DraftError(f"{name} has more than {bound}; delete the blank rows below the table.")


def unpacks_too_far(name: str) -> DraftError:
    """Give the refusal of a file that is made to fill the memory."""
    return DraftError(f"{name} unpacks to far more than its size; hand in the tables as CSV.")
