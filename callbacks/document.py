"""The document of every address: the page as HTML, then Dash."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import parse_qs

from dash import Dash
from dash.development.base_component import Component
from flask import Response, g, request

from callbacks.answers import Packed, packed, send_packed
from callbacks.asked import asked_query
from callbacks.language import other_languages
from callbacks.once import once
from callbacks.pages import Held, held_now, page_at, page_for
from data.editions.folder import Keeper
from data.frame import county_frame
from data.measures.layers import layer_on
from data.series.library import Library
from layouts.address import local, read_view
from layouts.document import document, first_paint, root_attributes, share_tags
from layouts.exports.svg import map_inline
from layouts.shell import create_shell, title_of
from layouts.trend_address import measure_names


class Asked(NamedTuple):
    """All that a document depends on."""

    held: Held
    host: str
    path: str
    query: str


class AtlasDash(Dash):
    """A Dash app whose document already holds the page of its address."""

    keeper: Keeper
    library: Library

    def index(self, *_: Any, **__: Any) -> Response:
        """Answer the present request with its document."""
        g.asked = self._asked()
        answer = send_packed(_document(self, g.asked), "text/html")
        if not page_at(request.path, g.asked.held.facts):
            answer.status_code = 404
        return answer

    def private(self, page: Component) -> Response:
        """Answer the present request with a page for one person, which is kept nowhere."""
        g.asked, g.private = self._asked(), page
        return Response(str(super().index()), mimetype="text/html")

    def _asked(self) -> Asked:
        held = held_now(self.keeper, self.library)
        return Asked(held, request.host_url, request.path, asked_query())

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """Fill the document of the present request with Dash's scripts and settings."""
        asked: Asked = g.asked
        facts, held = asked.held.facts, asked.held
        now, loaded = held.now, held.loaded
        view = read_view(asked.query, facts, now, measure_names(loaded))
        page = g.get("private") or page_for(held, asked.path, asked.query)
        others = other_languages()
        shell = create_shell(facts, page, held.stewards, held.state, others, asked.path)
        title = title_of(page)
        if "private" in g:
            root = root_attributes(view.theme)
            return document(parts, first_paint(shell, str), title, root, grid=True)

        def draw_map() -> str:
            layer = layer_on(facts, loaded, view.layer, view.day, now)
            return map_inline(layer, county_frame(facts, view.day))

        written = first_paint(shell, draw_map)
        embed = parse_qs(asked.query).get("embed") == ["1"]
        host = asked.host.rstrip("/")
        picture = host + local(f"/download/map.png?date={view.day}")
        head = share_tags(written, f"{host}{asked.path}{asked.query and '?'}{asked.query}", picture)
        root = root_attributes(view.theme, facts.edition if held.live else "", embed)
        return document(parts, written, title, root, head)


@once(32)
def _document(app: AtlasDash, asked: Asked) -> Packed:
    """Let Dash make the document, once for all viewers, and keep it compressed.

    It holds a token by which Dash knows a page load in background callbacks; this app has none.
    """
    return packed(str(Dash.index(app)))
