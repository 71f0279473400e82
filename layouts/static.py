"""Still parts of a page as ready HTML, so that the browser need not build them piece by piece.

Dash gives every element of a page its own place in its store and tells all of them of each new one;
at two thousand elements the browser stands still for many seconds. A part in which nothing moves
by a callback is therefore sent as one component that holds its HTML.
"""

from __future__ import annotations

import json
from typing import Any

from dash.development.base_component import Component

from data.language import ENGLISH, language
from layouts import ids
from layouts.address import local
from layouts.exports.html import attributes, to_html

LIVE = {
    ids.HEADLINE,
    ids.DETAIL,
    ids.NOTICE,
    ids.SIDE,
    ids.PANELS,
    ids.CONTEXT,
    ids.MORE_CONTEXT,
    ids.EFFECT,
    ids.FILE,
}
"""The HTML elements that callbacks read or write."""


class Static(Component):
    """An element with ready HTML inside; ``layouts/assets/5_static.js`` draws it."""

    _children_props: list[str] = []  # noqa: RUF012 - Dash asks for lists
    _base_nodes = ["children"]  # noqa: RUF012
    _namespace = "atlas_parts"
    _type = "Static"
    _prop_names = ["id", "tag", "html", "props"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, tag: str, html: str, props: dict[str, Any]) -> None:
        super().__init__(tag=tag, html=html, props=props)


class Input(Component):
    """An HTML input, which Dash does not have; it stands only in parts that are still."""

    _children_props: list[str] = []  # noqa: RUF012 - Dash asks for lists
    _base_nodes = ["children"]  # noqa: RUF012
    _namespace = "dash_html_components"
    _type = "Input"
    _prop_names = [  # noqa: RUF012
        *("id", "name", "type", "value", "list", "min", "max", "step", "accept", "required"),
        *("placeholder", "autoComplete", "maxLength", "inputMode", "checked"),
    ]
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, **props: Any) -> None:
        super().__init__(**props)


def still(node: Any) -> Any:
    """Turn every still part of a component tree into one ``Static``; the rest stays as it is."""
    local_links(node)
    return _stilled(node)


def _stilled(node: Any) -> Any:
    if isinstance(node, list | tuple):
        return [_stilled(child) for child in node]
    if not isinstance(node, Component):
        return node
    if not _moves(node):
        return _static(node) if node._namespace == "dash_html_components" else node
    children = _stilled(getattr(node, "children", None))
    told = node.to_plotly_json()["props"]
    return type(node)(**{**told, "children": children}) if "children" in told else node


def local_links(node: Any) -> None:
    """Let the links and forms of a component tree stay in the language that is spoken."""
    if language() == ENGLISH or not isinstance(node, Component | list | tuple):
        return
    for child in node if isinstance(node, list | tuple) else [getattr(node, "children", None)]:
        local_links(child)
    for name in ("href", "action"):
        if isinstance(address := getattr(node, name, None), str):
            setattr(node, name, local(address))


def _moves(node: Any) -> bool:
    """Tell whether a part holds anything that a callback or a script component moves."""
    if isinstance(node, list | tuple):
        return any(_moves(child) for child in node)
    if not isinstance(node, Component):
        return False
    if node._type != "Link" and node._namespace != "dash_html_components":
        return True
    return getattr(node, "id", None) in LIVE or _moves(getattr(node, "children", None))


def _static(node: Component) -> Static:
    props = node.to_plotly_json()["props"]
    inside = to_html(props.pop("children", None), {"Link": write_link})
    return Static(node._type.lower(), inside, props)


def write_link(props: dict[str, Any]) -> str:
    """Write a link between pages as the plain link that it is."""
    return f"<a{attributes(props)}>{to_html(props['children'], {})}</a>"


def write_early_data(data: Any) -> str:
    """Write what the browser's own code needs before, or without, Dash."""
    return write_data("early", data)


def write_data(name: str, data: Any) -> str:
    """Write data that the browser's own code reads, as an element of the document."""
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'
