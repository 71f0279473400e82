import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.__main__ import main
from data.facts import load
from data.schema import table_columns
from tests.data.broken import BROKEN, Broken, broken_folder
from tests.data.builders import small_tables, write_tables

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_table_is_told_and_the_status_is_1(
    tmp_path: Path, broken: Broken, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(broken_folder(tmp_path, broken))]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1 problem in the tables:"
    assert len(told) == 2
    place = f"{broken.table}.csv, row {broken.row}, column {broken.column}: "
    assert told[1].startswith(place + (f"“{broken.value}”: " if broken.value else ""))
    assert all(part in told[1] for part in broken.advice)


def test_a_sighting_in_the_future_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = small_tables()
    tables["adoption"][0]["last_confirmed"] = "2950-01-01"
    assert main(["check", str(write_tables(tmp_path, tables))]) == 1
    assert "lies in the future. Write a day that has passed." in capsys.readouterr().out


@pytest.mark.parametrize("code", ["cp1252", "ascii", "utf-8"])
def test_what_tables_hold_can_neither_steer_a_terminal_nor_fail_to_be_shown(
    tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    tables = small_tables()
    tables["adoption"][0]["start"] = "2016 → \x1b[2J\n2018"
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding=code))
    assert main(["check", str(write_tables(tmp_path, tables))]) == 1
    sys.stdout.flush()
    told = raw.getvalue().decode(code).splitlines()
    assert len(told) == 2
    assert told[1].isprintable()
    assert "2016 → " in told[1] or code != "utf-8"


def test_good_tables_are_summed_up_with_their_checksum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_tables(tmp_path, small_tables())
    assert main(["check", str(folder)]) == 0
    told = capsys.readouterr().out
    facts = load(folder)
    assert (
        told.splitlines()[-1] == f"Edition {facts.edition} (sha256 {facts.checksum}): no problems."
    )
    rows = dict(line.split()[:2] for line in told.splitlines()[:-1])
    assert rows == {f"{name}.csv": str(len(small_tables()[name])) for name in table_columns()}


def test_the_shipped_tables_are_checked_by_default(
    facts: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert facts.checksum in capsys.readouterr().out


def test_a_folder_that_does_not_exist_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 1
    assert "is not a folder" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["mend"], ["check", "one", "two"]])
def test_a_wrong_command_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: python -m data" in capsys.readouterr().err


def test_the_command_line_gives_status_1_and_the_problem(tmp_path: Path) -> None:
    broken = BROKEN["county name of another code"]
    done = run("check", str(broken_folder(tmp_path, broken)))
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.startswith("1 problem in the tables:\nadoption.csv, row 2, column county: ")


def test_check_imports_nothing_that_only_loading_needs() -> None:
    code = (
        "import sys; from data.__main__ import main; main(['check']);"
        "heavy = {'data.publishers', 'data.series.library', 'duckdb', 'openpyxl', 'requests',"
        "'scipy', 'statsmodels', 'tqdm'}; sys.exit(str(heavy & set(sys.modules)) if heavy & "
        "set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
