"""A measure by county and period, with the person-time it is about, and sums of such cells.

An *amount* may be added: events are, and an average number of people is once it is multiplied by
the length of its period (person-years). So every rate here is an amount over person-time.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.adoption import population_year, residents
from data.facts import Facts
from data.measures.rates import PER, STEADY_FROM, count_interval
from data.series import VALUED, CountySeries, Measure

MONTH_DAYS = 365.25 / 12
ALL_RESIDENTS = "residents"
SUM = "sum"
"""The quality of a sum over counties."""
BEST_TO_WEAKEST = ("zero", "reported", "apportioned", "interpolated", "unreliable")
"""Qualities of values in order: a sum is as good as its weakest part."""
CELL_COLUMNS = [
    "fips",
    "start",
    "end",
    "months",
    "years",
    "value",
    "amount",
    "person_time",
    "quality",
    "stands_in",
]


def whole_months(start: pd.Series, end: pd.Series) -> pd.Series:
    """Tell how many months each period has, to the nearest whole one (at least one)."""
    days = (end - start).dt.days + 1
    return (days / MONTH_DAYS).round().clip(lower=1).astype(int)


def of_commonest_length(start: pd.Series, end: pd.Series) -> pd.Series:
    """Tell the periods of the commonest length, counted in rows; the shortest of equally common.

    Lengths are compared in whole months, those of less than half a month in days.
    """
    days = (end - start).dt.days + 1
    lengths = whole_months(start, end).where(days >= MONTH_DAYS / 2, days / MONTH_DAYS)
    return lengths == lengths.mode().min()


def other_lengths(series: CountySeries) -> int:
    """Count the rows that ``county_cells`` leaves out of a series, all measures together."""
    kept = (
        of_commonest_length(rows["period_start"], rows["period_end"])
        for _, rows in series.frame.groupby("measure")
    )
    return len(series.frame) - sum(int(part.sum()) for part in kept)


def years_of(starts: pd.Series | np.ndarray, ends: pd.Series | np.ndarray) -> np.ndarray:
    """Give the length of periods in years: whole months as twelfths, all else by days.

    So a calendar year is one year, leap or not, and a yearly rate equals the publisher's.
    """
    first, after = pd.DatetimeIndex(starts), pd.DatetimeIndex(ends) + pd.Timedelta(days=1)
    months = 12 * (after.year - first.year) + after.month - first.month
    whole = (first.day == 1) & (after.day == 1)
    return np.where(whole, months / 12, (after - first).days / 365.25)


def county_cells(facts: Facts, series: CountySeries, measure: str) -> tuple[pd.DataFrame, int]:
    """Give one measure by county and period, with the person-time that it is about.

    Where periods have several lengths, those of the commonest are kept (``of_commonest_length``).

    Returns
    -------
    One row a county and period, ordered: ``fips, start, end`` (days, both included), ``months``,
    ``years`` (length of the period), ``value`` (missing where the quality has none), ``amount``
    (events; for people on an average day person-years, so that amounts may be added),
    ``person_time`` (resident-years, missing where no population is known), ``quality`` and
    ``stands_in`` (whether the population is another year's); and the number of rows left out as
    their periods have another length. Raises SeriesError for a measure that the series lacks.
    """
    told = series.measure(measure)
    rows = series.of(measure)
    rows = rows[rows["fips"].isin(list(facts.county_names))]
    rows = rows.sort_values(["fips", "period_start"], ignore_index=True)
    cells = pd.DataFrame(
        {
            "fips": rows["fips"],
            "start": pd.to_datetime(rows["period_start"]),
            "end": pd.to_datetime(rows["period_end"]),
            "value": rows["value"].astype(float).where(rows["quality"].isin(VALUED)),
            "quality": rows["quality"],
            "population": rows["population"].astype(float),
        }
    )
    cells["months"] = whole_months(cells["start"], cells["end"])
    cells["years"] = years_of(cells["start"], cells["end"])
    kept = cells[of_commonest_length(cells["start"], cells["end"])].reset_index(drop=True)
    people, stands_in = _population(facts, told, kept)
    kept["amount"] = kept["value"] * (kept["years"] if told.kind == "people" else 1.0)
    kept["person_time"] = people * kept["years"]
    kept["stands_in"] = stands_in
    return kept[CELL_COLUMNS], len(cells) - len(kept)


def _population(facts: Facts, measure: Measure, cells: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Give each cell's population, and whether it is that of another year.

    The file's own comes first, then the nearest period's of the same county in the file. Only
    where the file gives none and the measure is about all residents does the atlas's own table
    stand in: all residents must never stand for those aged 15 to 64.
    """
    year = cells["start"].dt.year
    places = cells.assign(place=cells.index, year=year).sort_values("start")
    known = places[places["population"] > 0]
    near = pd.merge_asof(
        places[["place", "fips", "start"]],
        known[["fips", "start", "year", "population"]],
        on="start",
        by="fips",
        direction="nearest",
    )
    near = near.set_index("place").reindex(cells.index)
    people = cells["population"].where(cells["population"] > 0).fillna(near["population"])
    of_year = near["year"]
    if measure.residents == ALL_RESIDENTS:
        table = residents(facts).stack().to_dict()
        nearest = year.map({y: population_year(facts, y) for y in year.unique()})
        told = [table.get(key, np.nan) for key in zip(cells["fips"], nearest, strict=True)]
        of_year = of_year.fillna(nearest)
        people = people.fillna(pd.Series(told, cells.index, dtype=float))
    return people, people.notna() & (of_year != year)


def calendar_years(cells: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Add months or quarters up to calendar years: events are added, people averaged.

    Parameters
    ----------
    cells
        As ``county_cells`` gives them.
    kind
        ``events`` or ``people``.

    Returns
    -------
    Cells of whole years; a county's year of which a period is not in the file or has no value is
    left out. Periods of a year or more are given back as they are.
    """
    if cells.empty or cells["months"].iloc[0] >= 12:
        return cells
    ranked = cells.assign(
        year=cells["start"].dt.year,
        rank=cells["quality"].map({word: place for place, word in enumerate(BEST_TO_WEAKEST)}),
    )
    years = ranked.groupby(["fips", "year"], as_index=False).agg(
        start=("start", "min"),
        end=("end", "max"),
        months=("months", "sum"),
        years=("years", "sum"),
        periods=("amount", "size"),
        valued=("amount", "count"),
        amount=("amount", "sum"),
        person_time=("person_time", lambda part: part.sum(skipna=False)),
        rank=("rank", "max"),
        stands_in=("stands_in", "any"),
    )
    january, december = years["start"].dt.month == 1, years["end"].dt.month == 12
    full = january & december & (years["months"] == 12) & (years["valued"] == years["periods"])
    whole = years[full].reset_index(drop=True)
    whole["value"] = whole["amount"] / (whole["years"] if kind == "people" else 1.0)
    whole["quality"] = [BEST_TO_WEAKEST[int(rank)] for rank in whole["rank"]]
    return whole[CELL_COLUMNS]


def years_left_out(cells: pd.DataFrame, whole: pd.DataFrame) -> int:
    """Count the calendar years of counties in ``cells`` that are not in ``whole``."""
    pairs = [set(zip(part["fips"], part["start"].dt.year, strict=True)) for part in (cells, whole)]
    return len(pairs[0] - pairs[1])


def with_rates(cells: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Add ``rate, low, high`` (per 100,000 resident-years) and ``steady`` to cells.

    ``low`` and ``high`` are missing for people on an average day, which are no count of events.
    ``steady`` is false below 20 events and where the publisher calls the value unreliable.
    """
    time = cells["person_time"].where(cells["person_time"] > 0)
    low, high = count_interval(cells["amount"].to_numpy(dtype=float))
    steady = cells["quality"] != "unreliable"
    if kind == "people":
        low = high = np.full(len(cells), np.nan)
    else:
        steady &= cells["amount"] >= STEADY_FROM
    return cells.assign(
        rate=PER * cells["amount"] / time,
        low=PER * low / time,
        high=PER * high / time,
        steady=steady,
    )
