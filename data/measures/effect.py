"""What followed adoption: events observed in counties with LEAD against the number expected.

The expected number is what the counties would have had if they had moved like those without LEAD.
Which counties can be used is found in ``data.measures.usable``, the expected number, how often
chance alone gives such a gap, and the interval in ``data.measures.deals``; here they are put
together, with what must be told beside the number.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.language import say
from data.measures.cells import years_of
from data.measures.deals import TIE, Deals, Randomization, expected, fit, ratio
from data.measures.panel import LEFT_OUT, TREATED, UNTREATED, Options, Panel
from data.measures.usable import EffectError, usable

POWER_80 = 1.959964 + 0.841621
"""Normal deviates of a two-sided test at .05 and of power .80, added."""
PLACEBO_PERIODS = 3


class Check(NamedTuple):
    """The same test with adoption moved to earlier periods, on data from before LEAD.

    ``moved`` tells by FIPS code how many periods before LEAD were taken as with LEAD.
    """

    percent: float
    p: float
    moved: dict[str, int]


@dataclass(frozen=True, eq=False)
class Effect:
    """Observed against expected after adoption, and all that must stand beside it.

    ``percent`` is ``100 (observed / expected - 1)``, ``low`` and ``high`` its 95 percent interval
    (-100 and infinity where a side is open). ``p`` is ``(1 + as_large) / (1 + draws)``, with
    ``as_large`` deals of as large a gap.

    ``by_county``: ``fips, observed, expected, percent, years`` after adoption, and ``without``,
    the percent of all others. ``by_period``: ``start, end, observed, expected, person_time`` over
    the ``counties`` of the adopters that have a number, before adoption and where LEAD is not
    certain too; ``follows`` (whether the period before is the one just before, of the same
    counties), and ``treated_observed, treated_expected`` over the ``treated`` counties with LEAD
    alone. ``by_event``: ``event`` (periods since adoption, 0 the first with LEAD), ``observed,
    expected, counties``, where LEAD is certain.

    ``detectable`` is the fall in percent (negative) that is found with a power of 80 percent;
    ``left_out`` names counties with LEAD that could not be used, and why, in words to be said.
    """

    percent: float
    low: float
    high: float
    p: float
    observed: float
    expected: float
    adopters: tuple[str, ...]
    comparisons: int
    draws: int
    seed: int
    left_out: tuple[tuple[str, str], ...]
    by_county: pd.DataFrame
    by_period: pd.DataFrame
    by_event: pd.DataFrame
    pre_check: Check | None
    detectable: float

    @property
    def as_large(self) -> int:
        """How many deals have a gap as large."""
        return round(self.p * (1 + self.draws)) - 1

    @property
    def leave_one_out(self) -> tuple[float, float]:
        """The least and the greatest percent without one of the adopters."""
        without = self.by_county["without"]
        return float(without.min()), float(without.max())


def estimate(panel: Panel, seed: int, draws: int = 999) -> Effect:
    """Compare the events after adoption with the number expected.

    Parameters
    ----------
    panel
        One measure, as ``data.measures.panel.county_panel`` gives it.
    seed, draws
        Of the deals; the same panel and seed give the same numbers.

    Raises
    ------
    EffectError
        With fewer than 3 adopters that have cells before and after, fewer than 5 counties to
        compare them with, no events to count, or no spread of the deals.
    """
    whole, adopters, left_out = usable(panel)
    panel = whole.certain
    test = Randomization(panel, adopters, seed, draws)
    if not (test.observed > 0 and test.expected > 0):
        raise EffectError(
            say("No events fall in the periods after adoption, so no change can be told.")
        )
    if float(np.ptp(test.dealt)) < TIE:
        raise EffectError(
            say(
                "The numbers of all counties move exactly alike, so every deal of the dates gives "
                "the same gap and the test cannot tell a change from chance."
            )
        )
    low, high = test.interval()
    fitted = expected(whole.y, whole.n, whole.state == UNTREATED)
    return Effect(
        percent=_percent(test.point),
        low=_percent(low),
        high=_percent(high),
        p=test.p,
        observed=test.observed,
        expected=test.expected,
        adopters=tuple(panel.units[row] for row in adopters),
        comparisons=len(panel.units) - len(adopters),
        draws=draws,
        seed=seed,
        left_out=left_out,
        **_tables(whole, fitted, adopters),
        pre_check=_pre_check(panel, adopters, seed, draws),
        detectable=_percent(-POWER_80 * float(test.dealt.std(ddof=1))),
    )


def seed_of(checksum: str, measure: str, options: Options) -> int:
    """Give the seed of a file, measure and options: the same on every machine."""
    skip = ",".join(map(str, sorted(options.skip)))
    text = "|".join((checksum, measure, str(options.window), options.comparison, skip))
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def _percent(log_ratio: float) -> float:
    return float(100 * np.expm1(log_ratio))


# What stands beside the number


def _tables(panel: Panel, fitted: np.ndarray, adopters: np.ndarray) -> dict[str, pd.DataFrame]:
    """Add the adopters' cells up by county, by period, and by periods since adoption."""
    state = panel.state[adopters]
    county, period = np.nonzero(panel.n[adopters] > 0)
    first = (state == TREATED).argmax(axis=1)
    cells = pd.DataFrame(
        {
            "fips": np.array(panel.units)[adopters][county],
            "period": period,
            "event": period - first[county],
            "observed": panel.y[adopters][county, period],
            "expected": fitted[adopters][county, period],
            "person_time": panel.n[adopters][county, period],
            "years": years_of(panel.starts, panel.ends)[period],
            "treated": (state == TREATED)[county, period].astype(int),
            "certain": (state != LEFT_OUT)[county, period],
        }
    )
    for name in ("observed", "expected"):
        cells[f"treated_{name}"] = cells[name] * cells["treated"]
    sums = ["observed", "expected", "years"]
    by_county = cells[cells["treated"] == 1].groupby("fips")[sums].sum().reset_index()
    by_county["percent"] = 100 * (by_county["observed"] / by_county["expected"] - 1)
    by_county["without"] = _leave_one_out(panel.certain, adopters)
    by_event = (
        cells[cells["certain"]]
        .groupby("event")
        .agg(
            observed=("observed", "sum"), expected=("expected", "sum"), counties=("fips", "nunique")
        )
    )
    by_period = _by_period(panel, cells)
    return {"by_county": by_county, "by_period": by_period, "by_event": by_event.reset_index()}


def _by_period(panel: Panel, cells: pd.DataFrame) -> pd.DataFrame:
    """Add the cells up by period, and tell which periods may be joined by a line."""
    sums = ["observed", "expected", "person_time", "treated"]
    sums += ["treated_observed", "treated_expected"]
    periods = cells.groupby("period")
    table, sets = periods[sums].sum(), periods["fips"].agg(tuple)
    days = {"start": panel.starts[table.index], "end": panel.ends[table.index]}
    table = table.assign(**days, counties=periods["fips"].nunique())
    next_day = table["start"] == table["end"].shift() + pd.Timedelta(days=1)
    table["follows"] = next_day & (sets == sets.shift())
    return table[[*days, *sums, "counties", "follows"]].reset_index(drop=True)


def _pre_check(panel: Panel, adopters: np.ndarray, seed: int, draws: int) -> Check | None:
    """Test for a gap before LEAD: the last periods before it are taken as treated.

    None where most adopters have only one period before LEAD, or these hold no events.
    """
    usable = [row for row in adopters if _periods_before(panel, row).size >= 2]
    if 2 * len(usable) <= len(adopters):
        return None
    state, n = panel.state.copy(), panel.n.copy()
    for row in usable:
        state[row] = _moved_earlier(panel, row)
        n[row, state[row] == LEFT_OUT] = 0.0
    kept = np.setdiff1d(np.arange(len(panel.units)), np.setdiff1d(adopters, usable))
    earlier = replace(
        panel,
        units=tuple(panel.units[row] for row in kept),
        y=np.where(n > 0, panel.y, 0.0)[kept],
        n=n[kept],
        state=state[kept],
    )
    test = Randomization(earlier, np.searchsorted(kept, usable), seed, draws)
    if not (test.observed > 0 and test.expected > 0):
        return None
    moved = (earlier.state == TREATED) & (earlier.n > 0)
    periods = {panel.units[row]: int(moved[np.searchsorted(kept, row)].sum()) for row in usable}
    return Check(_percent(test.point), test.p, periods)


def _periods_before(panel: Panel, row: int) -> np.ndarray:
    """Give the periods before LEAD for which a county has numbers."""
    return np.flatnonzero((panel.n[row] > 0) & (panel.state[row] == UNTREATED))


def _moved_earlier(panel: Panel, row: int) -> np.ndarray:
    """Give the states of a county had it adopted up to 3 periods earlier, with no time since.

    At least one period with numbers stays untreated.
    """
    periods = _periods_before(panel, row)
    first = periods[-min(PLACEBO_PERIODS, len(periods) - 1)]
    late = np.arange(panel.n.shape[1]) >= first
    moved: np.ndarray = np.where(late, TREATED, UNTREATED)
    return np.where(panel.state[row] == UNTREATED, moved, LEFT_OUT)


def _leave_one_out(panel: Panel, adopters: np.ndarray) -> np.ndarray:
    """Give the percent when each adopter is taken out of the panel, missing without a rest."""
    others = ~np.eye(len(adopters), dtype=bool)[:, :, None]
    state = panel.state[adopters]
    rows = np.repeat(adopters[None], len(adopters), axis=0)
    deals = Deals(rows, others & (state == UNTREATED), others & (state == TREATED))
    found = fit(panel.y, panel.n, deals)
    percents: np.ndarray = 100 * (ratio(found.observed, found.expected) - 1)
    return np.where(found.expected > 0, percents, np.nan)
