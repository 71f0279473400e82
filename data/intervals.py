"""Intervals for counted results: closed formulas only, each with its source."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054
"""The normal deviate of a two-sided 95 percent interval."""


@dataclass(frozen=True)
class Interval:
    """A value with its 95 percent interval."""

    value: float
    low: float
    high: float


def proportion(count: int, total: int) -> Interval:
    """Give the exact interval of a proportion (Clopper and Pearson 1934).

    Raises ValueError unless ``0 <= count <= total`` and ``total > 0``.

    >>> proportion(25, 42).low > 0.43
    True
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} of {total} is no proportion.")
    low = _share_with_tail(count, total, 0.025) if count else 0.0
    high = 1 - _share_with_tail(total - count, total, 0.025) if count < total else 1.0
    return Interval(count / total, low, high)


def _share_with_tail(count: int, total: int, tail: float) -> float:
    """Find the share at which ``count`` or more of ``total`` come up with a probability of tail.

    By halving, as the probability rises with the share. Scipy's quantile of the beta distribution
    is the same number (a test holds it), but its import takes every worker a tenth of a second and
    ten megabytes for a dozen intervals.
    """
    places = np.arange(count, total + 1)
    ways = np.array([math.lgamma(total + 1) - math.lgamma(k + 1) for k in places])
    ways -= np.array([math.lgamma(total - k + 1) for k in places])
    low, high = 0.0, 1.0
    while high - low > 1e-15:
        share = (low + high) / 2
        if share in (low, high):
            break
        chances = ways + places * math.log(share) + (total - places) * math.log1p(-share)
        low, high = (share, high) if np.exp(chances).sum() < tail else (low, share)
    return (low + high) / 2


def proportion_ratio(before: int, before_of: int, after: int, after_of: int) -> Interval:
    """Give the ratio of two proportions, after to before, with the log interval of Katz (1978).

    Raises ValueError when a count is zero or exceeds its total.

    >>> round(proportion_ratio(40, 50, 22, 50).value, 2)
    0.55
    """
    if not (0 < before <= before_of and 0 < after <= after_of):
        raise ValueError("Both counts must be above zero and within their totals.")
    ratio = (after / after_of) / (before / before_of)
    spread = Z95 * math.sqrt(1 / after - 1 / after_of + 1 / before - 1 / before_of)
    return Interval(ratio, ratio * math.exp(-spread), ratio * math.exp(spread))


def normal(value: float, std_error: float) -> Interval:
    """Give the interval of a value with a published standard error, by the normal deviate."""
    return Interval(value, value - Z95 * std_error, value + Z95 * std_error)
