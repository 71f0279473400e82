"""People that LEAD reached, as far as dated sources tell, and how much they could weigh at most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from data.evidence.reach import reach
from data.facts import Facts
from data.language import say, say_number
from data.measures.effect import Effect


@dataclass(frozen=True, eq=False)
class Reached:
    """People who entered LEAD in some counties, as far as dated sources tell.

    ``rows`` are of ``data.evidence.reach.reach``: each program's newest running total.
    """

    rows: pd.DataFrame

    @cached_property
    def people(self) -> int:
        """The sum of the running totals."""
        return int(self.rows["value"].astype(float).sum())

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """The counties (FIPS codes) that have one."""
        return tuple(sorted(set(self.rows["fips"])))

    @property
    def at_least(self) -> bool:
        """Whether a source tells only that there were more than so many."""
        return bool((self.rows["qualifier"] == "more than").any())

    @property
    def words(self) -> str:
        """The number in words: ``49 people``, or ``at least 249 people``."""
        number = say_number(self.people)
        if self.at_least:
            return say("at least {number} people", number=number)
        return say("{number} people", number=number)


def reached(facts: Facts, codes: tuple[str, ...]) -> Reached:
    """Find the people who entered LEAD in counties (FIPS codes): each program's newest total.

    What is planned, or only less than a number, is no number of people.
    """
    rows = reach(facts, codes)
    rows = rows[
        (rows["entered"] == "yes")
        & (rows["is_lead"] == "yes")
        & (rows["kind"] == "cumulative")
        & ~rows["qualifier"].isin(["planned", "less than"])
    ]
    return Reached(rows.sort_values("day").groupby(["fips", "site"]).tail(1))


def largest_fall(effect: Effect, people: Reached, each: float) -> float | None:
    """Give the percent by which a yearly total would fall had the people reached no more events.

    Both sides are of the counties alone for which the people are known; their yearly total is each
    county's events after adoption over its years with LEAD, added up. ``each`` is the events a
    year of one person. At most 100; None where no person is known, or no event to end.
    """
    known = effect.by_county[effect.by_county["fips"].isin(people.counties)]
    a_year = float((known["observed"] / known["years"]).sum())
    if not (people.people and each and a_year > 0):
        return None
    return min(100.0, 100 * people.people * each / a_year)


def is_known(effect: Effect, people: Reached) -> bool:
    """Tell whether the number of people is known of every adopter, not only that it is larger."""
    return set(effect.adopters) <= set(people.counties) and not people.at_least
