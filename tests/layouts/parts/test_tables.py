"""A table that is laid out as blocks is still a table, and each cell has its heading."""

from typing import Any

import pytest
from dash import html

from layouts.parts.tables import create_sorted_table, create_table
from tests.layouts.tree import nodes, prop, text_of

HEADS = ["County", 'Said "so"']


def rows() -> list[Any]:
    return [html.Tr([html.Th(name, scope="row"), html.Td("x")]) for name in ("Wake", "Dare")]


@pytest.mark.parametrize("make", [create_table, create_sorted_table])
def test_every_part_says_what_it_is(make: Any) -> None:
    table = make(HEADS, rows(), "Counties")
    assert table.role == "table"
    assert [part.role for part in table.children[1:]] == ["rowgroup", "rowgroup"]
    assert {row.role for row in nodes(table, html.Tr)} == {"row"}
    assert [cell.role for cell in nodes(table, html.Th)] == [
        *["columnheader"] * 2,
        *["rowheader"] * 2,
    ]
    assert {cell.role for cell in nodes(table, html.Td)} == {"cell"}
    assert text_of(table.children[0]) == "Counties"


def test_the_style_holds_the_headings_as_strings() -> None:
    style = prop(create_table(HEADS, rows(), "Counties"), "style")
    assert style == {"--head-1": '"County"', "--head-2": r'"Said \"so\""'}
