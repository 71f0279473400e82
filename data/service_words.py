"""The words for other services: how each look is named, and what a count or a gap means."""

from __future__ import annotations

from datetime import date

from data.dates import day_words

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
    "running": "Running: seen by a source of the two years before",
    "unconfirmed": "Running, but no dated source of the two years before saw it",
    "perhaps": "Perhaps running: the sources do not fix the day",
    "funded": "Funded: money was granted or approved, not yet seen running",
    "planned": "Planned: announced, not yet seen running",
    "considered": "Considered or applied for, not decided",
    "ended": "Ended",
    "old_list": "Only on an old list or in a passing mention; whether it runs was not checked",
    "none_found": "Nothing found in the sources, which is not proof that there is none",
}
SERVICE_LEGEND_WORDS = {
    "running": "Running",
    "unconfirmed": "Running, not confirmed in 2 years",
    "perhaps": "Perhaps running",
    "funded": "Funded",
    "planned": "Planned",
    "considered": "Considered",
    "ended": "Ended",
    "old_list": "On an old list only",
    "none_found": "Nothing found",
}
SEARCHED = (
    "No list was kept of the counties that were searched for each service. The rows come from "
    "news stories, county pages, grant pages and lists that were met on the way, many of them read "
    "only in their opening part. Where a county has no row, nothing was found; that is not proof "
    "that nothing is there, and a county that is much written about will seem to have more."
)
"""What it means that a county was searched, or rather that nobody can say that it was."""
FEW = "These are counts of a few counties; they show no cause."


def count_sentence(day: date, phrase: str, running: int, perhaps: int, counties: int) -> str:
    """Say in how many counties a service was found on a day.

    Parameters
    ----------
    day
        The day of the count.
    phrase
        What a county has, as ``officers carrying naloxone``.
    running, perhaps
        Counties where it runs (unconfirmed ones with them), and others where it perhaps does.
    counties
        How many counties there are.
    """
    words = (
        f"On {day_words(day)}, {running or 'none'} of {counties} counties "
        f"{'was' if running == 1 else 'were'} found with {phrase}"
    )
    return f"{words}, perhaps {running + perhaps}." if perhaps else f"{words}."
