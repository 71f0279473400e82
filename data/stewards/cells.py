"""A cell as a steward types it: how it is held, what is wrong with it, and what it means."""

from __future__ import annotations

import pandas as pd

from data.dates import EVER, NEVER, DateError, edtf_words, read_span, span_words
from data.editions.changes import county_names
from data.editions.matching import Tables, columns_of, tables_of
from data.facts import Facts
from data.partnership_checks import STATE
from data.read import plain_breaks, plain_date
from data.schema import BLANK, HOMES, cell_test, dictionary, known_keys, unknown_keys

PERIODS = ("period",)
"""Date columns that hold a period, not a day."""


def normal_cell(table: str, column: str, text: str) -> str:
    """Give a typed cell as it is held: trimmed, and a date of a US spreadsheet as EDTF.

    What is no date stays as it was typed.
    """
    trimmed = plain_breaks(text).strip()
    return plain_date(trimmed) if columns_of(table).get(column) == "edtf" else trimmed


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
        return BLANK if row["required"] == "yes" else None
    if row["kind"] == "edtf":
        return _date_problem(cell)
    test, advice = cell_test(row["kind"], row["allowed"])
    return _unknown(table, column, cell, tables_of(edition)) if test(cell) else advice


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
    unknown = unknown_keys(table, column, cell, known_keys(tables, home))
    if not unknown:
        return None
    return f"The table “{home}” has no “{unknown[0]}”. Add it there, or mend it here."


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
