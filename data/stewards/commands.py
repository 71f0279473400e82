"""The commands on accounts: ``python -m data account add``, ``list``, ``remove`` and so on."""

from __future__ import annotations

import argparse
import getpass
import sys
import warnings
from typing import TYPE_CHECKING

from data.console import tell
from data.editions.edition import StoreError, time_words
from data.editions.settings import needed_database, tables_folder
from data.facts import load

if TYPE_CHECKING:
    from data.stewards.accounts import Accounts

ACTS = {
    "add": "make an account for a steward",
    "list": "list all accounts",
    "remove": "remove an account, with its draft",
    "password": "change the password of an account",
    "events": "list who signed in, failed to, and published",
}


def add_account_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on accounts to the command line."""
    account = commands.add_parser("account", help="make, list and remove accounts of stewards")
    acts = account.add_subparsers(dest="act", required=True)
    for act, help in ACTS.items():
        parser = acts.add_parser(act, help=help)
        if act not in ("list", "events"):
            parser.add_argument("name", help="the steward's name; capitals do not count")
        if act in ("add", "password"):
            words = "read the password from standard input, its first line, and do not ask"
            parser.add_argument("--stdin", action="store_true", help=words)


def account(options: argparse.Namespace) -> int:
    """Run a command on accounts; give the exit status."""
    accounts, act = _accounts(), options.act
    if act == "add":
        made = accounts.add(options.name, _password(options))
        accounts.store.prepare(load(tables_folder()))
        tell(f"Made the account “{made.name}”. It may sign in at /steward.")
    elif act == "password":
        accounts.set_password(options.name, _password(options))
        tell(f"The password of “{options.name}” is changed; its sessions have ended.")
    elif act == "remove":
        accounts.remove(options.name)
        tell(f"Removed the account “{options.name}”, its sessions and its draft.")
    elif act == "list":
        _list(accounts)
    else:
        _events(accounts)
    return 0


def _list(accounts: Accounts) -> None:
    found = accounts.all()
    for one in found:
        tell(f"{one.name}  made {time_words(one.created)}, changed {time_words(one.changed)}")
    if not found:
        tell("There is no account. Make one with: python -m data account add NAME")


def _events(accounts: Accounts) -> None:
    from data.stewards.audit import events

    found = events(accounts.store)
    for event in found:
        tell(str(event))
    if not found:
        tell("Nothing is noted yet.")


def _accounts() -> Accounts:
    from data.editions.store import Store
    from data.stewards.accounts import Accounts

    return Accounts(Store(needed_database()))


def _password(options: argparse.Namespace) -> str:
    if options.stdin:
        return sys.stdin.readline().rstrip("\r\n")
    with warnings.catch_warnings():
        # Rather no password than one that stays on the screen.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            first = getpass.getpass("Password: ")
            again = getpass.getpass("The same again: ")
        except (EOFError, getpass.GetPassWarning):
            words = "The password cannot be asked for here; use --stdin."
            raise StoreError(words) from None
    if first != again:
        raise StoreError("The two passwords differ; nothing was changed.")
    return first
