"""Counties like a county, and counties that already do what it might do next.

The rule is plain, so that anyone can check it: residents and borders, no score.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.adoption import population_year, residents
from data.dates import edtf_words, read_span
from data.facts import Facts
from data.language import kept, marked, say
from data.schema import LEAD
from data.services.known import FOUND, service_frame, services
from data.services.words import SERVICE_LEGEND_WORDS
from data.words import joined, listed, parts_of, within_sentence

NOT_BEGUN = ("funded", "planned", "considered", "old_list")
"""The looks whose date is that of a step or a list, not of a beginning."""
BAND = 2
"""Counties are alike in size when the larger has at most this many times the residents."""
RULE = marked(
    "Counties with half to twice the residents come first, neighbors before others; then all the "
    "rest, again neighbors first. Within each of these groups the county closest in residents "
    "comes first. Services found in both are told but do not change the order, because they also "
    "show how far the sources reach."
)
BEGAN, CONFIRMED = marked("began {dates}"), marked("last confirmed {dates}")
"""What the dates of a service mean, in a list after who provides it."""
SIMILAR_COLUMNS = [
    "fips",
    "county",
    "neighbor",
    "residents",
    "ratio",
    "year",
    "shared",
    "reason",
    "sources",
]
EXAMPLE_COLUMNS = [
    "fips",
    "county",
    "neighbor",
    "ratio",
    "look",
    "providers",
    "since",
    "last_confirmed",
    "words",
    "sources",
    "confidence",
    "note",
]


def service_names(facts: Facts) -> dict[str, str]:
    """Give the name of each service, with LEAD, as it stands within a sentence."""
    return {service: within_sentence(name) for service, name in services(facts).items()}


@kept(64)
def similar(
    facts: Facts, fips: str, day: date, neighbors: tuple[str, ...], most: int = 5
) -> pd.DataFrame:
    """Give the counties most like a county on a day, by ``RULE``.

    Parameters
    ----------
    facts, fips
        The edition and the county; KeyError for a county that the edition does not have.
    day
        Services count if found running by this day; residents are those of its year, or of
        the nearest year known.
    neighbors
        FIPS codes of the county's neighbors.
    most
        So many counties at most.

    Returns
    -------
    One row a county, the most alike first: ``fips, county, neighbor`` (bool), ``residents``
    (people in ``year``), ``ratio`` (its residents over this county's), ``shared`` (services
    found in both, joined by ``; ``), ``reason`` (in words) and ``sources`` (ids, of the residents
    and of the services found in both).
    """
    nearest = _others(facts, fips, day, neighbors)
    nearest = nearest.sort_values(["far", "neighbor", "apart"], ascending=[True, False, True])
    nearest = nearest.head(most).reset_index(drop=True)
    shared = [_shared(facts, fips, other, day) for other in nearest["fips"]]
    names = service_names(facts)
    return nearest.assign(
        shared=["; ".join(both["service"].unique()) for both in shared],
        reason=[
            _reason(row, [names[service] for service in both["service"].unique()])
            for row, both in zip(nearest.itertuples(), shared, strict=True)
        ],
        sources=[
            joined([people, *both["sources"]])
            for people, both in zip(nearest["sources"], shared, strict=True)
        ],
    )[SIMILAR_COLUMNS]


@kept(512)
def examples(
    facts: Facts, fips: str, service: str, day: date, neighbors: tuple[str, ...], most: int = 2
) -> pd.DataFrame:
    """Give other counties where a service was found running by a day.

    Neighbors come first, and within both groups those closest in residents. Statements about the
    whole state are no examples.

    Parameters
    ----------
    facts, fips, day, neighbors
        As for ``similar``.
    service
        A service of the table “services”, or ``lead``; any other has no examples.
    most
        So many counties at most.

    Returns
    -------
    One row a county: ``fips, county, neighbor, ratio`` (its residents over this county's),
    ``look`` (a word of FOUND), ``providers, since, last_confirmed`` (EDTF, joined by ``; ``),
    ``words`` (all of that, as a reader would say it), ``sources, confidence, note``.
    """
    frame = service_frame(facts, day)
    found = frame[(frame["service"] == service) & frame["look"].isin(FOUND)]
    others = _others(facts, fips, day, neighbors)[["fips", "neighbor", "ratio", "apart"]]
    rows = found.merge(others, on="fips")
    rows = rows.sort_values(["neighbor", "apart", "fips"], ascending=[False, True, True])
    rows = rows.head(most).reset_index(drop=True)
    return rows.assign(words=[_example_words(row) for row in rows.itertuples()])[EXAMPLE_COLUMNS]


def _example_words(row: Any) -> str:
    county = say("{county} County", county=row.county)
    return f"{county} ({', '.join(_alike(row))}): {service_words(row)}."


@lru_cache(maxsize=128)
def _others(facts: Facts, fips: str, day: date, neighbors: tuple[str, ...]) -> pd.DataFrame:
    """Give all other counties in FIPS order with what likeness is told by.

    ``apart`` is the distance of the residents on a scale of ratios; ``far`` is being outside BAND.
    """
    year = population_year(facts, day.year)
    people = residents(facts)[year]
    ratio = people / people.loc[fips]
    rows = facts.population[facts.population["year"] == str(year)].set_index("fips")
    frame = pd.DataFrame(
        {
            "county": pd.Series(facts.county_names),
            "neighbor": people.index.isin(neighbors),
            "residents": people,
            "ratio": ratio,
            "year": year,
            "far": (ratio > BAND) | (ratio < 1 / BAND),
            "apart": np.log(ratio).abs(),
            "sources": rows["sources"],
        },
        index=people.index,
    )
    return frame.drop(index=fips).rename_axis("fips").reset_index()


def _shared(facts: Facts, fips: str, other: str, day: date) -> pd.DataFrame:
    """Give the rows of both counties for the services found running in both."""
    frame = service_frame(facts, day)
    rows = frame[frame["fips"].isin([fips, other]) & frame["look"].isin(FOUND)]
    return rows[rows.duplicated("service", keep=False)]


def _reason(row: Any, shared: list[str]) -> str:
    both = [say("found in both: {services}", services=listed(shared))] if shared else []
    return "; ".join([*_alike(row), *both])


def _alike(row: Any) -> list[str]:
    return [*([say("neighbor")] if row.neighbor else []), ratio_words(row.ratio)]


def ratio_words(ratio: float) -> str:
    """Say how many times the residents a county has, to two digits."""
    if float(f"{ratio:.2g}") == 1:
        return say("about as many residents")
    return say("{times} times the residents", times=f"{float(f'{ratio:.2g}'):g}")


def service_words(row: Any) -> str:
    """Say of a ``service_frame`` row who provides it and what its dates mean for its look."""
    return ", ".join([provider_words(row), *when_words(row)])


def provider_words(row: Any) -> str:
    """Say of a ``service_frame`` row who provides it."""
    return list_words(row.providers) or say("provider not named")


def when_words(row: Any) -> list[str]:
    """Say what the dates of a ``service_frame`` row mean for its look, one by one."""
    if row.look in NOT_BEGUN:
        undated = [] if row.service == LEAD else [say("undated")]
        return [step] if (step := _step(row)) else undated
    since, seen = dates_words(row.since), dates_words(row.last_confirmed)
    began = say(BEGAN, dates=since) if since else say("when it began is not known")
    never = say("never confirmed by a dated source")
    return [began, say(CONFIRMED, dates=seen) if seen else never]


def look_words(row: Any) -> str:
    """Say how a ``service_frame`` row looks, and of a look of NOT_BEGUN from when the news is."""
    words = say(SERVICE_LEGEND_WORDS[row.look])
    return f"{words} ({step})" if row.look in NOT_BEGUN and (step := _step(row)) else words


def _step(row: Any) -> str:
    """Say when the newest source told of a step before the beginning; blank where none is dated.

    Blank for LEAD too: its date is that of a start to come, not of the plan.
    """
    told = "" if row.service == LEAD else row.last_confirmed or row.since
    return say("as of {dates}", dates=dates_words(told)) if told else ""


def dates_words(cell: str) -> str:
    """Say a cell of EDTF dates in words, blank for a blank one."""
    dates = sorted(cell.split("; "), key=lambda text: read_span(text).latest) if cell else []
    return list_words("; ".join(map(edtf_words, dates)))


def list_words(cell: str) -> str:
    """Join the parts of a cell as a reader would, each once; blank for a blank cell."""
    parts = parts_of([cell])
    return listed(parts) if parts else ""
