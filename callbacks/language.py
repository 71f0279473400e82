"""Which language a request is answered in: ``lang=`` of its address, or of the page that asks."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request

from callbacks.asked import asked_query
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
        by_page = request.path.startswith(ASKED_BY_PAGES)
        asked = urlsplit(request.referrer or "").query if by_page else asked_query()
        speak(ENGLISH if english_only() else asked_language(asked))


def english_only() -> bool:
    """Tell whether the present request is for what is English, whatever language it asks for."""
    return request.path.startswith(ENGLISH_PAGES) or request.path.endswith(ENGLISH_FILES)
