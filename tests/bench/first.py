"""The first visit and the next one over a slow line: when the map stands, what moved, what it cost.

The map is visible once all 100 counties are in a frame that is painted (``watch.js``), and not
before Chromium's own first paint. Bytes are what came over the wire, headers included
(``encodedDataLength``). A second page in the same browser is the warm visit: it has the first one's
cache. The line is Chromium's own emulation: every answer begins a round trip late, and making the
connection costs nothing more. Layout shift is the plain sum of all shifts until a second after Dash
has taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from tests.bench.chrome import SLOW_LINE, Tab, chromium, visitor
from tests.bench.results import Figure, Row, figure
from tests.bench.serve import ATLAS, NAIVE, serving

LIMIT_MS = 90_000
PART = "First visit at 1.6 Mbit/s, 150 ms"
OURS_SIGHTS = {
    "county": [".map-box path[data-fips]", 1],
    "map": [".map-box path[data-fips]", 100],
    "dash": ["#app.stands", 1],
}
NAIVE_SIGHTS = {
    "county": ["path.choroplethlocation", 1],
    "map": ["path.choroplethlocation", 100],
    "dash": ["path.choroplethlocation", 100],
}
QUANTITIES = {
    "county": ("first county visible", "s"),
    "map": ("map visible", "s"),
    "largest": ("largest contentful paint", "s"),
    "shift": ("layout shift", ""),
    "dash": ("Dash has taken over", "s"),
    "received": ("bytes over the wire", "kB"),
    "requests": ("requests", ""),
}
GOALS = {
    ("cold", "map"): 1.0,
    ("cold", "largest"): 1.2,
    ("cold", "shift"): 0.02,
    ("warm", "shift"): 0.02,
    ("cold", "received"): 1700,
    ("warm", "received"): 60,
}


@dataclass(frozen=True)
class Subject:
    """An app to visit, what to see on its page, and how many visitors come."""

    command: tuple[str, ...]
    sights: dict[str, list[Any]]
    visitors: int


def visit(tab: Tab, url: str, sights: dict[str, list[Any]]) -> dict[str, float]:
    """Open a page over the slow line and give what ``QUANTITIES`` names."""
    tab.slow_down(SLOW_LINE)
    tab.page.add_init_script(f"bench.watch({sights})")
    tab.page.goto(url, wait_until="commit", timeout=LIMIT_MS)
    tab.page.wait_for_function("() => 'dash' in bench.first().seen", timeout=LIMIT_MS)
    tab.page.wait_for_timeout(1000)
    told = tab.page.evaluate("() => bench.first()")
    seen = {name: at / 1000 for name, at in told["seen"].items()}
    return seen | {
        "largest": told["largest"] / 1000,
        "shift": told["shift"],
        "received": tab.received / 1000,
        "requests": float(sum(not asked.startswith("data:") for asked in tab.requests)),
    }


def visits(browser: Browser, subject: Subject) -> dict[str, list[dict[str, float]]]:
    """Let visitors come, each first without and then with a cache."""
    found: dict[str, list[dict[str, float]]] = {"cold": [], "warm": []}
    with serving(*subject.command) as server:
        server.first_answer("/")
        for _ in range(subject.visitors):
            with visitor(browser) as tab:
                found["cold"].append(visit(tab, server.url, subject.sights))
                tab.page.close()
                again = Tab(tab.context.new_page())
                found["warm"].append(visit(again, server.url, subject.sights))
    return found


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    ours = Subject(ATLAS, OURS_SIGHTS, 1 if quick else 3)
    naive = Subject(NAIVE, NAIVE_SIGHTS, 1 if quick else 2)
    with chromium() as browser:
        of_ours, of_naive = (visits(browser, subject) for subject in (ours, naive))
    for state in ("cold", "warm"):
        for name, (what, unit) in QUANTITIES.items():
            yield Row(
                PART,
                f"{state}: {what}",
                unit,
                of_all(of_ours[state], name),
                of_all(of_naive[state], name),
                most=GOALS.get((state, name)),
            )


def of_all(found: list[dict[str, float]], name: str) -> Figure | None:
    """Give one quantity over all visits."""
    return figure(visit[name] for visit in found)
