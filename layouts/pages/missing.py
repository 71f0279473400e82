"""The pages for an address that does not exist and for an error of ours."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component


def create_missing_page(address: str) -> Component:
    """Say that there is no such page, and where to go."""
    return _plain_page(
        "There is no page at this address.",
        f"Nothing stands at “{address[:80]}”. The map and the data are here:",
    )


def create_error_page(number: str = "") -> Component:
    """Say that something failed on the server, under which number, and where to go."""
    noted = f"It was noted as number {number}." if number else "It was noted."
    return _plain_page(
        "This page could not be made.",
        f"Something went wrong on our side. {noted} Please try again, or go on here:",
    )


def _plain_page(title: str, words: str) -> Component:
    links: list[Component | str] = [
        dcc.Link("Map", href="/"),
        " · ",
        dcc.Link("Partnerships", href="/partnerships"),
        " · ",
        dcc.Link("County trends", href="/trends"),
        " · ",
        dcc.Link("Evidence", href="/evidence"),
        " · ",
        dcc.Link("Data and methods", href="/data"),
    ]
    return html.Section(
        [html.H1(title), html.P(words), html.P(links)], className="panel plain-page"
    )
