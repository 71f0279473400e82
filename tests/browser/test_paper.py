"""What leaves the page: files, frames in other pages, paper."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from layouts.document import script_asset
from tests.browser.view import MAP_STANDS, PAGE_STANDS, open_page, wait_for

SHEETS = {
    "state": "/?date=2019-08-31",
    "two-counties": "/?counties=37051,37097",
    "county-with-most": "/county/37035",
    "county-with-nothing": "/county/37001",
    "plan-with-most": "/next/37129",
    "plan-with-least": "/next/37007",
}
WORDY_DAY = "2023-08-01"
"""A day on which the sentence below the heading is as long as any."""
FITS_FRAME = """(width) => {
  const root = document.documentElement;
  const shown = document.querySelector("#app .map-panel").getBoundingClientRect().bottom;
  return innerWidth === width && root.scrollWidth <= width && root.scrollHeight <= innerHeight
    && innerHeight - shown < 160;
}"""
"""Nothing in a frame is cut at a width, and little of it is blank."""


def test_a_file_that_is_being_made_is_told_and_a_refusal_too(page: Page, server: str) -> None:
    page.goto(f"{server}/?date=2019-08-31")
    wait_for(page, MAP_STANDS)
    page.locator("#app .share summary").click()
    told = page.locator("#app .copied")
    held: list[Route] = []
    page.route("**/download/slides.pptx*", lambda route: held.append(route))
    page.locator("#app .share a", has_text="Slides").click()
    expect(told).to_have_text("Making slides.pptx …")
    with page.expect_download() as sent:
        held.pop().continue_()
    assert sent.value.suggested_filename == "lead-slides-on-2019-08-31.pptx"
    assert Path(sent.value.path()).read_bytes().startswith(b"PK")
    expect(told).to_have_text("slides.pptx is made.")
    page.unroute("**/download/slides.pptx*")
    page.route(
        "**/download/data.zip*", lambda route: route.fulfill(status=400, body="No such day.")
    )
    page.locator("#app .share a", has_text="ZIP").click()
    expect(told).to_have_text("No such day.")
    page.route("**/download/data.xlsx*", lambda route: route.abort())
    page.locator("#app .share a", has_text="XLSX").click()
    expect(told).to_contain_text("data.xlsx could not be fetched")


def test_a_frame_shows_map_and_day_at_any_width(clean_page: Page, server: str) -> None:
    (style,) = re.findall('const FRAME = "(.*)"', script_asset().text)
    snippet = f'<iframe src="/?date={WORDY_DAY}&embed=1" style="{style}"></iframe>'
    clean_page.goto(f"{server}/edition")
    clean_page.evaluate("(text) => { document.body.innerHTML = text; }", snippet)
    clean_page.evaluate("() => { document.body.style.margin = 0; }")
    frame = clean_page.locator("iframe").element_handle().content_frame()
    assert frame
    wait_for(frame, MAP_STANDS)
    for hidden in (".top", ".side", "#table", ".as-table", ".bottom"):
        expect(frame.locator(f"#app {hidden}").first).to_be_hidden()
    expect(frame.locator("#app #map")).to_be_visible()
    for width in (320, 390, 600, 800, 1200):
        clean_page.set_viewport_size({"width": width, "height": 800})
        wait_for(frame, FITS_FRAME, arg=width)
    frame.locator("#app #month").press("ArrowRight")
    frame.wait_for_url(re.compile(r"date=2023-09-30"))
    assert "embed=1" in urlsplit(frame.url).query


def test_what_is_folded_is_printed(clean_page: Page, server: str) -> None:
    clean_page.goto(f"{server}/evidence")
    wait_for(clean_page, PAGE_STANDS)
    seen = """(() => [...document.querySelectorAll("#app .claim-row details > :last-child")]
      .map((node) => node.checkVisibility({ contentVisibilityAuto: true })))()"""
    assert False in clean_page.evaluate(seen)
    clean_page.emulate_media(media="print")
    wait_for(clean_page, f"() => !{seen}.includes(false)", timeout=5000)
    clean_page.emulate_media(media=None)


@pytest.mark.parametrize("address", SHEETS.values(), ids=SHEETS)
def test_a_page_prints_on_one_sheet(clean_page: Page, server: str, address: str) -> None:
    open_page(clean_page, server + address)
    clean_page.wait_for_load_state("networkidle")
    for paper in ("Letter", "A4"):
        sheets = clean_page.pdf(format=paper, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1, paper
    expect(clean_page.locator(".printed")).to_have_count(0)
