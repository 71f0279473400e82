"""The tables of an edition as text, and back: also of an edition older than this version.

A database outlives the version of the atlas that wrote it. The rule for an older edition: a
table that it lacks is shown as shipped, with the sources that it names; a column that it lacks
is blank, which means not known. Both are told. An edition of a newer version is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.facts import Facts, FactsError, facts_from, table_text
from data.read import Problem, read_table, read_text, row_numbers
from data.schema import TABLES, table_columns

Columns = dict[str, str]


@dataclass(frozen=True)
class Reading:
    """An edition as read: its facts, and a sentence on each thing that it lacked."""

    facts: Facts
    notes: tuple[str, ...] = ()


def texts_of(facts: Facts) -> dict[str, str]:
    """Give every table of an edition as CSV text, by name."""
    return {name: table_text(frame) for name, frame in facts.tables.items()}


def read_texts(texts: Mapping[str, str], shipped: Path = TABLES) -> Reading:
    """Read and check tables as text; raises FactsError, which lists every problem."""
    known = table_columns()
    advice = "This version of the atlas has no such table; update it."
    unread = [Problem(name, 0, "", "", advice) for name in texts if name not in known]
    if unread:
        raise FactsError(unread)
    tables: dict[str, pd.DataFrame] = {}
    notes: list[str] = []
    for name, columns in known.items():
        if name not in texts:
            tables[name], found = read_table(shipped / f"{name}.csv", columns)
            notes.append(f"This edition is older than the table “{name}”, shown as shipped.")
        else:
            text, lacking = _widened(texts[name], columns)
            tables[name], found = read_text(name, text, columns)
            notes += [
                f"This edition is older than the column “{column}” of “{name}”, left blank."
                for column in lacking
            ]
        unread += found
    lent = [name for name in known if name not in texts]
    if lent and not unread:
        tables["sources"] = _with_sources(tables, lent, shipped)
    return Reading(facts_from(tables, unread), tuple(notes))


def _widened(text: str, columns: Columns) -> tuple[str, list[str]]:
    """Give a table's text with a blank column for each that it lacks, and the names of these."""
    header = next(csv.reader(io.StringIO(text)), [])
    lacking = [name for name in columns if name not in header]
    if not (header and lacking):
        return text, []
    rows = list(csv.reader(io.StringIO(text, newline="")))
    blank = [[*lacking], *([""] * len(lacking) for _ in rows[1:])]
    wide = io.StringIO()
    writer = csv.writer(wide, lineterminator="\n")
    writer.writerows([*row, *more] for row, more in zip(rows, blank, strict=True))
    return wide.getvalue(), lacking


def _with_sources(tables: dict[str, pd.DataFrame], lent: list[str], shipped: Path) -> pd.DataFrame:
    """Give the sources with those that the tables lent by the shipped ones name."""
    sources = tables["sources"]
    cells = [cell for name in lent for cell in tables[name].get("sources", [])]
    named = {source for cell in cells for source in cell.split("; ")} - set(sources["id"])
    own, _ = read_table(shipped / "sources.csv", table_columns()["sources"])
    whole = pd.concat([sources, own[own["id"].isin(named)]])
    return whole.set_axis(row_numbers(len(whole)))
