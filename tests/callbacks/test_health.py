from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from data.editions import Place, StoreKeeper
from data.editions.store import Store

LONG = 20.0


@pytest.fixture
def place(tmp_path: Path, facts: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Give a database with the shipped tables as edition one, in use by the app."""
    place = Place.of_file(tmp_path / "editions.sqlite")
    Store(place).prepare(facts)
    monkeypatch.setenv("DATABASE_URL", place.url)
    monkeypatch.delenv("TABLES", raising=False)
    monkeypatch.setenv("COPIES_FOLDER", str(tmp_path / "copies"))
    monkeypatch.setattr("data.editions.keeper.EVERY_SECONDS", 0.02)
    return place


@pytest.fixture
def made(place: Place) -> Iterator[Any]:
    app = create_app()
    keeper = app.keeper
    assert isinstance(keeper, StoreKeeper)
    yield app
    keeper.close()


def test_the_health_check_names_a_published_edition(place: Place, made: Any, facts: Any) -> None:
    edition = Store(place).current()
    assert edition
    assert made.server.test_client().get("/healthz").json == {
        "status": "ok",
        "edition": facts.edition,
        "problems": 0,
        "number": 1,
        "at": edition.at.isoformat(),
    }


def test_a_database_that_is_away_is_said_and_the_node_serves(
    place: Place, made: Any, facts: Any
) -> None:
    client = made.server.test_client()
    assert place.file
    place.file.unlink()
    assert made.keeper.wait_for(lambda: made.keeper.state().stale, LONG)
    told = client.get("/healthz")
    assert told.status_code == 200
    assert (told.json["edition"], told.json["stale"]) == (facts.edition, True)
    assert "Shown is edition 1, the last good one." in told.json["notices"][0]
    assert str(place.file) not in told.get_data(as_text=True)
    assert client.get("/download/programs.csv").status_code == 200
