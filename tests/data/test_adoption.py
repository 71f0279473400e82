from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.adoption import (
    curve,
    curve_on,
    population_ends,
    population_year,
    residents,
    spread,
    state_milestones,
)
from data.facts import Facts
from data.frame import first_month
from data.status import counts, county_status, history
from tests.data.builders import LAST, days, program, programs_and_days, with_programs

Case = tuple[list[dict[str, str]], list[date]]
CODES = ["37023", "37051", "37087"]
chosen_counties = st.lists(st.sampled_from(CODES), unique=True).map(tuple)


def share(facts: Facts, living: set[str], day: date) -> float:
    """Work out the percent of the state's residents who live in some counties, row by row."""
    year = str(min(max(day.year, 2018), 2019))
    people = {
        row.fips: int(row.residents) for row in facts.population.itertuples() if row.year == year
    }
    return 100 * sum(people[fips] for fips in living) / sum(people.values())


@given(case=programs_and_days(), chosen=chosen_counties)
@settings(max_examples=15)
def test_the_curve_on_a_day_is_the_count_of_that_day(
    small: Facts, case: Case, chosen: tuple[str, ...]
) -> None:
    rows, on = case
    made = with_programs(small, *rows)
    band = curve(made, LAST, chosen)
    codes = chosen or tuple(CODES)
    for day in (day for day in on if day <= LAST):
        frame = county_status(made, day).loc[list(codes)]
        number = counts(frame)
        found = curve_on(band, day)
        assert found["low"] == number["running"], day
        assert found["high"] == number["running"] + number["perhaps"], day
        sure = set(frame.index[frame["status"] == "running"])
        maybe = set(frame.index[frame["status"].isin(["running", "perhaps"])])
        assert found["share_low"] == pytest.approx(share(made, sure, day)), day
        assert found["share_high"] == pytest.approx(share(made, maybe, day)), day


@given(case=programs_and_days(), chosen=chosen_counties, until=days)
@settings(max_examples=15)
def test_the_band_is_in_order_and_within_bounds(
    small: Facts, case: Case, chosen: tuple[str, ...], until: date
) -> None:
    band = curve(with_programs(small, *case[0]), until, chosen)
    assert list(band.columns) == ["day", "low", "high", "share_low", "share_high"]
    assert band["day"].is_monotonic_increasing
    assert band["day"].is_unique
    assert band["day"].iloc[-1] == pd.Timestamp(until)
    assert (band["low"] >= 0).all()
    assert (band["low"] <= band["high"]).all()
    assert (band["high"] <= len(chosen or CODES)).all()
    assert (band["share_low"] >= 0).all()
    assert (band["share_low"] <= band["share_high"]).all()
    assert (band["share_high"] <= 100 + 1e-9).all()


@given(case=programs_and_days(), until=days)
@settings(max_examples=15)
def test_a_curve_that_ends_earlier_is_the_same_up_to_its_end(
    small: Facts, case: Case, until: date
) -> None:
    made = with_programs(small, *case[0])
    whole, part = curve(made, LAST), curve(made, until)
    for day in (day for day in [*case[1], until] if day <= until):
        assert curve_on(part, day) == pytest.approx(curve_on(whole, day))


def test_the_share_is_that_of_the_residents_of_the_year(small: Facts) -> None:
    rows = [row for row in small.population.to_dict("records") if row["fips"] != "37051"]
    rows += [
        {"fips": "37051", "year": "2018", "residents": "50000", "sources": "census"},
        {"fips": "37051", "year": "2019", "residents": "350000", "sources": "census"},
    ]
    frame = pd.DataFrame(rows, dtype=str)
    made = replace(small, population=frame)
    made = with_programs(made, program(start="2017-01-01"))
    band = curve(made, date(2021, 1, 1))
    for day, percent in (
        (date(2016, 12, 31), 0),
        (date(2017, 1, 1), 25),
        (date(2018, 12, 31), 25),
        (date(2019, 1, 1), 70),
        (date(2021, 1, 1), 70),
    ):
        assert curve_on(band, day)["share_low"] == pytest.approx(percent)


def test_a_chosen_county_is_a_part_of_the_state(small: Facts) -> None:
    made = with_programs(small, program(start="2017-01-01"))
    whole = curve_on(curve(made, LAST), LAST)["share_low"]
    assert 0 < curve_on(curve(made, LAST, ("37051",)), LAST)["share_low"] == whole < 100
    assert curve_on(curve(made, LAST, ("37087",)), LAST)["share_high"] == 0


@pytest.mark.parametrize(
    "rows",
    [[], [program()], [program(planned="2018")], [program(start="2016", is_lead="no")]],
    ids=["no program", "no date", "a plan only", "not LEAD"],
)
def test_where_nothing_ran_the_curve_is_zero(small: Facts, rows: list[dict[str, str]]) -> None:
    band = curve(with_programs(small, *rows), LAST)
    assert (band[["low", "high", "share_low", "share_high"]] == 0).all(axis=None)
    assert band["day"].iloc[-1] == pd.Timestamp(LAST)


def test_before_its_first_row_a_curve_is_zero(small: Facts) -> None:
    band = curve(with_programs(small, program(start="2017-01-01")), LAST)
    assert set(curve_on(band, date(2016, 12, 31)).values()) == {0}
    assert curve_on(band, date(2017, 1, 1))["low"] == 1


@pytest.mark.parametrize(
    ("year", "expected"), [(1990, 2010), (2009, 2010), (2010, 2010), (2015, 2015), (2026, 2019)]
)
def test_the_nearest_year_stands_for_a_year_without_residents(
    facts: Any, year: int, expected: int
) -> None:
    assert population_year(facts, year) == expected


def test_the_population_has_a_first_and_a_last_year(facts: Any) -> None:
    assert population_ends(facts) == (2010, 2019)


@pytest.mark.parametrize("chosen", [(), ("37051",), ("37051", "37087")], ids=len)
def test_the_spread_is_of_the_chosen_counties_from_the_first_day_on(
    facts: Any, chosen: tuple[str, ...]
) -> None:
    found = spread(facts, chosen, LAST)
    pd.testing.assert_frame_equal(found.band, curve(facts, LAST, chosen))
    assert set(found.programs["fips"]) == (set(chosen) or set(facts.lead["fips"]))
    assert (found.first, found.last) == (first_month(facts, LAST), LAST)
    assert (found.milestones["day"] >= pd.Timestamp(found.first)).all()
    earlier = state_milestones(facts)["day"] < pd.Timestamp(found.first)
    assert len(found.milestones) == (~earlier).sum() < len(earlier), "some are from before"


def test_residents_are_numbers_by_county_and_year(facts: Any) -> None:
    table = residents(facts)
    assert table.shape == (100, 10)
    assert list(table.index) == list(facts.county_names)
    assert table.at["37051", 2019] == 335509
    assert table[2010].sum() == 9_574_323
    assert table[2019].sum() == 10_488_084


def test_the_shipped_curve_equals_the_map_on_every_day_of_change(facts: Any) -> None:
    band = curve(facts, date(2026, 1, 1))
    changed = [day.date() for day in history(facts)["day"] if day < pd.Timestamp(2026, 1, 1)]
    for day in {*changed, date(2019, 8, 31), date(2015, 1, 1)}:
        number = counts(county_status(facts, day))
        found = curve_on(band, day)
        assert (found["low"], found["high"]) == (
            number["running"],
            number["running"] + number["perhaps"],
        ), day


def test_the_worked_example_in_the_curve(facts: Any) -> None:
    found = curve_on(curve(facts, date(2026, 1, 1)), date(2019, 8, 31))
    assert (found["low"], found["high"]) == (5, 6)
    assert 0 < found["share_low"] < found["share_high"] < 100
