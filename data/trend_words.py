"""What is said of a trend: its unit and topic, notes in whole sentences, and each point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.cells import SUM
from data.classes import rate_words
from data.dates import Span, span_words
from data.facts import Facts
from data.rates import STEADY_FROM
from data.series import QUALITIES, CountySeries, Measure
from data.words import listed

if TYPE_CHECKING:
    from data.trend import Line, Trend

PERIOD_WORDS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
TOPIC_WORDS = {
    "jail": ("jail",),
    "prison": ("prison",),
    "arrests": ("arrest", "crime", "offense", "incident"),
    "court": ("charge", "court", "case", "filing", "defendant", "citation"),
}
"""Words in a measure's name or label that tell its topic; the first topic that fits."""
LEFT_OUT_WORDS = {
    "suppressed": "kept back by the publisher",
    "missing": "not given",
    "doubtful zero": "zero between periods with 20 or more, most likely not reported",
}


def unit_words(measure: Measure, as_rate: bool, months: pd.Series) -> str:
    """Say what is drawn: ``per 100,000 residents a year``, ``a month``, ``on an average day``."""
    people = measure.kind == "people"
    if as_rate:
        return f"per 100,000 {measure.residents}{'' if people else ' a year'}"
    length = int(months.iloc[0]) if len(months) else 12
    return "on an average day" if people else f"a {PERIOD_WORDS.get(length, f'{length} months')}"


def topic_of(measure: Measure) -> str:
    """Guess the topic of a measure from its words, as the milestones table names topics."""
    text = f"{measure.name} {measure.label}".lower()
    found = (topic for topic, words in TOPIC_WORDS.items() if any(word in text for word in words))
    return next(found, "")


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def missing_notes(facts: Facts, cells: pd.DataFrame, chosen: tuple[str, ...]) -> Iterator[str]:
    """Say which counties have no figures, and how many values are left out or lack residents.

    ``cells`` are those of the chosen counties, or of all.
    """
    found = set(cells["fips"])
    if without := [facts.county_names[fips] for fips in chosen if fips not in found]:
        yield f"The file has no figures for {listed(without)}."
    for quality, why in LEFT_OUT_WORDS.items():
        if count := int((cells["quality"] == quality).sum()):
            yield f"{_number(count, 'value is', 'values are')} left out: {why}."
    if count := int((cells["stands_in"] & cells["value"].notna()).sum()):
        yield f"For {_number(count, 'value', 'values')}, the population of another year stands in."
    if count := int((cells["value"].notna() & cells["person_time"].isna()).sum()):
        yield f"{_number(count, 'value has', 'values have')} no population and so no rate."


def jail_notes(
    facts: Facts, series: CountySeries, measure: Measure, chosen: tuple[str, ...]
) -> Iterator[str]:
    """Name the chosen counties whose jail serves other counties too."""
    if topic_of(measure) == "jail":
        for fips in chosen:
            if fips in series.regional:
                name, sharing = facts.county_names[fips], series.regional[fips]
                yield f"{name}: one jail serves {sharing}; the figures are the county's share."


def period_notes(other_lengths: int, years_left_out: int) -> Iterator[str]:
    """Say how many rows of other period lengths and how many years with gaps are left out."""
    if other_lengths:
        rows = _number(other_lengths, "row is", "rows are")
        yield f"{rows} left out, as most rows have periods of another length."
    if years_left_out:
        years = _number(years_left_out, "year of a county is", "years of counties are")
        yield f"{years} left out, as not every period of the year has a value."


def line_notes(
    lines: Sequence[Line], undated: Sequence[Line], as_rate: bool, align: str
) -> Iterator[str]:
    """Say how many counties stand behind the groups, and which lines are not shown and why."""
    if undated:
        names = listed(line.name for line in undated)
        yield f"Left out, as the sources do not fix when LEAD began there, if it did: {names}."
    groups = [line for line in lines if not line.fips]
    for line in groups:
        few, many = line.points["counties"].min(), line.points["counties"].max()
        number = f"{few}" if few == many else f"{few} to {many}"
        yield f"“{line.name}” adds up the {number} counties that have a value in the period."
    if len(groups) > 1:
        yield "A county leaves those without LEAD for good on the first day LEAD may have begun."
    if align == "adoption":
        yield "The state and the counties without LEAD have no start; they are shown by calendar."
    elif not as_rate and not groups:
        yield "Next to counties, the state and the counties without LEAD are shown as rates only."


def point_words(row: Any, line: Line, trend: Trend) -> tuple[str, ...]:
    """Say a point in lines: place, period, value, interval, events and what is known of it.

    ``row`` is a row of ``line.points``.
    """
    parts = [line.name, span_words(Span(row.start.date(), row.end.date()))]
    if pd.isna(row.shown):
        parts.append(QUALITIES[row.quality] if pd.isna(row.value) else "no population, so no rate")
        return tuple(parts)
    parts.append(f"{rate_words(row.shown)} {trend.unit}")
    if not pd.isna(row.shown_low):
        parts.append(f"95% interval {rate_words(row.shown_low)} to {rate_words(row.shown_high)}")
    if trend.as_rate:
        parts.append(f"{trend.measure.label}: {round(row.value, 1):,.10g}")
    if row.quality == SUM:
        parts.append("in one county" if row.counties == 1 else f"in {row.counties} counties")
    elif row.quality not in ("reported", "zero"):
        parts.append(QUALITIES[row.quality])
    if trend.measure.kind == "events" and row.amount < STEADY_FROM:
        parts.append(f"fewer than {STEADY_FROM} events: it swings by chance")
    return tuple(parts)
