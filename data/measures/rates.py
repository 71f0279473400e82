"""Rates of counted events: intervals by closed formulas only, each with its source.

Counts are taken as Poisson. Below 10 events the interval is exact (Garwood 1936), from 10 on it is
Byar's approximation (Rothman and Boice 1979), which then lies within 0.2 percent of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from data.intervals import Z95, Interval

PER = 100_000
EXACT_BELOW = 10
STEADY_FROM = 20
"""Rates on fewer events than this swing by chance; they are drawn hollow."""
DISPERSION = 2.0
"""A convention of this project: counts of events of few people vary about twice as much as Poisson
counts would, as one person's events come together."""


@dataclass(frozen=True)
class Rate:
    """Events per person-time with a 95 percent interval; ``steady`` from 20 events on."""

    value: float
    low: float
    high: float
    steady: bool


def exact_interval(events: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Give the exact 95 percent interval of Poisson counts (Garwood 1936), elementwise.

    Counts that are no whole numbers (a county's share of a jail) are taken as they are: the
    gamma quantiles behind the formula need no whole number. Missing stays missing.
    """
    from scipy.special import gammaincinv  # a slow import, needed only where counts are known

    x = np.asarray(events, dtype=float)
    some = np.maximum(x, 0.01)  # up to here, the lower end is zero to 150 digits
    return np.where(x <= 0.01, 0.0, gammaincinv(some, 0.025)), gammaincinv(x + 1, 0.975)


def byar_interval(events: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Give Byar's approximation of the 95 percent interval of Poisson counts, elementwise.

    Rothman and Boice (1979): ``x (1 - 1/(9x) - z/(3 sqrt x))**3`` below, and the same with
    ``x + 1`` and plus above. A count of zero has the lower end zero.
    """
    x = np.asarray(events, dtype=float)
    y = np.maximum(x, 0.1)  # up to here, the formula falls below zero
    low = x * np.maximum(1 - 1 / (9 * y) - Z95 / (3 * np.sqrt(y)), 0.0) ** 3
    y = x + 1
    return low, y * (1 - 1 / (9 * y) + Z95 / (3 * np.sqrt(y))) ** 3


def count_interval(events: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Give the 95 percent interval of counts: exact below 10 events, Byar's from 10."""
    exact, byar = exact_interval(events), byar_interval(events)
    few = np.asarray(events, dtype=float) < EXACT_BELOW
    return np.where(few, exact[0], byar[0]), np.where(few, exact[1], byar[1])


def rate(events: float, person_time: float, per: float = PER) -> Rate:
    """Give events per ``per`` units of person-time.

    Raises ValueError for a negative count or person-time that is not above zero.

    >>> rate(0, 1, per=1).high < 3.69
    True
    """
    if not (events >= 0 and person_time > 0):
        raise ValueError(f"{events} events in {person_time} of person-time make no rate.")
    low, high = count_interval(events)
    scale = per / person_time
    return Rate(events * scale, float(low) * scale, float(high) * scale, events >= STEADY_FROM)


def _check_ratio(a: float, ta: float, b: float, tb: float) -> None:
    if not (min(a, b) >= 0 and a + b > 0 and min(ta, tb) > 0):
        raise ValueError(f"{a} in {ta} to {b} in {tb} makes no ratio of rates.")


def rate_ratio(a: float, ta: float, b: float, tb: float) -> Interval:
    """Give the ratio of two Poisson rates, ``a`` in ``ta`` to ``b`` in ``tb``, exactly.

    Given their sum, the first count is binomial; its interval (Clopper and Pearson 1934)
    becomes that of the ratio (Przyborowski and Wilenski 1940). With ``b`` zero, the value and the
    upper end are infinite. Raises ValueError without events or with person-time not above zero.

    >>> round(rate_ratio(60, 1, 120, 1).low, 2)
    0.36
    """
    _check_ratio(a, ta, b, tb)
    from scipy.special import betaincinv  # a slow import, needed only where counts are known

    low = float(betaincinv(a, b + 1, 0.025)) if a > 0 else 0.0
    high = float(betaincinv(a + 1, b, 0.975)) if b > 0 else 1.0
    scale = tb / ta
    value = scale * a / b if b > 0 else math.inf
    return Interval(value, scale * low / (1 - low), scale * high / (1 - high) if b else math.inf)


def dispersed_rate_ratio(
    a: float, ta: float, b: float, tb: float, dispersion: float = DISPERSION
) -> Interval:
    """Give the ratio of two rates whose counts vary ``dispersion`` times as much as Poisson counts.

    The log interval of quasi-Poisson counts: ``ratio * exp(+-z sqrt(dispersion (1/a + 1/b)))``.
    The default of 2 is a convention of this project, not an estimate. Raises ValueError when a
    count or a person-time is not above zero.
    """
    _check_ratio(a, ta, b, tb)
    if min(a, b) == 0:
        raise ValueError("Both counts must be above zero.")
    ratio = (a / ta) / (b / tb)
    spread = Z95 * math.sqrt(dispersion * (1 / a + 1 / b))
    return Interval(ratio, ratio * math.exp(-spread), ratio * math.exp(spread))
