"""How LEAD spread: counties and residents over time, each as a range from certain to perhaps."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.dates import read_span
from data.facts import Facts
from data.frame import first_month
from data.status import as_days, history, programs


class Spread(NamedTuple):
    """How LEAD spread, as a chart tells it from its first day to its last.

    ``band`` is the ``curve`` until the last day, ``programs`` are rows of ``data.status.programs``
    of the same counties, ``milestones`` those of ``state_milestones`` from the first day on.
    """

    band: pd.DataFrame
    programs: pd.DataFrame
    milestones: pd.DataFrame
    first: date
    last: date


def spread(facts: Facts, chosen: tuple[str, ...], today: date) -> Spread:
    """Give how LEAD spread until today in the chosen counties (FIPS codes; empty: in all)."""
    rows, first, marks = programs(facts), first_month(facts, today), state_milestones(facts)
    return Spread(
        curve(facts, today, chosen),
        rows[rows["fips"].isin(chosen)] if chosen else rows,
        marks[marks["day"] >= pd.Timestamp(first)],
        first,
        today,
    )


def residents(facts: Facts) -> pd.DataFrame:
    """Give residents by county (rows, FIPS) and year (columns, int)."""
    table = facts.population.astype({"year": int, "residents": int})
    return table.pivot(index="fips", columns="year", values="residents").sort_index()


def population_ends(facts: Facts) -> tuple[int, int]:
    """Give the first and the last year that the population table has."""
    years = facts.population["year"].astype(int)
    return int(years.min()), int(years.max())


def population_year(facts: Facts, year: int) -> int:
    """Give the year whose population stands for a year: the nearest one that the table has."""
    first, last = population_ends(facts)
    return min(max(year, first), last)


def population_row(facts: Facts, fips: str, day: date) -> pd.Series:
    """Give a county's row of the population table for a day: of its year, or the nearest known."""
    table, year = facts.population, population_year(facts, day.year)
    return table[(table["fips"] == fips) & (table["year"] == str(year))].iloc[0]


def curve(facts: Facts, until: date, chosen: tuple[str, ...] = ()) -> pd.DataFrame:
    """Give the adoption curve as a band, for all counties or the chosen ones.

    Parameters
    ----------
    facts
        The edition.
    until
        Last day of the curve.
    chosen
        FIPS codes; empty means all counties.

    Returns
    -------
    One row a day on which anything changes, plus ``until``: ``day`` (datetime64), ``low`` and
    ``high`` (counties running; running or perhaps) and ``share_low``, ``share_high`` (percent
    of the state's residents who live in them). The values hold until the next row. The population
    is that of the day's year, or the nearest year known.
    """
    codes = list(chosen) or list(facts.county_names)
    steps = history(facts)
    steps = steps[steps["fips"].isin(codes)]
    people = residents(facts)
    first = steps["day"].min() if len(steps) else pd.Timestamp(until)
    new_years = pd.date_range(first, pd.Timestamp(until), freq="YS")
    days = pd.DatetimeIndex(steps["day"]).union(new_years).union([pd.Timestamp(until)])
    days = days[days <= pd.Timestamp(until)].unique()
    status = (
        steps.pivot(index="day", columns="fips", values="status")
        .reindex(index=days, columns=codes)
        .ffill()
        .to_numpy()
    )
    low, high = status == "running", (status == "running") | (status == "perhaps")
    people = people[[population_year(facts, day.year) for day in days]]
    weight, total = people.loc[codes].to_numpy().T, people.sum().to_numpy()
    return pd.DataFrame(
        {
            "day": days,
            "low": low.sum(axis=1),
            "high": high.sum(axis=1),
            "share_low": 100 * np.where(low, weight, 0).sum(axis=1) / total,
            "share_high": 100 * np.where(high, weight, 0).sum(axis=1) / total,
        }
    )


def curve_on(band: pd.DataFrame, day: date) -> dict[str, float]:
    """Read a curve at a day: the values of its last row on or before it, 0 before the first."""
    past = band[band["day"] <= pd.Timestamp(day)].drop(columns="day")
    return past.iloc[-1].to_dict() if len(past) else dict.fromkeys(past.columns, 0)


def state_milestones(facts: Facts) -> pd.DataFrame:
    """Give the statewide milestones to mark, without the court system's many roll-out days."""
    rows = facts.milestones[facts.milestones["scope"] == "state"]
    rows = rows[~rows["title"].str.startswith("eCourts go-live, track")]
    return rows.assign(day=as_days([read_span(text).earliest for text in rows["date"]]))
