"""What is shared of a view: its link, its frame, its pictures, its presentation."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.view import MAP_STANDS, wait_for

VIEW = "date=2019-08-31&counties=37051"


@pytest.fixture(scope="module")
def opened(shared_page: Page, server: str) -> None:
    shared_page.goto(f"{server}/?{VIEW}")
    wait_for(shared_page, MAP_STANDS)
    shared_page.locator("#app .share summary").click()


@pytest.fixture
def shared(shared_page: Page, opened: None) -> Page:
    """Give the map page with what can be shared unfolded."""
    return shared_page


def test_a_view_is_shared_by_its_link_and_its_frame(shared: Page, server: str) -> None:
    link = shared.locator("#app [data-share=link]")
    expect(link).to_have_text(f"{server}/?{VIEW}")
    frame = shared.locator("#app [data-share=embed]")
    expect(frame).to_contain_text('<iframe src="')
    expect(frame).to_contain_text("embed=1")
    shared.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shared.locator("#app .shared").first.get_by_role("button", name="Copy").click()
    expect(shared.locator("#app .copied")).to_have_text("Copied.")
    assert shared.evaluate("navigator.clipboard.readText()") == link.text_content()
    href = shared.locator("#app .share a", has_text="Slides").get_attribute("href")
    assert href == f"/download/slides.pptx?{VIEW}"


def test_escape_and_the_next_stop_close_what_is_unfolded(shared: Page) -> None:
    box = shared.locator("#app details.share")
    summary = box.locator("summary")
    summary.press("Tab")
    shared.keyboard.press("Escape")
    expect(box).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.press("Enter")
    expect(box).to_have_attribute("open", "")
    summary.press("Shift+Tab")
    expect(box).not_to_have_attribute("open", "")
    summary.click()


@pytest.mark.parametrize(
    ("panel", "size", "wide", "high"),
    [("map", "slide", 1920, 1080), ("context", "print", 3508, 2480)],
)
def test_a_panel_is_kept_as_a_picture_made_here(
    shared: Page, panel: str, size: str, wide: int, high: int
) -> None:
    shared.locator("#app .pictures [name=panel]").select_option(panel)
    shared.locator("#app .pictures [name=size]").select_option(size)
    with shared.expect_download() as sent:
        shared.get_by_role("button", name="PNG").click()
    assert sent.value.suggested_filename == f"lead-{panel}-{size}-on-2019-08-31.png"
    data = Path(sent.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (wide, high)


def test_present_opens_on_the_view_that_is_shown(shared: Page) -> None:
    shared.locator("#app").get_by_role("link", name="Present").click()
    shared.wait_for_url(f"**/present?{VIEW}")
    expect(shared.locator("h1")).to_contain_text("On 31 August 2019")
