from typing import Any

import pytest

from callbacks.calls import fits, outputs_of, parameter_types
from layouts import ids

CALL = "/_dash-update-component"


def body(**instead: Any) -> dict[str, Any]:
    """Give what Dash's own code sends for a page, with some parts replaced."""
    return {
        "output": f"{ids.PAGE}.children",
        "outputs": {"id": ids.PAGE, "property": "children"},
        "inputs": [
            {"id": ids.URL, "property": "pathname", "value": "/nowhere"},
            {"id": ids.URL, "property": "search", "value": ""},
        ],
        "changedPropIds": [f"{ids.URL}.pathname"],
        "state": [],
    } | instead


def inputs(path: Any = "/nowhere", search: Any = "") -> list[dict[str, Any]]:
    return [
        {"id": ids.URL, "property": "pathname", "value": path},
        {"id": ids.URL, "property": "search", "value": search},
    ]


def test_what_dash_sends_is_answered(client: Any) -> None:
    assert client.post(CALL, json=body()).status_code == 200
    assert client.post(CALL, json=body(inputs=inputs(None, None))).status_code == 200


BAD = {
    "a list": [],
    "a text": "x",
    "no output": {},
    "an output that is a number": body(output=1),
    "an output that is a list": body(output=["page.children"]),
    "no inputs": body(inputs=None),
    "too few inputs": body(inputs=inputs()[:1]),
    "too many inputs": body(inputs=inputs() * 2),
    "inputs in another order": body(inputs=inputs()[::-1]),
    "an input of another": body(inputs=[{"id": "x", "property": "y"}, inputs()[1]]),
    "an input with a strange id": body(inputs=[{"id": {"a": 1}, "property": []}, inputs()[1]]),
    "inputs that are numbers": body(inputs=[1, 2]),
    "state from nowhere": body(state=inputs()[:1]),
    "other outputs": body(outputs={"id": ids.SIDE, "property": "children"}),
    "no outputs": body(outputs=[]),
    "changed elsewhere": body(changedPropIds=["a.b"]),
    "changed strangely": body(changedPropIds=[{"a": 1}]),
    "changed in no list": body(changedPropIds="url.pathname"),
    "a path that is a number": body(inputs=inputs(path=5)),
    "a path that is a list": body(inputs=inputs(path=["/"])),
    "a search that is a switch": body(inputs=inputs(search=True)),
    "half a sign": body(inputs=inputs(search="\ud800")),
}


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD)
def test_what_dash_would_not_send_is_refused_in_one_sentence(client: Any, sent: Any) -> None:
    answer = client.post(CALL, json=sent)
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert answer.text.count("\n") == 1
    assert 10 < len(answer.text) < 120


@pytest.mark.parametrize("output", ["nothing.children", "map.figure", "url.pathname", "x" * 9999])
def test_a_callback_that_is_not_there_is_told_as_such(client: Any, output: str) -> None:
    answer = client.post(CALL, json=body(output=output))
    assert answer.status_code == 404
    assert answer.text == "There is no such callback; load the page again.\n"


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"null", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a":' * 100_000, "application/json", 400),
        (b"9" * 10_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "", 415),
    ],
    ids=[
        "cut",
        "empty",
        "null",
        "no-text",
        "deep",
        "deeper",
        "long-number",
        "plain",
        "form",
        "no-kind",
    ],
)
def test_what_is_no_json_is_refused_in_one_sentence(
    client: Any, sent: bytes, kind: str, status: int
) -> None:
    answer = client.post(CALL, data=sent, content_type=kind)
    assert answer.status_code == status
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_callbacks_are_only_posted_to(client: Any, method: str) -> None:
    assert client.open(CALL, method=method).status_code == 405


def test_every_callback_declares_what_it_takes(atlas: Any) -> None:
    atlas.server.test_client().get("/")
    found = {name: spec for name, spec in atlas.callback_map.items() if "callback" in spec}
    assert f"{ids.PAGE}.children" in found
    for name, spec in found.items():
        declared = parameter_types(spec["callback"])
        assert len(declared) == len(spec["inputs"]) + len(spec["state"]), name
        assert Any not in declared, name


@pytest.mark.parametrize(
    ("output", "outputs"),
    [
        ("a.children", {"id": "a", "property": "children"}),
        ("a.children@1f", {"id": "a", "property": "children"}),
        ("..a.b...c.d..", [{"id": "a", "property": "b"}, {"id": "c", "property": "d"}]),
        ("..a.b..", [{"id": "a", "property": "b"}]),
    ],
)
def test_outputs_are_read_from_the_name(output: str, outputs: Any) -> None:
    assert outputs_of(output) == outputs


@pytest.mark.parametrize(
    ("value", "hint", "good"),
    [
        ("a", str, True),
        (None, str | None, True),
        (1, str | None, False),
        (True, int, False),
        (1, int | None, True),
        (1, float, True),
        (1.5, float, True),
        (1.5, int, False),
        (True, bool, True),
        (1, bool, False),
        (["a"], list[str], True),
        (["a", 1], list[str], False),
        ("a", list[str], False),
        ({}, dict[str, Any], True),
        ([], dict[str, Any], False),
        (["x", {}], list[Any], True),
        (object(), Any, True),
    ],
)
def test_values_are_held_to_types(value: Any, hint: Any, good: bool) -> None:
    assert fits(value, hint) is good
