"""Which language a request is answered in: ``lang=`` of its address, or of the page that asks."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request

from data.language import ENGLISH, speak
from layouts.address import asked_language

ASKED_BY_PAGES = "/_dash"
"""How addresses begin that a page asks for by itself."""
ENGLISH_PAGES = "/steward"
"""Where the desk of the stewards begins: the tables they edit are English, and so is it."""
ENGLISH_FILES = (".bib", ".csv", ".xlsx", ".zip")
"""Files of data, which are the same for all readers."""


def register_language(server: Flask) -> None:
    """Speak the asked language from the beginning of each request on."""

    @server.before_request
    def begin() -> None:
        asked = request.query_string.decode("utf-8", "replace")
        if request.path.startswith(ASKED_BY_PAGES):
            asked = urlsplit(request.referrer or "").query
        path = request.path
        english = path.startswith(ENGLISH_PAGES) or path.endswith(ENGLISH_FILES)
        speak(ENGLISH if english else asked_language(asked))
