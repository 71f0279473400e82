import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import binomtest

from data.intervals import Z95, Interval, normal, proportion, proportion_ratio

EXACT = [
    (25, 42, 0.5952, 0.4328, 0.7437),
    (28, 49, 0.5714, 0.4221, 0.7118),
    (42, 94, 0.4468, 0.3441, 0.5529),
    (0, 10, 0.0, 0.0, 0.3085),
    (10, 10, 1.0, 0.6915, 1.0),
    (1, 1, 1.0, 0.025, 1.0),
    (0, 1, 0.0, 0.0, 0.975),
]


@pytest.mark.parametrize(("count", "total", "value", "low", "high"), EXACT)
def test_exact_interval_of_a_proportion(
    count: int, total: int, value: float, low: float, high: float
) -> None:
    found = proportion(count, total)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=5e-5)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_exact_interval_is_that_of_scipy(case: tuple[int, int]) -> None:
    count, total = case
    found = proportion(count, total)
    expected = binomtest(count, total).proportion_ci(confidence_level=0.95, method="exact")
    assert found.value == count / total
    assert found.low == pytest.approx(expected.low, abs=1e-9)
    assert found.high == pytest.approx(expected.high, abs=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(("count", "total"), [(1, 0), (0, 0), (-1, 5), (6, 5), (0, -1)])
def test_what_is_no_proportion_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no proportion"):
        proportion(count, total)


RATIOS = [
    ((40, 50, 22, 50), 0.55, 0.39, 0.77),
    ((22, 50, 40, 50), 1.82, 1.29, 2.56),
    ((50, 50, 50, 50), 1.0, 1.0, 1.0),
    ((10, 100, 10, 100), 1.0, 0.44, 2.30),
]


@pytest.mark.parametrize(("counts", "value", "low", "high"), RATIOS)
def test_katz_interval_of_a_ratio(
    counts: tuple[int, int, int, int], value: float, low: float, high: float
) -> None:
    found = proportion_ratio(*counts)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=0.005)


part = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


@given(before=part, after=part)
def test_a_ratio_lies_within_its_interval_and_turns_over(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    found = proportion_ratio(*before, *after)
    turned = proportion_ratio(*after, *before)
    assert 0 < found.low <= found.value <= found.high
    assert found.value == pytest.approx(1 / turned.value)
    assert found.low == pytest.approx(1 / turned.high)
    assert found.high == pytest.approx(1 / turned.low)
    assert found.value**2 == pytest.approx(found.low * found.high)


@given(before=part, after=part)
def test_more_people_make_the_interval_narrower(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    one = proportion_ratio(*before, *after)
    many = proportion_ratio(*(4 * number for number in (*before, *after)))
    assert many.value == pytest.approx(one.value)
    assert math.log(many.high / many.low) == pytest.approx(math.log(one.high / one.low) / 2)


@pytest.mark.parametrize(
    "counts", [(0, 50, 22, 50), (40, 50, 0, 50), (51, 50, 22, 50), (40, 50, 51, 50), (-1, 5, 1, 5)]
)
def test_a_ratio_without_an_interval_is_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="above zero and within their totals"):
        proportion_ratio(*counts)


def test_normal_interval_of_a_published_standard_error() -> None:
    found = normal(-0.421, 0.118)
    assert found.value == -0.421
    assert (found.low, found.high) == pytest.approx((-0.6523, -0.1897), abs=5e-5)
    assert normal(1, 0) == Interval(1, 1, 1)


def test_the_deviate_leaves_five_percent_outside() -> None:
    assert math.erfc(Z95 / math.sqrt(2)) == pytest.approx(0.05, abs=1e-12)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_exact_interval_is_the_quantile_of_the_beta_distribution(case: tuple[int, int]) -> None:
    count, total = case
    found = proportion(count, total)
    low = betaincinv(count, total - count + 1, 0.025) if count else 0.0
    high = betaincinv(count + 1, total - count, 0.975) if count < total else 1.0
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)
