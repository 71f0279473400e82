"""What must hold in the tables of other services: LEAD apart, places told, dates in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from data.dates import NEVER, DateError, read_span
from data.read import Problem
from data.schema import LEAD

STATE = "North Carolina"
"""What a row on the whole state has in place of a county's name."""
LIVES = ("running", "ended")
"""The status words of a service that has lived in time; all others tell of one step."""


def partnership_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Check the tables ``services`` and ``partnerships``, given among all tables as text."""
    services = tables["services"]["service"]
    for row in services.index[services == LEAD]:
        advice = "LEAD has its own table, adoption.csv. Take it out of this one."
        yield Problem("services", int(row), "service", LEAD, advice)
    for row in tables["partnerships"].itertuples():
        yield from _place_problems(row)
        yield from _date_problems(row)


def _place_problems(row: Any) -> Iterator[Problem]:
    if not row.fips and row.county != STATE:
        advice = f"Give the county's FIPS code; only a row on {STATE} as a whole has none."
        yield Problem("partnerships", row.Index, "fips", "", advice)


def _date_problems(row: Any) -> Iterator[Problem]:
    try:
        start, end = (read_span(text) if text else None for text in (row.start, row.end))
    except DateError:
        return
    lived = row.status in LIVES
    if end and not lived:
        advice = f"Only a row that is {' or '.join(LIVES)} has an end. Mend one of the two."
        yield Problem("partnerships", row.Index, "end", row.end, advice)
    if start and start.latest == NEVER and not lived:
        advice = "The step was taken on some day that has passed; write the latest possible day."
        yield Problem("partnerships", row.Index, "start", row.start, advice)
    if row.status == "ended" and not end:
        advice = "A service that ended has an end; write what is known of it, as in [..2019-12]."
        yield Problem("partnerships", row.Index, "end", "", advice)
    if end and start and end.latest < start.earliest:
        advice = f"The end lies before the start ({row.start}). Mend one of the two."
        yield Problem("partnerships", row.Index, "end", row.end, advice)
