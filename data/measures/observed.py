"""Observed against expected for a loaded measure: the estimate, its sentences, and all as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

from data.dates import day_words
from data.facts import Facts
from data.harmless import harmless
from data.language import say
from data.measures.cells import years_of
from data.measures.effect import Effect, EffectError, estimate, seed_of
from data.measures.effect_words import sentences
from data.measures.made_of import made_of
from data.measures.panel import Options, Panel, county_panel
from data.measures.rates import PER
from data.measures.reached import Reached, is_known, largest_fall, reached
from data.measures.trend import first_starts
from data.series import CountySeries, Measure


@dataclass(frozen=True, eq=False)
class Found:
    """An estimate and the people reached in its counties.

    ``each`` is how many events a year a person is taken to have, ``fall`` the percent by which the
    yearly total of the counties with known people would fall without them, None where not known;
    ``made_of`` what all is made of (``data.measures.made_of``).
    """

    effect: Effect
    measure: Measure
    options: Options
    people: Reached
    each: float
    fall: float | None
    made_of: dict[str, str]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What must be said, the headline first."""
        whole = self.fall if is_known(self.effect, self.people) else None
        return sentences(self.effect, self.measure, self.options, self.people.people, whole)

    @property
    def periods(self) -> pd.DataFrame:
        """The estimate ``by_period``, with ``observed_rate`` and ``expected_rate``.

        Both are per 100,000 residents: a year, or on an average day where people are counted.
        """
        table = self.effect.by_period
        people = table["person_time"]
        if self.measure.kind == "people":
            people = people / years_of(table["start"], table["end"])
        rates = {f"{name}_rate": PER * table[name] / people for name in ("observed", "expected")}
        return table.assign(**rates)


@lru_cache(maxsize=16)
def observe(facts: Facts, series: CountySeries, measure: str, options: Options) -> Effect:
    """Estimate observed against expected; equal data and options give equal numbers.

    Raises EffectError, with the reason in one sentence, where there is too little to tell.
    """
    panel = county_panel(facts, series, measure, options)
    _check_end(facts, panel)
    return estimate(panel, seed_of(series.checksum, measure, options))


def _check_end(facts: Facts, panel: Panel) -> None:
    """Refuse a file that ends before LEAD can have begun anywhere."""
    starts = first_starts(facts)["s0"]
    if len(starts) and len(panel.ends) and starts.min() > pd.Timestamp(panel.ends.max()):
        raise EffectError(
            say(
                "An estimate needs numbers from after LEAD began: the file ends on {last}, and the "
                "first county has LEAD from {first} at the earliest.",
                last=day_words(pd.Timestamp(panel.ends.max()).date()),
                first=day_words(starts.min().date()),
            )
        )


def find(facts: Facts, series: CountySeries, measure: str, options: Options, each: float) -> Found:
    """Give the estimate and what stands beside it; raises EffectError as ``observe`` does."""
    effect, told = observe(facts, series, measure, options), series.measure(measure)
    people = reached(facts, effect.adopters)
    # People in jail on an average day are no events that a person could have so many of a year.
    fall = largest_fall(effect, people, each) if told.kind == "events" else None
    return Found(effect, told, options, people, each, fall, made_of(facts, series, measure))


def effect_csv(found: Found, names: dict[str, str]) -> str:
    """Give what the panel draws and says as CSV, a part after the other.

    The whole, each county, each period, each step in time, and the people reached. What is of the
    periods with LEAD alone adds up to the whole. The last columns, alike in all rows, tell what it
    is made of; ``data/downloads.csv`` describes every column.
    """
    effect = found.effect
    counties = effect.by_county.assign(
        part="county",
        county=effect.by_county["fips"].map(names),
        periods_checked=effect.by_county["fips"].map(effect.pre_check.moved)
        if effect.pre_check
        else np.nan,
    )
    joined = np.where(effect.by_period["follows"], "yes", "no")
    periods = found.periods.assign(part="period", follows=joined)
    for column in ("start", "end"):
        periods[column] = periods[column].dt.strftime("%Y-%m-%d")
    steps = effect.by_event.assign(part="periods since adoption")
    parts = [_whole(found), counties, periods, steps, _people(found.people, names)]
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True)
    lead = ["part", "fips", "county", "start", "end", "event"]
    rows = rows.reindex(columns=list(dict.fromkeys([*lead, *chain.from_iterable(parts)])))
    rows = rows.rename(columns=CSV_NAMES).assign(**_alike(found)).convert_dtypes()
    return str(rows.to_csv(index=False, lineterminator="\n"))


CSV_NAMES = {
    "without": "percent_without_county",
    "years": "years_with_lead",
    "treated": "counties_with_lead",
    "treated_observed": "observed_with_lead",
    "treated_expected": "expected_with_lead",
    "observed_rate": "observed_per_100000",
    "expected_rate": "expected_per_100000",
    "follows": "joined_to_the_row_before",
}


def _alike(found: Found) -> dict[str, object]:
    """Give the columns that are alike in all rows: what was counted, of which file, and how."""
    options = found.options
    return {
        "measure": harmless(found.measure.label),
        **found.made_of,
        "window_years": options.window,
        "comparison": options.comparison,
        "years_left_out": ",".join(map(str, sorted(options.skip))),
        "percent_formula": "100 * (observed / expected - 1)",
    }


def _whole(found: Found) -> pd.DataFrame:
    """Give the row of all counties: the estimate, its test, and each check."""
    effect, check = found.effect, found.effect.pre_check
    names = "observed", "expected", "percent", "low", "high", "p", "draws", "as_large", "seed"
    told: dict[str, object] = {name: getattr(effect, name) for name in names}
    told |= {
        "part": "all counties",
        "counties": len(effect.adopters),
        "comparisons": effect.comparisons,
        "smallest_change": effect.detectable,
        "check_percent": check.percent if check else np.nan,
        "check_p": check.p if check else np.nan,
        "people_reached": found.people.people or np.nan,
        "events_each": found.each,
        "largest_fall": np.nan if found.fall is None else found.fall,
    }
    return pd.DataFrame([told])


def _people(people: Reached, names: dict[str, str]) -> pd.DataFrame:
    rows = people.rows
    return pd.DataFrame(
        {
            "part": "people reached",
            "fips": rows["fips"],
            "county": rows["fips"].map(names),
            "people_reached": rows["value"].astype(float),
            "qualifier": rows["qualifier"],
            "program": rows["site"].map(harmless),
            "as_of": rows["period"],
            "sources": rows["sources"],
        }
    )
