"""One county's plan: where it stands on a day, three steps to take next, sources and doubts.

The page, the print and the slides are all made from the one ``Plan``, so none can say another
thing than the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.adoption import population_row
from data.dates import day_words
from data.facts import Facts
from data.frame import county_frame
from data.language import marked, say, say_number
from data.services.answers import WORDS, Answers
from data.services.known import service_frame
from data.services.readiness import Step, all_steps, order_steps
from data.services.rows import statewide
from data.services.similar import BEGAN, CONFIRMED, dates_words, list_words, service_names
from data.services.situation import NOTHING_FOUND, found_words
from data.services.words import CONFIDENCE_WORDS
from data.words import LOOK_WORDS, listed, parts_of

STEPS = 3
GROUPS = {
    "exists": ("running", "unconfirmed"),
    "unclear": ("perhaps", "old_list"),
    "planned": ("funded", "planned", "considered"),
    "ended": ("ended",),
}
"""The looks of a service by the group of the situation in which it is told."""
GROUP_WORDS = {
    "lead": marked("LEAD"),
    "residents": marked("Residents"),
    "exists": marked("Found running"),
    "unclear": marked("Found, but not surely running on the day"),
    "planned": marked("Funded, planned or under consideration"),
    "ended": marked("Ended"),
    "statewide": marked("Said of the whole state, not of this county"),
    "not_found": marked("Not found"),
}
"""The groups of a situation in their order, each with its heading."""
LEAD_WORDS = LOOK_WORDS | {
    "perhaps": marked("LEAD perhaps running: the sources do not fix the day"),
    "planned": marked("LEAD planned: announced, not started"),
    "ended": marked("LEAD ended"),
}
"""As on the map, but so that each can stand alone."""
OTHER_SCHEME = marked("(other scheme, not counted as LEAD)")
OWN_READING = marked(
    "The questions, the steps and their order are this project's own reading of the sources; they "
    "are no advice of law or medicine."
)


@dataclass(frozen=True)
class Line:
    """A statement of a plan: its group (a key of GROUP_WORDS, or "doubt"), words, source ids.

    ``quote``, which follows the words, is in the language of the sources.
    """

    group: str
    words: str
    sources: tuple[str, ...] = ()
    quote: str = ""

    def __str__(self) -> str:
        return f"{self.words} {self.quote}".strip()


@dataclass(frozen=True)
class Reply:
    """What a person answered and noted to one question; either may be empty."""

    question: str
    answer: str
    note: str


@dataclass(frozen=True)
class Plan:
    """All that any form of a county's plan says. ``sources`` are ids, in order of mention."""

    fips: str
    county: str
    day: date
    edition: str
    title: str
    situation: tuple[Line, ...]
    steps: tuple[Step, ...]
    replies: tuple[Reply, ...]
    answered: str
    sources: tuple[str, ...]
    doubts: tuple[Line, ...]


def plan(
    facts: Facts,
    fips: str,
    day: date,
    neighbors: tuple[str, ...],
    answers: Answers | None = None,
) -> Plan:
    """Make the plan of a county as of a day.

    Parameters
    ----------
    facts, fips
        The edition and the county; KeyError for a county that the edition does not have.
    day, neighbors
        The sources count as of this day; FIPS codes of the county's neighbors.
    answers
        A person's answers for this county; ValueError where they are another county's.
    """
    county = facts.county_names[fips]
    given = answers or Answers(fips)
    if given.fips != fips:
        raise ValueError(f"Answers for {given.fips} make no plan for {fips} ({county} County).")
    steps = all_steps(facts, fips, day, neighbors, given.words)
    chosen = tuple(order_steps(steps)[:STEPS])
    lines = _situation(facts, fips, day)
    doubts = _doubts(facts, fips, day, steps)
    parts: tuple[Line | Step, ...] = (*lines, *chosen, *doubts)
    return Plan(
        fips=fips,
        county=county,
        day=day,
        edition=facts.edition,
        title=say("Next steps for {county} County", county=county),
        situation=lines,
        steps=chosen,
        replies=_replies(steps, given),
        answered=_answered(steps),
        sources=tuple(dict.fromkeys(id for part in parts for id in part.sources)),
        doubts=doubts,
    )


def _situation(facts: Facts, fips: str, day: date) -> tuple[Line, ...]:
    frame = service_frame(facts, day)
    rows = frame[(frame["fips"] == fips) & (frame["service"] != "lead")]
    names = service_names(facts)
    lines = [_lead(facts, fips, day), _residents(facts, fips, day)]
    for group, looks in GROUPS.items():
        for row in rows[rows["look"].isin(looks)].itertuples():
            words = found_words(row, _headed(names[row.service]))
            lines.append(Line(group, f"{words}.", _ids(row.sources)))
    for row in statewide(facts, day).itertuples():
        lines.append(_statewide(row, names))
    missing = rows[rows["look"] == "none_found"]
    if len(missing):
        what = listed(names[service] for service in missing["service"])
        lines.append(Line("not_found", f"{_headed(what)}: {say(NOTHING_FOUND)}."))
    return tuple(lines)


def _lead(facts: Facts, fips: str, day: date) -> Line:
    row = county_frame(facts, day).set_index("fips").loc[fips]
    words = say("{status}, as of {day}", status=say(LEAD_WORDS[row.look]), day=day_words(day))
    if row.look == "none_found":
        proof = say("This is not proof that there is none.")
        return Line("lead", f"{words}. {proof}")
    told = [list_words(row.programs)]
    dates = (
        (BEGAN, row.start),
        (marked("ended {dates}"), row.end),
        (CONFIRMED, row.last_confirmed),
    )
    for term, cell in dates:
        told += [say(term, dates=dates_words(cell))] if cell and row.look != "planned" else []
    return Line("lead", f"{words} ({', '.join(told)}).", _ids(row.sources))


def _residents(facts: Facts, fips: str, day: date) -> Line:
    row = population_row(facts, fips, day)
    told = {"number": say_number(int(row["residents"])), "year": row["year"]}
    if row["year"] == str(day.year):
        words = say("{number} residents in {year}.", **told)
    else:
        words = say("{number} residents in {year}, the nearest year known.", **told)
    return Line("residents", words, _ids(row["sources"]))


def _statewide(row: Any, names: dict[str, str]) -> Line:
    quote = " ".join(filter(None, (row.provider and f"{row.provider}.", row.note)))
    nobody = "" if quote else say("Stated; provider not named.")
    words = f"{_headed(names[row.service])}: {nobody}".strip()
    return Line("statewide", words, _ids(row.sources), quote)


def _doubts(facts: Facts, fips: str, day: date, steps: list[Step]) -> tuple[Line, ...]:
    names = service_names(facts)
    frame = service_frame(facts, day)
    rows = frame[(frame["fips"] == fips) & (frame["look"] != "none_found")]
    with_lead = "lead" in set(rows["service"])
    rows = rows[rows["service"] != "lead"]
    found = [_doubt(row, names[row.service]) for row in rows.itertuples()]
    split = [
        Line("doubt", f"{step.question} {step.why}", step.sources)
        for step in steps
        if step.answer == "no" and step.ranks[""] is None
    ]
    programs = _program_doubts(facts, fips, with_lead)
    return (*programs, *filter(None, found), *split, Line("doubt", say(OWN_READING)))


def _program_doubts(facts: Facts, fips: str, with_lead: bool) -> list[Line]:
    """Give the notes on the county's LEAD programs, if by the day it has any, and other schemes."""
    rows = facts.adoption[(facts.adoption["fips"] == fips) & (facts.adoption["note"] != "")]
    return [_program_doubt(row) for row in rows.itertuples() if with_lead or row.is_lead == "no"]


def _program_doubt(row: Any) -> Line:
    if row.is_lead == "yes":
        return Line("doubt", "", _ids(row.sources), f"{row.agency}: {row.note}")
    return Line("doubt", f"{row.agency} {say(OTHER_SCHEME)}:", _ids(row.sources), row.note)


def _doubt(row: Any, name: str) -> Line | None:
    weakness = _weakness(row.confidence) if _weak(row.confidence) else ""
    words = f"{_headed(name)}: {weakness}".strip()
    told = weakness or row.note
    return Line("doubt", words, _ids(row.sources), row.note) if told else None


def _weak(confidence: str) -> bool:
    return confidence not in ("", "high")


def _weakness(confidence: str) -> str:
    word = say(CONFIDENCE_WORDS[confidence])
    return say("confidence in the sources is {confidence}.", confidence=word)


def _replies(steps: list[Step], given: Answers) -> tuple[Reply, ...]:
    replies = (
        Reply(step.question, say(WORDS.get(step.answer, "")), given.notes.get(step.id, ""))
        for step in steps
    )
    return tuple(reply for reply in replies if reply.answer or reply.note)


def _answered(steps: list[Step]) -> str:
    number = sum(bool(step.answer) for step in steps)
    if not number:
        return say(
            "None of the {total} questions is answered: the steps follow from the sources.",
            total=len(steps),
        )
    if number == 1:
        return say("1 of {total} questions is answered.", total=len(steps))
    return say("{n} of {total} questions are answered.", n=number, total=len(steps))


def _headed(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(parts_of([cell]))
