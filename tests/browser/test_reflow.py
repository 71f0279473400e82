"""At four times the size nothing is cut, what is touched is large enough, colors may be forced."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.view import SLIDE_DAY, open_map, open_page

# A window of 1280 pixels at 400 percent, and a phone.
ZOOMED: ViewportSize = {"width": 320, "height": 256}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATHS = {
    "map": f"/?date={SLIDE_DAY}&counties=37051",
    "county": "/county/37051",
    "partnerships": "/partnerships",
    "next": "/next/37147",
    "evidence": "/evidence",
    "data": "/data",
    "trends": "/trends",
    "spanish": f"/?date={SLIDE_DAY}&lang=es",
}
BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > wide
    ? [...document.querySelectorAll("#app *")]
        .filter((node) => node.getBoundingClientRect().right > wide + 1)
        .slice(0, 5).map((node) => `${node.tagName} ${node.id} ${node.className}`)
    : [];
}"""
# Links within a sentence, and what stands in a label that is large itself, are of the text's size.
# The matrix has two ways to be read, so it alone scrolls sideways.
SIDEWAYS = """() => [...document.querySelectorAll("#app .scroll:not(.matrix)")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.ariaLabel)"""
# A label with nothing behind it tells a reader nothing.
BLANK = """() => [...document.querySelectorAll("#app .scroll:not(.matrix) td:empty")]
  .filter((node) => node.checkVisibility()).length"""
SMALL = """(least) => [...document.querySelectorAll("#app :is(button, summary, select, .top a)")]
  .filter((node) => node.checkVisibility() && !node.closest("[class*=mantine]"))
  .filter((node) => node.getBoundingClientRect().height < least)
  .map((node) => `${node.tagName} ${node.textContent.slice(0, 30)}`)"""
FILLS = """() => Object.fromEntries([...document.querySelectorAll("#map path[data-look]")]
  .map((path) => [path.dataset.look, getComputedStyle(path).fill]))"""


@pytest.fixture
def page(page: Page, server: str) -> Iterator[Page]:
    """Give a page without color choices of its own afterwards."""
    yield page
    page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_nothing_is_cut_at_four_times_the_size_and_targets_suit_a_thumb(
    page: Page, server: str, path: str
) -> None:
    page.set_viewport_size(ZOOMED)
    open_page(page, server + path)
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(SIDEWAYS) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(SMALL, 31) == []
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(BLANK) == 0


def test_the_map_keeps_its_colors_where_the_system_forces_its_own(page: Page, server: str) -> None:
    page.emulate_media(forced_colors="active")
    open_map(page, f"{server}/?date={SLIDE_DAY}")
    fills = page.evaluate(FILLS)
    assert set(fills) == {"running", "perhaps", "planned", "none_found"}
    assert len(set(fills.values())) == len(fills)


def test_the_first_screen_is_read_in_order(page: Page, server: str) -> None:
    open_map(page, f"{server}/?date={SLIDE_DAY}")
    told = page.locator("#app").aria_snapshot()
    parts = [
        'link "Skip to the content"',
        "- banner:",
        'navigation "Pages"',
        "- main:",
        'heading "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6." [level=1]',
        'textbox "Find counties"',
        'group "Map of the counties.',
        'button "Haywood County. LEAD running"',
        'list "Legend: counties by color"',
        'button "Play through the years"',
        'slider "Month"',
        'heading "How LEAD spread" [level=2]',
        'heading "What changed for people in LEAD" [level=2]',
        'heading "All counties on this day" [level=2]',
        'rowheader "Alamance"',
        "- contentinfo:",
    ]
    places = [told.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    assert 'img:\n      - button "' not in told
