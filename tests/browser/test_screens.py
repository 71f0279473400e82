"""What fits: no sideways scroll on a phone, the whole answer on a laptop's first screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.view import SLIDE_DAY, open_map, open_page

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("address", ["/", "/?counties=37051,37023", "/no/such/page"])
def test_a_phone_needs_no_sideways_scroll(page: Page, server: str, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    open_page(page, server + address)
    if page.locator("#map").count():
        box = page.locator("#map .geolayer").first.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["width"] > 300
        assert box["y"] + box["height"] <= PHONE["height"]
    widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    content, window = page.evaluate(widths)
    assert content <= window


@pytest.mark.parametrize("address", ["/", f"/?date={SLIDE_DAY}"])
def test_a_laptop_shows_the_answer_without_scrolling(page: Page, server: str, address: str) -> None:
    open_map(page, server + address)
    for part in ("#headline", "#detail", "#map .geolayer", "#legend", "#month", "#date", "#curve"):
        box = page.locator(part).first.bounding_box()
        assert box, part
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 768, part
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
    for wide in page.locator("#legend button, .time button").all():
        expect(wide).to_be_in_viewport(ratio=1)
