"""Which steps a county might take next.

The rule for the next steps is a table, so the server and the browser order them alike:

=========================================== ======== ==============================================
question                                    rank     in words
=========================================== ======== ==============================================
answered no                                 0        first
not answered, its service begun here        1        then what the sources find under way here
not answered, its service run by a neighbor 2        then what a neighbor can be asked about
not answered, nothing of this found         3        then the rest of what nobody has answered
answered “not sure”                         4        then what a person should find out
answered yes                                left out
not answered, but settled                   left out the sources find the service running by the day
=========================================== ======== ==============================================

Within a rank the order is that of the table “readiness”. What is found of a service bears only on
the question that asks for the service itself (its column ``asks_for_service``), none that asks
more of it. Each question carries its rank and reason for every answer, so the browser only looks
them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from data.facts import Facts
from data.language import kept, marked, say
from data.services.answers import WORDS
from data.services.known import service_frame
from data.services.similar import FOUND, examples, service_names
from data.services.situation import found_words, intercept_names
from data.words import parts_of

RULE = marked(
    "Questions answered no come first. Then come those not answered: first where the sources find "
    "the service begun here but not surely running, then where they find a neighboring county "
    "running it, then the others. Those answered “not sure” are last. Within each group the order "
    "is that of the list. A question is left out when it is answered yes, or when it is not "
    "answered and the sources find its service running."
)
SETTLED = marked(
    "What is found of a service bears only on the question that asks for the service itself, not "
    "on those that ask more of it. A service that runs may still not reach everyone: answer its "
    "question to bring it back."
)
RANKS: Mapping[str, int | None] = MappingProxyType({"no": 0, "": 3, "unsure": 4, "yes": None})
"""The rank of a question by its answer, ``""`` for none; None leaves it out."""
BEGUN_RANK, NEIGHBOR_RANK = 1, 2
"""Ranks of a question that is not answered, by what the sources show of the service it asks for."""
BEGUN = ("perhaps", "funded", "planned", "considered")
"""The looks of a service that is under way in a county but not surely running."""


@dataclass(frozen=True)
class Example:
    """A county that already does a service, said in words, with the ids of its sources."""

    fips: str
    county: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A question and the step that follows from it, for one county on a day.

    ``ranks`` and ``whys`` give the place and the reason for each answer (a key of RANKS);
    ``answer`` is the one given. ``found`` says what the sources show of the service here.
    ``examples`` are of the service as a whole, which ``service`` names, and may answer another
    question about it. ``sources`` are ids: of the question, of what was found, of the examples.
    """

    id: str
    intercept: str
    intercept_name: str
    service: str
    question: str
    yes_means: str
    no_means: str
    first_step: str
    who_to_ask: str
    found: str
    answer: str
    ranks: Mapping[str, int | None]
    whys: Mapping[str, str]
    examples: tuple[Example, ...]
    sources: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The rank for the answer given; None when the question is left out."""
        return self.ranks[self.answer]

    @property
    def why(self) -> str:
        """The reason for the answer given, in words."""
        return self.whys[self.answer]


def all_steps(
    facts: Facts,
    fips: str,
    day: date,
    neighbors: tuple[str, ...],
    answers: Mapping[str, str] = MappingProxyType({}),
) -> list[Step]:
    """Give the step of every question, in the order of the table.

    Parameters
    ----------
    facts, fips, day
        The edition, the county (KeyError for one it does not have) and the day.
    neighbors
        FIPS codes of the county's neighbors, from which examples are taken first.
    answers
        yes, no or unsure by question id; ids that the edition does not have are passed over.
    """
    facts.county_names[fips]
    frame = service_frame(facts, day)
    local = {row.service: row for row in frame[frame["fips"] == fips].itertuples()}
    beside = frame[frame["fips"].isin(neighbors) & frame["look"].isin(FOUND)]
    near = frozenset(beside["service"])
    return [
        _step(facts, row, local.get(row.service), (fips, day, neighbors), answers, near)
        for row in facts.readiness.itertuples()
    ]


def order_steps(steps: list[Step]) -> list[Step]:
    """Order steps by ``RULE``; those whose questions need none are left out."""
    left = [step for step in steps if step.rank is not None]
    return sorted(left, key=lambda step: step.rank or 0)


def browser_rule(steps: list[Step]) -> dict[str, dict[str, dict[str, Any]]]:
    """Give by question id and answer the ``rank`` (None: left out) and ``why``, for JSON."""
    return {
        step.id: {
            answer: {"rank": step.ranks[answer], "why": step.whys[answer]} for answer in RANKS
        }
        for step in steps
    }


def _step(
    facts: Facts,
    row: Any,
    local: Any,
    place: tuple[str, date, tuple[str, ...]],
    answers: Mapping[str, str],
    near: frozenset[str],
) -> Step:
    fips, day, neighbors = place
    name = service_names(facts).get(row.service, "")
    unanswered = _unanswered_rank(row, local, near)
    shown = _examples(facts, fips, row.service, day, neighbors)
    given = answers.get(row.id, "")
    return Step(
        id=row.id,
        intercept=row.intercept,
        intercept_name=intercept_names(facts).get(row.intercept, ""),
        service=row.service,
        question=say(row.question),
        yes_means=say(row.yes_means),
        no_means=say(row.no_means),
        first_step=say(row.first_step),
        who_to_ask=say(row.who_to_ask),
        found=found_words(local, name) if local is not None else "",
        answer=given if given in WORDS else "",
        ranks={**RANKS, "": unanswered},
        whys=_whys(row, name, local, unanswered),
        examples=shown,
        sources=_ids([row.sources, local.sources if local is not None else ""], shown),
    )


def _unanswered_rank(row: Any, local: Any, near: frozenset[str]) -> int | None:
    """Rank a question that nobody has answered; None where the sources settle it."""
    if row.asks_for_service != "yes" or local is None:
        return RANKS[""]
    if local.look in FOUND:
        return None
    if local.look in BEGUN:
        return BEGUN_RANK
    return NEIGHBOR_RANK if row.service in near else RANKS[""]


@kept(512)
def _examples(
    facts: Facts, fips: str, service: str, day: date, neighbors: tuple[str, ...]
) -> tuple[Example, ...]:
    return tuple(
        Example(row.fips, row.county, row.words, _ids([row.sources]))
        for row in examples(facts, fips, service, day, neighbors).itertuples()
    )


def _ids(cells: list[str], shown: tuple[Example, ...] = ()) -> tuple[str, ...]:
    return tuple(parts_of([*cells, *(source for example in shown for source in example.sources)]))


def _whys(row: Any, name: str, local: Any, unanswered: int | None) -> dict[str, str]:
    """Say for each answer why the question stands where it does."""
    no = say("Answered no: {meaning}", meaning=say(row.no_means))
    doubt = say("The sources find it running, though; the two do not agree.")
    return {
        "no": f"{no} {doubt}" if unanswered is None else no,
        "": _unanswered(name, local, unanswered),
        "unsure": say("Answered “not sure”."),
        "yes": say("Answered yes: {meaning}", meaning=say(row.yes_means)),
    }


def _unanswered(name: str, local: Any, rank: int | None) -> str:
    if local is None:
        return say("Not answered, and the sources read do not tell.")
    headed = name[:1].upper() + name[1:]
    told = say("Not answered. {found}.", found=found_words(local, headed))
    if rank == NEIGHBOR_RANK:
        return " ".join(
            [told, say("The sources find it in a neighboring county, which can be asked.")]
        )
    if local.look not in FOUND or rank is None:
        return told
    return " ".join([told, say("This does not settle the question.")])
