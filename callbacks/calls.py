"""Callbacks called by hand: a request that Dash's own code would not send is refused.

Dash takes the names and values in a request as they come. Here they are held to what the callback
was registered with, and to the types that its function declares for its parameters.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

Spec = Mapping[str, Any]
"""How Dash holds a callback: its function, inputs and state."""


class BadCall(ValueError):
    """A request for a callback that cannot be answered, with the status that says so."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


def check_call(request: Request, known: Mapping[str, Spec]) -> None:
    """Hold the present request to the callbacks that are known.

    Raises
    ------
    BadCall
        With status 404 where there is no such callback, as for a page loaded long ago, 415 for
        another kind of content than JSON, else 400.
    RequestEntityTooLarge
        Of Flask, for too much: 413.
    """
    try:
        body = request.get_json()
    except UnsupportedMediaType:
        raise BadCall("The request is not sent as JSON.", 415) from None
    except (BadRequest, RecursionError):
        raise BadCall("The request is no JSON that can be read.") from None
    if not isinstance(body, dict) or not isinstance(output := body.get("output"), str):
        raise BadCall("The request names no callback.")
    spec = known.get(output, {})
    if "callback" not in spec:
        raise BadCall("There is no such callback; load the page again.", 404)
    if _plain(spec):
        _check_names(body, spec, output)
        _check_values(body, spec)


def _plain(spec: Spec) -> bool:
    """Tell whether a callback has only fixed ids; one with patterns takes lists of any length."""
    return not any(str(part["id"]).startswith("{") for part in [*spec["inputs"], *spec["state"]])


def _check_names(body: dict[str, Any], spec: Spec, output: str) -> None:
    for kind in ("inputs", "state"):
        told = body.get(kind, [])
        if not isinstance(told, list) or [_name(part) for part in told] != _names(spec[kind]):
            raise BadCall(f"The {kind} are not those of this callback.")
    if body.get("outputs") != outputs_of(output):
        raise BadCall("The outputs are not those of this callback.")
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or any(name not in _names(spec["inputs"]) for name in changed):
        raise BadCall("What changed is no input of this callback.")


def _name(part: Any) -> str:
    """Name an input or state as ``id.property``; blank where it is none."""
    return f"{part.get('id')}.{part.get('property')}" if isinstance(part, dict) else ""


def _names(parts: list[dict[str, Any]]) -> list[str]:
    return [_name(part) for part in parts]


@lru_cache(maxsize=256)
def _outputs(output: str) -> str:
    if not output.startswith(".."):
        return json.dumps(_output(output))
    return json.dumps([_output(part) for part in output.strip(".").split("...")])


def outputs_of(output: str) -> Any:
    """Give the outputs as Dash's own code sends them, from the name of a callback.

    >>> outputs_of("page.children")
    {'id': 'page', 'property': 'children'}
    """
    return json.loads(_outputs(output))


def _output(name: str) -> dict[str, str]:
    id, _, prop = name.rpartition(".")
    return {"id": id, "property": prop.partition("@")[0]}


def _check_values(body: dict[str, Any], spec: Spec) -> None:
    parts = [*body.get("inputs", []), *body.get("state", [])]
    for part, hint in zip(parts, parameter_types(spec["callback"]), strict=False):
        if not fits(part.get("value"), hint):
            raise BadCall(f"The value of {_name(part)} is of the wrong kind.")


@lru_cache(maxsize=256)
def parameter_types(callback: Callable[..., Any]) -> tuple[Any, ...]:
    """Give the types that a callback's function declares, in order; Any where it declares none."""
    function = getattr(callback, "__wrapped__", callback)
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    hints = get_type_hints(function)
    return tuple(hints.get(name, Any) for name in names)


def fits(value: Any, hint: Any) -> bool:
    """Tell whether a JSON value is of a declared type, and can be written as UTF-8 again."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(fits(value, one) for one in get_args(hint))
    if origin is list:
        return isinstance(value, list) and all(fits(one, get_args(hint)[0]) for one in value)
    if origin is dict:
        return isinstance(value, dict)
    if hint in (int, float):
        return isinstance(value, int | hint) and not isinstance(value, bool)
    if hint is Any or not isinstance(hint, type):
        return True
    return isinstance(value, hint) and not (isinstance(value, str) and _broken(value))


def _broken(text: str) -> bool:
    """Tell whether text has half a pair of surrogates, which cannot be written."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
