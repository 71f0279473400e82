"""What the tests of the data share."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import deadline
from data.editions import Place
from data.facts import Facts, load
from tests.data.builders import small_tables, write_tables
from tests.data.editions.postgres import KINDS, Server, binaries, running


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Give a small made-up edition of three counties."""
    folder: Path = tmp_path_factory.mktemp("small")
    return load(write_tables(folder, small_tables()))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Run a PostgreSQL server; skip only where none is installed."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    with running(folder) as server:
        yield server


@pytest.fixture(params=KINDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give an empty database of each kind; the SQLite file is not there yet."""
    if request.param == "sqlite":
        return Place.of_file(tmp_path / "some folder" / "editions.sqlite")
    server: Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass whenever somebody who reads asks for the time."""
    seconds = itertools.count()
    monkeypatch.setattr(deadline, "_now", lambda: float(next(seconds)))


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every time limit be over as soon as it is set."""
    seconds = itertools.chain([0.0], itertools.repeat(1e6))
    monkeypatch.setattr(deadline, "_now", lambda: next(seconds))
