"""The pages for an address that does not exist and for an error of ours."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.language import say
from layouts.shell import create_links


def create_missing_page(address: str) -> Component:
    """Say that there is no such page, and where to go."""
    return _plain_page(
        say("There is no page at this address."),
        say("Nothing stands at “{address}”. The map and the data are here:", address=address[:80]),
    )


def create_error_page(number: str = "") -> Component:
    """Say that something failed on the server, under which number, and where to go."""
    noted = say("It was noted as number {number}.", number=number) if number else ""
    return _plain_page(
        say("This page could not be made."),
        say(
            "Something went wrong on our side. {noted} Please try again, or go on here:",
            noted=noted or say("It was noted."),
        ),
    )


def _plain_page(title: str, words: str) -> Component:
    links = [part for link in create_links() for part in (" · ", link)][1:]
    return html.Section(
        [html.H1(title), html.P(words), html.P(links, className="ways")],
        className="panel plain-page",
    )
