"""County series: what is loaded, how to load a file, and what was understood of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.language import ENGLISH, marked, say, speaking
from data.publishers import PUBLISHERS, columns_of, guess_mapping, read_series
from data.publishers import Mapping as ColumnMapping
from data.series import CountySeries, SeriesError
from layouts import ids
from layouts.parts.attributes import aria, dataset, in_english
from layouts.parts.forms import create_carried, create_entry, create_live_form, create_select
from layouts.parts.series import (
    WHAT_IT_SHOWS,
    create_address,
    create_series_facts,
    create_series_list,
)
from layouts.parts.tables import create_scroll
from layouts.parts.terms import create_terms
from layouts.static import Input

ROWS_SHOWN = 8
NOT_HERE = marked(
    "Files can be loaded and removed only on the machine on which the atlas runs, or where its "
    "owner allows it (setting UPLOADS)."
)
COLUMNS = {
    "county": marked("County (FIPS code or name)"),
    "period": marked("Period"),
    "value": marked("Count"),
    "population": marked("Residents"),
}
TEXTS = {
    "label": marked("What is counted"),
    "title": marked("Title"),
    "publisher": marked("Publisher"),
    "address": marked("Web address"),
    "license": marked("License"),
}


def create_series_page(
    loaded: Sequence[CountySeries], problems: Sequence[str], may_change: bool, limit: int
) -> Component:
    """Make the page of all loaded files; ``limit`` is the largest upload in bytes."""
    return html.Div(
        [
            html.H1(say("County series")),
            html.P(say("What a loaded file shows: {what}", what=say(WHAT_IT_SHOWS))),
            html.Section(
                [html.P(text, **in_english()) for text in problems],
                className="panel warning",
                hidden=not problems,
            ),
            html.Section(
                [html.H2(say("Loaded")), create_series_list(loaded, may_change)],
                className="panel wide",
            ),
            _upload(limit) if may_change else html.P(say(NOT_HERE), className="missing"),
            _publishers(),
        ],
        className="series-page",
    )


def _upload(limit: int) -> Component:
    return html.Section(
        [
            html.H2(say("Load a file")),
            html.P(
                say(
                    "A file is read on this machine and goes nowhere else. Before anything is "
                    "used, you see what was understood of it."
                )
            ),
            html.Form(
                [
                    html.Label(
                        [
                            html.Span(
                                say("File (CSV, TSV, XLSX or Parquet)"), className="field-name"
                            ),
                            Input(
                                name="file",
                                type="file",
                                accept=".csv,.tsv,.txt,.xlsx,.parquet",
                                required=True,
                            ),
                        ],
                        className="field",
                    ),
                    html.Button(say("Look into it"), className="ask"),
                    html.Progress(max="1", value="0", hidden=True, **aria(label=say("Upload"))),
                    html.P(className="problem", role="alert"),
                ],
                action="/series/upload",
                method="POST",
                encType="multipart/form-data",
                className="choices",
                **dataset(upload=str(limit)),
            ),
        ],
        className="panel wide",
    )


def _publishers() -> Component:
    entries = [
        html.Article(
            [
                html.H3(say(publisher.title), **in_english(publisher.title)),
                html.P(create_address(publisher.address)),
                html.P(say(publisher.license), className="soft", **in_english(publisher.license)),
                html.P(
                    [
                        say("On the command line:"),
                        " ",
                        html.Code(
                            f"python -m data load {name}"
                            + (" --download" if publisher.downloads else " FILE"),
                            **in_english(),
                        ),
                    ],
                    className="soft",
                ),
            ],
            className="file",
        )
        for name, publisher in PUBLISHERS.items()
    ]
    return html.Section(
        [html.H2(say("Publishers whose files are understood")), *entries],
        className="panel wide prose",
    )


def create_check_page(search: str) -> Component:
    """Make the page of a file that was sent; its reading takes a while and comes by itself."""
    return html.Div(
        [
            html.P([dcc.Link(say("County series"), href="/series"), " › ", say("new file")]),
            html.H1(say("What was understood of the file")),
            dcc.Store(id=ids.FILE_ASKED, data=search),
            html.Div(
                html.P(say("Reading the file …"), className="loading", role="status"), id=ids.FILE
            ),
        ],
        className="series-page",
    )


def asked_of(search: str) -> dict[str, str]:
    """Read the query of an address as fields; of a repeated one the last counts."""
    return {name: values[-1] for name, values in parse_qs(search.lstrip("?")).items()}


def read_mapping(asked: Mapping[str, str]) -> ColumnMapping | None:
    """Read the columns that the fields of a form name; None where they name none."""
    told = {f.name: asked[f.name] for f in fields(ColumnMapping) if asked.get(f.name)}
    return ColumnMapping(**told) if {"county", "period"} <= set(told) else None


def create_check(path: Path, search: str) -> Component:
    """Tell what was understood of a file, what was dropped and why, and ask for its columns."""
    mapping = read_mapping(asked_of(search))
    try:
        with speaking(ENGLISH):  # what a file says of itself is kept as it was read
            series = read_series(path, path.name, mapping)
    except SeriesError as error:
        return html.Div(
            [
                html.P(str(error), className="warning", role="alert", **in_english()),
                _mapping_form(path, search),
                _decision(search, None),
            ]
        )
    by_hand = mapping is not None or series.id.startswith("table-")
    return html.Div(
        [
            html.Section(create_series_facts(series), className="panel prose"),
            _sample(series),
            _mapping_form(path, search) if by_hand else None,
            _decision(search, series),
        ]
    )


def _sample(series: CountySeries) -> Component:
    rows = series.frame.head(ROWS_SHOWN)
    shown = rows.assign(
        **{name: rows[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    )
    label = say("The first rows, as they will be used")
    return html.Section(
        [
            html.H2(label),
            create_scroll(_table(shown.astype(object).where(shown.notna(), ""), label), label),
        ],
        className="panel wide",
    )


def _table(rows: pd.DataFrame, caption: str) -> Component:
    heads = html.Tr([html.Th(str(name), scope="col") for name in rows])
    told = [html.Tr([html.Td(_cell(cell)) for cell in row]) for row in rows.to_numpy()]
    return html.Table(
        [
            html.Caption(caption, className="only-spoken"),
            html.Thead(heads, **in_english()),
            html.Tbody(told, **in_english()),
        ],
        className="plain",
    )


def _cell(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def _mapping_form(path: Path, search: str) -> Component | None:
    """Ask which column is which; None where the file has no table to ask about."""
    try:
        columns, sample = columns_of(path)
    except SeriesError:
        return None
    guess = guess_mapping(columns, sample) or ColumnMapping("", "", "")
    chosen = {field.name: getattr(guess, field.name) for field in fields(ColumnMapping)}
    chosen |= asked_of(search)
    names = {"": "–"} | {name: name for name in columns}
    label = say("Which column is which?")
    return html.Section(
        [
            html.H2(label),
            create_terms((), "fips"),
            create_live_form(
                [
                    *[
                        create_select(name, say(label), names, chosen[name])
                        for name, label in COLUMNS.items()
                    ],
                    create_select(
                        "kind",
                        say("It counts"),
                        {
                            "events": say("Events in a period"),
                            "people": say("People on an average day"),
                        },
                        chosen["kind"],
                    ),
                    *[
                        create_entry(name, say(label), chosen[name], maxLength="200")
                        for name, label in TEXTS.items()
                    ],
                    *create_carried(search.lstrip("?"), {f.name for f in fields(ColumnMapping)}),
                ],
                "/series/check",
                say("Read it so"),
                at_once=False,
            ),
            create_scroll(_table(sample.head(ROWS_SHOWN), label), label),
        ],
        className="panel wide",
    )


def _decision(search: str, series: CountySeries | None) -> Component:
    """Make the two buttons: use the file, or throw it away."""
    carried = create_carried(search.lstrip("?"), ())
    use = html.Form(
        [*carried, html.Button(say("I accept its license: use it"), className="ask main")],
        action="/series/use",
        method="POST",
    )
    drop = html.Form(
        [*carried, html.Button(say("Throw it away"), className="ask")],
        action="/series/drop",
        method="POST",
    )
    return html.Div([use if series else None, drop], className="tools")
