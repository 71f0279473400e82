import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from data.intervals import Interval
from data.measures.rates import (
    byar_interval,
    count_interval,
    dispersed_rate_ratio,
    exact_interval,
    rate,
    rate_ratio,
)

whole = st.integers(0, 100_000)
times = st.floats(0.01, 1e7)


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


@given(whole)
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


@given(whole, times)
def test_a_rate_lies_in_its_interval(events: int, time: float) -> None:
    found = rate(events, time)
    assert found.value == pytest.approx(100_000 * events / time)
    assert found.low <= found.value < found.high


@pytest.mark.parametrize(("events", "steady"), [(0, False), (19, False), (19.9, False), (20, True)])
def test_a_rate_is_steady_from_twenty_events(events: float, steady: bool) -> None:
    assert rate(events, 1000).steady is steady


@pytest.mark.parametrize(
    ("events", "time"), [(-1, 1), (1, 0), (1, -1), (math.nan, 1), (1, math.nan)]
)
def test_what_makes_no_rate_is_refused(events: float, time: float) -> None:
    with pytest.raises(ValueError, match="make no rate"):
        rate(events, time)


RATIOS = {
    "11/800 to 21/3011": ((11, 800, 21, 3011), (1.971488, 0.8584264, 4.277266), 1e-6),
    "60 to 120": ((60, 1, 120, 1), (0.50, 0.36, 0.69), 5e-3),
}


@pytest.mark.parametrize(("counts", "expected", "within"), RATIOS.values(), ids=RATIOS)
def test_the_exact_ratio_of_rates(
    counts: tuple[float, float, float, float], expected: tuple[float, ...], within: float
) -> None:
    found = rate_ratio(*counts)
    assert np.allclose((found.value, found.low, found.high), expected, atol=within)


def test_the_ratio_of_rates_at_dispersion_two() -> None:
    found = dispersed_rate_ratio(60, 1, 120, 1)
    assert (round(found.low, 2), found.value, round(found.high, 2)) == (0.32, 0.5, 0.78)
    wider = dispersed_rate_ratio(60, 1, 120, 1, dispersion=4)
    assert wider.low < found.low < found.high < wider.high


@given(st.integers(0, 3000), times, st.integers(0, 3000), times)
def test_the_ratio_agrees_with_the_binomial_of_statsmodels(
    a: int, ta: float, b: int, tb: float
) -> None:
    if a + b == 0:
        return
    found = rate_ratio(a, ta, b, tb)
    low, high = proportion_confint(a, a + b, method="beta")
    assert found.low == pytest.approx(low / (1 - low) * tb / ta if a else 0, rel=1e-6)
    assert found.high == (pytest.approx(high / (1 - high) * tb / ta, rel=1e-6) if b else math.inf)
    assert found.low <= found.value <= found.high


@given(st.integers(1, 1000), times, st.integers(1, 1000), times)
def test_turned_around_the_ratio_is_its_inverse(a: int, ta: float, b: int, tb: float) -> None:
    for ratio in (rate_ratio, dispersed_rate_ratio):
        one, other = ratio(a, ta, b, tb), ratio(b, tb, a, ta)
        turned = Interval(1 / other.value, 1 / other.high, 1 / other.low)
        for name in ("value", "low", "high"):
            assert getattr(one, name) == pytest.approx(getattr(turned, name), rel=1e-6)


@pytest.mark.parametrize(
    "counts", [(0, 1, 0, 1), (-1, 1, 2, 1), (1, 0, 1, 1), (1, 1, 1, -1)], ids=str
)
def test_what_makes_no_ratio_is_refused(counts: tuple[float, float, float, float]) -> None:
    for ratio in (rate_ratio, dispersed_rate_ratio):
        with pytest.raises(ValueError, match="no ratio"):
            ratio(*counts)


def test_a_dispersed_ratio_needs_events_on_both_sides() -> None:
    with pytest.raises(ValueError, match="above zero"):
        dispersed_rate_ratio(0, 1, 5, 1)
