"""CDC WONDER exports: deaths by county and year or month, tab-delimited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from data.language import marked
from data.publishers.grid import Row, Table, cut
from data.publishers.periods import spans
from data.publishers.places import HOME, NOWHERE, WHOLE, county_code
from data.publishers.publisher import Publisher, Reading, slug
from data.publishers.values import counts, long_table, shown, without_twins
from data.series import Measure, SeriesError
from data.words import within_sentence

_KNOWN = {"notes", "state", "state code", "county", "county code", "year", "year code"} | {
    "month",
    "month code",
    "deaths",
    "population",
    "crude rate",
}
FEW = 20
"""Deaths below which WONDER calls a rate unreliable."""
_CAUSE = re.compile(
    r"(?:[UM]CD - [^:]+|(?:underlying |multiple )?cause of death|icd-10 codes):(.+)", re.I
)
_TOLD = re.compile(
    r"(dataset|title|[um]cd - |.*icd-10|cause of death|query date|year/month|suggested)", re.I
)


def names_of(columns: Sequence[str]) -> dict[str, str] | None:
    """Give an export's columns, as it writes them, by their names in small letters.

    None where the columns are not those of an export with counties and deaths.
    """
    names = {" ".join(column.lower().split()): column for column in columns if column}
    return names if {"notes", "county", "county code", "deaths"} <= names.keys() else None


def read(table: Table, names: dict[str, str]) -> Reading:
    """Read an export grouped by county and year, or county and month.

    Raises SeriesError for another grouping, and as ``values.counts`` does.
    """
    period = _period_column(names, table.name)
    _check_groups(names, table.name)
    reading = Reading()
    wanted = ["county", "county code", "deaths", "population", "crude rate"]
    columns = [names[column] for column in wanted if column in names] + [names[period]]
    texts = table.frame(columns, _of_home(table, names, reading))
    reading.require_home(table.name, len(texts))
    frame = pd.DataFrame({"fips": texts[names["county code"]].map(county_code)})
    frame = frame.join(
        spans(texts[names[period]], table.name, names[period]).drop(columns="period_note")
    )
    frame = frame.join(_deaths(texts, names, table.name))
    frame["population"] = (
        counts(texts[names["population"]], table.name, names["population"])["value"]
        if "population" in names
        else float("nan")
    )
    frame["measure"] = "deaths"
    frame, twins = without_twins(frame, ["fips", "period_start", "period_end"], table.name)
    reading.drop("rows that stand in the file twice", twins)
    reading.frame = long_table(frame)
    _describe(reading, table)
    return reading


def _period_column(names: dict[str, str], name: str) -> str:
    for column in ("month code", "month", "year code", "year"):
        if column in names:
            return column
    raise SeriesError(
        f"{name} has no years; group the results by County and Year and export again."
    )


def _check_groups(names: dict[str, str], name: str) -> None:
    others = [
        column
        for plain, column in names.items()
        if plain not in _KNOWN and f"{plain} code" in names
    ]
    if others:
        raise SeriesError(
            f"{name} is grouped by {shown(others[0])} as well; "
            "group the results by County and Year only and export again."
        )


def _of_home(table: Table, names: dict[str, str], reading: Reading) -> Iterator[Row]:
    """Pass the counties of North Carolina on; count totals and other states."""
    notes, code, county = (
        table.columns.index(names[column]) for column in ("notes", "county code", "county")
    )
    for number, cells in table.rows:
        note = cells[notes].strip().lower()
        if note == "total" or (not cells[code].strip() and not cells[county].strip()):
            reading.drop("rows of totals", 1)
            continue
        fips = county_code(cells[code]) or county_code(cells[county])
        if not fips:
            raise SeriesError(
                f"{table.name}, row {number}: {shown(cells[code])} is no code of a county; "
                "export the file again."
            )
        if fips in (WHOLE, NOWHERE):
            reading.drop("rows of no single county", 1)
        elif fips[:2] == HOME:
            cells[code] = fips
            yield number, cells
        else:
            reading.elsewhere[fips[:2]] += 1


def _deaths(texts: pd.DataFrame, names: dict[str, str], name: str) -> pd.DataFrame:
    found = counts(texts[names["deaths"]], name, names["deaths"])
    if "crude rate" in names:
        flagged = texts[names["crude rate"]].str.contains("unreliable", case=False)
        few = (found["quality"] == "reported") & (found["value"] < FEW)
        found["quality"] = found["quality"].mask(flagged & few, "unreliable")
    return found


def _describe(reading: Reading, table: Table) -> None:
    """Name the measure and the series after the query that the footer tells."""
    told = [line for line in table.footer if _TOLD.match(line)]
    causes = [match[1].strip() for line in table.footer if (match := _CAUSE.match(line))]
    cause = cut(re.sub(r"\s*\([A-Z][0-9.-].*", "", causes[0]) or causes[0]) if causes else ""
    label = f"Deaths: {cause}"[:120] if cause else marked("Deaths")
    reading.measures = (Measure("deaths", label),)
    reading.title = f"CDC WONDER, {within_sentence(label)}"
    reading.id = slug("cdc-wonder", cause or "deaths")
    monthly = (reading.frame["period_end"] - reading.frame["period_start"]).dt.days.max() < 32
    reading.layout = "by county and month" if monthly else "by county and year"
    reading.notes += (
        marked(
            "Counts of 1 to 9 are kept back by the publisher; a rate on fewer than 20 deaths is "
            "marked as unreliable."
        ),
        *told,
    )


WONDER = Publisher(
    id="cdc-wonder-deaths",
    title="CDC WONDER, deaths by county",
    publisher="Centers for Disease Control and Prevention",
    license=marked(
        "Public data of the US government, with limits of use: for statistics only, and nobody may "
        "try to learn who a person is or publish a count that was kept back."
    ),
    address="https://wonder.cdc.gov/",
    help="an export of CDC WONDER",
    recognize=lambda columns, _: names_of(columns),
    read=read,
)
