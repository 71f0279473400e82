"""The one frame behind the map, the table, the sentence and every download of a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from data.dates import EVER, read_span
from data.dates import today as present_day
from data.facts import Facts
from data.harmless import csv_text
from data.language import kept
from data.status import county_status, history
from data.words import LOOKS, describe, joined

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
    frame = status.assign(county=pd.Series(facts.county_names), look=look)
    frame = frame.join(_texts(facts)).reset_index()
    return frame[[*DOWNLOAD_COLUMNS[:4], "look", *DOWNLOAD_COLUMNS[4:], "other"]]


@lru_cache(maxsize=4)
def _texts(facts: Facts) -> pd.DataFrame:
    """Join the text of each county's programs, which is the same on every day; by FIPS code."""
    lead = facts.lead.groupby("fips")
    other = facts.other_schemes.groupby("fips")
    columns = {
        "programs": lead["agency"],
        "start": lead["start"],
        "end": lead["end"],
        "sources": lead["sources"],
        "other": other["scope"],
    }
    texts = pd.DataFrame({name: column.agg(joined) for name, column in columns.items()})
    texts["last_confirmed"] = lead["last_confirmed"].agg(_newest)
    return texts.reindex(list(facts.county_names)).fillna("")


def _newest(cells: pd.Series) -> str:
    return str(max(cells, key=lambda text: read_span(text).earliest if text else EVER))


def adoption_rows(facts: Facts, day: date) -> pd.DataFrame:
    """Give the rows of ``county_frame`` as text, in the columns that are handed out."""
    frame = county_frame(facts, day)[DOWNLOAD_COLUMNS]
    return frame.assign(unconfirmed=np.where(frame["unconfirmed"], "yes", "no"))


@lru_cache(maxsize=64)
def adoption_csv(facts: Facts, day: date) -> str:
    """Give ``adoption_rows`` as the CSV text that ``/download/adoption.csv`` serves."""
    return csv_text(adoption_rows(facts, day))


def first_month(facts: Facts, until: date | None = None) -> date:
    """Give the first day of the year in which the history begins, looking no later than a day."""
    until = until or present_day()
    days = history(facts)["day"]
    known = days[(days > pd.Timestamp(EVER)) & (days <= pd.Timestamp(until))]
    return date(int(known.min().year) if len(known) else until.year, 1, 1)


@kept(8)
def timeline(facts: Facts, today: date) -> dict[str, object]:
    """Give the whole history in the form in which the browser looks a day up.

    The browser holds no rule of its own: it finds the last step on or before the day.

    Returns
    -------
    ``first, last`` (ISO days), ``looks`` (LOOKS), ``counties`` (name by FIPS code), ``steps``
    (by FIPS code: a list of ``[ISO day, position in looks]``, none_found before the first) and
    ``views`` (one a day on which anything changes: ``day``, ``headline`` with ``{day}`` in the
    day's place, ``detail`` and its ``doubt``, ``counts`` in the order of looks), and ``starts``
    (ISO days on which a county begins to be running).
    """
    changes = history(facts)
    changes = changes[changes["day"] <= pd.Timestamp(today)]
    look = np.where(changes["unconfirmed"], "unconfirmed", changes["status"])
    position = [LOOKS.index(word) for word in look]
    iso = changes["day"].dt.strftime("%Y-%m-%d")
    steps: dict[str, list[list[object]]] = {}
    for fips, day, place in zip(changes["fips"], iso, position, strict=True):
        steps.setdefault(fips, []).append([day, place])
    first = first_month(facts, today)
    days = pd.DatetimeIndex([first]).union(changes["day"][changes["day"] > pd.Timestamp(first)])
    table = changes.assign(look=look).pivot(index="day", columns="fips", values="look")
    table = table.ffill().reindex(days.unique(), method="ffill")
    table = table.reindex(columns=list(facts.county_names)).astype(object)
    table = table.where(table.notna(), "none_found")
    names = list(facts.county_names.values())
    return {
        "first": first.isoformat(),
        "last": today.isoformat(),
        "looks": list(LOOKS),
        "counties": facts.county_names,
        "steps": steps,
        "views": [_view(day, names, row.to_list()) for day, row in table.iterrows()],
        "starts": sorted(set(iso[(look == "running")])),
    }


def _view(day: pd.Timestamp, names: list[str], looks: list[str]) -> dict[str, object]:
    unconfirmed = [look == "unconfirmed" for look in looks]
    status = ["running" if look == "unconfirmed" else look for look in looks]
    frame = pd.DataFrame({"county": names, "status": status, "unconfirmed": unconfirmed})
    sentence = describe("{day}", frame)
    return {
        "day": f"{day:%Y-%m-%d}",
        "headline": sentence.headline,
        "detail": sentence.detail,
        "doubt": sentence.doubt,
        "counts": [looks.count(look) for look in LOOKS],
    }
