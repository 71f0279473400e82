"""The trend panels: adoption, people reached, context; each follows the chosen counties."""

from __future__ import annotations

from datetime import date

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.adoption import curve, curve_on, state_milestones
from data.context import HEADLINE_SERIES, STANDING, Series, context_series
from data.dates import day_words
from data.facts import Facts
from data.frame import first_month
from data.reach import reach
from data.status import programs
from data.words import names_of
from layouts import ids
from layouts.figures import adoption_curve, context_chart, reach_chart
from layouts.figures.base import CONFIG
from layouts.parts.sources import create_source_details


def create_adoption(facts: Facts, today: date, chosen: tuple[str, ...]) -> Component:
    """Make the adoption curve of the state or of the chosen counties."""
    band = curve(facts, today, chosen)
    rows = programs(facts)
    rows = rows[rows["fips"].isin(chosen)] if chosen else rows
    first = first_month(facts, today)
    marks = state_milestones(facts)
    marks = marks[marks["day"] >= pd.Timestamp(first)]
    figure = adoption_curve(band, rows, marks, first, today)
    now = curve_on(band, today)
    of = f"the {len(chosen)} chosen" if len(chosen) > 1 else names_of(facts, chosen)
    said = (
        f"Counties with LEAD in {of} on {day_words(today)}: {now['low']:.0f}"
        f", perhaps {now['high']:.0f}; {now['share_low']:.1f}% of residents live in them."
    )
    return html.Section(
        [
            html.H2(f"How LEAD spread{'' if not chosen else ': ' + of}"),
            html.P(
                "Counties with LEAD, and the percent of residents who live in them. Pale: "
                "perhaps. Dots: program starts. Ticks: laws, plans, funding, shocks.",
                className="caption",
            ),
            html.Div(
                dcc.Graph(id=ids.CURVE, figure=figure, config=CONFIG, className="curve"),
                className="curve-box",
            ),
            html.P(said, className="only-spoken"),
            html.P(
                "Most programs serve one town or agency, so fewer people are covered than live in "
                "the county. Residents: Census estimates, 2019 standing for later years.",
                className="note",
            ),
        ],
        className="panel",
    )


def create_reach(facts: Facts, chosen: tuple[str, ...]) -> Component:
    """Make the panel of people reached: the chart of running totals, then every dated count."""
    rows = reach(facts, chosen)
    missing = f"No count of people reached was found for {names_of(facts, chosen)}."
    body = _reach_body(facts, rows) if len(rows) else [html.P(missing, className="missing")]
    return html.Section([html.H2("People reached"), *body], className="panel wide", id="reach")


def _reach_body(facts: Facts, rows: pd.DataFrame) -> list[Component]:
    drawn = rows[(rows["entered"] == "yes") & rows["day"].notna()]
    chart = html.Figure(
        [
            html.Figcaption(
                "People who entered LEAD. Filled: a running total; hollow: the number in the "
                "program on a date. Joined only within one program's count."
            ),
            dcc.Graph(figure=reach_chart(drawn), config=CONFIG, className="reach-chart"),
        ]
    )
    table = html.Table(
        [
            html.Thead(
                html.Tr(
                    [
                        html.Th(name, scope="col")
                        for name in ("Program", "What was counted", "Count", "When", "Source")
                    ]
                )
            ),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(
                                [row.site, "" if row.is_lead == "yes" else " (not LEAD)"],
                                scope="row",
                            ),
                            html.Td([row.measure, html.Span(f" ({row.kind})", className="soft")]),
                            html.Td(row.told),
                            html.Td(row.when),
                            html.Td(create_source_details(facts, row.sources)),
                        ],
                        className=None if row.is_lead == "yes" else "other",
                    )
                    for row in rows.rename(columns={"count": "told"}).itertuples()
                ]
            ),
        ],
        className="plain",
    )
    caution = html.P(
        "Running totals and counts within a period are different things; they are never added up.",
        className="note",
    )
    return [caution, *([chart] if len(drawn) else []), html.Div(table, className="scroll")]


def create_context(facts: Facts, chosen: tuple[str, ...], everything: bool = False) -> Component:
    """Make the panel of context: one small chart a series, with its standing sentence.

    For the state only the leading series are drawn, until a reader asks for everything.
    """
    found = context_series(facts, chosen)
    shown = found if chosen or everything else found[: len(HEADLINE_SERIES)]
    missing = (
        f"No publisher gives two periods by one definition for {names_of(facts, chosen)}."
        if not found
        else ""
    )
    rest = len(found) - len(shown)
    return html.Section(
        [
            html.H2(f"Context: {names_of(facts, chosen)}"),
            html.P(STANDING, className="warning"),
            html.P(
                dcc.Link(
                    "County trends: whether a publisher's numbers fell after LEAD began",
                    href=f"/trends?counties={','.join(chosen)}" if chosen else "/trends",
                )
            ),
            html.P(missing, className="missing") if missing else None,
            html.Div([create_series(facts, series) for series in shown], className="multiples"),
            html.Button(f"Show {rest} more statewide series", id=ids.MORE_CONTEXT, className="ask")
            if rest
            else None,
        ],
        className="panel wide",
        id=ids.CONTEXT,
    )


def create_series(facts: Facts, series: Series) -> Component:
    """Make one small chart with its title, publisher, the figures in words and the sources."""
    where = (
        series.place
        if series.agency in ("", series.place)
        else (f"{series.place}: {series.agency}")
    )
    rows = series.points.itertuples()
    told = [
        f"{row.when}: {row.value:,.10g} {series.unit}"
        + ("" if row.qualifier == "exact" else f" ({row.qualifier})")
        for row in rows
    ]
    cells = "; ".join(dict.fromkeys("; ".join(series.points["sources"]).split("; ")))
    notes = list(dict.fromkeys(filter(None, series.points["note"])))
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.Strong(series.measure[:1].upper() + series.measure[1:]),
                    html.Br(),
                    html.Span(f"{where}. {_counted_by(series.publisher)}", className="soft"),
                ]
            ),
            dcc.Graph(figure=context_chart(series), config=CONFIG, className="small-chart"),
            html.Details(
                [
                    html.Summary("Figures, notes and sources"),
                    html.Ul([html.Li(text) for text in told]),
                    *[html.P(note, className="note") for note in notes],
                    create_source_details(facts, cells),
                ]
            ),
        ],
        className="series",
    )


def _counted_by(publisher: str) -> str:
    if publisher.startswith("not stated"):
        return "The source does not say who counted."
    return f"Counted by {publisher}."
