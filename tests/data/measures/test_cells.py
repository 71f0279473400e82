from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.facts import Facts
from data.measures.cells import county_cells, of_commonest_length, years_of
from data.measures.panel import county_panel
from data.series import CountySeries
from tests.data.series_builder import Cell, rows, series

BURKE, CUMBERLAND = "37023", "37051"
LENGTHS = {
    "a year": ("2019-01-01", "2019-12-31", 1),
    "a leap year": ("2020-01-01", "2020-12-31", 1),
    "a fiscal year": ("2019-07-01", "2020-06-30", 1),
    "two years": ("2019-01-01", "2020-12-31", 2),
    "a quarter": ("2019-01-01", "2019-03-31", 1 / 4),
    "a short month": ("2019-02-01", "2019-02-28", 1 / 12),
    "half a month": ("2019-01-16", "2019-01-31", 16 / 365.25),
    "a week": ("2019-01-07", "2019-01-13", 7 / 365.25),
    "a day": ("2019-01-07", "2019-01-07", 1 / 365.25),
}


@pytest.mark.parametrize(("first", "last", "years"), LENGTHS.values(), ids=LENGTHS)
def test_the_length_of_a_period_in_years(first: str, last: str, years: float) -> None:
    ends = pd.to_datetime(pd.Series([first])), pd.to_datetime(pd.Series([last]))
    assert years_of(*ends) == pytest.approx([years])
    assert years_of(*(days.to_numpy("datetime64[s]") for days in ends)) == pytest.approx([years])


COMMONEST = {
    "one length": ([12, 12], [True, True]),
    "the commonest": ([12, 12, 1, 1, 1], [False, False, True, True, True]),
    "of two as common, the shorter": ([12, 12, 6, 6], [False, False, True, True]),
    "none": ([], []),
}


@pytest.mark.parametrize(("months", "kept"), COMMONEST.values(), ids=COMMONEST)
def test_periods_of_the_commonest_length(months: list[int], kept: list[bool]) -> None:
    starts = pd.Series(pd.DatetimeIndex(["2019-01-01"] * len(months)))
    after = [pd.Timestamp(2019, 1, 1) + pd.DateOffset(months=number) for number in months]
    ends = pd.Series(pd.DatetimeIndex(after) - pd.Timedelta(days=1))
    assert of_commonest_length(starts, ends).tolist() == kept


def test_weeks_are_no_months() -> None:
    starts = pd.Series(pd.to_datetime(["2019-01-07", "2019-01-14", "2019-02-01"]))
    ends = pd.Series(pd.to_datetime(["2019-01-13", "2019-01-20", "2019-02-28"]))
    assert of_commonest_length(starts, ends).tolist() == [True, True, False]


def mixed(parts: Iterable[tuple[str, int, list[Cell]]]) -> CountySeries:
    """Make a series of two counties with periods of several lengths: first day, months, cells."""
    made = [rows({BURKE: cells, CUMBERLAND: cells}, day, months) for day, months, cells in parts]
    days = dict.fromkeys(("period_start", "period_end"), "datetime64[s]")
    return series(pd.concat([*made, rows({})], ignore_index=True).astype(days))


def used(facts: Facts, made: CountySeries) -> tuple[set[Any], set[Any]]:
    """Give the periods with values that a trend is about, and those of an effect."""
    cells, _ = county_cells(facts, made, "jail_admissions")
    valued = cells[cells["value"].notna()]
    panel = county_panel(facts, made, "jail_admissions")
    pairs = zip(valued["start"], valued["end"], strict=True)
    return set(pairs), set(
        zip(pd.DatetimeIndex(panel.starts), pd.DatetimeIndex(panel.ends), strict=True)
    )


def test_trend_and_effect_are_about_the_same_periods_where_half_is_held_back(small: Facts) -> None:
    held: list[Cell] = [5, "suppressed"] * 4
    trend, effect = used(small, mixed([("2009-01-01", 12, [9] * 6), ("2018-01-01", 3, held)]))
    assert trend == effect
    assert len(trend) == 4


values = st.one_of(st.none(), st.integers(0, 50), st.sampled_from(["suppressed", "missing"]))
several = st.lists(
    st.tuples(
        st.sampled_from(["2009-01-01", "2014-07-01", "2018-01-01"]),
        st.sampled_from([1, 3, 6, 12]),
        st.lists(values, max_size=8),
    ),
    max_size=3,
    unique_by=lambda part: part[:2],
)


@settings(max_examples=25)
@given(several)
def test_trend_and_effect_are_about_the_same_periods(
    small: Facts, parts: list[tuple[str, int, list[Cell]]]
) -> None:
    made = mixed(parts)
    frame = made.frame.drop_duplicates(["fips", "period_start", "period_end"])
    trend, effect = used(small, series(frame))
    assert trend == effect


def test_person_time_is_that_of_the_effect(small: Facts) -> None:
    made = mixed([("2018-02-01", 1, [1, 2, 3])])
    made.frame["period_start"] += pd.Timedelta(days=14)
    cells, _ = county_cells(small, made, "jail_admissions")
    panel = county_panel(small, made, "jail_admissions")
    of_burke = cells[cells["fips"] == BURKE]["person_time"].to_numpy()
    assert np.allclose(panel.n[panel.units.index(BURKE)], of_burke)
