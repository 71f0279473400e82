from pathlib import Path

import pytest

from data.__main__ import CONFLICT, main
from data.editions import Place
from data.editions.store import Store
from data.facts import load
from data.schema import table_columns
from tests.data.builders import Rows, small_tables, write_table, write_tables
from tests.data.commands import Run, Told


@pytest.fixture
def fresh(run: "Run", file: Place) -> "Run":
    """Give a function that runs a command on a database that is not there yet."""
    assert file.file
    file.file.unlink()
    return run


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_tables(tmp_path / "shipped", small_tables())
    monkeypatch.setenv("TABLES", str(folder))
    return folder


@pytest.fixture
def run(
    shipped: Path,
    begun_file: Place,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Give a function that runs a command on a database that holds the small tables."""
    monkeypatch.setenv("DATABASE_URL", begun_file.url)
    monkeypatch.setenv("LOGNAME", "carol")

    def command(*arguments: object) -> Told:
        status = main([str(argument) for argument in arguments])
        return Told(status, *capsys.readouterr())

    return command


def edited(folder: Path, **cells: str) -> Path:
    """Write the small tables with other cells in the first program."""
    rows: Rows = small_tables()["adoption"]
    write_tables(folder, small_tables())
    write_table(folder, "adoption", [rows[0] | cells, *rows[1:]])
    return folder


def test_publish_tells_what_changes_and_each_step(fresh: Run, file: Place, tmp_path: Path) -> None:
    told = fresh("publish", edited(tmp_path / "mine", start="2017"), "--note", "Known better.")
    assert told.status == 0
    assert told.out.startswith("Published edition 2 (")
    for part in ("Reading the tables", "as edition 1", "start changed from", "Publishing ..."):
        assert part in told.err
    first, second = reversed(Store(file).history())
    assert (first.note, second.author, second.note) == (
        "The tables as shipped.",
        "carol",
        "Known better.",
    )
    assert Store(file).facts(2).checksum == load(tmp_path / "mine").checksum


def test_the_history_is_listed_newest_first(run: Run, tmp_path: Path) -> None:
    run(
        "publish", edited(tmp_path / "mine", note="A."), "--note", "One.", "--author", "Ann \x1b[1m"
    )
    lines = run("history").out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "Ann [1m: One." in lines[0]
    assert "the atlas: The tables as shipped." in lines[1]


def test_without_an_edition_the_history_says_so(fresh: Run, file: Place) -> None:
    assert "No edition is published yet" in fresh("history").out
    assert not file.exists


def test_the_same_tables_are_not_published_again(run: Run, shipped: Path, file: Place) -> None:
    told = run("publish", shipped, "--note", "Same.")
    assert told.status == 0
    assert "Nothing differs from edition 1; nothing was published." in told.out
    assert len(Store(file).history()) == 1


def test_bad_tables_are_told_and_nothing_is_made(fresh: Run, file: Place, tmp_path: Path) -> None:
    told = fresh("publish", edited(tmp_path / "mine", start="early June"), "--note", "Bad.")
    assert told.status == 1
    assert "early June" in told.err and told.err.endswith("Nothing was published.\n")
    assert not file.exists


def test_rollback_publishes_an_earlier_edition(run: Run, file: Place, tmp_path: Path) -> None:
    run("publish", edited(tmp_path / "mine", note="A."), "--note", "One.")
    told = run("rollback", 1, "--note", "Back.", "--author", "Bo")
    assert told.status == 0
    assert told.out.startswith("Published edition 1 again: edition 3 (")
    store = Store(file)
    assert store.texts(3) == store.texts(1)


def test_export_writes_what_publish_takes(run: Run, file: Place, tmp_path: Path) -> None:
    run("publish", edited(tmp_path / "mine", note="A, “b”."), "--note", "One.")
    told = run("export", 2, tmp_path / "out")
    assert told.status == 0
    assert told.out == f"Wrote {len(table_columns())} tables of edition 2 to {tmp_path / 'out'}.\n"
    assert load(tmp_path / "out").checksum == Store(file).facts(2).checksum
    assert "Nothing differs" in run("publish", tmp_path / "out", "--note", "Same.").out


def test_export_never_writes_over_anything(run: Run, shipped: Path, tmp_path: Path) -> None:
    before = (shipped / "adoption.csv").read_bytes()
    (tmp_path / "a file").write_text("x", "utf-8")
    for place in (shipped, tmp_path / "a file"):
        told = run("export", 1, place)
        assert (told.status, "is not an empty folder" in told.err) == (1, True)
    assert (shipped / "adoption.csv").read_bytes() == before
    assert run("export", 1, tmp_path / "a file" / "below").status == 1


@pytest.fixture
def two(run: Run, tmp_path: Path) -> tuple[Path, Path]:
    """Give two folders exported of edition 1."""
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        run("export", 1, folder)
    return folders


def test_the_second_steward_is_told_what_changed(run: Run, two: tuple[Path, Path]) -> None:
    edited(two[0], start="2017")
    edited(two[1], note="Mine.")
    assert run("publish", two[0], "--note", "One.").status == 0
    told = run("publish", two[1], "--note", "Two.")
    assert told.status == CONFLICT
    assert "Since edition 1, others changed:" in told.err
    assert "start changed from" in told.err
    assert "You began from edition 1, but edition 2" in told.err


def test_the_second_steward_merges(run: Run, two: tuple[Path, Path], file: Place) -> None:
    edited(two[0], start="2017")
    edited(two[1], note="Mine.")
    run("publish", two[0], "--note", "One.")
    told = run("publish", two[1], "--note", "Two.", "--merge")
    assert told.status == 0
    row = Store(file).facts(3).adoption.iloc[0]
    assert (row["start"], row["note"]) == ("2017", "Mine.")


def test_what_both_changed_is_for_a_person(run: Run, two: tuple[Path, Path], file: Place) -> None:
    edited(two[0], start="2017")
    edited(two[1], start="2018")
    run("publish", two[0], "--note", "One.")
    told = run("publish", two[1], "--note", "Two.", "--merge")
    assert told.status == CONFLICT
    assert "start is 2018 in yours and 2017 as published meanwhile" in told.err
    assert len(Store(file).history()) == 2


def test_a_folder_that_was_published_goes_on_from_there(run: Run, two: tuple[Path, Path]) -> None:
    for start in ("2017", "2018"):
        edited(two[0], start=start)
        assert run("publish", two[0], "--note", f"Start {start}.").status == 0
    (two[0] / "edition.txt").write_text("two", "utf-8")
    assert "does not hold the number of an edition" in run("publish", two[0], "--note", "x").err
    assert run("publish", two[0], "--note", "x", "--from", 1).status == CONFLICT


REFUSED = {
    "no such edition": (("export", "7", "{new}"), "There is no edition 7"),
    "roll back to nothing": (("rollback", "7", "--note", "x"), "There is no edition 7"),
    "no folder": (("publish", "{new}", "--note", "x"), "is not a folder"),
    "no note": (("publish", "{shipped}", "--note", " "), "note is blank"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told(
    run: Run, arguments: tuple[str, ...], words: str, tmp_path: Path, file: Place
) -> None:
    mine = edited(tmp_path / "mine", note="Mine.")
    given = [part.format(new=tmp_path / "new", shipped=mine) for part in arguments]
    told = run(*given)
    assert told.status == 1
    assert words in told.err
    assert "Traceback" not in told.err
    assert not (tmp_path / "new").exists()


def test_without_a_database_it_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "none")
    told = run("history")
    assert (told.status, "uses no database; name one in DATABASE_URL" in told.err) == (1, True)


def test_nothing_is_published_where_nobody_would_see_it(
    run: Run, shipped: Path, file: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.editions.settings.default_file", lambda: file.file)
    monkeypatch.setenv("DATABASE_URL", "")
    told = run("publish", edited(tmp_path / "mine", note="A."), "--note", "One.")
    assert (told.status, told.out) == (1, "")
    words = f"The atlas shows the folder {shipped} as it is and uses no database; name one in "
    assert told.err.splitlines()[-1] == f"{words}DATABASE_URL."
    assert len(Store(file).history()) == 1


def test_each_problem_of_tables_is_a_line(run: Run, tmp_path: Path) -> None:
    told = run("publish", edited(tmp_path / "mine", start="soon", end="\x1b[2J"), "--note", "One.")
    assert told.status == 1
    heading, start, end, last = told.err.splitlines()[1:]
    assert heading == "2 problems in the tables:"
    assert start.startswith("adoption.csv, row 2, column start: “soon”: This is not a date.")
    assert end.startswith("adoption.csv, row 2, column end: “[2J”: This is not a date.")
    assert last == "Nothing was published."


def test_tables_with_problems_begin_no_database(fresh: Run, shipped: Path, file: Place) -> None:
    edited(shipped, start="soon")
    told = fresh("prepare")
    assert (told.status, told.out) == (1, "")
    assert told.err.startswith("1 problem in the tables:\nadoption.csv, row 2, column start: ")
    assert not file.exists


def test_migrate_makes_the_tables(fresh: Run, file: Place) -> None:
    assert fresh("migrate").out == "The database is up to date; it was new.\n"
    assert fresh("migrate").out == "The database is up to date; it was at 0002.\n"
    assert Store(file).history() == []


def test_prepare_begins_with_the_tables_once(fresh: Run, file: Place, tmp_path: Path) -> None:
    told = fresh("prepare")
    first = Store(file).current()
    assert first and first.number == 1
    assert told == (0, f"The database is up to date; its newest is {first}.\n", "")
    folder = edited(tmp_path / "new", note="Another.")
    assert fresh("publish", folder, "--note", "New").status == 0
    assert "its newest is edition 2" in fresh("prepare").out
    assert len(Store(file).history()) == 2
