"""Pages for everyone: try a table of one's own, and report a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from data.drafted import Review
from data.words import listed
from layouts.parts.attributes import dataset
from layouts.parts.forms import create_entry, create_select
from layouts.parts.steward import (
    create_changes,
    create_file_form,
    create_maps,
    create_problems,
    create_told,
)

NOT_KEPT = (
    "The file is looked at once, for this answer, and is not kept. Nobody else sees it, and the "
    "atlas does not change."
)


def create_try_page(limit: int, day: date, told: str = "") -> Component:
    """Make the form on which anyone can try a table.

    ``limit`` is the largest file in bytes, ``day`` the day of the maps.
    """
    ways = [
        ("The table of programs (CSV)", "/download/programs.csv"),
        ("All tables and their dictionary (ZIP)", "/download/data.zip"),
        ("All tables as a workbook (XLSX)", "/download/data.xlsx"),
    ]
    return html.Div(
        [
            html.H1("Try your table"),
            html.P(
                "Change a table of the atlas as you know better, hand it in here, and see what is "
                "wrong with it, what it changes and how the map would look.",
                className="lead-in",
            ),
            create_told(told),
            html.P(NOT_KEPT),
            _form(limit, day),
            html.Section(
                [
                    html.H2("Where to begin"),
                    html.Ul([html.Li(html.A(words, href=address)) for words, address in ways]),
                    html.P(html.A("What each column means", href="/data")),
                ],
                className="panel wide",
            ),
        ],
        className="steward-page",
    )


def create_try_answer(
    name: str, review: Review, notes: Sequence[str], read: Sequence[str], day: date, limit: int
) -> Component:
    """Tell of a table that was tried: its problems, its changes, the map before and after.

    ``read`` names the tables that were found in the file called ``name``.
    """
    found = f"{name} was read as {listed(read)}." if read else f"{name} could not be read."
    verdict = (
        f"{found} It fits the other tables; no problem was found."
        if not review.problems
        else f"{found} Its problems stand below, each with what to do."
    )
    return html.Div(
        [
            html.H1("Your table, tried"),
            html.P(verdict, className="lead-in"),
            html.P(NOT_KEPT),
            html.Ul([html.Li(note) for note in notes], className="changes"),
            create_problems(review.problems, mend=False),
            create_changes(review.changes, mend=False),
            create_maps(review, day),
            html.Section(
                [html.H2("Try another"), _form(limit, day)],
                className="panel wide",
            ),
            html.P(
                [
                    "Is the atlas wrong? ",
                    html.A("Report a correction", href="/correct"),
                    "; a table can be sent along.",
                ]
            ),
        ],
        className="steward-page",
    )


def _form(limit: int, day: date) -> Component:
    box = create_entry("date", "Day of the maps", day.isoformat(), type="date")
    return create_file_form("/try", limit, [box], "Try it")


def create_correct_page(
    counties: Mapping[str, str], edition: str, address: str, county: str = ""
) -> Component:
    """Make the form for a correction, which becomes a mail or a file in the browser alone.

    Parameters
    ----------
    counties
        Names by FIPS code.
    edition
        The edition that is to be corrected.
    address
        Where corrections are mailed to; blank where only a file can be made.
    county
        FIPS code of the county chosen from the first.
    """
    mail = html.A("Write it as a mail", href=f"mailto:{quote(address, safe='@')}", className="ask")
    names = {"": "All of the state"} | {name: name for name in counties.values()}
    return html.Div(
        [
            html.H1("Report a correction"),
            html.P(
                "What you write stays in your browser: it becomes "
                + (
                    "a mail that you send yourself, or a file."
                    if address
                    else "a file, which you can send to who runs this atlas."
                ),
                className="lead-in",
            ),
            html.Form(
                [
                    create_select("county", "County", names, counties.get(county, "")),
                    _area("wrong", "What is wrong, and what is right"),
                    create_entry(
                        "source", "Where it can be read (title and address)", maxLength="500"
                    ),
                    html.Div(
                        [
                            mail if address else None,
                            html.Button("Save it as a file", type="button", className="ask"),
                        ],
                        className="draft-tools",
                    ),
                ],
                className="correction",
                **dataset(correct=edition, mail=address),
            ),
            html.Noscript(
                html.P(
                    "The form needs scripts in the browser."
                    + (f" Without them, write to {address}." if address else "")
                )
            ),
        ],
        className="steward-page",
    )


def _area(name: str, label: str) -> Component:
    return html.Label(
        [
            html.Span(label, className="field-name"),
            html.Textarea(name=name, rows=5, maxLength=3000),
        ],
        className="field note-field",
    )
