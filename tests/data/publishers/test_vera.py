"""Vera's three layouts, and the quirks of its numbers."""

from pathlib import Path

import pandas as pd
import pytest

from data.publishers import PUBLISHERS, columns_of, read_series, recognize
from data.publishers.places import county_names
from data.publishers.vera import MEASURES, regional_jails
from data.series import COLUMNS, QUALITIES, CountySeries, SeriesError
from tests.data.publishers import files

HEAD = ["year", "county_fips", "total_pop_15to64", "total_jail_pop", "total_jail_admits"]
LAYOUTS = {"3.1": files.make_vera_31, "3.0": files.make_vera_30, "2.2": files.make_vera_22}


def load(path: Path, *rows: files.Cells) -> CountySeries:
    return read_series(files.write(path / "vera.csv", [HEAD, *rows]), "vera.csv")


def values(series: CountySeries, fips: str, measure: str = "jail_population") -> list[object]:
    frame = series.of(measure)
    frame = frame[frame["fips"] == fips]
    return [
        q if pd.isna(v) else (v, q) for v, q in zip(frame["value"], frame["quality"], strict=True)
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_names(tmp_path: Path, layout: str) -> None:
    path = LAYOUTS[layout](tmp_path / "vera.csv")
    assert recognize(*columns_of(path)) == "vera"
    series = read_series(path, "vera.csv")
    assert (series.id, series.layout) == ("vera-incarceration-trends", layout)
    assert series.license and "not be passed on" in " ".join(series.license.split())
    assert {"jail_population", "jail_admissions"} <= {measure.name for measure in series.measures}
    assert set(series.measures) <= set(MEASURES)
    frame = series.frame
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["fips"]) == set(county_names())
    assert set(frame["quality"]) <= set(QUALITIES)
    assert not frame.duplicated(["fips", "measure", "period_start"]).any()
    assert (frame["population"] == 50_000).all()
    assert series.measure("jail_population").kind == "people"
    assert series.measure("jail_admissions").kind == "events"
    assert series.measure("jail_admissions").residents == "residents aged 15 to 64"


def test_quarters_hold_people_and_years_hold_events(tmp_path: Path) -> None:
    series = read_series(files.make_vera_30(tmp_path / "v.csv", ["37183"], [2018]), "v.csv")
    people, events = series.of("jail_population"), series.of("jail_admissions")
    assert people["value"].tolist() == [101, 102, 103, 104]
    assert people["period_end"].dt.strftime("%m-%d").tolist() == [
        "03-31",
        "06-30",
        "09-30",
        "12-31",
    ]
    assert events["value"].tolist() == [1200]
    assert events[["period_start", "period_end"]].iloc[0].dt.strftime("%m-%d").tolist() == [
        "01-01",
        "12-31",
    ]
    assert any("last quarter that has a number" in note for note in series.notes)
    assert not series.of("prison_admissions").size


def test_quarters_that_differ_are_told(tmp_path: Path) -> None:
    head = ["fips", "year", "quarter", "total_jail_pop", "total_jail_adm"]
    rows = [[37183, 2018, quarter, 100, 500 + quarter] for quarter in (4, 2, 1, 3)]
    series = read_series(files.write(tmp_path / "v.csv", [head, *rows]), "v.csv")
    assert series.of("jail_admissions")["value"].tolist() == [504]
    assert any("In 1 county years the quarters differ" in note for note in series.notes)


def test_mixed_types(tmp_path: Path) -> None:
    cells = ["1,234", "12.0", "NA", "", " 7 ", "0"]
    rows: list[files.Cells] = [
        [2010 + place, "37183", 1000, cell, ""] for place, cell in enumerate(cells)
    ]
    assert values(load(tmp_path, *rows), "37183") == [
        *((1234, "reported"), (12, "reported"), "missing", "missing", (7, "reported"), (0, "zero"))
    ]


def test_fractions_are_shares_of_a_regional_jail_or_estimates(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        [2018, fips, 1000, 10.5, 20.25] for fips in ("37183", "37015", "37187")
    ]
    series = load(tmp_path, *rows, [2019, "37015", 1000, 12, ""])
    assert values(series, "37183") == [(10.5, "interpolated")]
    assert values(series, "37015") == [(10.5, "apportioned"), (12, "reported")]
    assert values(series, "37187", "jail_admissions") == [(20.25, "apportioned")]


def test_prison_counts_are_no_share_of_a_jail(tmp_path: Path) -> None:
    head = ["year", "county_fips", "total_jail_pop", "total_prison_pop"]
    path = files.write(tmp_path / "v.csv", [head, [2018, "37015", 5.5, 5.5]])
    assert values(read_series(path, "v.csv"), "37015", "prison_population") == [
        (5.5, "interpolated")
    ]


def test_regional_jails_are_named() -> None:
    jails = regional_jails()
    assert len(jails) == 9
    assert jails["37139"] == "Camden, Pasquotank and Perquimans"
    assert jails["37111"] == "McDowell and Mitchell"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([20, 0, 20], [(20, "reported"), "doubtful zero", (20, "reported")]),
        ([20, 0, 0, 25], [(20, "reported"), "doubtful zero", "doubtful zero", (25, "reported")]),
        ([19, 0, 20], [(19, "reported"), (0, "zero"), (20, "reported")]),
        ([20, 0], [(20, "reported"), (0, "zero")]),
        ([20, "", 0, 30], [(20, "reported"), "missing", "doubtful zero", (30, "reported")]),
        ([0, 20, 0], [(0, "zero"), (20, "reported"), (0, "zero")]),
    ],
)
def test_doubtful_zeros(tmp_path: Path, given: list[object], found: list[object]) -> None:
    rows: list[files.Cells] = [
        [2010 + place, "37183", 1000, cell, ""] for place, cell in enumerate(given)
    ]
    assert values(load(tmp_path, *reversed(rows)), "37183") == found


def test_twins_are_dropped_and_counted(tmp_path: Path) -> None:
    row = [2018, "37183", 1000, 5, 6]
    assert load(tmp_path, row, row, row).dropped == (("rows that stand in the file twice", 2),)


def test_rows_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        [2018, "37183", 1000, 5, 6],
        [2019, "37183", 1000, 5, 6],
        [2018, 37183, 1000, 5, 7],
    ]
    with pytest.raises(
        SeriesError, match="rows 2 and 4 tell different things of Wake County in 2018"
    ):
        load(tmp_path, *rows)


def test_other_states_are_counted_and_codes_mended(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        [2018, "37183.0", 1000, 5, 6],
        [2018, 1001, 1000, 5, 6],
        [2018, 51059, 1, 2, 3],
    ]
    series = load(tmp_path, *rows, [2018, 37000, 10, 50, 60])
    assert series.frame["fips"].unique().tolist() == ["37183"]
    assert dict(series.dropped) == {"rows of other states": 2, "rows of no single county": 1}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([20019, "37183", 1000, 5, 6], "row 2, column “year”: “20019” is no year"),
        ([2018, "wake?", 1000, 5, 6], "row 2, column “county_fips”: “wake\\?” is no FIPS code"),
        ([2018, "37183", 1000, -5, 6], "“-5” is below zero"),
        ([2018, "37183", "many", 5, 6], "column “total_pop_15to64”: “many” is not a count"),
        ([2018, "51059", 1000, 5, 6], "rows of Virginia only"),
        ([2018, "37183", 1000, "", ""], "no count of any county"),
    ],
)
def test_what_is_refused(tmp_path: Path, row: files.Cells, told: str) -> None:
    with pytest.raises(SeriesError, match=told):
        load(tmp_path, row)


def test_periods_of_which_nothing_is_said_are_left_out(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        [2010 + place, "37183", 1000, cell, 1] for place, cell in enumerate(["", 5, "", 6, ""])
    ]
    assert values(load(tmp_path, *rows), "37183") == [(5, "reported"), "missing", (6, "reported")]


def test_downloads_are_addresses_of_the_publisher() -> None:
    assert all(url.endswith(".csv") for url in PUBLISHERS["vera"].downloads.values())
