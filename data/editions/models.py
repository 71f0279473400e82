"""The tables of the database, as they are now; ``migrations`` holds how they came to be."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

AUTHOR_MOST, NOTE_MOST = 200, 2000
"""The most characters of an author and of a note."""
NAME_MOST, ADDRESS_MOST, DETAIL_MOST = 60, 60, 200
"""The most characters of an account's name, a client's address and an event's detail."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
"""Every table of the database belongs to this."""


class Time(TypeDecorator[datetime]):
    """A time in UTC; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A chain: as no two editions have the same parent, two stewards cannot both follow one edition.
editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parent", Integer, ForeignKey("editions.number"), unique=True),
    Column("checksum", String(64), nullable=False),
    Column("author", String(AUTHOR_MOST), nullable=False),
    Column("note", String(NOTE_MOST), nullable=False),
    Column("at", Time, nullable=False),
    CheckConstraint("number = coalesce(parent, 0) + 1", name="chain"),
)

edition_tables = Table(
    "edition_tables",
    metadata,
    Column("edition", Integer, ForeignKey("editions.number"), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("text", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(NAME_MOST), primary_key=True),
    Column("hash", String(300), nullable=False),
    Column("created", Time, nullable=False),
    Column("changed", Time, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("session_version", Integer, nullable=False),
)

# Only hashes of what is in a cookie, so who reads the database can sign in as nobody.
sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("name", String(NAME_MOST), ForeignKey("accounts.name"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("began", Time, nullable=False),
)

# The key is a hash too: what is typed as a name may be a password by mistake.
tries = Table(
    "tries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last", Time, nullable=False),
    Column("locked_until", Time),
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Time, nullable=False),
    Column("what", String(20), nullable=False),
    Column("name", String(NAME_MOST), nullable=False),
    Column("address", String(ADDRESS_MOST), nullable=False),
    Column("detail", String(DETAIL_MOST), nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("name", String(NAME_MOST), ForeignKey("accounts.name"), primary_key=True),
    Column("base", Integer),
    Column("tables", Text, nullable=False),
    Column("updated", Time, nullable=False),
    Column("version", Integer, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)
