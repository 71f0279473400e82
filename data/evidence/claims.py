"""What is said of LEAD, and the published figures that bear on it, strongest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from data.evidence.limits import Limit, standing_limits
from data.evidence.results import results
from data.facts import Facts
from data.language import kept, marked, say, say_many
from data.words import listed

STANDINGS = {
    "compared": marked("Measured with a comparison group"),
    "alone": marked("Measured without a comparison group"),
    "worked": marked("Worked out, not observed"),
    "stated": marked("Only stated"),
    "none": marked("No published figure found"),
}
"""How well a thing is known, best first; the first four are also the kinds of a figure."""
MEANINGS = {
    "compared": marked(
        "People in LEAD were set against others. Grades 2 to 5 say how alike the two were."
    ),
    "alone": marked(
        "Before and after, or a program's own count. It cannot show what would have happened "
        "without LEAD."
    ),
    "worked": marked("A sum, a forecast or a model built on other figures."),
    "stated": marked("Someone said so, with no method or no number given."),
    "none": marked("Nothing in the sources read; that is no proof that nothing changed."),
}
_TAILS = {
    "alone": marked("That does not show what LEAD changed."),
    "worked": marked("Nobody has measured it."),
    "stated": marked("No method is given."),
}
"""What follows where figures were counted and none has a comparison group."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A thing said of LEAD.

    ``figures`` are the rows of ``data.evidence.results.results`` that bear on it, each with its
    ``kind`` (a word of STANDINGS) and ``place`` (words), best first. ``standing`` is the kind of
    the best of them, or ``none``; ``known`` says in a sentence or two what that amounts to.
    """

    id: str
    topic: str
    words: str
    said_by: str
    sources: str
    note: str
    figures: pd.DataFrame
    standing: str
    known: str


def kind(row: Any) -> str:
    """Tell how a row of results is known: a word of STANDINGS.

    A grade above 1 needs a comparison group; grade 1 and the counts of a program have none. What
    is set against something else with no graded study behind it was worked out.
    """
    if row.claim == "yes":
        return "stated"
    if row.grade:
        return "alone" if row.grade == "1" else "compared"
    if row.comparison != "none":
        return "worked"
    return "alone" if row.change_pct or row.value_after else "stated"


def place_words(row: Any) -> str:
    """Say where a figure comes from: the site, and its state where the site does not tell it."""
    told = row.state in ("NC", *row.site.split()) or "pooled" in row.site
    return row.site if told else f"{row.site}, {row.state}"


@kept(4)
def figures(facts: Facts) -> pd.DataFrame:
    """Give the results that bear on a claim, with ``kind`` and ``place``, best first."""
    rows = results(facts)
    rows = rows[rows["bears_on"] != ""]
    kinds = [kind(row) for row in rows.itertuples()]
    rows = rows.assign(kind=kinds, place=[place_words(row) for row in rows.itertuples()])
    # Within a kind, the highest grade first; results() has put the rest in order already.
    order = [(list(STANDINGS).index(row.kind), -int(row.grade or 0)) for row in rows.itertuples()]
    return rows.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


@kept(8)
def claims(facts: Facts, place: str = "") -> tuple[Claim, ...]:
    """Give every claim, in the order of the table, with the figures that bear on it.

    Parameters
    ----------
    place
        ``nc`` or ``elsewhere`` keeps the figures of that place only; claims are kept all.
    """
    rows = figures(facts)
    if place:
        rows = rows[(rows["state"] == "NC") == (place == "nc")]
    made = []
    for row in facts.claims.itertuples():
        own = rows[[row.id in cell.split("; ") for cell in rows["bears_on"]]]
        standing = own["kind"].iloc[0] if len(own) else "none"
        told = (row.id, row.topic, say(row.claim), row.said_by, row.sources, row.note)
        made.append(Claim(*told, own, standing, _known(own, standing)))
    return tuple(made)


def _known(rows: pd.DataFrame, standing: str) -> str:
    if standing == "none":
        return say(MEANINGS["none"])
    tail = _strongest(rows) if standing == "compared" else say(_TAILS[standing])
    return f"{_kinds_counted(rows)}. {tail}"


def _strongest(rows: pd.DataFrame) -> str:
    """Say the best grade among the figures, and how many of them found no difference."""
    compared = rows[rows["kind"] == "compared"]
    same = int((compared["significance"] == "not significant").sum())
    grade = compared["grade"].max()
    if not same:
        return say("The strongest has grade {grade} of 5.", grade=grade)
    return say_many(
        "The strongest has grade {grade} of 5; {n} found no difference.",
        "The strongest has grade {grade} of 5; {n} found no difference.",
        same,
        grade=grade,
    )


def _kinds_counted(rows: pd.DataFrame) -> str:
    """Count figures by kind, as in ``4 figures: 3 measured without a comparison group, 1 ...``."""
    number = rows["kind"].value_counts()
    words = {name: _kind_words(name, number) for name in STANDINGS if name in number}
    if len(rows) > 1 and len(words) > 1:
        parts = listed(f"{number[name]} {known}" for name, known in words.items())
        return say("{n} figures: {parts}", n=len(rows), parts=parts)
    (known,) = words.values()
    if len(rows) == 2:
        return say("{n} figures, both {known}", n=2, known=known)
    return say_many("{n} figure, {known}", "{n} figures, all {known}", len(rows), known=known)


def _kind_words(kind: str, number: pd.Series[int]) -> str:
    """Say how figures of a kind are known; some languages tell one figure from several."""
    n = int(number[kind])
    if kind == "compared":
        return say_many("measured with a comparison group", "measured with a comparison group", n)
    if kind == "worked":
        return say_many("worked out", "worked out", n)
    if kind == "stated":
        return say_many("only stated", "only stated", n)
    if "compared" in number:
        return say_many("measured without one", "measured without one", n)
    return say_many("measured without a comparison group", "measured without a comparison group", n)


def summary(facts: Facts) -> str:
    """Answer in three sentences: how many figures, how many compared, how many in this state."""
    rows = figures(facts)
    if rows.empty:
        return say("No published figure on LEAD was found in the sources read.")
    own = rows[rows["state"] == "NC"]
    found = say_many(
        "{n} published figure on LEAD was found.",
        "{n} published figures on LEAD were found.",
        len(rows),
    )
    here = (
        say("North Carolina has {figures}.", figures=_kinds_counted(own))
        if len(own)
        else say("No figure was found for North Carolina.")
    )
    return f"{found} {_compared_words(rows[rows['kind'] == 'compared'])} {here}"


def _compared_words(rows: pd.DataFrame) -> str:
    """Say how many figures have a comparison group, and from how many programs."""
    if rows.empty:
        return say("None sets people in LEAD against a comparison group.")
    number = rows["site"].nunique()
    programs = (
        say_many("{n} program", "{n} programs", number)
        if (rows["state"] == "NC").any()
        else say_many(
            "{n} program, all in other states", "{n} programs, all in other states", number
        )
    )
    return say_many(
        "{n} of them sets people in LEAD against a comparison group, from {programs}.",
        "{n} of them set people in LEAD against a comparison group, from {programs}.",
        len(rows),
        programs=programs,
    )


def limits(facts: Facts) -> tuple[Limit, ...]:
    """Give the standing limits in plain words, those of North Carolina's figures first.

    Sources that the edition does not hold are left out.
    """
    known = set(facts.sources["id"])
    return tuple(
        replace(limit, sources="; ".join(s for s in limit.sources.split("; ") if s in known))
        for limit in standing_limits(figures(facts))
    )
