"""A view's state and its address: ``/?date=2019-08-31&counties=37051,37129&theme=dark``.

The address is the whole state. A value that cannot be read falls back to the default, and
``View.notices`` says so in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlencode

from data.dates import DateError, day_words, read_day
from data.facts import Facts
from data.frame import first_month
from data.language import ENGLISH, LANGUAGES, language, say
from data.measures.layers import LEAD

THEMES = ("light", "dark")
MOST_STOPS = 50


@dataclass(frozen=True)
class View:
    """What a page shows: the day, the chosen counties (FIPS codes), the layer and the theme."""

    day: date
    chosen: tuple[str, ...] = ()
    layer: str = LEAD
    theme: str = ""
    notices: tuple[str, ...] = field(default=(), compare=False)

    def query(self, today: date) -> str:
        """Write the state as a query, without what is at its default."""
        parts = {
            "date": "" if self.day == today else self.day.isoformat(),
            "counties": ",".join(self.chosen),
            "layer": "" if self.layer == LEAD else self.layer,
            "theme": self.theme,
        }
        return write_query(parts)


@dataclass(frozen=True)
class Stop:
    """A stop of a story: a day, chosen counties, a text, and a panel of the presenter's screen."""

    day: date
    chosen: tuple[str, ...] = ()
    text: str = ""
    panel: int = 1


def write_query(parts: Mapping[str, str]) -> str:
    """Write a view's state as a query with the language, leaving out what is blank."""
    spoken = {"lang": "" if language() == ENGLISH else language()}
    told = {name: value for name, value in {**parts, **spoken}.items() if value}
    return urlencode(told, safe=",")


def local(address: str) -> str:
    """Give an address of this site in the language that is spoken; others stay as they are."""
    if language() == ENGLISH or not address.startswith("/") or address.startswith("//"):
        return address
    path, mark, anchor = address.partition("#")
    path, _, query = path.partition("?")
    return f"{path}?{write_query(dict(parse_qsl(query)))}{mark}{anchor}"


def in_language(search: str, word: str) -> str:
    """Give a query in another language, a word of LANGUAGES; all else stays as it was asked."""
    asked = parse_qsl(search.lstrip("?"), keep_blank_values=True)
    told = [("lang", word)] if word != ENGLISH else []
    return urlencode([part for part in asked if part[0] != "lang"] + told, safe=",")


def asked_language(search: str) -> str:
    """Read from a query which language it asks for; ours where it names none, or none there is."""
    word = parse_qs(search.lstrip("?")).get("lang", [ENGLISH])[-1]
    return word if word in LANGUAGES else ENGLISH


def read_story(text: str, facts: Facts, today: date) -> tuple[Stop, ...]:
    """Read a story: a JSON list of ``[day, [FIPS codes], panel, text]``, at most 50 stops.

    Raises ValueError, with one sentence, for what is no story.
    """
    known = set(facts.county_names)
    try:
        stops = [
            Stop(read_day(day), tuple(map(str, codes)), str(words)[:300], int(panel))
            for day, codes, panel, words in json.loads(text or "[]")
        ]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ValueError("The story is no list of [day, [counties], panel, text].") from None
    if len(stops) > MOST_STOPS:
        raise ValueError(f"The story has more than {MOST_STOPS} stops.")
    for stop in stops:
        if stop.day > today or not set(stop.chosen) <= known:
            raise ValueError("A stop of the story names a day to come or a county that is none.")
    return tuple(stops)


def check_day(text: str, today: date) -> tuple[date, str]:
    """Read a day that a person asked for: the day and no notice, or today and a notice."""
    if not text:
        return today, ""
    try:
        day = read_day(text)
    except DateError:
        return today, say("“{text}” is not a day like 2019-08-31; showing today.", text=text[:40])
    if day > today:
        return today, say("{day} lies in the future; showing today.", day=day_words(day))
    return day, ""


def read_view(search: str, facts: Facts, today: date, layers: Collection[str] = ()) -> View:
    """Read the query part of an address, with or without its question mark.

    ``layers`` names what the map can be colored by besides LEAD.
    """
    asked = {name: values[-1] for name, values in parse_qs(search.lstrip("?")).items()}
    day, notice = check_day(asked.get("date", ""), today)
    notices = [notice] if notice else []
    codes = [code.strip() for code in asked.get("counties", "").split(",") if code.strip()]
    known = facts.county_names
    chosen = tuple(dict.fromkeys(code for code in codes if code in known))
    unknown = [code for code in codes if code not in known]
    if unknown:
        code = unknown[0][:20]
        notices.append(say("No county has the FIPS code “{code}”; left out.", code=code))
    if asked.get("lang", ENGLISH) not in LANGUAGES:
        word, words = asked["lang"][:20], " or ".join(LANGUAGES)
        notices.append(f"There is no language “{word}”; use {words}.")
    layer, theme = asked.get("layer", LEAD), asked.get("theme", "")
    if layer != LEAD and layer not in layers:
        notices.append(say("There is no layer “{layer}”; showing LEAD.", layer=layer[:20]))
        layer = LEAD
    if layer != LEAD and day < (first := first_month(facts, today)):
        notices.append(say("The map begins on {day}; showing that day.", day=day_words(first)))
        day = first
    if theme not in ("", *THEMES):
        notices.append(say("There is no theme “{theme}”; use light or dark.", theme=theme[:20]))
        theme = ""
    return View(day, chosen, layer, theme, tuple(notices))
