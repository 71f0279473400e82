"""What each table must look like, built from the dictionary in ``data/tables/dictionary.csv``.

The dictionary is the one place that names columns, kinds and allowed words; the loader, the
tests and the data page all read it. A new column is a new row there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from data.dates import DateError, read_span
from data.read import Problem

TABLES = Path(__file__).parent / "tables"

_FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")


@lru_cache(maxsize=1)
def dictionary() -> pd.DataFrame:
    """Give the dictionary, one row a column of a table; its header names what it tells."""
    return pd.read_csv(TABLES / "dictionary.csv", dtype=str, keep_default_na=False)


def table_columns() -> dict[str, dict[str, str]]:
    """Give for each table its columns, in order, each with its kind."""
    return {
        str(table): dict(zip(rows["column"], rows["kind"], strict=True))
        for table, rows in dictionary().groupby("table", sort=False)
    }


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _is_span(text: str) -> bool:
    try:
        read_span(text)
    except DateError:
        return False
    return True


KINDS: dict[str, tuple[Callable[[str], bool], str]] = {
    "fips": (
        lambda t: re.fullmatch(r"\d{5}", t) is not None,
        "A FIPS code has five digits, as in 37051. Format the column as text.",
    ),
    "edtf": (
        _is_span,
        "This is not a date. Write a day as 2019-08-31, a month as 2019-08, a year as 2019, "
        "“by that day” as [..2019-08-31] or “some day within” as [2019-07..2019-09].",
    ),
    "number": (_is_number, "Write a plain number, as in 28000 or 4.5, with no comma or unit."),
    "integer": (
        lambda t: re.fullmatch(r"-?\d+", t) is not None,
        "Write a whole number, as in 28000, with no comma or unit.",
    ),
    "url": (
        lambda t: re.fullmatch(r"https?://[^\s<>\"]+", t) is not None,
        "Write a full web address that begins with http:// or https://.",
    ),
    "sources": (
        lambda t: re.fullmatch(r"[\w.-]+(; [\w.-]+)*", t) is not None,
        "Write source ids from sources.csv, separated by a semicolon and a space.",
    ),
    "text": (
        lambda t: not _FORMULA.match(t),
        "Text must not begin like a spreadsheet formula (= + - @). Begin with a word.",
    ),
    "word": (lambda t: True, ""),
}
"""For each kind of column: the test that a filled cell must pass, and the advice when it fails."""


@lru_cache(maxsize=1)
def schemas() -> dict[str, pa.DataFrameSchema]:
    """Build the pandera schema of every table from the dictionary."""
    return {
        str(table): pa.DataFrameSchema(
            {row.column: _column(row) for row in rows.itertuples()}, strict=True
        )
        for table, rows in dictionary().groupby("table", sort=False)
    }


def _column(row: Any) -> pa.Column:
    checks = []
    if row.required == "yes":
        checks.append(pa.Check(lambda s: s != "", error="This must not be blank."))
    test, advice = KINDS[row.kind]
    if row.kind == "word":
        allowed = row.allowed.split("|")
        advice = f"Unknown word. Use one of: {', '.join(allowed)}."
        checks.append(pa.Check(lambda s: (s == "") | s.isin(allowed), error=advice))
    else:
        checks.append(pa.Check(lambda s: s.map(lambda t: t == "" or test(t)), error=advice))
    return pa.Column(str, checks, description=row.meaning)


def shape_problems(table: str, frame: pd.DataFrame) -> list[Problem]:
    """Check every cell of one table (text, indexed by spreadsheet row) against its schema."""
    try:
        schemas()[table].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return [
            Problem(table, int(case.index), case.column, str(case.failure_case), case.check)
            for case in errors.failure_cases.itertuples(index=False)
        ]
    return []
