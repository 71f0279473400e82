"""The pages for an address that does not exist and for an error of ours."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component


def create_missing_page(address: str) -> Component:
    """Say that there is no such page, and where to go."""
    return html.Section(
        [
            html.H1("There is no page at this address."),
            html.P(f"Nothing stands at “{address[:80]}”. The map and the data are here:"),
            html.P(
                [
                    dcc.Link("Map and trends", href="/"),
                    " · ",
                    dcc.Link("Data and methods", href="/data"),
                ]
            ),
        ],
        className="panel plain-page",
    )
