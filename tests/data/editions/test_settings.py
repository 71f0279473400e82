from dataclasses import replace
from pathlib import Path

import pytest

from data.editions import Place, StoreError, StoreKeeper, database
from data.editions.engine import make_engine
from data.editions.settings import default_file, tables_folder
from data.editions.spare import FOLDER, copies_folder
from data.schema import TABLES

GOOD = {
    "postgresql+psycopg://u:secret@db.example:5433/atlas": "atlas at db.example:5433",
    "postgresql://u:secret@db.example/atlas": "atlas at db.example",
    "postgres://u@/atlas?host=/run&password=secret": "atlas at this machine",
    "postgresql://db.example": "the default at db.example",
    "sqlite:////var/lib/a b.sqlite": "/var/lib/a b.sqlite",
    "sqlite+pysqlite:////x.db?timeout=3": "/x.db",
    "sqlite:///x.db": str(Path("x.db").absolute()),
}
BAD = [
    "mysql://u:secret@host/name",
    "sqlite://",
    "sqlite:///",
    "sqlite:///:memory:",
    "postgresql://",
    "postgresql://u:secret@host:port/x",
    "postgresql://[secret/x",
    "secret",
    "/var/lib/secret.sqlite",
]


@pytest.mark.parametrize(("url", "words"), GOOD.items(), ids=GOOD)
def test_a_place_is_told_without_its_password(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f" {url} ")
    found = database()
    assert found and str(found) == repr(found) == words
    make_engine(found)  # connects only when used


@pytest.mark.parametrize("url", ["postgresql://u:secret@host:port/x", "odd+driver://u:secret@host"])
def test_an_url_that_cannot_be_used_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match=r"^DATABASE_URL cannot be read.*\.$") as error:
        make_engine(replace(Place.of_url("postgresql://u@host/x"), url=url))
    assert "secret" not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize("url", BAD)
def test_what_names_no_database_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(StoreError, match=r"^DATABASE_URL names no database .*\.$") as error:
        database()
    assert "secret" not in str(error.value)


def test_the_default_is_a_file_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    found = database()
    assert found and found.file == default_file()
    monkeypatch.setenv("DATABASE_URL", " None ")
    assert database() is None


def test_the_folder_of_tables_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TABLES", raising=False)
    assert tables_folder() == TABLES
    monkeypatch.setenv("TABLES", "elsewhere")
    assert tables_folder() == Path("elsewhere")


@pytest.mark.parametrize(("told", "folder"), [("", FOLDER), (" /var/copies ", Path("/var/copies"))])
def test_the_folder_of_copies(told: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPIES_FOLDER", told)
    assert copies_folder() == folder
    file = Place.of_file(folder / "none.sqlite")
    assert StoreKeeper(file).copies == folder
