"""Guess from names and first rows what the columns of a table hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from data.publishers.periods import read_period
from data.publishers.places import county_code
from data.publishers.values import read_count

WIDE = "*"
"""As period and value of a mapping: the names of the columns are the periods."""
FIPS_NAMES = (
    *("county_fips", "fips", "countyfips", "fips_code", "county_fips_code"),
    *("geoid", "county_code", "cnty_fips"),
)
SURE_NAMES = ("county", "county_name", "countyname", "cnty")
"""Of a column that, beside one of codes, names the county that the code means."""
COUNTY_NAMES = (
    *SURE_NAMES,
    *("county_of_residence", "county_of_arrest", "county_of_offense", "name", "jurisdiction"),
)
STATE_NAMES = (
    *("state_abbr", "state_code", "state_name", "stusps", "statefp"),
    *("state_fips", "state"),
)
PERIOD_NAMES = (
    *("period", "date", "month", "quarter", "year", "fiscal_year", "fy", "yr", "time"),
    *("year_month", "month_year", "reporting_period", "year_code"),
)
_RATE = re.compile(
    r"\b(rates?|percent|percentage|pct|share|ratio|proportion)\b|%"
    r"|\bper (100|1,?000|10,?000|100,?000|100k|1k|capita|resident)",
    re.I,
)
_POPULATION = re.compile(r"population|residents|^pop\b|\bpop$|total pop", re.I)
_COUNT = re.compile(
    r"^(value|n|number|total)$|count(?!y|ies)|admissions?|admits|arrests?|charges|cases|deaths|events"
    r"|citations|bookings|visits|filings|entries|incidents|discharges|releases|jail|custody",
    re.I,
)
_NO_COUNT = re.compile(
    r"\b(id|age|number|no|code|fips|zip|badge|lat|lon|longitude|latitude)\b", re.I
)
_MEASURES = {"measure", "indicator", "metric", "series", "statistic"}


@dataclass(frozen=True)
class Mapping:
    """Which columns of a table hold what, and what the table is.

    ``county`` is a FIPS code or a name, ``period`` a year, month, quarter, day or interval;
    ``value`` a count. No ``value``: each row is an event, ``period`` its day and ``measure`` its
    class. ``period = value = "*"``: a wide table, with a column for each period. ``kind`` is
    ``events`` or ``people``.
    """

    county: str
    period: str
    value: str
    population: str = ""
    measure: str = ""
    title: str = ""
    publisher: str = ""
    address: str = ""
    license: str = ""
    label: str = ""
    kind: str = "events"


def plain(column: str) -> str:
    """Give a column's name in small letters, its words joined by ``_``."""
    return re.sub("[^a-z0-9%]+", "_", column.lower()).strip("_")


def spaced(column: str) -> str:
    """Give a column's name as words."""
    return re.sub(r"[_\s]+", " ", re.sub("(?<=[a-z])(?=[A-Z])", " ", column)).strip()


def is_rate(column: str) -> bool:
    """Tell a rate, a percent or a share by its name."""
    return _RATE.search(spaced(column)) is not None


def is_period(column: str) -> bool:
    """Tell a name that is a period, as in wide tables."""
    return len(column) >= 4 and _reads(read_period)(column)


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return False
        return True

    return test


def share(cells: pd.Series, test: Callable[[str], object]) -> float:
    """Give the share of the cells with text that pass a test (0 if none has text)."""
    filled = cells[cells != ""]
    return float(filled.map(lambda text: bool(test(text))).mean()) if len(filled) else 0.0


def find_named(columns: Sequence[str], wishes: Sequence[str]) -> str:
    """Give the first column of one of the names, whatever its cells hold; "" if there is none."""
    return next((c for wish in wishes for c in columns if plain(c) == wish), "")


def find_county(columns: Sequence[str], sample: pd.DataFrame) -> str:
    """Give the column that tells the county, a code before a name; "" if none does."""
    named = [c for wish in FIPS_NAMES + COUNTY_NAMES for c in columns if plain(c) == wish]
    others = [c for c in columns if c and c not in named and "county" in plain(c)]
    return next((c for c in named + others if share(sample[c], county_code) >= 0.8), "")


def find_names(columns: Sequence[str]) -> list[str]:
    """Give the columns that by their own name hold the county's."""
    return [column for column in columns if plain(column) in SURE_NAMES]


def find_state(columns: Sequence[str]) -> str:
    """Give the column that tells the state; "" if none does."""
    return find_named(columns, STATE_NAMES)


def find_period(columns: Sequence[str], sample: pd.DataFrame) -> str:
    """Give the column that tells the period; "" if none does."""
    named = [c for wish in PERIOD_NAMES for c in columns if plain(c) == wish]
    others = [c for c in columns if c and c not in named and _dated(c)]
    return next((c for c in named + others if share(sample[c], _reads(read_period)) >= 0.9), "")


def _dated(column: str) -> bool:
    return re.search(r"\b(date|day|year|month|quarter|period)\b", spaced(column), re.I) is not None


def find_measure(columns: Sequence[str]) -> str:
    """Give the column that tells what is counted; "" if none does."""
    return next((column for column in columns if plain(column) in _MEASURES), "")


def find_population(columns: Sequence[str], sample: pd.DataFrame) -> str:
    """Give the column of residents; "" if there is none, or more than one."""
    found = [c for c in columns if c and _POPULATION.search(spaced(c)) and not is_rate(c)]
    found = [c for c in found if share(sample[c], _reads(read_count)) == 1]
    return found[0] if len(found) == 1 else ""


def is_count_name(column: str) -> bool:
    """Tell a column of counts by its name."""
    words = spaced(column)
    return bool(_COUNT.search(words)) and not is_rate(column) and not _POPULATION.search(words)


def find_value(columns: Sequence[str], sample: pd.DataFrame, used: set[str], strict: bool) -> str:
    """Give the one column of counts among those not used; "" if there is none, or a choice.

    ``strict`` takes only a column whose name tells it.
    """
    free = [c for c in columns if c and c not in used and not is_rate(c)]
    free = [c for c in free if not _POPULATION.search(spaced(c))]
    counted = [c for c in free if share(sample[c], _reads(read_count)) >= 0.95]
    named = [c for c in counted if is_count_name(c)]
    if len(named) == 1:
        return named[0]
    loose = [c for c in counted if not _NO_COUNT.search(spaced(c))]
    return loose[0] if len(loose) == 1 and not named and not strict else ""


def is_day(text: str) -> bool:
    """Tell a single day, with or without a time."""
    try:
        period = read_period(re.sub(r"[ T]\d{1,2}:\d{2}.*$", "", text))
    except ValueError:
        return False
    return period.start == period.end


def guess_mapping(columns: Sequence[str], sample: pd.DataFrame) -> Mapping | None:
    """Give the mapping of a table where it is plain, else None.

    Where no column's cells are what is looked for, the column that has its name is taken: so the
    reader can say which cell is at fault, and not that a column is lacking.

    Parameters
    ----------
    columns
        The table's columns in order.
    sample
        Some rows as text.
    """
    county = find_county(columns, sample) or find_named(columns, FIPS_NAMES + COUNTY_NAMES)
    if not county:
        return None
    population = find_population(columns, sample)
    if sum(is_period(column) for column in columns) >= 2:
        return Mapping(county, WIDE, WIDE)
    period = find_period(columns, sample) or find_named(columns, PERIOD_NAMES)
    if not period:
        return None
    measure = find_measure(columns)
    keys = {county, period, population, measure}
    also = {c for c in columns if plain(c) in FIPS_NAMES + COUNTY_NAMES + PERIOD_NAMES}
    used, daily = keys | also, share(sample[period], is_day) > 0.5
    value = find_value(columns, sample, used, strict=daily)
    if not (value or daily):
        named = [c for c in columns if c and c not in used and is_count_name(c)]
        value = named[0] if len(named) == 1 else ""
    return Mapping(county, period, value, population, measure) if value else None
