"""The stewards' grid: one table of the draft, cell by cell. Scripts: ``layouts/assets/steward``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_ag_grid as dag  # type: ignore[import-untyped]
import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.read import LONGEST_CELL
from data.schema import HOMES, LEAD, LISTED, dictionary
from layouts import ids
from layouts.parts.attributes import dataset
from layouts.parts.grid import create_cell_help, create_picker
from layouts.parts.steward import edit_address

NARROW = {"fips": 200, "edtf": 170, "number": 120, "integer": 120, "word": 130}
"""Width of a column by its kind, in pixels; others are wide."""
WIDE = 240
ROW_NUMBER = {
    "colId": "row",
    "headerName": "row",
    "headerTooltip": "Number of the row as a spreadsheet shows it",
    "valueGetter": {"function": "atlasRow(params)"},
    "width": 70,
    "pinned": "left",
    "editable": False,
    "sortable": False,
    "filter": False,
}
NAMES = {"sources": "title", "claims": "claim", "services": "name", "intercepts": "name"}
"""The column of a table that says in words what a row's key means."""


@dataclass(frozen=True)
class Sheet:
    """A table as the grid holds it.

    ``tables`` are all tables that the draft makes with its edition; ``problems`` those of this
    table, as row, column and advice; ``base`` and ``version`` name edition and draft as loaded.
    """

    table: str
    tables: Mapping[str, pd.DataFrame]
    problems: Sequence[tuple[int, str, str]]
    base: int
    version: int
    csrf: str


def create_grid_page(sheet: Sheet) -> Component:
    """Make the page of one table in the grid."""
    frame = sheet.tables[sheet.table]
    return html.Div(
        [
            html.P(
                [html.A("Steward’s desk", href="/steward"), f" › {sheet.table}"],
                className="path-to",
            ),
            html.H1(f"Edit the table “{sheet.table}”"),
            html.Noscript(
                html.P("The grid needs scripts. Without them, hand in a file at the desk.")
            ),
            _tools(list(sheet.tables), sheet.table),
            html.Div(
                [_grid(frame, sheet), create_cell_help()],
                className="grid-and-told",
            ),
            create_picker(),
        ],
        className="grid-page",
        id=ids.SHEET,
        **dataset(told=json.dumps(told_of(sheet), separators=(",", ":"), ensure_ascii=False)),
    )


def told_of(sheet: Sheet) -> dict[str, Any]:
    """Give what the grid's own code needs to know, as JSON holds it."""
    rows = dictionary()
    rows = rows[rows["table"] == sheet.table]
    tables = sheet.tables
    return {
        "table": sheet.table,
        "base": sheet.base,
        "version": sheet.version,
        "csrf": sheet.csrf,
        "problems": [list(problem) for problem in sheet.problems],
        "columns": [
            {
                "name": row.column,
                "label": row.column.replace("_", " "),
                "kind": row.kind,
                "meaning": row.meaning,
                "needed": row.required == "yes",
                "several": LISTED.get(row.column, ""),
            }
            for row in rows.itertuples()
        ],
        "lists": {
            home: keys_of(tables[home], home)
            for column, home in LISTED.items()
            if column in set(rows["column"])
        },
        "counties": keys_of(tables["counties"], "counties"),
    }


def keys_of(frame: pd.DataFrame, table: str) -> dict[str, str]:
    """Give what each key of a table means in words, in the table's order."""
    words = NAMES.get(table, frame.columns[1])
    return dict(zip(frame.iloc[:, 0], frame[words], strict=True))


def column_definitions(sheet: Sheet) -> list[dict[str, Any]]:
    """Say for each column how it is shown and edited: typed, or chosen from what there is."""
    rows = dictionary()
    rows = rows[rows["table"] == sheet.table]
    columns = set(rows["column"])
    return [_column(row, sheet, columns) for row in rows.itertuples()]


def _column(row: Any, sheet: Sheet, columns: set[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "field": row.column,
        "headerName": row.column.replace("_", " "),
        "headerTooltip": row.meaning,
        "width": NARROW.get(row.kind, WIDE),
        "cellClassRules": {"cell-problem": "atlasBad(params)"},
    }
    if row.column in LISTED:
        return told | {"editable": False}
    if row.column == "county" and "fips" in columns and sheet.table != "counties":
        return told | {"editable": False, "width": NARROW["word"]}  # follows the county chosen
    if choices := _choices(row, sheet):
        blank = {} if row.required == "yes" else {"": "–"}
        return told | {
            "cellEditor": "agSelectCellEditor",
            "cellEditorParams": {"values": [*blank, *choices]},
            "refData": blank | choices,
        }
    if row.kind == "text":
        return told | {
            "cellEditor": "agLargeTextCellEditor",
            "cellEditorPopup": True,
            "cellEditorParams": {"maxLength": LONGEST_CELL, "rows": 6, "cols": 60},
        }
    return told


def _choices(row: Any, sheet: Sheet) -> dict[str, str]:
    """Give the words that a cell may hold, each as it is shown; none where it is typed."""
    if row.kind == "word":
        return {word: word for word in row.allowed.split("|")}
    if row.column == "fips" and sheet.table != "counties":
        counties = keys_of(sheet.tables["counties"], "counties")
        return {fips: f"{name} ({fips})" for fips, name in counties.items()}
    home = HOMES.get(row.column)
    if home is None or home == sheet.table:
        return {}
    keys = keys_of(sheet.tables[home], home)
    lead = {LEAD: "LEAD itself"} if (row.column, sheet.table) == ("service", "readiness") else {}
    return {key: f"{words} ({key})" for key, words in keys.items()} | lead


def _grid(frame: pd.DataFrame, sheet: Sheet) -> Component:
    rows = frame.to_dict("records")
    return dag.AgGrid(
        id=ids.GRID,
        columnDefs=[ROW_NUMBER, *column_definitions(sheet)],
        rowData=[{**row, "_id": str(place)} for place, row in enumerate(rows, 1)],
        getRowId="params.data._id",
        defaultColDef={"editable": True, "resizable": True, "sortable": True, "filter": True},
        dashGridOptions={
            "theme": {"function": "atlasTheme(themeQuartz)"},
            "stopEditingWhenCellsLoseFocus": True,
            "enterNavigatesVerticallyAfterEdit": True,
            "suppressDragLeaveHidesColumns": True,
            "animateRows": False,
            "tooltipShowDelay": 400,
        },
        style={"height": "max(420px, 100vh - 240px)", "width": "100%"},
    )


def _tools(tables: Sequence[str], table: str) -> Component:
    buttons = {
        "add": ("Add a row", "Add a blank row below the one in hand"),
        "copy": ("Copy the row", "Add a copy of the row in hand below it"),
        "remove": ("Delete the row", "Delete the row in hand; Undo brings it back"),
        "undo": ("Undo", "Take the last change back (Ctrl+Z)"),
        "redo": ("Redo", "Make the change again (Ctrl+Y)"),
    }
    return html.Div(
        [
            *[
                html.Button(label, type="button", className="ask", title=why, **dataset(grid=name))
                for name, (label, why) in buttons.items()
            ],
            html.Button(
                "Save to my draft", type="button", className="ask main", **dataset(grid="save")
            ),
            html.Details(
                [
                    html.Summary("Another table"),
                    html.Ul(
                        [
                            html.Li(html.A(name, href=edit_address(name)))
                            for name in tables
                            if name != table
                        ]
                    ),
                ],
                className="other-tables",
            ),
            html.P("Nothing goes live before you publish the draft.", className="soft", id="saved",
                   role="status"),
        ],
        className="grid-tools",
    )  # fmt: skip
