"""A county's story: the spans in which each program was planned, perhaps running, running."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.dates import NEVER, edtf_words, read_span
from data.facts import Facts
from data.status import programs

SPAN_COLUMNS = ["agency", "look", "first", "last"]


def story(facts: Facts, fips: str, today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give a county's spans and events up to a day.

    Returns
    -------
    Spans: one row a program and look, ``agency, look, first, last`` (datetime64, both ends
    included, cut at ``today``). Events: the milestones of the county in order, with ``day``
    and ``when`` (words).
    """
    rows = programs(facts)
    spans = [
        span
        for row in rows[rows["fips"] == fips].itertuples()
        for span in _spans(row, pd.Timestamp(today))
    ]
    events = facts.milestones[facts.milestones["fips"] == fips]
    events = events.assign(
        day=[pd.Timestamp(read_span(text).earliest) for text in events["date"]],
        when=[edtf_words(text) for text in events["date"]],
    ).sort_values("day")
    return pd.DataFrame(spans, columns=SPAN_COLUMNS), events


def _spans(row: object, today: pd.Timestamp) -> list[tuple[str, str, pd.Timestamp, pd.Timestamp]]:
    """Cut a program's life into spans of one look each."""
    day = pd.Timedelta(days=1)
    open_end = pd.Timestamp(NEVER)
    start, sure = row.s0, row.s1  # type: ignore[attr-defined]
    ends, ended = row.e0, row.e1  # type: ignore[attr-defined]
    stale = max(row.stale, sure)  # type: ignore[attr-defined]
    cuts = [
        ("planned", row.planned, start - day if start < open_end else open_end),  # type: ignore[attr-defined]
        ("perhaps", start, min(sure - day, ended)),
        ("running", sure, min(stale - day, ends)),
        ("unconfirmed", stale, ends),
        ("perhaps", max(ends + day, start) if ends < open_end else open_end, ended),
    ]
    return [
        (row.agency, look, first, min(last, today))  # type: ignore[attr-defined]
        for look, first, last in cuts
        if first <= last and first <= today
    ]
