import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from data.facts import Facts
from data.measures.panel import LEFT_OUT, TREATED, UNTREATED, Options, Panel, county_panel, states
from data.series import QUALITIES, VALUED, CountySeries
from data.status import STATUSES, county_status, programs
from tests.data.builders import Rows, program, program_lists, with_programs
from tests.data.series_builder import Cell, rows, series

LETTERS = {UNTREATED: ".", TREATED: "T", LEFT_OUT: "o"}
YEARS = range(2016, 2022)


def days(years: range = YEARS) -> tuple[np.ndarray, np.ndarray]:
    return tuple(  # type: ignore[return-value]
        np.array([f"{year}-{day}" for year in years], dtype="datetime64[s]")
        for day in ("01-01", "12-31")
    )


def letters(state: np.ndarray) -> str:
    return "".join(LETTERS[int(cell)] for cell in state)


STATES: dict[str, tuple[list[dict[str, str]], str]] = {
    # The periods are the years 2016 to 2021.
    "from a new year's day": ([{"start": "2018-01-01"}], "..TTTT"),
    "from within a year": ([{"start": "2018-02"}], "..oTTT"),
    "from a year's last day": ([{"start": "2017-12-31"}], ".oTTTT"),
    "some day of a year": ([{"start": "2018"}], "..oTTT"),
    "some day within years": ([{"start": "[2016-07..2017-12]"}], "ooTTTT"),
    "by a day": ([{"start": "[..2019-08-31]"}], "ooooTT"),
    "not before a day": ([{"start": "[2018-01-01..]"}], "..oooo"),
    "before all": ([{"start": "2015-06"}], "TTTTTT"),
    "after all": ([{"start": "2022-01-01"}], "......"),
    "on the last day of all": ([{"start": "2021-12-31"}], ".....o"),
    "no start known": ([{"start": ""}], "......"),
    "planned only": ([{"planned": "2017-01-01"}], "......"),
    "not LEAD": ([{"start": "2018-01-01", "is_lead": "no"}], "......"),
    "an end": ([{"start": "2017-01-01", "end": "2019-05-31"}], ".TTooo"),
    "an end on a year's last day": ([{"start": "2017-01-01", "end": "2019-12-31"}], ".TTToo"),
    "an end some day": ([{"start": "2017-01-01", "end": "[2019-01..2020-12]"}], ".TTooo"),
    "an end not known when": ([{"start": "2017-01-01", "end": "[..2021-06]"}], ".ooooo"),
    "a second program goes on": (
        [{"start": "2017-01-01", "end": "2018-06-30"}, {"start": "2018-01-01"}],
        ".TTTTT",
    ),
    "a second program after a gap": (
        [{"start": "2016-01-01", "end": "2017-12-31"}, {"start": "2020-01-01"}],
        "TTooTT",
    ),
    "a second program that may be older": (
        [{"start": "2019-01-01"}, {"start": "[2017-01-01..2020-12-31]"}],
        ".ooTTT",
    ),
    "a program without a start counts for nothing": ([{"start": "2019"}, {"start": ""}], "...oTT"),
}


@pytest.mark.parametrize(("rows", "expected"), STATES.values(), ids=STATES)
def test_the_state_of_a_year(small: Facts, rows: list[dict[str, str]], expected: str) -> None:
    known = programs(with_programs(small, *(program(**row) for row in rows)))
    found = states(known, *days()) if len(known) else np.zeros(len(YEARS))
    assert letters(found) == expected


WINDOWS = [
    ("2018-01-01", 1, "..Tooo"),
    ("2018-01-01", 2, "..TToo"),
    ("2018-06-15", 2, "..oTTo"),
    ("2018-06-15", 9, "..oTTT"),
    ("2012", 1, "Tooooo"),
    ("2030", 1, "......"),
]


@pytest.mark.parametrize(("start", "window", "expected"), WINDOWS)
def test_a_window_leaves_out_later_periods(
    small: Facts, start: str, window: int, expected: str
) -> None:
    known = programs(with_programs(small, program(start=start)))
    assert letters(states(known, *days(), window)) == expected


@settings(max_examples=15)
@given(program_lists)
def test_a_state_agrees_with_the_status_of_its_days(small: Facts, rows: Rows) -> None:
    edition = with_programs(small, *rows)
    panel = county_panel(edition, charges({"37023": [5] * 6}, YEARS[0]), "charges")
    for year, states_then in zip(YEARS, panel.state.T, strict=True):
        found = (county_status(edition, date(year, *day)) for day in ((1, 1), (7, 1), (12, 31)))
        looks = pd.concat([on_day["status"] for on_day in found], axis=1)
        for fips, cell in zip(panel.units, states_then, strict=True):
            shown = set(looks.loc[fips])
            if cell == TREATED:
                assert shown == {STATUSES[0]}
            if cell == UNTREATED:
                assert shown <= {"planned", "none_found"}


def charges(values: Mapping[str, Iterable[Cell]], year: int = 2014) -> CountySeries:
    """Make up a file with yearly charges."""
    frame = rows(values, f"{year}-01-01", population=1000, measure="charges")
    return series(frame, label="Charges")


def changed(file: CountySeries, frame: pd.DataFrame) -> CountySeries:
    return dataclasses.replace(file, frame=frame)


def cell(panel: Panel, fips: str, year: int) -> tuple[float, float, str]:
    row = panel.units.index(fips)
    column = panel.starts.tolist().index(pd.Timestamp(year, 1, 1).to_pydatetime())
    y, n, state = (table[row, column] for table in (panel.y, panel.n, panel.state))
    return float(y), float(n), LETTERS[int(state)]


VALUES: dict[str, list[Cell]] = {
    fips: [10.0 * year for year in range(2014, 2020)] for fips in ("37023", "37051")
}


def test_counts_and_person_time_stand_in_their_cells(small: Facts) -> None:
    panel = county_panel(small, charges(VALUES), "charges")
    assert panel.units == ("37023", "37051", "37087")
    assert panel.y.shape == panel.n.shape == panel.state.shape == (3, 6)
    assert cell(panel, "37023", 2015) == (20150, 1000, ".")
    assert cell(panel, "37051", 2015) == (20150, 1000, ".")
    assert cell(panel, "37051", 2016) == (20160, 1000, "o"), "the start is some day of 2016"
    assert cell(panel.certain, "37051", 2016) == (0, 0, "o"), "so it is neither fitted nor counted"
    assert cell(panel.certain, "37051", 2015) == (20150, 1000, ".")
    assert cell(panel, "37051", 2017) == (20170, 1000, "T")
    assert panel.starts[0] == np.datetime64("2014-01-01")
    assert panel.ends[0] == np.datetime64("2014-12-31")
    assert not panel.n[2].any(), "a county with LEAD that the file lacks"


@pytest.mark.parametrize("quality", QUALITIES)
def test_only_values_that_may_be_counted_are(small: Facts, quality: str) -> None:
    file = charges(VALUES)
    frame = file.frame.assign(quality=file.frame["quality"].where(file.frame.index != 0, quality))
    panel = county_panel(small, changed(file, frame), "charges")
    counted = (20140, 1000, ".") if quality in VALUED else (0, 0, ".")
    assert cell(panel, "37023", 2014) == counted


def test_a_zero_is_counted_and_a_missing_value_is_not(small: Facts) -> None:
    file = charges(VALUES)
    file.frame.loc[0, "value"], file.frame.loc[6, "value"] = 0.0, np.nan
    panel = county_panel(small, file, "charges")
    assert cell(panel, "37023", 2014) == (0, 1000, ".")
    assert cell(panel, "37051", 2014) == (0, 0, ".")


def test_residents_come_from_one_source_a_county(small: Facts) -> None:
    file = charges(VALUES)
    file.frame.loc[0, "population"] = np.nan
    panel = county_panel(small, file, "charges")
    assert cell(panel, "37023", 2014)[1] == cell(panel, "37023", 2019)[1] == 90000
    assert cell(panel, "37051", 2014)[1] == 1000


def test_counties_that_are_not_known_are_left_out(small: Facts) -> None:
    panel = county_panel(small, charges(VALUES | {"13121": [5]}), "charges")
    assert "13121" not in panel.units


def test_the_commonest_length_of_periods_is_taken(small: Facts) -> None:
    file = charges(VALUES)
    months = [
        {"period_start": pd.Timestamp(2020, month, 1), "fips": "37023", "value": 1.0}
        for month in range(1, 13)
    ]
    monthly = pd.DataFrame(months).assign(measure="charges", quality="reported", population=1200.0)
    monthly["period_end"] = monthly["period_start"] + pd.offsets.MonthEnd()
    panel = county_panel(small, changed(file, pd.concat([file.frame, monthly[:11]])), "charges")
    assert panel.y.shape == (3, 6)
    panel = county_panel(
        small, changed(file, pd.concat([file.frame[:4], monthly], ignore_index=True)), "charges"
    )
    assert panel.y.shape == (3, 12)
    assert panel.n[0] == pytest.approx(np.full(12, 100.0)), "a month is a twelfth of a year"


def test_weeks_are_parts_of_a_year(small: Facts) -> None:
    file = charges(VALUES)
    ends = file.frame["period_start"] + pd.Timedelta(days=6)
    panel = county_panel(small, changed(file, file.frame.assign(period_end=ends)), "charges")
    assert panel.n[0] == pytest.approx(np.full(6, 7000 / 365.25))


def test_years_that_are_skipped_have_no_person_time(small: Facts) -> None:
    panel = county_panel(small, charges(VALUES), "charges", Options(skip=(2017, 2018)))
    assert cell(panel, "37051", 2017) == (0, 0, "T"), "what is known of LEAD stays"
    assert cell(panel, "37023", 2018) == (0, 0, ".")
    assert cell(panel, "37051", 2019) == (20190, 1000, "T")


SIZES = {"37023": 3000.0, "37001": 499.0, "37003": 500.0, "37005": 12000.0, "37007": 12001.0}


def test_comparison_counties_of_like_size(facts: Facts) -> None:
    rows = (program(fips="37051", start="2017-01-01"), program(fips="37087", start="2017-01-01"))
    edition = with_programs(facts, *rows)
    sizes = SIZES | {"37051": 1000.0, "37087": 6000.0}
    file = charges({fips: [1] * 6 for fips in sizes}, YEARS[0])
    file = changed(file, file.frame.assign(population=file.frame["fips"].map(sizes)))
    panel = county_panel(edition, file, "charges", Options(comparison="size"))
    assert panel.units == ("37003", "37005", "37023", "37051", "37087")
    assert len(county_panel(edition, file, "charges").units) == len(sizes)


def test_a_measure_without_numbers_gives_no_periods(small: Facts) -> None:
    file = charges(VALUES)
    for frame in (file.frame.assign(quality="missing"), file.frame[:0]):
        for options in (Options(), Options(comparison="size", window=1, skip=(2020,))):
            panel = county_panel(small, changed(file, frame), "charges", options)
            assert panel.y.shape == (len(panel.units), 0)
