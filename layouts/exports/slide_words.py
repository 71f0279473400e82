"""The words of a deck: a county told, a result with its limits, the doubts and the sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from data.dates import day_words, edtf_words
from data.facts import Facts
from data.frame import county_frame
from data.results import WARNING, direction, headline_unit, results
from data.words import LOOK_WORDS, listed
from layouts.exports.slide_flow import Para

SLIDE_DAY = date(2019, 8, 31)
SLIDE_NOT_FOUND = (
    "The slide of 31 August 2019 that began this project was not found. The map of that day is the "
    "best reading of other sources, not a transcription of the slide."
)
NO_PROOF = (
    "No LEAD found does not mean no LEAD: counties that no source names were not checked one by "
    "one. A status is what the sources support, not what is certain on the day."
)
LICENSES = (
    "Code: MIT license.",
    "Facts: cited from their publishers, who keep their rights, except where a source below says "
    "public domain.",
    "Shapes and population: US Census Bureau, public domain.",
)
CITED = "cited; rights with the publisher"
"""The terms of nearly all sources, said once for all."""


def caveats(frame: pd.DataFrame, day: date) -> list[str]:
    """Say the doubts that stand beside the map of a ``county_frame`` on a day."""
    told = [NO_PROOF]
    when = day_words(day)
    for look, words in (
        ("perhaps", "The sources do not fix whether LEAD ran on {when} in {names}."),
        (
            "unconfirmed",
            "On {when}, the newest confirmation was more than two years old in {names}.",
        ),
    ):
        names = frame.loc[frame["look"] == look, "county"]
        if len(names):
            told.append(words.format(when=when, names=listed(names, len(names))))
    return [*told, SLIDE_NOT_FOUND] if day == SLIDE_DAY else told


def county_words(facts: Facts, row: Any, day: date) -> list[Para]:
    """Tell the county of a ``county_frame`` row: status, programs, doubts, results, sources."""
    programs = facts.adoption[facts.adoption["fips"] == row.fips].sort_values(
        "is_lead", ascending=False, kind="stable"
    )
    own = results(facts)
    own = own[own["fips"] == row.fips]
    told = [Para(f"{LOOK_WORDS[row.look]}, as of {day_words(day)}.", bold=True)]
    if programs.empty:
        told.append(
            Para(
                f"No LEAD program or plan was found for {row.county} County in the sources read. "
                "That does not prove there is none."
            )
        )
    told += [para for program in programs.itertuples() for para in _program_words(program)]
    if own.empty:
        told.append(Para(f"No published result was found for {row.county} County."))
    if "1" in set(own["grade"]):
        told.append(Para(WARNING, "Results of grade 1:"))
    told += [result_words(result) for result in own.itertuples()]
    ids = cited([*programs["sources"], *own["sources"]])
    if ids:
        named = facts.sources.set_index("id")["publisher"]
        told.append(Para("; ".join(f"{named[one]} ({one})" for one in ids) + ".", "Sources:"))
    return told


def _program_words(program: Any) -> list[Para]:
    """Tell a row of the adoption table: its dates as known, then what is not."""
    counted = program.is_lead == "yes"
    never = "never, by a dated source" if counted else ""
    dates = (
        ("starts" if counted else "began", program.start, "not found"),
        ("ended", program.end, ""),
        ("announced", program.planned, ""),
        ("last confirmed", program.last_confirmed, never),
    )
    told = [
        f"{term}: {edtf_words(text) if text else missing}"
        for term, text, missing in dates
        if text or missing
    ]
    kind = "" if counted else "Other scheme, not counted as LEAD. "
    words = f"{program.scope}. {kind}{sentence_case('; '.join(told))}."
    paras = [Para(words, f"{program.agency}:")]
    return [*paras, Para(program.note, "Doubts:", color="ink-soft")] if program.note else paras


def sentence_case(text: str) -> str:
    """Begin text with a capital."""
    return text[:1].upper() + text[1:]


def result_words(row: Any) -> Para:
    """Tell a result of ``data.results``: the figure first, and its limits with it."""
    period = " → ".join(filter(None, [row.period_before, row.period_after]))
    after = headline_unit(row) or direction(row)
    parts = [
        f"{row.measure}.",
        f"{row.site}, {row.population}{f' ({period})' if period else ''}.",
        f"{sentence_case(limit_words(row))}.",
    ]
    return Para(" ".join(parts), f"{row.headline} {after}".strip() + ":")


def limit_words(row: Any) -> str:
    """Say what a result rests on: grade, comparison group, people, interval, and a claim."""
    limits = [row.graded, f"comparison group: {row.compared}", row.people, row.interval]
    if row.claim == "yes":
        limits.insert(1, "a claim, no method given")
    return "; ".join(limits)


def cited(cells: Iterable[str]) -> list[str]:
    """Give the ids of some cells of ids, each once, in order."""
    return list(dict.fromkeys(one for cell in cells for one in cell.split("; ") if one))


def sources_of_map(facts: Facts, day: date) -> list[str]:
    """Give the ids of the sources of every county that the map of a day does not leave blank."""
    frame = county_frame(facts, day)
    return cited(frame.loc[frame["look"] != "none_found", "sources"])


def sources_of_counties(facts: Facts, chosen: Iterable[str]) -> list[str]:
    """Give the ids of the sources of some counties' programs and results."""
    tables = (facts.adoption, facts.outcomes)
    return cited(
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
    when = edtf_words(row.published) if row.published else "undated"
    terms = "" if row.licence == CITED or not row.licence else f" {sentence_case(row.licence)}."
    told = f"{row.title}. {row.publisher}, {when}.{terms}"
    told += "" if row.url else " (Page address not recorded.)"
    return Para(told, f"{row.id}:", link=row.url)
