"""A steward's edit before it is published: read from a file, checked, and told cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from data.dates import EVER, NEVER, DateError, edtf_words, normal_edtf, read_span, span_words
from data.deadline import go_on, time_limit
from data.editions.changes import county_names
from data.editions.matching import Tables, columns_of, match_rows, rows_of, tables_of
from data.facts import Facts, FactsError, facts_from
from data.harmless import undo
from data.partnership_checks import LEAD, STATE
from data.read import Problem, read_text
from data.schema import KINDS, dictionary, table_columns
from data.words import listed

if TYPE_CHECKING:
    from data.stewards.draft_files import Sheet

MOST_ROWS = 20_000
"""Rows of a table."""
MOST_SECONDS = 20.0
"""For reading and checking a file; some take minutes, as one of which every cell is a bad date."""
LIKE_A_TABLE = 0.6
"""Share of columns, of those of either, that a header must have in common with a table's."""
HOMES = {"service": "services", "intercept": "intercepts", "sources": "sources"}
"""Columns whose cells name rows of another table, and that table."""
NUMBERS = ("number", "integer")
PERIODS = ("period",)
"""Date columns that hold a period, not a day."""


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
def reading_time(name: str) -> Iterator[None]:
    """Give reading and checking a file MOST_SECONDS; raises DraftError once they are over."""
    from data.stewards.draft_files import DraftError, shown

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

    Raises DraftError (``data.stewards.draft_files``), with one sentence, for a file that cannot
    be taken as a whole: too large, damaged, of another kind, with no table, or too slow to check.
    All else is told in the draft.
    """
    with reading_time(name):
        return _read_draft(name, content, facts)


def _read_draft(name: str, content: bytes, facts: Facts) -> Draft:
    from data.stewards.draft_files import DraftError, open_sheets

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
            return facts_from(combined(tables, facts)), []
    except FactsError as error:
        return None, error.problems


def combined(tables: Tables, facts: Facts) -> dict[str, pd.DataFrame]:
    """Give the present edition's tables with those of a draft in their place."""
    return tables_of(facts) | dict(tables)


def _homes(sheets: list[Sheet]) -> tuple[dict[str, Sheet], list[str]]:
    """Find which table each sheet holds; what holds none is left out."""
    from data.stewards.draft_files import DraftError

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
    frame, problems = read_text(table, sheet.text, columns_of(table))
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


def normal_cell(table: str, column: str, text: str) -> str:
    """Give a typed cell as it is held: trimmed, and a date of a US spreadsheet as EDTF.

    What is no date stays as it was typed.
    """
    trimmed = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if columns_of(table).get(column) != "edtf":
        return trimmed
    try:
        return normal_edtf(trimmed)
    except DateError:
        return trimmed


def cell_problem(table: str, column: str, text: str, edition: Facts | Tables) -> str | None:
    """Tell what is wrong with a cell as it is typed; None where nothing is.

    Parameters
    ----------
    table, column
        The cell's place in the dictionary.
    text
        What was typed.
    edition
        The tables to which a county, a source or another key must belong.

    What a row or a table must hold as a whole is not looked at: see ``check_draft``.
    """
    told = dictionary()
    rows = told[(told["table"] == table) & (told["column"] == column)]
    if rows.empty:
        return f"The table {table} has no column {column}."
    row = rows.iloc[0]
    cell = normal_cell(table, column, text)
    if not cell:
        return "This must not be blank." if row["required"] == "yes" else None
    if row["kind"] == "edtf":
        return _date_problem(cell)
    if row["kind"] == "word":
        allowed = row["allowed"].split("|")
        return None if cell in allowed else f"Unknown word. Use one of: {', '.join(allowed)}."
    test, advice = KINDS[row["kind"]]
    return _unknown(table, column, cell, tables_of(edition)) if test(cell) else str(advice)


def _date_problem(cell: str) -> str | None:
    try:
        read_span(cell)
    except DateError as error:
        return str(error)
    return None


def _unknown(table: str, column: str, cell: str, tables: dict[str, pd.DataFrame]) -> str | None:
    """Tell which key of a cell its home table does not have."""
    names = county_names(tables)
    if column == "fips" and table != "counties":
        return None if cell in names else "No county of the table “counties” has this FIPS code."
    if column == "county" and table != "counties":
        known = cell == STATE or cell in names.values()
        return None if known else "No county of the table “counties” has this name."
    home = HOMES.get(column)
    if home is None or home == table:
        return None
    known_keys = set(tables[home].iloc[:, 0]) | ({LEAD} if column == "service" else set())
    for key in cell.split("; "):
        if key not in known_keys:
            return f"The table “{home}” has no “{key}”. Add it there, or mend it here."
    return None


def cell_meaning(table: str, column: str, text: str) -> str:
    """Say what a typed date means: ``some day in August 2023``; blank where there is no date."""
    cell = normal_cell(table, column, text)
    if columns_of(table).get(column) != "edtf" or _date_problem(cell or "2000"):
        return ""
    return edtf_words(cell) if column in PERIODS else day_meaning(cell)


def day_meaning(text: str) -> str:
    """Say which days an EDTF text leaves open for one event.

    >>> day_meaning("2023-08"), day_meaning("[..2019-02-22]")
    ('some day in August 2023', 'on or before 22 February 2019')

    Raises DateError for text that is no date; blank text is ``not known``.
    """
    if not text:
        return "not known"
    span = read_span(text)
    words = span_words(span)
    if span.exact or (span.earliest, span.latest) == (EVER, NEVER):
        return words
    if span.earliest == EVER:
        return words.replace("by ", "on or before ", 1)
    if span.latest == NEVER:
        return words.replace("not before ", "on or after ", 1)
    return f"some day {words}" if words.startswith("between ") else f"some day in {words}"
