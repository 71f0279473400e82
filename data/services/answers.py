"""A person's answers to the readiness questions, and the small file that keeps them.

The file is JSON: ``version``, ``county`` (FIPS code), ``answers`` (question id to yes, no or
unsure) and ``notes`` (question id to free text). The app keeps no answers: they stay in the
browser, in this file, and in what a person asks to be made of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.console import printable
from data.facts import Facts
from data.language import marked, say
from data.words import listed

VERSION = 1
WORDS = {"yes": marked("yes"), "no": marked("no"), "unsure": marked("not sure")}
"""The answers, and how each is said."""
NOTE_LENGTH = 500
"""Characters of a note."""
MOST_BYTES = 100_000
SHOWN = 40
"""Characters of a file's own text that a sentence about it repeats."""

TOO_LARGE = marked(
    "The file is larger than {most} kB, so it is no file of answers saved from this page; choose "
    "the saved file."
)
NOT_JSON = marked(
    "The file is not JSON, so it cannot be read; choose a file of answers saved from this page, "
    "unchanged."
)
NO_VERSION = marked(
    "The file holds no answers (it has no “version”); choose a file saved from this page."
)
OTHER_VERSION = marked(
    "The file's version is {held}, and this page reads version {known}; save the answers anew "
    "from the page."
)
OTHER_COUNTY = marked(
    "These answers are of {other} County, and this page is about {county} County; open them on "
    "their own county's page, or choose another file."
)
UNKNOWN_COUNTY = marked(
    "These answers are of no county known here ({other}), and this page is about {county} County; "
    "open them on their own county's page, or choose another file."
)
NO_LIST = marked("Left out “{part}”: it must list question ids, each with its value.")
NO_QUESTION = marked("Left out of “{part}” what is no question here: {ids}.")
NO_ANSWER = marked("Left out the answers to {ids}: an answer is yes, no or unsure.")
NO_TEXT = marked("Left out the notes to {ids}: a note is text.")
LONG_NOTE = marked("Cut the notes to {ids} to {most} characters.")


class AnswersError(ValueError):
    """A file that cannot be taken as answers; the message says why and how to mend it."""


@dataclass(frozen=True)
class Answers:
    """Answers for one county.

    ``words`` is yes, no or unsure by question id and ``notes`` free text by question id; both hold
    only questions that the edition has, in its order. ``told`` says what a file had besides.
    """

    fips: str
    words: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def read_answers(text: str, facts: Facts, fips: str) -> Answers:
    """Read a file of answers for a county.

    What cannot be used is left out, and ``told`` has one sentence for each such fault. Raises
    AnswersError, with one sentence, where the file as a whole cannot be taken: it is too large, is
    not JSON, is not of this form or version, or is of another county.
    """
    held = _object(text)
    _check_county(held.get("county"), facts, fips)
    known = list(facts.readiness["id"])
    told: list[str] = []
    answers = _part(held, "answers", known, told)
    notes = _part(held, "notes", known, told)
    words = {id: word for id, word in answers.items() if isinstance(word, str) and word in WORDS}
    if wrong := [id for id in answers if id not in words]:
        told.append(say(NO_ANSWER, ids=_named(wrong)))
    texts = {id: note for id, note in notes.items() if isinstance(note, str)}
    if wrong := [id for id in notes if id not in texts]:
        told.append(say(NO_TEXT, ids=_named(wrong)))
    clean = {id: _clean(note) for id, note in texts.items()}
    if long := [id for id, note in clean.items() if len(note) > NOTE_LENGTH]:
        told.append(say(LONG_NOTE, ids=_named(long), most=NOTE_LENGTH))
    kept = {id: note[:NOTE_LENGTH].rstrip() for id, note in clean.items() if note}
    return Answers(fips, words, kept, tuple(told))


def _object(text: str) -> dict[str, Any]:
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise AnswersError(say(TOO_LARGE, most=MOST_BYTES // 1000))
    try:
        held = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise AnswersError(say(NOT_JSON)) from None
    if not isinstance(held, dict) or "version" not in held:
        raise AnswersError(say(NO_VERSION))
    if isinstance(held["version"], bool) or held["version"] != VERSION:
        raise AnswersError(say(OTHER_VERSION, held=_shown(held["version"]), known=VERSION))
    return held


def _check_county(county: Any, facts: Facts, fips: str) -> None:
    names = facts.county_names
    if county == fips:
        return
    if isinstance(county, str) and county in names:
        raise AnswersError(say(OTHER_COUNTY, other=names[county], county=names[fips]))
    raise AnswersError(say(UNKNOWN_COUNTY, other=_shown(county), county=names[fips]))


def _part(held: dict[str, Any], part: str, known: list[str], told: list[str]) -> dict[str, Any]:
    """Give one part of the file, known questions only, in the edition's order."""
    found = held.get(part, {})
    if not isinstance(found, dict):
        told.append(say(NO_LIST, part=part))
        return {}
    if strange := [id for id in found if id not in known]:
        told.append(say(NO_QUESTION, part=part, ids=_named(strange)))
    return {id: found[id] for id in known if id in found}


def _clean(note: str) -> str:
    """Take out what no page or slide can show: control characters and broken letters."""
    return "\n".join(map(printable, note.split("\n"))).strip()


def _named(ids: list[str]) -> str:
    return listed([_shown(id) for id in ids], shown=5)


def _shown(value: Any) -> str:
    if isinstance(value, list | dict):
        return say("a list")
    text = _clean(value if isinstance(value, str) else json.dumps(value))
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
