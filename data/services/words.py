"""The words for other services: how each look is named, and what a count or a gap means."""

from __future__ import annotations

from datetime import date

from data.dates import day_words
from data.language import marked, say, say_many

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
    told = {"when": day_words(day), "counties": counties, "phrase": phrase}
    if running:
        words = say_many(
            "On {when}, {n} of {counties} counties was found with {phrase}",
            "On {when}, {n} of {counties} counties were found with {phrase}",
            running,
            **told,
        )
    else:
        words = say("On {when}, none of {counties} counties were found with {phrase}", **told)
    if perhaps:
        return say("{found}, perhaps {most}.", found=words, most=running + perhaps)
    return f"{words}."
