"""Every page, opened once: it can be used by all, in both colors, on a phone, four times as large.

A page is looked at in one order, so that it is loaded once: the rules of accessibility, the
contrast in light and in dark, then a window of 1280 pixels at 400 percent, then a phone.
"""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, ViewportSize, expect

from tests.addresses import PLAIN, pages
from tests.browser.conftest import watched
from tests.browser.view import open_page, wait_for

FULLER = {"/": "?counties=37051,37023", "/partnerships": "?date=2019-08-31"}
"""Queries by which a page shows more than by itself."""
ADDRESSES = [
    *(path + FULLER.get(path, "") for path in pages("37147")),
    "/partnerships?service=ssp&count=perhaps&has=ssp",
    "/?date=2019-08-31&counties=37051&lang=es",
]
WITH_SERIES = {
    "trends": "/trends?counties=37051,37097,37183",
    "colored-map": "/?date=2018-06-30&layer=vera-incarceration-trends.jail_admissions",
    "loaded": "/series",
}
ZOOMED: ViewportSize = {"width": 320, "height": 256}
PHONE: ViewportSize = {"width": 390, "height": 844}

# To describe what passes, and where it stands, takes axe far longer than to look at the page.
SHORT: dict[str, Any] = {"resultTypes": ["violations"], "elementRef": False}
RULES = SHORT | {"rules": {"color-contrast": {"enabled": False}}}
COLORS = SHORT | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# The rows of a table are made alike; a table has a hundred.
BUT_LATER_ROWS = {"exclude": [["tbody tr:nth-child(n + 6)"]]}

# Marks what has text of its own, one of each kind: what has the same style in the same places.
MARK = """() => {
  const kinds = new Set();
  const style = (node) =>
    [node.tagName, ...["class", "style", "data-look"].map((name) => node.getAttribute(name))];
  for (const node of document.body.querySelectorAll("*")) {
    const speaks = node.matches("input, select, textarea") ||
      [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
    if (!speaks || !node.checkVisibility()) continue;
    const way = [];
    for (let at = node; at !== document.body; at = at.parentElement) way.push(style(at));
    const kind = JSON.stringify(way);
    if (!kinds.has(kind)) node.setAttribute("data-kind", "");
    kinds.add(kind);
  }
}"""

BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > wide
    ? [...document.querySelectorAll("#app *")]
        .filter((node) => node.getBoundingClientRect().right > wide + 1)
        .slice(0, 5).map((node) => `${node.tagName} ${node.id} ${node.className}`)
    : [];
}"""
SIDEWAYS = """() => [...document.querySelectorAll("#app .scroll")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.ariaLabel)"""
# A label with nothing behind it tells a reader nothing.
BLANK = """() => [...document.querySelectorAll("#app .scroll td:empty")]
  .filter((node) => node.checkVisibility()).length"""
# Links within a sentence, and what stands in a label that is large itself, are of the text's size.
SMALL = """(least) => [...document.querySelectorAll("#app :is(button, summary, select, .top a)")]
  .filter((node) => node.checkVisibility() && !node.closest("[class*=mantine]"))
  .filter((node) => node.getBoundingClientRect().height < least)
  .map((node) => `${node.tagName} ${node.textContent.slice(0, 30)}`)"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_used_by_all(page: Page, server: str, address: str) -> None:
    with watched(page, server):
        hold(page, server + address)


@pytest.mark.parametrize("address", WITH_SERIES.values(), ids=WITH_SERIES.keys())
def test_a_page_with_series_can_be_used_by_all(
    page: Page, trends_server: str, address: str
) -> None:
    with watched(page, trends_server):
        hold(page, trends_server + address)


def test_the_missing_page_can_be_used_by_all(page: Page, server: str) -> None:
    hold(page, f"{server}/no/such/page")


def hold(page: Page, address: str) -> None:
    """Hold all that is true of every page, and that it has nothing to say in the console."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    open_page(page, address)
    expect(page.locator("#effect .loading")).to_have_count(0)
    assert violations(page, RULES, BUT_LATER_ROWS) == []
    hold_colors(page)
    hold_sizes(page)
    page.emulate_media(color_scheme="dark")
    if urlsplit(address).path in PLAIN:
        page.reload()  # these pages look once at what the system asks for
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    hold_colors(page)


def hold_colors(page: Page) -> None:
    page.evaluate(MARK)
    assert violations(page, COLORS, "[data-kind]") == []


def violations(page: Page, options: dict[str, Any], within: Any) -> list[dict[str, Any]]:
    found = Axe().run(page, within, options).response["violations"]
    return [
        {"rule": each["id"], "nodes": [node["target"] for node in each["nodes"]][:5]}
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def hold_sizes(page: Page) -> None:
    """Hold that nothing is cut or needs a scroll sideways, and that a thumb can hit each target."""
    usual = page.viewport_size
    assert usual
    for size in (ZOOMED, PHONE):
        page.set_viewport_size(size)
        for wrong in (BEYOND, SIDEWAYS):
            with suppress(TimeoutError):  # a chart follows its window a little later
                wait_for(page, f"() => ({wrong})().length === 0", timeout=3000)
            assert page.evaluate(wrong) == []
    assert page.evaluate(SMALL, 31) == []
    assert page.evaluate(BLANK) == 0
    page.set_viewport_size(usual)
