"""A steward's draft, kept in the database until it is published: one for each account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from data.editions.edition import StoreError
from data.editions.engine import take_turns
from data.editions.models import accounts, drafts
from data.editions.store import Store
from data.schema import table_columns
from data.stewards.passwords import AccountError, fold

MOST_BYTES = 10_000_000
"""The largest draft, all its tables together."""
LOCK = 3_708_719_153
"""A number of our own, on which PostgreSQL lets one draft at a time be kept."""


class DraftMoved(StoreError):
    """The draft was kept from elsewhere meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Your draft was changed in another window meanwhile; nothing was kept. Load the page "
            "again to see it."
        )


@dataclass(frozen=True)
class KeptDraft:
    """A draft as kept: the number of the edition that it began from, None for none yet.

    ``tables`` holds CSV text by table name, only of those that differ; ``version`` rises from 1
    each time that it is kept.
    """

    base: int | None
    tables: dict[str, str]
    updated: datetime
    version: int


def draft_of(store: Store, name: str) -> KeptDraft | None:
    """Give the draft of one account; None where there is none."""
    with store.looking_in(drafts) as connection:
        row = _row(connection, fold(name)) if connection else None
    return _draft(row) if row is not None else None


def keep_draft(
    store: Store,
    name: str,
    base: int | None,
    tables: Mapping[str, str],
    *,
    after: int | None = None,
    now: datetime | None = None,
) -> KeptDraft:
    """Keep a draft in place of the account's one before, whole or not at all.

    Parameters
    ----------
    base
        The number of the edition that it began from; None for none yet.
    tables
        CSV text by table name, only of tables that differ.
    after
        The version that it was made from, 0 for no draft; by default it is not looked at.

    Raises DraftMoved where another version was kept meanwhile, AccountError for an account that
    there is not, and StoreError for a table that is unknown or a draft that is too large.
    """
    texts = _checked(tables)
    folded, now = fold(name), now or datetime.now(UTC)
    with store.writing() as connection:
        take_turns(connection, LOCK)
        active = select(accounts.c.name).where(accounts.c.name == folded, accounts.c.active)
        if connection.execute(active).first() is None:
            raise AccountError("There is no such account, so no draft can be kept for it.")
        row = _row(connection, folded)
        before = row.version if row is not None else 0
        if after is not None and after != before:
            raise DraftMoved
        values = {"base": base, "tables": texts, "updated": now, "version": before + 1}
        if row is None:
            connection.execute(insert(drafts).values(name=folded, **values))
        else:
            connection.execute(update(drafts).where(drafts.c.name == folded).values(values))
    return KeptDraft(base, dict(tables), now, before + 1)


def drop_draft(store: Store, name: str, *, after: int | None = None) -> bool:
    """Drop the draft of one account, if there is one; tell whether there is none now.

    ``after`` is the version that is meant, 0 for no draft; another one stays. By default it is
    not looked at.
    """
    folded = fold(name)
    if draft_of(store, folded) is None:
        return True
    with store.writing() as connection:
        take_turns(connection, LOCK)
        row = _row(connection, folded)
        if row is not None and after in (None, row.version):
            connection.execute(delete(drafts).where(drafts.c.name == folded))
            return True
        return row is None


def _checked(tables: Mapping[str, str]) -> str:
    if odd := [name for name in tables if name not in table_columns()]:
        raise StoreError(f"“{odd[0][:60]}” is no table of the atlas; nothing was kept.")
    size = sum(len(text.encode("utf-8", "replace")) for text in tables.values())
    if size > MOST_BYTES:
        raise StoreError(
            f"The draft has {size / 1e6:,.1f} MB; {MOST_BYTES / 1e6:,.0f} MB are the most. "
            "Publish a part of it first."
        )
    return json.dumps(dict(tables))


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(drafts).where(drafts.c.name == name)).first()


def _draft(row: Row[tuple[object, ...]]) -> KeptDraft:
    return KeptDraft(row.base, json.loads(row.tables), row.updated, row.version)
