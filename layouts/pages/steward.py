"""The steward's desk: the draft, its problems and changes, publishing, the history; merging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dash import html
from dash.development.base_component import Component

from data.editions import Edition
from data.editions.edition import time_words
from data.facts import Facts
from data.language import say
from data.read import Problem
from data.stewards.drafted import Review
from layouts import ids
from layouts.parts.attributes import dataset
from layouts.parts.forms import create_entry
from layouts.parts.steward import (
    Past,
    create_changes,
    create_draft_words,
    create_file_form,
    create_history,
    create_note_form,
    create_problems,
    create_told,
    edit_address,
)
from layouts.parts.two_maps import create_maps
from layouts.shell import TITLE, create_footer, create_pages
from layouts.static import Input


@dataclass(frozen=True)
class Desk:
    """All that the desk shows.

    ``version`` names the draft as shown, 0 for none; ``base`` is the edition it was made from and
    ``newest`` the one shown to readers now. ``rows`` counts the rows of each table of the draft.
    ``csrf`` is the hidden field that every form carries.
    """

    name: str
    version: int
    base: Edition
    newest: Edition
    review: Review
    rows: Mapping[str, int]
    past: Sequence[Past]
    csrf: Component
    day: date
    limit: int
    told: str = ""
    good: bool = False
    note: str = ""
    more: bool = field(default=False)


def create_frame(
    facts: Facts,
    page: Component,
    who: str = "",
    csrf: Component | None = None,
    languages: Sequence[Component] = (),
) -> Component:
    """Put header and footer around a page of forms; ``who`` is the steward signed in.

    ``languages`` are links to the same page in other languages.
    """
    out = html.Form(
        [csrf, html.Span(["Signed in as ", html.Strong(who)]), html.Button("Sign out")],
        action="/steward/sign-out",
        method="POST",
        className="sign-out",
    )
    theme = html.Button(
        say("Light or dark"), id=ids.THEME, type="button", **dataset(action="theme")
    )
    header = html.Header(
        [
            html.A(say("Skip to the content"), href="#page", className="skip"),
            html.A(say(TITLE), href="/", className="title"),
            create_pages(),
            out if who else None,
            *languages,
            theme,
        ],
        className="top",
    )
    main = html.Main(page, id=ids.PAGE, tabIndex=-1)
    return html.Div([header, main, create_footer(facts, stewards=bool(who))])


def create_sign_in(csrf: Component, goal: str, words: str, name: str, offered: bool) -> Component:
    """Make the form to sign in with; ``goal`` is where to go then, ``offered`` another way in."""
    return html.Section(
        [
            html.H1("For stewards"),
            html.P("Stewards keep the tables of the atlas. Readers need no account."),
            create_told(words),
            html.Form(
                [
                    csrf,
                    Input(name="next", type="hidden", value=goal),
                    create_entry("name", "Name", name, required=True, autoComplete="username"),
                    create_entry(
                        "password",
                        "Password",
                        type="password",
                        required=True,
                        autoComplete="current-password",
                    ),
                    html.Button("Sign in", className="ask main"),
                ],
                action="/steward/sign-in",
                method="POST",
                className="sign-in",
            ),
            html.P(html.A("Sign in with your organization", href="/steward/oidc"))
            if offered
            else None,
        ],
        className="panel plain-page",
    )


def create_desk(desk: Desk) -> Component:
    """Make the desk: with a draft, its problems first; without, the ways to begin one."""
    begin = [_hand_in(desk), _tables(desk)]
    draft = _draft(desk) if desk.version else [html.P(_NO_DRAFT, className="lead-in")]
    history = create_history(desk.past, [desk.csrf], desk.more)
    return html.Div(
        [html.H1("Steward’s desk"), create_told(desk.told, desk.good), *draft, *begin, history],
        className="steward-page",
    )


_NO_DRAFT = (
    "You have no draft. Hand in a table or edit one here; nothing is shown to readers before you "
    "publish it."
)


def _draft(desk: Desk) -> list[Component | None]:
    review = desk.review
    return [
        html.Section(
            [
                html.H2(f"Draft of {desk.name}"),
                create_draft_words(review.tables, desk.base),
                _behind(desk),
                html.Div([_drop(desk), html.A("Tables of the draft (ZIP)",
                                              href="/steward/draft.zip", className="ask")],
                         className="draft-tools"),
            ],
            className="panel",
            id="draft",
        ),
        create_problems(review.problems, mend=True),
        create_changes(review.changes, mend=True),
        create_maps(review, desk.day, "/steward"),
        _publish(desk),
    ]  # fmt: skip


def _behind(desk: Desk) -> Component | None:
    if desk.newest.number == desk.base.number:
        return None
    newest = desk.newest
    return html.P(
        [
            f"Meanwhile {newest.author} published edition {newest.number}, on "
            f"{time_words(newest.at)}: “{newest.note}”. ",
            html.A("See what changed and merge it with yours", href="/steward/merge"),
        ],
        className="warning",
        role="alert",
    )


def _drop(desk: Desk) -> Component:
    return html.Details(
        [
            html.Summary("Throw the draft away"),
            html.Form(
                [desk.csrf, _version(desk.version), html.Button("Yes, throw it away")],
                action="/steward/drop",
                method="POST",
            ),
        ]
    )


def _version(version: int) -> Component:
    return Input(name="version", type="hidden", value=str(version))


def _publish(desk: Desk) -> Component:
    review = desk.review
    behind = desk.newest.number != desk.base.number
    why = ""
    if review.problems:
        why = "Mend the problems first; then the draft can be published."
    elif behind:
        why = "Merge the draft with the newest edition first."
    elif not review.changes:
        why = "The draft changes nothing, so there is nothing to publish."
    hidden = [desk.csrf, _version(desk.version)]
    form = create_note_form("/steward/publish", "Publish", hidden, desk.note, closed=bool(why))
    words = why or (
        f"Readers see it at once, as edition {desk.newest.number + 1}; it can be taken back."
    )
    return html.Section(
        [html.H2("Publish"), html.P(words, className="soft"), form],
        className="panel wide",
        id="publish",
    )


def _hand_in(desk: Desk) -> Component:
    words = (
        "One table as CSV, a workbook with a sheet for each table, or a ZIP of CSV files. A table "
        "in the file takes the place of that table in your draft; all others stay as they are."
    )
    hidden = [desk.csrf, _version(desk.version)]
    form = create_file_form("/steward/upload", desk.limit, hidden, "Hand it in")
    return html.Section(
        [html.H2("Hand in a file"), html.P(words, className="soft"), form],
        className="panel wide",
        id="hand-in",
    )


def _tables(desk: Desk) -> Component:
    items = [
        html.Li(
            [
                html.A(table, href=edit_address(table)),
                html.Span(f" {count:,} rows", className="soft"),
                html.Span(" changed", className="now") if table in desk.review.tables else None,
            ]
        )
        for table, count in desk.rows.items()
    ]
    words = "Each cell is checked as it is typed; counties, sources and set words are chosen."
    return html.Section(
        [
            html.H2("Edit a table"),
            html.P(words, className="soft"),
            html.Ul(items, className="table-choice"),
        ],
        className="panel wide",
        id="tables",
    )


def create_read(
    name: str, problems: Sequence[Problem], notes: Sequence[str], kept: bool
) -> Component:
    """Tell how a file was read: taken with notes, or not taken and why."""
    head = f"{name} was read" if kept else f"{name} was not taken"
    words = (
        "It is in your draft now."
        if kept
        else "Nothing was kept. Mend the file and hand it in again."
    )
    return html.Div(
        [
            html.H1(head),
            html.P(words, className="lead-in"),
            html.Ul([html.Li(note) for note in notes], className="changes"),
            create_problems(problems, mend=False),
            html.P(html.A("Go on to the desk", href="/steward", className="ask")),
        ],
        className="steward-page",
    )
