"""The sentences that must stand with an estimate: what was found, and what it cannot show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from data.deals import LEVEL
from data.effect import Effect
from data.panel import Options
from data.series import Measure
from data.words import listed

ASSUMPTION = (
    "This assumes that LEAD counties and the others would have moved together. A change that hits "
    "only adopting counties later (bail policy, policing, COVID) would look like LEAD."
)
LIKE_SIZE = (
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
        (``data.effect.ceiling``).
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
    yield (
        "If LEAD dates were dealt to counties at random, a gap this large would appear in "
        f"{_deals(effect.p)}."
    )
    if effect.low <= 0 <= effect.high:
        yield (
            "This does not show a reduction, and does not show there was none. With "
            f"{len(effect.adopters)} counties, changes smaller than about "
            f"{_size(effect.detectable)}% cannot be seen here."
        )
    if ceiling is not None and ceiling < abs(effect.detectable):
        yield _ceiling(effect, reached, ceiling)
    if effect.pre_check is not None and effect.pre_check[1] < LEVEL:
        yield (
            f"Adopting counties already differed by {percent(effect.pre_check[0])} before LEAD; "
            "do not read this as LEAD’s effect."
        )
    yield ASSUMPTION
    yield _made_with(effect, measure, options)


def percent(value: float) -> str:
    """Write a percent with its sign: ``−12%``, ``+3.4%``, ``0.0%``."""
    sign = "−" if value < 0 else "+"
    size = _size(value)
    return f"{sign if float(size.replace(',', '')) else ''}{size}%"


def _size(value: float) -> str:
    """Write a percent without its sign: one decimal below 10, else whole."""
    size = round(abs(value), 1)
    return f"{size:.1f}" if size < 10 else f"{abs(value):,.0f}"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or float(value).is_integer() else f"{value:.1f}"


def _named(measure: Measure) -> str:
    """Give the label as it stands within a sentence: ``jail admissions``, but ``DWI arrests``."""
    label = measure.label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _headline(effect: Effect, measure: Measure) -> str:
    counted = f"{_count(effect.observed)} {_named(measure)} were recorded after adoption"
    if measure.kind == "people":
        counted = (
            f"the counts of an average day ({_named(measure)}), added over counties and periods "
            f"after adoption, make {_count(effect.observed)}"
        )
    return (
        f"In {len(effect.adopters)} LEAD counties, {counted}; {_count(effect.expected)} were "
        f"expected had they followed the {effect.comparisons} counties without LEAD: "
        f"{percent(effect.percent)} ({_interval(effect)})."
    )


def _interval(effect: Effect) -> str:
    if np.isinf(effect.high):
        return f"95% interval {percent(effect.low)} or more, with no upper end"
    return f"95% interval {percent(effect.low)} to {percent(effect.high)}"


def _deals(p: float) -> str:
    """Say in how many deals a gap as large appears."""
    if p < 0.001:
        return "fewer than 1 of 1,000 deals"
    return f"{100 * p:.1f}% of deals" if p < 0.01 else f"{100 * p:.0f}% of deals"


def _ceiling(effect: Effect, reached: Reached | None, ceiling: float) -> str:
    people = "its participants"
    if reached is not None and reached.people:
        people = f"its {reached.people:,} participants"
        if reached.counties < len(effect.adopters):
            people += f" (known for {reached.counties} of the {len(effect.adopters)} counties)"
    return (
        f"Even if LEAD ended every such event among {people}, the total of these counties would "
        f"fall about {_size(ceiling)}%. This panel cannot confirm or refute LEAD’s effect."
    )


def _made_with(effect: Effect, measure: Measure, options: Options) -> str:
    window = "all periods after adoption"
    if options.window:
        window = "the first year" if options.window == 1 else f"the first {options.window} years"
        window += " after adoption"
    others = LIKE_SIZE if options.comparison == "size" else "all counties without LEAD"
    skipped = listed(map(str, sorted(options.skip))) if options.skip else "no year"
    return (
        f"Counted: {_named(measure)}, {window}, against {others}; {skipped} left out; "
        f"{effect.draws:,} deals with seed {effect.seed}."
    )
