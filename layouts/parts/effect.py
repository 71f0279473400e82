"""Observed against expected: the sentence first, then the curve, the counties, and every check."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from data.effect import Effect, EffectError
from data.facts import Facts
from data.observed import Reached, told
from data.panel import Options
from layouts.figures.base import CONFIG
from layouts.figures.effect import effect_curve, effect_rows
from layouts.parts.forms import create_carried, create_entry, create_live_form, create_select
from layouts.trend_address import PANDEMIC, TrendView

WINDOWS = {
    "0": "All that the file has",
    "1": "First year",
    "2": "First 2 years",
    "3": "First 3 years",
    "5": "First 5 years",
}
COMPARISONS = {
    "all": "All counties without LEAD",
    "size": "Those of like size",
}
METHOD = (
    (
        "Expected",
        "A Poisson model with an effect of each county and of each period, and person-time as "
        "offset, fitted only where no program can have begun (imputation: Wooldridge 2023). It "
        "says what the counties with LEAD would have had, had they moved like the others.",
    ),
    (
        "Percent",
        "100 × (observed ÷ expected − 1), over the periods that lie wholly after the start. "
        "Periods in which the start is not certain are left out.",
    ),
    (
        "Deals",
        "The dates of LEAD are dealt to counties at random, 999 times, and everything is fitted "
        "anew. The interval holds all effects that this test does not rule out at 5 in 100.",
    ),
    (
        "Smallest change to be seen",
        "What an effect must reach to be found in four cases of five: 2.8 times the spread of the "
        "deals.",
    ),
    (
        "Check before LEAD",
        "The same reckoning with adoption moved to an earlier period, on data from before LEAD: "
        "where it finds a gap, the counties differed already.",
    ),
)


def create_effect(facts: Facts, view: TrendView) -> Component:
    """Make the panel for a view that has a measure."""
    series, measure = view.asked()
    options = options_of(view)
    head = [html.H2("Observed against expected"), _choices(view)]
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
                    "The counties with LEAD together, per 100,000 residents a year: observed "
                    "(line) and expected (dashes). The bluer the ground, the more have LEAD."
                ),
                dcc.Graph(figure=effect_curve(effect), config=CONFIG, className="trend-chart"),
            ]
        ),
        html.Figure(
            [
                html.Figcaption("Each county: how far observed lies from expected, in percent."),
                dcc.Graph(
                    figure=effect_rows(effect, names), config=CONFIG, className="trend-chart"
                ),
            ]
        ),
        _checks(facts, effect, people, view),
        html.P(
            html.A("Download what is drawn (CSV)", href=f"/download/effect.csv?{view.query()}"),
            className="tools",
        ),
    ]


def _checks(facts: Facts, effect: Effect, people: Reached, view: TrendView) -> Component:
    names = facts.county_names
    checks = [
        ("Counties with LEAD", ", ".join(names[fips] for fips in effect.adopters)),
        ("Compared with", f"{effect.comparisons} counties without LEAD"),
        ("Interval (95%)", f"{percent(effect.low)} to {percent(effect.high)}"),
        ("Without any one county", " to ".join(map(percent, effect.leave_one_out))),
        ("Smallest change to be seen", percent(effect.detectable)),
        ("Before LEAD", _before(effect)),
        (
            "People reached",
            f"{people.people:,}, by the newest running totals of {people.counties} of the "
            f"{len(effect.adopters)} counties; each taken to have {view.each:g} a year"
            if people.people
            else "no running total was found for these counties",
        ),
        ("Deals", f"{effect.draws}, seed {effect.seed}, from the file's checksum and the options"),
        ("Left out", "; ".join(f"{names.get(fips, fips)}: {why}" for fips, why in effect.left_out)),
    ]
    return html.Dl(
        [part for name, value in checks if value for part in (html.Dt(name), html.Dd(value))],
        className="checks",
    )


def _before(effect: Effect) -> str:
    if effect.pre_check is None:
        return "too few periods before LEAD to check"
    gap, p = effect.pre_check
    return f"{percent(gap)} (p = {p:.2f})"


def percent(value: float) -> str:
    """Write a percent with its sign: ``−12%``, ``+3.4%``."""
    places = 1 if abs(value) < 10 else 0
    return f"{value:+,.{places}f}%".replace("-", "−")


def _choices(view: TrendView) -> Component:
    own = ("window", "compare", "skip", "each")
    skips = {"": "No year", ",".join(map(str, PANDEMIC)): "2020 and 2021"}
    skip = ",".join(map(str, view.skip))
    skips.setdefault(skip, skip)
    return create_live_form(
        [
            create_select("window", "After the start", WINDOWS, view.choice["window"]),
            create_select("compare", "Compare with", COMPARISONS, view.choice["compare"]),
            create_select("skip", "Leave out", skips, skip),
            create_entry(
                "each",
                "Events a year of each person reached",
                f"{view.each:g}",
                type="number",
                min="0",
                max="100",
                step="any",
            ),
            *create_carried(view.query(), own),
        ],
        "/trends",
        "Count anew",
    )


def _method() -> Component:
    parts = [part for name, words in METHOD for part in (html.Dt(name), html.Dd(words))]
    return html.Details([html.Summary("How each number is made"), html.Dl(parts)])
