"""What the server bears: requests a second, the slowest answers, memory, start, and idle viewers.

The viewers of ``load.py`` share the machine with the server, so on two cores the figures are lower
than a server alone would give.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.chrome import chromium, visitor
from tests.bench.results import Figure, Row, figure
from tests.bench.serve import ATLAS, ROOT, Server, gunicorn, serving
from tests.bench.step import OURS, TUTORIAL, Subject, begin

PATHS = ("/", "/download/adoption.csv", "/download/map.svg")
VIEWERS = (1, 50, 200)
SECONDS, REQUESTS = 10.0, 3000
COMMANDS = {
    "python app.py": ATLAS,
    "gunicorn 1 x 4": gunicorn(1, 4),
    "gunicorn 1 x 8": gunicorn(1, 8),
    "gunicorn 2 x 4": gunicorn(2, 4),
}
"""The ways to serve the atlas; gunicorn's are named by workers x threads."""
MOVES = 100


def load(url: str, viewers: int, seconds: float) -> dict[str, float]:
    """Let ``load.py`` press a server."""
    command = ["-m", "tests.bench.load", url, str(viewers), str(seconds), str(REQUESTS)]
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, check=True, timeout=90, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def single(value: float) -> Figure:
    """Give a figure that was measured once."""
    return Figure(value, value, 1)


def starts(command: tuple[str, ...], count: int) -> Iterator[tuple[float, float, float]]:
    """Give seconds to the first answers of the health check and of the page, and MB when new."""
    for _ in range(count):
        with serving(*command) as server:
            health = server.first_answer("/healthz")
            yield health, server.first_answer("/"), max(server.memory())


def pressed(name: str, server: Server, quick: bool) -> Iterator[Row]:
    """Give the rows of the viewers who press one server."""
    for path in PATHS:
        load(server.url + path, 4, 1)  # warms every worker up
        for viewers in VIEWERS:
            found = load(server.url + path, viewers, 2 if quick else SECONDS)
            note = f"p99 {found['p99']:,.0f} ms, median {found['median']:,.1f} ms"
            if found["failed"]:
                note += f", {found['failed']:.0f} failed"
            what = f"{path} with {viewers} viewer{'s' if viewers > 1 else ''}"
            rate = single(found["rate"])
            yield Row(f"Server: {name}", what, "1/s", rate, note=note, also=found)


def served(name: str, command: tuple[str, ...], quick: bool) -> Iterator[Row]:
    """Give the rows of one way to serve the atlas."""
    health, page, new = zip(*starts(command, 1 if quick else 5), strict=True)
    part = f"Server: {name}"
    yield Row(part, "start to first answer of /healthz", "s", figure(health), most=2)
    yield Row(part, "start to first answer of /", "s", figure(page), most=2)
    yield Row(part, "memory of a worker after one page", "MB", figure(new), most=200)
    with serving(*command) as server:
        server.first_answer("/")
        yield from pressed(name, server, quick)
        used = single(max(server.memory()))
        yield Row(part, "memory of a worker after all this", "MB", used, most=200)


def moves(subject: Subject) -> int:
    """Give how many requests it takes to move the day many times, and to rest now and then."""
    with chromium() as browser, serving(*subject.command) as server, visitor(browser) as tab:
        server.first_answer("/")
        begin(tab, subject, server.url)
        before = len(tab.requests)
        for place in range(MOVES):
            tab.page.keyboard.press("ArrowRight")
            tab.page.wait_for_timeout(700 if place % 20 == 19 else 60)
        return len(tab.requests) - before


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    ours, naive = (single(moves(subject)) for subject in (OURS, TUTORIAL))
    yield Row("Server", f"requests of {MOVES} moves of the day", "", ours, naive, most=0)
    for name, command in COMMANDS.items():
        yield from served(name, command, quick)
