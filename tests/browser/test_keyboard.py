"""Everything by keyboard alone: reach, see the focus, move on."""

import pytest
from playwright.sync_api import Page, expect

from data.words import LOOK_WORDS
from tests.browser.view import (
    SLIDE_DAY,
    assert_chosen,
    assert_rests,
    month_end,
    open_map,
    shown_day,
    told,
)

BACK = "Shift+Tab"
CLEAR = "[aria-label='Clear all chosen counties']"
FOCUSED = "document.activeElement"

# The counties that the arrow keys reach, one step after another, from the one in focus.
REACHED = """() => {
  const reached = new Set();
  const waiting = [document.activeElement];
  while (waiting.length) {
    const county = waiting.pop();
    if (reached.has(county.dataset.fips)) continue;
    reached.add(county.dataset.fips);
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      county.focus();
      county.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      waiting.push(document.activeElement);
    }
  }
  return reached.size;
}"""


@pytest.fixture(scope="module", autouse=True)
def opened(shared_page: Page, server: str) -> None:
    open_map(shared_page, f"{server}/?date={SLIDE_DAY}")


@pytest.fixture
def page(shared_page: Page, server: str) -> Page:
    """Give the map page with no county chosen, the focus at its beginning."""
    clear = shared_page.locator(CLEAR)
    if clear.is_visible():
        clear.click()
    assert_chosen(shared_page, {})
    shared_page.get_by_role("link", name="Skip to the content").focus()
    return shared_page


def focused(page: Page) -> str:
    """Name what has the focus: its id, its FIPS code or its text."""
    return page.evaluate(f"{FOCUSED}.id || {FOCUSED}.dataset.fips || {FOCUSED}.textContent")


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    for _ in range(40):
        if focused(page) == name:
            return
        page.keyboard.press(key)
    pytest.fail(f"{name} cannot be reached by {key}")


def picture_changes_with_focus(page: Page) -> bool:
    """Compare the picture around the focused element with and without the focus."""
    element = page.evaluate_handle(FOCUSED).as_element()
    assert element
    box = element.bounding_box()
    assert box
    clip = {
        "x": max(0.0, box["x"] - 8),
        "y": max(0.0, box["y"] - 8),
        "width": box["width"] + 16,
        "height": box["height"] + 16,
    }
    page.evaluate("document.getElementById('told')?.style.setProperty('opacity', '0')")
    with_focus = page.screenshot(clip=clip, animations="disabled")  # type: ignore[arg-type]
    element.evaluate("(node) => node.blur()")
    without = page.screenshot(clip=clip, animations="disabled")  # type: ignore[arg-type]
    page.evaluate("document.getElementById('told')?.style.removeProperty('opacity')")
    element.focus()
    return with_focus != without


def test_each_stop_of_the_first_screen_shows_its_focus_and_lets_go(page: Page) -> None:
    stops: list[str] = []
    unseen: list[str] = []
    while (name := focused(page)) != "Today":
        assert name not in stops, f"{name} does not let the focus go"
        stops.append(name)
        if not picture_changes_with_focus(page):
            unseen.append(name)
        page.keyboard.press("Tab")
        if focused(page) == name and name == "date":
            page.keyboard.press("Tab")  # the calendar closes first
    assert unseen == []
    for control in ("theme-button", "counties", "play", "month", "date"):
        assert control in stops
    tab_to(page, "Skip to the content", BACK)


def test_the_skip_link_leads_past_the_header(page: Page) -> None:
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "counties"


def test_the_keyboard_moves_the_day_and_chooses_counties(page: Page, server: str) -> None:
    assert shown_day(page) == SLIDE_DAY
    tab_to(page, "month")
    page.keyboard.press("ArrowLeft")
    day = month_end(SLIDE_DAY.replace(month=7))
    assert_rests(page, told(server, day))

    # The map is one stop; the arrow keys lead on from there.
    tab_to(page, page.locator("#map path[tabindex='0']").get_attribute("data-fips") or "", BACK)
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        before = focused(page)
        page.keyboard.press(key)
        assert focused(page) != before
    fips = focused(page)
    name, words = page.evaluate(f"{FOCUSED}.getAttribute('aria-label')").split(" County. ")
    assert words == LOOK_WORDS[told(server, day).looks[fips]]
    box = page.locator("#told")
    expect(box).to_contain_text(f"{name} County")
    expect(box).to_contain_text(words)
    page.keyboard.press("Enter")
    assert_chosen(page, {fips: name})
    assert focused(page) == fips
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.closest('#legend') !== null")

    # By typing: the search offers names, Enter takes the one pointed at.
    tab_to(page, "counties", BACK)
    page.keyboard.type("hayw")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert_chosen(page, {fips: name, "37087": "Haywood"})


def test_the_keyboard_clears_the_choice_at_once(page: Page) -> None:
    page.locator("#legend button:has([data-count='running'])").press("Enter")
    clear = page.locator(CLEAR)
    expect(clear).to_be_visible()
    page.locator("#counties").focus()
    page.keyboard.press("Tab")
    expect(clear).to_be_focused(timeout=1000)
    assert clear.get_attribute("aria-hidden") != "true"
    page.keyboard.press("Enter")
    assert_chosen(page, {})
    expect(page.locator("#counties")).to_be_focused()


def test_the_map_stays_one_stop_after_a_click_and_arrow_keys_reach_every_county(
    page: Page,
) -> None:
    page.locator("#map path[data-fips='37183']").click()
    page.keyboard.press("ArrowRight")
    assert page.locator("#map path[tabindex='0']").count() == 1
    assert page.evaluate(REACHED) == 100
