"""How many people programs reached: dated counts, running totals apart from counts of a period."""

from __future__ import annotations

import pandas as pd

from data.dates import EVER, NEVER, OPEN, Span, days_words, edtf_words, read_span
from data.evidence.units import unit_words
from data.facts import Facts
from data.language import kept, marked, say

QUALIFIER_WORDS = {
    "exact": "",
    "about": marked("about {count}"),
    "more than": marked("more than {count}"),
    "less than": marked("fewer than {count}"),
    "provisional": "",
    "planned": marked("planned: {count}"),
}
KIND_WORDS = {
    "cumulative": marked("running total"),
    "period": marked("within the time told"),
    "at date": marked("at one time"),
}


@kept(8)
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
    day of the period), ``middle`` (of the days on which a count at one time may have been; else
    ``day``), ``when`` and ``count`` in words.
    """
    table = facts.reach
    rows = (
        table[table["fips"].isin(chosen)]
        if chosen
        else table[(table["is_lead"] == "yes") & table["fips"].str.startswith("37")]
    )
    spans = [read_span(text) if text else None for text in rows["period"]]
    days = [pd.Timestamp(span.latest) if span and span.latest < NEVER else pd.NaT for span in spans]
    rows = rows.assign(
        day=days,
        middle=[
            _middle(span, day) if kind == "at date" else day
            for kind, span, day in zip(rows["kind"], spans, days, strict=True)
        ],
        when=[_when(row.kind, row.period) for row in rows.itertuples()],
        count=[count_words(row.qualifier, float(row.value), row.unit) for row in rows.itertuples()],
    )
    return rows.sort_values(["is_lead", "site", "day"], ascending=[False, True, True])


def entered(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep, of the rows of ``reach``, the counts of people who entered of which a day is known."""
    return rows[(rows["entered"] == "yes") & rows["day"].notna()]


def _middle(span: Span | None, day: pd.Timestamp) -> pd.Timestamp:
    if span is None or span.earliest <= EVER or pd.isna(day):
        return day
    return pd.Timestamp(span.earliest) + (day - pd.Timestamp(span.earliest)) // 2


def count_words(qualifier: str, value: float, unit: str) -> str:
    """Say a count as its source qualifies it: ``more than 20 people``."""
    count, words = f"{value:,.10g} {unit_words(unit)}", QUALIFIER_WORDS[qualifier]
    return say(words, count=count) if words else count


def _when(kind: str, period: str) -> str:
    if not period:
        return say("date not given")
    end = period.partition("/")[2]
    if kind == "period" or end in OPEN:
        return period_words(period)
    return say("by {end}", end=_date(end))


def _date(text: str) -> str:
    """Say a date behind a word as ``by``: some languages put an article before a day."""
    words = edtf_words(text)
    return say("{date}", date=words) if read_span(text).exact else words


def period_words(period: str) -> str:
    """Say a period: ``2016``, ``July 2016 to June 2017``, ``1 January to 24 March 2021``."""
    if "/" not in period:
        return edtf_words(period)
    start, end = period.split("/")
    if start in OPEN:
        return say("up to {end}", end=_date(end))
    if end in OPEN:
        return say("since {start}", start=_date(start))
    first, last = read_span(start), read_span(end)
    if first.exact and last.exact:
        return days_words(first.earliest, last.latest)
    return say("{first} to {last}", first=edtf_words(start), last=edtf_words(end))
