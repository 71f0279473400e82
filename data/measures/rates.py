"""Intervals of counted events, by closed formulas only, each with its source.

Counts are taken as Poisson. Below 10 events the interval is exact (Garwood 1936), from 10 on it is
Byar's approximation (Rothman and Boice 1979), which then lies within 0.2 percent of it.
"""

from __future__ import annotations

import numpy as np

from data.intervals import Z95

PER = 100_000
EXACT_BELOW = 10
STEADY_FROM = 20
"""Rates on fewer events than this swing by chance; they are drawn hollow."""


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
