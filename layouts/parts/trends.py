"""The trend panels: adoption, people reached, context; each follows the chosen counties."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.adoption import curve_on, population_ends, spread
from data.dates import day_words
from data.evidence.context import HEADLINE_SERIES, STANDING, Series, context_series, value_words
from data.evidence.reach import KIND_WORDS, entered, reach
from data.facts import Facts
from data.language import say, say_many
from data.words import names_of
from layouts import ids
from layouts.figures import adoption_curve, context_chart, reach_chart
from layouts.figures.adoption import spread_words
from layouts.parts.attributes import dataset, fact, fact_in
from layouts.parts.graph import create_graph
from layouts.parts.sources import create_source_details
from layouts.parts.tables import create_scroll, create_table
from layouts.parts.terms import create_terms, link_to_data, link_to_figures


def create_adoption(facts: Facts, day: date, today: date, chosen: tuple[str, ...]) -> Component:
    """Make the adoption curve of the state or of the chosen counties; in words it is of the day."""
    found = spread(facts, chosen, today)
    figure = adoption_curve(*found)
    _, last = population_ends(facts)
    many = len(chosen) > 1
    of = say("the {n} chosen", n=len(chosen)) if many else names_of(facts, chosen)
    title = say("How LEAD spread: {place}", place=of) if chosen else say("How LEAD spread")
    return html.Section(
        [
            html.H2(title),
            html.P(
                [
                    say(
                        "Counties with LEAD, and the percent of the state's residents who live in "
                        "them. Pale: perhaps. Dots: program starts. Ticks:"
                    ),
                    " ",
                    html.Span(link_to_data(say("laws, plans, funding, shocks"), "milestones")),
                    ".",
                ],
                className="caption",
            ),
            _create_spread(found.band, day),
            html.Div(
                create_graph(figure, "curve", id=ids.CURVE),
                className="curve-box",
            ),
            html.P(
                [
                    say(
                        "Most programs serve one town or agency, so fewer people are covered than "
                        "live in the county."
                    ),
                    " ",
                    html.Span(link_to_data(say("Residents"), "residents")),
                    say(": Census estimates, {last} standing for later years.", last=last),
                ],
                className="note",
            ),
        ],
        className="panel",
    )


def _create_spread(band: pd.DataFrame, day: date) -> Component:
    """Say the curve on the day; the browser has every step and says it of any other day."""
    none = {"": _spread(curve_on(band[:0], day))}
    steps = none | {f"{row['day']:%Y-%m-%d}": _spread(row) for row in band.to_dict("records")}
    return html.P(
        say("On {day}: {spread}.", day=day_words(day), spread=_spread(curve_on(band, day))),
        className="spread",
        **dataset(spread=json.dumps(list(steps.items()), ensure_ascii=False)),
    )


def _spread(now: dict[str, Any]) -> str:
    return "; ".join(spread_words(now))


def create_reach(facts: Facts, chosen: tuple[str, ...]) -> Component:
    """Make the panel of people reached: the chart of running totals, then every dated count."""
    rows = reach(facts, chosen)
    missing = say(
        "No count of people reached was found for {place}.", place=names_of(facts, chosen)
    )
    nothing: list[Component | None] = [html.P(missing, className="missing")]
    body = _reach_body(facts, rows) if len(rows) else nothing
    return html.Section([html.H2(say("People reached")), *body], className="panel wide", id="reach")


def _reach_body(facts: Facts, rows: pd.DataFrame) -> list[Component | None]:
    drawn = entered(rows)
    chart = html.Figure(
        [
            html.Figcaption(
                say(
                    "People who entered LEAD. Filled: a running total; hollow: the number in the "
                    "program on a date. Joined only within one program's count."
                )
            ),
            create_graph(reach_chart(drawn), "reach-chart"),
        ]
    )
    caution = html.P(
        say(
            "Running totals and counts within a period are different things; they are never added "
            "up."
        ),
        className="note",
    )
    terms = create_terms(rows["measure"])
    drawing = [chart] if len(drawn) > 1 else []  # a single count is told by its row
    return [caution, link_to_figures("reach"), terms, *drawing, _reach_table(facts, rows)]


def _reach_table(facts: Facts, rows: pd.DataFrame) -> Component:
    heads = (say("Program"), say("What was counted"), say("Count"), say("When"), say("Source"))
    told = rows.rename(columns={"count": "told"}).itertuples()
    table = create_table(heads, [_reach_row(facts, row) for row in told], say("People reached"))
    return create_scroll(table, say("People reached"))


def _reach_row(facts: Facts, row: Any) -> Component:
    lead = row.is_lead == "yes"
    return html.Tr(
        [
            html.Th([fact(row.site), "" if lead else " " + say("(not LEAD)")], scope="row"),
            html.Td(
                [fact(row.measure), html.Span(f" ({say(KIND_WORDS[row.kind])})", className="soft")]
            ),
            html.Td(row.told),
            html.Td(row.when),
            html.Td(create_source_details(facts, row.sources)),
        ],
        className=None if lead else "other",
    )


def create_context(facts: Facts, chosen: tuple[str, ...], everything: bool = False) -> Component:
    """Make the panel of context: one small chart a series, with its standing sentence.

    For the state only the leading series are drawn, until a reader asks for everything.
    """
    found = context_series(facts, chosen)
    shown = found if chosen or everything else found[: len(HEADLINE_SERIES)]
    missing = (
        say(
            "No publisher gives two periods by one definition for {place}.",
            place=names_of(facts, chosen),
        )
        if not found
        else ""
    )
    rest = len(found) - len(shown)
    return html.Section(
        [
            html.H2(say("Context: {place}", place=names_of(facts, chosen))),
            html.P(say(STANDING), className="warning"),
            html.P(
                dcc.Link(
                    say("County trends: whether a publisher's numbers fell after LEAD began"),
                    href=f"/trends?counties={','.join(chosen)}" if chosen else "/trends",
                )
            ),
            html.P(missing, className="missing") if missing else None,
            link_to_figures("context"),
            create_terms(series.measure for series in shown),
            html.Div([create_series(facts, series) for series in shown], className="multiples"),
            html.Button(
                say_many("Show {n} more statewide series", "Show {n} more statewide series", rest),
                id=ids.MORE_CONTEXT,
                className="ask",
            )
            if rest
            else None,
        ],
        className="panel wide",
        id=ids.CONTEXT,
    )


def create_series(facts: Facts, series: Series) -> Component:
    """Make one small chart with its title, publisher, the figures in words and the sources."""
    figure = context_chart(series)
    told = [f"{row.when}: {value_words(row, series.unit)}" for row in series.points.itertuples()]
    cells = "; ".join(dict.fromkeys("; ".join(series.points["sources"]).split("; ")))
    notes = list(dict.fromkeys(filter(None, series.points["note"])))
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.Strong(fact(series.measure[:1].upper() + series.measure[1:])),
                    html.Br(),
                    html.Span(
                        [
                            fact(series.where),
                            ". ",
                            *fact_in(series.counted, series.publisher),
                            f" {series.unit_note}",
                        ],
                        className="soft",
                    ),
                ]
            ),
            # Else it takes what is left over.
            create_graph(figure, "small-chart", style={"height": f"{figure.layout.height}px"}),
            html.Details(
                [
                    html.Summary(say("Figures, notes and sources")),
                    html.Ul([html.Li(text) for text in told]),
                    *[html.P(fact(note), className="note") for note in notes],
                    create_source_details(facts, cells),
                ]
            ),
        ],
        className="series",
    )
