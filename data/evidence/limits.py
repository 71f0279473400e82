"""What the figures on LEAD cannot tell, in plain words, some of it counted from the figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.evidence.results import REGRESSION_NOTE, WARNING
from data.language import marked, say, say_many, say_number


@dataclass(frozen=True)
class Limit:
    """A limit that stands whatever the figures say; ``sources`` are ids, or nothing.

    ``method`` is the entry of ``data.methods`` that tells how its numbers were made, if any.
    """

    title: str
    words: str
    sources: str = ""
    method: str = ""


def standing_limits(rows: pd.DataFrame) -> tuple[Limit, ...]:
    """Give the limits that stand whatever the figures say, North Carolina's own first.

    ``rows`` are the figures of ``data.evidence.claims.figures``.
    """
    always = (Limit(say(title), say(words), sources) for title, words, sources in _LIMITS)
    return (_no_comparison(rows), _few_people(rows), _one_program(rows), *always)


def _no_comparison(rows: pd.DataFrame) -> Limit:
    number = int(((rows["state"] == "NC") & (rows["kind"] == "compared")).sum())
    title = (
        say_many(
            "{n} comparison group in North Carolina",
            "{n} comparison groups in North Carolina",
            number,
        )
        if number
        else say("No comparison group in North Carolina")
    )
    apart = say(
        "Without others to set them against, that fall and LEAD's own effect cannot be told apart."
    )
    words = f"{say(WARNING)} {apart} {say(REGRESSION_NOTE)}"
    return Limit(title, words, method="simulation")


def _few_people(rows: pd.DataFrame) -> Limit:
    # What has no grade was forecast, or counts what a program did: no result rests on its people.
    rows = rows[(rows["state"] == "NC") & (rows["grade"] != "")]
    words = _people_words(rows)
    shares = rows[rows["low"].notna()]
    if len(shares):
        row = next(shares.itertuples())
        chance = say(
            "With so few, chance alone moves a result: {figure} of {people} people goes with "
            "anything from {low}% to {high}% (95% interval).",
            figure=row.headline,
            people=int(row.n),
            low=f"{row.low:.0f}",
            high=f"{row.high:.0f}",
        )
        words = f"{words} {chance}"
    return Limit(say("Few people"), words)


def _people_words(rows: pd.DataFrame) -> str:
    """Say how many people North Carolina's figures rest on, and how many do not say."""
    counted = sorted(int(number) for number in rows["n"] if number)
    if not counted:
        return say("The graded North Carolina figures do not say how many people they rest on.")
    fewest, most = say_number(counted[0]), say_number(counted[-1])
    told = {"fewest": fewest, "most": most, "all": len(rows)}
    if len(rows) == len(counted):
        return say(
            "The graded North Carolina figures that say how many people they rest on have "
            "{fewest} to {most}; none of {all} do not say.",
            **told,
        )
    return say_many(
        "The graded North Carolina figures that say how many people they rest on have "
        "{fewest} to {most}; {n} of {all} do not say.",
        "The graded North Carolina figures that say how many people they rest on have "
        "{fewest} to {most}; {n} of {all} do not say.",
        len(rows) - len(counted),
        **told,
    )


def _one_program(rows: pd.DataFrame) -> Limit:
    sites = rows.loc[rows["kind"] == "compared", "site"].value_counts()
    words = say("No figure sets people in LEAD against a comparison group.")
    if len(sites):
        words = say(
            "{most} of the {all} figures with a comparison group come from {site}. A federal "
            "review calls Seattle's program promising, on one study. Services and courts of "
            "another state are not those of North Carolina.",
            most=sites.iloc[0],
            all=sites.sum(),
            site=sites.index[0],
        )
    title = say("One program carries much of the rest")
    return Limit(title, words, "crimesolutions-seattle-2016")


_LIMITS = (
    (
        marked("The main study could not be read in full"),
        marked(
            "Duke University's evaluation of four North Carolina sites (January 2023) is known "
            "here from its summaries. They do not give the number of people, the sites or the "
            "tables. Its fall of 50% is that of active participants, not of all who were "
            "referred."
        ),
        "duke-psychiatry-2023; duke-law-2023-01-18; duke-wcsj-evaluation",
    ),
    (
        marked("Agencies and people chose themselves"),
        marked(
            "The agencies that took LEAD up wanted it, and a person enters by agreeing to. "
            "Those who stay may differ from those who leave. Results of willing places and "
            "people need not hold for others."
        ),
        "",
    ),
    (
        marked("Agencies count for themselves"),
        marked(
            "Most North Carolina figures come from the agency that runs the program. What a "
            "success is, and how long each person was followed, is often not said or not the "
            "same for all."
        ),
        "hickoryrecord-2021-02-04; hickoryrecord-2022-04-29; bladenjournal-2018",
    ),
    (
        marked("Not every program reached many people"),
        marked(
            "New Haven's pilot turned 2 of 590 arrests into a diversion, and San Francisco's "
            "program ended. Where few are referred, little can change, whatever LEAD does for "
            "each of them."
        ),
        "newhaven-lead-2020; sanfrancisco-lead-2022; albany-lead-2018",
    ),
    (
        marked("The pandemic lies in the middle"),
        marked(
            "Arrests, courts and services all changed in 2020 and 2021, in and out of LEAD. "
            "Hickory's police linked the fall of their success rate to the loss of services in "
            "person."
        ),
        "hickoryrecord-2021-02-04",
    ),
    (
        marked("County totals cannot show it"),
        marked(
            "A program of a few dozen people hardly moves the arrests or the jail of a county. "
            "The page of county trends says for each measure how small a change it could see."
        ),
        "",
    ),
    (
        marked("What was not found may exist"),
        marked(
            "Many sources were read only in their opening part, and reports that are not on "
            "line were not read at all."
        ),
        "",
    ),
)
"""Title, words and source ids of the limits that are not counted from the tables."""
