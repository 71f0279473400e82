"""The sentences that must stand with an estimate: what was found, and what it cannot show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from data.language import marked, say, say_number
from data.measures.deals import LEVEL
from data.measures.effect import Effect
from data.measures.panel import Options
from data.series import Measure
from data.words import listed

ASSUMPTION = marked(
    "This assumes that LEAD counties and the others would have moved together. A change that hits "
    "only adopting counties later (bail policy, policing, COVID) would look like LEAD."
)
LIKE_SIZE = marked(
    "counties without LEAD of like size (half the smallest adopter’s population to twice the "
    "largest’s)"
)


class Reached(Protocol):
    """People who entered LEAD in some counties, and for how many counties that is known."""

    @property
    def people(self) -> int:
        """The sum of the newest running totals."""

    @property
    def counties(self) -> int:
        """How many counties have one."""


def sentences(
    effect: Effect,
    measure: Measure,
    options: Options,
    reached: Reached | None = None,
    ceiling: float | None = None,
) -> tuple[str, ...]:
    """Say an estimate in words, the headline first.

    Parameters
    ----------
    effect, measure, options
        The estimate, what it counts, and the options it was made with.
    reached
        The participants, where known.
    ceiling
        The percent by which the total would fall if they had no more events
        (``data.measures.effect.ceiling``).
    """
    return tuple(_sentences(effect, measure, options, reached, ceiling))


def _sentences(
    effect: Effect,
    measure: Measure,
    options: Options,
    reached: Reached | None,
    ceiling: float | None,
) -> Iterator[str]:
    yield _headline(effect, measure)
    yield say(
        "If LEAD dates were dealt to counties at random, a gap this large would appear in {deals}.",
        deals=_deals(effect.p),
    )
    if effect.low <= 0 <= effect.high:
        yield say(
            "This does not show a reduction, and does not show there was none. With {counties} "
            "counties, changes smaller than about {size}% cannot be seen here.",
            counties=len(effect.adopters),
            size=_size(effect.detectable),
        )
    if ceiling is not None and ceiling < abs(effect.detectable):
        yield _ceiling(effect, reached, ceiling)
    if effect.pre_check is not None and effect.pre_check[1] < LEVEL:
        yield say(
            "Adopting counties already differed by {gap} before LEAD; do not read this as LEAD’s "
            "effect.",
            gap=percent(effect.pre_check[0]),
        )
    yield say(ASSUMPTION)
    yield _made_with(effect, measure, options)


def percent(value: float) -> str:
    """Write a percent with its sign: ``−12%``, ``+3.4%``, ``0.0%``."""
    sign = "−" if value < 0 else "+"
    return f"{sign if round(value, 1) else ''}{_size(value)}%"


def _size(value: float) -> str:
    """Write a percent without its sign: one decimal below 10, else whole."""
    size = round(abs(value), 1)
    return say_number(size, 1) if size < 10 else say_number(abs(value))


def _count(value: float) -> str:
    return say_number(value, 0 if value >= 10 or float(value).is_integer() else 1)


def _named(measure: Measure) -> str:
    """Give the label as it stands within a sentence: ``jail admissions``, but ``DWI arrests``."""
    label = say(measure.label)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _headline(effect: Effect, measure: Measure) -> str:
    numbers = {
        "counties": len(effect.adopters),
        "observed": _count(effect.observed),
        "what": _named(measure),
        "expected": _count(effect.expected),
        "others": effect.comparisons,
        "percent": percent(effect.percent),
        "interval": _interval(effect),
    }
    if measure.kind == "people":
        return say(
            "In {counties} LEAD counties, the counts of an average day ({what}), added over "
            "counties and periods after adoption, make {observed}; {expected} were expected had "
            "they followed the {others} counties without LEAD: {percent} ({interval}).",
            **numbers,
        )
    return say(
        "In {counties} LEAD counties, {observed} {what} were recorded after adoption; {expected} "
        "were expected had they followed the {others} counties without LEAD: {percent} "
        "({interval}).",
        **numbers,
    )


def _interval(effect: Effect) -> str:
    low = percent(effect.low)
    if np.isinf(effect.high):
        return say("95% interval {low} or more, with no upper end", low=low)
    return say("95% interval {low} to {high}", low=low, high=percent(effect.high))


def _deals(p: float) -> str:
    """Say in how many deals a gap as large appears."""
    if p < 0.001:
        return say("fewer than 1 of 1,000 deals")
    return say("{percent}% of deals", percent=say_number(100 * p, 1 if p < 0.01 else 0))


def _ceiling(effect: Effect, reached: Reached | None, ceiling: float) -> str:
    return say(
        "Even if LEAD ended every such event among {people}, the total of these counties would "
        "fall about {size}%. This panel cannot confirm or refute LEAD’s effect.",
        people=_participants(effect, reached),
        size=_size(ceiling),
    )


def _participants(effect: Effect, reached: Reached | None) -> str:
    if reached is None or not reached.people:
        return say("its participants")
    number, counties = say_number(reached.people), len(effect.adopters)
    if reached.counties >= counties:
        return say("its {number} participants", number=number)
    return say(
        "its {number} participants (known for {known} of the {counties} counties)",
        number=number,
        known=reached.counties,
        counties=counties,
    )


def _made_with(effect: Effect, measure: Measure, options: Options) -> str:
    others = LIKE_SIZE if options.comparison == "size" else marked("all counties without LEAD")
    skipped = listed(map(str, sorted(options.skip))) if options.skip else say("no year")
    return say(
        "Counted: {what}, {window}, against {others}; {skipped} left out; {deals} deals with seed "
        "{seed}.",
        what=_named(measure),
        window=_window(options.window),
        others=say(others),
        skipped=skipped,
        deals=say_number(effect.draws),
        seed=effect.seed,
    )


def _window(years: int) -> str:
    if not years:
        return say("all periods after adoption")
    if years == 1:
        return say("the first year after adoption")
    return say("the first {n} years after adoption", n=years)
