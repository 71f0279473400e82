"""Keep the newest good edition of a folder of tables while it changes on disk."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from data.facts import Facts, FactsError, load
from data.read import Problem
from data.schema import TABLES

LOOK_EVERY_SECONDS = 2.0


class Keeper:
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

    def _refresh(self) -> None:
        try:
            stamp = self._folder_stamp()
        except OSError as error:
            logging.warning("Tables not readable, keeping edition: %s", error)
            return
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            fresh = load(self.folder)
        except (FactsError, OSError) as error:
            self.problems = tuple(getattr(error, "problems", ()))
            logging.warning("Keeping edition %s. %s", self._facts.edition, error)
            return
        self.problems = ()
        self._facts = fresh if fresh.checksum != self._facts.checksum else self._facts
