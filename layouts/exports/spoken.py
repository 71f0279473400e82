"""What pictures and slides alike say of themselves: the edition, where to look, the language."""

from __future__ import annotations

from datetime import date

from data.dates import day_words, month_words
from data.facts import Facts
from data.language import ENGLISH, LOCALES, language, marked, say, say_date

SHAPES = marked("Shapes: US Census Bureau.")
SEE_ATLAS = marked("Sources: see the atlas.")


def edition_words(facts: Facts, day: date) -> str:
    """Name the atlas, its edition and the day of the view."""
    told = {"edition": facts.edition, "day": day_words(day)}
    return say("North Carolina LEAD atlas, edition {edition}, {day}", **told)


def outlined_words(names: str) -> str:
    """Say which counties stand out on a map."""
    return say("Outlined in red: {names}.", names=names)


def time_words(day: date, form: str) -> str:
    """Write a day as a chart's form of ``strftime`` asks, in the language that is spoken."""
    if form == "%B %Y":
        return month_words(day)
    if form == "%b %Y" and language() != ENGLISH:
        return say_date(day, "MMM y")
    return f"{day:{form}}"


def language_tag() -> str:
    """Give the language that is spoken as files name it: ``es-US``; blank for English, as ever."""
    return "" if language() == ENGLISH else LOCALES[language()].replace("_", "-")


def language_attribute() -> str:
    """Write the language that is spoken as an attribute of a picture; English has none."""
    return f' xml:lang="{language_tag()}"' if language_tag() else ""
