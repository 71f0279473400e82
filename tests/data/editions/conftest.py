"""The two databases that hold editions."""

import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from data.editions import Place
from data.editions.store import Store
from data.editions.texts import Reading, read_texts
from data.facts import Facts, FactsError, load
from data.schema import table_columns
from tests.data.builders import noted
from tests.data.editions.postgres import KINDS, Server


@cache
def _read(texts: frozenset[tuple[str, str]]) -> Reading:
    return read_texts(dict(texts))


def _read_once(texts: Mapping[str, str]) -> Reading:
    return _read(frozenset(texts.items()))


def _load_once(folder: Path, day: date | None = None) -> Facts:
    texts = {name: folder / f"{name}.csv" for name in table_columns()}
    try:
        return _read_once({name: path.read_text("utf-8") for name, path in texts.items()}).facts
    except (OSError, FactsError):
        return load(folder, day)  # which says what is wrong


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the same tables once only; a check takes far longer than all else here."""
    for module in ("store", "keeper"):
        monkeypatch.setattr(f"data.editions.{module}.read_texts", _read_once)
    for module in ("editions.commands", "editions.folder"):
        monkeypatch.setattr(f"data.{module}.load", _load_once)


@pytest.fixture
def file(tmp_path: Path) -> Place:
    """Give an SQLite file that is not there yet."""
    return Place.of_file(tmp_path / "editions.sqlite")


@pytest.fixture(scope="session")
def model(small: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file that holds the small tables as edition one, to be copied."""
    file = tmp_path_factory.mktemp("model") / "editions.sqlite"
    Store(Place.of_file(file)).prepare(small)
    return file


@pytest.fixture
def begun_file(model: Path, file: Place) -> Place:
    """Give an SQLite file that holds the small tables as edition one."""
    assert file.file
    shutil.copy(model, file.file)
    return file


@pytest.fixture
def begun_server(server: Server, small: Facts) -> Place:
    """Give a PostgreSQL database that holds the small tables as edition one."""
    place = server.database()
    Store(place).prepare(small)
    return place


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Store:
    """Give a database of each kind that holds the small tables as edition one."""
    name = "begun_file" if request.param == "sqlite" else "begun_server"
    return Store(request.getfixturevalue(name))


@pytest.fixture(scope="session")
def other(small: Facts) -> Facts:
    """Give the small tables with changes in two of them."""
    return noted(small, "Changed, “quoted” and\non two lines.")
