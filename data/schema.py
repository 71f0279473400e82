"""What each table must look like, built from the dictionary in ``data/tables/dictionary.csv``.

The dictionary is the one place that names columns, kinds and allowed words; the loader, the
tests and the data page all read it. A new column is a new row there. REGISTRY is the one place that
tells what the rows of a table are; a new table is a new entry there. ``data/downloads.csv`` tells
the same of the files that are made when they are asked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import IO, Any, NamedTuple

import pandas as pd
import pandera.pandas as pa

from data.dates import ADVICE, DateError, read_span
from data.harmless import looks_run
from data.read import FIRST_ROW, Problem

TABLES = Path(__file__).parent / "tables"


class Entry(NamedTuple):
    """What the rows of a table are.

    ``row`` ends a sentence that begins with “a row is”; ``one`` and ``many`` are what differences
    between editions call it. ``key`` has the columns that name a row; ``shared`` tells that two
    rows may have one key. ``said`` has the columns of our own words, no facts of a source, which
    are said in other languages too. ``past`` has the dates of what has happened, so that none can
    lie after the day on which it is written. ``named_in`` is the column in which a row of another
    table names a row of this one, ``listed_in`` the one in which it lists several, with ``; ``
    between; counties are named by every column of the kind ``fips``.
    """

    row: str
    one: str
    many: str
    key: tuple[str, ...]
    shared: bool = False
    said: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    named_in: str = ""
    listed_in: str = ""


REGISTRY = {
    "sources": Entry(
        "a place where a fact was read", "source", "sources", ("id",), listed_in="sources"
    ),
    "counties": Entry("a county", "county", "counties", ("fips",)),
    "population": Entry(
        "a county's residents in a year",
        "count of residents",
        "counts of residents",
        ("fips", "year"),
    ),
    "adoption": Entry(
        "a program of one agency, LEAD or a scheme that is not counted",
        "program",
        "programs",
        ("fips", "agency"),
        past=("planned", "last_confirmed"),
    ),
    "outcomes": Entry(
        "a published result, with its comparison group, number of people and grade",
        "result",
        "results",
        ("site", "population", "measure", "period_before", "period_after", "unit"),
        shared=True,
    ),
    "claims": Entry(
        "a thing said of LEAD, on which published results bear",
        "claim",
        "claims",
        ("id",),
        said=("claim",),
        listed_in="bears_on",
    ),
    "reach": Entry(
        "a dated count of people reached",
        "count of people reached",
        "counts of people reached",
        ("site", "fips", "measure", "kind", "period", "unit"),
        shared=True,
    ),
    "milestones": Entry(
        "a law, plan, grant, court change or shock",
        "milestone",
        "milestones",
        ("title", "fips"),
        shared=True,
    ),
    "context": Entry(
        "a cited figure on criminal justice involvement or overdose",
        "context figure",
        "context figures",
        ("series", "fips", "place", "period"),
        shared=True,
        past=("period",),
    ),
    "services": Entry(
        "a service beside LEAD: its name and what it is",
        "service",
        "services",
        ("service",),
        said=("name", "phrase", "plain"),
        named_in="service",
    ),
    "partnerships": Entry(
        "a service in a county, or a statement on the whole state, as a source saw it",
        "partnership",
        "partnerships",
        ("fips", "service", "provider"),
        past=("last_confirmed",),
    ),
    "intercepts": Entry(
        "a stage of the Sequential Intercept Model",
        "intercept",
        "intercepts",
        ("intercept",),
        said=("name", "what"),
        named_in="intercept",
    ),
    "readiness": Entry(
        "a question that a county can answer with yes or no, and its first step",
        "readiness question",
        "readiness questions",
        ("id",),
        said=("question", "yes_means", "no_means", "first_step", "who_to_ask"),
    ),
}
"""Every table of the dictionary, in its order."""
LISTED = {entry.listed_in: table for table, entry in REGISTRY.items() if entry.listed_in}
"""Columns whose cells list rows of another table, and that table."""
HOMES = {entry.named_in: table for table, entry in REGISTRY.items() if entry.named_in} | LISTED
"""Columns whose cells name one row of another table, or list several, and that table."""
LEAD = "lead"
"""The one service that has a table of its own, ``adoption``, and none in ``services``."""


def unknown_keys(table: str, column: str, cell: str, known: Container[str]) -> list[str]:
    """Give the keys in a cell of one of HOMES that are none of those known.

    LEAD may be asked about as the other services are.
    """
    own = (LEAD,) if (table, column) == ("readiness", "service") else ()
    return [key for key in cell.split("; ") if key and key not in known and key not in own]


def known_keys(tables: Mapping[str, pd.DataFrame], home: str) -> set[str]:
    """Give the keys by which the rows of a table are named in others."""
    return set(tables[home][REGISTRY[home].key[0]])


def said_in_table(file: IO[bytes], *_: Any, **__: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Find the texts of a table, as Babel asks of an extractor: line, function, text, comments."""
    name = Path(file.name).stem
    columns = REGISTRY[name].said if name in REGISTRY else ()  # the dictionary itself has none
    rows = csv.DictReader(StringIO(file.read().decode("utf-8"), newline=""))
    for line, row in enumerate(rows, FIRST_ROW):
        yield from ((line, "say", row[column], []) for column in columns if row[column])


@lru_cache(maxsize=1)
def dictionary() -> pd.DataFrame:
    """Give the dictionary, one row a column of a table; its header names what it tells."""
    return pd.read_csv(TABLES / "dictionary.csv", dtype=str, keep_default_na=False)


@lru_cache(maxsize=1)
def downloads() -> pd.DataFrame:
    """Give the dictionary's rows of the files that are made when asked for, by the file's name."""
    return pd.read_csv(TABLES.parent / "downloads.csv", dtype=str, keep_default_na=False)


@lru_cache(maxsize=1)
def whole_dictionary() -> pd.DataFrame:
    """Give the dictionary as it is handed out: of all tables, and of the files made of them."""
    return pd.concat([dictionary(), downloads()], ignore_index=True)


@lru_cache(maxsize=1)
def table_columns() -> dict[str, dict[str, str]]:
    """Give for each table its columns, in order, each with its kind."""
    return {
        str(table): dict(zip(rows["column"], rows["kind"], strict=True))
        for table, rows in dictionary().groupby("table", sort=False)
    }


@lru_cache
def filled_columns(table: str) -> frozenset[str]:
    """Give the columns of a table in which no cell may be blank."""
    rows = dictionary()
    return frozenset(rows.loc[(rows["table"] == table) & (rows["required"] == "yes"), "column"])


@lru_cache
def primary_key(table: str) -> tuple[str, ...]:
    """Give the columns that alone tell the rows of a table apart.

    None where rows may share a key, or where a cell of it may be blank.
    """
    key = REGISTRY[table].key
    return () if REGISTRY[table].shared or set(key) - filled_columns(table) else key


def plain_key(cells: Iterable[str]) -> tuple[str, ...]:
    """Give a row's key without what people do not see as a difference: capitals and blanks."""
    return tuple(" ".join(cell.lower().split()) for cell in cells)


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
        f"This is not a date. {ADVICE}",
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
        lambda t: not looks_run(t),
        "Text must not begin like a spreadsheet formula (= + - @). Begin with a word.",
    ),
    "word": (lambda t: True, ""),
}
"""For each kind of column: the test that a filled cell must pass, and the advice when it fails."""
NUMBERS = ("number", "integer")
"""The kinds whose cells are numbers."""
BLANK = "This must not be blank."
"""The advice for a blank cell of a column that is required."""


def cell_test(kind: str, allowed: str) -> tuple[Callable[[str], bool], str]:
    """Give the test that a filled cell of a column must pass, and the advice when it fails."""
    if kind != "word":
        return KINDS[kind]
    words = allowed.split("|")
    return words.__contains__, f"Unknown word. Use one of: {', '.join(words)}."


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
    test, advice = cell_test(row.kind, row.allowed)
    checks = [pa.Check(lambda s: s.map(lambda t: t == "" or test(t)), error=advice)]
    if row.required == "yes":
        checks.insert(0, pa.Check(lambda s: s != "", error=BLANK))
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
