"""Keep the newest edition of a database while it changes, and while it is away."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.editions import spare
from data.editions.edition import Damaged, Edition, StoreError, Texts, Unreachable, time_words
from data.editions.folder import FolderKeeper, Keeper, State
from data.editions.settings import Place, database, tables_folder
from data.editions.texts import read_texts
from data.facts import Facts, FactsError
from data.read import Problem
from data.schema import TABLES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.editions.store import Store

EVERY_SECONDS, FILE_SECONDS = 1.0, 0.25
"""How often a database is looked at: PostgreSQL, which also tells at once, and a file."""
LATE_SECONDS = 6.0
"""A database that has not answered for so long is away, even if no error was given."""
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 2.0
"""Seconds between two tries while the database is away; each is twice the one before."""
AT_ONCE_SECONDS = 1.0
"""The longest that the first who asks waits for the first look of a process."""


def keeper_for() -> Keeper:
    """Give what the app reads its facts from, as the settings tell.

    That is ``database()``, and the folder of tables without one, or while it holds no edition.
    Raises FactsError for a folder with problems, and StoreError where DATABASE_URL names no
    database.
    """
    where = database()
    return FolderKeeper(tables_folder()) if where is None else StoreKeeper(where, tables_folder())


@dataclass(frozen=True)
class Held:
    """The edition that is shown, its facts, and a sentence on each thing that it lacked."""

    edition: Edition
    facts: Facts
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """How the last look went: when the database last answered, and what is wrong.

    ``away`` tells that it did not answer this time; ``trouble`` is a sentence on its answer.
    """

    answered: datetime
    clock: float
    away: bool = False
    trouble: str = ""
    problems: tuple[Problem, ...] = ()


class StoreKeeper:
    """Holds the newest good edition of a database; safe for many threads, and over a fork.

    A thread of its own looks at the database, begun by the first who asks in each process, so
    asking never waits for the database (but the first time, for a second at most). Whatever
    happens to the database, the last good edition stays, and ``state`` says so.

    Parameters
    ----------
    where
        The database; it need not be there yet.
    folder
        The tables to show while the database holds no edition.
    every
        Seconds between two looks; EVERY_SECONDS or FILE_SECONDS by default.
    copies
        The folder in which the last edition read is kept, for a start without the database; by
        default as the setting COPIES_FOLDER tells.
    """

    def __init__(
        self,
        where: Place,
        folder: Path = TABLES,
        *,
        every: float | None = None,
        copies: Path | None = None,
    ) -> None:
        self.place = where
        usual = FILE_SECONDS if where.file else EVERY_SECONDS
        self.every = usual if every is None else every
        self.copies = copies or spare.copies_folder()
        self._held: Held | None = None
        self._store: Store | None = None
        self._refused: Edition | None = None
        self._last = Look(datetime.now(UTC), time.monotonic())
        self._looks = self._failures = self._process = 0
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._looked = threading.Condition()
        self._try_to_look(once=True)
        if not self._held and (self._last.away or self._last.trouble):
            self._held = self._spare() or self._earlier()
        self._tables = None if self._held else FolderKeeper(folder)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Tell what is wrong with tables newer than the edition held."""
        if self._held or not self._tables:
            return self._last.problems
        return self._tables.problems

    def facts(self) -> Facts:
        """Give the newest good edition."""
        self._begin()
        held = self._held
        if held:
            return held.facts
        assert self._tables  # what is held is never let go, and without it there are tables
        return self._tables.facts()

    def state(self) -> State:
        """Tell which edition is shown, and whether the database is away."""
        self._begin()
        held, last = self._held, self._last
        facts = held.facts if held else self.facts()
        shown = f"edition {held.edition.number}, the last good one" if held else "the tables"
        away = last.away or time.monotonic() - last.clock > LATE_SECONDS + self.every
        if away:
            trouble = f"The database has not answered since {time_words(last.answered)}."
        else:
            trouble = last.trouble
        told = (f"{trouble} Shown is {shown}.",) if trouble else ()
        state = State(facts.edition, facts.checksum, stale=bool(trouble), notices=told)
        if not held:
            return state
        own, notices = held.edition, told + held.notes
        return replace(
            state, number=own.number, author=own.author, note=own.note, at=own.at, notices=notices
        )

    def wait_for(self, check: Callable[[], bool], seconds: float) -> bool:
        """Wait until something holds after a look, so long at most; tell whether it does."""
        with self._looked:
            return self._looked.wait_for(check, seconds)

    def close(self) -> None:
        """Look no more."""
        self._closed.set()

    def _begin(self) -> None:
        """Begin to look, once in each process: a thread does not live on in a fork."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process == os.getpid():
                return
            if self._process:  # a fork, where the condition may be held for good
                self._looked = threading.Condition()
            seen = self._looks
            threading.Thread(target=self._watch, name="editions", daemon=True).start()
            self.wait_for(lambda: self._looks > seen, AT_ONCE_SECONDS)
            self._process = os.getpid()

    def _watch(self) -> None:
        while not self._closed.is_set():
            self._try_to_look()
            pause = min(FIRST_PAUSE * 2.0 ** (self._failures - 1), LONGEST_PAUSE)
            self._closed.wait(pause if self._failures else self.every)

    def _try_to_look(self, once: bool = False) -> None:
        """Look for as long as the connection holds, or once; no error leaves this."""
        try:
            if self._held is None and not self.place.exists:
                return self._saw()
            with closing(self._opened().looks(self.every)) as looks:
                for connection in looks:
                    self._look(connection)
                    if once or self._closed.is_set():
                        break
        except StoreError as error:
            self._lost(error)
        except Exception as error:  # a thread that ends would leave the node behind for good
            logging.exception("Looking at the database of editions failed")
            self._lost(error)

    def _opened(self) -> Store:
        from data.editions.store import Store  # brings SQLAlchemy, needed only with a database

        if self._store is None:
            self._store = Store(self.place)
        return self._store

    def _look(self, connection: Connection) -> None:
        from data.editions.engine import telling
        from data.editions.store import newest, texts_of_edition

        with telling(self.place):
            edition = newest(connection)
            if edition is None:
                return self._saw("The database holds no edition now." if self._held else "")
            if self._held and edition == self._held.edition:
                return self._saw()
            if edition == self._refused:
                return self._saw(self._last.trouble, self._last.problems)
            try:
                texts = texts_of_edition(connection, edition)
            except Damaged as error:
                return self._saw(str(error))
        self._take(edition, texts)

    def _take(self, edition: Edition, texts: Texts) -> None:
        """Show an edition, unless this version of the atlas cannot use it."""
        try:
            reading = read_texts(texts)
        except FactsError as error:
            self._refused = edition  # it never changes, so it is not read again
            count = len(error.problems)
            words = "1 problem" if count == 1 else f"{count} problems"
            trouble = f"Edition {edition.number} has {words} for this version of the atlas."
            return self._saw(trouble, tuple(error.problems))
        self._held = Held(edition, reading.facts, reading.notes)
        self._saw()
        spare.keep(self.copies, self.place, edition, texts)

    def _spare(self) -> Held | None:
        found = spare.kept(self.copies, self.place)
        if found is None:
            return None
        edition, texts = found
        try:
            reading = read_texts(texts)
        except FactsError as error:
            logging.warning("Edition %d as kept cannot be used: %s", edition.number, error)
            return None
        return Held(edition, reading.facts, reading.notes)

    def _earlier(self) -> Held | None:
        """Give the newest earlier edition that can be used, at a start when the newest cannot."""
        if self._last.away:
            return None
        with suppress(Unreachable):
            store = self._opened()
            for edition in store.history()[1:]:
                try:
                    reading = store.read(edition.number)
                except Unreachable:
                    raise
                except StoreError:
                    continue
                return Held(edition, reading.facts, reading.notes)
        return None

    def _saw(self, trouble: str = "", problems: tuple[Problem, ...] = ()) -> None:
        if trouble != self._last.trouble:
            logging.warning("Editions: %s", trouble or "all is well again.")
        look = Look(datetime.now(UTC), time.monotonic(), trouble=trouble, problems=problems)
        self._failures = 0
        self._after(look)

    def _lost(self, error: Exception) -> None:
        if not self._last.away:
            logging.warning("Editions: %s The last good one stays.", error)
        self._failures += 1
        self._after(replace(self._last, away=True))

    def _after(self, look: Look) -> None:
        with self._looked:
            self._last = look
            self._looks += 1
            self._looked.notify_all()
