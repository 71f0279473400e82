import io
import json
import re
from typing import Any

import pytest

from app import create_app
from callbacks.limits import MAX_ADDRESS, MAX_BODY

CALL = "/_dash-update-component"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a client of an app that makes each download three times a minute."""
    monkeypatch.setenv("RATE_LIMIT", "3")
    return create_app().server.test_client()


def statuses(client: Any, path: str, times: int, **from_where: Any) -> list[int]:
    return [client.get(path, **from_where).status_code for _ in range(times)]


def test_a_costly_download_has_a_limit_for_each_reader_and_address(few: Any) -> None:
    here, there = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    path = "/download/map.png"
    assert statuses(few, path, 4, environ_base=here) == [200, 200, 200, 429]
    assert statuses(few, path, 1, environ_base=there) == [200]
    assert statuses(few, "/download/data.xlsx", 1, environ_base=here) == [200]
    assert statuses(few, "/", 9, environ_base=here) == [200] * 9
    assert statuses(few, "/download/adoption.csv", 9, environ_base=here) == [200] * 9


def test_who_asks_too_often_is_told_when_to_come_again(few: Any) -> None:
    for _ in range(3):
        few.post("/series/upload")
    answer = few.post("/series/upload")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 429
    wait = int(answer.headers["Retry-After"])
    assert 1 <= wait <= 61
    assert text == f"This was asked for too often from your address; wait {wait} seconds.\n"


def test_readers_behind_a_proxy_are_told_apart_only_by_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RATE_LIMIT", "1")
    path = "/download/map.png"
    for proxies, second in (("0", 429), ("1", 200)):
        monkeypatch.setenv("PROXIES", proxies)
        client = create_app().server.test_client()
        found = [
            client.get(path, headers={"X-Forwarded-For": name}).status_code
            for name in ("192.0.2.1", "192.0.2.2")
        ]
        assert found == [200, second]


def test_no_limit_by_setting(client: Any) -> None:
    assert statuses(client, "/download/map.png", 130) == [200] * 130


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (CALL, {"data": b"x" * (MAX_BODY + 1), "content_type": "application/json"}),
        ("/series/use", {"data": {"file": "x" * (MAX_BODY + 1)}}),
        ("/series/drop", {"data": {"file": "x" * (MAX_BODY + 1)}}),
    ],
    ids=["callback", "use", "drop"],
)
def test_what_is_no_file_is_small(client: Any, path: str, sent: dict[str, Any]) -> None:
    answer = client.post(path, **sent)
    assert answer.status_code == 413
    assert (
        answer.get_data(as_text=True) == "What was sent is larger than 1 MB, the most taken here.\n"
    )


def in_chunks(client: Any, path: str, body: bytes, kind: str) -> tuple[Any, int]:
    """Send a body that tells no size; give the answer, and how many bytes were left unread."""
    stream = io.BytesIO(body)
    answer = client.post(
        path,
        input_stream=stream,
        content_type=kind,
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    return answer, len(stream.read())


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("path", "start", "kind"),
    [(CALL, b'{"a": "', "application/json"), ("/series/drop", b"file=", FORM)],
    ids=["callback", "form"],
)
def test_what_tells_no_size_is_bounded_too(client: Any, path: str, start: bytes, kind: str) -> None:
    answer, unread = in_chunks(client, path, start + b"x" * (3 * MAX_BODY - len(start)), kind)
    assert answer.status_code == 413
    assert answer.text == "What was sent is larger than 1 MB, the most taken here.\n"
    assert unread > MAX_BODY


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY, 404), (MAX_BODY + 1, 413)])
def test_the_bound_is_the_same_with_no_size_told(client: Any, size: int, status: int) -> None:
    whole = json.dumps({"output": "x", "more": ""}).encode()
    body = whole[:-2] + b"x" * (size - len(whole)) + whole[-2:]
    answers = [
        client.post(CALL, data=body, content_type="application/json"),
        in_chunks(client, CALL, body, "application/json")[0],
    ]
    assert [answer.status_code for answer in answers] == [status, status]
    assert answers[0].text == answers[1].text


class Broken(io.BytesIO):
    """A body in which the server finds a fault, told by an error of its own."""

    def readinto(self, buffer: object) -> int:
        raise RuntimeError("invalid chunk size")


@pytest.mark.parametrize(("path", "kind"), [(CALL, "application/json"), ("/series/drop", FORM)])
def test_a_body_that_is_not_well_formed_is_the_senders_fault(
    client: Any, path: str, kind: str
) -> None:
    answer = client.post(
        path,
        input_stream=Broken(),
        content_type=kind,
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert answer.status_code == 400


def test_a_file_may_be_larger(client: Any) -> None:
    head = '--cut\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
    body = head.encode() + b"x" * (2 * MAX_BODY) + b"\r\n--cut--\r\n"
    kind = "multipart/form-data; boundary=cut"
    assert client.post("/series/upload", data=body, content_type=kind).status_code == 303


@pytest.mark.parametrize(("length", "status"), [(MAX_ADDRESS, 200), (MAX_ADDRESS + 1, 414)])
def test_an_address_is_not_endless(client: Any, length: int, status: int) -> None:
    answer = client.get("/?x=" + "a" * (length - len("/x=")))
    assert answer.status_code == status
    if status == 414:
        assert re.fullmatch(r"The address is longer than [\d,]+ characters\.\n", answer.text)
