"""A person's own folder of loaded series: kept whole or not at all, and seen without a restart.

A series lives in ``<folder>/<id>/`` (``data.series.kept``). Names that begin with a dot are
no series: ``.draft-*`` is being written, ``.old-<id>`` is being replaced and counts for as long as
``<id>`` is not there, ``.gone-*`` is being removed, ``.pending`` is for ``data.series.uploads``.
"""

from __future__ import annotations

import re
import secrets
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from data.dates import today
from data.series import CountySeries, SeriesError
from data.series.files import (
    GONE,
    Stamp,
    discard,
    remove_aged,
    stamp_of,
    writing_to,
)
from data.series.kept import ABOUT, TABLE, read_series, write_series
from data.series.uploads import Uploads
from data.settings import setting

LOOK_EVERY_SECONDS = 2.0
SETTLED_NANOSECONDS = 1_000_000_000
"""A folder changed more lately than this may change again within the same tick of its clock."""
DRAFT, OLD = ".draft-", ".old-"

_ID = re.compile(r"[a-z0-9-]{1,80}")
UNSETTLED: Stamp = ()
"""Stands for a folder whose stamp is not to be trusted: it is read again at the next look."""
Entry = tuple[tuple[Stamp, ...], CountySeries | str]
"""The stamps of a series's files, and the series or the sentence on its damage."""
TRIES = 5


def default_folder() -> Path:
    """Give the folder of loaded series: SERIES_FOLDER, else the person's folder for app data."""
    if chosen := setting("SERIES_FOLDER"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("nc-lead-atlas", appauthor=False) / "series"


class Library:
    """The series kept in a folder; looks at it at most every two seconds, with one stat.

    A series is the same object for as long as its files do not change. Safe for many threads,
    and for other processes that load and remove series in the same folder. ``uploads`` are the
    files that are not yet understood.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uploads = Uploads(folder / ".pending")
        self._lock = threading.RLock()
        self._looked = float("-inf")
        self._stamp: Stamp = UNSETTLED
        self._read: dict[str, Entry] = {}
        self._found: tuple[CountySeries, ...] = ()
        self._problems: tuple[str, ...] = ()

    def all(self) -> list[CountySeries]:
        """Give all good series, sorted by title."""
        self._refresh()
        return list(self._found)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is damaged, one sentence each; such a series is not loaded but can be removed."""
        self._refresh()
        return self._problems

    def get(self, id: str) -> CountySeries:
        """Give one series; raises SeriesError where there is none."""
        for series in self.all():
            if series.id == id:
                return series
        raise SeriesError(f"No good series with the id “{id}” is loaded.")

    def add(self, series: CountySeries) -> CountySeries:
        """Keep a series, in place of an older one with its id, and give it as it is kept.

        ``retrieved`` becomes today where it is blank. Whatever stops this midway, the folder
        holds the older series or the new one, whole. Raises SeriesError when it cannot be kept.
        """
        _check_id(series.id)
        if series.frame.empty:
            raise SeriesError(f"“{series.title}” has no rows, so there is nothing to keep.")
        whole = replace(series, retrieved=series.retrieved or today().isoformat())
        draft = self.folder / f"{DRAFT}{secrets.token_hex(8)}"
        with self._lock, writing_to(self.folder):
            try:
                draft.mkdir(parents=True)
                remove_aged([*self.folder.glob(f"{DRAFT}*"), *self.folder.glob(f"{GONE}*")])
                write_series(draft, whole)
                read_series(draft, whole.id)
                self._put(draft, whole.id)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
            self._look()
        return self.get(series.id)

    def _put(self, draft: Path, id: str) -> None:
        """Move a draft into place: a folder cannot be renamed over another in one step."""
        place, old = self.folder / id, self.folder / f"{OLD}{id}"
        if place.exists():
            discard(old)
            place.rename(old)
        draft.rename(place)
        with suppress(OSError):
            discard(old)

    def remove(self, id: str) -> None:
        """Remove a series, good or damaged; raises SeriesError where there is none."""
        _check_id(id)
        places = [self.folder / f"{OLD}{id}", self.folder / id]
        if not any(place.is_dir() for place in places):
            raise SeriesError(
                f"No series with the id “{id}” is loaded; there is nothing to remove."
            )
        with self._lock, writing_to(self.folder):
            for place in places:
                discard(place)
            self._look()

    def _refresh(self) -> None:
        if time.monotonic() - self._looked < LOOK_EVERY_SECONDS:
            return
        with self._lock:
            if time.monotonic() - self._looked < LOOK_EVERY_SECONDS:
                return
            if stamp_of(self.folder) != self._stamp:
                self._look()
            self._looked = time.monotonic()

    def _look(self) -> None:
        """Read what changed since the last look."""
        stamp = stamp_of(self.folder)
        self._read_all()
        settled = stamp is None or time.time_ns() - stamp[1] > SETTLED_NANOSECONDS
        self._stamp = stamp if settled else UNSETTLED
        self._looked = time.monotonic()

    def _read_all(self) -> None:
        problems = []
        try:
            # A list made while another process replaces a series may lack it.
            names = _series_names(self.folder) | set(self._read)
        except OSError as error:
            names = set()
            problems.append(f"The folder {self.folder} cannot be read ({error.strerror}).")
        entries = {name: self._entry(name) for name in sorted(names)}
        self._read = {name: entry for name, entry in entries.items() if entry}
        found = [what for _, what in self._read.values()]
        problems += [what for what in found if isinstance(what, str)]
        good = [what for what in found if isinstance(what, CountySeries)]
        self._found = tuple(sorted(good, key=lambda series: (series.title.lower(), series.id)))
        self._problems = tuple(problems)

    def _entry(self, name: str) -> Entry | None:
        """Read a series where it stands; again where another process replaces it meanwhile."""
        place = self._place(name)
        for _ in range(TRIES):
            entry = self._entry_at(place, name) if place else None
            before, place = place, self._place(name)
            if place == before:
                break
        return entry

    def _place(self, name: str) -> tuple[Path, tuple[Stamp, ...]] | None:
        """Give the folder that holds a series now, and the stamps of its files."""
        for place in (self.folder / name, self.folder / f"{OLD}{name}"):
            if place.is_dir():
                return place, (stamp_of(place / TABLE), stamp_of(place / ABOUT))
        return None

    def _entry_at(self, found: tuple[Path, tuple[Stamp, ...]], name: str) -> Entry:
        place, stamps = found
        known = self._read.get(name)
        if known and known[0] == stamps:
            return known
        try:
            return stamps, read_series(place, name)
        except SeriesError as error:
            return stamps, str(error)


def _check_id(id: str) -> None:
    if not _ID.fullmatch(id):
        raise SeriesError(
            f"“{id[:80]}” is no id of a series; an id has only small letters, digits "
            "and hyphens, 80 at most."
        )


def _series_names(folder: Path) -> set[str]:
    """List the ids under which there is a series, or the older one of a broken replacement."""
    if not folder.exists():
        return set()
    names = (path.name.removeprefix(OLD) for path in folder.iterdir() if path.is_dir())
    return {name for name in names if _ID.fullmatch(name)}
