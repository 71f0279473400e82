"""Many viewers who ask a server for one address again and again, in a process of their own.

``python -m tests.bench.load URL VIEWERS SECONDS REQUESTS`` asks for that many seconds or requests,
whichever is reached first, and prints JSON: requests a second, the latencies' median and 99th
percentile in ms, and how many requests failed. Each viewer waits for its answer before it asks
again, and keeps its connection while the server does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.bench.results import percentile

TIMEOUT = 10.0


@dataclass
class Crowd:
    """What all viewers ask, until when, and what they found."""

    url: str
    until: float
    left: int
    took: list[float] = field(default_factory=list)
    failed: int = 0


class Viewer:
    """A viewer with at most one connection."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        path = self.parts.path + (f"?{self.parts.query}" if self.parts.query else "")
        head = f"GET {path} HTTP/1.1\r\nHost: {self.parts.netloc}\r\nAccept-Encoding: br\r\n\r\n"
        self.head = head.encode()
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self) -> None:
        """Ask once and read the whole answer; raises OSError or EOFError when that fails."""
        if self.streams is None:
            host, port = self.parts.hostname, self.parts.port
            self.streams = await asyncio.open_connection(host, port)
        reader, writer = self.streams
        writer.write(self.head)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise OSError("no good answer")
        length = head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await reader.readexactly(int(length))
        if head.startswith(b"http/1.0") or b"connection: close" in head:
            self.leave()

    def leave(self) -> None:
        """Close the connection."""
        if self.streams:
            self.streams[1].close()
        self.streams = None


async def ask_on(crowd: Crowd, viewer: Viewer) -> None:
    """Let one viewer ask until the time or the requests are used up."""
    while crowd.left > 0 and time.perf_counter() < crowd.until:
        crowd.left -= 1
        began = time.perf_counter()
        try:
            await asyncio.wait_for(viewer.ask(), TIMEOUT)
            crowd.took.append(1000 * (time.perf_counter() - began))
        except (OSError, EOFError, ValueError, TimeoutError):
            crowd.failed += 1
            viewer.leave()
    viewer.leave()


def plain(url: str, _: int) -> Viewer:
    """Make a viewer like all others."""
    return Viewer(url)


async def press(
    url: str,
    viewers: int,
    seconds: float,
    requests: int,
    make: Callable[[str, int], Viewer] = plain,
) -> dict[str, float]:
    """Let the viewers, made of the address and their place, ask all at once; give what came."""
    began = time.perf_counter()
    crowd = Crowd(url, began + seconds, requests)
    await asyncio.gather(*(ask_on(crowd, make(url, own)) for own in range(viewers)))
    took, spent = sorted(crowd.took) or [float("nan")], time.perf_counter() - began
    return {
        "rate": len(crowd.took) / spent,
        "median": percentile(took, 50),
        "p99": percentile(took, 99),
        "failed": crowd.failed,
    }


if __name__ == "__main__":
    address, viewers, seconds, requests = sys.argv[1:]
    found = press(address, int(viewers), float(seconds), int(requests))
    print(json.dumps(asyncio.run(found)))
