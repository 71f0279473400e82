"""The document of every address: the page as HTML, then Dash."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from dash import Dash
from flask import Response, g, request

from callbacks.answers import send_text
from callbacks.pages import page_for, page_name
from data.dates import today
from data.facts import Facts
from data.frame import county_frame
from data.keeper import Keeper
from data.read import Problem
from layouts.address import read_view
from layouts.document import document, first_paint
from layouts.exports.svg import map_inline
from layouts.shell import TITLE, create_shell


class Asked(NamedTuple):
    """All that a document depends on."""

    facts: Facts
    problems: tuple[Problem, ...]
    path: str
    query: str
    now: date


class AtlasDash(Dash):
    """A Dash app whose document already holds the page of its address."""

    keeper: Keeper

    def index(self, *_: Any, **__: Any) -> Response:
        """Answer the present request with its document."""
        facts = self.keeper.facts()
        query = request.query_string.decode("utf-8", "replace")
        g.asked = Asked(facts, self.keeper.problems, request.path, query, today())
        answer = send_text(_document(self, g.asked), "text/html")
        if page_name(request.path, facts) == "missing":
            answer.status_code = 404
        return answer

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """Fill the document of the present request with Dash's scripts and settings."""
        asked: Asked = g.asked
        view = read_view(asked.query, asked.facts, asked.now)
        shell = create_shell(asked.facts, page_for(*asked))
        page = first_paint(shell, lambda: map_inline(county_frame(asked.facts, view.day)))
        return document(parts, page, TITLE, view.theme)


@lru_cache(maxsize=32)
def _document(app: AtlasDash, asked: Asked) -> str:
    """Let Dash make the document, once for all viewers.

    It holds a token by which Dash knows a page load in background callbacks; this app has none.
    """
    return str(Dash.index(app))
