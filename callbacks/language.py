"""Which language a request is answered in, as its page asks for it, and which others there are."""

from __future__ import annotations

from urllib.parse import urlsplit

from dash.development.base_component import Component
from flask import Flask, request

from callbacks.asked import asked_query
from data.language import ENGLISH, speak
from layouts.address import asked_language
from layouts.shell import create_languages

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
        path, query = _asked_page()
        speak(ENGLISH if _english_only(path) else asked_language(query))


def other_languages() -> list[Component]:
    """Make the links to the present page in other languages; none where it is English only."""
    path, query = _asked_page()
    return [] if _english_only(path) else create_languages(query)


def _asked_page() -> tuple[str, str]:
    """Give path and query of what is asked for, or of the page that asks for a part of itself."""
    if not request.path.startswith(ASKED_BY_PAGES):
        return request.path, asked_query()
    try:
        page = urlsplit(request.referrer or "")
    except ValueError:  # as of "http://["
        return "", ""
    return page.path, page.query


def _english_only(path: str) -> bool:
    return path.startswith(ENGLISH_PAGES) or path.endswith(ENGLISH_FILES)
