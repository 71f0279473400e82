from types import SimpleNamespace

import numpy as np
import pytest

from data.measures.deals import LEVEL
from data.measures.effect import Check, estimate
from data.measures.effect_words import ASSUMPTION, percent, sentences
from data.measures.panel import Options
from data.series import Measure
from tests.data.reference import made_panel

ADMISSIONS = Measure("jail_admissions", "Jail admissions")
IN_JAIL = Measure("jail_population", "People in jail", "people")


def effect(**changed: object) -> SimpleNamespace:
    """Give what the words need of an estimate."""
    usual = {
        "percent": -12.3,
        "low": -20.4,
        "high": -3.14,
        "p": 0.013,
        "observed": 12_345.0,
        "expected": 14_076.4,
        "adopters": tuple("abcdefgh"),
        "comparisons": 80,
        "as_large": 12,
        "draws": 999,
        "seed": 42,
        "pre_check": Check(1.2, 0.6, {}),
        "detectable": -9.44,
    }
    return SimpleNamespace(**usual | changed)


def told(
    made: SimpleNamespace,
    measure: Measure = ADMISSIONS,
    options: Options = Options(),  # noqa: B008
    people: int = 0,
    fall: float | None = None,
) -> tuple[str, ...]:
    return sentences(made, measure, options, people, fall)  # type: ignore[arg-type]


def test_a_fall_in_words() -> None:
    assert told(effect()) == (
        "In 8 LEAD counties, 12,345 jail admissions were recorded after adoption; 14,076 were "
        "expected had they followed the 80 counties without LEAD: −12% (95% interval −20% to "
        "−3.1%).",
        "If LEAD dates were dealt to counties at random, a gap this large would appear in 12 of "
        "999 deals (p = 0.013).",
        ASSUMPTION,
        "Counted: jail admissions, all periods after adoption, against all counties without "
        "LEAD; no year left out; 999 deals with seed 42.",
    )


def test_an_interval_over_zero_shows_nothing_either_way() -> None:
    found = told(effect(high=3.0, p=0.2, as_large=199))
    assert found[2] == (
        "This does not show a reduction, and does not show there was none. With 8 counties, "
        "changes smaller than about 9.4% cannot be seen here."
    )
    assert len(found) == 5


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(-5, 0, True), (0, 5, True), (1, 9, False), (-9, -1, False)]
)
def test_when_nothing_is_shown(low: float, high: float, shown: bool) -> None:
    text = " ".join(told(effect(low=low, high=high)))
    assert ("does not show" in text) == shown


PERCENTS = [
    (-12.3, "−12%"),
    (-9.96, "−10%"),
    (-9.94, "−9.9%"),
    (3.14, "+3.1%"),
    (0.04, "0.0%"),
    (-0.04, "0.0%"),
    (0, "0.0%"),
    (1234.5, "+1,234%"),
    (-0.0, "0.0%"),
    (-100, "−100%"),
]


@pytest.mark.parametrize(("value", "words"), PERCENTS)
def test_percents(value: float, words: str) -> None:
    assert percent(value) == words


DEALS = [
    (0, 0.001, "in none of 999 deals (p = 0.001)."),
    (1, 0.002, "in 1 of 999 deals (p = 0.002)."),
    (999, 1.0, "in 999 of 999 deals (p = 1.000)."),
]


@pytest.mark.parametrize(("as_large", "p", "words"), DEALS)
def test_deals_are_told_by_their_number(as_large: int, p: float, words: str) -> None:
    assert told(effect(p=p, as_large=as_large))[1].endswith(words)


def test_the_number_of_deals_is_what_p_was_made_of() -> None:
    found = estimate(made_panel(15, 6, 4, 1), 9, 99)
    assert found.p == (1 + found.as_large) / 100


def test_an_open_interval_is_told() -> None:
    assert "(95% interval −20% or more, with no upper end)" in told(effect(high=np.inf))[0]


def test_counts_of_an_average_day() -> None:
    assert told(effect(observed=400.5), IN_JAIL)[0].startswith(
        "In 8 LEAD counties, the counts of an average day (people in jail), added over counties "
        "and periods after adoption, make 400; 14,076 were expected"
    )


FEW = [
    (7, 6.25, "7 jail admissions", "6.2 were expected"),
    (4, 10.27, "4 jail admissions", "10.3 were expected"),
    (12.5, 99.4, "12.5 jail admissions", "99.4 were expected"),
    (100.5, 100.4, "100 jail admissions", "100 were expected"),
]


@pytest.mark.parametrize(("observed", "expected", "what", "against"), FEW)
def test_few_events_keep_a_decimal(
    observed: float, expected: float, what: str, against: str
) -> None:
    words = told(effect(observed=observed, expected=expected))[0]
    assert f"{what} were recorded" in words
    assert against in words


def test_capitals_of_a_name_stay() -> None:
    for label in ("DWI arrests", "McDowell jail admissions"):
        assert f" {label} " in told(effect(), Measure("any", label))[0]


def test_a_fall_that_is_less_than_can_be_seen() -> None:
    found = " ".join(told(effect(), people=1500, fall=1.25))
    assert "among its 1,500 participants, the total of these counties would fall about" in found
    assert "fall about 1.2%. This panel cannot confirm or refute LEAD’s effect." in found
    assert "Even if" not in " ".join(told(effect(), people=1500, fall=9.5))
    assert "Even if" not in " ".join(told(effect(), people=1500))


def test_a_gap_before_lead_forbids_the_reading() -> None:
    gap = (
        "Adopting counties already differed by −7.0% before LEAD; do not read this as LEAD’s "
        "effect."
    )
    assert gap in told(effect(pre_check=Check(-7, LEVEL - 0.001, {})))
    assert gap not in told(effect(pre_check=Check(-7, LEVEL, {})))
    assert told(effect(pre_check=None)) == told(effect())


OPTIONS = [
    (Options(window=1), "the first year after adoption, against all"),
    (Options(window=3), "the first 3 years after adoption"),
    (Options(comparison="size"), "of like size (half the smallest adopter’s population to twice"),
    (Options(skip=(2021, 2020)), "; 2020 and 2021 left out;"),
]


@pytest.mark.parametrize(("options", "words"), OPTIONS)
def test_options_are_told(options: Options, words: str) -> None:
    assert words in told(effect(), options=options)[-1]


def test_an_estimate_is_told() -> None:
    found = sentences(estimate(made_panel(15, 6, 4, 1), 9, 99), ADMISSIONS, Options())
    assert found[0].startswith("In 4 LEAD counties, ")
    assert "11 counties without LEAD" in found[0]
    assert found[-1].endswith("99 deals with seed 9.")
    assert all("-" not in sentence for sentence in found)
