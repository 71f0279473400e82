"""What is known of LEAD and eight other services in each county on a day.

A county takes the best of its rows, by the rule at the head of ``data.services.rows``; LEAD's own
status comes from ``data.frame``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.dates import EVER, NEVER, Span, read_span
from data.facts import Facts
from data.frame import county_frame
from data.harmless import csv_text
from data.language import say
from data.schema import LEAD
from data.services.rows import SERVICE_STATUSES, begins_open, service_rows
from data.services.words import CONFIDENCE_WORDS, Tally, count_sentence
from data.status import best
from data.words import Sentence, joined

COLUMNS = [
    "fips",
    "county",
    "service",
    "status",
    "unconfirmed",
    "look",
    "providers",
    "since",
    "last_confirmed",
    "sources",
    "confidence",
    "note",
]
TEXTS = COLUMNS[COLUMNS.index("providers") :]
"""The columns that are joined over the rows which make a mark."""
FOUND = ("running", "unconfirmed")
"""The looks of a service that was surely found at work by the day."""
_CONFIDENCE = tuple(CONFIDENCE_WORDS)


def services(facts: Facts) -> dict[str, str]:
    """Give the name of each service by its key, LEAD first, then in the order of the table."""
    rows = facts.services
    return {LEAD: "LEAD"} | dict(zip(rows["service"], map(say, rows["name"]), strict=True))


@lru_cache(maxsize=64)
def service_frame(facts: Facts, day: date) -> pd.DataFrame:
    """Give what is known of each service in each county on a day.

    Returns
    -------
    One row a county and service, LEAD among them, by FIPS code and then in the order of
    ``services``: ``fips, county, service, status, unconfirmed, look`` (a word of SERVICE_LOOKS);
    then text joined over the rows that make the mark, those of the county's own status:
    ``providers, since`` (EDTF), the newest ``last_confirmed``, ``sources``, the best
    ``confidence`` (blank for LEAD, whose table has none) and ``note``. All text is blank where
    nothing was found.
    """
    rows = service_rows(facts, day)
    local = rows[rows["fips"] != ""]
    marks = best(local, ["fips", "service"], SERVICE_STATUSES)
    making = local.merge(marks[["fips", "service", "status"]], on=["fips", "service", "status"])
    found = marks.merge(_texts(making), on=["fips", "service"], how="left")
    every = pd.MultiIndex.from_product(
        [facts.county_names, services(facts)], names=["fips", "service"]
    )
    found = pd.concat([_lead(facts, day), found]).set_index(["fips", "service"]).reindex(every)
    found = found.fillna({"status": "none_found", "unconfirmed": False}).fillna("").reset_index()
    found = found.astype({"unconfirmed": bool})
    found["county"] = found["fips"].map(facts.county_names)
    found["look"] = found["status"].mask(found["unconfirmed"], "unconfirmed")
    return found[COLUMNS]


def _texts(rows: pd.DataFrame) -> pd.DataFrame:
    """Join the text of the rows that make each mark, oldest first, whatever their order."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in sorted(rows.itertuples(index=False), key=_age):
        groups[row.fips, row.service].append(row)
    made = [
        (
            *mark,
            joined(row.provider for row in group),
            joined(row.start for row in group),
            _newest(row.last_confirmed for row in group),
            joined(row.sources for row in group),
            min((row.confidence for row in group), key=_CONFIDENCE.index),
            _noted(group),
        )
        for mark, group in groups.items()
    ]
    return pd.DataFrame(made, columns=["fips", "service", *TEXTS], dtype=str)


def _age(row: Any) -> tuple[Span, str, str]:
    span = read_span(row.start) if row.start else Span(NEVER, NEVER)
    return span, row.provider, row.sources


def _newest(cells: Iterable[str]) -> str:
    return max(cells, key=lambda text: (read_span(text).earliest if text else EVER, text))


def _noted(group: list[Any]) -> str:
    """Join the notes, each with its provider where there is more than one row."""
    named = len(group) > 1
    notes = (
        f"{row.provider}: {row.note}" if named and row.provider else row.note
        for row in group
        if row.note
    )
    return " ".join(dict.fromkeys(notes))


def _lead(facts: Facts, day: date) -> pd.DataFrame:
    """Give the counties where LEAD says anything on a day, in the columns of the others."""
    frame = county_frame(facts, day)
    frame = frame[frame["status"] != "none_found"]
    return pd.DataFrame(
        {
            "fips": frame["fips"],
            "service": LEAD,
            "status": frame["status"],
            "unconfirmed": frame["unconfirmed"],
            "providers": frame["programs"],
            "since": frame["start"],
            "last_confirmed": frame["last_confirmed"],
            "sources": frame["sources"],
            "confidence": "",
            "note": "",
        }
    )


def service_matrix(facts: Facts, day: date) -> pd.DataFrame:
    """Give the look of each service in each county on a day.

    Returns
    -------
    One row a county in FIPS order: ``fips, county``, then a column a service, in the order of
    ``services``, of words of SERVICE_LOOKS.
    """
    frame = service_frame(facts, day)
    looks = frame.pivot(index="fips", columns="service", values="look")[list(services(facts))]
    names = pd.Series(facts.county_names, name="county").rename_axis("fips")
    return names.to_frame().join(looks).reset_index().rename_axis(columns=None)


@lru_cache(maxsize=64)
def partnerships_csv(facts: Facts, day: date) -> str:
    """Give as CSV the rows of ``service_frame`` that found anything: of counties, not the state."""
    frame = service_frame(facts, day)
    told = frame[frame["look"] != "none_found"]
    told = told.assign(unconfirmed=np.where(told["unconfirmed"], "yes", "no"))
    return csv_text(told)


def found_sentence(facts: Facts, day: date, service: str = "") -> Sentence:
    """Say in how many counties a service was found on a day; without one, any but LEAD itself."""
    frame = service_frame(facts, day)
    if service:
        rows, phrase = frame[frame["service"] == service], _phrases(facts)[service]
    else:
        rows = frame[frame["service"] != LEAD]
        phrase = say("at least one service beside LEAD running")
    return count_sentence(day, phrase, tally(rows))


def _phrases(facts: Facts) -> dict[str, str]:
    table = facts.services
    return {LEAD: "LEAD"} | dict(zip(table["service"], map(say, table["phrase"]), strict=True))


@lru_cache(maxsize=64)
def tallies(facts: Facts, day: date) -> dict[str, Tally]:
    """Count the counties of each service on a day, by its key."""
    groups = service_frame(facts, day).groupby("service")
    return {str(service): tally(rows) for service, rows in groups}


def tally(rows: pd.DataFrame) -> Tally:
    """Count counties in rows of a ``service_frame``, of one service or of several together.

    A county takes its best mark: it runs where any of the services runs, and is confirmed where
    any that runs is. Of a county that is perhaps, no start is known where none of its doubtful
    services has one.
    """
    running = set(rows.loc[rows["status"] == "running", "fips"])
    confirmed = set(rows.loc[rows["look"] == "running", "fips"])
    doubtful = rows[(rows["status"] == "perhaps") & ~rows["fips"].isin(running)]
    perhaps = set(doubtful["fips"])
    bounded = set(doubtful.loc[~doubtful["since"].map(begins_open).astype(bool), "fips"])
    return Tally(
        counties=rows["fips"].nunique(),
        running=len(running),
        unconfirmed=len(running - confirmed),
        perhaps=len(perhaps),
        open_start=len(perhaps - bounded),
    )


def coverage(facts: Facts) -> pd.DataFrame:
    """Tell how much was found of each service but LEAD, over all time.

    Returns
    -------
    One row a service: ``service, name, rows`` (local rows), ``counties`` (with a local row),
    ``dated`` (of them, with a row confirmed by a dated source), ``high, medium, low`` (counties
    by the best confidence of their rows) and ``statewide`` (statements on the whole state). What
    it means that a county was searched is in ``data.services.words.SEARCHED``.
    """
    table = facts.partnerships
    local = table[table["fips"] != ""]
    dated = local[local["last_confirmed"] != ""]
    counties = local.groupby(["service", "fips"])["confidence"].agg(
        lambda cells: min(cells, key=_CONFIDENCE.index)
    )
    grades = counties.groupby("service").value_counts().unstack(fill_value=0)
    names = {key: name for key, name in services(facts).items() if key != LEAD}
    found = pd.DataFrame(
        {
            "rows": local.groupby("service").size(),
            "counties": local.groupby("service")["fips"].nunique(),
            "dated": dated.groupby("service")["fips"].nunique(),
            "statewide": table[table["fips"] == ""].groupby("service").size(),
        }
    ).join(grades.reindex(columns=["high", "medium", "low"]))
    found = found.reindex(list(names)).fillna(0).astype(int)
    found.insert(0, "name", pd.Series(names))
    return found.rename_axis("service").reset_index()
