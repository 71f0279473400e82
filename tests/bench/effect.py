"""The effect: how fast it is estimated, how often it is right, and what chance alone can look like.

Speed is of a whole estimate: 999 deals, interval, check before adoption, and each county left out.

Right or not is told by simulation, on panels of ``tests.data.reference.made_panel``: 100 counties
with lognormal populations, 10 years, about 600 events per 100,000 residents a year, county and
year effects, and a random walk of each county's own of .03 a year, so that counties differ by more
than Poisson chance. Adopters are any counties, at dates spread over the fourth to ninth year. Each
estimate takes 199 deals, to save time: its p moves in steps of .005.

Last, people: how far arrests fall from the six months before enrollment to the six months after it
when nothing has any effect, because people enroll at an arrest. Each person has a rate of arrests
of their own, gamma distributed, that never changes; who is arrested more often is enrolled more
often.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np

from data.measures.effect import estimate
from tests.bench.results import Figure, Row, figure
from tests.data.reference import made_panel

SIZES = {
    (100, 10, 8): None,
    (100, 40, 8): 0.5,
    (100, 120, 8): None,
    (1000, 40, 30): None,
    (3143, 40, 100): 3.0,
}
"""Counties, periods and adopters, with the seconds that an estimate may take."""
CASES = tuple((effect, adopters) for effect in (0.0, -0.1, -0.2) for adopters in (3, 8, 16))
COUNTIES, YEARS, DRAWS, REPLICATIONS = 100, 10, 199, 300
ARREST_RATES, SHAPES = (1.0, 2.0), (0.5, 1.0, 2.0)
"""Arrests a year of the mean person, and how alike people are (the shape of the gamma)."""
PEOPLE = 400_000


class Found(NamedTuple):
    """What one simulated estimate said."""

    percent: float
    low: float
    high: float
    p: float
    detectable: float
    earlier: float
    """The p of the check before adoption; 1 where there is none."""


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    for size, most in SIZES.items():
        yield speed(size, most, 1 if quick else 5)
    yield from simulated(12 if quick else REPLICATIONS)
    yield from enrolled()


def speed(size: tuple[int, int, int], most: float | None, repeats: int) -> Row:
    """Time the whole estimate for a panel of some size."""
    counties, periods, adopters = size
    panel = made_panel(counties, periods, adopters, seed=1)
    took = []
    for _ in range(repeats):
        began = time.perf_counter()
        estimate(panel, seed=1)
        took.append(time.perf_counter() - began)
    what = f"{counties:,} counties x {periods} periods, {adopters} adopters"
    return Row("Effect: an estimate with 999 deals", what, "s", figure(took), most=most)


def replicate(case: tuple[float, int, int]) -> Found:
    """Estimate once on a panel made up for an effect, a number of adopters and a seed."""
    effect, adopters, seed = case
    found = estimate(made_panel(COUNTIES, YEARS, adopters, seed, effect), seed, DRAWS)
    earlier = found.pre_check[1] if found.pre_check else 1.0
    return Found(found.percent, found.low, found.high, found.p, found.detectable, earlier)


def simulated(count: int) -> Iterator[Row]:
    """Give bias, coverage and power of each case, from two processes of one thread each."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the processes that are about to start
    spawn = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(2, mp_context=spawn) as pool:
            for place, (effect, adopters) in enumerate(CASES):
                seeds = range(place * count, (place + 1) * count)
                cases = [(effect, adopters, seed) for seed in seeds]
                yield from case_rows(
                    effect, adopters, list(pool.map(replicate, cases, chunksize=10))
                )
    finally:
        del os.environ["OPENBLAS_NUM_THREADS"]


def case_rows(effect: float, adopters: int, found: list[Found]) -> Iterator[Row]:
    """Give the rows of one case."""
    part = f"Effect: simulated, {len(found)} panels a case, {DRAWS} deals each"
    size = f"−{-effect:.0%}" if effect else "no effect"
    what = f"{size} with {adopters} adopters"
    truth = 100 * effect
    percents = [one.percent for one in found]
    bias, spread = statistics.fmean(percents) - truth, statistics.stdev(percents)
    note = f"standard deviation of the estimates {spread:.1f} points"
    yield Row(part, f"{what}: bias, points", "", single(bias), note=note)
    covered = share(one.low <= truth <= one.high for one in found)
    note = f"covered {covered:.1f}%; goal 93 to 98"
    yield Row(
        part, f"{what}: intervals that miss it, %", "", single(100 - covered), None, 7, note=note
    )
    rejected = share(one.p < 0.05 for one in found)
    middle = statistics.median(one.detectable for one in found)
    alarms = share(one.earlier < 0.05 for one in found)
    note = f"smallest fall to be seen {middle:.1f}%; check before adoption alarms in {alarms:.1f}%"
    name = "false alarms, %" if effect == 0 else "found (p below .05), %"
    yield Row(part, f"{what}: {name}", "", single(rejected), note=note)


def enrolled() -> Iterator[Row]:
    """Give by how much arrests fall with no effect at all, over rates and how alike people are."""
    random = np.random.default_rng(1)
    counted, repeated = [], []
    for rate in ARREST_RATES:
        for shape in SHAPES:
            # Enrolling at an arrest takes people in proportion to their rates: shape + 1.
            rates = random.gamma(shape + 1, rate / shape, PEOPLE)
            before, after = random.poisson(rates / 2), random.poisson(rates / 2)
            counted.append(change(before + 1, after))
            twice = before >= 2
            repeated.append(change(before[twice], after[twice]))
    for what, changes in (
        ("the arrest of enrollment counted in before", counted),
        ("two arrests before it required, it not counted", repeated),
    ):
        note = f"from {max(changes):.0f}% to {min(changes):.0f}% over {len(changes)} populations"
        part = "Effect: people, no effect at all"
        yield Row(part, f"{what}: change, %", "", figure(changes), note=note)


def change(before: np.ndarray, after: np.ndarray) -> float:
    """Give the change of the mean in percent."""
    return float(100 * (after.mean() / before.mean() - 1))


def share(true: Iterator[bool]) -> float:
    """Give the percent of a row of answers that are yes."""
    return 100 * statistics.fmean(map(float, true))


def single(value: float) -> Figure:
    """Give a figure that was measured once."""
    return Figure(value, value, 1)
