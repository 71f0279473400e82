"""Load the tables as one frozen, checked set of facts: an edition."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from data.dates import NEVER, DateError, read_span
from data.partnership_checks import partnership_problems
from data.read import Problem, read_table
from data.schema import (
    HOMES,
    REGISTRY,
    TABLES,
    filled_columns,
    known_keys,
    plain_key,
    shape_problems,
    table_columns,
    unknown_keys,
)


class FactsError(ValueError):
    """The tables have problems; ``problems`` lists every one of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in the tables:"
        self.lines = [count, *map(str, problems)]
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True, eq=False)
class Facts:
    """One edition: every table as text, as held, plus the checksum that names the edition.

    Every table is a frame of text indexed by spreadsheet row; a blank cell means not known.
    """

    counties: pd.DataFrame
    adoption: pd.DataFrame
    sources: pd.DataFrame
    outcomes: pd.DataFrame
    claims: pd.DataFrame
    reach: pd.DataFrame
    milestones: pd.DataFrame
    context: pd.DataFrame
    population: pd.DataFrame
    services: pd.DataFrame
    partnerships: pd.DataFrame
    intercepts: pd.DataFrame
    readiness: pd.DataFrame
    checksum: str

    @property
    def edition(self) -> str:
        """The edition's short name: the first eight digits of its checksum."""
        return self.checksum[:8]

    @cached_property
    def county_names(self) -> dict[str, str]:
        """County name by FIPS code, in FIPS order."""
        ordered = self.counties.sort_values("fips")
        return dict(zip(ordered["fips"], ordered["county"], strict=True))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name, in the dictionary's order."""
        return {name: getattr(self, name) for name in table_columns()}

    @cached_property
    def lead(self) -> pd.DataFrame:
        """The programs that are LEAD: rows of ``adoption``, the only ones that are counted."""
        return self.adoption[self.adoption["is_lead"] == "yes"]

    @cached_property
    def other_schemes(self) -> pd.DataFrame:
        """The rows of ``adoption`` that their sources do not call LEAD."""
        return self.adoption[self.adoption["is_lead"] == "no"]


def load(folder: Path = TABLES, day: date | None = None) -> Facts:
    """Read and check all tables of a folder; ``day`` is as ``facts_from`` has it.

    Raises FactsError, which lists every problem found, when anything is wrong: no half-good
    edition exists.
    """
    tables: dict[str, pd.DataFrame] = {}
    unread: list[Problem] = []
    for name, columns in table_columns().items():
        tables[name], found = read_table(folder / f"{name}.csv", columns, filled_columns(name))
        unread += found
    return facts_from(tables, unread, day)


def facts_from(
    tables: dict[str, pd.DataFrame], unread: Sequence[Problem] = (), day: date | None = None
) -> Facts:
    """Check tables that are read already and give them as one edition.

    Parameters
    ----------
    tables
        Every table of the dictionary with just its columns, in order, as text; the index names
        the rows in problems.
    unread
        What was wrong while reading; a table named here is not looked at again.
    day
        The day on which the tables are handed in: nothing can have been seen after it. None for an
        edition that was checked when it was published, which no clock may undo.

    Raises FactsError, which lists every problem found.
    """
    problems: list[Problem] = list(_described(tables))
    if problems:
        raise FactsError(problems)
    for name, frame in tables.items():
        problems += [p for p in unread if p.table == name] or shape_problems(name, frame)
    told = {place for p in problems for place in ((p.table, p.row, p.column), (p.table, 0, ""))}
    crossed = [*_cross_problems(tables), *(_late_problems(tables, day) if day else ())]
    problems += [p for p in crossed if (p.table, p.row, p.column) not in told]
    if problems:
        raise FactsError(problems)
    return Facts(**tables, checksum=_checksum(tables))


def _described(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Tell which tables are not there, are not known, or have other columns than described."""
    known = table_columns()
    for name in [*known, *(name for name in tables if name not in known)]:
        if name not in known:
            yield Problem(name, 0, "", "", "There is no such table. Leave it out.")
        elif name not in tables:
            yield Problem(name, 0, "", "", "The table is missing. Add it, at least its header.")
        elif list(tables[name].columns) != list(known[name]):
            advice = f"The table must have just these columns: {', '.join(known[name])}."
            yield Problem(name, 1, "", "", advice)


def _checksum(tables: dict[str, pd.DataFrame]) -> str:
    return texts_checksum({name: table_text(frame) for name, frame in tables.items()})


def table_text(frame: pd.DataFrame) -> str:
    """Give a table as the CSV text by which it is summed, kept and passed on."""
    return str(frame.to_csv(index=False, lineterminator="\n"))


def texts_checksum(texts: Mapping[str, str]) -> str:
    """Give the SHA-256 checksum of tables as text, by name: what names an edition."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(texts[name].encode())
    return digest.hexdigest()


def _cross_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    yield from _empty_problems(tables)
    yield from _county_problems(tables)
    yield from _population_problems(tables)
    for column, home in HOMES.items():
        yield from _unknown_names(tables, column, home)
    yield from partnership_problems(tables)
    for table, entry in REGISTRY.items():
        if not entry.shared:
            yield from _duplicates(table, tables[table], entry.key)
    for row in tables["adoption"].itertuples():
        yield from _date_problems(row)
    for row in tables["outcomes"].itertuples():
        yield from _count_problems(row)


def _late_problems(tables: dict[str, pd.DataFrame], day: date) -> Iterator[Problem]:
    """Find dates of what has happened that lie surely after a day."""
    advice = "This tells of what has happened, and lies in the future. Write a day that has passed."
    for table, entry in REGISTRY.items():
        for column in entry.past:
            for row, cell in tables[table][column].items():
                with suppress(DateError):
                    if cell and read_span(cell).earliest > day:
                        yield Problem(table, row, column, cell, advice)


def _empty_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    for table in ("counties", "sources", "population"):
        if tables[table].empty:
            advice = "The table has no rows; the other tables need it. Put its rows back."
            yield Problem(table, 0, "", "", advice)


def _population_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    found = set(zip(tables["population"]["fips"], tables["population"]["year"], strict=True))
    for fips in tables["counties"]["fips"]:
        for year in sorted({year for _, year in found}):
            if (fips, year) not in found:
                advice = (
                    "This county has no row for this year. Add it; every county needs each year."
                )
                yield Problem("population", 0, "residents", f"{fips}, {year}", advice)


def _count_problems(row: Any) -> Iterator[Problem]:
    for count, total in (("count_before", "total_before"), ("count_after", "total_after")):
        part, whole = getattr(row, count), getattr(row, total)
        if not (part.lstrip("-").isdigit() and whole.isdigit()):
            continue
        if not 0 <= int(part) <= int(whole) or int(whole) == 0:
            advice = f"The count must lie between 0 and its total, which is {whole} here."
            yield Problem("outcomes", row.Index, count, part, advice)


def _county_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    names = dict(zip(tables["counties"]["fips"], tables["counties"]["county"], strict=True))
    if not names:
        return
    codes = {name: fips for fips, name in names.items()}
    for table, frame in tables.items():
        if table == "counties" or "fips" not in frame:
            continue
        for row, fips in frame["fips"].items():
            if fips and fips not in names:
                advice = "No county of the table “counties” has this FIPS code."
                if "county" in frame and frame.at[row, "county"] in codes:
                    county = frame.at[row, "county"]
                    advice += f" {county} County is {codes[county]}."
                yield Problem(table, row, "fips", fips, advice)
            elif "county" in frame and fips and frame.at[row, "county"] != names[fips]:
                county = frame.at[row, "county"]
                mend = f", or {codes[county]} is the code of {county}" if county in codes else ""
                advice = f"The FIPS code {fips} is {names[fips]} County{mend}. Mend one of the two."
                yield Problem(table, row, "county", county, advice)


def _unknown_names(tables: dict[str, pd.DataFrame], column: str, home: str) -> Iterator[Problem]:
    """Find keys, in the columns of one name, that the table of their rows does not have."""
    known = known_keys(tables, home)
    if not known:
        return
    advice = f"{home}.csv has no such {REGISTRY[home].one}. Add it there, or mend it here."
    for table, frame in tables.items():
        if table == home or column not in frame:
            continue
        for row, cell in frame[column].items():
            for key in unknown_keys(table, column, cell, known):
                yield Problem(table, row, column, key, advice)


def _duplicates(table: str, frame: pd.DataFrame, key: tuple[str, ...]) -> Iterator[Problem]:
    rows_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, *cells in frame[list(key)].itertuples():
        rows_of[plain_key(cells)].append(row)
    for cells, rows in rows_of.items():
        for row in rows[1:]:
            advice = f"This stands in row {rows[0]} already. Keep one of the two rows."
            yield Problem(table, row, " and ".join(key), ", ".join(cells), advice)


def _date_problems(row: Any) -> Iterator[Problem]:
    try:
        start, end = (read_span(t) if t else None for t in (row.start, row.end))
        planned = read_span(row.planned) if row.planned else None
    except DateError:
        return
    line = row.Index
    if end and not start:
        advice = "A program that ended has a start; write what is known of it, as in [..2019-12]."
        yield Problem("adoption", line, "start", "", advice)
    if end and start and end.latest < start.earliest:
        advice = f"The end lies before the start ({row.start}). Mend one of the two."
        yield Problem("adoption", line, "end", row.end, advice)
    if planned and planned.latest == NEVER:
        advice = "A plan was announced on some day that has passed; write the latest possible day."
        yield Problem("adoption", line, "planned", row.planned, advice)
