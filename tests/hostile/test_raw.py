"""Bytes that no browser sends, by hand over a socket, to the app as ``make serve`` starts it.

Each connection gets one answer for each request that it truly holds, or is closed; what is hidden
in another request is never answered as one of its own; and the app goes on serving.
"""

import json
import re
import select
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from callbacks.limits import MAX_BODY
from tests.cluster.parts import Node, free_ports, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run there")
CALL = "/_dash-update-component"
LONG = 30.0
"""Seconds until a test gives up; what is waited for comes far sooner."""
NEVER = re.compile(rb"Traceback|File \"|/site-packages/|root:x:|<script>alert")
STATUS = re.compile(rb"(?:^|[\n}])HTTP/1\.\d (\d{3}) ")
HOST = b"Host: localhost\r\n"
HIDDEN = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
SLOW = 16
"""Slow senders at a time: half of the threads that there are."""


class Served(Node):
    """The app, a socket's length away."""

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=LONG)

    def ask(self, sent: bytes) -> bytes:
        """Send bytes, say that no more come, and give all that is answered until the end."""
        with self.connect() as line:
            try:
                line.sendall(sent)
                line.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: line.recv(65_536), b""))
            except OSError:  # closed before all was sent
                return b""

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def asked(self) -> list[str]:
        """Give the paths of all requests that the app has answered."""
        lines = [line for line in self.log().splitlines() if line.startswith('{"time"')]
        return [json.loads(line)["path"] for line in lines]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = {"DATABASE_URL": "none", "TABLES": "", "REQUEST_LOG": "on", "RATE_LIMIT": "off"}
    (port,) = free_ports(1)
    node = Served(port, tmp_path_factory.mktemp("raw"), settings)
    node.start()
    try:
        until(node.health, 60)
        yield node
    finally:
        node.kill()


@pytest.fixture
def served(started: Served) -> Iterator[Served]:
    """Give the app; after the test it must serve as before, and have met no fault of its own."""
    before = len(started.log())
    yield started
    assert started.health()["status"] == "ok"
    assert "Traceback" not in started.log()[before:]
    assert "/smuggled" not in started.asked()


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in STATUS.findall(answer)]


def get(path: bytes = b"/healthz", more: bytes = b"", version: bytes = b"HTTP/1.1") -> bytes:
    return b"GET " + path + b" " + version + b"\r\n" + HOST + more + b"\r\n"


def post(headers: bytes, body: bytes) -> bytes:
    start = f"POST {CALL} HTTP/1.1\r\n".encode() + HOST + b"Content-Type: application/json\r\n"
    return start + headers + b"\r\n" + body


def chunked(body: bytes) -> bytes:
    return post(b"Transfer-Encoding: chunked\r\n", body)


def of_length(*lengths: bytes) -> bytes:
    headers = b"".join(b"Content-Length: " + length + b"\r\n" for length in lengths)
    return post(headers, b"{}" + HIDDEN)


TWO = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n"
SMUGGLED: dict[str, bytes] = {
    "length and chunks, by length": post(TWO % (5 + len(HIDDEN)), b"0\r\n\r\n" + HIDDEN),
    "length and chunks, by chunks": post(TWO % 4, b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN)),
    "chunks that end early": post(TWO % 2, b"{}" + HIDDEN),
    "another coding": post(b"Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n", b"{}" + HIDDEN),
    "only another coding": post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "two codings": post(
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"0\r\n\r\n" + HIDDEN
    ),
    "a blank before the colon": post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "a strange blank": post(b"Transfer-Encoding: \x0bchunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "a folded line": post(b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "a bare line end": post(b"X: a\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "two lengths": of_length(b"2", b"%d" % (2 + len(HIDDEN))),
    "one length twice": of_length(b"2", b"2"),
    "a list of lengths": of_length(b"2, 2"),
    "a length with a sign": of_length(b"+2"),
    "a length below zero": of_length(b"-1"),
    "a length in hex": of_length(b"0x2"),
    "a length of nothing": of_length(b""),
    "a huge length": of_length(b"9" * 30),
    "an endless length": of_length(b"9" * 9000),
    "a chunk of no size": chunked(b"zz\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "a chunk below zero": chunked(b"-2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "a chunk with a sign": chunked(b"+2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "a chunk in Python": chunked(b"0x2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "a chunk with a dash": chunked(b"0_2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "a huge chunk": chunked(b"f" * 18 + b"\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "a chunk without an end": chunked(b"2\r\n{}XX0\r\n\r\n" + HIDDEN),
    "a chunk with a bare end": chunked(b"2\n{}\n0\n\n" + HIDDEN),
    "a chunk's note": chunked(b'2;a="b\r\n{}\r\n0\r\n\r\n'),
    "headers after the chunks": chunked(b"2\r\n{}\r\n0\r\nHost: evil.example\r\n\r\n"),
    "a whole request as the body": post(b"Content-Length: %d\r\n" % len(HIDDEN), HIDDEN),
}


@pytest.mark.parametrize("sent", SMUGGLED.values(), ids=SMUGGLED)
def test_no_request_hides_in_another(served: Served, sent: bytes) -> None:
    answer = served.ask(sent)
    (status,) = statuses(answer)
    assert status in (400, 413, 431, 501)
    assert not NEVER.search(answer)


def test_a_body_where_none_belongs_is_not_a_request(served: Served) -> None:
    length = b"Content-Length: %d\r\n" % len(HIDDEN)
    assert statuses(served.ask(get(more=length) + HIDDEN + get())) == [200, 200]


MALFORMED: dict[str, bytes] = {
    "a bare CR in a value": get(more=b"X: a\rSet-Cookie: b=1\r\n"),
    "NUL in a value": get(more=b"X: a\0b\r\n"),
    "NUL in a name": get(more=b"X\0: a\r\n"),
    "a number of a request that rings": get(more=b"X-Request-ID: a\x07b\r\n"),
    "bare line ends": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
    "a line end in the path": get(b"/healthz\r\nX: a"),
    "a header without a colon": get(more=b"junk\r\n"),
    "a folded header": get(more=b"X: a\r\n b\r\n"),
    "two hosts": get(more=b"Host: evil.example\r\n"),
    "a long address": get(b"/?x=" + b"a" * 9000),
    "an endless line": b"GET /" + b"a" * 1_000_000,
    "a long header": get(more=b"X: " + b"a" * 9000 + b"\r\n"),
    "many headers": get(more=b"".join(b"X-%d: a\r\n" % n for n in range(200))),
    "an endless header": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 1_000_000,
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "HTTP/2.0": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/3.0": get(version=b"HTTP/3.0"),
    "HTTP/x": get(version=b"HTTP/x"),
    "a script for a version": get(version=b"<script>alert(1)</script>"),
    "a script for a header": get(more=b"<script>alert(1)</script>: a\r\n"),
    "NUL in the path": get(b"/a\0b"),
    "a path without a slash": get(b"healthz"),
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10 + b"\r\n\r\n",
    "only line ends": b"\r\n" * 50,
    "a small method": b"get /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "tabs between the words": b"GET\t/healthz\tHTTP/1.1\r\n" + HOST + b"\r\n",
    "what a proxy says of itself": b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n" + get(),
    "a wish that nobody can meet": post(b"Expect: magic\r\nContent-Length: 2\r\n", b"{}"),
}


@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED)
def test_what_is_not_well_formed_is_refused_once(served: Served, sent: bytes) -> None:
    answer = served.ask(sent)
    assert not answer or statuses(answer)[0] in (400, 405, 414, 417, 431, 501, 505)
    assert len(statuses(answer)) <= 1
    assert not NEVER.search(answer)
    assert b"\nset-cookie" not in answer.partition(b"\r\n\r\n")[0].lower()


ODD: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "HTTP/1.0": (get(version=b"HTTP/1.0"), (200,)),
    "another name": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", (200,)),
    "a script for a name": (b'GET / HTTP/1.1\r\nHost: a"><script>alert(1)\r\n\r\n', (200, 400)),
    "a whole address": (get(b"http://evil.example/healthz"), (200,)),
    "an address of a file": (get(b"file:///etc/passwd"), (400, 404)),
    "a tunnel": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n", (400, 405)),
    "up": (get(b"/%2e%2e/%2e%2e/etc/passwd"), (400, 404)),
    "up from a folder": (get(b"/assets/../../app.py"), (400, 404)),
    "up twice written": (get(b"/assets/%252e%252e/%252e%252e/app.py"), (400, 404)),
    "NUL": (get(b"/assets/app.py%00.css"), (400, 404)),
    "line ends": (get(b"/county/37051%0d%0aSet-Cookie:%20a=1"), (400, 404)),
    "line ends in a value": (get(b"/download/map.svg?date=%0d%0aSet-Cookie:%20a=1"), (200, 400)),
    "another protocol": (get(more=b"Upgrade: h2c\r\nConnection: Upgrade\r\n"), (200,)),
    "another place": (get(more=b"SCRIPT_NAME: /evil\r\nPATH_INFO: /evil\r\n"), (200,)),
    "another place by dashes": (get(more=b"Script-Name: /evil\r\n"), (200,)),
    "a chunked wish": (
        post(b"Transfer_Encoding: chunked\r\nContent-Length: 2\r\n", b"{}"),
        (400,),
    ),
}


@pytest.mark.parametrize(("sent", "allowed"), ODD.values(), ids=ODD)
def test_what_is_odd_is_answered_once_and_harms_nobody(
    served: Served, sent: bytes, allowed: tuple[int, ...]
) -> None:
    answer = served.ask(sent)
    (status,) = statuses(answer)
    assert status in allowed
    assert not NEVER.search(answer)
    assert b"\nset-cookie" not in answer.partition(b"\r\n\r\n")[0].lower()


def test_two_requests_at_once_are_two(served: Served) -> None:
    assert statuses(served.ask(get() + get(b"/edition"))) == [200, 200]


BODY = b"x" * (MAX_BODY + 1)
LARGE: dict[str, bytes] = {
    "with its length, before it comes": post(b"Content-Length: %d\r\n" % len(BODY), b""),
    "in one chunk": chunked(b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)),
    "in chunks without end": chunked(b"1000\r\n%s\r\n" % (b"x" * 4096) * (MAX_BODY // 4096 + 1)),
}


@pytest.mark.parametrize("sent", LARGE.values(), ids=LARGE)
def test_too_large_a_body_is_told_the_same(served: Served, sent: bytes) -> None:
    told, answer = b"What was sent is larger than 1 MB, the most taken here.\n", b""
    with served.connect() as line:
        line.sendall(sent)
        while not answer.endswith(told):
            more = line.recv(65_536)
            assert more, answer
            answer += more
    assert statuses(answer) == [413]


def test_slow_senders_keep_nobody_waiting(served: Served) -> None:
    begun = [b"G", b"GET /healthz HTTP/1.1\r\nHo", post(b"Content-Length: 2\r\n", b"{")]
    rest = [b"ET" + get()[3:], get()[len(begun[1]) :], b"}"]
    with ExitStack() as lines:
        slow = [lines.enter_context(served.connect()) for _ in range(SLOW)]
        for place, line in enumerate(slow):
            line.sendall(begun[place % 3])
        assert statuses(served.ask(get())) == [200]
        assert select.select(slow, [], [], 0)[0] == []  # not one was answered, or let go
        for place, line in enumerate(slow):
            line.sendall(rest[place % 3])
            assert statuses(line.recv(65_536)) == [(200, 200, 400)[place % 3]]


@pytest.mark.parametrize("headers", [b"Content-Length: 99\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_who_goes_away_midway_is_forgotten(served: Served, headers: bytes) -> None:
    before = served.asked().count(CALL)
    with served.connect() as line:
        line.sendall(post(headers, b"50\r\n{"))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    until(lambda: served.asked().count(CALL) > before)
