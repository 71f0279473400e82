"""Pages for everyone: try a table of one's own, and report a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from data.language import marked, say
from data.stewards.drafted import Review
from data.words import listed
from layouts.parts.attributes import dataset, in_english
from layouts.parts.forms import create_entry, create_select
from layouts.parts.steward import (
    create_changes,
    create_file_form,
    create_problems,
    create_told,
)
from layouts.parts.two_maps import create_maps

NOT_KEPT = marked(
    "The file is looked at once, for this answer, and is not kept. Nobody else sees it, and the "
    "atlas does not change."
)


def create_try_page(limit: int, day: date, told: str = "", said: bool = False) -> Component:
    """Make the form on which anyone can try a table.

    ``limit`` is the largest file in bytes, ``day`` the day of the maps. ``told`` is what was wrong
    with the file, in English as its reader words it, or ``said`` in the language that is spoken.
    """
    ways = [
        (say("The table of programs (CSV)"), "/download/programs.csv"),
        (say("All tables and their dictionary (ZIP)"), "/download/data.zip"),
        (say("All tables as a workbook (XLSX)"), "/download/data.xlsx"),
    ]
    return html.Div(
        [
            html.H1(say("Try your table")),
            html.P(
                say(
                    "Change a table of the atlas as you know better, hand it in here, and see what "
                    "is wrong with it, what it changes and how the map would look."
                ),
                className="lead-in",
            ),
            create_told(told, said=said),
            html.P(say(NOT_KEPT)),
            _form(limit, day),
            html.Section(
                [
                    html.H2(say("Where to begin")),
                    html.Ul([html.Li(html.A(words, href=address)) for words, address in ways]),
                    html.P(html.A(say("What each column means"), href="/data")),
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
    return html.Div(
        [
            html.H1(say("Your table, tried")),
            html.P(_verdict(name, review, read), className="lead-in"),
            html.P(say(NOT_KEPT)),
            html.Ul([html.Li(note) for note in notes], className="changes", **in_english()),
            create_problems(review.problems, mend=False),
            create_changes(review.changes, mend=False),
            create_maps(review, day),
            html.Section(
                [html.H2(say("Try another")), _form(limit, day)],
                className="panel wide",
            ),
            html.P(
                [
                    say("Is the atlas wrong?"),
                    " ",
                    html.A(say("Report a correction"), href="/correct"),
                    "; ",
                    say("a table can be sent along."),
                ]
            ),
        ],
        className="steward-page",
    )


def _verdict(name: str, review: Review, read: Sequence[str]) -> str:
    found = (
        say("{file} was read as {tables}.", file=name, tables=listed(read))
        if read
        else say("{file} could not be read.", file=name)
    )
    verdict = (
        say("Its problems stand below, each with what to do.")
        if review.problems
        else say("It fits the other tables; no problem was found.")
    )
    return f"{found} {verdict}"


def _form(limit: int, day: date) -> Component:
    box = create_entry("date", say("Day of the maps"), day.isoformat(), type="date")
    return create_file_form("/try", limit, [box], say("Try it"))


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
    names = {"": say("All of the state")} | {name: name for name in counties.values()}
    kept = (
        say(
            "What you write stays in your browser: it becomes a mail that you send yourself, or a "
            "file."
        )
        if address
        else say(
            "What you write stays in your browser: it becomes a file, which you can send to who "
            "runs this atlas."
        )
    )
    return html.Div(
        [
            html.H1(say("Report a correction")),
            html.P(kept, className="lead-in"),
            html.Form(
                [
                    create_select("county", say("County"), names, counties.get(county, "")),
                    _area(
                        "wrong",
                        say("What is wrong, and what is right"),
                        say("Needed: without it there is nothing to send or to save."),
                    ),
                    create_entry(
                        "source", say("Where it can be read (title and address)"), maxLength="500"
                    ),
                    _ways_to_send(address),
                ],
                className="correction",
                **dataset(correct=edition, mail=address),
            ),
            html.Noscript(html.P(_without_scripts(address))),
        ],
        className="steward-page",
    )


def _ways_to_send(address: str) -> Component:
    mail = html.A(
        say("Write it as a mail"), href=f"mailto:{quote(address, safe='@')}", className="ask"
    )
    save = html.Button(say("Save it as a file"), type="button", className="ask")
    return html.Div([mail if address else None, save], className="draft-tools")


def _without_scripts(address: str) -> str:
    needed = say("The form needs scripts in the browser.")
    if not address:
        return needed
    mail = say("Without them, write to {address}.", address=address)
    return f"{needed} {mail}"


def _area(name: str, label: str, why: str) -> Component:
    return html.Label(
        [
            html.Span(label, className="field-name"),
            html.Textarea(name=name, rows=5, maxLength=3000, required=True),
            html.Span(why, className="soft"),
        ],
        className="field note-field",
    )
