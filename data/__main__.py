"""Command line: ``python -m data``; its help lists the commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.console import tell
from data.dates import today
from data.editions import Conflict, StoreError
from data.editions.commands import COMMANDS, add_commands
from data.facts import FactsError, load
from data.schema import TABLES
from data.series import SeriesError
from data.stewards.commands import account, add_account_commands

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""
CONFLICT = 3
"""Exit status where another edition was published meanwhile."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(loads="load" in arguments[:1]).parse_args(arguments)
    own = {"check": _check, "load": _load, "series": _series, "remove": _remove}
    act = {**own, **COMMANDS, "account": account}[options.command]
    try:
        return act(options)
    except Conflict as error:
        tell(str(error), sys.stderr)
        return CONFLICT
    except (SeriesError, StoreError) as error:
        tell(str(error), sys.stderr)
    except FactsError as error:
        for line in error.lines:
            tell(line, sys.stderr)
    except OSError as error:
        tell(f"{error.filename or 'A file'} cannot be read ({error.strerror}).", sys.stderr)
    except KeyboardInterrupt as stop:
        tell(f"Stopped. {str(stop) or 'Nothing was changed.'}", sys.stderr)
        return STOPPED
    return 1


def _parser(loads: bool = False) -> argparse.ArgumentParser:
    """Make the parser; only where it ``loads`` are the publishers imported, which takes a while."""
    parser = argparse.ArgumentParser(
        prog="python -m data", description="Work with the tables, their editions and loaded series."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check all tables of a folder")
    check.add_argument("folder", nargs="?", type=Path, default=TABLES, help="default: the shipped")
    loading = commands.add_parser("load", help="load a publisher's county series")
    if loads:
        from data.publishers.loading import add_kinds

        add_kinds(loading.add_subparsers(dest="kind", required=True))
    commands.add_parser("series", help="list the loaded series and what is wrong with any")
    remove = commands.add_parser("remove", help="remove a loaded series")
    remove.add_argument("id", help="as “series” lists it")
    add_commands(commands)
    add_account_commands(commands)
    return parser


def _check(options: argparse.Namespace) -> int:
    folder = options.folder
    if not folder.is_dir():
        tell(f"{folder} is not a folder. Give the folder that holds the tables.", sys.stderr)
        return 1
    try:
        facts = load(folder, today())
    except FactsError as error:
        for line in error.lines:
            tell(line)
        return 1
    for table, frame in facts.tables.items():
        tell(f"{table + '.csv':<16}{len(frame):>6,} rows")
    tell(f"Edition {facts.edition} (sha256 {facts.checksum}): no problems.")
    return 0


def _load(options: argparse.Namespace) -> int:
    from data.publishers.loading import load_series

    for line in load_series(options, tell):
        tell(line)
    return 0


def _series(options: argparse.Namespace) -> int:
    from data.publishers.loading import summary, table_lines
    from data.series.library import Library, default_folder

    library = Library(default_folder())
    for series in library.all():
        tell(f"{series.id}: {series.title}")
        for line in table_lines(summary(series)):
            tell(line)
    for problem in library.problems:
        tell(problem)
    if not (library.all() or library.problems):
        tell("No series is loaded. Load one with: python -m data load auto FILE")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from data.series.library import Library, default_folder

    Library(default_folder()).remove(options.id)
    tell(f"Removed {options.id}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
