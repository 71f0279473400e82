"""Who signed in or out, failed to, and published: a bounded list in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select

from data.console import printable
from data.editions.edition import time_words
from data.editions.models import ADDRESS_MOST, DETAIL_MOST, NAME_MOST
from data.editions.models import events as table

if TYPE_CHECKING:
    from data.editions.store import Store

KEPT = timedelta(days=90)
MOST = 10_000
"""Events that are kept at most; the oldest go first."""


@dataclass(frozen=True)
class Event:
    """One event: when, what, the account's name and the client's address; blank where unknown."""

    at: datetime
    what: str
    name: str
    address: str
    detail: str

    def __str__(self) -> str:
        who = self.name or ("a name that is no account" if self.what == "failed" else "")
        where = f"from {self.address}" if self.address else ""
        return "  ".join(
            part for part in (time_words(self.at), self.what, who, where, self.detail) if part
        )


def note(
    connection: Connection,
    what: str,
    name: str,
    address: str = "",
    detail: str = "",
    *,
    at: datetime | None = None,
) -> None:
    """Note an event in a transaction that writes, and let go of what is too old or too much."""
    at = at or datetime.now(UTC)
    told = {
        "at": at,
        "what": what,
        "name": name[:NAME_MOST],
        "address": printable(address)[:ADDRESS_MOST],
        "detail": printable(detail)[:DETAIL_MOST],
    }
    connection.execute(insert(table), told)
    connection.execute(delete(table).where(table.c.at < at - KEPT))
    newest = connection.execute(select(func.max(table.c.number))).scalar_one()
    connection.execute(delete(table).where(table.c.number <= newest - MOST))


def events(store: Store, most: int = MOST) -> list[Event]:
    """Give the events that are kept, newest first."""
    with store.looking_in(table) as connection:
        if connection is None:
            return []
        rows = connection.execute(select(table).order_by(table.c.number.desc()).limit(most)).all()
    return [Event(row.at, row.what, row.name, row.address, row.detail) for row in rows]
