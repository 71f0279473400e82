"""Read and publish editions in a database, SQLite or PostgreSQL.

Publishing is one transaction, and an edition is never changed, so whoever reads sees the old
edition or the new one, whole. The editions are a chain: each names the one before it, and no two
name the same, so of two stewards who publish at once the second is told.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from data.console import printable
from data.editions.edition import Conflict, Damaged, Edition, StoreError, Texts, Unreachable
from data.editions.engine import make_engine, make_file, telling, wait_for_word
from data.editions.models import AUTHOR_MOST, NOTE_MOST, edition_tables, editions
from data.editions.settings import Place
from data.editions.texts import Reading, read_texts, texts_of
from data.facts import Facts, FactsError, texts_checksum

CHANNEL = "nc_lead_atlas_editions"
"""The channel on which PostgreSQL tells every node of a new edition."""
SHIPPED = "the atlas", "The tables as shipped."
"""Author and note of the first edition."""


class Store:
    """The editions of one database. Every error is a StoreError, whose text is one sentence."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.engine = make_engine(place)

    def current(self) -> Edition | None:
        """Give the newest edition; None where there is no database yet, or no edition in it."""
        if not self.place.exists:
            return None
        with self.reading() as connection:
            return newest(connection)

    def history(self) -> list[Edition]:
        """Give all editions, newest first."""
        with self.looking_in(editions) as connection:
            if connection is None:
                return []
            rows = connection.execute(select(editions).order_by(editions.c.number.desc()))
            return [_edition(row) for row in rows]

    def edition(self, number: int) -> Edition:
        """Give one edition without its tables; raises StoreError where there is none."""
        for edition in self.history():
            if edition.number == number:
                return edition
        raise StoreError(f"There is no edition {number}; “history” lists those there are.")

    def texts(self, number: int) -> Texts:
        """Give one edition's tables as CSV text, by name; raises Damaged where it is not whole."""
        edition = self.edition(number)
        with self.reading() as connection:
            return texts_of_edition(connection, edition)

    def read(self, number: int) -> Reading:
        """Give one edition's facts, and what it lacked.

        Raises Damaged where it is not whole, StoreError where this version cannot use it.
        """
        try:
            return read_texts(self.texts(number))
        except FactsError as error:
            raise StoreError(
                f"Edition {number} has {len(error.problems)} problems for this version of the "
                f"atlas; the first: {error.problems[0]}"
            ) from error

    def facts(self, number: int) -> Facts:
        """Give one edition's facts, as ``read`` does."""
        return self.read(number).facts

    def publish(
        self,
        facts: Facts,
        *,
        parent: int | None,
        author: str,
        note: str,
        at: datetime | None = None,
    ) -> Edition:
        """Publish facts as the next edition, whole or not at all.

        Parameters
        ----------
        facts
            All tables; they are checked again as they will be read.
        parent
            The number of the edition that they were made from; None for no edition.
        author, note
            Who publishes and why; neither may be blank.
        at
            The time, now by default.

        Raises Conflict when another edition has followed the parent meanwhile, FactsError for
        bad tables, and StoreError for anything else; nothing is published then.
        """
        author, note = _line("author", author, AUTHOR_MOST), _line("note", note, NOTE_MOST)
        texts = texts_of(read_texts(texts_of(facts)).facts)
        checksum = texts_checksum(texts)
        number = (parent or 0) + 1
        edition = Edition(number, parent, checksum, author, note, at or datetime.now(UTC))
        try:
            with self.writing() as connection:
                current = newest(connection)
                if (current.number if current else None) != parent:
                    raise Conflict(parent, current)
                _insert(connection, edition, texts)
        except IntegrityError:  # PostgreSQL: another took the place in the chain at this moment
            raise Conflict(parent, self.current()) from None
        return edition

    def rollback(self, number: int, *, author: str, note: str) -> Edition:
        """Publish the tables of an earlier edition again, as the next one."""
        facts, current = self.facts(number), self.current()
        if current is None or current.number == number:
            raise StoreError(f"Edition {number} is shown now; nothing was published.")
        return self.publish(facts, parent=current.number, author=author, note=note)

    def prepare(self, shipped: Facts) -> None:
        """Make the database where there is none, bring its tables up to date, and begin.

        A database without an edition gets the shipped tables as edition one.
        """
        self.migrate()
        if self.current() is None:
            author, note = SHIPPED
            with suppress(Conflict):  # another process has begun meanwhile
                self.publish(shipped, parent=None, author=author, note=note)

    def migrate(self) -> str | None:
        """Bring the tables of the database up to date; give the revision before, None for none."""
        from data.editions.migrate import migrate

        if self.place.file:
            make_file(self.place.file)
        with self.writing() as connection:
            return migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees the database as it is at its first question."""
        if not self.place.exists:
            raise Unreachable(f"The file {self.place} is not there.")
        with telling(self.place), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def looking_in(self, table: Table) -> Iterator[Connection | None]:
        """Open a connection that reads a table; None while there is no database, or no such table.

        A database made by an older version lacks tables until it is brought up to date.
        """
        if not self.place.exists:
            yield None
            return
        with self.reading() as connection:
            yield connection if _has(connection, table) else None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection whose changes are kept all together at the end, or none of them."""
        engine = self.engine.execution_options(writes=True)
        with telling(self.place), engine.begin() as connection:
            yield connection

    def looks(self, every: float) -> Generator[Connection]:
        """Give a connection each time that it is worth looking for a new edition.

        PostgreSQL: at once, then when told of one and at least every so many seconds, until the
        connection breaks. SQLite: once, as a file may be replaced by another.
        """
        if self.place.file:
            with self.reading() as connection:
                yield connection
            return
        with telling(self.place), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text(f"LISTEN {CHANNEL}"))
            while True:
                yield connection
                wait_for_word(connection, every)


def newest(connection: Connection) -> Edition | None:
    """Give the newest edition; None where there is none, or no table of editions yet."""
    if not _has(connection, editions):
        return None
    row = connection.execute(select(editions).order_by(editions.c.number.desc()).limit(1)).first()
    return _edition(row) if row else None


def texts_of_edition(connection: Connection, edition: Edition) -> Texts:
    """Give the tables of an edition as text, by name; raises Damaged unless the checksum holds."""
    rows = connection.execute(select(edition_tables).filter_by(edition=edition.number))
    texts = {row.name: row.text for row in rows}
    if texts_checksum(texts) != edition.checksum:
        raise Damaged(
            f"Edition {edition.number} is damaged in the database: its tables do not have its "
            "checksum. Publish it again, or roll back to an earlier one."
        )
    return texts


def _has(connection: Connection, table: Table) -> bool:
    return inspect(connection).has_table(table.name)


def _edition(row: Row[Any]) -> Edition:
    return Edition(**row._mapping)


def _insert(connection: Connection, edition: Edition, texts: Texts) -> None:
    connection.execute(insert(editions), asdict(edition))
    rows = [{"edition": edition.number, "name": name, "text": texts[name]} for name in texts]
    connection.execute(insert(edition_tables), rows)
    if connection.dialect.name == "postgresql":  # told when the transaction is done
        connection.execute(select(func.pg_notify(CHANNEL, str(edition.number))))


def _line(what: str, told: str, most: int) -> str:
    """Give an author or a note as one line of plain letters; raises StoreError where it is bad."""
    plain = " ".join(printable(told).split())
    if not plain:
        raise StoreError(f"The {what} is blank; every edition says who published it and why.")
    if len(plain) > most:
        raise StoreError(f"The {what} has {len(plain):,} characters; {most:,} are the most.")
    return plain
