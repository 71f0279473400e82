"""Who is signed in: the sessions of the database, and the secret that signs their cookies."""

from __future__ import annotations

import hashlib
import secrets as random
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from data.editions.engine import take_turns
from data.editions.models import accounts, secrets, sessions
from data.stewards import LIFETIME

if TYPE_CHECKING:
    from data.editions.store import Store

LOCK = 3_708_719_152
"""A number of our own, on which PostgreSQL lets one node at a time make the secret."""
_SECRET = "cookie"


def begin_session(connection: Connection, name: str, version: int, now: datetime) -> str:
    """Begin a session of an account; give its id, which only the cookie holds."""
    connection.execute(delete(sessions).where(sessions.c.began < now - LIFETIME))
    token = random.token_urlsafe(32)
    row = {"key": _key(token), "name": name, "version": version, "began": now}
    connection.execute(insert(sessions), row)
    return token


def holder(connection: Connection, token: str, now: datetime) -> str | None:
    """Give the name of the account whose session has an id; None where it is over.

    It is over when it is old or ended, or when the account is gone or has changed since.
    """
    found = connection.execute(
        select(accounts.c.name)
        .join(sessions, sessions.c.name == accounts.c.name)
        .where(
            sessions.c.key == _key(token),
            sessions.c.began > now - LIFETIME,
            sessions.c.version == accounts.c.session_version,
            accounts.c.active,
        )
    )
    return found.scalar_one_or_none()


def end_session(connection: Connection, token: str) -> str | None:
    """End a session; give the name of its account, None where it was over."""
    own = sessions.c.key == _key(token)
    name = connection.execute(select(sessions.c.name).where(own)).scalar_one_or_none()
    connection.execute(delete(sessions).where(own))
    return name


def end_sessions(connection: Connection, name: str) -> None:
    """End all sessions of an account."""
    connection.execute(delete(sessions).where(sessions.c.name == name))


def shared_secret(store: Store) -> str:
    """Give the secret that signs cookies on all nodes; it is made where there is none yet."""
    with store.reading() as connection:
        if found := _secret(connection):
            return found
    with store.writing() as connection:
        take_turns(connection, LOCK)
        found = _secret(connection)
        if not found:
            found = random.token_hex(32)
            connection.execute(insert(secrets), {"name": _SECRET, "value": found})
    return found


def _secret(connection: Connection) -> str | None:
    own = select(secrets.c.value).where(secrets.c.name == _SECRET)
    return connection.execute(own).scalar_one_or_none()


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
