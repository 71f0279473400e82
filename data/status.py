"""What is known of a program or a county on a day.

A program starts on some day within ``[s0, s1]``, ends on some day within ``[e0, e1]`` (never,
where no end is known), and may have been announced by day ``p``. On day D it is

========== ======================================== ==========================================
status     when                                     in words
========== ======================================== ==========================================
ended      D > e1                                   had LEAD, ended
running    s1 <= D <= e0                            has LEAD
perhaps    s0 <= D <= e1 otherwise                  may have had LEAD; the day is not fixed
planned    D < s0 and p <= D                        announced, not started
none_found otherwise                                no LEAD found in the sources
========== ======================================== ==========================================

A county takes the best of its programs, in the order of ``STATUSES``. A running program is
*unconfirmed* more than 24 months after the newest source that saw it running.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from data.dates import EVER, NEVER, read_span
from data.facts import Facts

STATUSES = ("running", "perhaps", "planned", "ended", "none_found")
"""From best to last: a county takes the best of its programs."""
CONFIRMED_MONTHS = 24
NONE_FOUND = STATUSES.index("none_found")


@lru_cache(maxsize=4)
def programs(facts: Facts) -> pd.DataFrame:
    """Give the LEAD programs that count, with their dates as days.

    Returns
    -------
    One row a program with ``is_lead = yes``: ``fips, agency, scope, start`` (EDTF) and the days
    ``s0, s1, e0, e1`` (first and last possible start and end), ``planned`` (the day by which
    a plan was certainly announced) and ``stale`` (first day on which running is unconfirmed).
    A blank start puts no program anywhere in time.
    """
    columns = ["fips", "agency", "scope", "start"]
    return facts.lead[columns].join(lifetimes(facts.lead, facts.lead["planned"]))


def lifetimes(rows: pd.DataFrame, planned: pd.Series) -> pd.DataFrame:
    """Turn the dates of programs into days.

    Parameters
    ----------
    rows
        n programs with ``start, end, last_confirmed`` as EDTF text.
    planned
        n texts: when each was announced.

    Returns
    -------
    n rows: ``s0, s1, e0, e1, planned, stale`` (datetime64), as ``programs`` explains them; a
    blank start or end lies at NEVER.
    """
    start = rows["start"].map(lambda text: read_span(text) if text else None)
    end = rows["end"].map(lambda text: read_span(text) if text else None)
    return pd.DataFrame(
        {
            "s0": as_days([s.earliest if s else NEVER for s in start]),
            "s1": as_days([s.latest if s else NEVER for s in start]),
            "e0": as_days([s.earliest if s else NEVER for s in end]),
            "e1": as_days([s.latest if s else NEVER for s in end]),
            "planned": as_days([read_span(t).latest if t else NEVER for t in planned]),
            "stale": as_days([_stale(text) for text in rows["last_confirmed"]]),
        },
        index=rows.index,
    )


def _stale(confirmed: str) -> date:
    if not confirmed:
        return EVER
    seen = pd.Timestamp(read_span(confirmed).earliest)
    limit: pd.Timestamp = seen + pd.DateOffset(months=CONFIRMED_MONTHS) + pd.Timedelta(days=1)
    return limit.date()


def as_days(values: list[date]) -> np.ndarray:
    """Give days as numpy days, by the second, as pandas keeps days so far from today."""
    return np.array(values, dtype="datetime64[D]").astype("datetime64[s]")


def program_status(rows: pd.DataFrame, day: date | pd.Series) -> pd.DataFrame:
    """Tell the status of each program on a day, by the table at the head of this module.

    Parameters
    ----------
    rows
        Programs, as ``programs`` gives them, n rows.
    day
        One day for all, or a series of n days.

    Returns
    -------
    n rows: ``rank`` (position in STATUSES) and ``unconfirmed`` (bool).
    """
    d = pd.Timestamp(day) if isinstance(day, date) else day
    running = (rows["s1"] <= d) & (d <= rows["e0"])
    rank = np.select(
        [d > rows["e1"], running, rows["s0"] <= d, rows["planned"] <= d],
        [STATUSES.index(s) for s in ("ended", "running", "perhaps", "planned")],
        NONE_FOUND,
    )
    unconfirmed = running & (rows["stale"] <= d)
    return pd.DataFrame({"rank": rank, "unconfirmed": unconfirmed}, index=rows.index)


def best(ranked: pd.DataFrame, by: list[str], statuses: tuple[str, ...] = STATUSES) -> pd.DataFrame:
    """Take for each group the best rank, confirmed before unconfirmed.

    Parameters
    ----------
    ranked
        Rows with the columns ``by``, ``rank`` (position in ``statuses``) and ``unconfirmed``.
    by
        The columns that name a group.
    statuses
        The words of a status, from best to last.

    Returns
    -------
    One row a group: the columns ``by``, ``status`` and ``unconfirmed``.
    """
    taken = _order(ranked).groupby([ranked[name] for name in by]).min()
    return _told(taken, statuses).reset_index()


def _order(ranked: pd.DataFrame) -> pd.Series:
    """Give what each row shows as a number, the best first, confirmed before unconfirmed."""
    return ranked["rank"] * 2 + ranked["unconfirmed"]


def _told(order: pd.Series, statuses: tuple[str, ...]) -> pd.DataFrame:
    """Give such numbers back as ``status`` and ``unconfirmed``."""
    status = np.array(statuses, dtype=object)[order // 2]
    return pd.DataFrame({"status": status, "unconfirmed": order % 2 == 1}, index=order.index)


def county_status(facts: Facts, day: date) -> pd.DataFrame:
    """Tell the status of every county on a day.

    Returns
    -------
    One row a county, indexed by FIPS code in order: ``status`` (a word of STATUSES) and
    ``unconfirmed`` (bool; only ever true for running).
    """
    rows = programs(facts)
    order = _order(program_status(rows, day)).groupby(rows["fips"]).min()
    return _told(order.reindex(list(facts.county_names), fill_value=2 * NONE_FOUND), STATUSES)


@lru_cache(maxsize=4)
def history(facts: Facts) -> pd.DataFrame:
    """Give every change of every county's status, over all time.

    Returns
    -------
    One row a change, ordered by county and day: ``fips, day`` (datetime64, the first day on
    which it holds), ``status, unconfirmed``. Before its first row a county is none_found.
    """
    rows = programs(facts)
    one_day = pd.Timedelta(days=1)
    moments = pd.concat(
        pd.DataFrame({"fips": rows["fips"], "day": days})
        for days in (
            rows["planned"],
            rows["s0"],
            rows["s1"],
            rows["stale"],
            rows["e0"] + one_day,
            rows["e1"] + one_day,
        )
    ).drop_duplicates()
    moments = moments[moments["day"] < pd.Timestamp(NEVER)]
    pairs = moments.merge(rows, on="fips")
    ranked = program_status(pairs, pairs["day"]).assign(fips=pairs["fips"], day=pairs["day"])
    steps = best(ranked, ["fips", "day"]).sort_values(["fips", "day"])
    before = steps.groupby("fips")[["status", "unconfirmed"]].shift()
    changed = (steps["status"] != before["status"].fillna("none_found")) | (
        steps["unconfirmed"] != before["unconfirmed"].fillna(False).astype(bool)
    )
    return steps[changed].reset_index(drop=True)[["fips", "day", "status", "unconfirmed"]]


def counts(frame: pd.DataFrame) -> dict[str, int]:
    """Count the counties of a ``county_status`` frame by status, unconfirmed ones apart.

    The keys are the words of STATUSES plus ``unconfirmed`` (a part of ``running``).
    """
    found = frame["status"].value_counts()
    numbers = {status: int(found.get(status, 0)) for status in STATUSES}
    return numbers | {"unconfirmed": int(frame["unconfirmed"].sum())}
