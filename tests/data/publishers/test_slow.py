"""Files that take too long: reading them stops with one sentence, whatever reads them."""

from pathlib import Path

import pytest

from data.deadline import time_limit
from data.publishers import read_series
from data.publishers.columnar import locked
from data.publishers.reading import reading_time
from data.publishers.tally import tally
from data.series import SeriesError
from tests.data.publishers import files

TIDY: list[files.Cells] = [["County", "Year", "Arrests"], ["Wake", 2018, 50], ["Durham", 2018, 40]]
QUERY = "SELECT 'Wake' AS county, '2018-01-02' AS day FROM range(9)"
TOLD = (
    "{name} takes longer than 50 seconds to read; keep the rows of North Carolina only, "
    "or load it with the command line."
)


def make(path: Path) -> Path:
    """Write a good file of the form that its name tells."""
    if path.suffix == ".xlsx":
        return files.make_sheet(path, TIDY)
    if path.suffix == ".parquet":
        return files.make_parquet(path, "SELECT 'Wake' AS county, 2018 AS year, 5 AS arrests")
    return files.write(path, TIDY)


@pytest.mark.parametrize("name", ["given.csv", "given.xlsx", "given.parquet"])
def test_a_file_that_takes_too_long_is_refused(tmp_path: Path, name: str, late: None) -> None:
    path = make(tmp_path / name)
    with pytest.raises(SeriesError) as refused, reading_time(name):
        read_series(path, name)
    assert str(refused.value) == TOLD.format(name=name)


def test_a_long_file_is_looked_at_row_by_row(tmp_path: Path, ticking: None) -> None:
    path = files.write(tmp_path / "given.csv", [TIDY[0], *[["Wake", n, 1] for n in range(99)]])
    with pytest.raises(SeriesError, match="takes longer than"), reading_time("given.csv"):
        read_series(path, "given.csv")


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_counting_events_stops_too(tmp_path: Path, suffix: str, late: None) -> None:
    path = tmp_path / f"given.{suffix}"
    if suffix == "csv":
        files.write(path, [["county", "day"], ["Wake", "2018-01-02"]])
    else:
        files.make_parquet(path, QUERY)
    with pytest.raises(SeriesError, match="takes longer than"), reading_time("given"):
        tally(path, "given", ["county", "day"], ("county", "day", "", ""))


def test_a_query_is_stopped_while_it_runs(tmp_path: Path) -> None:
    path = files.make_parquet(tmp_path / "given.parquet", QUERY)
    endless = "SELECT count(*) FROM range(999999999) a, range(999999999) b WHERE a.range < b.range"
    over, limit = pytest.raises(SeriesError, match="late"), time_limit(0.1, SeriesError("late"))
    with over, limit, locked(path, "given") as connection:
        connection.execute(endless)


def test_on_the_command_line_there_is_no_limit(tmp_path: Path, late: None) -> None:
    assert len(read_series(make(tmp_path / "given.csv"), "given.csv").frame) == 2
