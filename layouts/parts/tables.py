"""Tables that the browser sorts, and that a narrow screen shows as one small block a row.

On a narrow screen the style sheet lays the cells of a row one below the other, each behind the
heading of its column. Roles are written out, because some browsers take a table that is laid out
otherwise for no table; the headings stand once, in the style of the table, not in every cell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.attributes import aria, dataset


def create_table(
    heads: Sequence[str],
    rows: Sequence[Component],
    caption: str,
    links: Mapping[str, str] = MappingProxyType({}),
) -> Component:
    """Make a table of plain headings from its rows (``html.Tr`` of one ``Th`` and ``Td``).

    ``links``: where a heading leads, by its name, for those that lead anywhere.
    """
    told = (dcc.Link(name, href=links[name]) if name in links else name for name in heads)
    head: list[Component] = [html.Th(html.Span(name), scope="col") for name in told]
    return _table(head, heads, rows, caption)


def create_sorted_table(
    heads: Sequence[str], rows: Sequence[Component], caption: str, by: str = ""
) -> Component:
    """Make a table whose columns the browser sorts; the rows as for ``create_table``.

    ``by``: the heading of the column by which the rows stand in order, if by one.
    """
    buttons = [
        html.Button(
            [name, html.Span(**aria(hidden="true"))],
            **dataset(action="sort", value=str(place)),
        )
        for place, name in enumerate(heads)
    ]
    sort = [aria(sort="ascending") if name == by else {} for name in heads]
    cells = [
        html.Th(button, scope="col", **told) for button, told in zip(buttons, sort, strict=True)
    ]
    return _table(cells, heads, rows, caption)


def create_scroll(table: Component, label: str, kind: str = "") -> Component:
    """Put a table into a box that scrolls by itself, by keys too."""
    return html.Div(
        table, className=f"scroll {kind}".strip(), tabIndex=0, role="region", **aria(label=label)
    )


def _table(head: list[Any], names: Sequence[str], rows: Sequence[Any], caption: str) -> Component:
    for cell in head:
        cell.role = "columnheader"
    for row in rows:
        row.role = "row"
        for cell in row.children:
            cell.role = "rowheader" if isinstance(cell, html.Th) else "cell"
    labels = {f"--head-{place}": _quoted(name) for place, name in enumerate(names, 1)}
    return html.Table(
        [
            html.Caption(caption, className="only-spoken"),
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody(rows, role="rowgroup"),
        ],
        role="table",
        style=labels,
    )


def _quoted(text: str) -> str:
    """Write a text as a string of the style sheet."""
    return json.dumps(text, ensure_ascii=False)
