"""What a process holds of accounts and sessions: lately asked of the database, never for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from data.editions import Place, StoreError
from data.settings import whole

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from data.stewards.accounts import Accounts

COOKIE = "steward"
"""The name of the cookie, and of the door among a server's extensions."""
BELIEVED = 5.0
"""Seconds for which an answer of the database is believed."""
FIRST_WAIT = 1.0
"""The longest that the first reader waits to know whether there are accounts."""
MOST = 1_000
"""Sessions that are held at most."""


class Door:
    """Who may come in: accounts of one server, with short memories; safe for many threads.

    Parameters
    ----------
    where
        The database; None where there is none, and so no accounts.
    hasher, now
        As ``data.stewards.accounts.Accounts`` takes them.
    clock
        Gives seconds, by which memories grow old.
    """

    def __init__(
        self,
        where: Place | None,
        hasher: PasswordHasher | None = None,
        now: Callable[[], datetime] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.where, self.hasher, self.clock = where, hasher, clock
        self.now = now or (lambda: datetime.now(UTC))
        self._exist = False
        self._asked = self._looked = float("-inf")
        self._held: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    @cached_property
    def accounts(self) -> Accounts:
        """The accounts in the database."""
        from data.editions.store import Store  # brings SQLAlchemy, needed only with a database
        from data.stewards.accounts import Accounts

        assert self.where
        return Accounts(Store(self.where), hasher=self.hasher, now=self.now)

    def exist(self) -> bool:
        """Tell whether there is an account; raises StoreError where it cannot be known."""
        if self.where is None or not self.where.exists:
            return False
        if self.clock() - self._asked >= BELIEVED:
            self._exist = self.accounts.any()
            self._asked = self.clock()
        return self._exist

    def known(self) -> bool:
        """Tell whether there is an account, as last known: no reader waits for the database."""
        if self.where is None or not self.where.exists:
            return False
        since = self.clock() - self._looked
        if since >= BELIEVED:
            self._looked = self.clock()
            look = threading.Thread(target=self._look, name="accounts", daemon=True)
            look.start()
            if since == float("inf"):
                look.join(FIRST_WAIT)
        return self._exist

    def holder(self, token: str, fresh: bool = False) -> str | None:
        """Give who holds the session with an id; ``fresh`` asks the database at any rate."""
        if self.where is None:
            return None
        when, name = self._held.get(token, (float("-inf"), ""))
        if not fresh and self.clock() - when < BELIEVED:
            return name
        found = self.accounts.holder(token)
        with self._lock:
            self._held.pop(token, None)
            if len(self._held) >= MOST:
                self._held.pop(next(iter(self._held)))
            if found:
                self._held[token] = self.clock(), found
        return found

    def end(self, token: str, address: str) -> None:
        """End a session."""
        self.accounts.end(token, address)
        with self._lock:
            self._held.pop(token, None)

    def secret(self) -> str | None:
        """Give the secret that signs cookies; None without a database."""
        return self.accounts.secret() if self.where else None

    def _look(self) -> None:
        try:
            self.exist()
        except StoreError:  # what was known before still stands
            return


def door_of(app: Flask) -> Door:
    """Give the door of a server."""
    door: Door = app.extensions[COOKIE]
    return door


class StewardCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, whose key is asked for only where there is a cookie."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Give what signs and reads, with the key of the settings or of the database."""
        if not app.secret_key:
            app.secret_key = door_of(app).secret()
        return super().get_signing_serializer(app)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; what cannot be believed, or not now, is no session."""
        if not request.cookies.get(COOKIE):
            return self.session_class()
        try:
            return super().open_session(app, request)
        except StoreError:
            return self.session_class()

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the cookie may only be sent over TLS."""
        return request.is_secure or whole("HSTS") > 0
