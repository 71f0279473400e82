"""Ways to look into a tree of components, for all tests of pages."""

import json
from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder


def nodes(part: Any, kind: type[Component] | None = None) -> Iterator[Any]:
    """Give every component at and below a part, in order; of one kind only where it is named."""
    if isinstance(part, Component):
        if kind is None or isinstance(part, kind):
            yield part
        for name in part._base_nodes:  # the properties that hold components
            yield from nodes(getattr(part, name, None), kind)
    elif isinstance(part, (list, tuple)):
        for item in part:
            yield from nodes(item, kind)


def prop(part: Any, name: str, missing: Any = None) -> Any:
    """Give a property of a component, also one with a hyphen in its name."""
    return getattr(part, name, missing)


def text_of(part: Any) -> str:
    """Give the text that a reader sees at and below a part."""
    if isinstance(part, Component):
        return text_of(getattr(part, "children", None))
    if isinstance(part, (list, tuple)):
        return "".join(map(text_of, part))
    return "" if part is None else str(part)


def texts(part: Any) -> Iterator[str]:
    """Give every piece of text that stands in a part, one by one."""
    if isinstance(part, Component):
        yield from texts(getattr(part, "children", None))
    elif isinstance(part, (list, tuple)):
        for item in part:
            yield from texts(item)
    elif part is not None:
        yield str(part)


def sent(part: Any) -> Any:
    """Give a part as the browser gets it: plain lists and dicts."""
    return json.loads(json.dumps(part, cls=PlotlyJSONEncoder))


def strings(plain: Any) -> Iterator[str]:
    """Give every string in plain lists and dicts, names of properties left out."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from strings(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from strings(value)


def ids_of(part: Any) -> list[str]:
    """Give the ids at and below a part, in order."""
    return [node.id for node in nodes(part) if isinstance(getattr(node, "id", None), str)]


def by_id(part: Any, name: str) -> Any:
    """Give the one component of an id."""
    (found,) = [node for node in nodes(part) if getattr(node, "id", None) == name]
    return found


def with_data(part: Any, name: str) -> dict[str, Any]:
    """Give the components that carry a ``data-`` attribute, by its value; the last one wins."""
    return {
        getattr(node, f"data-{name}"): node for node in nodes(part) if hasattr(node, f"data-{name}")
    }


def addresses(part: Any) -> list[tuple[str, Any]]:
    """Give every link at and below a part: its address and the component."""
    return [(node.href, node) for node in nodes(part) if getattr(node, "href", None)]
