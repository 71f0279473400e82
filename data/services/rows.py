"""What each row of the table partnerships says on a day.

A row's ``status`` is what its source saw. A service that was running or had ended began on some
day within ``[s0, s1]`` and ended on some day within ``[e0, e1]`` (never, where no end is known), as
in ``data.status``. Of the other rows, ``t`` is the last possible day of the step they tell of: of
``start``, else of ``last_confirmed``; where both are blank the row has always held. On day D it is

========== =================================== ============================================
status     when                                in words
========== =================================== ============================================
running    s1 <= D <= e0                       the service runs
perhaps    s0 <= D <= e1 otherwise             it may run; the sources do not fix the day
funded     t <= D, the source saw money        granted or approved, not yet seen running
planned    t <= D, the source saw a plan       announced, not yet seen running
considered t <= D, the source saw a thought    considered or applied for, not decided
ended      D > e1                              it ran and ended
old_list   t <= D, the source only names it    nobody checked whether it runs
none_found otherwise                           nothing found (never "there is none")
========== =================================== ============================================

Where a running service has no start, it was there when it was last confirmed: from then on it is
running, before it perhaps; without any date it is perhaps always. Where no first possible day of a
start is known, it is the service's own first possible day in the state (``possible_from`` of the
table services), as the day of a law; a row that is sure to have begun before that day keeps its
open start. A county takes the best of its rows, in the order of SERVICE_STATUSES. Running is
*unconfirmed* more than 24 months after the newest dated source that saw it running, and wherever
there is no such source.

A statement on the whole state is no local fact: it is given apart and marks no county.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from data.dates import EVER, NEVER, read_span
from data.facts import Facts
from data.partnership_checks import LIVES
from data.services.words import SERVICE_LOOKS
from data.status import STATUSES, as_days, lifetimes, program_status

SERVICE_STATUSES = tuple(look for look in SERVICE_LOOKS if look != "unconfirmed")
"""From best to last: a county takes the best of its rows."""
NONE_FOUND = SERVICE_STATUSES.index("none_found")


@lru_cache(maxsize=4)
def lives(facts: Facts) -> pd.DataFrame:
    """Give the rows of the table partnerships with their dates as days.

    Returns
    -------
    The table, with ``s0, s1, e0, e1, stale`` for running and ended services (as
    ``data.status.programs`` explains them) and ``told``, the first day on which a row of
    another status holds. Days that do not apply lie at NEVER.
    """
    table = facts.partnerships
    days = lifetimes(table, pd.Series("", index=table.index))
    lived = table["status"].isin(LIVES)
    open_start = lived & (table["start"] == "")
    seen = as_days([read_span(t).latest if t else NEVER for t in table["last_confirmed"]])
    days["s1"] = days["s1"].mask(open_start, seen)
    days["s0"] = days["s0"].mask(open_start, pd.Timestamp(EVER))
    first = _first_days(facts)
    bounded = (days["s0"] == pd.Timestamp(EVER)) & (first <= days["s1"])
    days["s0"] = days["s0"].mask(bounded, first)
    days.loc[~lived, ["s0", "s1", "e0", "e1"]] = pd.Timestamp(NEVER)
    step = [
        read_span(start or confirmed).latest if start or confirmed else EVER
        for start, confirmed in zip(table["start"], table["last_confirmed"], strict=True)
    ]
    told = pd.Series(as_days(step), index=table.index).mask(lived, pd.Timestamp(NEVER))
    return table.join(days[["s0", "s1", "e0", "e1", "planned", "stale"]]).assign(told=told)


def _first_days(facts: Facts) -> pd.Series:
    """Give for each row of the table partnerships the first day on which it was possible."""
    told = facts.services
    first = dict(zip(told["service"], told["possible_from"], strict=True))
    cells = [first.get(service, "") for service in facts.partnerships["service"]]
    days = as_days([read_span(text).earliest if text else EVER for text in cells])
    return pd.Series(days, index=facts.partnerships.index)


def begins_open(start: str) -> bool:
    """Tell whether a cell of starts (EDTF, joined by ``; ``) gives no first possible day."""
    return all(read_span(text).earliest == EVER for text in start.split("; ") if text)


@lru_cache(maxsize=64)
def service_rows(facts: Facts, day: date) -> pd.DataFrame:
    """Tell the status of each row of the table partnerships on a day.

    Returns
    -------
    The rows that say anything on that day: ``fips`` (blank: the whole state), ``county, service,
    provider, status`` (of SERVICE_STATUSES, on that day), ``unconfirmed, look, start, end,
    last_confirmed, sources, confidence, note`` and ``rank``.
    """
    rows = lives(facts)
    seen = program_status(rows, day)
    to_rank = np.array([SERVICE_STATUSES.index(status) for status in STATUSES])
    own = rows["status"].map(SERVICE_STATUSES.index).astype(int)
    rank = np.where(rows["told"] <= pd.Timestamp(day), own, to_rank[seen["rank"]])
    status = np.array(SERVICE_STATUSES, dtype=object)[rank]
    told = facts.partnerships.assign(rank=rank, status=status, unconfirmed=seen["unconfirmed"])
    told["look"] = told["status"].mask(told["unconfirmed"], "unconfirmed")
    return told[told["rank"] != NONE_FOUND]


def statewide(facts: Facts, day: date) -> pd.DataFrame:
    """Give the statements on the whole state, which are never local facts; as ``service_rows``."""
    rows = service_rows(facts, day)
    return rows[rows["fips"] == ""]
