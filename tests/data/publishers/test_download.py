"""Downloads against a server in a thread that does what it is told, and notes what it was asked."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from data.publishers import download as download_module
from data.publishers.download import download, part_size
from data.series import SeriesError

CONTENT = b"fips,year,deaths\n" + b"37001,2019,12\n" * 1000
OTHER = b"fips,year,deaths\n" + b"37003,2020,11\n" * 900


Rule = Callable[[str, str], tuple[int, int]]


@dataclass
class Server:
    """What the server sends, and what it was asked for."""

    url: str = ""
    content: bytes = CONTENT
    headers: dict[str, str] = field(default_factory=lambda: {"ETag": '"one"'})
    status: int = 200
    cut_after: int | None = None
    knows_range: bool = True
    length: bool = True
    refuse_range: int = 0
    """A status for any request with a range, or 0."""
    rule: Rule | None = None
    """In place of the rules of the protocol."""
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer(self, range_: str, if_range: str) -> tuple[int, int]:
        """Give status and first byte."""
        if self.rule:
            return self.rule(range_, if_range)
        if range_ and self.refuse_range:
            return self.refuse_range, 0
        named = self.headers.get("ETag") or self.headers.get("Last-Modified")
        if not range_ or not self.knows_range or if_range != named:
            return self.status, 0
        return 206, int(range_.removeprefix("bytes=").removesuffix("-"))


class Handler(BaseHTTPRequestHandler):
    tell: Server

    def do_GET(self) -> None:
        tell = self.tell
        tell.asked.append(dict(self.headers))
        status, first = tell.answer(self.headers.get("Range", ""), self.headers.get("If-Range", ""))
        body = tell.content[first:] if status < 300 else b""
        self.send_response(status)
        for name, value in tell.headers.items():
            self.send_header(name, value)
        if status == 206:
            last = len(tell.content) - 1
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(tell.content)}")
        if tell.length:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if tell.cut_after is None else body[: tell.cut_after])
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(download_module, "CHUNK", 1000)
    tell = Server()
    handler = type("TellingHandler", (Handler,), {"tell": tell})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    tell.url = f"http://127.0.0.1:{http.server_address[1]}/counties.csv"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield tell
    http.shutdown()
    thread.join()
    http.server_close()


def quiet(there: int, total: int | None) -> None:
    """Take the progress and say nothing."""


def fetch(server: Server, target: Path) -> str:
    return download(server.url, target, quiet)


def cut(server: Server, target: Path, after: int = 5000) -> None:
    server.cut_after = after
    with pytest.raises(SeriesError):
        fetch(server, target)
    server.cut_after = None


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "counties.csv"


def stands_alone(target: Path) -> bool:
    return [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_file_comes_whole_with_its_checksum_and_its_progress(
    server: Server, target: Path
) -> None:
    told: list[tuple[int, int | None]] = []
    digest = download(server.url, target, lambda *step: told.append(step))
    assert target.read_bytes() == CONTENT
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert stands_alone(target)
    assert told[0] == (0, len(CONTENT))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)


def test_a_file_without_a_length_comes_too(server: Server, target: Path) -> None:
    server.length = False
    told: list[tuple[int, int | None]] = []
    download(server.url, target, lambda *step: told.append(step))
    assert target.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), None)


VERSIONS = {
    "an ETag": {"ETag": '"one"'},
    "a day of change": {"Last-Modified": "Mon, 06 Jan 2025 10:00:00 GMT"},
    "a weak ETag and a day of change": {
        "ETag": 'W/"one"',
        "Last-Modified": "Mon, 06 Jan 2025 10:00:00 GMT",
    },
}


@pytest.mark.parametrize("headers", VERSIONS.values(), ids=VERSIONS)
def test_a_cut_connection_is_told_and_resumed(
    server: Server, target: Path, headers: dict[str, str]
) -> None:
    server.headers = headers
    server.rule = any_good_name(server)
    server.cut_after = 5000
    with pytest.raises(SeriesError) as error:
        fetch(server, target)
    assert str(error.value) == (
        "The connection was cut after 5,000 bytes of 14,017 bytes; "
        "running this again goes on from there."
    )
    assert not target.exists()
    assert part_size(target) == 5000
    server.cut_after = None
    told: list[tuple[int, int | None]] = []
    digest = download(server.url, target, lambda *step: told.append(step))
    assert server.asked[-1]["Range"] == "bytes=5000-"
    assert told[0] == (5000, len(CONTENT))
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert target.read_bytes() == CONTENT
    assert stands_alone(target)
    assert part_size(target) == 0


def any_good_name(server: Server) -> Rule:
    """Answer a range whenever If-Range is one of the names of the version that may be used."""

    def answer(range_: str, if_range: str) -> tuple[int, int]:
        good = [v for v in server.headers.values() if not v.startswith("W/")]
        return (206, int(range_[6:-1])) if range_ and if_range in good else (200, 0)

    return answer


def test_a_file_is_resumed_as_often_as_it_takes(server: Server, target: Path) -> None:
    for _ in range(3):
        cut(server, target, after=4000)
    fetch(server, target)
    assert target.read_bytes() == CONTENT
    assert [asked.get("Range") for asked in server.asked] == [
        None,
        "bytes=4000-",
        "bytes=8000-",
        "bytes=12000-",
    ]


def change(server: Server) -> None:
    server.content, server.headers = OTHER, {"ETag": '"two"'}


def change_behind_if_range(server: Server) -> None:
    """The server gives the rest of a newer file, as if the version had not been asked for."""
    change(server)
    server.rule = lambda range_, if_range: (206, int(range_[6:-1])) if range_ else (200, 0)


def answer_another_range(server: Server) -> None:
    server.content, server.headers = OTHER, {"ETag": '"one"'}
    server.rule = lambda range_, if_range: (206, 0) if range_ else (200, 0)


def ignore_range(server: Server) -> None:
    server.knows_range, server.content = False, OTHER


def refuse_range(server: Server) -> None:
    server.refuse_range, server.content = 416, OTHER


@pytest.mark.parametrize(
    "meanwhile",
    [change, change_behind_if_range, answer_another_range, ignore_range, refuse_range],
)
def test_what_cannot_be_resumed_begins_anew(server: Server, target: Path, meanwhile: Any) -> None:
    cut(server, target)
    meanwhile(server)
    assert fetch(server, target) == hashlib.sha256(OTHER).hexdigest()
    assert target.read_bytes() == OTHER
    assert stands_alone(target)


def test_without_a_version_a_cut_download_begins_anew(server: Server, target: Path) -> None:
    server.headers = {"ETag": 'W/"one"'}
    server.cut_after = 5000
    with pytest.raises(SeriesError, match="running this again begins anew"):
        fetch(server, target)
    assert part_size(target) == 0
    server.cut_after = None
    fetch(server, target)
    assert "Range" not in server.asked[-1]
    assert target.read_bytes() == CONTENT


def test_a_part_of_another_address_is_not_resumed(server: Server, target: Path) -> None:
    cut(server, target)
    server.url += "?other"
    fetch(server, target)
    assert "Range" not in server.asked[-1]
    assert target.read_bytes() == CONTENT


def test_an_older_file_stands_until_the_new_one_is_whole(server: Server, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"older")
    cut(server, target)
    assert target.read_bytes() == b"older"
    fetch(server, target)
    assert target.read_bytes() == CONTENT


def test_a_person_who_stops_it_can_resume(server: Server, target: Path) -> None:
    def stop(there: int, total: int | None) -> None:
        if there >= 3000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(server.url, target, stop)
    assert part_size(target) == 3000
    fetch(server, target)
    assert server.asked[-1]["Range"] == "bytes=3000-"
    assert target.read_bytes() == CONTENT


def page_by_type(server: Server) -> None:
    server.headers = {"Content-Type": "text/html; charset=utf-8"}


def page_by_content(server: Server) -> None:
    server.content = b"\n<!DOCTYPE html><title>Sign in</title>" * 100


def gone(server: Server) -> None:
    server.status = 404


def broken(server: Server) -> None:
    server.status = 503


def rest_that_no_one_asked_for(server: Server) -> None:
    server.status = 206


REFUSALS = {
    page_by_type: "gives a web page, not a table",
    page_by_content: "gives a web page, not a table",
    gone: "127.0.0.1 has no file at http",
    broken: r"does not send the file \(status 503\); try again later",
    rest_that_no_one_asked_for: r"does not send the file \(status 206\)",
}


@pytest.mark.parametrize(("make", "sentence"), REFUSALS.items())
def test_what_is_no_such_file_is_refused_and_leaves_nothing(
    server: Server, target: Path, make: Any, sentence: str
) -> None:
    make(server)
    with pytest.raises(SeriesError, match=sentence) as error:
        fetch(server, target)
    assert str(error.value).count(". ") == 0
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("length", [True, False])
def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(
    server: Server, target: Path, length: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_module, "MAX_BYTES", 2000)
    server.length = length
    with pytest.raises(SeriesError, match="gives more than 2,000 bytes, the most"):
        fetch(server, target)
    assert list(target.parent.iterdir()) == []


def test_a_server_that_is_not_there_is_told(server: Server, target: Path) -> None:
    with pytest.raises(SeriesError, match=r"127\.0\.0\.1 cannot be reached; check the network"):
        download("http://127.0.0.1:1/counties.csv", target, quiet)


@pytest.mark.parametrize("url", ["counties.csv", "ftp://127.0.0.1/counties.csv", "http://"])
def test_what_is_no_address_is_told(url: str, target: Path) -> None:
    with pytest.raises(SeriesError, match=r"is no address of a file"):
        download(url, target, quiet)


def test_a_folder_that_cannot_be_written_to_is_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SeriesError, match="cannot be written to"):
        fetch(server, tmp_path / "file" / "counties.csv")
