"""How soon pages that are open show an edition: from its publishing to its words on the page."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page

from data.editions import Place
from data.editions.store import Store
from data.facts import Facts, load
from tests.bench.chrome import chromium, visitor
from tests.bench.results import Row, figure
from tests.bench.serve import serving
from tests.cluster.parts import cluster, missing
from tests.cluster.viewers import version

PART = "An edition on pages that are open"
TURNS, PAGES = 10, 2
GOAL_SECONDS = 2.0
SHOWN = """told => document.documentElement.dataset.edition === told
    && document.querySelector("#headline")?.textContent"""
"""The first paint of the edition has its words and its map; it can be read and used."""


def taken(store: Store, shipped: Facts, url: str, turns: int) -> list[float]:
    """Publish again and again; give the seconds until each of two open pages showed it."""
    seconds: list[float] = []
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        pages: list[Page] = [stack.enter_context(visitor(browser)).page for _ in range(PAGES)]
        for page in pages:
            page.goto(url)
        for turn in range(turns):
            for page in pages:  # it stands and watches
                page.wait_for_event("request", lambda asked: asked.url.endswith("/edition"))
            facts = version(shipped, turn + 1)
            store.publish(facts, parent=turn + 1, author="Ann", note="A correction.")
            began = time.monotonic()
            for page in pages:
                page.wait_for_function(SHOWN, arg=facts.edition, polling=20)
                seconds.append(time.monotonic() - began)
    return seconds


@contextmanager
def own_file() -> Iterator[tuple[Place, str]]:
    """Serve as ``make run`` does, on a file of editions."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place.of_file(Path(folder) / "editions.sqlite")
        Store(place).prepare(version(load(), 0))
        with serving("app.py", DATABASE_URL=place.url) as server:
            server.first_answer("/")
            yield place, server.url


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    turns, shipped = 3 if quick else TURNS, load()
    with own_file() as (place, url):
        yield row("one app on a file of SQLite", taken(Store(place), shipped, url, turns))
    if lacking := missing():
        yield Row(PART, "two nodes: not measured", "", note=f"install {lacking}")
        return
    with cluster(lambda place: Store(place).prepare(version(shipped, 0))) as parts:
        url = f"http://127.0.0.1:{parts.port}"
        yield row("two nodes behind nginx", taken(Store(parts.place), shipped, url, turns))


def row(what: str, seconds: list[float]) -> Row:
    """Give the row of the seconds taken."""
    note = f"the slowest {max(seconds):.2f} s"
    most = GOAL_SECONDS
    return Row(PART, what, "s", figure(seconds), most=most, most_p95=most, note=note)
