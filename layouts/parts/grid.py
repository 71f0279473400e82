"""What stands beside the stewards' grid: help on the cell in hand, and the list to choose from."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.parts.attributes import aria, dataset
from layouts.static import Input


def create_cell_help() -> Component:
    """Make the place beside the grid that explains the cell in hand."""
    return html.Aside(
        [
            html.H2("The cell in hand", id="cell-name"),
            html.P(
                "Choose a cell with the arrow keys or the pointer; Enter edits it.",
                id="cell-meaning",
                className="soft",
            ),
            html.P(id="cell-reads", className="cell-reads", role="status"),
            html.P(id="cell-problem", className="warning", role="alert", hidden=True),
            html.Button(
                "Choose …",
                type="button",
                className="ask",
                id="cell-choose",
                hidden=True,
                **dataset(grid="choose"),
            ),
            html.Details(
                [html.Summary("How dates are written"), html.Dl(_dates(), className="date-forms")]
            ),
            html.Div(
                [html.H3("Problems of the table"), html.Ul(id="sheet-problems")],
                id="sheet-problems-box",
                hidden=True,
            ),
        ],
        className="cell-told",
        **aria(label="About the cell in hand"),
    )


def _dates() -> list[Component]:
    forms = {
        "2023-08-31": "that day",
        "2023-08": "some day in that month",
        "2023": "some day in that year",
        "[..2019-02-22]": "on or before that day",
        "[2016-07..2016-09]": "some day within",
        "2019-07/2020-06": "a period, where a column holds periods",
        "8/31/2023": "month first, as US spreadsheets write; it is turned into 2023-08-31",
    }
    return [
        part for text, words in forms.items() for part in (html.Dt(html.Code(text)), html.Dd(words))
    ]


def create_picker() -> Component:
    """Make the list from which several rows of another table are chosen."""
    return html.Dialog(
        [
            html.H2("Choose", id="pick-name"),
            html.Label(
                [
                    html.Span("Search", className="field-name"),
                    Input(id="pick-search", type="search", autoComplete="off"),
                ],
                className="field",
            ),
            html.Ul(id="pick-list", className="pick-list"),
            html.P(
                [
                    html.Button(
                        "Take these", type="button", className="ask main", **dataset(grid="take")
                    ),
                    html.Button("Cancel", type="button", className="ask", **dataset(grid="leave")),
                ],
                className="draft-tools",
            ),
        ],
        id="pick",
        className="pick",
        **aria(labelledby="pick-name"),
    )
