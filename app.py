"""The North Carolina LEAD atlas: ``python app.py`` serves it on http://127.0.0.1:8050."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flask import Flask

from callbacks import AtlasDash, pack, register
from data.keeper import Keeper
from data.library import Library, default_folder
from data.schema import TABLES
from layouts.shell import TITLE, create_shell


def create_app() -> AtlasDash:
    """Build the app. Raises data.FactsError, which lists every problem, on bad tables."""
    keeper = Keeper(Path(os.environ.get("TABLES", TABLES)))
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
    app.layout = lambda: create_shell(keeper.facts())
    register(app, keeper, library)
    return app


def main() -> None:
    """Serve the app at HOST and PORT; with ``--pack``, compress its scripts and stop."""
    app = create_app()
    if "--pack" in sys.argv:
        print(f"Packed the scripts: {pack(app.server) / 1e6:.2f} MB.")
        return
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8050"))
    app.run(host=host, port=port, debug=False)


if __name__ == "__main__":
    main()
