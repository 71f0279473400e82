"""County trends: one measure of a loaded series over time, and whether anything fell."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.language import marked, say
from data.measures.trend import Trend, county_trend
from data.series import QUALITIES, CountySeries, Measure
from layouts import ids
from layouts.figures.trend import trend_chart, trend_multiples
from layouts.parts.attributes import aria, dataset
from layouts.parts.forms import create_carried, create_entry, create_live_form, create_select
from layouts.parts.graph import create_graph
from layouts.parts.series import create_about_series, create_meanings, create_no_series
from layouts.parts.terms import link_to_columns
from layouts.trend_address import TrendView, measure_names

TOGETHER = 4
"""So many counties share one chart; more get a small one each."""
FORMULAS = (
    (
        marked("Rate"),
        marked(
            "Events over person-time, times 100,000. Person-time is residents times the years of "
            "the period, from the file's own population; where it has none, the Census estimate "
            "of the year or of the nearest one known."
        ),
    ),
    (
        marked("Interval"),
        marked(
            "95%, exact for fewer than 10 events (Garwood 1936), Byar's approximation from 10. "
            "With fewer than 20 events a rate is not steady, and its point is hollow."
        ),
    ),
    (
        marked("People on a day"),
        marked(
            "A daily average of people is no count of events, so it has a rate and no interval."
        ),
    ),
    (
        marked("Groups"),
        marked(
            "All counties that have a value in the period, added up; called North Carolina only "
            "where that is the whole state in every period. Counties without LEAD are those in "
            "which no program can have begun by its end."
        ),
    ),
    (
        marked("Years since LEAD"),
        marked(
            "From the middle of the days on which LEAD may have begun in the county to the middle "
            "of the period; less than zero before. Blank where the sources leave those days open."
        ),
    ),
)


def create_trends_page(facts: Facts, loaded: Sequence[CountySeries], view: TrendView) -> Component:
    """Make the page for a view; the second panel comes by itself, as it takes a while to count."""
    if view.series is None or view.measure is None:
        return html.Div(
            [html.H1(say("County trends: did anything fall?")), create_no_series()],
            className="trends-page",
        )
    return html.Div(
        [
            html.H1(say("County trends: {what}", what=say(view.measure.label).lower())),
            html.P(" ".join(view.notices), id=ids.NOTICE, role="status"),
            _choices(facts, loaded, view),
            _trend(trend_of(facts, view), view.measure, view),
            html.Div(_effect_to_come(view), id=ids.EFFECT),
            dcc.Store(id=ids.EFFECT_ASKED, data=view.query()),
            create_about_series(view.series),
        ],
        className="trends-page",
        **dataset(query=view.query()),
    )


def _choices(facts: Facts, loaded: Sequence[CountySeries], view: TrendView) -> Component:
    own = ("measure", "add", "as", "by", "align")
    measures = measure_names(loaded)
    words = {
        "as": {"rate": say("Rate per resident"), "count": say("Count")},
        "by": {"finest": say("Finest in the file"), "year": say("Years")},
        "align": {"calendar": say("Calendar"), "adoption": say("Years since LEAD began")},
    }
    names = html.Datalist(
        [html.Option(value=name) for name in sorted(facts.county_names.values())],
        id="county-names",
    )
    return html.Section(
        [
            create_live_form(
                [
                    create_select("measure", say("Measure"), measures, view.key),
                    create_entry(
                        "add",
                        say("Add a county"),
                        list="county-names",
                        placeholder=say("Type its name"),
                    ),
                    names,
                    create_select("as", say("Show"), words["as"], view.choice["as"]),
                    create_select("by", say("Period"), words["by"], view.choice["by"]),
                    create_select("align", say("Line up by"), words["align"], view.choice["align"]),
                    *create_carried(view.query(), own),
                ],
                "/trends",
                say("Show"),
            ),
            # A narrow screen cuts the name in the field above, which says it whole to who listens.
            html.P(measures[view.key], className="whole-name", **aria(hidden="true")),
            _chosen(facts, view),
        ],
        className="panel",
    )


def _chosen(facts: Facts, view: TrendView) -> Component:
    """List the chosen counties, each with a link that takes it out."""
    links = [
        dcc.Link(
            [
                html.Span(f"{facts.county_names[fips]} ×", **aria(hidden="true")),
                html.Span(out, className="only-spoken"),
            ],
            href="/trends?" + view.query(counties=",".join(c for c in view.chosen if c != fips)),
            title=out,
            className="chip",
        )
        for fips in view.chosen
        for out in [say("Take out {county} County", county=facts.county_names[fips])]
    ]
    none = say("No county chosen: the lines are the state and the counties without LEAD.")
    return html.P(links or none, className="chips")


def trend_of(facts: Facts, view: TrendView) -> Trend:
    """Give what the first panel draws for a view that has a measure."""
    series, measure = view.asked()
    return county_trend(
        facts,
        series,
        measure.name,
        view.chosen,
        as_rate=view.choice["as"] == "rate",
        align=view.choice["align"],
        finest=view.choice["by"] == "finest",
    )


def _trend(trend: Trend, measure: Measure, view: TrendView) -> Component:
    return html.Section(
        [
            html.H2(say("How it moved")),
            html.P(_caption(trend, measure), className="caption"),
            _charts(trend, len(view.chosen)),
            html.Ul([html.Li(note) for note in trend.notes], className="note"),
            html.P(
                [
                    html.A(
                        say("Download what is drawn (CSV)"),
                        href=f"/download/trend.csv?{view.query()}",
                    ),
                    link_to_columns("trend"),
                ],
                className="tools",
            ),
            html.Details(
                [
                    html.Summary(say("How each number is made")),
                    create_meanings(FORMULAS),
                    html.P(say("Quality of a value, kept apart in the file and in the chart:")),
                    create_meanings(QUALITIES.items()),
                ],
                id="methods",
            ),
        ],
        className="panel wide",
        id="trend",
    )


def _caption(trend: Trend, measure: Measure) -> str:
    return say(
        "{measure}, {unit}. Gray: all counties with a value (line) and those without LEAD "
        "(dashes). Hollow: few events, not steady. Diamonds: estimated by the publisher. Crosses "
        "below zero: no value. Colored bands: LEAD began.",
        measure=say(measure.label),
        unit=trend.unit,
    )


def _charts(trend: Trend, counties: int) -> Component:
    if not any(len(line.points) for line in trend.lines):
        return html.P(say("The file has no value for these counties."), className="missing")
    if counties <= TOGETHER:
        return create_graph(trend_chart(trend), "trend-chart")
    charts = [create_graph(figure, "small-chart") for figure in trend_multiples(trend)]
    return html.Div(charts, className="multiples")


def _effect_to_come(view: TrendView) -> Component:
    return html.Section(
        [
            html.H2(say("Observed against expected")),
            html.P(
                say(
                    "Dealing the dates of LEAD to counties at random, 999 times, to see how large "
                    "a gap chance alone makes …"
                ),
                className="loading",
                role="status",
            ),
            html.Noscript(
                html.A(say("Show the numbers (CSV)"), href=f"/download/effect.csv?{view.query()}")
            ),
        ],
        className="panel wide",
    )
