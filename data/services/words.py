"""The words for other services: how each look is named, and what a count or a gap means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from data.dates import day_words
from data.language import marked, say, say_many
from data.words import Sentence

SERVICE_LOOKS = (
    "running",
    "unconfirmed",
    "perhaps",
    "funded",
    "planned",
    "considered",
    "ended",
    "old_list",
    "none_found",
)
"""The nine ways a service in a county can look; unconfirmed is a part of running."""
SERVICE_LOOK_WORDS = {
    "running": marked("Running: seen by a source of the two years before"),
    "unconfirmed": marked("Running, but no dated source of the two years before saw it"),
    "perhaps": marked("Perhaps running: the sources do not fix the day"),
    "funded": marked("Funded: money was granted or approved, not yet seen running"),
    "planned": marked("Planned: announced, not yet seen running"),
    "considered": marked("Considered or applied for, not decided"),
    "ended": marked("Ended"),
    "old_list": marked(
        "Only on an old list or in a passing mention; whether it runs was not checked"
    ),
    "none_found": marked("Nothing found in the sources, which is not proof that there is none"),
}
SERVICE_LEGEND_WORDS = {
    "running": marked("Running"),
    "unconfirmed": marked("Running, not confirmed in 2 years"),
    "perhaps": marked("Perhaps running"),
    "funded": marked("Funded"),
    "planned": marked("Planned"),
    "considered": marked("Considered"),
    "ended": marked("Ended"),
    "old_list": marked("On an old list only"),
    "none_found": marked("Nothing found"),
}
SEARCHED = marked(
    "No list was kept of the counties that were searched for each service. The rows come from "
    "news stories, county pages, grant pages and lists that were met on the way, many of them read "
    "only in their opening part. Where a county has no row, nothing was found; that is not proof "
    "that nothing is there, and a county that is much written about will seem to have more."
)
"""What it means that a county was searched, or rather that nobody can say that it was."""
CONFIDENCE_WORDS = {"high": marked("high"), "medium": marked("medium"), "low": marked("low")}
"""How sure the sources are of a finding, best first."""
FEW = marked("These are counts of a few counties; they show no cause.")
UNCONFIRMED = {
    "one": marked("No dated source of the two years before confirms it."),
    "all": marked("No dated source of the two years before confirms any of them."),
    "some": marked("For {n} of the {total}, no dated source of the two years before confirms it."),
}
OPEN_START = {
    "one": marked("For the one in doubt, no start is known."),
    "all": marked("No start is known for any of the {total} in doubt."),
    "some": marked("For {n} of the {total} in doubt, no start is known."),
}
"""What is said of part of the counties found, by how large a part it is, as of UNCONFIRMED."""


class Tally(NamedTuple):
    """Counts of counties where something was found on a day, of ``counties`` in all.

    ``running`` and, of them, ``unconfirmed``; others where it is ``perhaps`` running and, of
    them, ``open_start``, those for which no source gives a first possible day.
    """

    counties: int
    running: int = 0
    unconfirmed: int = 0
    perhaps: int = 0
    open_start: int = 0


def count_sentence(day: date, phrase: str, tally: Tally) -> Sentence:
    """Say in how many counties a service was found on a day, and what is in doubt of that.

    ``phrase`` is what a county has, as ``officers carrying naloxone``.
    """
    told = {"when": day_words(day), "counties": tally.counties, "phrase": phrase}
    if tally.running:
        words = say_many(
            "On {when}, {n} of {counties} counties was found with {phrase}",
            "On {when}, {n} of {counties} counties were found with {phrase}",
            tally.running,
            **told,
        )
    else:
        words = say("On {when}, none of {counties} counties were found with {phrase}", **told)
    if tally.perhaps:
        most = tally.running + tally.perhaps
        words = say("{found}, perhaps {most}", found=words, most=most)
    doubts = (
        _part_words(UNCONFIRMED, tally.unconfirmed, tally.running),
        _part_words(OPEN_START, tally.open_start, tally.perhaps),
    )
    return Sentence(words, " ".join(filter(None, doubts)))


def _part_words(texts: Mapping[str, str], number: int, total: int) -> str:
    """Say something of a number of a total of counties; nothing where the number is 0."""
    if not number:
        return ""
    which = "some" if number < total else "one" if total == 1 else "all"
    return say(texts[which], n=number, total=total)
