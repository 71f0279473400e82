"""Short ways to write HTML attributes that Python cannot name as keywords."""

from __future__ import annotations

import re
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.language import ENGLISH, language, say


def dataset(**values: str) -> dict[str, Any]:
    """Write ``data-*`` attributes: ``dataset(look_of="37051")`` is ``data-look-of="37051"``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def aria(**values: str) -> dict[str, Any]:
    """Write ``aria-*`` attributes: ``aria(label="Map")`` is ``aria-label="Map"``."""
    return {f"aria-{name}": value for name, value in values.items()}


def in_english(text: str = "") -> dict[str, Any]:
    """Give the attribute of an element whose text stays English on a page of another language.

    Such are texts of sources, and what is told of a file. ``text``: that of the element, where
    some such texts are said and others are not.
    """
    return {} if language() == ENGLISH or say(text) != text else {"lang": ENGLISH}


def fact(text: str) -> Component | str:
    """Write a text of a source: on a page of another language, marked as the English that it is."""
    return html.Span(text, **in_english()) if text and language() != ENGLISH else text


def fact_in(text: str, told: str) -> list[Component | str]:
    """Say a text whose one part, as ``{who}``, is a text of a source, if it has any."""
    before, *after = re.split(r"{\w+}", say(text))
    return [before, fact(told), *after] if after else [before]


def named(name: str) -> dict[str, Any]:
    """Give the id of an element; nothing where it has no name."""
    return {"id": name} if name else {}
