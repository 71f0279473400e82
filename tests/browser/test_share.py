"""Share, frames and paper."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.view import MAP_STANDS, PAGE_STANDS, wait_for

SHEETS = {
    "state": "/?date=2019-08-31",
    "two-counties": "/?counties=37051,37097",
    "county": "/county/37087",
    "county-with-most": "/county/37035",
    "county-with-nothing": "/county/37001",
}


def test_a_view_is_shared_by_its_link_and_its_frame(clean_page: Page, server: str) -> None:
    clean_page.goto(f"{server}/?date=2019-08-31&counties=37051")
    wait_for(clean_page, MAP_STANDS)
    clean_page.locator("#app .share summary").click()
    link = clean_page.locator("#app [data-share=link]")
    expect(link).to_have_text(f"{server}/?date=2019-08-31&counties=37051")
    frame = clean_page.locator("#app [data-share=embed]")
    expect(frame).to_contain_text('<iframe src="')
    expect(frame).to_contain_text("embed=1")
    clean_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    clean_page.locator("#app .shared").first.get_by_role("button", name="Copy").click()
    expect(clean_page.locator("#app .copied")).to_have_text("Copied.")
    assert clean_page.evaluate("navigator.clipboard.readText()") == link.text_content()
    href = clean_page.locator("#app .share a", has_text="Slides").get_attribute("href")
    assert href == "/download/slides.pptx?date=2019-08-31&counties=37051"


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
    assert sent.value.suggested_filename == "slides.pptx"
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


@pytest.mark.parametrize(
    ("panel", "size", "wide", "high"),
    [("map", "slide", 1920, 1080), ("context", "print", 3508, 2480)],
)
def test_a_panel_is_kept_as_a_picture_made_here(
    clean_page: Page, server: str, panel: str, size: str, wide: int, high: int
) -> None:
    clean_page.goto(f"{server}/?date=2019-08-31")
    wait_for(clean_page, MAP_STANDS)
    clean_page.locator("#app .share summary").click()
    clean_page.locator("#app .pictures [name=panel]").select_option(panel)
    clean_page.locator("#app .pictures [name=size]").select_option(size)
    with clean_page.expect_download() as sent:
        clean_page.get_by_role("button", name="PNG").click()
    assert sent.value.suggested_filename == f"lead-{panel}-2019-08-31.png"
    data = Path(sent.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (wide, high)


def test_present_opens_on_the_view_that_is_shown(clean_page: Page, server: str) -> None:
    clean_page.goto(f"{server}/?date=2019-08-31")
    wait_for(clean_page, MAP_STANDS)
    clean_page.locator("#app").get_by_role("link", name="Present").click()
    clean_page.wait_for_url("**/present?date=2019-08-31")
    expect(clean_page.locator("h1")).to_contain_text("On 31 August 2019")


def test_a_frame_shows_map_and_day_at_any_width(clean_page: Page, server: str) -> None:
    clean_page.set_viewport_size({"width": 500, "height": 420})
    clean_page.goto(f"{server}/?date=2019-08-31&embed=1")
    wait_for(clean_page, MAP_STANDS)
    for hidden in ("#app .top", "#app .side", "#app #table", "#app .bottom"):
        expect(clean_page.locator(hidden).first).to_be_hidden()
    expect(clean_page.locator("#app #map")).to_be_visible()
    assert clean_page.evaluate("document.documentElement.scrollWidth") <= 500
    clean_page.locator("#app #month").focus()
    clean_page.keyboard.press("ArrowRight")
    clean_page.wait_for_url(re.compile(r"date=2019-09-30"))
    assert "embed=1" in urlsplit(clean_page.url).query


def test_what_is_folded_is_printed(clean_page: Page, server: str) -> None:
    clean_page.goto(f"{server}/evidence")
    wait_for(clean_page, PAGE_STANDS)
    seen = """() => [...document.querySelectorAll("#app .claim-row details > :last-child")]
      .map((node) => node.checkVisibility({ contentVisibilityAuto: true }))"""
    assert not all(clean_page.evaluate(seen))
    clean_page.emulate_media(media="print")
    shown = clean_page.evaluate(seen)
    clean_page.emulate_media(media=None)
    assert shown
    assert all(shown)


@pytest.mark.parametrize(
    ("address", "paper"),
    [*((address, "Letter") for address in SHEETS.values()), (SHEETS["county-with-most"], "A4")],
    ids=[*SHEETS, "county-with-most-on-A4"],
)
def test_a_page_prints_on_one_sheet(
    clean_page: Page, server: str, address: str, paper: str
) -> None:
    clean_page.goto(server + address)
    wait_for(clean_page, MAP_STANDS if address.startswith("/?") else PAGE_STANDS)
    clean_page.wait_for_load_state("networkidle")
    sheets = clean_page.pdf(format=paper, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    expect(clean_page.locator(".printed")).to_have_count(0)
