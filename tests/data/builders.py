"""Small made-up tables and programs, so that a test says only what it is about."""

import csv
import dataclasses
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from data.dates import read_span
from data.facts import Facts, facts_from
from data.read import row_numbers
from data.schema import table_columns

Rows = list[dict[str, str]]

_SMALL: dict[str, Rows] = {
    "sources": [
        {"id": "paper-2016", "title": "LEAD begins", "publisher": "Paper"},
        {"id": "census", "title": "Counts", "publisher": "Census Bureau", "url": "https://a.gov/x"},
    ],
    "counties": [
        {"fips": "37023", "county": "Burke", "sources": "census"},
        {"fips": "37051", "county": "Cumberland", "sources": "census"},
        {"fips": "37087", "county": "Haywood", "sources": "census"},
    ],
    "population": [
        {"fips": fips, "year": year, "residents": residents, "sources": "census"}
        for fips, residents in (("37023", "90000"), ("37051", "330000"), ("37087", "60000"))
        for year in ("2018", "2019")
    ],
    "adoption": [
        {
            "fips": "37051",
            "county": "Cumberland",
            "agency": "Fayetteville Police Department",
            "scope": "City of Fayetteville",
            "start": "[2016-07..2016-09]",
            "planned": "2015-10-24",
            "last_confirmed": "2018-06-01",
            "is_lead": "yes",
            "sources": "paper-2016",
            "note": "Made up.",
        },
        {
            "fips": "37087",
            "county": "Haywood",
            "agency": "Waynesville Police Department",
            "scope": "Town of Waynesville",
            "start": "2018-02",
            "end": "2019-05-31",
            "is_lead": "yes",
            "sources": "paper-2016; census",
            "note": "Made up.",
        },
    ],
    "outcomes": [
        {
            "site": "Fayetteville",
            "fips": "37051",
            "state": "NC",
            "is_lead": "yes",
            "topic": "justice",
            "population": "people in LEAD",
            "measure": "arrests",
            "better": "lower",
            "change_pct": "-50",
            "comparison": "none",
            "grade": "1",
            "claim": "no",
            "bears_on": "arrests",
            "sources": "paper-2016",
            "confidence": "high",
        }
    ],
    "claims": [
        {
            "id": "arrests",
            "topic": "justice",
            "claim": "People in LEAD are arrested less often.",
            "said_by": "Police",
            "sources": "paper-2016",
        }
    ],
    "reach": [
        {
            "site": "Fayetteville",
            "fips": "37051",
            "is_lead": "yes",
            "measure": "enrolled",
            "entered": "yes",
            "kind": "cumulative",
            "period": "/2018",
            "value": "22",
            "qualifier": "exact",
            "unit": "people",
            "sources": "paper-2016",
        }
    ],
    "milestones": [
        {
            "date": "2015-10-24",
            "title": "Plan announced",
            "what": "Police say they will adopt LEAD.",
            "scope": "county",
            "fips": "37051",
            "kind": "program",
            "sources": "paper-2016",
            "confidence": "high",
        }
    ],
    "context": [
        {
            "series": "haywood-jail",
            "fips": "37087",
            "place": "Haywood",
            "topic": "jail",
            "measure": "people in jail",
            "period": year,
            "value": value,
            "qualifier": "exact",
            "unit": "people",
            "publisher": "Sheriff",
            "sources": "census",
            "confidence": "high",
        }
        for year, value in (("2015", "116.7"), ("2018", "117.6"))
    ],
    "services": [
        {
            "service": "ssp",
            "name": "Syringe services",
            "phrase": "syringe services",
            "plain": "A place that gives out clean supplies.",
            "sources": "census",
        }
    ],
    "partnerships": [
        {
            "fips": "37087",
            "county": "Haywood",
            "service": "ssp",
            "provider": "Health Department",
            "start": "[..2018]",
            "status": "running",
            "last_confirmed": "2018",
            "sources": "paper-2016",
            "confidence": "medium",
        }
    ],
    "intercepts": [
        {
            "intercept": "0",
            "name": "Community services",
            "what": "Help before any arrest.",
            "sources": "census",
        }
    ],
    "readiness": [
        {
            "id": "ssp",
            "intercept": "0",
            "service": "ssp",
            "question": "Is there a syringe program?",
            "yes_means": "It knows people.",
            "no_means": "Nobody does.",
            "first_step": "Find the nearest one.",
            "who_to_ask": "The health director",
            "sources": "census",
            "note": "Made up.",
        }
    ],
}


def small_tables() -> dict[str, Rows]:
    """Give rows for every table: few, good, and free to be changed."""
    return deepcopy(_SMALL)


def write_table(folder: Path, table: str, rows: Rows, columns: Sequence[str] = ()) -> None:
    """Write one table; cells that a row lacks are blank."""
    header = list(columns) or list(table_columns()[table])
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_tables(folder: Path, tables: dict[str, Rows]) -> Path:
    """Write a folder of tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        write_table(folder, table, rows)
    return folder


def program(**cells: str) -> dict[str, str]:
    """Give a row of the adoption table: a LEAD program in Cumberland without a date."""
    row = {
        "fips": "37051",
        "agency": "Police",
        "scope": "City",
        "is_lead": "yes",
        "sources": "paper-2016",
        "note": "Made up.",
    }
    return dict.fromkeys(table_columns()["adoption"], "") | row | cells


def frame_of(table: str, rows: Rows) -> pd.DataFrame:
    """Give a table as it is held; cells that a row lacks are blank."""
    columns = list(table_columns()[table])
    filled = [[row.get(column, "") for column in columns] for row in rows]
    return pd.DataFrame(filled, columns=columns, index=row_numbers(len(rows)), dtype=str)


def with_rows(facts: Facts, table: str, rows: Rows) -> Facts:
    """Give facts with other rows in one table."""
    return dataclasses.replace(facts, **{table: frame_of(table, rows)})


@cache
def noted(facts: Facts, note: str) -> Facts:
    """Give a checked edition whose first program and first source have another note."""
    tables = {name: frame.copy() for name, frame in facts.tables.items()}
    for name in ("adoption", "sources"):
        tables[name].iloc[0, tables[name].columns.get_loc("note")] = note
    return facts_from(tables)


def notes_of(facts: Facts) -> tuple[str, str]:
    """Give the notes of the first program and the first source: two tables of one edition."""
    return facts.adoption["note"].iloc[0], facts.sources["note"].iloc[0]


def with_programs(facts: Facts, *rows: dict[str, str]) -> Facts:
    """Give facts whose adoption table holds these programs and no other."""
    named = [row | {"county": facts.county_names[row["fips"]]} for row in rows]
    return with_rows(facts, "adoption", named)


FIRST, LAST = date(2014, 1, 1), date(2026, 12, 31)
"""The days between which random programs live and random days lie."""

days = st.dates(FIRST, LAST)
program_days = st.dates(date(2015, 1, 1), date(2023, 12, 31))
_exact = program_days.map(date.isoformat)
_coarse = st.one_of(_exact, program_days.map("{:%Y-%m}".format), program_days.map("{:%Y}".format))
_within = st.tuples(program_days, program_days).map(lambda two: f"[{min(two)}..{max(two)}]")
_open = st.one_of(program_days.map("[..{}]".format), program_days.map("[{}..]".format))
start_dates = st.one_of(_coarse, _within, _open)
plan_dates = st.one_of(st.just(""), _coarse, _within)


@st.composite
def program_rows(draw: st.DrawFn) -> dict[str, str]:
    """Make up a program that the loader would take: any dates, of which some are not known."""
    start = draw(st.one_of(st.just(""), start_dates, start_dates))
    end = draw(st.one_of(st.just(""), start_dates)) if start else ""
    if end and read_span(end).latest < read_span(start).earliest:
        end = ""
    return program(
        fips=draw(st.sampled_from(["37023", "37051", "37087"])),
        agency=f"Police {draw(st.integers(1, 10**6))}",
        start=start,
        end=end,
        planned=draw(plan_dates),
        last_confirmed=draw(st.one_of(st.just(""), _exact)),
        is_lead=draw(st.sampled_from(["yes", "yes", "yes", "no"])),
    )


program_lists = st.lists(program_rows(), max_size=5)


def turning_days(*rows: dict[str, str]) -> list[date]:
    """Give the days on which something may change for programs, with their neighbors."""
    found = {FIRST, LAST}
    for row in rows:
        for column in ("start", "end", "planned"):
            if row[column]:
                span = read_span(row[column])
                found |= {span.earliest, span.latest}
        if row["last_confirmed"]:
            found.add(read_span(row["last_confirmed"]).earliest + timedelta(days=730))
    within = (day for day in found if FIRST <= day <= LAST)
    return sorted({day + timedelta(days=shift) for day in within for shift in (-1, 0, 1, 2)})


@st.composite
def programs_and_days(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[date]]:
    """Make up programs, and days of which most lie where something changes."""
    rows = draw(program_lists)
    turning = st.sampled_from(turning_days(*rows))
    return rows, draw(st.lists(st.one_of(turning, turning, days), min_size=1, max_size=5))
