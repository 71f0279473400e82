"""How many people programs reached: dated counts, running totals apart from counts of a period."""

from __future__ import annotations

import pandas as pd

from data.dates import NEVER, OPEN, edtf_words, read_span
from data.facts import Facts

QUALIFIER_WORDS = {
    "exact": "",
    "about": "about ",
    "more than": "more than ",
    "less than": "fewer than ",
    "provisional": "",
    "planned": "planned: ",
}
KIND_WORDS = {"cumulative": "in all by", "period": "within", "at date": "on"}


def reach(facts: Facts, chosen: tuple[str, ...] = ()) -> pd.DataFrame:
    """Give the counts of people reached.

    Parameters
    ----------
    facts
        The edition.
    chosen
        FIPS codes: all programs of those counties, LEAD or not. Empty: the LEAD programs of
        the state.

    Returns
    -------
    Rows of the reach table, LEAD first, then by site and day, plus ``day`` (the last possible
    day of the period), ``when`` and ``count`` in words.
    """
    table = facts.reach
    rows = (
        table[table["fips"].isin(chosen)]
        if chosen
        else table[(table["is_lead"] == "yes") & table["fips"].str.startswith("37")]
    )
    spans = [read_span(text) if text else None for text in rows["period"]]
    rows = rows.assign(
        day=[
            pd.Timestamp(span.latest) if span and span.latest < NEVER else pd.NaT for span in spans
        ],
        when=[_when(row.kind, row.period) for row in rows.itertuples()],
        count=[
            f"{QUALIFIER_WORDS[row.qualifier]}{float(row.value):,.10g} {row.unit}"
            for row in rows.itertuples()
        ],
    )
    return rows.sort_values(["is_lead", "site", "day"], ascending=[False, True, True])


def _when(kind: str, period: str) -> str:
    if not period:
        return "date not given"
    end = period.partition("/")[2]
    if kind == "period" or end in OPEN:
        return period_words(period)
    return f"by {edtf_words(end)}"


def period_words(period: str) -> str:
    """Say a period: ``2016``, ``July 2016 to June 2017``, ``1 January to 24 March 2021``."""
    if "/" not in period:
        return edtf_words(period)
    start, end = period.split("/")
    if start in OPEN:
        return f"up to {edtf_words(end)}"
    if end in OPEN:
        return f"since {edtf_words(start)}"
    return f"{edtf_words(start)} to {edtf_words(end)}"
