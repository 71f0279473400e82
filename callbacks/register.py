"""Connect the app to the facts: the one function that ``app.py`` calls."""

from __future__ import annotations

from callbacks.addresses import register_addresses
from callbacks.browser import register_browser
from callbacks.document import AtlasDash
from callbacks.exports import register_exports
from callbacks.grid import grid_page, register_grid
from callbacks.language import register_language
from callbacks.limits import register_limits
from callbacks.merging import register_merge
from callbacks.packed import register_packed
from callbacks.pages import register_pages
from callbacks.safety import register_safety
from callbacks.series import register_downloads, register_panels, register_series
from callbacks.session import register_session
from callbacks.steward import register_steward
from callbacks.visitors import register_visitors
from callbacks.watch import register_ids, register_watch
from data.editions.folder import Keeper
from data.series.library import Library
from layouts.parts.steward import EDIT


def register(app: AtlasDash, keeper: Keeper, library: Library) -> None:
    """Register everything that moves on an app: facts come from a keeper, series from a library."""
    register_language(app.server)
    register_ids(app.server)
    register_watch(app.server, keeper)
    register_packed(app.server)
    register_session(app.server, keeper)
    register_pages(app, keeper, library, {EDIT: lambda search: grid_page(keeper, search)})
    register_browser(app)
    register_addresses(app.server, keeper, library)
    register_panels(app, keeper, library)
    register_series(app.server, library)
    register_downloads(app.server, keeper, library)
    register_exports(app.server, keeper, library)
    register_visitors(app.server, keeper)
    register_steward(app.server, keeper)
    register_merge(app.server, keeper)
    register_grid(app, keeper)
    register_limits(app.server)
    register_safety(app)
