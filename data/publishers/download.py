"""Fetch a publisher's file because a person asked for it; a cut connection is resumed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data.series import SeriesError
from data.series.files import size_words, writing_to

if TYPE_CHECKING:
    from requests import Response

MAX_BYTES = 500_000_000
CHUNK = 1 << 16
TIMEOUT_SECONDS = (10, 30)
"""To connect, and between two pieces."""
BY_HAND = "download it in a browser and load the file"


@dataclass(frozen=True)
class _Part:
    """What came of a file so far, and beside it the address and version that it is of."""

    file: Path
    note: Path

    @classmethod
    def of(cls, target: Path) -> _Part:
        name = f"{target.name}.part"
        return cls(target.with_name(name), target.with_name(f"{name}.version"))

    def size(self) -> int:
        return self.file.stat().st_size if self.file.is_file() else 0

    def version(self, url: str) -> str:
        """Give the version of what came so far; blank where it cannot be resumed."""
        if not (self.size() and self.note.is_file()):
            return ""
        of, _, version = self.note.read_text("utf-8").partition("\n")
        return version if of == url else ""

    def begin(self, url: str, version: str) -> None:
        """Start anew; without a version the file cannot be resumed later."""
        self.file.write_bytes(b"")
        if version:
            self.note.write_text(f"{url}\n{version}", "utf-8")
        else:
            self.note.unlink(missing_ok=True)

    def drop(self) -> None:
        self.file.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def part_size(target: Path) -> int:
    """Give the bytes of a file that came so far and can be resumed; 0 where there are none."""
    part = _Part.of(target)
    return part.size() if part.note.is_file() else 0


def download(url: str, target: Path, progress: Callable[[int, int | None], None]) -> str:
    """Fetch a file; resume what an earlier call could not finish.

    Parameters
    ----------
    url
        An address of http or https.
    target
        Where the file goes, only once it is whole; an older one stays until then.
    progress
        Told the bytes that are there and those there will be, or None where no one knows.

    Returns
    -------
    The SHA-256 of the file, as hexadecimal text. Raises SeriesError when the server cannot be
    reached, has no such file, sends a page or too much, or when the connection is cut; only in
    this last case what came is kept.
    """
    part = _Part.of(target)
    with writing_to(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _reach(url, part.size(), part.version(url)) as answer:
            total = _prepare(answer, url, part)
            _receive(answer, part, total, progress)
        part.file.replace(target)
        part.drop()
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _reach(url: str, there: int, version: str) -> Iterator[Response]:
    """Ask for a file, or for the rest of it where its version is known."""
    answer = _ask(url, {"Range": f"bytes={there}-", "If-Range": version} if version else {})
    if version and not _fits(answer, there, version):
        answer.close()
        answer = _ask(url, {})
    with answer:
        yield answer


def _ask(url: str, more: dict[str, str]) -> Response:
    import requests
    from requests import exceptions

    # Compressed on its way, a file would tell no size and could not be resumed.
    headers = {"Accept-Encoding": "identity", **more}
    host = urlsplit(url).hostname or url
    try:
        return requests.get(url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS)
    except (exceptions.MissingSchema, exceptions.InvalidSchema, exceptions.InvalidURL):
        raise SeriesError(f"“{url}” is no address of a file; it begins with https://.") from None
    except exceptions.SSLError:
        why = f"{host} has no valid certificate, so its file is not trusted; {BY_HAND}."
        raise SeriesError(why) from None
    except exceptions.RequestException:
        why = f"{host} cannot be reached; check the network and try again, or {BY_HAND}."
        raise SeriesError(why) from None


def _fits(answer: Response, there: int, version: str) -> bool:
    """Tell whether an answer to a request for the rest can be used: as the rest, or as a whole."""
    if answer.status_code != 206:
        return answer.status_code != 416
    begins = answer.headers.get("Content-Range", "").startswith(f"bytes {there}-")
    return begins and _version(answer) in (version, "")


def _version(answer: Response) -> str:
    """Give what names a file's version exactly; a weak ETag (``W/``) does not."""
    tag = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")


def _prepare(answer: Response, url: str, part: _Part) -> int | None:
    """Refuse what is no such file, begin the part where this is no rest; give the whole size."""
    host = urlsplit(url).hostname or url
    if answer.status_code in (404, 410):
        raise SeriesError(f"{host} has no file at {url} any more; find it there and {BY_HAND}.")
    if answer.status_code not in (200, 206 if "Range" in answer.request.headers else 200):
        why = f"{host} does not send the file (status {answer.status_code}); try again later"
        raise SeriesError(f"{why}, or {BY_HAND}.")
    if answer.headers.get("Content-Type", "").lower().startswith("text/html"):
        raise _page(url)
    coded = answer.headers.get("Content-Encoding", "identity") != "identity"
    length = "" if coded else answer.headers.get("Content-Length", "")
    if answer.status_code == 200:
        part.begin(url, "" if coded else _version(answer))
    total = part.size() + int(length) if length.isdigit() else None
    if total and total > MAX_BYTES:
        part.drop()
        raise _too_large(url)
    return total


def _receive(
    answer: Response, part: _Part, total: int | None, progress: Callable[[int, int | None], None]
) -> None:
    there = part.size()
    progress(there, total)
    for piece in _pieces(answer, part, total):
        if not there and piece.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
            part.drop()
            raise _page(answer.url)
        there += len(piece)
        if there > MAX_BYTES:
            part.drop()
            raise _too_large(answer.url)
        with part.file.open("ab") as file:
            file.write(piece)
        progress(there, total)
    if total is not None and part.size() != total:
        raise _cut(part, total)


def _pieces(answer: Response, part: _Part, total: int | None) -> Iterator[bytes]:
    from requests.exceptions import RequestException

    try:
        yield from answer.iter_content(CHUNK)
    except RequestException:
        raise _cut(part, total) from None


def _cut(part: _Part, total: int | None) -> SeriesError:
    came = size_words(part.size()) + (f" of {size_words(total)}" if total else "")
    again = "goes on from there" if part.note.is_file() else "begins anew"
    return SeriesError(f"The connection was cut after {came}; running this again {again}.")


def _page(url: str) -> SeriesError:
    return SeriesError(f"{url} gives a web page, not a table; find the file there and {BY_HAND}.")


def _too_large(url: str) -> SeriesError:
    return SeriesError(
        f"{url} gives more than {size_words(MAX_BYTES)}, the most that is taken; {BY_HAND}."
    )
