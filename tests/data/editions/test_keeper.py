import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from data.editions import Edition, Place, StoreError, StoreKeeper, keeper_for
from data.editions import keeper as keeper_module
from data.editions.folder import FolderKeeper, State, shown
from data.editions.models import edition_tables
from data.editions.store import Store, _insert
from data.editions.texts import texts_of
from data.facts import Facts, FactsError
from tests.data.builders import notes_of, small_tables, write_table, write_tables
from tests.data.editions.postgres import Server

LONG = 20.0
"""Seconds until a test gives up; what is waited for comes far sooner."""
Keeping = Callable[..., StoreKeeper]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "tables", small_tables())


@pytest.fixture
def keeping(folder: Path, tmp_path: Path) -> Iterator[Keeping]:
    """Give a function that keeps a database's newest edition, looking all the time."""
    made = []

    def keep(where: Place, **settings: Any) -> StoreKeeper:
        usual: dict[str, Any] = {"every": 0.02, "copies": tmp_path / "copies"}
        made.append(StoreKeeper(where, folder, **usual | settings))
        return made[-1]

    yield keep
    for keeper in made:
        keeper.close()


def publish(store: Store, facts: Facts) -> Edition:
    current = store.current()
    parent = current.number if current else None
    return store.publish(facts, parent=parent, author="Ann", note="A correction.")


def comes_to(keeper: StoreKeeper, number: int | None, stale: bool = False) -> bool:
    def there() -> bool:
        state = keeper.state()
        return (state.number, state.stale) == (number, stale)

    return keeper.wait_for(there, LONG)


def test_the_folder_is_shown_until_an_edition_is_published(
    where: Place, keeping: Keeping, small: Facts, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.editions.folder.LOOK_EVERY_SECONDS", 0)
    keeper = keeping(where)
    state = keeper.state()
    assert (state.edition, state.number, state.stale) == (small.edition, None, False)
    assert state.notices == ()

    rows = small_tables()["adoption"]
    write_table(folder, "adoption", [rows[0] | {"start": "early June"}, *rows[1:]])
    assert keeper.facts().checksum == small.checksum
    assert len(keeper.problems) == 1
    write_table(folder, "adoption", [rows[0] | {"note": "In the folder."}, *rows[1:]])
    assert notes_of(keeper.facts())[0] == "In the folder."
    assert not keeper.problems

    Store(where).prepare(small)
    assert comes_to(keeper, 1)
    assert keeper.facts().checksum == small.checksum


def test_a_running_node_moves_to_each_new_edition(
    store: Store, keeping: Keeping, small: Facts, other: Facts
) -> None:
    keeper = keeping(store.place)
    assert keeper.state().number == 1
    held = keeper.facts()
    assert keeper.facts() is held
    second = publish(store, other)
    assert comes_to(keeper, 2)
    state = keeper.state()
    assert (state.checksum, state.author, state.note) == (other.checksum, "Ann", "A correction.")
    assert state.at == second.at
    assert notes_of(keeper.facts()) == notes_of(other)
    assert held.checksum == small.checksum  # who has the old one keeps it whole
    store.rollback(1, author="Bo", note="Back.")
    assert comes_to(keeper, 3)
    assert keeper.facts().checksum == small.checksum


def test_postgresql_tells_a_node_that_looks_seldom(
    begun_server: Place, tmp_path: Path, keeping: Keeping, other: Facts
) -> None:
    store = Store(begun_server)
    keeper = keeping(store.place, every=60)
    keeper.facts()
    publish(store, other)
    assert comes_to(keeper, 2)


def test_a_damaged_edition_leaves_the_last_good_one(
    store: Store, keeping: Keeping, small: Facts, other: Facts
) -> None:
    keeper = keeping(store.place)
    assert keeper.state().number == 1
    with store.writing() as connection:  # published and damaged, before any node can look
        texts = texts_of(other) | {"reach": "x"}
        edition = Edition(2, 1, other.checksum, "Ann", "Damaged.", store.history()[0].at)
        _insert(connection, edition, texts)
    assert comes_to(keeper, 1, stale=True)
    (notice,) = keeper.state().notices
    assert "Edition 2 is damaged" in notice
    assert "Shown is edition 1, the last good one." in notice
    assert keeper.facts().checksum == small.checksum
    publish(store, other)
    assert comes_to(keeper, 3)
    assert keeper.state().notices == ()


def test_a_start_with_a_damaged_edition_shows_the_one_before(
    store: Store, keeping: Keeping, tmp_path: Path, small: Facts, other: Facts
) -> None:
    for facts in (other, small):
        publish(store, facts)
    with store.writing() as connection:
        damaged = edition_tables.c.edition.in_([2, 3])
        connection.execute(update(edition_tables).where(damaged).values(text="x"))
    keeper = keeping(store.place, copies=tmp_path / "nowhere")
    state = keeper.state()
    assert (state.number, state.stale, keeper.facts().checksum) == (1, True, small.checksum)
    (notice,) = state.notices
    assert "Edition 3 is damaged" in notice
    assert "Shown is edition 1, the last good one." in notice
    publish(store, other)
    assert comes_to(keeper, 4)


def test_an_edition_that_this_version_cannot_use_leaves_the_last_good_one(
    store: Store, keeping: Keeping, small: Facts, other: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, seen = keeper_module.read_texts, []

    def refuse(texts: Any) -> Any:
        if texts["adoption"] == store.texts(2)["adoption"]:
            seen.append(1)
            raise FactsError(["one", "two"])  # type: ignore[list-item]
        return read(texts)

    keeper = keeping(store.place)
    monkeypatch.setattr("data.editions.keeper.read_texts", refuse)
    publish(store, other)
    assert comes_to(keeper, 1, stale=True)
    assert [str(problem) for problem in keeper.problems] == ["one", "two"]
    assert keeper.state().notices == (
        "Edition 2 has 2 problems for this version of the atlas. "
        "Shown is edition 1, the last good one.",
    )
    looks = keeper._looks
    assert keeper.wait_for(lambda: keeper._looks > looks + 2, LONG)
    assert len(seen) == 1  # it is not checked again and again
    store.rollback(1, author="Bo", note="Back.")
    assert comes_to(keeper, 3)
    assert not keeper.problems


@pytest.mark.usefixtures("no_pause")
def test_a_server_that_goes_away_and_comes_back(
    server: Server,
    begun_server: Place,
    tmp_path: Path,
    keeping: Keeping,
    small: Facts,
    other: Facts,
) -> None:
    store = Store(begun_server)
    keeper, late = keeping(store.place), keeping(store.place)
    assert keeper.state().number == 1
    server.stop()
    try:
        assert comes_to(keeper, 1, stale=True)
        (notice,) = keeper.state().notices
        assert notice.startswith("The database has not answered since ")
        assert notice.endswith(" UTC. Shown is edition 1, the last good one.")
        assert keeper.facts().checksum == small.checksum

        cold = keeping(store.place)
        state = cold.state()
        assert (state.number, state.stale, state.author) == (1, True, "the atlas")
        bare = keeping(store.place, copies=tmp_path / "nowhere")
        state = bare.state()
        assert (state.number, state.stale, state.edition) == (None, True, small.edition)
        assert state.notices[0].endswith("Shown is the tables.")
    finally:
        server.start()
    publish(store, other)
    for waiting in (keeper, cold, bare, late):
        assert comes_to(waiting, 2)
        assert waiting.facts().checksum == other.checksum


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "LONGEST_PAUSE", 0.05)


@pytest.mark.usefixtures("no_pause")
def test_a_file_that_goes_away_and_comes_back(
    begun_file: Place, tmp_path: Path, keeping: Keeping, other: Facts
) -> None:
    store = Store(begun_file)
    keeper = keeping(store.place)
    assert keeper.state().number == 1
    assert store.place.file
    away = store.place.file.rename(tmp_path / "away")
    assert comes_to(keeper, 1, stale=True)
    away.rename(store.place.file)
    assert comes_to(keeper, 1)
    publish(store, other)
    assert comes_to(keeper, 2)


@pytest.mark.usefixtures("no_pause")
def test_a_database_that_is_emptied_leaves_the_last_edition(
    begun_file: Place, tmp_path: Path, keeping: Keeping
) -> None:
    store = Store(begun_file)
    keeper = keeping(store.place)
    assert keeper.state().number == 1
    assert store.place.file
    store.place.file.unlink()
    Store(store.place).migrate()
    assert comes_to(keeper, 1, stale=True)
    assert keeper.wait_for(lambda: "holds no edition now" in keeper.state().notices[0], LONG)


def test_a_thread_that_fails_looks_again(
    store: Store, keeping: Keeping, other: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, failures = keeper_module.read_texts, iter([1, 2])
    keeper = keeping(store.place)

    def fail_twice(texts: Any) -> Any:
        if next(failures, None):
            raise RuntimeError("made up")
        return read(texts)

    monkeypatch.setattr("data.editions.keeper.read_texts", fail_twice)
    monkeypatch.setattr(keeper_module, "LONGEST_PAUSE", 0.05)
    publish(store, other)
    assert comes_to(keeper, 2)


def test_silence_is_told(store: Store, keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = keeping(store.place)
    assert not keeper.state().stale
    monkeypatch.setattr(keeper_module, "LATE_SECONDS", -1e6)
    assert "has not answered since" in keeper.state().notices[0]


def test_many_threads_ask_for_one_look_thread(store: Store, keeping: Keeping) -> None:
    keeper = keeping(store.place)
    before = [t for t in threading.enumerate() if t.name == "editions"]
    threads = [threading.Thread(target=keeper.facts) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    now = [t for t in threading.enumerate() if t.name == "editions" and t not in before]
    assert len(now) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_looks_by_itself(store: Store, keeping: Keeping, other: Facts) -> None:
    keeper = keeping(store.place)  # made before the fork, first asked after it
    publish(store, other)
    child = os.fork()
    if child == 0:
        good = False
        try:
            good = keeper.facts().checksum == other.checksum
        finally:
            os._exit(0 if good else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert comes_to(keeper, 2)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"texts": {}, "at": "x"}', "\x00"])
def test_a_kept_copy_that_is_not_whole_is_not_used(
    tmp_path: Path, keeping: Keeping, begun_file: Place, text: str
) -> None:
    place = begun_file
    keeping(place)
    (copy,) = (tmp_path / "copies").iterdir()
    copy.write_text(text, "utf-8")
    assert place.file
    place.file.write_bytes(b"no database")
    assert keeping(place).state().number is None


def test_a_kept_copy_with_a_changed_table_is_not_used(
    tmp_path: Path, keeping: Keeping, begun_file: Place
) -> None:
    place = begun_file
    keeping(place)
    (copy,) = (tmp_path / "copies").iterdir()
    assert place.file
    place.file.write_bytes(b"no database")
    assert keeping(place).state().number == 1
    copy.write_text(copy.read_text("utf-8").replace("Made up.", "Made it."), "utf-8")
    assert keeping(place).state().number is None


def test_copies_that_cannot_be_kept_cost_nothing_else(
    tmp_path: Path, keeping: Keeping, store: Store
) -> None:
    (tmp_path / "no folder").write_text("a file", "utf-8")
    keeper = keeping(store.place, copies=tmp_path / "no folder")
    assert keeper.state().number == 1


def test_facts_and_what_is_said_of_them_are_of_one_edition(
    begun_file: Place, keeping: Keeping, other: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = keeping(begun_file)
    state = keeper.state

    def late() -> State:
        """Publish between the two questions, once."""
        monkeypatch.setattr(keeper, "state", state)
        publish(Store(begun_file), other)
        assert comes_to(keeper, 2)
        return state()

    keeper.facts()
    monkeypatch.setattr(keeper, "state", late)
    facts, told = shown(keeper)
    assert (facts.checksum, told.checksum, told.number) == (other.checksum, other.checksum, 2)


CHOICES = {
    "the database is off": ({"DATABASE_URL": "none"}, None),
    "off, and a folder": ({"DATABASE_URL": "none", "TABLES": "{folder}"}, None),
    "a folder is named": ({"TABLES": "{folder}"}, None),
    "a database is named": ({"DATABASE_URL": "sqlite:///{file}"}, "{file}"),
    "both are named": ({"DATABASE_URL": "sqlite:///{file}", "TABLES": "{folder}"}, "{file}"),
    "nothing is named": ({}, "{own}"),
}


@pytest.mark.parametrize(("settings", "expected"), CHOICES.values(), ids=CHOICES)
def test_the_settings_choose_the_keeper(
    settings: dict[str, str],
    expected: str | None,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tmp_path / "own.sqlite"
    monkeypatch.setattr("data.editions.settings.default_file", lambda: own)
    names = {"folder": folder, "file": tmp_path / "named.sqlite", "own": own}
    for name in ("DATABASE_URL", "TABLES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value.format(**names))
    keeper = keeper_for()
    if expected is None:
        assert isinstance(keeper, FolderKeeper)
    else:
        assert isinstance(keeper, StoreKeeper)
        assert str(keeper.place) == expected.format(**names)
    assert keeper.state().number is None


def test_a_bad_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me:secret@host/name")
    with pytest.raises(StoreError, match="DATABASE_URL names no database") as error:
        keeper_for()
    assert "secret" not in str(error.value)
