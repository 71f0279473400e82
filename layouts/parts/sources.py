"""Where a fact was read: links to its sources."""

from __future__ import annotations

from functools import lru_cache

from dash import html
from dash.development.base_component import Component

from data.dates import edtf_words
from data.facts import Facts
from data.language import say, say_many
from layouts.parts.attributes import fact
from layouts.parts.terms import link_to_data


@lru_cache(maxsize=4)
def _by_id(facts: Facts) -> dict[str, dict[str, str]]:
    return facts.sources.set_index("id").to_dict("index")


def source_words(facts: Facts, source: str) -> str:
    """Name a source: publisher, day and title."""
    row = _by_id(facts)[source]
    return f"{row['publisher']}, {_when(row)}: {row['title']}"


def _when(row: dict[str, str]) -> str:
    return edtf_words(row["published"]) if row["published"] else say("undated")


def create_source_words(facts: Facts, source: str) -> list[Component | str]:
    """Name a source on a page, as ``source_words`` does."""
    row = _by_id(facts)[source]
    return [fact(row["publisher"]), f", {_when(row)}: ", fact(row["title"])]


def create_source_links(facts: Facts, cell: str) -> Component:
    """List the sources of a cell of ids, each with its link where it has one."""
    items = [_link(facts, source) for source in cell.split("; ") if source]
    return html.Ul(items, className="sources")


def create_source_details(facts: Facts, cell: str) -> Component:
    """Fold the sources of a cell away behind a line that counts them."""
    number = len(cell.split("; ")) if cell else 0
    label = say_many("{n} source", "{n} sources", number)
    return html.Details(
        [html.Summary(label), create_source_links(facts, cell)], className="source-details"
    )


def create_source_names(facts: Facts, cell: str) -> Component:
    """Name the sources of a cell in one line, publisher and date, each with its link."""
    parts: list[Component | str] = []
    for source in filter(None, cell.split("; ")):
        parts += [", ", _name(facts, source)] if parts else [_name(facts, source)]
    return html.Span(parts, className="source-names")


def _name(facts: Facts, source: str) -> Component:
    row = _by_id(facts)[source]
    words = [fact(row["publisher"]), f", {_when(row)}"]
    title = source_words(facts, source)
    link = html.A(words, href=row["url"], title=title, target="_blank", rel="noopener noreferrer")
    return html.Span([*([link] if row["url"] else words), *_about(row["note"], source)])


def _link(facts: Facts, source: str) -> Component:
    row = _by_id(facts)[source]
    words = create_source_words(facts, source)
    missing = say("page address not recorded")
    link = html.A(words, href=row["url"], target="_blank", rel="noopener noreferrer")
    named = [link] if row["url"] else [*words, f" ({missing})"]
    return html.Li([*named, *_about(row["note"], source)])


def _about(note: str, source: str) -> list[Component | str]:
    """Link to what is known of a source's limits, where anything is."""
    if not note:
        return []
    return [" ", html.Small(["(", link_to_data(say("about this source"), f"source-{source}"), ")"])]
