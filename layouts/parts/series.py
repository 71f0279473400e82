"""Loaded series told: what a file is, what was understood and dropped, and how to load one."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.series import CountySeries

WHAT_IT_SHOWS = (
    "Jail population and admissions, charges, arrests or overdoses per resident, county by county, "
    "before and after LEAD began, against the counties without LEAD, with what chance alone could "
    "have made of it."
)


def create_no_series() -> Component:
    """Say what is missing, what it would show, and how to load it in one step."""
    return html.Section(
        [
            html.P(
                "No county series is loaded, so there is nothing to show yet. Their publishers do "
                "not allow them to be passed on, so none comes with the atlas.",
                className="missing",
            ),
            html.P(f"With one, this page shows: {WHAT_IT_SHOWS}"),
            html.P(dcc.Link("Load a publisher's file", href="/series", className="ask")),
            html.P(
                [
                    "Or on the command line: ",
                    html.Code("python -m data load vera --download"),
                    ", which shows the license first.",
                ],
                className="soft",
            ),
        ],
        className="panel plain-page",
    )


def create_about_series(series: CountySeries) -> Component:
    """Tell where a loaded file is from, how it was read, and what was left out of it."""
    return html.Section(
        [
            html.H2("The file behind it"),
            create_series_facts(series),
            html.P(dcc.Link("All loaded files, and how to load or remove one", href="/series")),
        ],
        className="panel wide prose",
        id="file",
    )


def create_series_facts(series: CountySeries) -> Component:
    """Make the list of what is known of a loaded file."""
    frame = series.frame
    told = (
        ("Title", series.title),
        ("Publisher", series.publisher),
        ("Address", _address(series.address)),
        ("License", series.license),
        ("Layout", series.layout),
        ("Measures", "; ".join(measure.label for measure in series.measures)),
        ("Counties", f"{frame['fips'].nunique()} of 100"),
        ("Periods", period_words(series)),
        ("Values", quality_counts(series)),
        ("Left out", [html.Li(f"{rows:,} rows: {why}") for why, rows in series.dropped]),
        ("To know", [html.Li(note) for note in series.notes]),
        ("File", f"{series.file}, loaded {series.retrieved}" if series.retrieved else series.file),
        ("Checksum", f"sha256 {series.checksum}"),
    )
    return html.Dl(
        [
            part
            for name, value in told
            if value
            for part in (
                html.Dt(name),
                html.Dd(html.Ul(value) if isinstance(value, list) else value),
            )
        ],
        className="file-facts",
    )


def period_words(series: CountySeries) -> str:
    """Say the first and last day of a series."""
    first, last = series.frame["period_start"].min(), series.frame["period_end"].max()
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def quality_counts(series: CountySeries) -> str:
    """Count the values of a series by quality."""
    found = series.frame["quality"].value_counts()
    return ", ".join(f"{number:,} {quality}" for quality, number in found.items())


def create_series_list(loaded: Sequence[CountySeries], may_change: bool) -> Component:
    """List the loaded files, each with what is known of it and a button that removes it."""
    if not loaded:
        return html.P("No file is loaded.", className="missing")
    return html.Div([_entry(series, may_change) for series in loaded], className="files")


def _entry(series: CountySeries, may_change: bool) -> Component:
    remove = html.Form(
        html.Button(f"Remove “{series.title}”", className="ask"),
        action=f"/series/remove/{series.id}",
        method="POST",
    )
    first = series.measures[0].name
    return html.Article(
        [
            html.H3(series.title),
            html.P(
                [
                    f"{series.publisher}, {period_words(series)}. ",
                    dcc.Link("Show the trends", href=f"/trends?measure={series.id}.{first}"),
                ]
            ),
            html.Details([html.Summary("All about the file"), create_series_facts(series)]),
            remove if may_change else None,
        ],
        className="file",
    )


def _address(address: str) -> Component | str:
    if not address.startswith(("http://", "https://")):
        return address
    return html.A(address, href=address, target="_blank", rel="noopener noreferrer")
