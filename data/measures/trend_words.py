"""What is said of a trend: its unit and topic, notes in whole sentences, and each point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.dates import Span, span_words
from data.facts import Facts
from data.language import marked, say, say_many, say_number
from data.measures.cells import SUM
from data.measures.classes import rate_words
from data.measures.rates import STEADY_FROM
from data.series import QUALITIES, CountySeries, Measure
from data.words import listed

if TYPE_CHECKING:
    from data.measures.trend import Line, Trend

PERIOD_WORDS = {
    1: marked("a month"),
    3: marked("a quarter"),
    6: marked("a half-year"),
    12: marked("a year"),
}
TOPIC_WORDS = {
    "jail": ("jail",),
    "prison": ("prison",),
    "arrests": ("arrest", "crime", "offense", "incident"),
    "court": ("charge", "court", "case", "filing", "defendant", "citation"),
}
"""Words in a measure's name or label that tell its topic; the first topic that fits."""
LEFT_OUT_WORDS = {
    "suppressed": marked("kept back by the publisher"),
    "missing": marked("not given"),
    "doubtful zero": marked("zero between periods with 20 or more, most likely not reported"),
}


def unit_words(measure: Measure, as_rate: bool, months: pd.Series) -> str:
    """Say what is drawn: ``per 100,000 residents a year``, ``a month``, ``on an average day``."""
    if as_rate:
        return rate_unit(measure)
    if measure.kind == "people":
        return say("on an average day")
    length = int(months.iloc[0]) if len(months) else 12
    known = PERIOD_WORDS.get(length)
    return say(known) if known else say("a {n} months", n=length)


def rate_unit(measure: Measure) -> str:
    """Say the unit of a measure's rates, as ``per 100,000 residents aged 15 to 64 a year``."""
    whom = say(measure.residents)
    if measure.kind == "people":
        return say("per 100,000 {residents}", residents=whom)
    return say("per 100,000 {residents} a year", residents=whom)


def topic_of(measure: Measure) -> str:
    """Guess the topic of a measure from its words, as the milestones table names topics."""
    text = f"{measure.name} {measure.label}".lower()
    found = (topic for topic, words in TOPIC_WORDS.items() if any(word in text for word in words))
    return next(found, "")


def missing_notes(facts: Facts, cells: pd.DataFrame, chosen: tuple[str, ...]) -> Iterator[str]:
    """Say which counties have no figures, and how many values are left out or lack residents.

    ``cells`` are those of the chosen counties, or of all.
    """
    found = set(cells["fips"])
    if without := [facts.county_names[fips] for fips in chosen if fips not in found]:
        yield say("The file has no figures for {counties}.", counties=listed(without))
    for quality, why in LEFT_OUT_WORDS.items():
        if count := int((cells["quality"] == quality).sum()):
            yield say_many(
                "{n} value is left out: {why}.",
                "{n} values are left out: {why}.",
                count,
                why=say(why),
            )
    if count := int((cells["stands_in"] & cells["value"].notna()).sum()):
        yield say_many(
            "For {n} value, the population of another year stands in.",
            "For {n} values, the population of another year stands in.",
            count,
        )
    if count := int((cells["value"].notna() & cells["person_time"].isna()).sum()):
        yield say_many(
            "{n} value has no population and so no rate.",
            "{n} values have no population and so no rate.",
            count,
        )


def jail_notes(
    facts: Facts, series: CountySeries, measure: Measure, chosen: tuple[str, ...]
) -> Iterator[str]:
    """Name the chosen counties whose jail serves other counties too."""
    if topic_of(measure) == "jail":
        for fips in chosen:
            if fips in series.regional:
                yield say(
                    "{county}: one jail serves {sharing}; the figures are the county's share.",
                    county=facts.county_names[fips],
                    sharing=listed(re.split(", | and ", series.regional[fips])),
                )


def period_notes(other_lengths: int, years_left_out: int) -> Iterator[str]:
    """Say how many rows of other period lengths and how many years with gaps are left out."""
    if other_lengths:
        yield say_many(
            "{n} row is left out, as only periods of one length are used: the commonest, or the "
            "shortest of those equally common.",
            "{n} rows are left out, as only periods of one length are used: the commonest, or the "
            "shortest of those equally common.",
            other_lengths,
        )
    if years_left_out:
        yield say_many(
            "{n} year of a county is left out, as not every period of the year has a value.",
            "{n} years of counties are left out, as not every period of the year has a value.",
            years_left_out,
        )


def line_notes(
    lines: Sequence[Line], undated: Sequence[Line], as_rate: bool, align: str
) -> Iterator[str]:
    """Say how many counties stand behind the groups, and which lines are not shown and why."""
    if undated:
        yield say(
            "Left out, as the sources do not fix when LEAD began there, if it did: {names}.",
            names=listed(line.name for line in undated),
        )
    groups = [line for line in lines if not line.fips]
    yield from (_group_note(line) for line in groups if line.name != valued_words(line.points))
    if len(groups) > 1:
        yield say(
            "A county leaves those without LEAD for good on the first day LEAD may have begun."
        )
    if align == "adoption":
        yield say(
            "The state and the counties without LEAD have no start; they are shown by calendar."
        )
    elif not as_rate and not groups:
        yield say(
            "Next to counties, the state and the counties without LEAD are shown as rates only."
        )


def valued_words(points: pd.DataFrame) -> str:
    """Name a sum by how many counties it adds up, a row a period; blank without rows."""
    if points.empty:
        return ""
    few, many = int(points["counties"].min()), int(points["counties"].max())
    if few == many:
        return say_many("{n} county with a value", "{n} counties with a value", many)
    return say("{few} to {many} counties with a value", few=few, many=many)


def _group_note(line: Line) -> str:
    few, many = int(line.points["counties"].min()), int(line.points["counties"].max())
    if few == many:
        return say(
            "“{line}” adds up the {n} counties that have a value in the period.",
            line=line.name,
            n=few,
        )
    return say(
        "“{line}” adds up the {few} to {many} counties that have a value in the period.",
        line=line.name,
        few=few,
        many=many,
    )


def point_words(row: Any, line: Line, trend: Trend) -> tuple[str, ...]:
    """Say a point in lines: place, period, value, interval, events and what is known of it.

    ``row`` is a row of ``line.points``.
    """
    parts = [line.name, span_words(Span(row.start.date(), row.end.date()))]
    if pd.isna(row.shown):
        lacks_people = not pd.isna(row.value)
        parts.append(say("no population, so no rate") if lacks_people else _quality(row))
        return tuple(parts)
    parts.append(f"{rate_words(row.shown)} {trend.unit}")
    if not pd.isna(row.shown_low):
        ends = {"low": rate_words(row.shown_low), "high": rate_words(row.shown_high)}
        parts.append(say("95% interval {low} to {high}", **ends))
    if trend.as_rate:
        parts.append(f"{say(trend.measure.label)}: {_to_a_tenth(row.value)}")
    if row.quality == SUM:
        parts.append(say_many("in one county", "in {n} counties", row.counties))
    elif row.quality not in ("reported", "zero"):
        parts.append(_quality(row))
    if trend.measure.kind == "events" and row.amount < STEADY_FROM:
        parts.append(say("fewer than {n} events: it swings by chance", n=STEADY_FROM))
    return tuple(parts)


def _quality(row: Any) -> str:
    return say(QUALITIES[row.quality])


def _to_a_tenth(value: float) -> str:
    """Write a count with one decimal, or none where it is whole."""
    tenth = round(value, 1)
    return say_number(tenth, 0 if float(tenth).is_integer() else 1)
