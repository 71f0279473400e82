"""Parts of the pages on which tables are handed in, looked over and published.

All are plain forms and lists that work without scripts. What people typed is only ever text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from data.editions import Edition
from data.editions.changes import Change, noun, summary
from data.editions.edition import time_words
from data.language import say, say_many, say_number
from data.read import Problem
from data.words import listed
from layouts.parts.attributes import aria, in_english
from layouts.static import Input

EDIT = "/steward/edit"
"""Where a table of the draft is edited, cell by cell."""
SHOWN_PROBLEMS, SHOWN_CHANGES = 200, 300
OPEN_CHANGES = 40
"""Changes of one table that stand open; more are folded."""


@dataclass(frozen=True)
class Past:
    """An edition as the history shows it; ``told`` counts what differs from the one before."""

    edition: Edition
    told: str


def create_problems(problems: Sequence[Problem], mend: bool) -> Component | None:
    """List what is wrong, each with its advice; ``mend``: each leads to its cell in the grid."""
    if not problems:
        return None
    items = [html.Li(_problem(one, mend), **in_english()) for one in problems[:SHOWN_PROBLEMS]]
    if len(problems) > SHOWN_PROBLEMS:
        rest = say_number(len(problems) - SHOWN_PROBLEMS)
        items.append(html.Li(say("and {n} more", n=rest)))
    return html.Section(
        [
            html.H2(
                say_many("{n} problem to mend first", "{n} problems to mend first", len(problems))
            ),
            html.Ul(items, className="problems"),
        ],
        className="panel wide",
        id="problems",
    )


def _problem(problem: Problem, mend: bool) -> list[Component | str]:
    parts = [f"row {problem.row:,}" if problem.row else "", problem.column.replace("_", " ")]
    where = ", ".join(part for part in (problem.table, *parts) if part)
    told = [f" “{problem.shown}”"] if problem.shown else []
    place: Component | str = html.Strong(where)
    if mend:
        place = html.A(where, href=edit_address(problem.table, problem.row, problem.column))
    return [place, *told, f": {problem.advice}"]


def edit_address(table: str, row: int = 0, column: str = "") -> str:
    """Give the address of a table in the grid, at a cell where one is named."""
    told = {"table": table, "row": str(row or ""), "column": column.split(" and ")[0]}
    return f"{EDIT}?{urlencode({name: text for name, text in told.items() if text})}"


def create_changes(found: Sequence[Change], mend: bool, title: str = "") -> Component:
    """Tell what changes, in words, table by table, with a count; ``mend``: each leads to its cell.

    ``title`` stands above it, ``Changes`` where it is blank.
    """
    title = title or say("Changes")
    if not found:
        return html.Section(
            [html.H2(title), html.P(say("Nothing differs from the edition."), className="missing")],
            className="panel wide",
            id="changes",
        )
    tables = groupby(found[:SHOWN_CHANGES], key=lambda change: change.table)
    rest = len(found) - SHOWN_CHANGES
    return html.Section(
        [
            html.H2(title),
            html.P(summary(found), className="lead-in", **in_english()),
            *[_of_table(table, list(changes), mend) for table, changes in tables],
            html.P(_more_changes(rest), className="soft") if rest > 0 else None,
        ],
        className="panel wide",
        id="changes",
    )


def _more_changes(number: int) -> str:
    return say("and {n} more changes", n=say_number(number))


def _of_table(table: str, found: list[Change], mend: bool) -> Component:
    head = html.Summary(f"{noun(table, several=True).capitalize()} ({len(found):,})")
    items = [html.Li(_change(change, mend)) for change in found]
    return html.Details(
        [head, html.Ul(items, className="changes")],
        open=len(found) <= OPEN_CHANGES,
        **in_english(),
    )


def _change(change: Change, mend: bool) -> Component | str:
    words = str(change)
    if not mend or change.kind == "removed":
        return words
    return html.A(words, href=edit_address(change.table, change.row, change.column))


def create_file_form(
    action: str, limit: int, hidden: Iterable[Component], button: str
) -> Component:
    """Make the form that hands in a file; ``limit`` is the largest in bytes."""
    box = Input(name="file", type="file", accept=".csv,.xlsx,.zip,.tsv,.txt", required=True)
    words = say("File (CSV, XLSX or ZIP, at most {most} MB)", most=limit // 1_000_000)
    label = html.Label([html.Span(words, className="field-name"), box], className="field")
    return html.Form(
        [*hidden, label, html.Button(button, className="ask main")],
        action=action,
        method="POST",
        encType="multipart/form-data",
        className="choices",
    )


def create_note_form(
    action: str, button: str, hidden: Iterable[Component], note: str = "", closed: bool = False
) -> Component:
    """Make a form with a note on why, and the button; ``closed``: it cannot be sent yet."""
    label = html.Label(
        [
            html.Span("Note: what changed and why (everyone can read it)", className="field-name"),
            html.Textarea(note, name="note", required=True, rows=2, maxLength=2000),
        ],
        className="field note-field",
    )
    return html.Form(
        [*hidden, label, html.Button(button, className="ask main", disabled=closed)],
        action=action,
        method="POST",
        className="note-form",
    )


def create_history(past: Sequence[Past], hidden: Sequence[Component], more: bool) -> Component:
    """List the editions, newest first: who, when, why and what, each to take and to restore."""
    newest = past[0].edition.number if past else 0
    items = [html.Li(_past(one, newest, hidden)) for one in past]
    older = html.A("All editions", href="/steward?history=all#history") if more else None
    return html.Section(
        [html.H2("History"), html.Ol(items, className="history"), older],
        className="panel wide",
        id="history",
    )


def _past(one: Past, newest: int, hidden: Sequence[Component]) -> list[Component | None]:
    edition = one.edition
    label = f"Edition {edition.number}"
    return [
        html.H3([label, html.Span(" shown now", className="now")] if edition.number == newest
                else label),
        html.P([html.Strong(edition.author), f", {time_words(edition.at)} · {edition.name}"],
               className="soft"),
        html.P(f"“{edition.note}”"),
        html.P(one.told, className="soft"),
        html.P(html.A(f"Tables of edition {edition.number} (ZIP)",
                      href=f"/steward/editions/{edition.number}.zip"), className="soft"),
        None if edition.number == newest else _restore(edition.number, newest, hidden),
    ]  # fmt: skip


def _restore(number: int, newest: int, hidden: Sequence[Component]) -> Component:
    told = [
        Input(name="number", type="hidden", value=str(number)),
        Input(name="newest", type="hidden", value=str(newest)),
    ]
    return html.Details(
        [
            html.Summary(f"Restore edition {number}"),
            html.P(
                f"Its tables are published again, as edition {newest + 1}. Nothing is lost: the "
                "editions between stay in this list."
            ),
            create_note_form("/steward/restore", f"Restore edition {number}", [*hidden, *told]),
        ]
    )


def create_told(words: str, good: bool = False, said: bool = True) -> Component | None:
    """Make the sentence that answers what was just sent; ``said``: it is in the language spoken."""
    if not words:
        return None
    kind = "told good" if good else "told"
    english = {} if said else in_english()
    return html.P(words, className=kind, role="status" if good else "alert", **english)


def create_draft_words(tables: Sequence[str], base: Edition) -> Component:
    """Say on which edition a draft is based, and which tables it changes."""
    changed = f"It changes {listed(tables)}." if tables else "It changes nothing yet."
    return html.P(
        [
            f"Based on edition {base.number} ({base.name}), published by {base.author} on "
            f"{time_words(base.at)}. {changed}"
        ],
        className="lead-in",
        **aria(label="The draft"),
    )
