"""Observed against expected: the sentence first, then the curve, the counties, and every check."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.facts import Facts
from data.language import marked, say, say_all
from data.measures.effect import Effect, EffectError
from data.measures.effect_words import p_words, percent, size_words
from data.measures.observed import Found, find
from data.measures.panel import Options
from data.measures.trend_words import rate_unit
from data.words import listed, names_of
from layouts.figures.effect import effect_curve, effect_rows
from layouts.parts.forms import create_carried, create_entry, create_live_form, create_select
from layouts.parts.graph import create_graph
from layouts.parts.series import create_meanings
from layouts.parts.terms import link_to_columns
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
            "fitted anew. What is compared is the logarithm of observed ÷ expected over the "
            "periods after the dealt dates, whatever its sign: where k deals give one as large as "
            "the true dates do, p = (1 + k) ÷ (1 + 999). The interval holds all effects that this "
            "test does not rule out at 5 in 100."
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
            "The same reckoning on data from before LEAD: in each county with two such periods or "
            "more, the last 3 of them (fewer where it has no 4) are taken as if LEAD had begun "
            "with them, and all later ones are left out. Where it finds a gap, the counties "
            "differed already. It is done only where most of the counties with LEAD can be used."
        ),
    ),
    (
        marked("People reached"),
        marked(
            "The newest running total of people who entered each program, added up; at least so "
            "many where a source says “more than”. The fall is these people × the events a year "
            "of each ÷ the events a year of the same counties (each county’s events after the "
            "start ÷ its years with LEAD, added up). Only counties with a running total are on "
            "either side. Totals are as old as their sources."
        ),
    ),
)


ALL = 100.0
"""The percent by which a total can fall at most."""


def create_effect(facts: Facts, view: TrendView) -> Component:
    """Make the panel for a view that has a measure."""
    series, measure = view.asked()
    options = options_of(view)
    head = [html.H2(say("Observed against expected")), _choices(view)]
    try:
        found = find(facts, series, measure.name, options, view.each)
    except EffectError as error:
        body: list[Component] = [html.P(str(error), className="missing")]
    else:
        body = _body(facts, found, view)
    return html.Section([*head, *body, _method()], className="panel wide", id="observed")


def options_of(view: TrendView) -> Options:
    """Give the options of the estimate that a view asks for."""
    return Options(
        window=int(view.choice["window"]), comparison=view.choice["compare"], skip=view.skip
    )


def _body(facts: Facts, found: Found, view: TrendView) -> list[Component]:
    effect, (finding, *sentences) = found.effect, found.sentences
    return [
        html.P(finding, className="finding"),
        *[html.P(sentence) for sentence in sentences],
        html.Figure(
            [
                html.Figcaption(
                    say(
                        "The {n} counties with LEAD together, {unit}: observed (line) and expected "
                        "(dashes). The bluer the ground, the more of them are counted with LEAD; "
                        "periods that are not counted, such as those in which a start is not "
                        "certain, are drawn too. The lines break where a period is missing or not "
                        "the same counties have numbers.",
                        n=len(effect.adopters),
                        unit=rate_unit(found.measure),
                    )
                ),
                create_graph(effect_curve(found.periods, len(effect.adopters)), "trend-chart"),
            ]
        ),
        html.Figure(
            [
                html.Figcaption(
                    say("Each county: how far observed lies from expected, in percent.")
                ),
                create_graph(effect_rows(effect, facts.county_names), "trend-chart"),
            ]
        ),
        _checks(facts, found),
        html.P(
            [
                html.A(
                    say("Download what is drawn (CSV)"), href=f"/download/effect.csv?{view.query()}"
                ),
                link_to_columns("effect"),
            ],
            className="tools",
        ),
    ]


def _checks(facts: Facts, found: Found) -> Component:
    effect, names = found.effect, facts.county_names
    left_out = [f"{names.get(fips, fips)}: {say(why)}" for fips, why in effect.left_out]
    deals = say(
        "{n}, seed {seed}, from the file's checksum and the options",
        n=effect.draws,
        seed=effect.seed,
    )
    checks = [
        (say("Counties with LEAD"), ", ".join(names[fips] for fips in effect.adopters)),
        (say("Compared with"), say("{n} counties without LEAD", n=effect.comparisons)),
        (say("Interval (95%)"), _range(effect.low, effect.high)),
        (say("Without any one county"), _range(*effect.leave_one_out)),
        (say("Smallest change to be seen"), percent(effect.detectable)),
        (say("Before LEAD"), _before(effect)),
        (say("People reached"), _reached(facts, found)),
        (say("Deals"), deals),
        (say("Left out"), "; ".join(left_out)),
    ]
    return html.Dl(
        [part for name, value in checks if value for part in (html.Dt(name), html.Dd(value))],
        className="checks",
    )


def _range(low: float, high: float) -> str:
    return say("{low} to {high}", low=percent(low), high=percent(high))


def _reached(facts: Facts, found: Found) -> str | list[Component | str]:
    """Tell how many people are known, where, of which totals, and what they could weigh."""
    people = found.people
    if not people.people:
        return say("no running total was found for these counties")
    told = say(
        "{people}, by the newest running totals of {known} of the {counties} counties:",
        people=people.words,
        known=len(people.counties),
        counties=len(found.effect.adopters),
    )
    links: list[Component | str] = []
    for row in people.rows.rename(columns={"count": "told"}).itertuples():
        words = f"{row.site}: {row.told} ({row.when})"
        links += ["; ", html.A(words, href=f"/county/{row.fips}#reach")]
    return [f"{told} ", *links[1:], ". ", _fall(facts, found)]


def _fall(facts: Facts, found: Found) -> str:
    """Say by how much the total of the counties with known people would fall without them."""
    if found.fall is None:
        return ""
    told = {
        "each": f"{found.each:g}",
        "counties": names_of(facts, found.people.counties),
        "size": size_words(found.fall),
    }
    if found.people.at_least and found.fall < ALL:
        return say(
            "Had LEAD ended every such event among them, taken as {each} a year of each, the "
            "yearly total of {counties} alone would fall by about {size}% or more.",
            **told,
        )
    return say(
        "Had LEAD ended every such event among them, taken as {each} a year of each, the yearly "
        "total of {counties} alone would fall by about {size}%.",
        **told,
    )


def _before(effect: Effect) -> str:
    """Say the gap before LEAD, and which periods of how many counties it is told from."""
    check = effect.pre_check
    if check is None:
        return say("too few periods before LEAD to check")
    few, many = min(check.moved.values()), max(check.moved.values())
    return say(
        "{gap} (p = {p}) in {counties} of the {all} counties, the last periods before LEAD taken "
        "as if with LEAD: {periods} in each",
        gap=percent(check.percent),
        p=p_words(check.p),
        counties=len(check.moved),
        all=len(effect.adopters),
        periods=f"{few}" if few == many else say("{low} to {high}", low=few, high=many),
    )


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
