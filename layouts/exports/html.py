"""A page as plain HTML: what the server sends before any script runs.

The page's own component tree is written down, so the first paint cannot differ from the page that
follows it. Components that need scripts are replaced by what stands in their place until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

VOID = {"Br", "Hr", "Img", "Input", "Meta", "Link"}
NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "n_clicks": ""}


def to_html(node: Any, replace: dict[str, Callable[[dict[str, Any]], str]]) -> str:
    """Write a component tree as HTML.

    Parameters
    ----------
    node
        A component, text, number, a list of these, or None.
    replace
        For components that are more than HTML: by type name (as ``Graph``) or by ``#id``, a
        function from the component's properties to HTML. A type without one writes its
        children only.
    """
    if node is None:
        return ""
    if isinstance(node, str | int | float):
        return escape(str(node))
    if isinstance(node, Iterable) and not hasattr(node, "to_plotly_json"):
        return "".join(to_html(child, replace) for child in node)
    told = node.to_plotly_json()
    props = told["props"]
    made = replace.get(f"#{props.get('id')}") or replace.get(told["type"])
    if made:
        return made(props)
    if told["type"] == "Static":
        return f"<{props['tag']}{attributes(props['props'])}>{props['html']}</{props['tag']}>"
    inside = to_html(props.get("children"), replace)
    if told["namespace"] != "dash_html_components":
        return inside
    tag = told["type"].lower()
    start = f"<{tag}{attributes(props)}>"
    return start if told["type"] in VOID else f"{start}{inside}</{tag}>"


def attributes(props: dict[str, Any]) -> str:
    """Write properties as HTML attributes, leaving out children and what is unset."""
    parts = []
    for name, value in props.items():
        name = NAMES.get(name, name)
        if name in ("children", "") or value is None or value is False:
            continue
        if name == "style":
            value = ";".join(f"{key}:{text}" for key, text in value.items())
        parts.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    return "".join(parts)
