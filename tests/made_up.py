"""A made-up file in the layout of Vera's yearly series, with quirks and a known truth."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from data.adoption import residents
from data.facts import Facts
from data.measures.panel import TREATED, states
from data.status import programs

YEARS = range(2008, 2025)
SHARE_15_TO_64 = 0.65
HEAD = (
    *("year", "county_fips", "county_name", "state_abbr", "total_pop_15to64"),
    *("total_jail_pop", "total_jail_admits"),
)
REGIONAL = ("37015", "37117", "37029", "37139", "37143")
NOT_REPORTING = {"37009": (2013,), "37075": (2011, 2016)}
FALSE_ZERO = {"37025": (2015,)}


def make_series(path: Path, facts: Facts, effect: float = 0.0, seed: int = 1) -> Path:
    """Write 17 years of every county; ``effect`` is the change in counties that surely have LEAD.

    Admissions follow a county level, a state trend and slow drifts of each county; regional jails
    are apportioned (fractions), some counties do not report, one has a false zero, and 2020 and
    2021 are low everywhere.
    """
    chance = np.random.default_rng(seed)
    people = residents(facts)
    starts = np.array([f"{year}-01-01" for year in YEARS], dtype="datetime64[D]")
    ends = np.array([f"{year}-12-31" for year in YEARS], dtype="datetime64[D]")
    lead = programs(facts)
    state_trend = np.cumsum(chance.normal(0, 0.02, len(YEARS)))
    rows = []
    for fips, name in facts.county_names.items():
        treated = states(lead[lead["fips"] == fips], starts, ends) == TREATED
        level = np.log(0.045) + chance.normal(0, 0.35)
        drift = np.cumsum(chance.normal(0, 0.02, len(YEARS)))
        for place, year in enumerate(YEARS):
            young = int(people.loc[fips, min(max(year, 2010), 2019)] * SHARE_15_TO_64)
            shock = -0.4 if year in (2020, 2021) else 0.0
            rate = np.exp(level + drift[place] + state_trend[place] + shock)
            admits = chance.poisson(young * rate * (1 + effect * treated[place]))
            rows.append(
                [year, fips, f"{name} County", "NC", young, *_cells(fips, year, int(admits))]
            )
    chance.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])
    return path


def _cells(fips: str, year: int, admits: int) -> list[object]:
    """Give jail population and admissions as a publisher would."""
    if year in NOT_REPORTING.get(fips, ()):
        return ["", ""]
    if year in FALSE_ZERO.get(fips, ()):
        return [0, 0]
    if fips in REGIONAL:
        return [round(admits / 20 + 0.35, 2), round(admits + 0.42, 2)]
    return [max(1, admits // 20), admits]
