"""The words of the atlas: one wording for each status, and the sentence that describes a view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.dates import day_words
from data.facts import Facts
from data.status import counts

LOOKS = ("running", "unconfirmed", "perhaps", "planned", "ended", "none_found")
"""The six ways a county can look: its status, with unconfirmed set apart from running."""
LOOK_WORDS = {
    "running": "LEAD running",
    "unconfirmed": "LEAD running, last confirmed more than two years before",
    "perhaps": "Perhaps: the sources do not fix the day",
    "planned": "Planned: announced, not started",
    "ended": "Ended",
    "none_found": "No LEAD found in the sources",
}
LEGEND_WORDS = {
    "running": "LEAD running",
    "unconfirmed": "Running, not confirmed in 2 years",
    "perhaps": "Perhaps running",
    "planned": "Planned",
    "ended": "Ended",
    "none_found": "None found",
}
NAMES_SHOWN = 14


@dataclass(frozen=True)
class Sentence:
    """A view in words: the answer, and the counties behind it."""

    headline: str
    detail: str

    def __str__(self) -> str:
        return f"{self.headline}. {self.detail}".strip()


def listed(names: Iterable[str], shown: int = NAMES_SHOWN) -> str:
    """Join names as a reader would: ``Burke, Catawba and Haywood``; long lists are cut."""
    names = list(names)
    if len(names) > shown:
        names = [*names[: shown - 1], f"{len(names) - shown + 1} more"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def joined(cells: Iterable[str]) -> str:
    """Join cells of names, dates or source ids, each part once, in order."""
    return "; ".join(dict.fromkeys(part for cell in cells for part in cell.split("; ") if part))


def names_of(facts: Facts, chosen: tuple[str, ...]) -> str:
    """Name the chosen counties, or the state when none is chosen."""
    names = facts.county_names
    return listed([names[fips] for fips in chosen]) if chosen else "North Carolina"


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
    headline = f"On {when}, {low or 'none'} of {len(frame)} counties had LEAD"
    if high > low:
        headline += f", perhaps {high}"
    parts = []
    for status, lead in (
        ("running", ""),
        ("perhaps", "Perhaps "),
        ("planned", "Planned: "),
        ("ended", "Ended: "),
    ):
        names = frame.loc[frame["status"] == status, "county"]
        if len(names):
            parts.append(f"{lead}{listed(names)}.")
    if number["unconfirmed"]:
        parts.append(_unconfirmed_words(number["unconfirmed"], low))
    if not parts:
        parts = ["No program or plan was found in the sources by that day."]
    return Sentence(headline, " ".join(parts))


def _unconfirmed_words(unconfirmed: int, running: int) -> str:
    which = "all" if unconfirmed == running else f"{unconfirmed} of the {running}"
    if running == 1:
        which = "it"
    return f"For {which}, the newest confirmation was more than two years old."
