"""Connect the app to the facts: the one function that ``app.py`` calls."""

from __future__ import annotations

from dash import Dash

from callbacks.addresses import register_addresses, register_errors
from callbacks.browser import register_browser
from callbacks.packed import register_packed
from callbacks.pages import register_pages
from data.keeper import Keeper


def register(app: Dash, keeper: Keeper) -> None:
    """Register everything that moves on an app whose facts come from a keeper."""
    register_packed(app.server)
    register_pages(app, keeper)
    register_browser(app)
    register_addresses(app.server, keeper)
    register_errors(app.server)
