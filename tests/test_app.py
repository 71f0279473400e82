from typing import Any

import pytest

from app import create_app, main
from data.dates import today
from layouts.address import View
from layouts.pages.map import create_map_page, create_panels
from layouts.pages.series import create_check_page
from layouts.pages.trends import create_trends_page
from layouts.shell import TITLE, create_shell
from layouts.trend_address import read_trend_view
from tests.layouts.tree import nodes


@pytest.fixture(scope="module")
def made() -> Any:
    return create_app()


@pytest.fixture(scope="module")
def specs(made: Any) -> Any:
    return made.server.test_client().get("/_dash-dependencies").json


@pytest.fixture(scope="module")
def components(facts: Any, vera: Any) -> dict[str, Any]:
    """Give every component that callbacks can find, by id: the frame, a map page, its panels."""
    page = create_map_page(facts, View(today()), today())
    trends = create_trends_page(facts, [vera], read_trend_view("", facts, [vera]))
    check = create_check_page("file=x")
    parts = [create_shell(facts), page, create_panels(facts, ()), trends, check]
    return {node.id: node for node in nodes(parts) if isinstance(getattr(node, "id", None), str)}


def named(spec: dict[str, Any]) -> list[tuple[str, str]]:
    """Give every id and property that a callback reads or writes."""
    read = [(part["id"], part["property"]) for part in spec["inputs"] + spec["state"]]
    if spec["no_output"]:
        return read
    outputs = spec["output"].strip(".").split("...")
    return read + [tuple(part.rsplit(".", 1)) for part in outputs]


def test_callbacks_exist(specs: Any) -> None:
    assert len(specs) >= 7


def test_every_id_that_a_callback_names_exists(specs: Any, components: dict[str, Any]) -> None:
    missing = {name for spec in specs for name, _ in named(spec)} - set(components)
    assert missing == set()


def test_every_property_that_a_callback_names_exists(
    specs: Any, components: dict[str, Any]
) -> None:
    unknown = [
        (name, prop)
        for spec in specs
        for name, prop in named(spec)
        if prop not in components[name].available_properties
    ]
    assert unknown == []


def test_no_two_callbacks_write_the_same_property(specs: Any) -> None:
    outputs = [
        part for spec in specs if not spec["no_output"] for part in spec["output"].split("...")
    ]
    outputs = [part.strip(".") for part in outputs]
    assert sorted(outputs) == sorted(set(outputs))


def test_the_app_is_served_from_its_own_files_only(made: Any) -> None:
    assert made.scripts.config.serve_locally
    assert made.css.config.serve_locally
    assert made.title == TITLE


def test_two_apps_stand_side_by_side(made: Any) -> None:
    other = create_app()
    for one in (made, other):
        answer = one.server.test_client().get("/healthz")
        assert answer.json["status"] == "ok"


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({}, ("127.0.0.1", 8050)),
        ({"PORT": "9001"}, ("127.0.0.1", 9001)),
        ({"HOST": "0.0.0.0", "PORT": "80"}, ("0.0.0.0", 80)),
    ],
    ids=["default", "port", "both"],
)
def test_host_and_port_are_settings(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], place: tuple[str, int]
) -> None:
    served = {}

    def run(self: Any, **values: Any) -> None:
        served.update(values)

    for name in ("HOST", "PORT", "TABLES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setattr("dash.Dash.run", run)
    main()
    assert (served["host"], served["port"]) == place
    assert served["debug"] is False
