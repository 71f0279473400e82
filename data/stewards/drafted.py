"""A draft as it is looked at: its tables, its problems, what changes, the map before and after.

Nothing here keeps anything. The same review is made of a steward's draft and of a table that
anyone hands in to try it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.editions.changes import Change, changes, county_names
from data.editions.matching import Tables, columns_of, tables_of
from data.facts import Facts, table_text
from data.read import LONGEST_CELL, Problem, read_text, row_numbers
from data.schema import filled_columns
from data.status import county_status
from data.stewards.cells import normal_cell
from data.stewards.draft import MOST_ROWS, check_draft, combined

Looks = dict[str, str]
"""Look of each county (``data.words.LOOKS``) by FIPS code, in FIPS order."""


class RowsError(ValueError):
    """Rows that are no table; the message says why in one sentence."""


@dataclass(frozen=True, eq=False)
class Review:
    """What there is to say of a draft against the edition that it was made from.

    ``tables`` names those that differ; ``names`` are the counties by FIPS code. ``after`` is None
    while there is any problem, ``facts`` too.
    """

    tables: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    names: Mapping[str, str]
    before: Looks
    after: Looks | None
    facts: Facts | None

    @property
    def moved(self) -> list[str]:
        """The FIPS codes of the counties whose look changes."""
        after = self.after or self.before
        return [fips for fips in after if after[fips] != self.before.get(fips, "")]


def review(
    tables: Tables,
    base: Facts,
    day: date,
    checked: tuple[Facts | None, Sequence[Problem]] | None = None,
) -> Review:
    """Look a draft over.

    Parameters
    ----------
    tables
        Those that the draft holds, by name.
    base
        The edition that it was made from, whose other tables stay.
    day
        The day of the two maps.
    checked
        The edition that they make or None, and the problems; worked out where this is not given.
    """
    facts, problems = checked or check_draft(tables, base)
    whole = combined(tables, base)
    return Review(
        tables=tuple(draft_texts(tables, base)),
        problems=tuple(problems),
        changes=tuple(changes(base, whole)),
        names=county_names(tables_of(base)) | county_names(whole),
        before=looks_on(base, day),
        after=looks_on(facts, day) if facts and not problems else None,
        facts=None if problems else facts,
    )


def looks_on(facts: Facts, day: date) -> Looks:
    """Give the look of every county on a day, and keep nothing of facts that may be thrown away."""
    status = county_status(facts, day)
    looks = np.where(status["unconfirmed"], "unconfirmed", status["status"])
    return dict(zip(status.index, looks.tolist(), strict=True))


def read_texts_of(texts: Mapping[str, str]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read the tables of a kept draft from their CSV text; what cannot be read is a problem."""
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        frame, found = read_text(name, text, columns_of(name), filled_columns(name))
        problems += found
        if not found:
            tables[name] = frame
    return tables, problems


def draft_texts(tables: Tables, base: Facts) -> dict[str, str]:
    """Give as CSV text the tables of a draft that differ from those of an edition."""
    held = tables_of(base)
    texts = {name: table_text(frame) for name, frame in tables.items()}
    return {name: text for name, text in texts.items() if text != table_text(held[name])}


def rows_frame(table: str, rows: Any) -> pd.DataFrame:
    """Make a table of rows as they were typed, each cell as it is held; blank rows are left out.

    Parameters
    ----------
    table
        Name of the table.
    rows
        n lists of cells, in the order of the table's columns.

    Returns
    -------
    n rows or fewer, numbered by their place among the given ones. Raises RowsError for an unknown
    table, for too many rows, and for what is no list of rows of text.
    """
    columns = list(columns_of(table))
    if not columns:
        raise RowsError(f"There is no table “{table[:40]}”.")
    if not isinstance(rows, list) or not all(_is_row(row, len(columns)) for row in rows):
        raise RowsError("The rows did not arrive whole; send them again.")
    if len(rows) > MOST_ROWS:
        raise RowsError(f"The table has {len(rows):,} rows; at most {MOST_ROWS:,} are taken.")
    held = [[_held(table, *cell) for cell in zip(columns, row, strict=True)] for row in rows]
    frame = pd.DataFrame(held, columns=columns, index=row_numbers(len(rows)), dtype=str)
    return frame[frame.ne("").any(axis="columns")]


def _is_row(row: Any, width: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == width
        and all(isinstance(cell, str) and len(cell) <= LONGEST_CELL for cell in row)
    )


def _held(table: str, column: str, cell: str) -> str:
    # What cannot be written as UTF-8, or ends a text, can come only from a hand-made request.
    plain = cell.replace("\0", "").encode("utf-8", "replace").decode()
    return normal_cell(table, column, plain)


def with_table(
    texts: Mapping[str, str], table: str, frame: pd.DataFrame, base: Facts
) -> dict[str, str]:
    """Give the texts of a draft with one table replaced, or left out where it is as it was."""
    others = {name: text for name, text in texts.items() if name != table}
    return others | draft_texts({table: frame}, base)


def row_problems(problems: Iterable[Problem], table: str) -> list[tuple[int, str, str]]:
    """Give the problems of one table as ``row, column, advice``; row 0 means all of it."""
    return [(p.row, p.column, p.advice) for p in problems if p.table == table]
