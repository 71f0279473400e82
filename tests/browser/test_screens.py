"""The first screen: what fits on it, how it is read aloud, its colors where they are forced."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from data.dates import today
from tests.browser.view import SLIDE_DAY, assert_rests, open_map, told

PHONE: ViewportSize = {"width": 390, "height": 844}
FILLS = """() => Object.fromEntries([...document.querySelectorAll("#map path[data-look]")]
  .map((path) => [path.dataset.look, getComputedStyle(path).fill]))"""


@pytest.fixture(scope="module")
def screen(shared_page: Page, server: str) -> Page:
    """Give the map page on the day of the slide."""
    open_map(shared_page, f"{server}/?date={SLIDE_DAY}")
    return shared_page


@pytest.mark.parametrize("way", ["Today", "31 Aug 2019"])
def test_a_laptop_shows_the_answer_without_scrolling(screen: Page, way: str) -> None:
    screen.get_by_role("button", name=way).click()
    for part in ("#headline", "#detail", "#map .geolayer", "#legend", "#month", "#date", "#curve"):
        box = screen.locator(part).first.bounding_box()
        assert box, part
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 768, part
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
    for wide in screen.locator("#legend button, .time button").all():
        expect(wide).to_be_in_viewport(ratio=1)


def test_the_first_screen_is_read_in_order(screen: Page) -> None:
    told = screen.locator("#app").aria_snapshot()
    parts = [
        'link "Skip to the content"',
        "- banner:",
        'navigation "Pages"',
        "- main:",
        'heading "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6." [level=1]',
        'combobox "Find counties"',
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


def test_the_map_keeps_its_colors_where_the_system_forces_its_own(screen: Page) -> None:
    screen.emulate_media(forced_colors="active")
    fills = screen.evaluate(FILLS)
    screen.emulate_media(forced_colors="none")
    assert set(fills) == {"running", "perhaps", "planned", "none_found"}
    assert len(set(fills.values())) == len(fills)


def test_a_phone_shows_the_whole_map_on_its_first_screen(screen: Page, server: str) -> None:
    screen.set_viewport_size(PHONE)
    screen.get_by_role("button", name="Today").click()
    assert_rests(screen, told(server, today()))
    screen.evaluate("window.scrollTo(0, 0)")
    box = screen.locator("#map .geolayer").first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["width"] > 300
    assert box["y"] + box["height"] <= PHONE["height"]
