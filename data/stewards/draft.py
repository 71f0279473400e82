"""A steward's edit before it is published: read from a file, checked, and told cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from data.dates import today
from data.deadline import go_on, time_limit
from data.editions.matching import Tables, columns_of, match_rows, rows_of, tables_of
from data.facts import Facts, FactsError, facts_from
from data.harmless import undo
from data.read import Problem, read_text
from data.schema import KINDS, NUMBERS, filled_columns, table_columns
from data.stewards.draft_files import open_sheets
from data.stewards.draft_sheets import DraftError, Sheet, shown
from data.words import listed

MOST_ROWS = 20_000
"""Rows of a table."""
MOST_SECONDS = 20.0
"""For reading and checking a file; some take minutes, as one of which every cell is a bad date."""
LIKE_A_TABLE = 0.6
"""Share of columns, of those of either, that a header must have in common with a table's."""


@dataclass(frozen=True, eq=False)
class Draft:
    """What a file holds: its tables as text, by name, and what is to be said of them.

    ``tables`` has only what could be read; ``facts`` is the edition that they make together with
    the other tables of the present one, and None while there is any problem.
    """

    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    notes: list[str]
    facts: Facts | None


@contextmanager
def checking_time(name: str) -> Iterator[None]:
    """Give reading and checking a file MOST_SECONDS; raises DraftError once they are over."""
    words = f"{shown(name)} takes longer than {MOST_SECONDS:.0f} seconds to check"
    with time_limit(MOST_SECONDS, DraftError(f"{words}; hand in one table with fewer rows.")):
        yield


def read_draft(name: str, content: bytes, facts: Facts) -> Draft:
    """Read a file that a steward hands in, and check it together with the present edition.

    Parameters
    ----------
    name
        What the file is called; only ever shown, and used to guess the table.
    content
        Its bytes: one CSV, a workbook with a sheet a table, or a ZIP of CSVs.
    facts
        The present edition, whose tables stand in for those that are not in the file.

    Raises DraftError (``data.stewards.draft_sheets``), with one sentence, for a file that cannot
    be taken as a whole: too large, damaged, of another kind, with no table, or too slow to check.
    All else is told in the draft.
    """
    with checking_time(name):
        return _read_draft(name, content, facts)


def _read_draft(name: str, content: bytes, facts: Facts) -> Draft:
    sheets, others = open_sheets(name, content)
    homes, notes = _homes(sheets)
    if not homes:
        raise DraftError(_no_table(sheets))
    if unread := [*(sheet.name for sheet in sheets if sheet not in homes.values()), *others]:
        notes.append(f"Not read, as it is no table: {listed(unread)}.")
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for table, sheet in homes.items():
        frame, found = _read(table, sheet)
        problems += found
        notes += [f"Sheet {sheet.name}: {note}." for note in sheet.notes]
        if frame is not None:
            tables[table] = _numbers_as_held(table, frame, tables_of(facts)[table])
    made, wrong = check_draft(tables, facts)
    told = {(p.table, p.row, p.column) for p in problems}
    problems += [p for p in wrong if (p.table, p.row, p.column) not in told]
    return Draft(tables, problems, notes, None if problems else made)


def check_draft(tables: Tables, facts: Facts) -> tuple[Facts | None, list[Problem]]:
    """Check tables together with the present edition's others: the new edition, or its problems.

    A check of more than MOST_SECONDS is a problem too, the only one that is told.
    """
    advice = f"The check takes longer than {MOST_SECONDS:.0f} seconds; keep fewer rows."
    slow = [Problem(next(iter(tables), ""), 0, "", "", advice)]
    try:
        with time_limit(MOST_SECONDS, FactsError(slow)):
            return facts_from(combined(tables, facts), day=today()), []
    except FactsError as error:
        return None, error.problems


def combined(tables: Tables, facts: Facts) -> dict[str, pd.DataFrame]:
    """Give the present edition's tables with those of a draft in their place."""
    return tables_of(facts) | dict(tables)


def _homes(sheets: list[Sheet]) -> tuple[dict[str, Sheet], list[str]]:
    """Find which table each sheet holds; what holds none is left out."""
    homes: dict[str, Sheet] = {}
    notes = []
    for sheet in sheets:
        table = table_for(sheet.name, sheet.header)
        if table is None:
            continue
        if table in homes:
            names = f"{homes[table].name} and {sheet.name}"
            raise DraftError(f"{names} both hold the table {table}; keep one of them.")
        homes[table] = sheet
        if _stem(sheet.name) != table:
            notes.append(f"{sheet.name} was read as the table {table}, by its header.")
    return homes, notes


def table_for(name: str, header: tuple[str, ...]) -> str | None:
    """Tell which table a sheet holds.

    The header decides where it is just that of one table; else the name, where it is that of a
    table; else the table with the likest header. None where that is not like enough.
    """
    found = set(header) - {""}
    likeness = {
        table: len(found & set(columns)) / len(found | set(columns))
        for table, columns in table_columns().items()
    }
    stem = _stem(name)
    best = max(likeness, key=lambda table: (likeness[table], table == stem))
    if likeness[best] == 1:
        return best
    if stem in likeness:
        return stem
    return best if likeness[best] >= LIKE_A_TABLE else None


def _stem(name: str) -> str:
    return name.lower().removesuffix(".csv")


def _no_table(sheets: list[Sheet]) -> str:
    tables = listed(sorted(table_columns()), 20)
    if len(sheets) == 1:
        return f"{sheets[0].name} has the header of no table; it must be that of {tables}."
    return f"The file holds no table; name each sheet or CSV file after its table: {tables}."


def _read(table: str, sheet: Sheet) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read the rows of a sheet; no table where a problem kept them from being read at all."""
    frame, problems = read_text(table, sheet.text, columns_of(table), filled_columns(table))
    if problems:
        return None, problems
    if len(frame) > MOST_ROWS:
        advice = f"The table has {len(frame):,} rows; at most {MOST_ROWS:,} are taken."
        return None, [Problem(table, 0, "", "", advice)]
    faults = [
        Problem(table, fault.row, _column(sheet, fault.place), fault.value, fault.advice)
        for fault in sheet.faults
    ]
    return (frame.map(undo) if sheet.escaped else frame), faults


def _column(sheet: Sheet, place: int) -> str:
    return sheet.header[place] if place < len(sheet.header) else ""


def _numbers_as_held(table: str, frame: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Undo what a spreadsheet does to the writing of a number, as in ``2526`` for ``2526.0``."""
    kinds = columns_of(table).values()
    places = [place for place, kind in enumerate(kinds) if kind in NUMBERS]
    old, new = rows_of(held), rows_of(frame)
    mended = [list(row) for row in new]
    for i, j in match_rows(table, old, new).items() if places else ():
        go_on()
        for place in places:
            if _same_number(old[i][place], new[j][place]):
                mended[j][place] = old[i][place]
    return pd.DataFrame(mended, columns=frame.columns, index=frame.index, dtype=str)


def _same_number(one: str, other: str) -> bool:
    test, _ = KINDS["number"]
    return one != other and test(one) and test(other) and Decimal(one) == Decimal(other)
