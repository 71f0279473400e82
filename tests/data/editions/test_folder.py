import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from data.editions import folder as keeper_module
from data.editions.folder import FolderKeeper
from data.facts import FactsError
from tests.data.broken import BROKEN, broken_folder
from tests.data.builders import small_tables, write_table, write_tables


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keeper_module, "LOOK_EVERY_SECONDS", 0)
    return write_tables(tmp_path / "tables", small_tables())


def add_program(folder: Path) -> None:
    tables = small_tables()
    tables["adoption"].append(tables["adoption"][0] | {"agency": "Sheriff of the county"})
    write_table(folder, "adoption", tables["adoption"])


def test_the_edition_is_the_same_object_while_nothing_changes(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    assert keeper.facts() is keeper.facts()
    assert not keeper.problems


def test_the_first_tables_must_be_good(folder: Path) -> None:
    (folder / "adoption.csv").unlink()
    with pytest.raises(FactsError):
        FolderKeeper(folder)


def test_new_good_tables_are_a_new_edition(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    old = keeper.facts()
    add_program(folder)
    new = keeper.facts()
    assert new.edition != old.edition
    assert len(new.adoption) == len(old.adoption) + 1
    assert len(old.adoption) == len(small_tables()["adoption"])
    assert not keeper.problems


KINDS_OF_BREAK = [
    "29 February of a common year",
    "end before start",
    "county code that does not exist",
    "source that does not exist",
    "program twice",
    "word that is not allowed",
]


@pytest.mark.parametrize("name", KINDS_OF_BREAK)
def test_the_last_good_edition_is_kept_while_a_table_is_broken(folder: Path, name: str) -> None:
    broken = BROKEN[name]
    keeper = FolderKeeper(folder)
    good = keeper.facts()
    broken_folder(folder, broken)
    for _ in range(2):
        assert keeper.facts() is good
        assert len(keeper.problems) == 1
        assert broken.matches(keeper.problems[0])
    write_tables(folder, small_tables())
    assert keeper.facts().checksum == good.checksum
    assert not keeper.problems


def remove_all(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        path.unlink()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a table is gone": lambda folder: (folder / "counties.csv").unlink(),
    "a table is empty": lambda folder: (folder / "counties.csv").write_bytes(b""),
    "a table is half written": lambda folder: (folder / "adoption.csv").write_bytes(
        (folder / "adoption.csv").read_bytes()[:60]
    ),
    "a table has no key column": lambda folder: (folder / "counties.csv").write_text("county\nA\n"),
    "all tables are gone": remove_all,
    "the folder is gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_the_last_good_edition_outlives_damage_and_moves_on_when_mended(
    folder: Path, damage: Callable[[Path], object]
) -> None:
    keeper = FolderKeeper(folder)
    good = keeper.facts()
    damage(folder)
    assert keeper.facts() is good
    assert keeper.problems
    write_tables(folder, small_tables())
    add_program(folder)
    assert keeper.facts().edition != good.edition
    assert len(keeper.facts().adoption) == len(good.adoption) + 1
    assert not keeper.problems


def test_touching_a_table_makes_no_new_edition(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    good = keeper.facts()
    path = folder / "adoption.csv"
    path.write_bytes(path.read_bytes() + b"\n\n")
    assert keeper.facts() is good
    assert not keeper.problems


def test_the_folder_is_not_looked_at_with_every_call(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper_module, "LOOK_EVERY_SECONDS", 1e9)
    keeper = FolderKeeper(folder)
    good = keeper.facts()
    add_program(folder)
    assert keeper.facts() is good
    monkeypatch.setattr(keeper_module, "LOOK_EVERY_SECONDS", 0)
    assert keeper.facts() is not good


def test_a_table_that_another_program_holds_open_is_looked_at_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = FolderKeeper(folder)
    good = keeper.facts()
    add_program(folder)
    with monkeypatch.context() as patch:
        patch.setattr(keeper_module, "load", Mock(side_effect=PermissionError(13, "Held open")))
        assert keeper.facts() is good
    assert not keeper.problems
    assert len(keeper.facts().adoption) == len(good.adoption) + 1
