"""Failed tries to sign in: counted for each name and each client address, and slowed down."""

from __future__ import annotations

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from data.editions.engine import take_turns
from data.editions.models import tries

FREE = 4
"""Failed tries before the first that is followed by a delay."""
FIRST_DELAY, LONGEST_DELAY = 30, 900
"""Seconds; each delay is twice the one before."""
FORGOTTEN = timedelta(days=1)
"""So long after the last failed try, all are forgotten."""
LOCK = 3_708_719_151
"""A number of our own, on which PostgreSQL lets one try at a time be counted."""


@dataclass(frozen=True)
class Try:
    """A try: seconds for which none is allowed now, and seconds to wait if this one fails."""

    locked: int
    delay: int = 0


def delay_after(failed: int) -> int:
    """Give the seconds to wait after so many failed tries.

    >>> [delay_after(failed) for failed in (4, 5, 6, 7, 9, 10, 99)]
    [0, 30, 60, 120, 480, 900, 900]
    """
    if failed <= FREE:
        return 0
    return min(FIRST_DELAY * 2 ** min(failed - FREE - 1, 20), LONGEST_DELAY)


def name_key(name: str) -> str:
    """Give the key under which the tries for a folded name are counted."""
    return _key("name", name)


def address_key(address: str) -> str:
    """Give the key of a client's address; all of a home's IPv6 addresses count as one."""
    try:
        told = ipaddress.ip_address(address)
    except ValueError:
        return _key("address", address)
    if isinstance(told, ipaddress.IPv6Address):
        told = told.ipv4_mapped or ipaddress.ip_network((told, 64), strict=False).network_address
    return _key("address", str(told))


def begin_try(connection: Connection, keys: tuple[str, ...], now: datetime) -> Try:
    """Count a try as failed before it is judged, so that many at once gain nothing.

    While a delay runs, nothing is counted. Whoever turns out to be right calls ``forgive``.
    """
    take_turns(connection, LOCK)
    connection.execute(delete(tries).where(tries.c.last < now - FORGOTTEN))
    rows = {row.key: row for row in connection.execute(select(tries).where(tries.c.key.in_(keys)))}
    ends = [row.locked_until for row in rows.values() if row.locked_until]
    if ends and max(ends) > now:
        return Try(math.ceil((max(ends) - now).total_seconds()))
    delays = []
    for key in keys:
        failed = rows[key].failed + 1 if key in rows else 1
        delays.append(delay_after(failed))
        until = now + timedelta(seconds=delays[-1]) if delays[-1] else None
        values = {"failed": failed, "last": now, "locked_until": until}
        if key in rows:
            connection.execute(update(tries).where(tries.c.key == key).values(values))
        else:
            connection.execute(insert(tries).values(key=key, **values))
    return Try(0, max(delays))


def forgive(connection: Connection, name: str, address: str) -> None:
    """Forget the tries for a name; of those of an address only the one that was right.

    Otherwise who knows one password could guess at others without end.
    """
    take_turns(connection, LOCK)
    connection.execute(delete(tries).where(tries.c.key == name_key(name)))
    own = tries.c.key == address_key(address)
    row = connection.execute(select(tries).where(own)).first()
    if row is not None and row.failed > 1:
        connection.execute(
            update(tries).where(own).values(failed=row.failed - 1, locked_until=None)
        )
    elif row is not None:
        connection.execute(delete(tries).where(own))


def _key(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode("utf-8", "replace")).hexdigest()
