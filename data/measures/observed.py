"""Observed against expected for a loaded measure: the estimate, the people reached, the rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from data.evidence.reach import reach
from data.facts import Facts
from data.measures.effect import Effect, ceiling, estimate, seed_of
from data.measures.effect_words import sentences
from data.measures.panel import Options, county_panel
from data.series import CountySeries

DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True)
class Reached:
    """People who entered LEAD in some counties, as far as dated sources tell.

    ``people`` is the sum of each program's newest running total, ``counties`` how many of the
    counties have one.
    """

    people: int
    counties: int


@lru_cache(maxsize=16)
def observe(facts: Facts, series: CountySeries, measure: str, options: Options) -> Effect:
    """Estimate observed against expected; equal data and options give equal numbers.

    Raises EffectError, with the reason in one sentence, where there is too little to tell.
    """
    panel = county_panel(facts, series, measure, options)
    return estimate(panel, seed_of(series.checksum, measure, options))


def reached(facts: Facts, codes: tuple[str, ...]) -> Reached:
    """Count the people who entered LEAD in counties (FIPS codes)."""
    rows = reach(facts, codes)
    rows = rows[
        (rows["entered"] == "yes")
        & (rows["is_lead"] == "yes")
        & (rows["kind"] == "cumulative")
        & (rows["qualifier"] != "planned")
    ]
    newest = rows.sort_values("day").groupby(["fips", "site"]).tail(1)
    return Reached(int(newest["value"].astype(float).sum()), newest["fips"].nunique())


def largest_fall(effect: Effect, people: int, each: float) -> float | None:
    """Give the percent by which the counties' yearly total falls if the people had no more events.

    None where no person is known to be reached. ``each`` is the events a year of one person.
    """
    if not people or not each:
        return None
    frame = effect.by_period
    length = (frame["end"] - frame["start"] + pd.Timedelta(days=1)).dt.days / DAYS_OF_A_YEAR
    county_years = float((length * frame["treated"]).sum())
    a_year = effect.observed / county_years * len(effect.adopters)
    return ceiling(people, each, a_year)


def told(
    facts: Facts, series: CountySeries, measure: str, options: Options, each: float
) -> tuple[Effect, tuple[str, ...], Reached]:
    """Give the estimate, its sentences (the headline first), and the people reached."""
    effect = observe(facts, series, measure, options)
    people = reached(facts, effect.adopters)
    most = largest_fall(effect, people.people, each)
    return effect, sentences(effect, series.measure(measure), options, people, most), people


def effect_csv(effect: Effect, names: dict[str, str]) -> str:
    """Give what the panel draws as CSV: the whole, each county, each period, each step in time."""
    whole = pd.DataFrame(
        {
            "part": ["all counties"],
            "observed": [effect.observed],
            "expected": [effect.expected],
            "percent": [effect.percent],
            "low": [effect.low],
            "high": [effect.high],
            "p": [effect.p],
            "draws": [effect.draws],
            "seed": [effect.seed],
        }
    )
    counties = effect.by_county.assign(part="county", county=effect.by_county["fips"].map(names))
    periods = effect.by_period.assign(part="period")
    for column in ("start", "end"):
        periods[column] = periods[column].dt.strftime("%Y-%m-%d")
    steps = effect.by_event.assign(part="periods since adoption")
    rows = pd.concat([whole, counties, periods, steps], ignore_index=True)
    lead = ["part", "fips", "county", "start", "end", "event"]
    rows = rows[[*lead, *[name for name in rows if name not in lead]]]
    return rows.replace({np.nan: ""}).to_csv(index=False, lineterminator="\n")
