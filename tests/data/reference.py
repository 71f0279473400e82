"""Published tables, made-up panels, and slow second implementations to hold the estimate against.

The tables are those of Callaway and Sant'Anna's county teen employment data (``mpdta``), 500
counties in 2003 to 2007, added up by the year in which a state raised its minimum wage.
"""

from importlib import import_module

import numpy as np
import pandas as pd

from data.measures.deals import expected
from data.measures.panel import LEFT_OUT, TREATED, UNTREATED, Panel

COHORTS = (0, 2004, 2006, 2007)
"""The first treated year; 0 is never."""
COHORT_YEARS = tuple(range(2003, 2008))
COHORT_SIZES = np.array([309, 20, 40, 131])
EMPLOYED = np.array(
    [
        [290055.0, 276570, 282086, 292701, 301370],
        [30406, 28808, 28769, 28777, 29442],
        [68970, 64409, 67625, 72385, 71944],
        [140755, 136362, 135236, 137036, 136517],
    ]
)
"""Employed teens (sums of ``exp(lemp)``), by cohort and year."""
MEAN_LOGS = np.array(
    [
        [5.654630022499833, 5.591999998141901, 5.60480843375399, 5.638896282054665, 5.661132540371],
        [
            6.179696833586361,
            6.106563563007467,
            6.059452086737,
            6.026704354251789,
            6.085387988372213,
        ],
        [
            6.573993628231014,
            6.517883716297315,
            6.527941333158886,
            6.557434574507,
            6.543040968229766,
        ],
        [5.842906496383018, 5.810783127608378, 5.820865670334, 5.823866399245, 5.820048246842565],
    ]
)
"""Means of ``lemp``, by cohort and year."""


def cohort_states() -> np.ndarray:
    """Give which cohort-years are treated (4 x 5, bool)."""
    return np.array([[0 < cohort <= year for year in COHORT_YEARS] for cohort in COHORTS])


def ols_imputation(means: np.ndarray, sizes: np.ndarray, treated: np.ndarray) -> np.ndarray:
    """Give treated minus imputed means, from a fit of cohort and year effects to the others.

    A cohort stands for ``sizes`` counties with all years, so least squares weighted by size gives
    what the counties one by one would give (Borusyak, Jaravel and Spiess 2024). NaN if untreated.
    """
    cohorts, years = means.shape
    row, column = np.indices(means.shape).reshape(2, -1)
    design = np.hstack([np.eye(cohorts)[row], np.eye(years)[column][:, 1:]])
    root = np.sqrt(np.where(treated, 0.0, sizes[:, None])).ravel()
    found = np.linalg.lstsq(design * root[:, None], means.ravel() * root, rcond=None)[0]
    return np.where(treated, means - (design @ found).reshape(means.shape), np.nan)


def callaway_santanna(means: np.ndarray, treated: np.ndarray) -> np.ndarray:
    """Give each cohort's change since its last untreated year, less that of the first row.

    Callaway and Sant'Anna (2021), never-treated comparison, no covariates. NaN if untreated.
    """
    found = np.full(means.shape, np.nan)
    for row in range(1, len(means)):
        base = treated[row].argmax() - 1
        change = (means[row] - means[row, base]) - (means[0] - means[0, base])
        found[row] = np.where(treated[row], change, np.nan)
    return found


def glm_expected(y: np.ndarray, n: np.ndarray, untreated: np.ndarray) -> np.ndarray:
    """Give what ``data.measures.deals.expected`` gives, by a Poisson regression on dummies."""
    sm = import_module("statsmodels.api")
    row, column = np.nonzero(n > 0)
    design = np.hstack([np.eye(len(y))[row], np.eye(y.shape[1])[column][:, 1:]])
    known = untreated[row, column]
    model = sm.GLM(
        y[row, column][known],
        design[known],
        family=sm.families.Poisson(),
        offset=np.log(n[row, column][known]),
    )
    fit = model.fit(tol=1e-13, maxiter=200)
    found = np.zeros(y.shape)
    found[row, column] = n[row, column] * np.exp(design @ fit.params)
    return found


def log_ratio(y: np.ndarray, n: np.ndarray, state: np.ndarray) -> float:
    """Give log(O / E) over the treated cells of one panel or of one deal."""
    used = np.where(state == LEFT_OUT, 0.0, n)
    cells = (state == TREATED) & (n > 0)
    return float(np.log(y[cells].sum() / glm_expected(y, used, state == UNTREATED)[cells].sum()))


def slow_share(
    panel: Panel, adopters: np.ndarray, rows: np.ndarray, x: float
) -> tuple[float, np.ndarray]:
    """Give p, and the deals' statistics, under the factor ``exp(x)``: one deal after another."""
    y = np.where(panel.state == TREATED, panel.y / np.exp(x), panel.y)
    own = log_ratio(y, panel.n, panel.state)
    found = []
    for counties in rows:
        state = np.full(panel.state.shape, UNTREATED)
        state[counties] = panel.state[adopters]
        found.append(log_ratio(y, panel.n, state))
    dealt = np.array(found)
    return (1 + (np.abs(dealt) >= abs(own) - 1e-6).sum()) / (1 + len(dealt)), dealt


def made_panel(
    counties: int,
    periods: int,
    adopters: int,
    seed: int,
    effect: float = 0.0,
    rate: float = 0.006,
    drift: float = 0.03,
    noise: bool = True,
) -> Panel:
    """Make up a panel like the state's: the first counties adopt, at dates of their own.

    Residents are lognormal (median 54,000), ``rate`` the events per resident and year, county
    effects have a standard deviation of .3, period effects walk by .03 a year, and each county
    walks by ``drift`` a year on its own (so that chance is more than Poisson). From adoption on,
    rates are ``1 + effect`` times as high. Without ``noise``, events are the means themselves.
    """
    random = np.random.default_rng(seed)
    people = np.exp(random.normal(10.9, 0.9, counties)).round()
    county = random.normal(0, 0.3, counties)
    period = np.cumsum(random.normal(0, 0.03, periods))
    walk = np.cumsum(random.normal(0, drift, (counties, periods)), axis=1)
    starts = random.integers(max(1, periods // 3), periods - 1, counties)
    starts[adopters:] = periods
    state = np.where(np.arange(periods) >= starts[:, None], TREATED, UNTREATED).astype(np.int8)
    mean = people[:, None] * rate * np.exp(county[:, None] + period + walk)
    mean *= np.where(state == TREATED, 1 + effect, 1)
    y = random.poisson(mean).astype(float) if noise else mean
    years = pd.period_range("2000", periods=periods, freq="Y")
    return Panel(
        tuple(f"{37001 + 2 * place}" for place in range(counties)),
        years.start_time.to_numpy("datetime64[s]"),
        years.end_time.normalize().to_numpy("datetime64[s]"),
        y,
        np.repeat(people[:, None], periods, axis=1),
        state,
    )


def with_missing(panel: Panel, share: float, seed: int) -> Panel:
    """Take cells out of a panel at random."""
    kept = np.random.default_rng(seed).random(panel.n.shape) >= share
    return Panel(panel.units, panel.starts, panel.ends, panel.y * kept, panel.n * kept, panel.state)


def fitted(panel: Panel) -> np.ndarray:
    """Give the expected events of all cells of a panel."""
    return expected(panel.y, panel.n, panel.state == UNTREATED)
