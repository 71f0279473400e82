"""Connect the app to the facts: the one function that ``app.py`` calls."""

from __future__ import annotations

from dash import Dash

from callbacks.addresses import register_addresses, register_errors, register_frames
from callbacks.browser import register_browser
from callbacks.exports import register_exports
from callbacks.packed import register_packed
from callbacks.pages import register_pages
from callbacks.series import register_downloads, register_panels, register_series
from data.keeper import Keeper
from data.library import Library


def register(app: Dash, keeper: Keeper, library: Library) -> None:
    """Register everything that moves on an app: facts come from a keeper, series from a library."""
    register_packed(app.server)
    register_pages(app, keeper, library)
    register_browser(app)
    register_addresses(app.server, keeper, library)
    register_panels(app, keeper, library)
    register_series(app.server, library)
    register_downloads(app.server, keeper, library)
    register_exports(app.server, keeper, library)
    register_frames(app.server)
    register_errors(app.server)
