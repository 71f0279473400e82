"""The sentences that must stand with an estimate: what was found, and what it cannot show."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data.language import marked, say, say_number
from data.measures.deals import LEVEL
from data.measures.effect import Effect
from data.measures.panel import Options
from data.series import Measure
from data.words import listed, within_sentence

ASSUMPTION = marked(
    "This assumes that LEAD counties and the others would have moved together. A change that hits "
    "only adopting counties later (bail policy, policing, COVID) would look like LEAD."
)
LIKE_SIZE = marked(
    "counties without LEAD of like size (half the smallest adopter’s population to twice the "
    "largest’s)"
)


def sentences(
    effect: Effect,
    measure: Measure,
    options: Options,
    people: int = 0,
    fall: float | None = None,
) -> tuple[str, ...]:
    """Say an estimate in words, the headline first.

    Parameters
    ----------
    effect, measure, options
        The estimate, what it counts, and the options it was made with.
    people, fall
        The participants, and the percent by which the total would fall if they had no more events
        (``data.measures.reached.largest_fall``); None unless they are known of every adopter.
    """
    return tuple(_sentences(effect, measure, options, people, fall))


def _sentences(
    effect: Effect,
    measure: Measure,
    options: Options,
    people: int,
    fall: float | None,
) -> Iterator[str]:
    yield _headline(effect, measure)
    yield say(
        "If LEAD dates were dealt to counties at random, a gap this large would appear in {deals}.",
        deals=_deals(effect),
    )
    if effect.low <= 0 <= effect.high:
        yield say(
            "This does not show a reduction, and does not show there was none. With {counties} "
            "counties, changes smaller than about {size}% cannot be seen here.",
            counties=len(effect.adopters),
            size=size_words(effect.detectable),
        )
    if fall is not None and fall < abs(effect.detectable):
        yield say(
            "Even if LEAD ended every such event among its {number} participants, the total of "
            "these counties would fall about {size}%. This panel cannot confirm or refute LEAD’s "
            "effect.",
            number=say_number(people),
            size=size_words(fall),
        )
    if effect.pre_check is not None and effect.pre_check.p < LEVEL:
        yield say(
            "Adopting counties already differed by {gap} before LEAD; do not read this as LEAD’s "
            "effect.",
            gap=percent(effect.pre_check.percent),
        )
    yield say(ASSUMPTION)
    yield _made_with(effect, measure, options)


def percent(value: float) -> str:
    """Write a percent with its sign: ``−12%``, ``+3.4%``, ``0.0%``."""
    sign = "−" if value < 0 else "+"
    return f"{sign if round(value, 1) else ''}{size_words(value)}%"


def size_words(value: float) -> str:
    """Write a percent without its sign: one decimal below 10, else whole."""
    size = round(abs(value), 1)
    return say_number(size, 1) if size < 10 else say_number(abs(value))


def count_words(value: float) -> str:
    """Write an expected count: whole from 100 on, else with one decimal."""
    return say_number(value, 0 if value >= 100 else 1)


def _observed(value: float) -> str:
    return say_number(value) if float(value).is_integer() else count_words(value)


def _headline(effect: Effect, measure: Measure) -> str:
    numbers = {
        "counties": len(effect.adopters),
        "observed": _observed(effect.observed),
        "what": within_sentence(say(measure.label)),
        "expected": count_words(effect.expected),
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


def _deals(effect: Effect) -> str:
    """Say in how many deals a gap as large appears."""
    told = {"draws": say_number(effect.draws), "p": p_words(effect.p)}
    if not effect.as_large:
        return say("none of {draws} deals (p = {p})", **told)
    return say("{n} of {draws} deals (p = {p})", n=say_number(effect.as_large), **told)


def p_words(p: float) -> str:
    """Write a p to the thousandth, the least that 999 deals can give."""
    return say_number(p, 3)


def _made_with(effect: Effect, measure: Measure, options: Options) -> str:
    others = LIKE_SIZE if options.comparison == "size" else marked("all counties without LEAD")
    skipped = listed(map(str, sorted(options.skip))) if options.skip else say("no year")
    return say(
        "Counted: {what}, {window}, against {others}; {skipped} left out; {deals} deals with seed "
        "{seed}.",
        what=within_sentence(say(measure.label)),
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
