"""The data page: methods, tables, downloads, sources."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.dates import edtf_words
from data.facts import Facts
from data.glossary import TERMS
from data.language import say, say_many, say_number
from data.read import Problem
from data.schema import dictionary, downloads, table_columns
from layouts.parts.attributes import in_english
from layouts.parts.county import create_program
from layouts.parts.methods import create_methods
from layouts.parts.sources import create_source_details, create_source_words
from layouts.parts.terms import create_words, link_to_data, link_to_table


def create_data_page(facts: Facts, problems: tuple[Problem, ...]) -> Component:
    """Make the page of methods, tables and sources."""
    return html.Div(
        [
            html.H1(say("Data and methods")),
            _problem_notice(problems, facts) if problems else None,
            _downloads(facts),
            create_methods(facts),
            create_words(),
            create_milestones(facts),
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
                say_many(
                    "Newer tables have {n} problem; this is edition {edition}, the last good one.",
                    "Newer tables have {n} problems; this is edition {edition}, the last good one.",
                    len(problems),
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
        ("/download/data.zip", say("All tables with their dictionary (ZIP)")),
        ("/download/data.xlsx", say("All tables (XLSX)")),
    )
    edition = say(
        "Edition {edition}, checksum sha256 {checksum}.",
        edition=facts.edition,
        checksum=facts.checksum,
    )
    return html.Section(
        [
            html.H2(say("Take the data")),
            html.P(f"{edition} {say(TERMS['edition'].meaning)}", id="edition"),
            html.Ul([html.Li(html.A(words, href=address)) for address, words in links]),
            html.P(link_to_data(say("What the columns of every table and file mean"), "tables")),
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


def _not_counted(facts: Facts) -> Component:
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
                for row in facts.other_schemes.itertuples()
            ],
        ],
        className="panel wide programs",
    )


def _county(name: str) -> str:
    return say("{county} County", county=name)


def _dictionary(facts: Facts) -> Component:
    rows, made = dictionary(), downloads()
    tables = [
        html.Details(
            [
                html.Summary(_counted(facts, table)),
                link_to_table(say("This table (CSV)"), table),
                _columns(rows, table),
            ],
            id=f"table-{table}",
        )
        for table in table_columns()
    ]
    files = [
        html.Details(
            [html.Summary(say("{file}.csv: its columns", file=file)), _columns(made, file)],
            id=f"table-{file}",
        )
        for file in made["table"].unique()
    ]
    where = html.P(
        [
            say("Each table is a CSV file in the"),
            " ",
            html.A(say("ZIP of all tables"), href="/download/data.zip"),
            say("; open one here for its own file and what its columns mean."),
        ]
    )
    columns = link_to_table(say("All columns and what they mean (CSV)"), "dictionary")
    return html.Section(
        [
            html.H2(say("Tables")),
            where,
            *tables,
            html.H3(say("Files that are made when asked for")),
            *files,
            columns,
        ],
        className="panel wide prose",
        id="tables",
    )


def _columns(rows: pd.DataFrame, table: str) -> Component:
    """List the columns of a table or file with what they mean."""
    return html.Dl(
        [
            part
            for row in rows[rows["table"] == table].itertuples()
            for part in (html.Dt(_column(row.column)), html.Dd(row.meaning))
        ],
        **in_english(),
    )


def _column(name: str) -> Component:
    """Name a column; one that is called by a term leads to what that means."""
    code = html.Code(name)
    return link_to_data(code, f"word-{name}") if name in TERMS else code


def _counted(facts: Facts, table: str) -> str:
    number = say_number(len(facts.tables[table]))
    return say("{table}.csv: {n} rows", table=table, n=number)


def create_milestones(facts: Facts) -> Component:
    """Make the list of the state's milestones, each dated, in words and with its sources."""
    rows = facts.milestones[facts.milestones["scope"] == "state"].sort_values("date")
    items = [
        html.Li(
            [
                html.Strong(f"{edtf_words(row.date)}: "),
                html.Span(f"{row.title}. {row.what}", **in_english()),
                create_source_details(facts, row.sources),
            ]
        )
        for row in rows.itertuples()
    ]
    return html.Section(
        [
            html.H2(say("Milestones")),
            html.P(
                say(
                    "Laws, plans, funding, court changes and shocks of the whole state: the ticks "
                    "of the curve, but for the courts' change of system, county by county. What "
                    "belongs to one county stands on its page."
                )
            ),
            html.Details(
                [
                    html.Summary(say("All {n} milestones of the state", n=len(rows))),
                    html.Ol(items, className="events"),
                ]
            )
            if items
            else None,
        ],
        className="panel wide",
        id="milestones",
    )


def create_sources(facts: Facts) -> Component:
    """Make the list of all sources."""
    items = [
        html.Li(
            [
                html.Code(row.id, **in_english()),
                " ",
                html.A(words, href=row.url, target="_blank", rel="noopener noreferrer")
                if row.url
                else html.Span(words),
                html.Span(f" {row.note}", className="soft", **in_english()) if row.note else None,
            ],
            id=f"source-{row.id}",
        )
        for row in facts.sources.sort_values("publisher").itertuples()
        for words in [create_source_words(facts, row.id)]
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
