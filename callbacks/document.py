"""The document of every address: the page as HTML, then Dash."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from dash import Dash
from flask import request

from callbacks.pages import page_for
from data.dates import today
from data.facts import Facts
from data.frame import county_frame
from data.keeper import Keeper
from data.read import Problem
from layouts.address import read_view
from layouts.document import document, first_paint
from layouts.exports.svg import map_inline
from layouts.shell import TITLE, create_shell


class AtlasDash(Dash):
    """A Dash app whose document already holds the page of its address."""

    keeper: Keeper

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """Fill the document for the present request."""
        facts, now = self.keeper.facts(), today()
        query = request.query_string.decode("utf-8", "replace")
        page = page_html(facts, self.keeper.problems, request.path, query, now)
        return document(parts, page, TITLE, read_view(query, facts, now).theme)


@lru_cache(maxsize=32)
def page_html(facts: Facts, problems: tuple[Problem, ...], path: str, query: str, now: date) -> str:
    """Write the page of an address as HTML, as it is before any script runs."""
    view = read_view(query, facts, now)
    shell = create_shell(facts, page_for(facts, problems, path, query, now))
    return first_paint(shell, lambda: map_inline(county_frame(facts, view.day)))
