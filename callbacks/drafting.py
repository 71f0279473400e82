"""What the stewards' pages are made from: the draft in hand, its edition, and the history."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from callbacks.session import own_draft, store
from data.editions import Edition, StoreError, Unreachable
from data.editions.changes import changes, summary
from data.editions.folder import Keeper
from data.editions.merge import Merged, merge
from data.facts import Facts
from data.read import Problem
from data.stewards.draft import check_draft, combined
from data.stewards.drafted import Review, read_texts_of, review
from layouts.parts.steward import Past

PAST_SHOWN = 10


class Work(NamedTuple):
    """The draft of who is signed in; without one, the newest edition unchanged, as version 0."""

    base: Edition
    facts: Facts
    texts: dict[str, str]
    version: int

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables that the draft makes together with its edition."""
        return combined(read_texts_of(self.texts)[0], self.facts)

    @property
    def whole(self) -> Facts:
        """The same as facts that nobody has checked yet."""
        return Facts(**self.tables, checksum="")


def newest_edition(keeper: Keeper) -> Edition:
    """Give the newest edition; a database without one begins with the tables that are shown."""
    found = store().current()
    if found is None:
        store().prepare(keeper.facts())
        found = store().current()
    if found is None:
        raise StoreError("The database holds no edition, and none could be begun.")
    return found


def work_of(keeper: Keeper) -> Work:
    """Give what the steward works on; raises StoreError where its edition cannot be read."""
    draft = own_draft()
    newest = newest_edition(keeper)
    if draft is None:
        return Work(newest, facts_of(keeper, newest), {}, 0)
    same = draft.base is None or draft.base == newest.number
    base = newest if same else store().edition(int(draft.base or 0))
    return Work(base, facts_of(keeper, base), dict(draft.tables), draft.version)


def facts_of(keeper: Keeper, edition: Edition) -> Facts:
    """Give the facts of an edition: those that are shown, where they are the same."""
    shown = keeper.facts()
    if shown.checksum == edition.checksum:
        return shown
    return _facts(store().place.url, edition.number, edition.checksum)


@lru_cache(maxsize=4)
def _facts(place: str, number: int, checksum: str) -> Facts:
    return store().facts(number)


def review_of(work: Work, day: date) -> Review:
    """Look the draft over."""
    return _review(work.facts, frozenset(work.texts.items()), day)


@lru_cache(maxsize=4)
def _review(facts: Facts, texts: frozenset[tuple[str, str]], day: date) -> Review:
    tables, unread = read_texts_of(dict(texts))
    checked: tuple[Facts | None, list[Problem]] = (None, unread)
    return review(tables, facts, day, checked if unread else _checked(facts, texts))


@lru_cache(maxsize=4)
def _checked(facts: Facts, texts: frozenset[tuple[str, str]]) -> tuple[Facts | None, list[Problem]]:
    return check_draft(read_texts_of(dict(texts))[0], facts)


def rows_of_tables(work: Work) -> dict[str, int]:
    """Count the rows of every table of the draft."""
    return {name: len(frame) for name, frame in sorted(work.tables.items())}


def history(everything: bool) -> tuple[list[Past], bool]:
    """Give the editions, newest first, each with what it changed; and whether there are more."""
    editions = store().history()
    shown = editions if everything else editions[:PAST_SHOWN]
    by_number = {edition.number: edition for edition in editions}
    past = [Past(edition, _told(edition, by_number.get(edition.parent or 0))) for edition in shown]
    return past, len(editions) > len(shown)


def _told(edition: Edition, parent: Edition | None) -> str:
    if parent is None:
        return "The first edition."
    try:
        return _difference(
            store().place.url, edition.number, edition.checksum, parent.number, parent.checksum
        )
    except Unreachable:
        raise
    except StoreError as error:  # one bad edition hides none of the others
        return str(error)


@lru_cache(maxsize=512)
def _difference(place: str, number: int, checksum: str, parent: int, before: str) -> str:
    """Count what differs between two editions; only tables whose text differs are read."""
    sides = store().texts(parent), store().texts(number)
    wanted = {n for n in set().union(*sides) if len({side.get(n) for side in sides}) > 1}
    old, new = (
        read_texts_of({n: side[n] for n in side if n in {*wanted, "counties"}})[0] for side in sides
    )
    return summary(changes(_NO_COUNTIES | old, _NO_COUNTIES | new))


_NO_COUNTIES = {"counties": pd.DataFrame(columns=["fips", "county", "sources"], dtype=str)}


def merged_with(keeper: Keeper, work: Work, theirs: Edition) -> Merged:
    """Merge the draft with what was published since its edition."""
    return merge(work.facts, facts_of(keeper, theirs), work.tables)
