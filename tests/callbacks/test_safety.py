import base64
import hashlib
import json
import re
from typing import Any

import pytest
from werkzeug.test import Client

from app import create_app
from callbacks.safety import ALWAYS
from layouts import ids
from tests.addresses import pages
from tests.callbacks.test_document import Tree

PAGES = [*pages(), "/?embed=1", "/nowhere"]
OTHERS = ["/healthz", "/download/adoption.csv", "/download/map.svg", "/download/nothing.csv",
          "/kept/nothing.js", "/_dash-dependencies", "/download/map.svg?date=soon"]  # fmt: skip


def policy_of(answer: Any) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in parts}


def app_with(monkeypatch: pytest.MonkeyPatch, **told: str) -> Any:
    """Give a client of an app with settings of its own."""
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return create_app().server.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_only_the_inline_scripts_that_are_ours(client: Any, path: str) -> None:
    answer = client.get(path)
    allowed = policy_of(answer)["script-src"].split()
    inline = [
        text
        for told, text in Tree(answer.get_data(as_text=True)).scripts
        if "src" not in told and told.get("type") != "application/json"
    ]
    for text in inline:
        code = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{code}'" in allowed
    assert allowed[0] == "'self'"
    assert all(re.fullmatch(r"'self'|'sha256-[\w+/]{43}='", word) for word in allowed)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_load_nothing_from_elsewhere(client: Any, path: str) -> None:
    policy = policy_of(client.get(path))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in json.dumps(policy | {"style-src": ""})
    assert not re.search(r"https?:|\*", json.dumps(policy))


def test_a_page_that_is_kept_by_the_browser_keeps_its_policy(client: Any) -> None:
    takes = {"Accept-Encoding": "br"}
    first = client.get("/", headers=takes)
    again = client.get("/", headers={**takes, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert policy_of(again) == policy_of(first)


def test_a_picture_opened_by_itself_runs_nothing(client: Any) -> None:
    policy = policy_of(client.get("/download/map.svg"))
    assert policy == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": "'unsafe-inline'",
    }


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_every_answer_has_the_headers(client: Any, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    public = path.startswith("/download/")
    reach = answer.headers["Cross-Origin-Resource-Policy"]
    assert reach == ("cross-origin" if public else "same-origin")
    assert "Strict-Transport-Security" not in answer.headers
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-ID"])


def test_tls_is_asked_for_only_by_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = app_with(monkeypatch, HSTS="31536000").get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("atlas.example.org", 200),
        ("b.example.net", 200),
        ("evil.example", 400),
        ("atlas.example.org.evil.example", 400),
        ("", 400),
    ],
)
def test_only_known_names_are_answered(
    monkeypatch: pytest.MonkeyPatch, host: str, status: int
) -> None:
    client = app_with(monkeypatch, HOSTS="atlas.example.org, .example.net")
    for path in ("/", "/download/citation.txt"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == status
        if status == 400:
            assert answer.text == "The atlas is not known by the name that was asked for.\n"


@pytest.mark.parametrize(
    ("proxies", "sent", "scheme"),
    [("0", "https", "http"), ("1", "https", "https"), ("2", "https", "http")],
)
def test_only_counted_proxies_are_believed(
    monkeypatch: pytest.MonkeyPatch, proxies: str, sent: str, scheme: str
) -> None:
    client = app_with(monkeypatch, PROXIES=proxies)
    text = client.get("/", headers={"X-Forwarded-Proto": sent}).get_data(as_text=True)
    assert f'content="{scheme}://localhost/' in text


@pytest.mark.parametrize(
    ("told", "headers", "status"),
    [
        ({}, {}, 303),
        ({}, {"X-Forwarded-For": "127.0.0.1"}, 403),
        ({}, {"X-Real-IP": "127.0.0.1"}, 403),
        ({"PROXIES": "1"}, {}, 403),
        ({"PROXIES": "1"}, {"X-Forwarded-For": "127.0.0.1"}, 403),
        ({"PROXIES": "1", "UPLOADS": "on"}, {"X-Forwarded-For": "192.0.2.1"}, 303),
        ({"UPLOADS": "off"}, {}, 403),
    ],
    ids=["here", "relayed", "real-ip", "proxies", "proxies-forged", "allowed", "off"],
)
def test_nobody_becomes_this_machine_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], headers: dict[str, str], status: int
) -> None:
    client = app_with(monkeypatch, **told)
    assert client.post("/series/drop", data={"file": "x"}, headers=headers).status_code == status


def test_an_error_is_told_and_logged_under_one_number(
    client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr("callbacks.addresses.adoption_csv", fail)
    answer = client.get("/download/adoption.csv", headers={"X-Request-ID": "abc-123"})
    assert answer.status_code == 500
    assert "its number: abc-123." in answer.get_data(as_text=True)
    assert "secret" not in answer.get_data(as_text=True)
    assert "request abc-123" in caplog.text
    assert answer.headers["X-Request-ID"] == "abc-123"


def test_a_panel_that_fails_tells_its_number(
    client: Any, ask: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr("callbacks.pages.create_side", fail)
    answer = ask(ids.SIDE, counties__value=["37051"])
    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 200
    assert f"noted as number {number}." in answer.get_data(as_text=True)
    assert "secret" not in answer.get_data(as_text=True)
    assert f"request {number}" in caplog.text


@pytest.mark.parametrize(
    "told", ["", "x" * 65, "a b", "<script>", "é", "a;b", "../x"], ids=lambda told: told[:8] or "no"
)
def test_an_id_that_is_not_plain_is_not_taken(client: Client, told: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": told})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-ID"])
