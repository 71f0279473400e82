"""The data page: methods, tables, downloads, sources."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from data.evidence.results import GRADES, REGRESSION_NOTE, WARNING
from data.facts import Facts
from data.language import marked, say, say_number
from data.read import Problem
from data.schema import dictionary, table_columns
from data.words import LOOK_WORDS, LOOKS
from layouts.parts.attributes import dataset, in_english
from layouts.parts.county import create_program
from layouts.parts.sources import source_words

STATUS_RULES = {
    "running": marked(
        "the day is on or after the latest possible start and not after the earliest possible end"
    ),
    "unconfirmed": marked(
        "running, but more than 24 months after the newest source that saw it running; "
        "still counted"
    ),
    "perhaps": marked("the day lies between the first and the last possible start, or end"),
    "planned": marked("a plan was announced by the day, and the program cannot have begun"),
    "ended": marked("the day is after the latest possible end"),
    "none_found": marked(
        "nothing of the above was found in the sources; this is not proof of absence"
    ),
}
METHODS = (
    (
        marked("Counts"),
        marked(
            "A county takes the best status of its programs, in the order above. “5 counties, "
            "perhaps 6” means: five surely, one more on one reading of its dates. Every curve is "
            "a band from the first number to the second."
        ),
    ),
    (
        marked("Dates"),
        marked(
            "Dates are EDTF (ISO 8601-2): 2018-02 is some day of that month, [..2019-02-22] is "
            "on or before that day. A start that no source gives is bounded below by the first "
            "LEAD in the state. Plans count from the last day on which they can have been "
            "announced."
        ),
    ),
    (
        marked("Residents"),
        marked(
            "The share of residents is the Census Bureau's estimate for the counties with LEAD "
            "over that of the state, for the year of the day; 2010 stands for earlier and 2019 "
            "for later years. Most programs serve one town, so the share covered is smaller."
        ),
    ),
    (
        marked("Intervals"),
        marked(
            "A share with known counts has the exact 95% interval (Clopper and Pearson 1934); "
            "counts before and after give the ratio of the shares with the log interval of Katz "
            "(1978); a published standard error gives the normal interval. Where the source has "
            "only a percent, there is no interval, and the page says so."
        ),
    ),
    (
        marked("Context"),
        marked(
            "Points are joined only within one publisher and one definition; rounded and "
            "provisional figures are hollow; the pandemic, the change of crime reporting and the "
            "courts' change of system are marked. Totals of a county or the state cannot show "
            "the effect of a program of a few dozen people."
        ),
    ),
    (
        marked("County trends"),
        marked(
            "Rates are events over person-time, with exact or Byar intervals. Observed against "
            "expected is a Poisson imputation fitted where no program can have begun, with "
            "randomization inference: the page of county trends tells each step beside its "
            "number."
        ),
    ),
    (
        marked("31 August 2019"),
        marked(
            "The slide of that day which started this project was not found. The map of that day "
            "is the best reading of other sources: Cumberland, New Hanover, Haywood, Iredell and "
            "Catawba running, Burke perhaps. It is not a transcription of the slide."
        ),
    ),
)


def create_data_page(facts: Facts, problems: tuple[Problem, ...]) -> Component:
    """Make the page of methods, tables and sources."""
    return html.Div(
        [
            html.H1(say("Data and methods")),
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
                say(
                    "Newer tables have {n} problems; this is edition {edition}, the last good one.",
                    n=len(problems),
                    edition=facts.edition,
                )
            ),
            html.Ul([html.Li(str(problem)) for problem in problems[:20]], **in_english()),
        ],
        className="panel wide warning",
    )


def _downloads(facts: Facts) -> Component:
    links = (
        ("/download/programs.csv", say("The LEAD-adoption table as held (CSV)")),
        (
            "/download/adoption.csv",
            say("All counties with their status today (CSV); add ?date=2019-08-31"),
        ),
        ("/download/map.svg", say("The map of today (SVG); add ?date=2019-08-31")),
    )
    edition = say(
        "Edition {edition}, checksum sha256 {checksum}.",
        edition=facts.edition,
        checksum=facts.checksum,
    )
    return html.Section(
        [
            html.H2(say("Take the data")),
            html.P(edition),
            html.Ul([html.Li(html.A(words, href=address)) for address, words in links]),
            html.P(
                [
                    say("Know better?"),
                    " ",
                    html.A(say("Try your table"), href="/try"),
                    " ",
                    say("shows what it would change, and"),
                    " ",
                    html.A(say("report a correction"), href="/correct"),
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
            html.Dt([html.Span(className="swatch", **dataset(look=look)), say(LOOK_WORDS[look])]),
            html.Dd(say(STATUS_RULES[look]) + "."),
        )
    ]
    grades = [
        part
        for grade, words in GRADES.items()
        for part in (html.Dt(say("Grade {grade}", grade=grade)), html.Dd(say(words) + "."))
    ]
    return html.Section(
        [
            html.H2(say("Methods")),
            html.H3(say("Status of a county on a day")),
            html.Dl(statuses),
            *[part for name, words in METHODS for part in (html.H3(say(name)), html.P(say(words)))],
            html.H3(say("Grades of evidence")),
            html.P(say("After the Maryland Scientific Methods Scale (Sherman and others 1998).")),
            html.Dl(grades),
            html.P(say(WARNING)),
            html.P(say(REGRESSION_NOTE)),
        ],
        className="panel wide prose",
        id="methods",
    )


def _not_counted(facts: Facts) -> Component:
    rows = facts.adoption[facts.adoption["is_lead"] == "no"]
    return html.Section(
        [
            html.H2(say("Other schemes, not counted as LEAD")),
            html.P(say("Their sources do not call them LEAD.")),
            *[
                html.Div(
                    [
                        html.H3(dcc.Link(_county(row.county), href=f"/county/{row.fips}")),
                        create_program(facts, row),
                    ]
                )
                for row in rows.itertuples()
            ],
        ],
        className="panel wide programs",
    )


def _county(name: str) -> str:
    return say("{county} County", county=name)


def _dictionary(facts: Facts) -> Component:
    rows = dictionary()
    tables = [
        html.Details(
            [
                html.Summary(_counted(facts, table)),
                html.Dl(
                    [
                        part
                        for row in rows[rows["table"] == table].itertuples()
                        for part in (html.Dt(html.Code(row.column)), html.Dd(row.meaning))
                    ],
                    **in_english(),
                ),
            ]
        )
        for table in table_columns()
    ]
    return html.Section([html.H2(say("Tables")), *tables], className="panel wide prose")


def _counted(facts: Facts, table: str) -> str:
    number = say_number(len(getattr(facts, table)))
    return say("{table}.csv: {n} rows", table=table, n=number)


def create_sources(facts: Facts) -> Component:
    """Make the list of all sources."""
    items = [
        html.Li(
            [
                html.Code(row.id, **in_english()),
                " ",
                html.A(
                    source_words(facts, row.id),
                    href=row.url,
                    target="_blank",
                    rel="noopener noreferrer",
                )
                if row.url
                else source_words(facts, row.id),
                html.Span(f" {row.note}", className="soft", **in_english()) if row.note else None,
            ],
            id=f"source-{row.id}",
        )
        for row in facts.sources.sort_values("publisher").itertuples()
    ]
    return html.Section(
        [
            html.H2(say("Sources")),
            html.Details(
                [
                    html.Summary(say("All {n} sources", n=len(facts.sources))),
                    html.Ul(items, className="sources all"),
                ]
            ),
        ],
        className="panel wide",
        id="sources",
    )
