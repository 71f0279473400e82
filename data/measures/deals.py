"""Randomization inference for observed against expected: fit, deals, test and interval.

Cells without LEAD follow ``events = person-time x exp(county + period)``, fitted to them alone by
Poisson maximum likelihood (Poisson imputation; Wooldridge 2023, "Simple approaches to nonlinear
difference-in-differences"). The fit repeats each county's and each period's sum of events, so it is
found by setting one and then the other right until nothing moves.

How often chance alone gives such a gap is found by dealing the adopters' dates to counties at
random and fitting anew (Fisher 1935). All deals are fitted at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from data.measures.panel import TREATED, UNTREATED, Panel

LEVEL = 0.05
EXACT, CLOSE = 1e-12, 1e-9
"""Relative change at which a fit is done: of the observed panel, and of a deal."""
TIE = 1e-7
"""Statistics that differ by less are equal; the fits of deals are a hundred times closer."""
MOST_STEPS = 10_000
BLOCK_BYTES = 48_000_000
"""Memory that one block of deals may take."""
REACH, STEPS = 6.0, 2400
"""The interval is sought within so many standard deviations of the point, in so many steps."""


class Deals(NamedTuple):
    """D ways to hand k patterns of adoption to counties.

    ``rows`` (D x k) are the counties dealt to; ``untreated`` and ``treated`` the cells of each
    pattern (k x T, or D x k x T where patterns differ by deal). What is neither is missing.
    """

    rows: np.ndarray
    untreated: np.ndarray
    treated: np.ndarray


class Fit(NamedTuple):
    """Of each deal: events observed and expected in its treated cells, and period effects."""

    observed: np.ndarray
    expected: np.ndarray
    periods: np.ndarray


def expected(y: np.ndarray, n: np.ndarray, untreated: np.ndarray) -> np.ndarray:
    """Give the expected events of every cell, from a fit to the untreated ones.

    Parameters
    ----------
    y, n
        Events and person-time, N x T; no person-time where a cell is missing.
    untreated
        The cells to fit, N x T, bool.

    Returns
    -------
    N x T: ``n exp(county + period)``; 0 in counties and periods without an untreated event.
    """
    rows = np.arange(len(y))[None]
    counties, periods = _effects(y, n, Deals(rows, untreated, ~untreated), EXACT)
    return n * counties[0][:, None] * periods[0]


# The fit, for many deals at once


def _effects(
    y: np.ndarray, n: np.ndarray, deals: Deals, tolerance: float, start: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Fit the untreated cells of every deal.

    Deals share all counties but those dealt to, so a step is two matrix products over all
    counties, put right for the k rows of each deal.

    Returns
    -------
    ``exp(county)`` of the counties dealt to (D x k), and ``exp(period)`` (D x T).
    """
    rows, untreated, _ = deals
    fitted = n[rows] * untreated
    county_events = np.repeat(y.sum(axis=1)[None], len(rows), axis=0)
    np.put_along_axis(county_events, rows, (y[rows] * untreated).sum(axis=2), axis=1)
    period_events = y.sum(axis=0) - (y[rows] * ~untreated).sum(axis=1)
    periods = np.ones(period_events.shape) if start is None else start
    for _ in range(MOST_STEPS):
        time = periods @ n.T
        np.put_along_axis(time, rows, (fitted @ periods[:, :, None])[:, :, 0], axis=1)
        counties = ratio(county_events, time)
        dealt = np.take_along_axis(counties, rows, axis=1)
        np.put_along_axis(counties, rows, 0.0, axis=1)
        last = periods
        periods = ratio(period_events, counties @ n + (dealt[:, None] @ fitted)[:, 0])
        if (np.abs(periods - last) <= tolerance * periods).all():
            break
    return dealt, periods


def ratio(events: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Divide; 0 where nothing was at risk."""
    return np.divide(events, time, out=np.zeros(events.shape), where=time > 0)


def fit(
    y: np.ndarray,
    n: np.ndarray,
    deals: Deals,
    start: np.ndarray | None = None,
    tolerance: float = CLOSE,
) -> Fit:
    """Fit every deal, in blocks that bound the memory.

    ``start`` (D x T) holds period effects to begin with, as an earlier fit gives them.
    """
    count, k = deals.rows.shape
    start = np.ones((count, n.shape[1])) if start is None else start
    block = max(1, BLOCK_BYTES // (8 * (4 * k * n.shape[1] + 3 * len(n))))
    found = []
    for first in range(0, count, block):
        part = slice(first, first + block)
        masks = (mask[part] if mask.ndim == 3 else mask for mask in deals[1:])
        found.append(_fit_block(y, n, Deals(deals.rows[part], *masks), tolerance, start[part]))
    return Fit(*(np.concatenate(pieces) for pieces in zip(*found, strict=True)))


def _fit_block(
    y: np.ndarray, n: np.ndarray, deals: Deals, tolerance: float, start: np.ndarray
) -> Fit:
    counties, periods = _effects(y, n, deals, tolerance, start)
    # A treated cell counts only where its county and its period have an effect.
    counted = deals.treated & (counties > 0)[:, :, None] & (periods > 0)[:, None]
    observed = (y[deals.rows] * counted).sum(axis=(1, 2))
    time = ((n[deals.rows] * deals.treated) @ periods[:, :, None])[:, :, 0]
    return Fit(observed, (counties * time).sum(axis=1), periods)


# The test, and the interval that inverts it


def _dealt_rows(counties: int, k: int, seed: int, draws: int) -> np.ndarray:
    """Deal k patterns to distinct counties, each choice as likely as any other (draws x k)."""
    luck = np.random.default_rng(seed).random((draws, counties))
    rows = np.argpartition(luck, k - 1, axis=1)[:, :k]
    order = np.take_along_axis(luck, rows, axis=1).argsort(axis=1)
    return np.take_along_axis(rows, order, axis=1)


class Randomization:
    """The test that a factor ``exp(x)`` was at work, for any x.

    Under that factor the adopters' treated cells would have been ``y / exp(x)`` without LEAD;
    the statistic log(O / E) of the panel so changed is compared with those of its deals. When a
    deal has no events observed or expected, 1/2 is added to both in all deals and in the panel.
    """

    def __init__(self, panel: Panel, adopters: np.ndarray, seed: int, draws: int) -> None:
        self.panel, self.half = panel, 0.0
        patterns = panel.state[adopters]
        cells = patterns == UNTREATED, patterns == TREATED
        own = fit(panel.y, panel.n, Deals(adopters[None], *cells), tolerance=EXACT)
        self.observed, self.expected = float(own.observed[0]), float(own.expected[0])
        self.deals = Deals(_dealt_rows(len(panel.units), len(adopters), seed, draws), *cells)
        self.start = np.repeat(own.periods, draws, axis=0)
        first = self._fitted(0.0)
        counts = (*first[:2], *own[:2])
        self.half = 0.5 * any(bool((count <= 0).any()) for count in counts)
        self.dealt = self._logs(first)
        self.p = float(self._share(np.zeros(1), self.dealt[None])[0])

    @property
    def point(self) -> float:
        """Give log(O / E) of the panel."""
        return float(np.log(self.observed / self.expected))

    def statistics(self, x: float) -> np.ndarray:
        """Give the statistics of the deals under the factor ``exp(x)``."""
        return self._logs(self._fitted(x))

    def share(self, x: float) -> float:
        """Give p under the factor ``exp(x)``."""
        return float(self._share(np.array([x]), self.statistics(x)[None])[0])

    def _fitted(self, x: float) -> Fit:
        panel = self.panel
        y: np.ndarray = np.where(panel.state == TREATED, panel.y * np.exp(-x), panel.y)
        found = fit(y, panel.n, self.deals, self.start)
        self.start = found.periods
        return found

    def _logs(self, found: Fit) -> np.ndarray:
        logs: np.ndarray = np.log((found.observed + self.half) / (found.expected + self.half))
        return logs

    def _share(self, x: np.ndarray, dealt: np.ndarray) -> np.ndarray:
        """Give p at G values of x, from the G x D statistics of the deals."""
        own = np.log((self.observed * np.exp(-x) + self.half) / (self.expected + self.half))
        as_large = (np.abs(dealt) >= np.abs(own)[:, None] - TIE).sum(axis=1)
        share: np.ndarray = (1 + as_large) / (1 + dealt.shape[1])
        return share

    def interval(self) -> tuple[float, float]:
        """Find the least and greatest x that are not rejected; infinite where a side is open.

        A deal's statistic is smooth in x, so it is computed at three x, drawn as a parabola, and
        computed again at the ends so found, twice. No change (x = 0) is always computed.
        """
        spread = max(float(self.dealt.std()), 1e-3)
        reach = min(0.0, self.point - REACH * spread), max(0.0, self.point + REACH * spread)
        grid = np.unique([*np.linspace(*reach, STEPS + 1), self.point, 0.0])
        known = {0.0: self.dealt}
        guesses = [self.point + shift * spread for shift in (-2.2, 0, 2.2)]
        for x in sorted(guesses, key=abs)[1:]:
            known[x] = self.statistics(x)
        for _ in range(2):
            for x in self._ends(grid, known):
                if min(abs(x - other) for other in known) > 0.02 * spread:
                    known[x] = self.statistics(x)
        low, high = self._ends(grid, known)
        return -np.inf if low == grid[0] else low, np.inf if high == grid[-1] else high

    def _ends(self, grid: np.ndarray, known: dict[float, np.ndarray]) -> tuple[float, float]:
        nodes = np.array(sorted(known))
        nearest = np.abs(grid[:, None] - nodes[1:-1]).argmin(axis=1)
        share = np.empty(len(grid))
        for place in np.unique(nearest):
            three = nodes[place : place + 3]
            at = nearest == place
            values = _parabola(three, grid[at]) @ np.stack([known[x] for x in three.tolist()])
            share[at] = self._share(grid[at], values)
        share[grid == 0] = self.p
        kept = grid[share >= LEVEL]
        if self.p < LEVEL:
            kept = kept[kept * self.point > 0]
        return float(kept.min()), float(kept.max())


def _parabola(nodes: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Give the weights (G x 3) of the values at three nodes in the parabola through them."""
    a, b, c = nodes
    return np.stack(
        [
            (x - b) * (x - c) / ((a - b) * (a - c)),
            (x - a) * (x - c) / ((b - a) * (b - c)),
            (x - a) * (x - b) / ((c - a) * (c - b)),
        ],
        axis=1,
    )
