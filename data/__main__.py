"""Command line: ``python -m data``; its help lists the commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.console import tell
from data.editions import Conflict, StoreError
from data.editions.commands import COMMANDS, add_commands
from data.facts import FactsError, load
from data.schema import TABLES, table_columns
from data.series import SeriesError
from data.stewards.commands import account, add_account_commands

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""
CONFLICT = 3
"""Exit status where another edition was published meanwhile."""
KINDS = {
    "auto": "a file that is recognized by its header",
    "vera": "Vera Institute, Incarceration Trends",
    "wonder": "an export of CDC WONDER",
    "table": "any table with a county, a period and a count in each row",
    "events": "one row an event, with its county and its day",
}
COLUMNS = {
    "table": {name: name for name in ("county", "period", "value", "population", "measure")},
    "events": {"county": "county", "date": "period", "class": "measure"},
}
"""Options that name a column, with the field of ``data.publishers.Mapping`` that they fill."""
WORDS = ("title", "publisher", "address", "license", "label")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    options = _parser().parse_args(arguments)
    own = {"check": _check, "load": _load, "series": _series, "remove": _remove}
    act = {**own, **COMMANDS, "account": account}[options.command]
    try:
        return act(options)
    except Conflict as error:
        tell(str(error), sys.stderr)
        return CONFLICT
    except (SeriesError, StoreError) as error:
        tell(str(error), sys.stderr)
    except OSError as error:
        tell(f"{error.filename or 'A file'} cannot be read ({error.strerror}).", sys.stderr)
    except KeyboardInterrupt as stop:
        tell(f"Stopped. {str(stop) or 'Nothing was changed.'}", sys.stderr)
        return STOPPED
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data", description="Work with the tables, their editions and loaded series."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check all tables of a folder")
    check.add_argument("folder", nargs="?", type=Path, default=TABLES, help="default: the shipped")
    kinds = commands.add_parser("load", help="load a publisher's county series")
    _add_kinds(kinds.add_subparsers(dest="kind", required=True))
    commands.add_parser("series", help="list the loaded series and what is wrong with any")
    remove = commands.add_parser("remove", help="remove a loaded series")
    remove.add_argument("id", help="as “series” lists it")
    add_commands(commands)
    add_account_commands(commands)
    return parser


def _add_kinds(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for kind, help in KINDS.items():
        parser = kinds.add_parser(kind, help=help)
        published = kind in ("vera", "wonder")
        parser.add_argument("file", nargs="?" if published else None, type=Path, help="the file")
        parser.add_argument("--accept-license", action="store_true", help="you read and accept it")
        parser.set_defaults(download=False)
        if published:
            parser.add_argument("--download", action="store_true", help="get it of the publisher")
            parser.add_argument("--layout", help="which one to download; default: the newest")
        for name, field in COLUMNS.get(kind, {}).items():
            parser.add_argument(f"--{name}", dest=field, metavar="COLUMN", help="its name")
        if kind in COLUMNS:
            for field in WORDS:
                parser.add_argument(f"--{field}", help="as the app shows it")
            parser.add_argument("--kind", dest="counted", choices=["events", "people"])


def _check(options: argparse.Namespace) -> int:
    folder = options.folder
    if not folder.is_dir():
        print(f"{folder} is not a folder. Give the folder that holds the tables.", file=sys.stderr)
        return 1
    try:
        facts = load(folder)
    except FactsError as error:
        print(error)
        return 1
    for table in table_columns():
        print(f"{table + '.csv':<16}{len(getattr(facts, table)):>6,} rows")
    print(f"Edition {facts.edition} (sha256 {facts.checksum}): no problems.")
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
