"""The commands on editions: ``python -m data publish``, ``history``, ``rollback``, ``export``."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.console import tell
from data.dates import today
from data.editions.edition import Conflict, StoreError, time_words
from data.editions.settings import needed_database, tables_folder
from data.facts import Facts, FactsError, facts_from, load

if TYPE_CHECKING:
    from data.editions.store import Store

STAMP = "edition.txt"
"""A file beside exported tables with the number of their edition: what they were made from."""
MOST_CHANGES = 40
"""The most changes that are listed; the rest is counted."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on editions to the command line."""
    publish = commands.add_parser("publish", help="publish a folder of tables as the next edition")
    publish.add_argument("folder", type=Path, help="holds all tables")
    publish.add_argument(
        "--from",
        dest="parent",
        type=int,
        metavar="N",
        help=f"the edition that the tables were made from; default: as {STAMP} in the folder "
        "tells, else the newest",
    )
    publish.add_argument(
        "--merge", action="store_true", help="keep what others published since, row by row"
    )
    commands.add_parser("history", help="list all editions")
    rollback = commands.add_parser("rollback", help="publish an earlier edition again")
    export = commands.add_parser("export", help="write the tables of an edition to a folder")
    for parser in (rollback, export):
        parser.add_argument("number", type=int, help="as “history” lists it")
    export.add_argument("folder", type=Path, help="new or empty")
    for parser in (publish, rollback):
        parser.add_argument("--note", required=True, help="why, in a line")
        parser.add_argument("--author", default="", help="who publishes; default: your login name")
    commands.add_parser("migrate", help="bring the database up to date with this version")
    commands.add_parser("prepare", help="the same, and begin with the tables where it is empty")


def _publish(options: argparse.Namespace) -> int:
    _step(f"Reading the tables of {options.folder}")
    if not options.folder.is_dir():
        raise StoreError(f"{options.folder} is not a folder. Give the folder of the tables.")
    try:
        facts = load(options.folder, today())
        store = _store()
        began = parent = _parent(options, store)
        if options.merge:
            facts, parent = _merged(store, facts, parent)
    except FactsError as error:
        for line in (*error.lines, "Nothing was published."):
            tell(line, sys.stderr)
        return 1
    if not _compared(store, parent, facts):
        tell(f"Nothing differs from edition {parent}; nothing was published.")
        return 0
    _step("Publishing")
    edition = store.publish(facts, parent=parent, author=_author(options), note=options.note)
    if began == parent and (options.folder / STAMP).is_file():
        (options.folder / STAMP).write_text(f"{edition.number}\n", "utf-8")
    tell(f"Published {edition}.")
    return 0


def _history(options: argparse.Namespace) -> int:
    found = _store().history()
    for edition in found:
        when = time_words(edition.at)
        tell(f"{edition.number:>4}  {edition.name}  {when}  {edition.author}: {edition.note}")
    if not found:
        tell("No edition is published yet; the folder of tables is shown.")
    return 0


def _rollback(options: argparse.Namespace) -> int:
    store = _store()
    _step(f"Reading edition {options.number}")
    edition = store.rollback(options.number, author=_author(options), note=options.note)
    tell(f"Published edition {options.number} again: {edition}.")
    return 0


def _export(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is not an empty folder; name a new one.")
    store = _store()
    _step(f"Reading edition {options.number}")
    texts = store.texts(options.number)
    if odd := [name for name in texts if not re.fullmatch(r"\w+", name)]:
        raise StoreError(f"“{odd[0]}” is no name of a table; nothing was written.")
    files = {f"{name}.csv": text for name, text in texts.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {**files, STAMP: f"{options.number}\n"}.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        why = f"{error.filename or folder} cannot be written ({error.strerror})"
        raise StoreError(f"{why}; the folder {folder} is not whole.") from error
    tell(f"Wrote {len(files)} tables of edition {options.number} to {folder}.")
    return 0


def _migrate(options: argparse.Namespace) -> int:
    before = _store().migrate()
    tell(f"The database is up to date; it was {f'at {before}' if before else 'new'}.")
    return 0


def _prepare(options: argparse.Namespace) -> int:
    store = _store()
    store.prepare(load(tables_folder()))
    tell(f"The database is up to date; its newest is {store.current()}.")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "publish": _publish,
    "history": _history,
    "rollback": _rollback,
    "export": _export,
    "migrate": _migrate,
    "prepare": _prepare,
}


def _store() -> Store:
    from data.editions.store import Store

    return Store(needed_database())


def _parent(options: argparse.Namespace, store: Store) -> int:
    """Give the number of the edition that a folder was made from; begin where there is none."""
    current = store.current()
    if current is None:
        _step(f"Beginning with the tables of {tables_folder()} as edition 1")
        store.prepare(load(tables_folder()))
        return 1
    store.migrate()
    stamp = options.folder / STAMP
    if options.parent is not None or not stamp.is_file():
        return current.number if options.parent is None else int(options.parent)
    text = stamp.read_text("utf-8", "replace").strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise StoreError(f"{stamp} does not hold the number of an edition; mend or remove it.")
    return int(text)


def _merged(store: Store, facts: Facts, parent: int) -> tuple[Facts, int]:
    """Merge tables with what others published since their edition."""
    from data.editions.merge import merge

    current = store.current()
    if current is None or current.number == parent:
        return facts, parent
    _step(f"Merging with edition {current.number}")
    merged = merge(store.facts(parent), store.facts(current.number), facts)
    for clash in merged.clashes:
        tell(str(clash), sys.stderr)
    if merged.clashes:
        raise Conflict(parent, current)
    return facts_from(merged.tables), current.number


def _compared(store: Store, parent: int, facts: Facts) -> bool:
    """Say what will change; raises Conflict, and says what did, where others were faster."""
    current = store.current()
    if current and current.number != parent:
        with _told_only():
            earlier = store.facts(parent)
            tell(f"Since edition {parent}, others changed:", sys.stderr)
            _tell_changes(earlier, store.facts(current.number))
        raise Conflict(parent, current)
    with _told_only():
        return _tell_changes(store.facts(parent), facts)
    return True


@contextmanager
def _told_only() -> Iterator[None]:
    """Say an error of the block and go on: a damaged edition is mended by publishing."""
    try:
        yield
    except StoreError as error:
        tell(str(error), sys.stderr)


def _tell_changes(old: Facts, new: Facts) -> bool:
    """Say what differs; tell whether anything does."""
    from data.editions.changes import changes, summary

    found = changes(old, new)
    for change in found[:MOST_CHANGES]:
        tell(f"  {change}", sys.stderr)
    if len(found) > MOST_CHANGES:
        tell(f"  and {len(found) - MOST_CHANGES:,} more", sys.stderr)
    if found:
        tell(summary(found), sys.stderr)
    return bool(found) or old.checksum != new.checksum


def _author(options: argparse.Namespace) -> str:
    try:
        return options.author or getpass.getuser()
    except (OSError, KeyError):
        raise StoreError("Your login name is not known; name yourself with --author.") from None


def _step(words: str) -> None:
    tell(f"{words} ...", sys.stderr)
