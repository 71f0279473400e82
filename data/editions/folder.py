"""Keep the newest good edition of a folder of tables while it changes on disk."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from data.facts import Facts, FactsError, load
from data.read import Problem
from data.schema import TABLES

LOOK_EVERY_SECONDS = 2.0


@dataclass(frozen=True)
class State:
    """Which edition is shown, and what there is to say of it.

    ``edition`` and ``checksum`` are the facts' own. ``number, author, note, at`` (UTC) are those
    of the published edition, None and blank for a folder of tables. ``stale`` tells that there
    is or may be a newer edition that cannot be shown; ``notices`` has a sentence on each thing
    that a reader should know.
    """

    edition: str
    checksum: str
    number: int | None = None
    author: str = ""
    note: str = ""
    at: datetime | None = None
    stale: bool = False
    notices: tuple[str, ...] = ()


class Keeper(Protocol):
    """What the app reads its facts from: a folder of tables, or a database of editions."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Tell what is wrong with tables newer than the edition held."""

    def facts(self) -> Facts:
        """Give the newest good edition."""

    def state(self) -> State:
        """Tell which edition is shown."""


def shown(keeper: Keeper) -> tuple[Facts, State]:
    """Give the facts and what is said of them, both of one edition.

    Asked one after the other, they may be of two: another may be taken over in between.
    """
    facts, state = keeper.facts(), keeper.state()
    while facts.checksum != state.checksum:
        facts, state = keeper.facts(), keeper.state()
    return facts, state


class FolderKeeper:
    """Holds the last good edition; looks at the folder at most every two seconds.

    ``problems`` lists what is wrong with tables newer than the edition held; it is empty while
    the edition is the folder's own. The first load raises FactsError when it fails.
    """

    def __init__(self, folder: Path = TABLES) -> None:
        self.folder = folder
        self.problems: tuple[Problem, ...] = ()
        self._lock = threading.Lock()
        self._stamp = self._folder_stamp()
        self._looked = time.monotonic()
        self._facts = load(folder)

    def _folder_stamp(self) -> tuple[tuple[str, int, int], ...]:
        files = sorted(self.folder.glob("*.csv"))
        return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)

    def facts(self) -> Facts:
        """Give the newest good edition."""
        now = time.monotonic()
        if now - self._looked >= LOOK_EVERY_SECONDS:
            with self._lock:
                self._looked = now
                self._refresh()
        return self._facts

    def state(self) -> State:
        """Tell which edition is shown; a folder has no numbers, and ``problems`` tells the rest."""
        facts = self.facts()
        return State(facts.edition, facts.checksum)

    def _refresh(self) -> None:
        try:
            stamp = self._folder_stamp()
            if stamp != self._stamp:
                self._take()
                self._stamp = stamp
        except OSError as error:  # a table that another program holds open is looked at again
            logging.warning("Tables not readable, keeping edition: %s", error)

    def _take(self) -> None:
        """Show the tables as they are now, unless they have problems; raises OSError."""
        try:
            fresh = load(self.folder)
        except FactsError as error:
            self.problems = tuple(error.problems)
            logging.warning("Keeping edition %s. %s", self._facts.edition, error)
            return
        self.problems = ()
        self._facts = fresh if fresh.checksum != self._facts.checksum else self._facts
