"""Command line: ``python -m data check [FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.facts import FactsError, load
from data.schema import TABLES, table_columns


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Work with the tables.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check all tables of a folder")
    check.add_argument("folder", nargs="?", type=Path, default=TABLES, help="default: the shipped")
    return _check(parser.parse_args(arguments).folder)


def _check(folder: Path) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
