"""The one frame behind the map, the table, the sentence and every download of a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from data.facts import Facts
from data.status import county_status, history
from data.words import LOOKS, describe

DOWNLOAD_COLUMNS = [
    "fips",
    "county",
    "status",
    "unconfirmed",
    "programs",
    "start",
    "end",
    "last_confirmed",
    "sources",
]


@lru_cache(maxsize=64)
def county_frame(facts: Facts, day: date) -> pd.DataFrame:
    """Give all that is shown of each county on a day.

    Returns
    -------
    One row a county in FIPS order: ``fips, county, status, unconfirmed, look`` (a word of
    LOOKS), then text joined over the county's LEAD programs: ``programs`` (agencies), ``start,
    end`` (EDTF), ``sources`` (ids), the newest ``last_confirmed`` (EDTF); and ``other``:
    schemes there that their sources do not call LEAD, which are never counted.
    """
    status = county_status(facts, day)
    look = np.where(status["unconfirmed"], "unconfirmed", status["status"])
    lead = facts.adoption[facts.adoption["is_lead"] == "yes"].groupby("fips")
    other = facts.adoption[facts.adoption["is_lead"] == "no"].groupby("fips")
    columns = {
        "programs": lead["agency"],
        "start": lead["start"],
        "end": lead["end"],
        "sources": lead["sources"],
        "other": other["scope"],
    }
    texts = pd.DataFrame({name: column.agg(_joined) for name, column in columns.items()})
    texts["last_confirmed"] = lead["last_confirmed"].max()
    frame = status.assign(county=pd.Series(facts.county_names), look=look)
    frame = frame.join(texts.reindex(frame.index).fillna("")).reset_index()
    return frame[[*DOWNLOAD_COLUMNS[:4], "look", *DOWNLOAD_COLUMNS[4:], "other"]]


def _joined(cells: pd.Series) -> str:
    return "; ".join(dict.fromkeys(part for cell in cells for part in cell.split("; ") if part))


def adoption_csv(facts: Facts, day: date) -> str:
    """Give the rows of ``county_frame`` as the CSV text that ``/download/adoption.csv`` serves."""
    frame = county_frame(facts, day)[DOWNLOAD_COLUMNS]
    told = frame.assign(unconfirmed=np.where(frame["unconfirmed"], "yes", "no"))
    return told.to_csv(index=False, lineterminator="\n")


def first_month(facts: Facts) -> date:
    """Give the first day of the year in which the history begins."""
    days = history(facts)["day"]
    return date(int(days.dt.year.min()), 1, 1)


@lru_cache(maxsize=8)
def timeline(facts: Facts, today: date) -> dict[str, object]:
    """Give the whole history in the form in which the browser looks a day up.

    The browser holds no rule of its own: it finds the last step on or before the day.

    Returns
    -------
    ``first, last`` (ISO days), ``looks`` (LOOKS), ``counties`` (name by FIPS code), ``steps``
    (by FIPS code: a list of ``[ISO day, position in looks]``, none_found before the first) and
    ``views`` (one a day on which anything changes: ``day``, ``headline`` with ``{day}`` in the
    day's place, ``detail``, ``counts`` in the order of looks), and ``starts`` (ISO days on
    which a county begins to be running).
    """
    changes = history(facts)
    changes = changes[changes["day"] <= pd.Timestamp(today)]
    look = np.where(changes["unconfirmed"], "unconfirmed", changes["status"])
    position = [LOOKS.index(word) for word in look]
    iso = changes["day"].dt.strftime("%Y-%m-%d")
    steps: dict[str, list[list[object]]] = {}
    for fips, day, place in zip(changes["fips"], iso, position, strict=True):
        steps.setdefault(fips, []).append([day, place])
    first = first_month(facts)
    days = [first, *sorted({day.date() for day in changes["day"]})]
    return {
        "first": first.isoformat(),
        "last": today.isoformat(),
        "looks": list(LOOKS),
        "counties": facts.county_names,
        "steps": steps,
        "views": [_view(facts, day) for day in days],
        "starts": sorted(set(iso[(look == "running")])),
    }


def _view(facts: Facts, day: date) -> dict[str, object]:
    frame = county_frame(facts, day)
    sentence = describe("{day}", frame)
    found = frame["look"].value_counts()
    return {
        "day": day.isoformat(),
        "headline": sentence.headline,
        "detail": sentence.detail,
        "counts": [int(found.get(look, 0)) for look in LOOKS],
    }
