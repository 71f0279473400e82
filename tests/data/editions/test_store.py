import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, event, text, update

from data.editions import Conflict, Damaged, Edition, Place, StoreError, Unreachable
from data.editions.models import edition_tables, editions
from data.editions.store import SHIPPED, Store, newest, texts_of_edition
from data.editions.texts import texts_of
from data.facts import Facts, FactsError
from tests.data.builders import noted, notes_of, with_rows

AT = datetime(2019, 8, 31, 14, 5, tzinfo=UTC)


def publish(store: Store, facts: Facts, parent: int | None, author: str = "Ann") -> Edition:
    return store.publish(facts, parent=parent, author=author, note="A correction.")


def test_no_database_is_no_edition(file: Place) -> None:
    store = Store(file)
    assert store.current() is None
    assert store.history() == []
    with pytest.raises(StoreError, match="There is no edition 1"):
        store.facts(1)
    assert file.file and not file.file.exists()  # looking makes nothing


def test_the_shipped_tables_are_edition_one(store: Store, small: Facts) -> None:
    (only,) = store.history()
    assert (only.number, only.parent, only.checksum) == (1, None, small.checksum)
    assert (only.author, only.note) == SHIPPED
    assert store.facts(1).checksum == small.checksum
    assert store.texts(1) == texts_of(small)
    store.prepare(small)
    assert store.history() == [only]


def test_an_edition_has_checksum_author_time_and_note(store: Store, other: Facts) -> None:
    told = store.publish(other, parent=1, author=" Ann\tLee ", note="A\ncorrection.", at=AT)
    assert told == Edition(2, 1, other.checksum, "Ann Lee", "A correction.", AT)
    assert store.current() == store.edition(2) == told
    assert str(told) == f"edition 2 ({other.edition}) by Ann Lee, 31 August 2019, 14:05 UTC"
    assert notes_of(store.facts(2)) == notes_of(other)


def test_an_earlier_edition_is_published_again(store: Store, small: Facts, other: Facts) -> None:
    publish(store, other, 1)
    third = store.rollback(1, author="Bo", note="Back.")
    assert (third.number, third.parent, third.checksum) == (3, 2, small.checksum)
    assert [edition.number for edition in store.history()] == [3, 2, 1]
    assert store.facts(2).checksum == other.checksum


@pytest.mark.parametrize("number", [1, 7, 0, -1])
def test_the_edition_shown_or_none_is_not_rolled_back_to(store: Store, number: int) -> None:
    with pytest.raises(StoreError, match=f"dition {number}"):
        store.rollback(number, author="Bo", note="Back.")
    assert len(store.history()) == 1


@pytest.mark.parametrize("parent", [None, 1, 3])
def test_who_did_not_begin_from_the_newest_is_told(
    store: Store, other: Facts, parent: int | None
) -> None:
    second = publish(store, other, 1)
    with pytest.raises(Conflict, match=r"edition 2 .* by Ann.* Nothing was published") as error:
        publish(store, other, parent, "Bo")
    assert error.value.current == second
    assert store.current() == second


@pytest.mark.parametrize(
    ("author", "note", "words"),
    [
        (" ", "A note.", "author is blank"),
        ("Ann", "\n\x1b", "note is blank"),
        ("a" * 201, "A note.", "author has 201 characters; 200"),
        ("Ann", "n" * 2001, "note has 2,001 characters; 2,000"),
    ],
    ids=["no author", "no note", "long author", "long note"],
)
def test_every_edition_says_who_and_why(
    store: Store, other: Facts, author: str, note: str, words: str
) -> None:
    with pytest.raises(StoreError, match=words):
        store.publish(other, parent=1, author=author, note=note)
    assert len(store.history()) == 1


def test_bad_tables_are_not_published(store: Store, small: Facts) -> None:
    bad = with_rows(small, "adoption", [{"fips": "37999", "agency": "Police", "is_lead": "yes"}])
    with pytest.raises(FactsError, match="No county of the table"):
        publish(store, bad, 1)
    assert len(store.history()) == 1


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts in threads that all begin at the same time; give results or errors, in order."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except StoreError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_publish_at_once_one_is_told(store: Store, small: Facts) -> None:
    for parent in (1, 2):
        mine, theirs = noted(small, f"mine {parent}"), noted(small, f"theirs {parent}")
        results = at_once(
            lambda: publish(store, mine, parent, "Ann"),  # noqa: B023
            lambda: publish(store, theirs, parent, "Bo"),  # noqa: B023
        )
        won, lost = sorted(results, key=lambda result: isinstance(result, Conflict))
        assert isinstance(lost, Conflict) and lost.current == won
        assert store.facts(won.number).checksum == (
            mine.checksum if won.author == "Ann" else theirs.checksum
        )
    assert [edition.number for edition in store.history()] == [3, 2, 1]


def test_several_who_make_the_database_at_once_make_one(where: Place, small: Facts) -> None:
    stores = [Store(where) for _ in range(4)]
    results = at_once(*[lambda store=store: store.prepare(small) for store in stores])
    assert results == [None] * 4
    assert len(stores[0].history()) == 1


def test_readers_never_see_a_mix(store: Store, small: Facts, other: Facts) -> None:
    known = {small.checksum: texts_of(small), other.checksum: texts_of(other)}
    done = threading.Event()

    def read() -> int:
        seen = set()
        while not done.is_set():
            with store.reading() as connection:
                edition = newest(connection)
                assert edition
                assert texts_of_edition(connection, edition) == known[edition.checksum]
            seen.add(edition.number)
        return len(seen)

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for parent in range(1, 11):
                publish(store, other if parent % 2 else small, parent)
        finally:
            done.set()
        assert max(reader.result() for reader in readers) > 1
    assert len(store.history()) == 11


def statements(store: Store, act: Callable[[], object]) -> int:
    """Count the statements of an act."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    act()
    event.remove(store.engine, "before_cursor_execute", note)
    return len(seen)


def killed_at(where: Place, moment: int, facts: Facts) -> None:
    """Publish in a process that is killed before so many statements, or before its commit."""
    child = os.fork()
    if child == 0:
        try:
            _die_while_publishing(Store(where), moment, facts)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die_while_publishing(store: Store, moment: int, facts: Facts) -> None:
    left = iter(range(moment, -1, -1))

    def count(*_: Any) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store.engine, "before_cursor_execute", count)
    event.listen(store.engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    publish(store, facts, 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_publisher_killed_at_any_moment_leaves_the_old_edition(
    store: Store, small: Facts, other: Facts
) -> None:
    most = statements(store, lambda: publish(store, other, 1))
    assert most >= 4
    for moment in range(most + 1):
        killed_at(store.place, moment, small)
        current = store.current()
        assert current and current.number == 2
        assert store.facts(2).checksum == other.checksum
    publish(store, small, 2)
    assert store.facts(3).checksum == small.checksum


def test_a_full_disk_leaves_the_old_edition(file: Place, small: Facts, other: Facts) -> None:
    store = Store(file)
    store.prepare(small)
    before = store.history()

    def fill(connection: Any, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(store.engine, "connect", fill)
    with pytest.raises(StoreError, match=r"disk that holds .* is full; nothing was changed"):
        for parent in range(1, 9):  # pages with room are filled first
            publish(store, other if parent % 2 else small, parent)
    free = Store(file)
    last = free.history()
    assert last[-1:] == before
    assert free.facts(last[0].number).checksum == last[0].checksum
    publish(free, noted(small, "Again."), last[0].number)


DAMAGE = {
    "a letter": update(edition_tables).values(text=edition_tables.c.text + "x"),
    "a table gone": delete(edition_tables).where(edition_tables.c.name == "reach"),
    "the checksum": update(editions).values(checksum="0" * 64),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_told_and_mended_by_publishing(
    store: Store, damage: Any, small: Facts, other: Facts
) -> None:
    with store.writing() as connection:
        connection.execute(damage)
    with pytest.raises(Damaged, match=r"Edition 1 is damaged in the database"):
        store.facts(1)
    publish(store, other, 1)
    assert store.facts(2).checksum == other.checksum


@pytest.mark.parametrize(
    "bytes", [b"no database at all" * 99, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_told(file: Place, bytes: bytes, small: Facts) -> None:
    assert file.file
    file.file.write_bytes(bytes)
    for act in (Store(file).current, lambda: Store(file).prepare(small)):
        with pytest.raises(StoreError, match=r"is damaged or is no database"):
            act()
    assert file.file.read_bytes() == bytes


def test_a_file_in_use_is_told(
    file: Place, small: Facts, other: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.editions.engine.BUSY_SECONDS", 0)
    store = Store(file)
    store.prepare(small)
    with store.writing():
        assert store.facts(1).checksum == small.checksum  # who reads does not wait
        with pytest.raises(Unreachable, match="in use by another program"):
            publish(Store(file), other, 1)


def test_only_the_owner_may_read_the_file(file: Place, small: Facts) -> None:
    Store(file).prepare(small)
    assert file.file and file.file.stat().st_mode & 0o077 == 0


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    store = Store(Place.of_url("postgresql://me:secret@127.0.0.1:1/atlas"))
    with pytest.raises(Unreachable, match=r"The database atlas at 127\.0\.0\.1") as error:
        store.current()
    assert "secret" not in str(error.value)


def test_editions_cannot_leave_the_chain(store: Store) -> None:
    row = {"number": 9, "parent": 1, "checksum": "", "author": "", "note": "", "at": AT}
    with pytest.raises(Exception, match="chain"), store.writing() as connection:
        connection.execute(editions.insert(), row)
    assert len(store.history()) == 1


@pytest.fixture
def listening(begun_server: Place) -> Store:
    return Store(begun_server)


def test_postgresql_tells_at_once(listening: Store, other: Facts) -> None:
    looks = listening.looks(every=60)
    next(looks)
    publish(listening, other, 1)
    edition = newest(next(looks))
    assert edition and edition.number == 2
    looks.close()


def test_a_connection_that_breaks_while_waiting_is_told(listening: Store) -> None:
    looks = listening.looks(every=60)
    pid = next(looks).execute(text("SELECT pg_backend_pid()")).scalar()
    with listening.writing() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    with pytest.raises(Unreachable, match="did not do it"):
        next(looks)
