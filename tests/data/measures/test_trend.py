import csv
import io
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.facts import Facts
from data.measures.cells import county_cells
from data.measures.rates import count_interval
from data.measures.trend import Line, Trend, county_trend, trend_csv
from data.series import QUALITIES, VALUED, CountySeries, SeriesError
from tests.data.builders import program, with_programs, with_rows
from tests.data.series_builder import Cell, rows, series

BURKE, CUMBERLAND, HAYWOOD = "37023", "37051", "37087"
ADMISSIONS = "jail_admissions"


def line(trend: Trend, name: str) -> Line:
    (found,) = [line for line in trend.lines if line.name == name]
    return found


def trend_of(facts: Facts, made: CountySeries, *chosen: str, **options: Any) -> Trend:
    return county_trend(facts, made, made.measures[0].name, chosen, **options)


def points_of(facts: Facts, *cells: Cell, **options: Any) -> pd.DataFrame:
    """Give the points of Cumberland's line when the file holds only these cells."""
    made = series(rows({CUMBERLAND: cells}, **options))
    return line(trend_of(facts, made, CUMBERLAND), "Cumberland").points


def test_a_rate_is_events_per_resident_years_with_its_interval(small: Facts) -> None:
    points = points_of(small, 250, 5, population=50_000)
    assert points["value"].tolist() == [250, 5]
    assert points["person_time"].tolist() == [50_000, 50_000]
    assert points["rate"].tolist() == [500, 10]
    low, high = count_interval(np.array([250, 5]))
    assert np.allclose(points["low"], 2 * low)
    assert np.allclose(points["high"], 2 * high)
    assert points["steady"].tolist() == [True, False]


@pytest.mark.parametrize(("months", "count"), [(1, 12), (3, 4), (12, 3)])
def test_rates_are_a_year_whatever_the_length_of_the_period(
    small: Facts, months: int, count: int
) -> None:
    points = points_of(small, *[100 * months / 12] * count, first="2016-01-01", months=months)
    assert np.allclose(points["years"], months / 12)
    assert np.allclose(points["rate"], 100)


def test_people_on_an_average_day_have_no_interval_and_no_year(small: Facts) -> None:
    made = series(rows({CUMBERLAND: [200, 10]}, months=3), kind="people")
    found = trend_of(small, made, CUMBERLAND)
    points = found.lines[0].points
    assert np.allclose(points["rate"], [200, 10])
    assert points[["low", "high", "shown_low", "shown_high"]].isna().all(axis=None)
    assert points["steady"].all()
    assert found.unit == "per 100,000 residents"


@pytest.mark.parametrize("quality", QUALITIES)
def test_only_what_is_known_is_drawn(small: Facts, quality: str) -> None:
    points = points_of(small, 100, (50, quality), 100)
    assert points["quality"].tolist() == ["reported", quality, "reported"]
    told = points["rate"].notna().tolist()
    assert told == [True, quality in VALUED, True]
    assert points["follows"].tolist() == [False, quality in VALUED, quality in VALUED]
    assert points["steady"].tolist() == [True, quality in VALUED and quality != "unreliable", True]


FOLLOWS: dict[str, tuple[list[Cell], list[bool]]] = {
    "years": ([5, 4, 6], [False, True, True]),
    "a year is not in the file": ([5, None, 6, 7], [False, False, True]),
    "a year is kept back": ([5, "suppressed", 6, 7], [False, False, False, True]),
    "one year": ([5], [False]),
    "a zero is a value": ([5, 0, 6], [False, True, True]),
}


@pytest.mark.parametrize(("cells", "follows"), FOLLOWS.values(), ids=FOLLOWS)
def test_a_line_is_not_joined_across_a_gap(
    small: Facts, cells: list[Cell], follows: list[bool]
) -> None:
    assert points_of(small, *cells)["follows"].tolist() == follows


BREAK = {
    "title": "New reporting",
    "what": "Changed.",
    "scope": "state",
    "kind": "reporting",
    "sources": "census",
    "confidence": "high",
}
NEW_REPORTING = BREAK | {"date": "2018", "breaks": "crime"}
COURTS = [
    BREAK | {"date": "2017-02", "breaks": "court", "title": "Courts move, track 1"},
    BREAK | {"date": "2017-02", "breaks": "court", "fips": BURKE, "scope": "county"},
]
CUTS: dict[str, tuple[str, list[dict[str, str]], str, list[int]]] = {
    "arrests": ("Arrests", [NEW_REPORTING], CUMBERLAND, [2018]),
    "arrests of the state": ("Arrests", [NEW_REPORTING], "", [2018]),
    "jail": ("Jail admissions", [NEW_REPORTING], CUMBERLAND, []),
    "jails of the state report less": ("Jail admissions", [NEW_REPORTING], "", [2020]),
    "a court that moved": ("Charges filed", COURTS, BURKE, [2017]),
    "a court that did not move": ("Charges filed", COURTS, CUMBERLAND, []),
    "some courts of the state moved": ("Charges filed", COURTS, "", [2017]),
    "a move of which the courts are not listed": ("Charges filed", COURTS[:1], CUMBERLAND, [2017]),
    "the pandemic is no new way to count": ("Arrests", [], CUMBERLAND, []),
}


@pytest.mark.parametrize(("label", "milestones", "fips", "years"), CUTS.values(), ids=CUTS)
def test_a_line_is_not_joined_across_a_change_of_reporting(
    small: Facts, label: str, milestones: list[dict[str, str]], fips: str, years: list[int]
) -> None:
    made = series(rows({BURKE: [9] * 7, CUMBERLAND: [9] * 7}, measure="m"), label=label)
    found = trend_of(with_rows(small, "milestones", milestones), made, *filter(None, [fips]))
    points = next(line for line in found.lines if line.fips == fips).points
    cut = points.loc[~points["follows"], "start"].dt.year.tolist()
    assert cut == [2015, *years]
    assert set(years) <= set(found.breaks["day"].dt.year)


def test_the_pandemic_years_and_thin_jail_reporting_are_marked(small: Facts) -> None:
    found = trend_of(small, series(rows({CUMBERLAND: [9] * 8})), CUMBERLAND).breaks
    marks = {row.word: (row.day.year, row.until.year, row.cuts) for row in found.itertuples()}
    assert marks["pandemic"] == (2020, 2021, "")
    assert marks["fewer jails report"] == (2020, 2020, "sums")
    assert trend_of(small, series(rows({CUMBERLAND: [9] * 3})), CUMBERLAND).breaks.empty


def test_the_state_adds_up_the_counties_that_have_a_value(small: Facts) -> None:
    made = series(
        rows({BURKE: [10, "missing", 30], CUMBERLAND: [100, 100, "suppressed"]}),
        rows({HAYWOOD: [1000] * 3}, population=None),
        residents="residents aged 15 to 64",
    )
    found = trend_of(small, made)
    points = line(found, "1 to 2 counties with a value").points
    assert points["value"].tolist() == [110, 100, 30]
    assert points["person_time"].tolist() == [200_000, 100_000, 100_000]
    assert points["counties"].tolist() == [2, 1, 1]
    assert points["rate"].tolist() == [55, 100, 30]
    assert "“Counties without LEAD” adds up the 1 to 2 counties that" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({BURKE: [1, 2], CUMBERLAND: [3, 4], HAYWOOD: [5, 6]}, "North Carolina"),
        (
            {BURKE: [1, 2], CUMBERLAND: [3, 4], HAYWOOD: [5, "missing"]},
            "2 to 3 counties with a value",
        ),
        ({BURKE: [1, 2], CUMBERLAND: [3, 4]}, "2 counties with a value"),
        ({BURKE: [1, 2]}, "1 county with a value"),
    ],
)
def test_only_the_whole_state_bears_its_name(
    small: Facts, values: dict[str, list[Cell]], name: str
) -> None:
    found = trend_of(small, series(rows(values)))
    assert found.lines[0].name == name
    assert any(f"“{name}”" in note for note in found.notes) == (name == "North Carolina")


WITHOUT: dict[str, tuple[dict[str, str] | None, list[int]]] = {
    "no program": (None, [2015, 2016, 2017, 2018]),
    "only planned": ({"planned": "2016"}, [2015, 2016, 2017, 2018]),
    "a plan that never began": ({"start": "", "planned": "2015"}, [2015, 2016, 2017, 2018]),
    "begun within": ({"start": "2017-05"}, [2015, 2016]),
    "begun on the first day of a year": ({"start": "2017-01-01"}, [2015, 2016]),
    "perhaps begun": ({"start": "[2016-12-31..2019-02-22]"}, [2015]),
    "begun by": ({"start": "[..2017-05-01]"}, []),
    "begun at some later time": ({"start": "[2017-03..]"}, [2015, 2016]),
    "ended": ({"start": "2016-03", "end": "2016-09"}, [2015]),
    "another scheme": ({"start": "2016-03", "is_lead": "no"}, [2015, 2016, 2017, 2018]),
}


@pytest.mark.parametrize(("told", "years"), WITHOUT.values(), ids=WITHOUT)
def test_a_county_without_lead_certainly_never_had_it(
    small: Facts, told: dict[str, str] | None, years: list[int]
) -> None:
    facts = with_programs(small, *([program(fips=BURKE, **told)] if told else []))
    found = trend_of(facts, series(rows({BURKE: [9] * 4})))
    groups = {line.name: line.points["start"].dt.year.tolist() for line in found.lines}
    assert groups["1 county with a value"] == [2015, 2016, 2017, 2018]
    assert groups.get("Counties without LEAD", []) == years


STARTS: dict[str, tuple[list[dict[str, str]], tuple[str, str] | None, bool]] = {
    "a month": ([{"start": "2017-07"}], ("2017-07-01", "2017-07-31"), True),
    "two programs": (
        [{"start": "[2016-07-01..]"}, {"start": "2018-05"}],
        ("2016-07-01", "2018-05-31"),
        True,
    ),
    "open end": ([{"start": "[2016-07-01..]"}], ("2016-07-01", "2999-12-31"), False),
    "open beginning": ([{"start": "[..2018-05-31]"}], ("1900-01-01", "2018-05-31"), False),
    "planned": ([{"planned": "2016"}], None, False),
    "none": ([], None, False),
}


@pytest.mark.parametrize(("programs", "adopted", "dated"), STARTS.values(), ids=STARTS)
def test_the_first_start_is_an_interval(
    small: Facts, programs: list[dict[str, str]], adopted: tuple[str, str] | None, dated: bool
) -> None:
    facts = with_programs(
        small, *(program(fips=BURKE, agency=str(n), **told) for n, told in enumerate(programs))
    )
    made = series(rows({BURKE: [9] * 4}))
    (county, *_) = trend_of(facts, made, BURKE).lines
    expected = adopted and tuple(map(pd.Timestamp, adopted))
    assert county.adopted == expected
    assert county.points["since"].notna().all() == county.points["event"].notna().all() == dated
    aligned = trend_of(facts, made, BURKE, align="adoption")
    assert [line.name for line in aligned.lines] == (["Burke"] if dated else [])
    assert any("do not fix when LEAD began" in note for note in aligned.notes) != dated


def test_time_since_adoption_is_from_the_middle_of_the_interval(small: Facts) -> None:
    facts = with_programs(small, program(fips=BURKE, start="[2017-01-01..2018-12-31]"))
    points = trend_of(facts, series(rows({BURKE: [9] * 16}, months=3)), BURKE).lines[0].points
    middle = pd.Timestamp("2018-01-01")
    assert np.allclose(points["since"], (points["day"] - middle).dt.days / 365.25, atol=2 / 365)
    assert np.allclose(points["event"], 4 * points["since"])
    assert (points["since"] > 0).tolist() == [False] * 12 + [True] * 4


def test_months_add_up_to_whole_years(small: Facts) -> None:
    gap: list[Cell] = [10, "suppressed", *[10] * 10]
    absent: list[Cell] = [10, None, *[10] * 10]
    cells = [*range(12), *gap, *absent, *[20] * 12, *[5] * 6]
    made = series(rows({CUMBERLAND: cells}, months=1))
    found = trend_of(small, made, CUMBERLAND, finest=False)
    points = found.lines[0].points
    assert points["start"].dt.year.tolist() == [2015, 2018]
    assert points["value"].tolist() == [66, 240]
    assert np.allclose(points["person_time"], 100_000)
    assert np.allclose(points["rate"], [66, 240])
    assert points["follows"].tolist() == [False, False]
    assert "3 years of counties are left out, as not every period" in " ".join(found.notes)


def test_people_are_averaged_over_a_year(small: Facts) -> None:
    made = series(rows({CUMBERLAND: [100, 200, 300, 400]}, months=3), kind="people")
    points = trend_of(small, made, CUMBERLAND, finest=False).lines[0].points
    assert points["value"].tolist() == [250]
    assert points["rate"].tolist() == [250]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([0, 0, 0, 0], "zero"),
        ([0, 5, 5, 0], "reported"),
        ([(2.5, "interpolated"), 5, 5, 5], "interpolated"),
        ([(2.5, "apportioned"), 5, (2.5, "interpolated"), (4, "unreliable")], "unreliable"),
        ([(0, "doubtful zero"), 30, 30, 30], None),
    ],
    ids=str,
)
def test_a_year_is_as_good_as_its_weakest_quarter(
    small: Facts, parts: list[Cell], whole: str | None
) -> None:
    made = series(rows({CUMBERLAND: [*parts, 1, 1, 1, 1]}, months=3))
    points = trend_of(small, made, CUMBERLAND, finest=False).lines[0].points
    assert points["quality"].tolist() == [whole, "reported"] if whole else ["reported"]


def test_fiscal_years_and_years_are_left_as_they_are(small: Facts) -> None:
    made = series(rows({CUMBERLAND: [5, 6]}, first="2015-07-01"))
    points = trend_of(small, made, CUMBERLAND, finest=False).lines[0].points
    assert points["start"].dt.month.tolist() == [7, 7]
    assert points["years"].tolist() == [1, 1]


def test_quarters_that_are_not_of_a_calendar_year_make_none(small: Facts) -> None:
    made = series(rows({CUMBERLAND: [5] * 8}, first="2015-02-01", months=3))
    assert trend_of(small, made, CUMBERLAND, finest=False).lines == ()


def test_periods_of_the_commonest_length_are_kept(small: Facts) -> None:
    made = series(rows({CUMBERLAND: [9] * 4}), rows({CUMBERLAND: [1, 1]}, months=1))
    found = trend_of(small, made, CUMBERLAND)
    assert found.lines[0].points["years"].tolist() == [1] * 4
    assert found.notes[0] == (
        "2 rows are left out, as only periods of one length are used: the commonest, or the "
        "shortest of those equally common."
    )


AGED = "residents aged 15 to 64"
POPULATIONS: dict[str, tuple[str, list[float | None], list[float | None], list[bool]]] = {
    "own": ("residents", [5.0, 6.0], [5, 6], [False, False]),
    "of the nearest year": (AGED, [None, 6.0], [6, 6], [True, False]),
    "the atlas's, of all residents": ("residents", [None, None], [90_000, 90_000], [False, False]),
    "never all residents for some": (
        "residents aged 15 to 64",
        [None, None],
        [None] * 2,
        [False] * 2,
    ),
    "zero is no population": (AGED, [0.0, 6.0], [6, 6], [True, False]),
}


@pytest.mark.parametrize(
    ("residents", "given", "used", "stands_in"), POPULATIONS.values(), ids=POPULATIONS
)
def test_whose_population_counts(
    small: Facts,
    residents: str,
    given: list[float | None],
    used: list[float | None],
    stands_in: list[bool],
) -> None:
    parts = [
        rows({BURKE: [9]}, first=f"{2018 + n}-01-01", population=people)
        for n, people in enumerate(given)
    ]
    cells, _ = county_cells(small, series(*parts, residents=residents), ADMISSIONS)
    expected = [math.nan if people is None else people for people in used]
    assert np.allclose(cells["person_time"], expected, equal_nan=True)
    assert cells["stands_in"].tolist() == stands_in


def test_the_atlas_lends_the_nearest_year_and_says_so(small: Facts) -> None:
    made = series(rows({BURKE: [9, 9]}, first="2019-01-01", population=None))
    found = trend_of(small, made, BURKE)
    assert found.lines[0].points["stands_in"].tolist() == [False, True]
    assert "For 1 value, the population of another year stands in." in found.notes


def test_notes_tell_what_is_left_out(small: Facts) -> None:
    made = series(
        rows({BURKE: ["suppressed", "suppressed", "missing", (0, "doubtful zero"), 50]}),
        rows({HAYWOOD: ["suppressed"]}),
        regional={BURKE: "Burke and Haywood", HAYWOOD: "Burke and Haywood"},
    )
    notes = " ".join(trend_of(small, made, BURKE, CUMBERLAND).notes)
    assert "no figures for Cumberland" in notes
    assert "2 values are left out: kept back" in notes
    assert "1 value is left out: not given" in notes
    assert "1 value is left out: zero between periods" in notes
    assert "Burke: one jail serves Burke and Haywood" in notes
    assert "Haywood:" not in notes


def test_the_jail_is_named_only_beside_jail_measures(small: Facts) -> None:
    shared = {BURKE: "Burke and Haywood"}
    made = series(rows({BURKE: [9]}, measure="deaths"), label="Deaths", regional=shared)
    assert not any("jail" in note for note in trend_of(small, made, BURKE).notes)


UNITS: dict[str, tuple[dict[str, Any], int, bool, str]] = {
    "rates": ({}, 12, True, "per 100,000 residents a year"),
    "of ages": (
        {"residents": "residents aged 15 to 64"},
        1,
        True,
        "per 100,000 residents aged 15 to 64 a year",
    ),
    "years": ({}, 12, False, "a year"),
    "quarters": ({}, 3, False, "a quarter"),
    "months": ({}, 1, False, "a month"),
    "people": ({"kind": "people"}, 3, False, "on an average day"),
}


@pytest.mark.parametrize(("told", "months", "as_rate", "unit"), UNITS.values(), ids=UNITS)
def test_the_unit_in_words(
    small: Facts, told: dict[str, Any], months: int, as_rate: bool, unit: str
) -> None:
    made = series(rows({BURKE: [9] * 4}, months=months), **told)
    assert trend_of(small, made, BURKE, as_rate=as_rate).unit == unit


def test_counts_are_shown_with_their_interval_and_without_groups(small: Facts) -> None:
    made = series(rows({BURKE: [9, 40], HAYWOOD: [100, 100]}, population=None))
    found = trend_of(small, made, BURKE, as_rate=False)
    assert [line.name for line in found.lines] == ["Burke"]
    points = found.lines[0].points
    low, high = count_interval(np.array([9, 40]))
    assert points["shown"].tolist() == [9, 40]
    assert np.allclose(points["shown_low"], low)
    assert np.allclose(points["shown_high"], high)
    assert any("as rates only" in note for note in found.notes)


def test_counts_of_groups_are_shown_when_no_county_is_chosen(small: Facts) -> None:
    made = series(rows({BURKE: [9, 40], HAYWOOD: [100, 100]}))
    points = line(trend_of(small, made, as_rate=False), "2 counties with a value").points
    assert points["shown"].tolist() == [109, 140]


def test_lines_stand_in_the_order_of_the_choice_then_the_groups(small: Facts) -> None:
    made = series(rows({BURKE: [9], CUMBERLAND: [9], HAYWOOD: [9]}))
    found = trend_of(small, made, HAYWOOD, BURKE, HAYWOOD, "99999")
    assert [line.name for line in found.lines] == [
        "Haywood",
        "Burke",
        "North Carolina",
        "Counties without LEAD",
    ]


def test_a_measure_that_the_file_lacks_is_told(small: Facts) -> None:
    with pytest.raises(SeriesError, match="no measure “deaths”; choose one of: jail_admissions"):
        county_trend(small, series(rows({BURKE: [1]})), "deaths", ())


def test_a_file_without_rows_gives_no_line(small: Facts) -> None:
    found = trend_of(small, series(rows({})), BURKE)
    assert found.lines == ()
    assert trend_csv(found).count("\n") == 1


cells = st.one_of(
    st.none(),
    st.integers(0, 2000).map(float),
    st.sampled_from(["suppressed", "missing"]),
    st.tuples(st.floats(0, 500), st.sampled_from(list(QUALITIES))),
)
tables = st.fixed_dictionaries(
    {fips: st.lists(cells, min_size=1, max_size=30) for fips in (BURKE, CUMBERLAND, HAYWOOD)}
)


@settings(max_examples=15)
@given(tables, st.sampled_from([1, 3, 12]), st.booleans(), st.booleans())
def test_groups_add_up_and_gaps_stay_gaps(
    small: Facts, values: dict[str, list[Cell]], months: int, as_rate: bool, finest: bool
) -> None:
    made = series(rows(values, months=months))
    found = trend_of(small, made, *([] if not as_rate else values), as_rate=as_rate, finest=finest)
    counties = [line.points for line in found.lines if line.fips]
    for one in found.lines:
        points = one.points
        assert not points.loc[points["follows"], "shown"].isna().any()
        assert not points["follows"].iloc[:1].any()
        shown = points[points["shown"].notna()]
        assert (shown["shown_low"] <= shown["shown"] + 1e-9).all()
        assert (shown["shown"] <= shown["shown_high"]).all()
    if counties and (state := [line for line in found.lines if not line.fips][:1]):
        every = pd.concat(counties).dropna(subset="shown")
        sums = every.groupby("start")[["amount", "person_time"]].sum()
        points = state[0].points.set_index("start")
        assert np.allclose(points["amount"], sums["amount"])
        assert np.allclose(points["rate"], 1e5 * sums["amount"] / sums["person_time"])


def parsed(trend: Trend) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(trend_csv(trend))))


def test_the_csv_is_what_is_drawn(facts: Any) -> None:
    made = series(rows({BURKE: [9, "suppressed", 40], HAYWOOD: [100, 0, 100]}))
    found = trend_of(facts, made, BURKE)
    told = parsed(found)
    assert len(told) == sum(len(line.points) for line in found.lines)
    expected = [(line, point) for line in found.lines for point in line.points.itertuples()]
    for row, (one, point) in zip(told, expected, strict=True):
        assert (row["line"], row["fips"]) == (one.name, one.fips)
        assert row["period_start"] == f"{point.start:%Y-%m-%d}"
        assert row["period_end"] == f"{point.end:%Y-%m-%d}"
        for name, value in (
            ("value", point.value),
            ("person_years", point.person_time),
            ("rate_per_100000_person_years", point.rate),
            ("rate_low_95", point.low),
            ("rate_high_95", point.high),
        ):
            assert row[name] == ("" if math.isnan(value) else repr(float(value)))
        assert row["quality"] == point.quality
        assert row["steady"] == ("yes" if point.steady else "no")
        assert row["rate_formula"] == "100000 * value / person_years"


def test_no_cell_of_the_csv_is_a_formula(small: Facts) -> None:
    made = series(rows({BURKE: [9]}), label='=cmd|"/c calc"!A1')
    for row in parsed(trend_of(small, made, BURKE)):
        assert row["measure"].startswith("'=")


def test_the_shipped_facts_give_a_trend(facts: Any) -> None:
    made = series(rows({fips: [50] * 10 for fips in facts.county_names}, first="2013-01-01"))
    found = trend_of(facts, made, CUMBERLAND, "37183")
    assert line(found, "Cumberland").adopted == (
        pd.Timestamp("2016-07-01"),
        pd.Timestamp("2016-09-30"),
    )
    assert line(found, "Wake").adopted is None
    counties = line(found, "Counties without LEAD").points.set_index("start")["counties"]
    assert counties.loc["2013-01-01"] == 100
    assert (counties.diff().dropna() <= 0).all()
    assert counties.iloc[-1] < 92
