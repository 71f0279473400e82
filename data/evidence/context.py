"""Cited figures on criminal justice involvement and overdose: context, never an effect of LEAD."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.dates import NEVER, read_span
from data.evidence.reach import period_words
from data.evidence.units import unit_words
from data.facts import Facts
from data.language import kept, marked, say
from data.status import programs

STANDING = marked(
    "This is context, not effect. These totals move for many reasons, and a LEAD program of a few "
    "dozen people is too small to be seen in them."
)
HEADLINE_SERIES = (
    "nc-felony-sentences",
    "nc-misdemeanor-sentences",
    "nc-felony-active-share",
    "nc-adult-drug-arrests",
    "nc-ocme-deaths",
    "nc-overdose-deaths",
)
"""The statewide series shown first, in this order."""


QUALIFIERS = {
    "about": marked("about"),
    "more than": marked("more than"),
    "less than": marked("less than"),
    "provisional": marked("provisional"),
}
"""How a source qualifies a value that is not exact."""
BREAK_WORDS = {
    "all": marked("pandemic"),
    "crime": marked("new crime reporting"),
    "court": marked("courts change"),
}
"""What a change in counting is called on a chart, by what it breaks."""
COUNTED_BY = marked("Counted by {publisher}.")
NOT_STATED = marked("The source does not say who counted.")


@dataclass(frozen=True, eq=False)
class Series:
    """Points of one measure by one publisher and one definition, which a line may join.

    ``points`` has ``day`` (middle of the period), ``value``, ``qualifier``, ``when`` (words),
    ``sources``, ``note`` and ``follows`` (whether nothing is missing between it and the point
    before), in order of time; ``breaks`` are the milestones across which the
    series may not be compared (``day``, ``title``); ``starts`` the spans in which LEAD began
    in the place (``s0``, ``s1``, ``agency``), empty for the state.
    """

    name: str
    fips: str
    place: str
    agency: str
    topic: str
    measure: str
    unit: str
    publisher: str
    points: pd.DataFrame
    breaks: pd.DataFrame
    starts: pd.DataFrame

    @property
    def where(self) -> str:
        """The place in words, with the agency where it is about one."""
        return self.place if self.agency in ("", self.place) else f"{self.place}: {self.agency}"

    @property
    def counted(self) -> str:
        """Who counted, as a text to be said: with ``{publisher}`` where the source tells."""
        return NOT_STATED if self.publisher.startswith("not stated") else COUNTED_BY

    @property
    def unit_note(self) -> str:
        """The unit of a rate, said in a sentence: its measure does not tell it; else blank."""
        return say("In {unit}.", unit=unit_words(self.unit)) if " per " in self.unit else ""


@kept(8)
def context_series(facts: Facts, chosen: tuple[str, ...] = ()) -> list[Series]:
    """Give the series with at least two periods: statewide ones, or those of chosen counties."""
    table = facts.context
    rows = table[table["fips"].isin(chosen)] if chosen else table[table["fips"] == ""]
    rows = rows[rows["period"] != ""]
    found = [
        _series(facts, group)
        for _, group in rows.groupby("series", sort=False)
        if group["period"].nunique() > 1
    ]
    rank = {name: place for place, name in enumerate(HEADLINE_SERIES)}
    return sorted(found, key=lambda series: rank.get(series.name, len(rank)))


def _series(facts: Facts, rows: pd.DataFrame) -> Series:
    spans = [read_span(text) for text in rows["period"]]
    middle = [
        pd.Timestamp(s.earliest) + (pd.Timestamp(s.latest) - pd.Timestamp(s.earliest)) / 2
        for s in spans
    ]
    points = pd.DataFrame(
        {
            "first": [pd.Timestamp(span.earliest) for span in spans],
            "last": [pd.Timestamp(span.latest) for span in spans],
            "day": middle,
            "value": rows["value"].astype(float),
            "qualifier": rows["qualifier"],
            "when": [period_words(text) for text in rows["period"]],
            "sources": rows["sources"],
            "note": rows["note"],
        }
    ).sort_values("day")
    points["follows"] = _follows(points)
    head = rows.iloc[0]
    lead = programs(facts)
    return Series(
        **{
            name: head[name]
            for name in ("fips", "place", "agency", "topic", "measure", "unit", "publisher")
        },
        name=head["series"],
        points=points,
        breaks=breaks(facts, head["topic"], head["fips"], points["day"].min(), points["day"].max()),
        starts=lead[(lead["fips"] == head["fips"]) & (lead["s1"] < pd.Timestamp(NEVER))],
    )


def value_words(row: Any, unit: str) -> str:
    """Say the value of a point: ``1,234 arrests (about)``."""
    value = f"{row.value:,.10g} {unit_words(unit)}"
    return value if row.qualifier == "exact" else f"{value} ({say(QUALIFIERS[row.qualifier])})"


def _follows(points: pd.DataFrame) -> pd.Series:
    """Tell which periods go on from the one before: at most a month later, or the next year's."""
    gap = points["first"] - points["last"].shift()
    next_year = points["first"] == points["first"].shift() + pd.DateOffset(years=1)
    return (gap <= pd.Timedelta(days=31)) | next_year


def breaks(
    facts: Facts, topic: str, fips: str, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """Give the milestones between two days across which a topic's figures may not be compared."""
    kinds = {"all"} | ({"crime"} if topic in ("crime", "arrests") else set())
    kinds |= {"court"} if topic in ("court", "prison") else set()
    table = facts.milestones
    rows = table[table["breaks"].isin(kinds) & table["fips"].isin({"", fips})]
    rows = rows.assign(day=pd.to_datetime([read_span(text).earliest for text in rows["date"]]))
    return rows[(rows["day"] > first) & (rows["day"] < last)].sort_values("day")
