"""Growth: the data with up to 10,000 programs, the browser with up to 3,143 counties.

Programs are made up over the state's counties, from a fixed seed, with dates by month. The page of
the browser's part is no page of the atlas: it has the map, slider, heading, legend and table of as
many counties as the national shapefile gives in the order of their codes, with 25 years of months
and on average five changes a county. Its scripts and styles are the atlas's own, without Dash and
plotly: as the first paint is before they come.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Browser

from data import load
from data.facts import Facts
from data.frame import county_frame, timeline
from data.schema import TABLES, table_columns
from data.status import county_status, history, programs
from tests.bench.chrome import chromium, visitor
from tests.bench.country import country_page
from tests.bench.results import Row, figure
from tests.bench.step import walk

PROGRAMS = (10, 100, 1000, 10_000)
COUNTIES = (100, 1000, 3143)
TODAY = date(2026, 1, 1)
CACHED: tuple[Any, ...] = (programs, history, county_frame, timeline)
"""What keeps its answer and so must forget it before it is timed again."""


def made_up_programs(count: int) -> list[dict[str, str]]:
    """Make up rows of the adoption table."""
    chance = random.Random(count)
    facts = load()
    source = str(facts.sources["id"].iloc[0])
    rows = []
    for place in range(count):
        fips, county = chance.choice(list(facts.county_names.items()))
        year = chance.randint(2001, 2024)
        month = f"{year}-{chance.randint(1, 12):02}"
        row = {
            "fips": fips,
            "county": county,
            "agency": f"Agency {place}",
            "scope": "Made up",
            "start": chance.choice([month, str(year), f"[..{month}]"]),
            "end": f"{year + 1}-{chance.randint(1, 12):02}" if chance.random() < 0.3 else "",
            "last_confirmed": f"{year + 1}-06" if chance.random() < 0.5 else "",
            "is_lead": "yes",
            "sources": source,
            "note": "Made up.",
        }
        rows.append(dict.fromkeys(table_columns()["adoption"], "") | row)
    return rows


def timed(work: Callable[[], object], count: int) -> Iterator[float]:
    """Give the ms that a piece of work takes when nothing of it was kept."""
    for _ in range(count):
        for kept in CACHED:
            kept.cache_clear()
        began = time.perf_counter()
        work()
        yield 1000 * (time.perf_counter() - began)


def grown(folder: Path, count: int, repeats: int) -> Iterator[Row]:
    """Give the rows of the data with so many programs."""
    rows = pd.DataFrame(made_up_programs(count))
    rows.to_csv(folder / "adoption.csv", index=False, lineterminator="\n")
    facts: Facts = load(folder)
    works: dict[str, Callable[[], object]] = {
        "load": lambda: load(folder),
        "status of a day": lambda: county_status(facts, TODAY),
        "status over all time": lambda: history(facts),
        "timeline for the browser": lambda: timeline(facts, TODAY),
    }
    for name, work in works.items():
        often = 1 if name.startswith("timeline") and count > 1000 else repeats
        what = f"{count:,} programs: {name}"
        yield Row("Growth of the data", what, "ms", figure(timed(work, often)))


def scaled(browser: Browser, count: int, steps: int) -> Iterator[Row]:
    """Give the rows of the browser with so many counties."""
    page = country_page(count)
    part, what = "Growth of the browser", f"{count:,} counties"
    with visitor(browser) as tab:
        tab.page.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html"))
        sights = {"map": [".map-box path[data-look]", count]}
        tab.page.add_init_script(f"bench.watch({sights})")
        tab.page.goto("http://127.0.0.1:9/")
        tab.page.wait_for_function("() => 'map' in bench.first().seen")
        visible = tab.page.evaluate("() => bench.first().seen.map")
        tab.page.focus("#month")
        found = walk(tab, "#headline", steps)
    size = figure([len(page.encode()) / 1000])
    yield Row(part, f"{what}: page, not compressed", "kB", size)
    yield Row(part, f"{what}: opened to map visible", "ms", figure([visible]))
    yield Row(part, f"{what}: step painted", "ms", figure(found.took))
    yield Row(part, f"{what}: step scripting", "ms", figure(found.scripts))


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables"
        shutil.copytree(TABLES, tables)
        for count in PROGRAMS[:3] if quick else PROGRAMS:
            yield from grown(tables, count, 2 if quick else 5)
    with chromium() as browser:
        for count in COUNTIES:
            yield from scaled(browser, count, 10 if quick else 40)
