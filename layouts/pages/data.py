"""The data page: methods, tables, downloads, sources."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.read import Problem
from data.results import GRADES, REGRESSION_NOTE, WARNING
from data.schema import dictionary, table_columns
from data.words import LOOK_WORDS, LOOKS
from layouts.parts.attributes import dataset
from layouts.parts.county import create_program
from layouts.parts.sources import source_words

STATUS_RULES = {
    "running": "the day is on or after the latest possible start and not after the earliest "
    "possible end",
    "unconfirmed": "running, but more than 24 months after the newest source that saw it running; "
    "still counted",
    "perhaps": "the day lies between the first and the last possible start, or end",
    "planned": "a plan was announced by the day, and the program cannot have begun",
    "ended": "the day is after the latest possible end",
    "none_found": "nothing of the above was found in the sources; this is not proof of absence",
}
METHODS = (
    (
        "Counts",
        "A county takes the best status of its programs, in the order above. “5 counties, perhaps "
        "6” means: five surely, one more on one reading of its dates. Every curve is a band from "
        "the first number to the second.",
    ),
    (
        "Dates",
        "Dates are EDTF (ISO 8601-2): 2018-02 is some day of that month, [..2019-02-22] is on or "
        "before that day. A start that no source gives is bounded below by the first LEAD in the "
        "state. Plans count from the last day on which they can have been announced.",
    ),
    (
        "Residents",
        "The share of residents is the Census Bureau's estimate for the counties with LEAD over "
        "that of the state, for the year of the day; 2010 stands for earlier and 2019 for later "
        "years. Most programs serve one town, so the share covered is smaller.",
    ),
    (
        "Intervals",
        "A share with known counts has the exact 95% interval (Clopper and Pearson 1934); counts "
        "before and after give the ratio of the shares with the log interval of Katz (1978); a "
        "published standard error gives the normal interval. Where the source has only a percent, "
        "there is no interval, and the page says so.",
    ),
    (
        "Context",
        "Points are joined only within one publisher and one definition; rounded and provisional "
        "figures are hollow; the pandemic, the change of crime reporting and the courts' change of "
        "system are marked. Totals of a county or the state cannot show the effect of a program of "
        "a few dozen people.",
    ),
    (
        "County trends",
        "Rates are events over person-time, with exact or Byar intervals. Observed against "
        "expected is a Poisson imputation fitted where no program can have begun, with "
        "randomization inference: the page of county trends tells each step beside its number.",
    ),
    (
        "31 August 2019",
        "The slide of that day which started this project was not found. The map of that day is "
        "the best reading of other sources: Cumberland, New Hanover, Haywood, Iredell and Catawba "
        "running, Burke perhaps. It is not a transcription of the slide.",
    ),
)


def create_data_page(facts: Facts, problems: tuple[Problem, ...]) -> Component:
    """Make the page of methods, tables and sources."""
    return html.Div(
        [
            html.H1("Data and methods"),
            _problem_notice(problems, facts) if problems else None,
            _downloads(facts),
            create_methods(),
            _not_counted(facts),
            _dictionary(facts),
            create_sources(facts),
        ],
        className="data-page",
    )


def _problem_notice(problems: tuple[Problem, ...], facts: Facts) -> Component:
    return html.Section(
        [
            html.P(
                f"Newer tables have {len(problems)} problems; this is edition {facts.edition}, "
                "the last good one."
            ),
            html.Ul([html.Li(str(problem)) for problem in problems[:20]]),
        ],
        className="panel wide warning",
    )


def _downloads(facts: Facts) -> Component:
    links = (
        ("/download/programs.csv", "The LEAD-adoption table as held (CSV)"),
        (
            "/download/adoption.csv",
            "All counties with their status today (CSV); add ?date=2019-08-31",
        ),
        ("/download/map.svg", "The map of today (SVG); add ?date=2019-08-31"),
    )
    return html.Section(
        [
            html.H2("Take the data"),
            html.P(f"Edition {facts.edition}, checksum sha256 {facts.checksum}."),
            html.Ul([html.Li(html.A(words, href=address)) for address, words in links]),
            html.P(
                [
                    "Know better? ",
                    html.A("Try your table", href="/try"),
                    " shows what it would change, and ",
                    html.A("report a correction", href="/correct"),
                    ".",
                ]
            ),
        ],
        className="panel wide",
    )


def create_methods() -> Component:
    """Make the section of methods."""
    statuses = [
        part
        for look in LOOKS
        for part in (
            html.Dt([html.Span(className="swatch", **dataset(look=look)), LOOK_WORDS[look]]),
            html.Dd(STATUS_RULES[look] + "."),
        )
    ]
    grades = [
        part
        for grade, words in GRADES.items()
        for part in (html.Dt(f"Grade {grade}"), html.Dd(words + "."))
    ]
    return html.Section(
        [
            html.H2("Methods"),
            html.H3("Status of a county on a day"),
            html.Dl(statuses),
            *[part for name, words in METHODS for part in (html.H3(name), html.P(words))],
            html.H3("Grades of evidence"),
            html.P("After the Maryland Scientific Methods Scale (Sherman and others 1998)."),
            html.Dl(grades),
            html.P(WARNING),
            html.P(REGRESSION_NOTE),
        ],
        className="panel wide prose",
        id="methods",
    )


def _not_counted(facts: Facts) -> Component:
    rows = facts.adoption[facts.adoption["is_lead"] == "no"]
    return html.Section(
        [
            html.H2("Other schemes, not counted as LEAD"),
            html.P("Their sources do not call them LEAD."),
            *[
                html.Div(
                    [
                        html.H3(dcc.Link(f"{row.county} County", href=f"/county/{row.fips}")),
                        create_program(facts, row),
                    ]
                )
                for row in rows.itertuples()
            ],
        ],
        className="panel wide programs",
    )


def _dictionary(facts: Facts) -> Component:
    rows = dictionary()
    tables = [
        html.Details(
            [
                html.Summary(f"{table}.csv: {len(getattr(facts, table)):,} rows"),
                html.Dl(
                    [
                        part
                        for row in rows[rows["table"] == table].itertuples()
                        for part in (html.Dt(html.Code(row.column)), html.Dd(row.meaning))
                    ]
                ),
            ]
        )
        for table in table_columns()
    ]
    return html.Section([html.H2("Tables"), *tables], className="panel wide prose")


def create_sources(facts: Facts) -> Component:
    """Make the list of all sources."""
    items = [
        html.Li(
            [
                html.Code(row.id),
                " ",
                html.A(
                    source_words(facts, row.id),
                    href=row.url,
                    target="_blank",
                    rel="noopener noreferrer",
                )
                if row.url
                else source_words(facts, row.id),
                html.Span(f" {row.note}", className="soft") if row.note else None,
            ],
            id=f"source-{row.id}",
        )
        for row in facts.sources.sort_values("publisher").itertuples()
    ]
    return html.Section(
        [
            html.H2("Sources"),
            html.Details(
                [
                    html.Summary(f"All {len(facts.sources)} sources"),
                    html.Ul(items, className="sources all"),
                ]
            ),
        ],
        className="panel wide",
        id="sources",
    )
