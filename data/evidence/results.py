"""Published results on people in LEAD and kindred schemes, each with its limits in words."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from data.evidence.units import unit_words
from data.facts import Facts
from data.intervals import Interval, normal, proportion, proportion_ratio
from data.language import kept, marked, say, say_number
from data.words import names_of

GRADES = {
    "1": marked("before and after only, or a program's own count: no comparison group"),
    "2": marked("a comparison group that was not shown to be alike, or adjusted figures"),
    "3": marked("a comparison over time with weighting or matching"),
    "4": marked("as good as random, or strongly matched"),
    "5": marked("randomized"),
}
"""Strength of a study's design, after the Maryland Scientific Methods Scale (NIJ 171676, 1998)."""
WARNING = marked(
    "Before/after only, no comparison group. People often enter LEAD at a high point, so numbers "
    "fall without any program."
)
REGRESSION_NOTE = marked(
    "In this project's own simulations with no effect at all (over six made-up groups of people), "
    "counting the arrest that led to LEAD as “before” gave falls of 25% to 57%, and requiring two "
    "earlier arrests gave 11% to 55%. Regression to the mean alone can produce falls of that size."
)
ORDER = {"justice": 0, "services": 1, "housing": 2, "reach": 3, "cost": 4}
TOPIC_WORDS = {
    "justice": marked("Criminal justice involvement"),
    "services": marked("Treatment and services"),
    "housing": marked("Housing"),
    "reach": marked("Referral, enrollment and completion"),
    "cost": marked("Costs"),
}


@kept(4)
def results(facts: Facts) -> pd.DataFrame:
    """Give every published result with its headline, interval and limits in words.

    Returns
    -------
    The outcomes table, North Carolina first, LEAD before other schemes, justice before other
    topics, claims last; plus ``headline`` (the figure, as ``-50%``), ``interval`` (words),
    ``low, high`` (of the percent change or percentage, else missing), ``people`` (n in words),
    ``compared`` (comparison group or ``none``) and ``graded`` (grade in words).
    """
    table = facts.outcomes.copy()
    table["order"] = [
        (row.state != "NC", row.is_lead != "yes", ORDER[row.topic], row.claim == "yes")
        for row in table.itertuples()
    ]
    table = table.sort_values("order", kind="stable").drop(columns="order")
    intervals = [interval(row) for row in table.itertuples()]
    return table.assign(
        headline=[headline(row) for row in table.itertuples()],
        low=[found.low if found else None for found in intervals],
        high=[found.high if found else None for found in intervals],
        interval=[
            _interval_words(row, found)
            for row, found in zip(table.itertuples(), intervals, strict=True)
        ],
        people=[_people(row) for row in table.itertuples()],
        compared=[_compared(row.comparison) for row in table.itertuples()],
        graded=[grade_words(row.grade) for row in table.itertuples()],
    )


def results_of(facts: Facts, chosen: tuple[str, ...]) -> tuple[pd.DataFrame, str]:
    """Give the results of the chosen counties, or all where none is chosen.

    Where the counties have none, the state's pooled ones stand in; the second value says so.
    """
    rows = results(facts)
    own = rows[rows["fips"].isin(chosen)]
    if not chosen:
        return rows, ""
    if len(own):
        return own, ""
    pooled = rows[(rows["state"] == "NC") & (rows["fips"] == "") & (rows["is_lead"] == "yes")]
    missing = say(
        "No published result was found for {names}. These are the state's pooled results.",
        names=names_of(facts, chosen),
    )
    return pooled, missing


def charted(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep, of the rows of ``results``, what charts draw: changes of LEAD to justice, less better.

    They have one scale, on which left is for the better.
    """
    justice = (rows["topic"] == "justice") & (rows["better"] == "lower")
    return rows[justice & (rows["is_lead"] == "yes") & (rows["change_pct"] != "")]


def headline(row: Any) -> str:
    """Say the result's main figure: the percent change, else the value, with ``%`` if it is one."""
    if row.change_pct:
        change = float(row.change_pct)
        return f"{'+' if change > 0 else '−' if change < 0 else ''}{abs(change):g}%"
    if not row.value_after:
        return say("no figure")
    value = f"{float(row.value_after):,.10g}".replace("-", "−")
    return f"{value}%" if row.unit.startswith("%") else value


def headline_unit(row: Any) -> str:
    """Give the unit that belongs to a headline which is no percent, else nothing."""
    if row.change_pct or not row.value_after or row.unit.startswith("%"):
        return ""
    return unit_words(row.unit)


def values_words(row: Any) -> str:
    """Say the values before and after where the source gives both: ``34% → 71%``."""
    if not (row.value_before and row.value_after):
        return ""
    unit = "%" if row.unit.startswith("%") else ""
    before, after = (f"{float(value):,.10g}{unit}" for value in (row.value_before, row.value_after))
    return f"{before} → {after}" if unit else f"{before} → {after} {unit_words(row.unit)}"


def direction(row: Any) -> str:
    """Say whether a change is for the better, where the source's measure tells."""
    if not (row.change_pct and row.better) or float(row.change_pct) == 0:
        return ""
    fell = float(row.change_pct) < 0
    return say("for the better") if fell == (row.better == "lower") else say("for the worse")


def interval(row: Any) -> Interval | None:
    """Give the 95 percent interval that the source's counts allow, in percent; else None.

    Counts before and after give the percent change of the two shares (Katz log interval); a
    count after and its total give the share (exact); a published standard error gives the
    normal interval in the result's own unit.
    """
    counts = _four_counts(row)
    if all(counts):
        if "0" in counts:
            return None
        ratio = proportion_ratio(*map(int, counts))
        return Interval(*(100 * (x - 1) for x in (ratio.value, ratio.low, ratio.high)))
    if row.count_after and row.total_after:
        share = proportion(int(row.count_after), int(row.total_after))
        return Interval(*(100 * x for x in (share.value, share.low, share.high)))
    if row.std_error and row.value_after:
        return normal(float(row.value_after), float(row.std_error))
    return None


def _four_counts(row: Any) -> list[str]:
    return [row.count_before, row.total_before, row.count_after, row.total_after]


def _interval_words(row: Any, found: Interval | None) -> str:
    if found is None:
        zero = all(_four_counts(row))
        why = (
            say("no interval: a count is zero")
            if zero
            else say("no interval: the source gives no count")
        )
        return f"{why} ({row.significance})" if row.significance else why
    digits = 2 if row.std_error else _decimals(found)
    low, high = (f"{end:.{digits}f}".replace("-", "−") for end in (found.low, found.high))
    if row.std_error:
        return say("95% interval {low} to {high}", low=low, high=high)
    return say("95% interval {low}% to {high}%", low=low, high=high)


def _decimals(found: Interval) -> int:
    """Count the decimals that a small bound needs, so that it does not read as none at all."""
    bounds = [abs(end) for end in (found.low, found.high) if end]
    return max(0, -math.floor(math.log10(min(bounds))))


def _compared(comparison: str) -> str:
    return say("none") if comparison in ("", "none") else comparison


def _people(row: Any) -> str:
    if not row.n:
        return say("number of people not given")
    number = say_number(int(row.n))
    if not row.n_comparison:
        return say("n = {n}", n=number)
    return say("n = {n}, compared with {others}", n=number, others=row.n_comparison)


def grade_words(grade: str) -> str:
    """Say a grade: ``Grade 1 of 5``; blank is ``not graded``."""
    return say("Grade {grade} of 5", grade=grade) if grade else say("not graded")
