"""The tables of an edition as a Frictionless Data Package: CSV files that say what they hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.citation import TITLE, bibtex, citation
from data.dates import day_words
from data.evidence.results import WARNING
from data.facts import Facts
from data.frame import adoption_rows, county_frame
from data.harmless import csv_text, harmless
from data.packing import zipped
from data.schema import (
    REGISTRY,
    downloads,
    primary_key,
    table_columns,
    whole_dictionary,
)
from data.words import describe, sentence_case
from layouts.exports.names import kept_name

ABOUT = (
    "Which of North Carolina's 100 counties have had LEAD (Law Enforcement Assisted Diversion) on "
    "any day, and what is known of what followed. Every fact names its sources."
)
READING = {
    "Blank": "A blank cell means not known. It never means zero or no.",
    "Dates": "Dates are EDTF (ISO 8601-2) text: 2018-02 is some day of that month, [..2019-02-22] "
    "is on or before that day, [2016-07..2016-09] is some day within, 2017/2018 is a period. Dates "
    "are cut to what the sources fix.",
    "FIPS": "A FIPS code is text of five digits, the Census Bureau's code of the county.",
    "Sources": "Source ids stand in one cell, separated by a semicolon and a space; each is an id "
    "of the table sources.",
    "None found": "A county for which no program was found is not proved to have none.",
    "Results": "Read no figure of the table outcomes without its grade (column grade) and its "
    f"comparison group (column comparison). Where that is none: {WARNING}",
    "Rights": "Facts are cited from their publishers, whose rights stay with them: see the column "
    "licence of the table sources. Residents are from the US Census Bureau, public domain. The "
    "dictionary and these words come with the atlas's code, under the MIT license.",
}
TYPES: dict[str, dict[str, Any]] = {
    "fips": {"type": "string", "constraints": {"pattern": "^[0-9]{5}$"}},
    "edtf": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "url": {"type": "string", "format": "uri"},
    "sources": {"type": "string", "constraints": {"pattern": r"^[\w.-]+(; [\w.-]+)*$"}},
    "text": {"type": "string"},
    "word": {"type": "string"},
}
"""The Table Schema type of each kind of column."""
_MIT = [{"name": "MIT", "title": "MIT License"}]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table to hand out: ``frame`` is text as held, ``columns`` its rows of the dictionary."""

    name: str
    words: str
    frame: pd.DataFrame
    columns: pd.DataFrame
    key: tuple[str, ...]

    @property
    def about(self) -> str:
        """How many rows there are, and what each is."""
        return f"{len(self.frame):,} rows; a row is {self.words}"


def sheets(facts: Facts, day: date) -> list[Sheet]:
    """Give all tables to hand out, by name: those of the edition, their dictionary, the day's."""
    told = whole_dictionary()
    made = [
        Sheet(name, REGISTRY[name].row, frame, told[told["table"] == name], primary_key(name))
        for name, frame in facts.tables.items()
    ]
    made += [_dictionary_sheet(), _day_sheet(facts, day)]
    return sorted(made, key=lambda sheet: sheet.name)


def _dictionary_sheet() -> Sheet:
    words = "a column of a table: its kind, its allowed words and its meaning"
    key = ("table", "column")
    return Sheet("dictionary", words, whole_dictionary(), _columns("dictionary"), key)


def _day_sheet(facts: Facts, day: date) -> Sheet:
    name, words = kept_name("adoption", day), f"a county and its status on {day_words(day)}"
    columns = _columns("adoption-on-day")
    return Sheet(name, words, adoption_rows(facts, day), columns, ("fips",))


def _columns(download: str) -> pd.DataFrame:
    return downloads()[downloads()["table"] == download]


def package(facts: Facts, day: date, today: date) -> bytes:
    """Pack an edition, and the rows of a day, as a zipped tabular data package.

    Parameters
    ----------
    facts, day
        The edition, and the day whose rows stand in ``adoption-on-YYYY-MM-DD.csv``.
    today
        The day on which the package is made.

    Returns
    -------
    A zip file with ``datapackage.json``, ``README.md`` and a CSV file a table: the same bytes for
    the same facts and days (``csv_text``).
    """
    held = sheets(facts, day)
    files = {f"{sheet.name}.csv": csv_text(sheet.frame).encode() for sheet in held}
    resources = [_resource(facts, sheet, files[f"{sheet.name}.csv"]) for sheet in held]
    told = _descriptor(facts, day, today, resources)
    files["datapackage.json"] = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    files["README.md"] = _readme(facts, day, today, held).encode()
    return zipped(files)


def _descriptor(facts: Facts, day: date, today: date, resources: list[Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "north-carolina-lead-atlas",
        "title": TITLE,
        "description": f"{ABOUT} {describe(day, county_frame(facts, day))}",
        "version": facts.edition,
        "checksum": f"sha256:{facts.checksum}",
        "created": f"{today.isoformat()}T00:00:00Z",
        "keywords": ["LEAD", "Law Enforcement Assisted Diversion", "North Carolina", "counties"],
        "licenses": _licenses(facts, list(facts.sources["id"])) + _MIT,
        "sources": [_source(row) for row in facts.sources.itertuples()],
        "resources": resources,
    }


def _source(row: Any) -> dict[str, str]:
    dated = f", {row.published}" if row.published else ""
    told = {"title": f"{row.title}, {row.publisher}{dated} ({row.id})"}
    return told | ({"path": row.url} if row.url else {})


def _licenses(facts: Facts, ids: list[str]) -> list[dict[str, str]]:
    """Give the terms of the named sources, each once, as ``sources.csv`` has them."""
    terms = facts.sources.loc[facts.sources["id"].isin(ids), "licence"]
    return [
        {
            "name": "other-pd" if term == "public domain" else "notspecified",
            "title": sentence_case(term),
            "path": "sources.csv",
        }
        for term in sorted(set(terms) - {""})
    ]


def _resource(facts: Facts, sheet: Sheet, raw: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": f"A row is {sheet.words}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "schema": _schema(sheet),
    }
    if sheet.name == "dictionary":
        told["licenses"] = _MIT
    elif "sources" in sheet.frame:
        ids = {part for cell in sheet.frame["sources"] for part in cell.split("; ")}
        told["licenses"] = _licenses(facts, list(ids))
    return told


def _schema(sheet: Sheet) -> dict[str, Any]:
    told: dict[str, Any] = {
        "fields": [_field(row) for row in sheet.columns.itertuples()],
        "missingValues": [""],
    }
    if sheet.key:
        told["primaryKey"] = list(sheet.key)
    if "fips" in sheet.frame and sheet.name != "counties":
        reference = {"resource": "counties", "fields": "fips"}
        told["foreignKeys"] = [{"fields": "fips", "reference": reference}]
    return told


def _field(row: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"name": row.column, **TYPES[row.kind], "description": row.meaning}
    limits: dict[str, Any] = dict(told.get("constraints", {}))
    if row.required == "yes":
        limits["required"] = True
    if row.kind == "word" and row.allowed:
        limits["enum"] = row.allowed.split("|")
    if row.kind == "edtf":
        told["description"] += " EDTF (ISO 8601-2)."
    return told | ({"constraints": limits} if limits else {})


def _readme(facts: Facts, day: date, today: date, held: list[Sheet]) -> str:
    files = [f"`{sheet.name}.csv`: {sheet.about}" for sheet in held]
    marked = sum(int((s.frame.map(harmless) != s.frame).sum().sum()) for s in held)
    tables = " ".join(f"{name}.csv" for name in sorted(table_columns()))
    return f"""# {TITLE}: the data

{ABOUT}

{describe(day, county_frame(facts, day))}

Edition {facts.edition}, sha256 {facts.checksum}, packed on {day_words(today)}.

## Files

{_listed(files)}
- `datapackage.json`: what every column holds, for programs (Frictionless Data Package, version 1)

## How to read them

{_listed(f"{name}: {words}" for name, words in READING.items())}
- Formulas: a cell that a spreadsheet would run as a formula has an apostrophe put before it. Take
  off that one apostrophe to have the cell as held. Cells so marked in this package: {marked}.

## How to cite

{citation(facts, day, today)}

```bibtex
{bibtex(facts, day, today)}
```

Add the address at which you took it.

## How to check

The hash of each file stands in `datapackage.json`. The edition's checksum is the sha256 of its
tables one after another, less any added apostrophes:

    cat {tables} | sha256sum
"""


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
