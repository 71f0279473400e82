"""Which counties and periods of a panel can be compared, and why an adopter is left out."""

from __future__ import annotations

from collections import Counter

import numpy as np

from data.language import marked, say, say_many
from data.measures.panel import LEFT_OUT, TREATED, UNTREATED, Panel

FEWEST_ADOPTERS, FEWEST_COMPARISONS = 3, 5


class EffectError(ValueError):
    """No estimate can be given; the message says why, in one sentence."""


def usable(panel: Panel) -> tuple[Panel, np.ndarray, tuple[tuple[str, str], ...]]:
    """Keep what can be fitted.

    Counties and periods must hang together by untreated cells, or their effects could not be
    compared; those that do not hang together with most of the comparison counties go.

    Returns
    -------
    The panel of the counties kept, in FIPS order, with nothing in periods that are not used; the
    rows of its adopters; and who was left out, each as FIPS code and why (words to be said).
    Raises EffectError with fewer than 3 adopters, fewer than 5 counties to compare them with, or
    no events.
    """
    order = np.argsort(panel.units)
    units = np.array(panel.units)[order]
    y, n, state = (table[order] for table in (panel.y, panel.n, panel.state))
    if not (y[(n > 0) & (state != LEFT_OUT)] > 0).any():
        raise EffectError(
            say("This measure has no events in the counties and periods that are used.")
        )
    untreated, treated = (n > 0) & (state == UNTREATED), (n > 0) & (state == TREATED)
    touched = (state != UNTREATED).any(axis=1)
    events = (y * untreated).sum(axis=1)
    cells = untreated & ((events > 0) & (~touched | treated.any(axis=1)))[:, None]
    linked, periods = _linked(cells, ~touched)
    n = np.where(periods & ((y * cells).sum(axis=0) > 0), n, 0.0)
    reasons = {
        marked("no whole period certain to be with LEAD"): ~(state == TREATED).any(axis=1),
        marked("no period before LEAD"): ~(state == UNTREATED).any(axis=1),
        marked("no usable number for a period with LEAD"): ~(treated & (n > 0)).any(axis=1),
        marked("no usable number for a period before LEAD"): ~untreated.any(axis=1),
        marked("no events before LEAD"): events == 0,
        marked("no period in common with counties without LEAD"): ~linked,
    }
    why = np.select([~touched, *reasons.values()], ["", *reasons], "")
    used = linked & (why == "")
    left_out = tuple((str(units[row]), str(why[row])) for row in np.flatnonzero(why != ""))
    _check_counts(int((used & touched).sum()), int((used & ~touched).sum()), left_out)
    kept = (np.where(n > 0, y, 0.0)[used], n[used], state[used])
    small = Panel(tuple(units[used].tolist()), panel.starts, panel.ends, *kept)
    return small, np.flatnonzero(touched[used]), left_out


def _linked(cells: np.ndarray, comparison: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the counties and periods that hang together by cells, from the fullest period on."""
    periods = np.zeros(cells.shape[1], dtype=bool)
    periods[cells[comparison].sum(axis=0).argmax()] = True
    while True:
        counties = np.any(cells[:, periods], axis=1)
        reached = periods | cells[counties].any(axis=0)
        if (reached == periods).all():
            return counties, periods
        periods = reached


def _check_counts(adopters: int, comparisons: int, left_out: tuple[tuple[str, str], ...]) -> None:
    if adopters < FEWEST_ADOPTERS:
        raise EffectError(_too_few_adopters(adopters, Counter(why for _, why in left_out)))
    if comparisons < FEWEST_COMPARISONS:
        raise EffectError(
            say_many(
                "An estimate needs {least} counties without LEAD to compare with, and there is "
                "{n}.",
                "An estimate needs {least} counties without LEAD to compare with, and there are "
                "{n}.",
                comparisons,
                least=FEWEST_COMPARISONS,
            )
        )


def _too_few_adopters(number: int, reasons: Counter[str]) -> str:
    if not reasons:
        return say_many(
            "An estimate needs {least} counties with numbers before and after LEAD began, and "
            "there is {n}.",
            "An estimate needs {least} counties with numbers before and after LEAD began, and "
            "there are {n}.",
            number,
            least=FEWEST_ADOPTERS,
        )
    told = [say("{n} with {why}", n=count, why=say(why)) for why, count in reasons.items()]
    return say_many(
        "An estimate needs {least} counties with numbers before and after LEAD began, and there "
        "is {n} (left out: {reasons}).",
        "An estimate needs {least} counties with numbers before and after LEAD began, and there "
        "are {n} (left out: {reasons}).",
        number,
        least=FEWEST_ADOPTERS,
        reasons="; ".join(told),
    )
