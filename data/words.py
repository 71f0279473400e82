"""The words of the atlas: one wording for each status, and the sentence that describes a view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.dates import day_words, edtf_words, read_span
from data.facts import Facts
from data.language import language, marked, say
from data.status import counts

LOOKS = ("running", "unconfirmed", "perhaps", "planned", "ended", "none_found")
"""The six ways a county can look: its status, with unconfirmed set apart from running."""
LOOK_WORDS = {
    "running": marked("LEAD running"),
    "unconfirmed": marked("LEAD running, last confirmed more than two years before"),
    "perhaps": marked("Perhaps: the sources do not fix the day"),
    "planned": marked("Planned: announced, not started"),
    "ended": marked("Ended"),
    "none_found": marked("No LEAD found in the sources"),
}
LEGEND_WORDS = {
    "running": marked("LEAD running"),
    "unconfirmed": marked("Running, not confirmed in 2 years"),
    "perhaps": marked("Perhaps running"),
    "planned": marked("Planned"),
    "ended": marked("Ended"),
    "none_found": marked("None found"),
}
LISTS = {
    "running": marked("{names}."),
    "perhaps": marked("Perhaps {names}."),
    "planned": marked("Planned: {names}."),
    "ended": marked("Ended: {names}."),
}
"""How a view's sentence lists the counties of a status, in this order."""
NAMES_SHOWN = 14


@dataclass(frozen=True)
class Sentence:
    """A view in words: the answer, the counties behind it, and of the detail what is in doubt."""

    headline: str
    detail: str
    doubt: str = ""

    def __str__(self) -> str:
        return f"{self.headline}. {self.detail}".strip()


def listed(names: Iterable[str], shown: int = NAMES_SHOWN) -> str:
    """Join names as a reader would: ``Burke, Catawba and Haywood``; long lists are cut."""
    names = list(names)
    if len(names) > shown:
        names = [*names[: shown - 1], say("{n} more", n=len(names) - shown + 1)]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {_and_before(names[-1])} {names[-1]}"


def _and_before(name: str) -> str:
    """Say “and”; Spanish has another word for it before the sound of i."""
    return "e" if language() == "es" and name.startswith(("I", "Hi")) else say("and")


def parts_of(cells: Iterable[str]) -> list[str]:
    """Give the parts of cells of names, dates or source ids, each once, in order."""
    return list(dict.fromkeys(part for cell in cells for part in cell.split("; ") if part))


def joined(cells: Iterable[str]) -> str:
    """Join the parts of cells in one cell, each once, in order."""
    return "; ".join(parts_of(cells))


def sentence_case(text: str) -> str:
    """Write the first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]


def within_sentence(text: str) -> str:
    """Write the first letter small, unless the first word has other capitals: ODMap, McDowell."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


def names_of(facts: Facts, chosen: tuple[str, ...]) -> str:
    """Name the chosen counties, or the state when none is chosen."""
    names = facts.county_names
    return listed([names[fips] for fips in chosen]) if chosen else say("North Carolina")


def describe(day: date | str, frame: pd.DataFrame) -> Sentence:
    """Say a view in words.

    Parameters
    ----------
    day
        The day of the view, or text to stand in its place.
    frame
        Counties with ``county``, ``status`` and ``unconfirmed``, all rows of the view.
    """
    number = counts(frame)
    low, high = number["running"], number["running"] + number["perhaps"]
    when = day_words(day) if isinstance(day, date) else day
    told = {"when": when, "low": low or say("none"), "high": high, "total": len(frame)}
    if not high:
        headline = say("On {when}, LEAD was found running in none of {total} counties", **told)
    elif high > low:
        headline = say("On {when}, {low} of {total} counties had LEAD, perhaps {high}", **told)
    else:
        headline = say("On {when}, {low} of {total} counties had LEAD", **told)
    parts = []
    for status, lead in LISTS.items():
        names = frame.loc[frame["status"] == status, "county"]
        if len(names):
            parts.append(say(lead, names=listed(names)))
    doubt = _unconfirmed_words(number["unconfirmed"], low)
    if doubt:
        parts.append(doubt)
    if not parts:
        parts = [say("No program or plan was found in the sources by that day.")]
    return Sentence(headline, " ".join(parts), doubt)


def announced_words(facts: Facts, fips: str, day: date) -> str:
    """Say when a county's plan may have been announced by a day on which it need not have been."""
    cells = facts.lead.loc[(facts.lead["fips"] == fips) & (facts.lead["planned"] != ""), "planned"]
    spans = {cell: read_span(cell) for cell in cells}
    told = [cell for cell, span in spans.items() if span.earliest <= day < span.latest]
    if not told:
        return ""
    dates = listed(map(edtf_words, told))
    return say("A plan was perhaps announced by then; the sources say: {dates}.", dates=dates)


def _unconfirmed_words(unconfirmed: int, running: int) -> str:
    if not unconfirmed:
        return ""
    if running == 1:
        return say("For it, the newest confirmation was more than two years old.")
    if unconfirmed == running:
        return say("For all, the newest confirmation was more than two years old.")
    return say(
        "For {n} of the {running}, the newest confirmation was more than two years old.",
        n=unconfirmed,
        running=running,
    )
