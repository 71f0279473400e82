"""What is said of LEAD, and the published figures that bear on it, strongest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from data.facts import Facts
from data.results import REGRESSION_NOTE, WARNING, results
from data.words import listed

STANDINGS = {
    "compared": "Measured with a comparison group",
    "alone": "Measured without a comparison group",
    "worked": "Worked out, not observed",
    "stated": "Only stated",
    "none": "No published figure found",
}
"""How well a thing is known, best first; the first four are also the kinds of a figure."""
MEANINGS = {
    "compared": "People in LEAD were set against others. Grades 2 to 5 say how alike the two were.",
    "alone": "Before and after, or a program's own count. It cannot show what would have happened "
    "without LEAD.",
    "worked": "A sum, a forecast or a model built on other figures.",
    "stated": "Someone said so, with no method or no number given.",
    "none": "Nothing in the sources read; that is no proof that nothing changed.",
}
_COUNTED = {
    "compared": "measured with a comparison group",
    "alone": "measured without one",
    "worked": "worked out",
    "stated": "only stated",
}

_NONE_HERE = "No figure was found for North Carolina."


@dataclass(frozen=True, eq=False)
class Claim:
    """A thing said of LEAD.

    ``figures`` are the rows of ``data.results.results`` that bear on it, each with its ``kind``
    (a word of STANDINGS) and ``place`` (words), best first. ``standing`` is the kind of the best
    of them, or ``none``; ``known`` says in a sentence or two what that amounts to.
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


@dataclass(frozen=True)
class Limit:
    """A limit that stands whatever the figures say; ``sources`` are ids, or nothing."""

    title: str
    words: str
    sources: str


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


@lru_cache(maxsize=4)
def figures(facts: Facts) -> pd.DataFrame:
    """Give the results that bear on a claim, with ``kind`` and ``place``, best first."""
    rows = results(facts)
    rows = rows[rows["bears_on"] != ""]
    kinds = [kind(row) for row in rows.itertuples()]
    rows = rows.assign(kind=kinds, place=[place_words(row) for row in rows.itertuples()])
    # Within a kind, the highest grade first; results() has put the rest in order already.
    order = [(list(STANDINGS).index(row.kind), -int(row.grade or 0)) for row in rows.itertuples()]
    return rows.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


@lru_cache(maxsize=8)
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
        told = (row.id, row.topic, row.claim, row.said_by, row.sources, row.note)
        made.append(Claim(*told, own, standing, _known(own, standing)))
    return tuple(made)


def _known(rows: pd.DataFrame, standing: str) -> str:
    if standing == "none":
        return MEANINGS["none"]
    counted = f"{_kinds_counted(rows)}."
    if standing == "compared":
        return f"{counted} {_strongest(rows)}"
    tails = {
        "alone": "That does not show what LEAD changed.",
        "worked": "Nobody has measured it.",
        "stated": "No method is given.",
    }
    return f"{counted} {tails[standing]}"


def _strongest(rows: pd.DataFrame) -> str:
    """Say the best grade among the figures, and how many of them found no difference."""
    compared = rows[rows["kind"] == "compared"]
    same = int((compared["significance"] == "not significant").sum())
    best = f"The strongest has grade {compared['grade'].max()} of 5"
    return f"{best}; {same} found no difference." if same else f"{best}."


def _kinds_counted(rows: pd.DataFrame) -> str:
    """Count figures by kind, as in ``4 figures: 3 measured without a comparison group, 1 ...``."""
    number = rows["kind"].value_counts()
    words = dict(_COUNTED)
    if "compared" not in number:
        words["alone"] = "measured without a comparison group"
    parts = [f"{number[name]} {said}" for name, said in words.items() if name in number]
    if len(rows) == 1:
        return f"1 figure, {parts[0].removeprefix('1 ')}"
    if len(parts) == 1:
        whole = "both" if len(rows) == 2 else "all"
        return f"{len(rows)} figures, {whole} {parts[0].split(' ', 1)[1]}"
    return f"{len(rows)} figures: {listed(parts)}"


def summary(facts: Facts) -> str:
    """Answer in three sentences: how many figures, how many compared, how many in this state."""
    rows = figures(facts)
    if rows.empty:
        return "No published figure on LEAD was found in the sources read."
    own = rows[rows["state"] == "NC"]
    compared = rows[rows["kind"] == "compared"]
    parts = [f"{_figures(len(rows))} on LEAD {'was' if len(rows) == 1 else 'were'} found."]
    if compared.empty:
        parts.append("None sets people in LEAD against a comparison group.")
    else:
        programs = compared["site"].nunique()
        whose = f"{programs} program{'s' if programs > 1 else ''}"
        outside = "" if (compared["state"] == "NC").any() else ", all in other states"
        sets = "sets" if len(compared) == 1 else "set"
        parts.append(
            f"{len(compared)} of them {sets} people in LEAD against a comparison group, from "
            f"{whose}{outside}."
        )
    parts.append(f"North Carolina has {_kinds_counted(own)}." if len(own) else _NONE_HERE)
    return " ".join(parts)


def _figures(number: int) -> str:
    return f"{number} published figure{'s' if number != 1 else ''}"


def limits(facts: Facts) -> tuple[Limit, ...]:
    """Give the standing limits in plain words, those of North Carolina's figures first.

    Sources that the edition does not hold are left out.
    """
    known = set(facts.sources["id"])
    told = (_no_comparison(facts), _few_people(facts), _one_program(facts), *_LIMITS)
    return tuple(
        Limit(title, words, "; ".join(source for source in sources.split("; ") if source in known))
        for title, words, sources in told
    )


def _no_comparison(facts: Facts) -> tuple[str, str, str]:
    rows = figures(facts)
    number = int(((rows["state"] == "NC") & (rows["kind"] == "compared")).sum())
    title = f"{number or 'No'} comparison group{'s' if number > 1 else ''} in North Carolina"
    words = (
        f"{WARNING} Without others to set them against, that fall and LEAD's own effect cannot be "
        f"told apart. {REGRESSION_NOTE}"
    )
    return title, words, ""


def _few_people(facts: Facts) -> tuple[str, str, str]:
    rows = figures(facts)
    rows = rows[rows["state"] == "NC"]
    counted = sorted(int(number) for number in rows["n"] if number)
    words = "The North Carolina figures do not say how many people they rest on."
    if counted:
        silent = len(rows) - len(counted)
        words = (
            f"The North Carolina figures that say how many people they rest on have "
            f"{counted[0]:,} to {counted[-1]:,}; {silent or 'none'} of {len(rows)} do not say."
        )
    shares = rows[rows["low"].notna()]
    if len(shares):
        row = next(shares.itertuples())
        words += (
            f" With so few, chance alone moves a result: {row.headline} of {int(row.n)} people "
            f"goes with anything from {row.low:.0f}% to {row.high:.0f}% (95% interval)."
        )
    return "Few people", words, ""


def _one_program(facts: Facts) -> tuple[str, str, str]:
    rows = figures(facts)
    sites = rows.loc[rows["kind"] == "compared", "site"].value_counts()
    words = "No figure sets people in LEAD against a comparison group."
    if len(sites):
        words = (
            f"{sites.iloc[0]} of the {sites.sum()} figures with a comparison group come from "
            f"{sites.index[0]}. A federal review calls Seattle's program promising, on one study. "
            "Services and courts of another state are not those of North Carolina."
        )
    return "One program carries much of the rest", words, "crimesolutions-seattle-2016"


_LIMITS = (
    (
        "The main study could not be read in full",
        "Duke University's evaluation of four North Carolina sites (January 2023) is known here "
        "from its summaries. They do not give the number of people, the sites or the tables. Its "
        "fall of 50% is that of active participants, not of all who were referred.",
        "duke-psychiatry-2023; duke-law-2023-01-18; duke-wcsj-evaluation",
    ),
    (
        "Agencies and people chose themselves",
        "The agencies that took LEAD up wanted it, and a person enters by agreeing to. Those who "
        "stay may differ from those who leave. Results of willing places and people need not hold "
        "for others.",
        "",
    ),
    (
        "Agencies count for themselves",
        "Most North Carolina figures come from the agency that runs the program. What a success "
        "is, and how long each person was followed, is often not said or not the same for all.",
        "hickoryrecord-2021-02-04; hickoryrecord-2022-04-29; bladenjournal-2018",
    ),
    (
        "Not every program reached many people",
        "New Haven's pilot turned 2 of 590 arrests into a diversion, and San Francisco's program "
        "ended. Where few are referred, little can change, whatever LEAD does for each of them.",
        "newhaven-lead-2020; sanfrancisco-lead-2022; albany-lead-2018",
    ),
    (
        "The pandemic lies in the middle",
        "Arrests, courts and services all changed in 2020 and 2021, in and out of LEAD. Hickory's "
        "police linked the fall of their success rate to the loss of services in person.",
        "hickoryrecord-2021-02-04",
    ),
    (
        "County totals cannot show it",
        "A program of a few dozen people hardly moves the arrests or the jail of a county. The "
        "page of county trends says for each measure how small a change it could see.",
        "",
    ),
    (
        "What was not found may exist",
        "Many sources were read only in their opening part, and reports that are not on line were "
        "not read at all.",
        "",
    ),
)
"""Title, words and source ids of the limits that are not counted from the tables."""
