"""The words of a deck: a county told, a result with its limits, the doubts and the sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from data.dates import day_words, edtf_words
from data.evidence.results import WARNING, direction, headline_unit, results, values_words
from data.facts import Facts
from data.frame import county_frame
from data.language import marked, say, say_number
from data.words import LOOK_WORDS, listed, parts_of, sentence_case
from layouts.exports.slide_flow import Para

SLIDE_DAY = date(2019, 8, 31)
"""The day of the slide that this project began with."""
SLIDE_NOT_FOUND = marked(
    "The slide of 31 August 2019 that began this project was not found. The map of that day is the "
    "best reading of other sources, not a transcription of the slide."
)
NO_PROOF = marked(
    "No LEAD found does not mean no LEAD: counties that no source names were not checked one by "
    "one. A status is what the sources support, not what is certain on the day."
)
LICENSES = (
    marked("Code: MIT license."),
    marked(
        "Facts: cited from their publishers, who keep their rights, except where a source below "
        "says public domain."
    ),
    marked("Shapes and population: US Census Bureau, public domain."),
)
DOUBTS = {
    "perhaps": marked("The sources do not fix whether LEAD ran on {when} in {names}."),
    "unconfirmed": marked(
        "On {when}, the newest confirmation was more than two years old in {names}."
    ),
}
"""What is doubtful of counties, by their look."""
COVERED = marked("Most programs serve one town, so the share covered is smaller.")
DATES = {
    "starts": marked("starts: {when}"),
    "began": marked("began: {when}"),
    "ended": marked("ended: {when}"),
    "announced": marked("announced: {when}"),
    "last confirmed": marked("last confirmed: {when}"),
}
"""The dates of a program; one that is not LEAD began, where LEAD starts."""
CITED = "cited; rights with the publisher"
"""The terms of nearly all sources, said once for all."""


def caveats(frame: pd.DataFrame, day: date) -> list[str]:
    """Say the doubts that stand beside the map of a ``county_frame`` on a day."""
    told = [say(NO_PROOF)]
    for look, words in DOUBTS.items():
        names = frame.loc[frame["look"] == look, "county"]
        if len(names):
            told.append(say(words, when=day_words(day), names=listed(names, len(names))))
    return [*told, say(SLIDE_NOT_FOUND)] if day == SLIDE_DAY else told


def share_words(low: float, high: float) -> str:
    """Say which percentage of residents live in counties with LEAD, and perhaps with LEAD."""
    share = {"low": f"{say_number(low, 1)}%", "high": f"{say_number(high, 1)}%"}
    people = say("In those counties live {low} of the state's residents.", **share)
    if share["low"] != share["high"]:
        people = say(
            "In those counties live {low}, perhaps {high}, of the state's residents.", **share
        )
    return f"{people} {say(COVERED)}"


def county_words(facts: Facts, row: Any, day: date) -> list[Para]:
    """Tell the county of a ``county_frame`` row: status, programs, doubts, results, sources."""
    programs = facts.adoption[facts.adoption["fips"] == row.fips].sort_values(
        "is_lead", ascending=False, kind="stable"
    )
    own = results(facts)
    own = own[own["fips"] == row.fips]
    county = {"county": row.county}
    look = {"look": say(LOOK_WORDS[row.look]), "day": day_words(day)}
    told = [Para(say("{look}, as of {day}.", **look), bold=True)]
    if programs.empty:
        missing = say(
            "No LEAD program or plan was found for {county} County in the sources read. That does "
            "not prove there is none.",
            **county,
        )
        told.append(Para(missing))
    told += [para for program in programs.itertuples() for para in _program_words(program)]
    if own.empty:
        told.append(Para(say("No published result was found for {county} County.", **county)))
    if "1" in set(own["grade"]):
        told.append(Para(say(WARNING), say("Results of grade 1:")))
    told += [result_words(result) for result in own.itertuples()]
    ids = parts_of([*programs["sources"], *own["sources"]])
    if ids:
        named = facts.sources.set_index("id")["publisher"]
        told.append(Para("; ".join(f"{named[one]} ({one})" for one in ids) + ".", say("Sources:")))
    return told


def _program_words(program: Any) -> list[Para]:
    """Tell a row of the adoption table: its dates as known, then what is not."""
    counted = program.is_lead == "yes"
    never = say("never, by a dated source") if counted else ""
    dates = (
        ("starts" if counted else "began", program.start, say("not found")),
        ("ended", program.end, ""),
        ("announced", program.planned, ""),
        ("last confirmed", program.last_confirmed, never),
    )
    told = [
        say(DATES[term], when=edtf_words(text) if text else missing)
        for term, text, missing in dates
        if text or missing
    ]
    other = [] if counted else [say("Other scheme, not counted as LEAD.")]
    words = " ".join([f"{program.scope}.", *other, f"{sentence_case('; '.join(told))}."])
    paras = [Para(words, f"{program.agency}:")]
    doubts = Para(program.note, say("Doubts:"), color="ink-soft")
    return [*paras, doubts] if program.note else paras


def result_words(row: Any) -> Para:
    """Tell a result of ``data.evidence.results``: the figure first, and its limits with it."""
    period = " → ".join(filter(None, [row.period_before, row.period_after]))
    after = headline_unit(row) or direction(row)
    parts = [
        f"{row.measure}.",
        f"{row.site}, {row.population}{f' ({period})' if period else ''}.",
        f"{sentence_case(limit_words(row))}.",
    ]
    return Para(" ".join(parts), f"{row.headline} {after}".strip() + ":")


def change_words(row: Any) -> list[Para]:
    """Tell a change from before to after: the figure and its periods, then its limits."""
    period = f"{row.period_before} → {row.period_after}"
    values = values_words(row)
    told = f"{row.site}: {values}, {period}." if values else f"{row.site}, {period}."
    return [
        Para(told, f"{row.headline} {row.measure}."),
        Para(f"{sentence_case(limit_words(row))}.", color="ink-soft"),
    ]


def limit_words(row: Any) -> str:
    """Say what a result rests on: grade, comparison group, people, interval, and a claim."""
    group = say("comparison group: {group}", group=row.compared)
    limits = [row.graded, group, row.people, row.interval]
    if row.claim == "yes":
        limits.insert(1, say("a claim, no method given"))
    return "; ".join(limits)


def sources_of_map(facts: Facts, day: date) -> list[str]:
    """Give the ids of the sources of every county that the map of a day does not leave blank."""
    frame = county_frame(facts, day)
    return parts_of(frame.loc[frame["look"] != "none_found", "sources"])


def sources_of_counties(facts: Facts, chosen: Iterable[str]) -> list[str]:
    """Give the ids of the sources of some counties' programs and results."""
    tables = (facts.adoption, facts.outcomes)
    return parts_of(
        cell
        for fips in chosen
        for table in tables
        for cell in table.loc[table["fips"] == fips, "sources"]
    )


def source_words(facts: Facts, ids: Iterable[str]) -> list[Para]:
    """Tell each source in the table's order: title, publisher, day, address."""
    rows = facts.sources[facts.sources["id"].isin(list(ids))]
    return [_source(row) for row in rows.itertuples()]


def _source(row: Any) -> Para:
    when = edtf_words(row.published) if row.published else say("undated")
    terms = "" if row.licence == CITED or not row.licence else f" {sentence_case(row.licence)}."
    told = f"{row.title}. {row.publisher}, {when}.{terms}"
    told += "" if row.url else " " + say("(Page address not recorded.)")
    return Para(told, f"{row.id}:", link=row.url)
