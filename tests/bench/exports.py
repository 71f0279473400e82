"""Exports: how long each takes when it is made anew, and what twenty at once do to a viewer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from urllib.request import urlopen

from tests.bench.results import Row, figure
from tests.bench.serve import Server, gunicorn, serving

PART = "Exports, gunicorn 1 x 32"
FILES = {
    "slides.pptx": 2.0,
    "atlas.html": 1.0,
    "data.zip": None,
    "data.xlsx": None,
    "map.png": None,
    "picture.svg": None,
}
"""The files, each with its goal in seconds."""
AT_ONCE = 20
FIRST = date(2018, 1, 1)


def took(url: str) -> float:
    """Give the seconds that an answer takes, all of it read."""
    begun = time.perf_counter()
    with urlopen(url, timeout=120) as answer:
        answer.read()
    return time.perf_counter() - begun


def days(count: int, after: int = 0) -> Iterator[str]:
    """Give days that nobody asked for before, so that every file is made anew."""
    for place in range(after, after + count):
        yield (FIRST + timedelta(days=place)).isoformat()


def visits(server: Server, making: list[Future[float]]) -> Iterator[float]:
    """Give the waits of a viewer who opens the page again and again while files are made."""
    while not all(one.done() for one in making):
        yield took(f"{server.url}/") * 1000


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    with serving(*gunicorn(1, 32)) as server:
        server.first_answer("/")
        for name, most in FILES.items():
            took(f"{server.url}/download/{name}?date=2017-01-01")  # its libraries are loaded
            waits = [
                took(f"{server.url}/download/{name}?date={day}") for day in days(3 if quick else 20)
            ]
            yield Row(PART, f"{name}, made anew", "s", figure(waits), most=most)
        alone = figure(took(f"{server.url}/") * 1000 for _ in range(30))
        yield Row(PART, "a page, nothing being made", "ms", alone)
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            asked = [f"{server.url}/download/slides.pptx?date={day}" for day in days(AT_ONCE, 100)]
            making = [crowd.submit(took, url) for url in asked]
            busy = list(visits(server, making))
            ready = [one.result() for one in making]
        yield Row(PART, f"{AT_ONCE} different decks at once, each", "s", figure(ready))
        note = f"slowest {max(busy):,.0f} ms of {len(busy)} visits"
        yield Row(PART, "a page meanwhile", "ms", figure(busy), note=note)
