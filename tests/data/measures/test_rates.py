import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.stats.rates import confint_poisson

from data.measures.rates import byar_interval, count_interval, exact_interval


def test_the_exact_interval_of_a_rate() -> None:
    low, high = exact_interval(137)
    time = 24.19893
    assert 137 / time == pytest.approx(5.661407, abs=1e-6)
    assert low / time == pytest.approx(4.753125, abs=1e-6)
    assert high / time == pytest.approx(6.692709, abs=1e-6)


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0, 3.688879), (10, 4.795389, 18.390356)], ids=str
)
def test_the_exact_interval_of_a_count(events: int, low: float, high: float) -> None:
    assert np.allclose(exact_interval(events), (low, high), atol=1e-6)


@given(st.integers(0, 100_000))
def test_the_exact_interval_is_garwoods(events: int) -> None:
    low, high = exact_interval(events)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * events) / 2 if events else 0, rel=1e-9)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * events + 2) / 2, rel=1e-9)


@given(st.integers(1, 5000))
def test_the_exact_interval_agrees_with_statsmodels(events: int) -> None:
    expected = confint_poisson(events, 1, method="exact-c")
    assert np.allclose(exact_interval(events), expected, rtol=1e-9)


@given(st.integers(10, 100_000))
def test_byars_interval_lies_within_a_fifth_of_a_percent_of_the_exact_one(events: int) -> None:
    assert np.allclose(byar_interval(events), exact_interval(events), rtol=2e-3)


@pytest.mark.parametrize(
    ("events", "formula"),
    [(0, exact_interval), (9, exact_interval), (9.5, exact_interval), (10, byar_interval)],
    ids=["none", "nine", "nine and a half", "ten"],
)
def test_below_ten_events_the_interval_is_exact(events: float, formula: Any) -> None:
    assert count_interval(events) == formula(events)


@given(st.lists(st.floats(0, 1e6) | st.just(math.nan), min_size=1, max_size=20))
def test_intervals_of_arrays_are_those_of_their_numbers(events: list[float]) -> None:
    lows, highs = count_interval(np.array(events))
    for x, low, high in zip(events, lows, highs, strict=True):
        assert np.allclose(count_interval(x), (low, high), equal_nan=True)
        assert math.isnan(x) == math.isnan(low) == math.isnan(high)
        assert math.isnan(x) or 0 <= low <= x < high
