"""Connections to the database, and its errors in one sentence each."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from data.editions.edition import Damaged, StoreError, Unreachable
from data.editions.settings import Place

BUSY_SECONDS = 10.0
"""How long one process waits for another to finish writing an SQLite file."""
SERVER = {
    "connect_timeout": "2",
    "keepalives_idle": "5",
    "tcp_user_timeout": "5000",  # milliseconds; a server that is cut off is noticed by then
    "application_name": "nc-lead-atlas",
}
"""Options of a connection to PostgreSQL, unless the URL has its own."""


def make_engine(place: Place) -> Engine:
    """Give an engine that opens a connection for each use, so none is carried into a fork.

    ``execution_options(writes=True)`` locks an SQLite file from the start of a transaction on:
    what was read in it then still holds when it writes.
    """
    if place.file:
        return _sqlite_engine(place.file)
    try:
        url = make_url(place.url)
        options = {name: value for name, value in SERVER.items() if name not in url.query}
        # Prepared statements would not outlive a pooler between us and the server.
        options_all: dict[str, Any] = {**options, "prepare_threshold": None}
        return create_engine(url, poolclass=NullPool, connect_args=options_all)
    except (ArgumentError, NoSuchModuleError, ValueError):
        # The error itself may hold the password.
        raise StoreError("DATABASE_URL cannot be read; look for a wrong port or sign.") from None


def _sqlite_engine(file: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # mode=rw: a file that is not there is never made by looking for it.
        return sqlite3.connect(
            f"{file.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def opened(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def make_file(file: Path) -> None:
    """Make an SQLite file that only its owner may read, where there is none.

    In WAL mode, which the file keeps, nobody who reads waits for one who writes.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The file {file} cannot be made ({error.strerror}); mend the folder's permissions, "
            "or name another database in DATABASE_URL."
        ) from error
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        # Someone else uses it: it works without WAL too, which is asked for again next time.
        if "locked" in str(error):
            return
        raise Unreachable(_sqlite_words(error, file)) from error
    finally:
        connection.close()


@contextmanager
def telling(place: Place) -> Iterator[None]:
    """Tell a database error of the block as a StoreError of one sentence.

    An IntegrityError passes: whoever writes knows what it means.
    """
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        cause = error.orig or error
        if place.file:
            words = _sqlite_words(cause, place.file)
            lost = isinstance(cause, sqlite3.OperationalError)
            raise (Unreachable if lost else Damaged)(words) from error
        raise Unreachable(_server_words(cause, place)) from error


def take_turns(connection: Connection, lock: int) -> None:
    """Let one transaction that writes pass here at a time, on PostgreSQL by a lock of our own.

    SQLite lets only one write anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def wait_for_word(connection: Connection, seconds: float) -> None:
    """Wait until PostgreSQL tells of something on the channels listened to, so long at most."""
    import psycopg

    driver: Any = connection.connection.driver_connection
    try:
        for _ in driver.notifies(timeout=seconds, stop_after=1):
            pass
    except psycopg.Error as error:
        connection.invalidate(error)
        raise DBAPIError("waiting for word", None, error) from error


def _server_words(cause: BaseException, place: Place) -> str:
    reason = next(iter(str(cause).strip().splitlines()), "") or type(cause).__name__
    return f"The database {place} did not do it ({reason})."


def _sqlite_words(cause: BaseException, file: Path) -> str:
    reason = str(cause)
    if "full" in reason:
        return f"The disk that holds {file} is full; nothing was changed. Free some space."
    if "locked" in reason:
        return f"The file {file} is in use by another program; nothing was changed. Try again."
    if "readonly" in reason or "unable to open" in reason:
        return f"The file {file} cannot be opened or written ({reason}); mend its permissions."
    return f"The file {file} is damaged or is no database of editions ({reason})."
