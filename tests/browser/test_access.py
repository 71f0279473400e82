"""No page breaks the rules of accessibility badly, light or dark; none breaks its own policy."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.addresses import PLAIN, pages
from tests.browser.conftest import watched
from tests.browser.view import open_page

FULLER = {"/": "?counties=37051", "/partnerships": "?date=2019-08-31"}
"""Queries by which a page shows more than by itself."""
ADDRESSES = [
    *(path + FULLER.get(path, "") for path in pages("37087")),
    "/partnerships?service=ssp&count=perhaps&has=ssp",
]
WITH_SERIES = {
    "trends": "/trends?counties=37051,37097,37183",
    "colored-map": "/?date=2018-06-30&layer=vera-incarceration-trends.jail_admissions",
    "loaded": "/series",
}


# To describe what passes takes axe far longer than to look at the page.
SHORT: dict[str, Any] = {"resultTypes": ["violations"]}
RULES = SHORT | {"rules": {"color-contrast": {"enabled": False}}}
COLORS = SHORT | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

# Marks what has text of its own: three of each kind, which are those of one style. The contrast of
# a text takes axe long to find, and a table has hundreds that are alike.
MARK = """() => {
  const found = {};
  const style = (node) =>
    [node.tagName, ...["class", "style", "data-look"].map((name) => node.getAttribute(name))];
  for (const node of document.body.querySelectorAll("*")) {
    const speaks = node.matches("input, select, textarea") ||
      [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
    if (!speaks || !node.checkVisibility()) continue;
    const way = [];
    for (let at = node; at !== document.body; at = at.parentElement) way.push(style(at));
    const kind = JSON.stringify(way);
    found[kind] = (found[kind] || 0) + 1;
    if (found[kind] <= 3) node.setAttribute("data-kind", "");
  }
}"""


def violations(
    page: Page, options: dict[str, Any], within: str | None = None
) -> list[dict[str, Any]]:
    found = Axe().run(page, within, options).response["violations"]
    return [
        {"rule": each["id"], "nodes": [node["target"] for node in each["nodes"]][:5]}
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_no_serious_violation(page: Page, server: str, address: str) -> None:
    with watched(page, server):
        hold(page, server + address)


@pytest.mark.parametrize("address", WITH_SERIES.values(), ids=WITH_SERIES.keys())
def test_a_page_with_series_has_no_serious_violation(
    page: Page, trends_server: str, address: str
) -> None:
    with watched(page, trends_server):
        hold(page, trends_server + address)


def test_the_missing_page_has_no_serious_violation(page: Page, server: str) -> None:
    hold(page, f"{server}/no/such/page")


def hold(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    open_page(page, address)
    expect(page.locator("#effect .loading")).to_have_count(0)
    assert violations(page, RULES) == []
    hold_colors(page)
    page.emulate_media(color_scheme="dark")
    if urlsplit(address).path in PLAIN:
        page.reload()  # these pages look once at what the system asks for
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    hold_colors(page)


def hold_colors(page: Page) -> None:
    page.evaluate(MARK)
    assert violations(page, COLORS, "[data-kind]") == []
