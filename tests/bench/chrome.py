"""Chromium with a line and a processor of a chosen speed, and the watch of ``watch.js`` in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")
WINDOW: Any = {"width": 1366, "height": 768}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Line:
    """A line to the server: round trip in ms, and bytes a second (-1: no limit)."""

    round_trip: float = 0
    rate: float = -1


SLOW_LINE = Line(150, 1.6e6 / 8)
"""1.6 Mbit/s with 150 ms: a phone, or a conference's wifi."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or the one that Playwright brings."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(browser: Browser) -> Iterator[Tab]:
    """Open the browser as somebody does who has never been here, with one page."""
    # Playwright waits by evaluating a string at each frame, which our pages' policy forbids.
    context = browser.new_context(viewport=WINDOW, bypass_csp=True)
    context.add_init_script(WATCH)
    try:
        yield Tab(context.new_page())
    finally:
        context.close()


class Tab:
    """A watched page and the line to Chromium's own instruments."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.context = page.context
        self.cdp: CDPSession = self.context.new_cdp_session(page)
        self.received = 0.0
        self.requests: list[str] = []
        self.cdp.send("Network.enable")
        self.cdp.send("Performance.enable")
        self.cdp.on("Network.loadingFinished", self._finished)
        page.on("request", lambda request: self.requests.append(request.url))

    def _finished(self, event: dict[str, Any]) -> None:
        self.received += event["encodedDataLength"]

    def slow_down(self, line: Line, times: float = 1) -> None:
        """Set the line, and make the processor that many times slower."""
        conditions = {
            "offline": False,
            "latency": line.round_trip,
            "downloadThroughput": line.rate,
            "uploadThroughput": line.rate,
        }
        self.cdp.send("Network.emulateNetworkConditions", conditions)
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def run(self, expression: str) -> Any:
        """Run a little script with as little ado as can be, and await what it gives."""
        how = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        return self.cdp.send("Runtime.evaluate", how)["result"].get("value")

    def scripting(self) -> float:
        """Give the milliseconds that scripts have run on this page so far."""
        told = self.cdp.send("Performance.getMetrics")["metrics"]
        return 1000 * next(item["value"] for item in told if item["name"] == "ScriptDuration")
