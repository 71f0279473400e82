"""Accounts of stewards: made and removed, and who may sign in.

Readers need none. A name that is unknown, removed or given with a wrong password is told the same,
after the same work.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from data.editions.engine import take_turns
from data.editions.models import accounts, drafts
from data.editions.store import Store
from data.stewards.audit import note
from data.stewards.passwords import AccountError, Passwords, check_name, check_password, fold
from data.stewards.sessions import begin_session, end_session, end_sessions, holder, shared_secret
from data.stewards.tries import address_key, begin_try, forgive, name_key

if TYPE_CHECKING:
    from argon2 import PasswordHasher

GOOD, WRONG, LOCKED = 303, 401, 429
"""Statuses of an outcome, as HTTP has them."""
LOCK = 3_708_719_154
"""A number of our own, on which PostgreSQL lets one account at a time be made."""


@dataclass(frozen=True)
class Account:
    """An account that may sign in."""

    name: str
    created: datetime
    changed: datetime


@dataclass(frozen=True)
class Outcome:
    """What came of a try to sign in.

    ``name`` is the account, None where refused; ``words`` is a sentence for the page then, and
    ``wait`` the seconds until another try counts. ``session`` is the id of the session begun.
    """

    name: str | None
    words: str = ""
    status: int = GOOD
    wait: int = 0
    session: str = ""


class Accounts:
    """The accounts in a database. Every error is a StoreError, whose text is one sentence.

    Parameters
    ----------
    store
        The database.
    hasher
        Tells how costly a hash of a password is; by default as argon2-cffi chooses.
    now
        Gives the time, with its zone.
    """

    def __init__(
        self,
        store: Store,
        *,
        hasher: PasswordHasher | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.store = store
        self.passwords = Passwords(hasher)
        self.now = now or (lambda: datetime.now(UTC))

    def any(self) -> bool:
        """Tell whether there is an account; False where there is no database yet."""
        asked = select(exists().where(accounts.c.active))
        with self.store.looking_in(accounts) as connection:
            return connection is not None and bool(connection.execute(asked).scalar())

    def all(self) -> list[Account]:
        """Give the accounts that may sign in, by name."""
        asked = select(accounts).where(accounts.c.active).order_by(accounts.c.name)
        with self.store.looking_in(accounts) as connection:
            rows = connection.execute(asked).all() if connection else []
        return [Account(row.name, row.created, row.changed) for row in rows]

    def add(self, name: str, password: str) -> Account:
        """Make an account, and the database where there is none yet.

        Raises AccountError for a bad name or password, or where there is such an account. A name
        that was removed may be given anew; nothing that belonged to it comes back.
        """
        folded = check_name(name)
        check_password(folded, password)
        hash, now = self.passwords.hash(password), self.now()
        self.store.migrate()
        with self.store.writing() as connection:
            take_turns(connection, LOCK)
            old = _row(connection, folded)
            if old is not None and old.active:
                raise AccountError(f"There is an account “{folded}” already.")
            values = {"hash": hash, "created": now, "changed": now, "active": True}
            if old is None:
                connection.execute(
                    insert(accounts).values(name=folded, session_version=1, **values)
                )
            else:
                _change(connection, folded, **values)
            note(connection, "added", folded, at=now)
        return Account(folded, now, now)

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and its draft; raises AccountError for no such."""
        now = self.now()
        with self._changing(name) as (connection, folded):
            _change(connection, folded, active=False, hash="", changed=now)
            connection.execute(delete(drafts).where(drafts.c.name == folded))
            note(connection, "removed", folded, at=now)

    def set_password(self, name: str, password: str) -> None:
        """Change a password; all sessions of the account end. Raises AccountError."""
        check_password(name, password)
        hash, now = self.passwords.hash(password), self.now()
        with self._changing(name) as (connection, folded):
            _change(connection, folded, hash=hash, changed=now)
            note(connection, "password", folded, at=now)

    def sign_in(self, name: str, password: str, address: str) -> Outcome:
        """Try to sign in from a client's address; on success a session begins."""
        folded, now = fold(name), self.now()
        keys = (name_key(folded), address_key(address))
        with self.store.writing() as connection:
            began = begin_try(connection, keys, now)
            row = _row(connection, folded)
        if began.locked:
            words = f"Too many tries failed. Wait {wait_words(began.locked)}, then try again."
            return Outcome(None, words, LOCKED, began.locked)
        known = row if row is not None and row.active else None
        if not self.passwords.matches(known.hash if known else None, password) or known is None:
            with self.store.writing() as connection:
                # An unknown name is not kept: people type their password there by mistake.
                note(connection, "failed", known.name if known else "", address, at=now)
            return _refused(began.delay)
        return self._begin(known, address, password)

    def admit(self, name: str, address: str, how: str) -> Outcome:
        """Begin a session for an account that another service has vouched for.

        ``how`` names the service in the list of events.
        """
        with self.store.writing() as connection:
            row = _row(connection, fold(name))
            if row is None or not row.active:
                note(connection, "failed", row.name if row else "", address, how, at=self.now())
        return self._begin(row, address, how=how) if row and row.active else _refused(0)

    def holder(self, token: str) -> str | None:
        """Give who holds the session with an id; None where it is over."""
        with self.store.looking_in(accounts) as connection:
            return holder(connection, token, self.now()) if connection else None

    def end(self, token: str, address: str = "") -> None:
        """Sign out of one session."""
        with self.store.writing() as connection:
            if name := end_session(connection, token):
                note(connection, "signed out", name, address, at=self.now())

    def note(self, what: str, name: str, address: str = "", detail: str = "") -> None:
        """Note an event."""
        with self.store.writing() as connection:
            note(connection, what, name, address, detail, at=self.now())

    def secret(self) -> str:
        """Give the secret that signs cookies, the same on all nodes."""
        return shared_secret(self.store)

    def _begin(
        self, row: Row[Any], address: str, password: str | None = None, how: str = ""
    ) -> Outcome:
        """Begin a session, unless the account changed since it was read."""
        now, fresh = self.now(), None
        if password is not None and self.passwords.outdated(row.hash):
            fresh = self.passwords.hash(password)
        with self.store.writing() as connection:
            present = _row(connection, row.name)
            if present != row:
                return _refused(0)
            if fresh:
                own = accounts.c.name == row.name
                connection.execute(update(accounts).where(own).values(hash=fresh))
            if password is not None:
                forgive(connection, row.name, address)
            token = begin_session(connection, row.name, row.session_version, now)
            note(connection, "signed in", row.name, address, how, at=now)
        return Outcome(row.name, session=token)

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[Connection, str]]:
        """Open a connection that changes an account; raises AccountError where there is none."""
        folded, error = fold(name), AccountError(f"There is no account “{name[:60]}”.")
        if not self.any():
            raise error
        with self.store.writing() as connection:
            row = _row(connection, folded)
            if row is None or not row.active:
                raise error
            yield connection, folded


def wait_words(seconds: int) -> str:
    """Say how long to wait, in seconds or in whole minutes.

    >>> [wait_words(seconds) for seconds in (1, 30, 90, 91, 900)]
    ['1 second', '30 seconds', '90 seconds', '2 minutes', '15 minutes']
    """
    if seconds <= 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{math.ceil(seconds / 60)} minutes"


def _refused(delay: int) -> Outcome:
    words = "The name or the password is wrong."
    if delay:
        words += f" Wait {wait_words(delay)} before you try again."
    return Outcome(None, words, WRONG, delay)


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(accounts).where(accounts.c.name == name)).first()


def _change(connection: Connection, name: str, **values: object) -> None:
    """Change an account; its sessions end, as its version rises."""
    version = accounts.c.session_version + 1
    own = accounts.c.name == name
    connection.execute(update(accounts).where(own).values(session_version=version, **values))
    end_sessions(connection, name)
