"""The app, asked as a browser would, without a browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app import create_app
from data.language import ENGLISH, speaking

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Keep the language of a request from the tests that follow."""
    with speaking(ENGLISH):
        yield


@pytest.fixture(scope="package")
def atlas() -> Iterator[Any]:
    """Give the app with the shipped tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TABLES", raising=False)
        yield create_app()


@pytest.fixture(scope="package")
def client(atlas: Any) -> Any:
    return atlas.server.test_client()


def call(client: Any, output: str, **values: Any) -> Any:
    """Call the callback that fills an id's children, as the browser does.

    ``values`` are the inputs and states by id and property, joined by two underscores, as in
    ``url__pathname="/"``; each that is not given is null.
    """
    (spec,) = [
        spec
        for spec in client.get("/_dash-dependencies").json
        if spec["output"] == f"{output}.children"
    ]

    def filled(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
        names = [f"{part['id']}__{part['property']}" for part in parts]
        return [
            {**part, "value": values.get(name)} for part, name in zip(parts, names, strict=True)
        ]

    inputs, state = filled(spec["inputs"]), filled(spec["state"])
    return client.post(
        "/_dash-update-component",
        json={
            "output": spec["output"],
            "outputs": {"id": output, "property": "children"},
            "inputs": inputs,
            "state": state,
            "changedPropIds": [f"{inputs[0]['id']}.{inputs[0]['property']}"],
        },
    )


@pytest.fixture(scope="package")
def ask(client: Any) -> Ask:
    """Give a function that calls a callback and gives the answer."""
    return lambda output, **values: call(client, output, **values)
