"""No page breaks the rules of accessibility badly, light or dark; none breaks its own policy."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import watched
from tests.browser.view import open_page

PAGES = {
    "chosen-county": "/?counties=37051",
    "county": "/county/37087",
    "partnerships": "/partnerships?date=2019-08-31",
    "one-service": "/partnerships?service=ssp&count=perhaps&has=ssp",
    "next": "/next/37147",
    "evidence": "/evidence",
    "data": "/data",
    "no-series": "/trends",
    "series": "/series",
}
WITH_SERIES = {
    "trends": "/trends?counties=37051,37097,37183",
    "colored-map": "/?date=2018-06-30&layer=vera-incarceration-trends.jail_admissions",
    "loaded": "/series",
}


# To describe what passes takes axe far longer than to look at the page.
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
COLORS = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What can differ between light and dark."""


def violations(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    found = Axe().run(page, options=options).response["violations"]
    return [
        {"rule": each["id"], "nodes": [node["target"] for node in each["nodes"]][:5]}
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
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
    assert violations(page, ALL) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    assert violations(page, COLORS) == []
