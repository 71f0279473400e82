import itertools
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.facts import Facts
from data.frame import timeline as adoption_timeline
from data.measures.cells import county_cells, with_rates
from data.measures.classes import (
    MISSING,
    SUPPRESSED,
    class_labels,
    natural_bounds,
    rate_words,
    timeline,
)
from data.series import CountySeries, SeriesError
from tests.data.series_builder import Cell, rows, series

BURKE, CUMBERLAND, HAYWOOD = "37023", "37051", "37087"
ADMISSIONS = "jail_admissions"
TODAY = date(2026, 1, 31)
NO_DAY = "No figures on jail admissions for this day"


def made(*, first: str = "2016-01-01", months: int = 12, **cells: list[Cell]) -> CountySeries:
    codes = {"burke": BURKE, "cumberland": CUMBERLAND, "haywood": HAYWOOD}
    return series(rows({codes[name]: given for name, given in cells.items()}, first, months))


ks = st.integers(1, 7)
numbers = st.lists(st.floats(0, 1e5).map(lambda x: round(x, 3)), min_size=1, max_size=60)


@given(numbers, ks)
def test_bounds_rise_and_hold_all_values(values: list[float], k: int) -> None:
    bounds = natural_bounds(np.array(values), k)
    assert 2 <= len(bounds) <= min(k, len(set(values))) + 1
    assert bounds[0] <= min(values)
    assert max(values) <= bounds[-1]
    assert bounds[0] <= bounds[1]
    assert all(a < b for a, b in itertools.pairwise(bounds[1:]))


def unlikeness(parts: Iterable[Sequence[float]]) -> float:
    """Add up the squared distances of values from the mean of their class."""
    return float(sum(np.var(part) * len(part) for part in parts if len(part)))


@given(st.lists(st.floats(0, 1e5).map(lambda x: round(x, 3)), min_size=1, max_size=8), ks)
def test_no_other_classes_are_more_alike(values: list[float], k: int) -> None:
    bounds = natural_bounds(np.array(values), k)
    number = np.searchsorted(bounds[1:], values, side="left")
    found = unlikeness(np.array(values)[number == n] for n in range(len(bounds) - 1))
    ordered = sorted(values)
    cuts = itertools.combinations(range(1, len(ordered)), min(k, len(ordered)) - 1)
    least = min(
        unlikeness(ordered[a:b] for a, b in itertools.pairwise((0, *cut, len(ordered))))
        for cut in cuts
    )
    assert found <= least + 1e-5 * unlikeness([values]) + 1e-9


@given(numbers, ks, st.randoms(use_true_random=False))
def test_equal_data_give_equal_bounds(values: list[float], k: int, order: Any) -> None:
    bounds = natural_bounds(np.array(values), k)
    order.shuffle(values)
    assert natural_bounds(np.array(values), k) == bounds


BOUNDS: dict[str, tuple[list[float], tuple[float, ...]]] = {
    "no value": ([], ()),
    "one value": ([123.4], (120, 130)),
    "only zero": ([0, 0], (0, 0)),
    "equal values": ([5, 5, 5], (5, 5)),
    "two values": ([1, 1, 9], (1, 1, 9)),
    "mostly zero": ([0.0] * 90 + [40, 41, 80, 81], (0, 0, 40, 41, 80, 81)),
    "round numbers in the gaps": (
        [101, 102, 333, 334, 555, 556, 777, 778, 999, 1000],
        (100, 110, 340, 560, 780, 1000),
    ),
}


@pytest.mark.parametrize(("values", "bounds"), BOUNDS.values(), ids=BOUNDS)
def test_bounds_of_few_values(values: list[float], bounds: tuple[float, ...]) -> None:
    assert natural_bounds(np.array(values)) == bounds


def look_on(told: dict[str, Any], fips: str, day: date) -> str:
    """Look a day up as the browser does: the last step on or before it, else the last look."""
    found = [place for iso, place in told["steps"].get(fips, []) if iso <= day.isoformat()]
    return str(told["looks"][found[-1] if found else -1])


def view_on(told: dict[str, Any], day: date) -> dict[str, Any]:
    found: dict[str, Any] = [v for v in told["views"] if v["day"] <= day.isoformat()][-1]
    return found


def test_colors_mean_the_same_on_every_day(small: Facts) -> None:
    given_series = made(burke=[10, 20, 30], cumberland=[100, 200, 300], haywood=[10, 200, 900])
    told = timeline(small, given_series, ADMISSIONS, TODAY)
    first, second, third = (date(year, 5, 1) for year in (2016, 2017, 2018))
    assert look_on(told, BURKE, first) == look_on(told, HAYWOOD, first) == "class1"
    assert look_on(told, CUMBERLAND, second) == look_on(told, HAYWOOD, second)
    highest = len(class_labels(small, given_series, ADMISSIONS))
    assert look_on(told, HAYWOOD, third) == f"class{highest}"


UNSTEADY = "Unreliable, as they rest on few events: Burke."
LOOKS: dict[str, tuple[Cell, str, bool]] = {
    "a rate": (250, "class", False),
    "zero": (0, "class1", True),
    "few events": (7, "class", True),
    "unreliable": ((40, "unreliable"), "class", True),
    "interpolated": ((40.5, "interpolated"), "class", False),
    "kept back": ("suppressed", SUPPRESSED, False),
    "not given": ("missing", MISSING, False),
    "doubtful": ((0, "doubtful zero"), MISSING, False),
}


@pytest.mark.parametrize(("cell", "look", "unsteady"), LOOKS.values(), ids=LOOKS)
def test_how_a_county_looks(small: Facts, cell: Cell, look: str, unsteady: bool) -> None:
    day = date(2016, 1, 1)
    told = timeline(small, made(burke=[cell], haywood=[500]), ADMISSIONS, TODAY)
    assert look_on(told, BURKE, day).startswith(look)
    assert (UNSTEADY in view_on(told, day)["detail"]) is unsteady
    assert view_on(told, day)["unsteady"] == ([BURKE] if unsteady else [])
    assert look_on(told, CUMBERLAND, day) == MISSING


def test_without_a_population_there_is_no_rate(small: Facts) -> None:
    given_series = series(rows({BURKE: [9]}, population=None), residents="residents aged 15 to 64")
    told = timeline(small, given_series, ADMISSIONS, TODAY)
    assert look_on(told, BURKE, date(2015, 1, 1)) == MISSING
    assert class_labels(small, given_series, ADMISSIONS) == ()


def test_labels_say_the_bounds(small: Facts) -> None:
    given_series = made(burke=[0, 0, 30_000, 45_000])
    labels = class_labels(small, given_series, ADMISSIONS)
    assert labels == ("0", "0 to 30,000", "30,000 to 45,000")


def test_a_measure_that_the_file_lacks_is_told(small: Facts) -> None:
    with pytest.raises(SeriesError, match="has no measure"):
        timeline(small, made(burke=[1]), "deaths", TODAY)


def rated(facts: Facts, given_series: CountySeries) -> pd.DataFrame:
    return with_rates(county_cells(facts, given_series, ADMISSIONS)[0], "events")


def assert_right(facts: Facts, told: dict[str, Any], cells: pd.DataFrame, day: date) -> None:
    """Check a day against the last period begun, classed by hand."""
    bounds = natural_bounds(cells["rate"].dropna().to_numpy())
    begun = cells["start"].min() <= pd.Timestamp(day) <= cells["end"].max()
    expected = dict.fromkeys(facts.county_names, MISSING)
    last = cells.loc[cells["start"] <= pd.Timestamp(day), "start"].max()
    for row in cells[cells["start"] == last].itertuples() if begun else ():
        above = sum(row.rate > bound for bound in bounds[1:-1])
        held_back = SUPPRESSED if row.quality == SUPPRESSED else MISSING
        expected[row.fips] = held_back if pd.isna(row.rate) else f"class{above + 1}"
    assert {fips: look_on(told, fips, day) for fips in facts.county_names} == expected, day
    view = view_on(told, day)
    looks = list(expected.values())
    assert view["counts"] == [looks.count(look) for look in told["looks"]]
    assert view["headline"].startswith("In " if begun else NO_DAY)
    rates = cells[(cells["start"] == last) & cells["rate"].notna()] if begun else cells[:0]
    assert view["values"] == {row.fips: rate_words(row.rate) for row in rates.itertuples()}
    assert set(view["unsteady"]) == set(rates["fips"][~rates["steady"]])


cells = st.one_of(
    st.none(),
    st.integers(0, 300).map(float),
    st.sampled_from(["suppressed", "missing"]),
    st.tuples(st.floats(1, 50), st.sampled_from(["unreliable", "doubtful zero"])),
)
tables = st.fixed_dictionaries(
    {fips: st.lists(cells, min_size=1, max_size=14) for fips in (BURKE, CUMBERLAND, HAYWOOD)}
)


@settings(max_examples=20)
@given(tables, st.integers(2012, 2025), st.sampled_from([1, 3, 12]), st.data())
def test_the_timeline_looked_up_on_a_day_is_the_classes_of_the_day(
    small: Facts, values: dict[str, list[Cell]], year: int, months: int, data: st.DataObject
) -> None:
    frame = rows(values, f"{year}-01-01", months)
    if frame.empty:
        return
    given_series = series(frame)
    told: Any = timeline(small, given_series, ADMISSIONS, TODAY)
    first = date.fromisoformat(told["first"])
    turning = {day.date() for day in [*frame["period_start"], *frame["period_end"]]}
    around = {day + timedelta(days=n) for day in turning for n in (-1, 0, 1)} | {first, TODAY}
    within = sorted(day for day in around if first <= day <= TODAY)
    cells = rated(small, given_series)
    for day in data.draw(st.lists(st.sampled_from(within), min_size=1, max_size=5)):
        assert_right(small, told, cells, day)


@given(tables)
@settings(max_examples=10)
def test_the_timeline_has_the_form_of_that_of_adoption(
    small: Facts, values: dict[str, list[Cell]]
) -> None:
    told: Any = timeline(small, series(rows(values)), ADMISSIONS, TODAY)
    other: Any = adoption_timeline(small, TODAY)
    assert [name for name in told if name in other] == list(other)
    for same in ("first", "last", "counties", "starts"):
        assert told[same] == other[same]
    assert told["looks"][-2:] == [SUPPRESSED, MISSING]
    assert all(set(view) > set(other["views"][0]) for view in told["views"])
    days = [view["day"] for view in told["views"]]
    assert days == sorted(set(days))
    assert days[0] == told["first"]
    for steps in told["steps"].values():
        on = [iso for iso, _ in steps]
        assert on == sorted(set(on))
        assert told["first"] <= on[0] <= on[-1] <= told["last"]
        assert all(a != b for (_, a), (_, b) in itertools.pairwise(steps))
    valued = [view["day"] for view in told["views"] if view["values"]]
    assert bool(told["newest"]) == bool(valued)
    if valued:
        assert view_on(told, date.fromisoformat(told["newest"]))["day"] == valued[-1]


def test_the_view_in_words(small: Facts) -> None:
    given_series = series(
        rows({BURKE: [340], CUMBERLAND: [12_345], HAYWOOD: ["suppressed"]}, "2018-01-01"),
        residents="residents aged 15 to 64",
    )
    view = view_on(timeline(small, given_series, ADMISSIONS, TODAY), date(2018, 6, 1))
    assert view["headline"] == (
        "In 2018, jail admissions per 100,000 residents aged 15 to 64: "
        "340 to 12,300 across 2 counties"
    )
    assert view["detail"] == "Kept back by the publisher: Haywood."


def test_a_value_in_words(small: Facts) -> None:
    told: Any = timeline(small, made(burke=[340]), ADMISSIONS, TODAY)
    assert told["unit"] == "Jail admissions per 100,000 residents"
    assert told["told"] == {
        "steady": "Jail admissions: {value} per 100,000 residents",
        "unsteady": "Jail admissions: {value} per 100,000 residents; few events, or called "
        "unreliable by its publisher",
        "none": "Jail admissions: {value}",
    }


def test_rates_of_months_are_a_year(small: Facts) -> None:
    told = timeline(small, made(burke=[50], months=1), ADMISSIONS, TODAY)
    view = view_on(told, date(2016, 1, 15))
    assert view["headline"] == (
        "In January 2016, jail admissions per 100,000 residents a year: 600 in one county"
    )
    assert view["detail"] == "Without a figure: 2 of 3."


def test_a_period_without_any_value_says_so(small: Facts) -> None:
    told = timeline(small, made(burke=["suppressed", 5]), ADMISSIONS, TODAY)
    view = view_on(told, date(2016, 1, 15))
    assert view["headline"].endswith(": no county has a value")


def test_a_timeline_without_rows_has_no_figures(small: Facts) -> None:
    told: Any = timeline(small, series(rows({})), ADMISSIONS, TODAY)
    assert told["looks"] == [SUPPRESSED, MISSING]
    assert told["steps"] == {}
    assert [view["headline"] for view in told["views"]] == [NO_DAY]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (12_345, "12,300"),
        (999.9, "1,000"),
        (56.78, "56.8"),
        (4.5, "4.5"),
        (0.0123, "0.0123"),
    ],
)
def test_a_rate_is_told_to_three_digits(value: float, words: str) -> None:
    assert rate_words(value) == words
