"""The North Carolina LEAD atlas: ``python app.py`` serves it on http://127.0.0.1:8050."""

from __future__ import annotations

import sys

from dash.development.base_component import Component
from flask import Flask

from callbacks import AtlasDash, accounts_known, other_languages, pack, register
from data.editions import keeper_for
from data.editions.folder import shown
from data.series.library import Library, default_folder
from data.settings import check_settings, setting, whole
from layouts.shell import TITLE, create_shell


def create_app() -> AtlasDash:
    """Build the app.

    Raises data.FactsError, which lists every problem, on bad tables, data.editions.StoreError
    where DATABASE_URL names no database, and data.settings.SettingError on a bad setting.
    """
    check_settings()
    keeper = keeper_for()
    server = Flask(__name__)
    server.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=5)
    app = AtlasDash(
        __name__,
        server=server,  # type: ignore[arg-type]
        title=TITLE,
        update_title="",
        assets_folder="layouts/assets",
        include_assets_files=False,  # layouts/document.py brings them, small and early
        serve_locally=True,
        compress=True,
        suppress_callback_exceptions=True,  # pages come later; a test holds every id instead
    )
    library = Library(default_folder())
    app.keeper, app.library = keeper, library

    def layout() -> Component:
        facts, state = shown(keeper)
        others = other_languages()
        return create_shell(facts, stewards=accounts_known(), state=state, languages=others)

    app.layout = layout
    register(app, keeper, library)
    return app


def main() -> None:
    """Serve the app at HOST and PORT; with ``--pack``, compress its scripts and stop."""
    app = create_app()
    if "--pack" in sys.argv:
        print(f"Packed the scripts: {pack(app.server) / 1e6:.2f} MB.")
        return
    app.run(host=setting("HOST"), port=whole("PORT"), debug=False)


if __name__ == "__main__":
    main()
