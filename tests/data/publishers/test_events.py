"""Extracts of events, counted to county and month."""

import collections
import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.publishers import Mapping, columns_of, read_series, recognize
from data.publishers import tally as tally_of
from data.publishers.columnar import locked, quoted
from data.publishers.places import county_names
from data.publishers.tally import tally
from data.series import CountySeries, SeriesError
from tests.data.publishers import files

HEAD = ("Arrest Date", "County", "Class")
BY_CLASS = Mapping("County", "Arrest Date", "", measure="Class")


def load(
    path: Path, *rows: files.Cells, head: files.Cells = HEAD, mapping: Mapping | None = None
) -> CountySeries:
    return read_series(files.write(path / "given.csv", [head, *rows]), "given.csv", mapping)


def test_counts_are_those_of_a_plain_count(tmp_path: Path) -> None:
    path = files.make_events(tmp_path / "arrests.csv")
    assert recognize(*columns_of(path)) == "events"
    series = read_series(path, "arrests.csv")
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    expected = collections.Counter((row["County"], row["Arrest Date"][:7]) for row in rows)
    names = county_names()
    found = {
        (names[fips], f"{start:%Y-%m}"): value
        for fips, start, value in series.frame[["fips", "period_start", "value"]].itertuples(
            index=False
        )
        if value
    }
    assert found == expected
    assert series.frame["value"].sum() == len(rows)
    assert series.title == "arrests"
    assert series.notes[0].startswith("The extract runs from 1 January 2018 to 28 December 2019")


def test_parquet_gives_the_same(tmp_path: Path) -> None:
    path = files.make_events(tmp_path / "e.csv")
    parquet = files.make_parquet(tmp_path / "e.parquet", f"SELECT * FROM '{path}'")
    given, same = (read_series(p, p.name, BY_CLASS) for p in (path, parquet))
    assert given.frame.equals(same.frame)
    assert [measure.label for measure in given.measures] == ["Felony", "Misdemeanor"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_titles_and_footers(tmp_path: Path, encoding: str) -> None:
    lines = (
        "Arrêts; 2018\n\nArrest Date;County;Class\n" + "2018-01-05;Wake;é\n" * 3 + "Source: us\n"
    )
    path = files.text(tmp_path / "given.csv", lines.encode(encoding))
    series = read_series(path, "given.csv", BY_CLASS)
    assert series.frame["value"].tolist() == [3]
    assert series.measures[0].label == "É"


def test_days_as_they_are_written(tmp_path: Path) -> None:
    days = ["2018-01-05", "1/5/2018", "01/05/2018 13:10", "2018-01-05T10:00:00", "20180105"]
    days += ["5-Jan-2018", "January 5, 2018", "2018-01-05 10:00:00.000", "1/5/2018 1:10:00 PM"]
    series = load(tmp_path, *[[day, "Wake", "a"] for day in days], mapping=BY_CLASS)
    assert series.frame["value"].tolist() == [len(days)]
    assert series.dropped == ()


def test_rows_left_out_are_counted(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        *([["2018-01-05", "Wake", "a"]] * 3),
        ["2018-01-06", "37183", "a"],
        ["2018-01-05", "Atlantis", "a"],
        ["2018-01-05", "", "a"],
        ["2018-01-05", "Fairfax, VA", "a"],
        ["2018-02-30", "Wake", "a"],
        ["soon", "Wake", "a"],
        ["2950-01-01", "Wake", "a"],
        ["1812-01-01", "Wake", "a"],
    ]
    series = load(tmp_path, *rows, mapping=BY_CLASS)
    assert series.frame["value"].tolist() == [4]
    assert dict(series.dropped) == {
        "rows of other states": 1,
        "rows of no county that is known": 2,
        "rows whose day cannot be read": 2,
        "rows with a day in the future": 1,
        "rows with a day before 1900": 1,
    }


def test_months_without_events_are_zero(tmp_path: Path) -> None:
    rows = [["2018-01-05", "Wake", "a"]] * 30 + [["2018-04-05", "Wake", "a"]] * 30
    series = load(
        tmp_path, *rows, ["2018-01-05", "Hyde", "a"], mapping=Mapping("County", "Arrest Date", "")
    )
    quality = series.frame.groupby("fips")["quality"].apply(list).to_dict()
    assert quality == {
        "37095": ["reported", "zero", "zero", "zero"],
        "37183": ["reported", "doubtful zero", "doubtful zero", "reported"],
    }


def test_days_far_from_the_others_are_left_out(tmp_path: Path) -> None:
    rows = [["1900-01-01", "Wake", "a"]] * 2 + [["2018-01-05", "Wake", "a"]] * 9
    odd = ["infinity", "epoch", "290000-01-01", "0001-01-01", "2018-01-01 (BC)", "now"]
    series = load(tmp_path, *rows, *[[day, "Wake", "a"] for day in odd], mapping=BY_CLASS)
    assert series.frame["value"].tolist() == [9]
    assert dict(series.dropped) == {
        "rows whose day cannot be read": 6,
        "rows with a day years away from the others": 2,
    }


HOSTILE = ['"; DROP TABLE x; --', "a\"b'c", "$1", "SELECT * FROM read_csv('/etc/passwd')", "=cmd|x"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_of_columns(tmp_path: Path, name: str) -> None:
    rows = [["2018-01-05", "Wake", "=1+1"]] * 2
    head = ["Date", "County", name]
    mapping = Mapping("County", "Date", "", measure=name)
    plain = load(tmp_path, *rows, head=head, mapping=mapping)
    cells = f"'2018-01-05' AS \"Date\", 'Wake' AS \"County\", '=1+1' AS {quoted(name)}"
    sql = f"SELECT {cells} FROM range(2)"
    parquet = files.make_parquet(tmp_path / "e.parquet", sql)
    same = read_series(parquet, "e.parquet", mapping)
    assert plain.frame["value"].tolist() == same.frame["value"].tolist() == [2]
    assert plain.measures[0].label == "=1+1"


def test_nothing_else_can_be_read(tmp_path: Path) -> None:
    import duckdb

    path, other = (files.write(tmp_path / f"{n}.csv", [HEAD]) for n in ("a", "b"))
    with locked(path, "a.csv") as connection:
        assert connection.execute("SELECT count(*) FROM read_text($1)", [str(path)]).fetchone()
        for sql in (
            f"SELECT * FROM read_text('{other}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'c.csv'}'",
            f"ATTACH '{tmp_path / 'd.db'}'",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(sql)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["2018-01-05", "Atlantis", "a"]], "no rows of North Carolina"),
        ([["2018-01-05", "Fairfax, VA", "a"]], "rows of Virginia only"),
        ([["soon", "Wake", "a"]], "no row has both a county and a day"),
        ([["2018-01-05", "Wake", "a"], ["2018-02-05", "Wake", "a"]], "no extract of events"),
        ([["2018-01-05", "Wake", "a", "b"]], "more cells than the header"),
        (
            [["2018-01-05", "Wake", "a"]] * 700 + [["2018-01-05", "Wake", "a", "b"]],
            "row 702: the row has more cells",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, rows: list[files.Cells], told: str) -> None:
    with pytest.raises(SeriesError, match=told):
        load(tmp_path, *rows, mapping=BY_CLASS)


def test_folders_that_are_patterns_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "a[1]*"
    folder.mkdir()
    with pytest.raises(SeriesError, match=r"a path with \*, \? or \["):
        load(folder, ["2018-01-05", "Wake", "a"], mapping=BY_CLASS)


def test_daily_counts_are_no_events(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["Date", "County", "Sum"],
        ["2018-01-05", "Wake", 5],
        ["2018-01-06", "Wake", 6],
    ]
    path = files.write(tmp_path / "given.csv", rows)
    assert recognize(*columns_of(path)) == ""


ROW = b"2018-01-05,Wake,a\n"
START = b"Arrest Date,County,Class\n"
SLOW = {
    "line ends within quotes": START + ROW.replace(b",a", b',"a\nb"') * 5,
    "two kinds of line ends": START + ROW.replace(b"\n", b"\r\n") * 5,
    "no last line end": START + (ROW * 5)[:-1],
    "blank lines": b"\n\n" + START + ROW.replace(b"\n", b"\n\n") * 5,
    "a title on two lines": b'"A title\nin two"\n' + START + ROW * 5,
    "old Mac line ends": (START + ROW * 5).replace(b"\n", b"\r"),
}


@pytest.mark.parametrize("case", SLOW)
def test_what_duckdb_does_not_read(tmp_path: Path, case: str) -> None:
    path = files.text(tmp_path / "given.csv", SLOW[case])
    series = read_series(path, "given.csv", Mapping("County", "Arrest Date", ""))
    assert series.frame["value"].tolist() == [5]
    assert series.dropped == ()


def test_a_sheet_of_events(tmp_path: Path) -> None:
    path = files.make_sheet(tmp_path / "e.xlsx", [HEAD, *[["2018-01-05", "Wake", "a"]] * 3])
    assert read_series(path, "e.xlsx", BY_CLASS).frame["value"].tolist() == [3]


FAULTS = {
    "broken off": (b"2018-01-05,Wa", "breaks off in row 802"),
    "NUL bytes": (b"2018-01-05,Wake,\0\0\n", "not a text file"),
    "an open quote": (b'2018-01-05,Wake,"a\n' + ROW * 800, "double quote is not closed"),
    "an endless line": (b"y" * 1_500_000, "a line of more than"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_late_faults_are_found(tmp_path: Path, case: str) -> None:
    fault, told = FAULTS[case]
    path = files.text(tmp_path / "given.csv", START + ROW * 800 + fault)
    with pytest.raises(SeriesError, match=told):
        read_series(path, "given.csv", BY_CLASS)


CELLS = st.tuples(
    st.sampled_from(["2018-01-05", "2/3/2018", "soon", "", "2018-13-01"]),
    st.sampled_from(["Wake", "Hyde County", "Atlantis", "37001", ""]),
    st.text(st.sampled_from("ab\",; é'\t"), max_size=4),
)


@settings(max_examples=15)
@given(st.lists(CELLS, min_size=1, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_both_ways_of_counting_agree(
    tmp_path_factory: pytest.TempPathFactory, rows: list[files.Cells], end: str
) -> None:
    path = tmp_path_factory.mktemp("both") / "given.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
            [HEAD, ["2018-01-01", "Wake", "first"], *rows]
        )
    used = ("County", "Arrest Date", "Class", "")
    fast = tally(path, "given.csv", list(HEAD), used)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tally_of, "_csv_source", _refuse)
        slow = tally(path, "given.csv", list(HEAD), used)
    given, same = (
        found[found["place"] != ""]  # such a row may be a footer
        .sort_values(["place", "month", "class"])
        .reset_index(drop=True)
        for found in (fast, slow)
    )
    pd.testing.assert_frame_equal(given, same)


def _refuse(*_: object) -> None:
    raise tally_of._NotPlainError
