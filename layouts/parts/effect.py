"""Observed against expected: the sentence first, then the curve, the counties, and every check."""

from __future__ import annotations

import numpy as np
from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.language import marked, say, say_all, say_number
from data.measures.effect import Effect, EffectError
from data.measures.observed import Reached, told
from data.measures.panel import Options
from data.words import listed
from layouts.figures.base import CONFIG
from layouts.figures.effect import effect_curve, effect_rows
from layouts.parts.forms import create_carried, create_entry, create_live_form, create_select
from layouts.parts.series import create_meanings
from layouts.trend_address import PANDEMIC, TrendView

WINDOWS = {
    "0": marked("All that the file has"),
    "1": marked("First year"),
    "2": marked("First 2 years"),
    "3": marked("First 3 years"),
    "5": marked("First 5 years"),
}
COMPARISONS = {
    "all": marked("All counties without LEAD"),
    "size": marked("Those of like size"),
}
METHOD = (
    (
        marked("Expected"),
        marked(
            "A Poisson model with an effect of each county and of each period, and person-time as "
            "offset, fitted only where no program can have begun (imputation: Wooldridge 2023). It "
            "says what the counties with LEAD would have had, had they moved like the others."
        ),
    ),
    (
        marked("Percent"),
        marked(
            "100 × (observed ÷ expected − 1), over the periods that lie wholly after the start. "
            "Periods in which the start is not certain are left out."
        ),
    ),
    (
        marked("Deals"),
        marked(
            "The dates of LEAD are dealt to counties at random, 999 times, and everything is "
            "fitted anew. The interval holds all effects that this test does not rule out at 5 in "
            "100."
        ),
    ),
    (
        marked("Smallest change to be seen"),
        marked(
            "What an effect must reach to be found in four cases of five: 2.8 times the spread of "
            "the deals."
        ),
    ),
    (
        marked("Check before LEAD"),
        marked(
            "The same reckoning with adoption moved to an earlier period, on data from before "
            "LEAD: where it finds a gap, the counties differed already."
        ),
    ),
)


def create_effect(facts: Facts, view: TrendView) -> Component:
    """Make the panel for a view that has a measure."""
    series, measure = view.asked()
    options = options_of(view)
    head = [html.H2(say("Observed against expected")), _choices(view)]
    try:
        effect, words, people = told(facts, series, measure.name, options, view.each)
    except EffectError as error:
        body: list[Component] = [html.P(str(error), className="missing")]
    else:
        body = _body(facts, effect, words, people, view)
    return html.Section([*head, *body, _method()], className="panel wide", id="observed")


def options_of(view: TrendView) -> Options:
    """Give the options of the estimate that a view asks for."""
    return Options(
        window=int(view.choice["window"]), comparison=view.choice["compare"], skip=view.skip
    )


def _body(
    facts: Facts, effect: Effect, words: tuple[str, ...], people: Reached, view: TrendView
) -> list[Component]:
    names = facts.county_names
    return [
        html.P(words[0], className="finding"),
        *[html.P(sentence) for sentence in words[1:]],
        html.Figure(
            [
                html.Figcaption(
                    say(
                        "The counties with LEAD together, per 100,000 residents a year: observed "
                        "(line) and expected (dashes). The bluer the ground, the more have LEAD."
                    )
                ),
                dcc.Graph(figure=effect_curve(effect), config=CONFIG, className="trend-chart"),
            ]
        ),
        html.Figure(
            [
                html.Figcaption(
                    say("Each county: how far observed lies from expected, in percent.")
                ),
                dcc.Graph(
                    figure=effect_rows(effect, names), config=CONFIG, className="trend-chart"
                ),
            ]
        ),
        _checks(facts, effect, people, view),
        html.P(
            html.A(
                say("Download what is drawn (CSV)"), href=f"/download/effect.csv?{view.query()}"
            ),
            className="tools",
        ),
    ]


def _checks(facts: Facts, effect: Effect, people: Reached, view: TrendView) -> Component:
    names = facts.county_names
    left_out = [f"{names.get(fips, fips)}: {say(why)}" for fips, why in effect.left_out]
    others = say("{n} counties without LEAD", n=effect.comparisons)
    deals = say(
        "{n}, seed {seed}, from the file's checksum and the options",
        n=effect.draws,
        seed=effect.seed,
    )
    checks = [
        (say("Counties with LEAD"), ", ".join(names[fips] for fips in effect.adopters)),
        (say("Compared with"), others),
        (say("Interval (95%)"), _range(effect.low, effect.high)),
        (say("Without any one county"), _range(*effect.leave_one_out)),
        (say("Smallest change to be seen"), percent(effect.detectable)),
        (say("Before LEAD"), _before(effect)),
        (say("People reached"), _reached(effect, people, view.each)),
        (say("Deals"), deals),
        (say("Left out"), "; ".join(left_out)),
    ]
    return html.Dl(
        [part for name, value in checks if value for part in (html.Dt(name), html.Dd(value))],
        className="checks",
    )


def _range(low: float, high: float) -> str:
    return say("{low} to {high}", low=percent(low), high=percent(high))


def _reached(effect: Effect, people: Reached, each: float) -> str:
    if not people.people:
        return say("no running total was found for these counties")
    return say(
        "{people}, by the newest running totals of {known} of the {counties} counties; each taken "
        "to have {each} a year",
        people=say_number(people.people),
        known=people.counties,
        counties=len(effect.adopters),
        each=f"{each:g}",
    )


def _before(effect: Effect) -> str:
    if effect.pre_check is None:
        return say("too few periods before LEAD to check")
    gap, p = effect.pre_check
    return f"{percent(gap)} (p = {say_number(p, 2)})"


def percent(value: float) -> str:
    """Write a percent with its sign: ``−12%``, ``+3.4%``."""
    size = say_number(abs(value), 1 if abs(value) < 10 else 0)
    return f"{'−' if np.signbit(value) else '+'}{size}%"


def _choices(view: TrendView) -> Component:
    own = ("window", "compare", "skip", "each")
    pandemic = ",".join(map(str, PANDEMIC))
    skips = {"": say("No year"), pandemic: listed(map(str, PANDEMIC))}
    skip = ",".join(map(str, view.skip))
    skips.setdefault(skip, skip)
    windows = {years: say(words) for years, words in WINDOWS.items()}
    comparisons = say_all(COMPARISONS)
    return create_live_form(
        [
            create_select("window", say("After the start"), windows, view.choice["window"]),
            create_select("compare", say("Compare with"), comparisons, view.choice["compare"]),
            create_select("skip", say("Leave out"), skips, skip),
            create_entry(
                "each",
                say("Events a year of each person reached"),
                f"{view.each:g}",
                type="number",
                min="0",
                max="100",
                step="any",
            ),
            *create_carried(view.query(), own),
        ],
        "/trends",
        say("Count anew"),
    )


def _method() -> Component:
    return html.Details([html.Summary(say("How each number is made")), create_meanings(METHOD)])
