"""Requests that nobody sends by mistake: none may be answered by a trace, a file, or a failure."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import create_app
from callbacks.calls import parameter_types
from data.series.library import Library
from layouts import ids
from layouts.document import KEPT_URL
from tests.addresses import downloads, pages

CALL = "/_dash-update-component"
NEVER = re.compile(r"Traceback|File \"|werkzeug|/site-packages/|create_app|root:x:")


@pytest.fixture(scope="module")
def client(vera: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a client of an app with the shipped tables and a made-up series."""
    folder = tmp_path_factory.mktemp("hostile-series")
    Library(folder).add(vera)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TABLES", raising=False)
        patch.setenv("SERIES_FOLDER", str(folder))
        app = create_app()
        app.server.config["ATLAS"] = app
        yield app.server.test_client()


def assert_sound(answer: Any, *allowed: int) -> None:
    """Hold that an answer is none of a failure, and tells nothing of how we are built."""
    assert answer.status_code in allowed, answer.get_data()[:300]
    if answer.mimetype.startswith("text/") or answer.mimetype == "application/json":
        assert not NEVER.search(answer.get_data(as_text=True))


CLIMBS = [
    "../app.py",
    "..%2fapp.py",
    "%2e%2e/app.py",
    "..%5capp.py",
    "....//app.py",
    "%252e%252e%252fapp.py",
    "..%c0%afapp.py",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "..\\..\\app.py",
    "app.py%00.json",
]


@pytest.mark.parametrize(
    "base", [KEPT_URL, "/assets/", "/_dash-component-suites/dash/", "/download/"]
)
@pytest.mark.parametrize("climb", CLIMBS)
def test_no_path_leads_out(client: Any, base: str, climb: str) -> None:
    assert_sound(client.get(base + climb), 308, 400, 404)


@pytest.mark.parametrize("climb", CLIMBS)
def test_no_name_leads_out(client: Any, climb: str) -> None:
    assert_sound(client.post(f"/series/remove/{climb}"), 308, 400, 404, 405)
    assert_sound(client.post("/series/use", data={"file": climb}), 400)
    assert_sound(client.post("/series/drop", data={"file": climb}), 303)


VALUES_OUT = {
    "line": "a%0d%0aSet-Cookie:%20x=1",
    "nul": "%00",
    "bytes": "%ff%fe",
    "half": "%ed%a0%80",
    "turned": "%E2%80%AE",
    "signs": "%F0%9F%92%A9" * 50,
    "braces": "{{7*7}}",
    "dollar": "${7*7}",
    "sql": "'%20OR%201=1--",
    "up": "../../etc/passwd",
    "long": "a" * 1500,
}


@pytest.mark.parametrize("value", VALUES_OUT.values(), ids=VALUES_OUT)
def test_no_value_breaks_out(client: Any, value: str) -> None:
    query = "&".join(f"{name}={value}" for name in ("date", "counties", "layer", "panel", "x"))
    for path in ("/", *downloads(client)):
        answer = client.get(f"{path}?{query}")
        assert_sound(answer, 200, 400)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


# Files take long to make, so only one of the queries names a day.
@pytest.mark.parametrize(
    "query",
    [
        "date=2019-08-31&" * 400,
        "date=never&" + "&".join(f"a{n}=1" for n in range(900)),
        "date=never&counties=" + "37051," * 1000,
    ],
    ids=["one", "many", "list"],
)
def test_many_values_are_borne(client: Any, query: str) -> None:
    for path in (*pages(), *downloads(client)):
        assert_sound(client.get(f"{path}?{query}"), 200, 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "MADE-UP"])
@pytest.mark.parametrize("path", ["/", "/download/map.svg", "/series/upload", "/healthz"])
def test_other_methods_are_refused(client: Any, method: str, path: str) -> None:
    assert_sound(client.open(path, method=method), 405)


HOSTS = [
    "evil.example",
    'a"><script>alert(1)</script>',
    "a.example:80:80",
    "[::1",
    "a b",
    "a@b",
    "é.example",
    "127.0.0.1:99999",
    "a/../b",
    "x" * 1000,
]


@pytest.mark.parametrize("host", HOSTS, ids=range(len(HOSTS)))
def test_a_made_up_host_harms_nobody_else(client: Any, host: str) -> None:
    before = client.get("/?date=2019-08-31").get_data()
    answer = client.get("/?date=2019-08-31", headers={"Host": host.encode().decode("latin-1")})
    assert_sound(answer, 200, 400)
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert client.get("/?date=2019-08-31").get_data() == before
    assert_sound(client.get("/download/citation.bib", headers={"Host": host[:9].strip()}), 200, 400)


@pytest.mark.parametrize("referrer", ["http://[", "http://[::1", "//", "\x7f", "x" * 9000])
def test_a_made_up_referrer_is_borne(client: Any, referrer: str) -> None:
    assert_sound(client.get("/_dash-layout", headers={"Referer": referrer}), 200)


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8051"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Host": "evil.example", "Origin": "http://evil.example"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=range(len(FOREIGN)))
@pytest.mark.parametrize(
    "path", ["/series/upload", "/series/use", "/series/drop", "/series/remove/vera"]
)
def test_a_form_of_another_site_is_refused(client: Any, path: str, headers: dict[str, str]) -> None:
    assert_sound(client.post(path, data={"file": "x"}, headers=headers), 403)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
TEXTS = st.sampled_from(
    [
        *("", "/", "/data/", "/county/\x00", "?", "x" * 5000, "?date=2019-08-31", "?date=0000"),
        *("?measure=vera.x", "?file=../..&measure=a.b", "?date=<x>&counties=a,,b", "?%ff&=&&"),
    ]
)
FITTING = {
    str: TEXTS | st.text(max_size=5),
    bool: st.booleans(),
    int: st.integers(-1, 2) | st.integers(),
    list[str]: st.lists(st.sampled_from(["37051", "37129", "x", ""]), max_size=3),
}
"""Values of the types that callbacks declare."""
STORM = 1_000


@pytest.fixture(scope="module")
def known(client: Any) -> list[dict[str, Any]]:
    """Give what each callback of the server takes, with values that may fit its types."""
    held = client.application.config["ATLAS"].callback_map
    found = client.get("/_dash-dependencies").json
    return [
        {**spec, "types": parameter_types(held[spec["output"]]["callback"])}
        for spec in found
        if not spec["clientside_function"]
    ]


def fitting(hint: Any) -> st.SearchStrategy[Any]:
    """Give values of a declared type, among which None where it may be."""
    kinds = [FITTING.get(one, st.none()) for one in (get_args(hint) or (hint,))]
    return st.one_of(FITTING[hint] if hint in FITTING else st.one_of(kinds))


@st.composite
def calls(draw: st.DrawFn, known: list[dict[str, Any]]) -> Any:
    """Make up a request to a callback: well-formed, but for a few parts."""
    spec = draw(st.sampled_from(known))
    parts = [*spec["inputs"], *spec["state"]]
    filled = [
        {**part, "value": draw(fitting(hint))}
        for part, hint in zip(parts, spec["types"], strict=True)
    ]
    if draw(st.booleans()):
        draw(st.sampled_from(filled))["value"] = draw(JSON)
    id, _, prop = spec["output"].rpartition(".")
    count = len(spec["inputs"])
    body: dict[str, Any] = {
        "output": spec["output"],
        "outputs": {"id": id, "property": prop},
        "changedPropIds": [f"{parts[0]['id']}.{parts[0]['property']}"],
        "inputs": filled[:count],
        "state": filled[count:],
    }
    for name in draw(st.lists(st.sampled_from([*body, "more"]), max_size=3)):
        body[name] = draw(JSON)
    return body


def test_a_storm_of_made_up_calls_harms_nobody(client: Any, known: list[dict[str, Any]]) -> None:
    pages = ["/?date=2019-08-31", "/county/37051", "/data"]
    before = [client.get(path).get_data() for path in pages]
    met: dict[int, int] = {}

    @settings(
        max_examples=STORM,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(calls(known))
    def storm(body: Any) -> None:
        answer = client.post(CALL, data=json.dumps(body), content_type="application/json")
        assert_sound(answer, 200, 204, 400, 404)
        met[answer.status_code] = met.get(answer.status_code, 0) + 1

    storm()
    assert min(met.get(status, 0) for status in (200, 400)) > STORM / 40, met
    assert [client.get(path).get_data() for path in pages] == before


def test_bytes_that_are_no_json_are_refused(client: Any) -> None:
    @settings(max_examples=300, database=None, derandomize=True)
    @given(st.binary(max_size=200))
    def storm(sent: bytes) -> None:
        answer = client.post(CALL, data=sent, content_type="application/json")
        assert_sound(answer, 400)

    storm()


def test_what_was_removed_meanwhile_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERIES_FOLDER", str(tmp_path))
    body = {
        "output": f"{ids.EFFECT}.children",
        "outputs": {"id": ids.EFFECT, "property": "children"},
        "inputs": [{"id": ids.EFFECT_ASKED, "property": "data", "value": "?measure=gone.x"}],
        "changedPropIds": [f"{ids.EFFECT_ASKED}.data"],
    }
    assert create_app().server.test_client().post(CALL, json=body).status_code == 204


def test_an_error_of_the_page_in_a_callback_is_no_trace(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr("callbacks.pages.create_side", fail)
    answer = client.post(
        CALL,
        json={
            "output": f"{ids.SIDE}.children",
            "outputs": {"id": ids.SIDE, "property": "children"},
            "inputs": [{"id": ids.COUNTIES, "property": "value", "value": ["37001"]}],
            "state": [{"id": ids.DAY, "property": "data", "value": None}],
            "changedPropIds": [f"{ids.COUNTIES}.value"],
        },
    )
    assert answer.status_code == 200
    assert "secret" not in answer.text
