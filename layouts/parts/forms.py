"""Plain forms: each works as a link with a query, and at once where scripts run.

A form is sent as ready HTML (``layouts/static.py``). What a form with ``data-live`` asks for,
``layouts/assets/6_forms.js`` shows without loading the page anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qsl

from dash import html
from dash.development.base_component import Component

from layouts.address import write_query
from layouts.parts.attributes import dataset
from layouts.static import Input


def create_live_form(
    parts: list[Component], action: str, button: str, at_once: bool = True
) -> Component:
    """Make a form whose fields are the query of a page's address, in the language that is spoken.

    ``at_once``: each change is shown at once, and the button is for browsers without scripts.
    """
    send: Component = html.Button(button, className="ask main")
    own = {getattr(part, "name", "") for part in parts}
    return html.Form(
        [*parts, *create_carried(write_query({}), own), html.Noscript(send) if at_once else send],
        action=action,
        method="GET",
        className="choices",
        **dataset(live="change" if at_once else "send"),
    )


def create_select(
    name: str, label: str, options: Mapping[str, str], chosen: str, why: str = ""
) -> Component:
    """Make a labelled choice of one among words; ``why`` explains it under the field."""
    words = [
        html.Option(text, value=value, selected="selected" if value == chosen else None)
        for value, text in options.items()
    ]
    return _field(label, html.Select(words, name=name), why)


def create_entry(name: str, label: str, value: str = "", why: str = "", **more: Any) -> Component:
    """Make a labelled field to type in; further properties are those of an HTML input."""
    kind = more.pop("type", "text")
    return _field(label, Input(name=name, type=kind, value=value, **more), why)


def create_carried(query: str, own: Collection[str]) -> list[Component]:
    """Make hidden fields that carry the parts of a query which a form does not ask for itself."""
    return [
        Input(name=name, type="hidden", value=value)
        for name, value in parse_qsl(query)
        if name not in own
    ]


def _field(label: str, field: Component, why: str) -> Component:
    told = html.Span(why, className="soft") if why else None
    return html.Label([html.Span(label, className="field-name"), field, told], className="field")
