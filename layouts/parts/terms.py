"""What terms mean: the list of words, folds of a few, and the links that land in such lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.glossary import TERMS, terms_in
from data.language import say
from layouts.parts.attributes import named


def link_to_data(words: str | Component, anchor: str) -> Component:
    """Make a link that lands at an entry of the data page, as ``grades`` or ``word-odds``."""
    return html.A(words, href=f"/data#{anchor}")


def link_to_table(words: str, table: str) -> Component:
    """Make a link to a table of the edition as CSV, or to the dictionary of all tables."""
    return html.A(words, href=f"/download/tables/{table}.csv", className="more")


def link_to_columns(download: str) -> Component:
    """Make the link from a download to what its columns mean (``data/downloads.csv``)."""
    return link_to_data(say("What its columns mean"), f"table-{download}")


def link_to_figures(table: str) -> Component:
    """Make the link from the figures of a panel to the table whose rows they are."""
    return link_to_table(say("All figures as a table (CSV)"), table)


def create_interval(row: Any) -> Component | str:
    """Say the interval of a result, with the way to how it was made where there is one."""
    return link_to_data(row.interval, "intervals") if pd.notna(row.low) else row.interval


def create_words() -> Component:
    """Make the list of all terms with their meanings."""
    return html.Section(
        [
            html.H2(say("Words")),
            _listed({name: f"word-{name}" for name in TERMS}),
        ],
        className="panel wide prose",
        id="words",
    )


def create_terms(texts: Iterable[str], *ours: str) -> Component | None:
    """Fold the meanings of the terms that stand on a part of a page; None where there is none.

    Parameters
    ----------
    texts
        Words of sources that the part quotes.
    ours
        Keys of TERMS that stand in our own words.
    """
    found = {*ours, *terms_in(texts)}
    listed = _listed(dict.fromkeys((name for name in TERMS if name in found), ""))
    if not found:
        return None
    return html.Details([html.Summary(say("What the terms mean")), listed], className="terms")


def _listed(anchors: dict[str, str]) -> Component:
    """List terms, by their keys in TERMS, each under its anchor where it has one."""
    return html.Dl(
        [
            part
            for name, anchor in anchors.items()
            for part in (
                html.Dt(say(TERMS[name].name), **named(anchor)),
                html.Dd(say(TERMS[name].meaning)),
            )
        ]
    )
