"""Presenter mode: a talk given with keys alone, legible from the back of the room."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import watched
from tests.browser.view import wait_for

SIZES = [(1280, 720), (1366, 768), (1920, 1080), (3840, 2160)]
SMALLEST = """() => {
  const seen = [...document.querySelectorAll(".present *")].filter((node) =>
    node.checkVisibility() && !node.closest("[hidden], .only-spoken, #story, details") &&
    [...node.childNodes].some((part) => part.nodeType === 3 && part.textContent.trim()) &&
    node.getBoundingClientRect().height > 0);
  const scale = (node) => {
    const svg = node.ownerSVGElement;
    return svg ? svg.getScreenCTM().a : 1;
  };
  return seen.map((node) => [
    parseFloat(getComputedStyle(node).fontSize) * scale(node) / window.innerHeight,
    node.tagName, node.textContent.trim().slice(0, 40)]).sort()[0];
}"""
OVERFLOW = """() => [document.documentElement.scrollHeight - window.innerHeight,
  document.documentElement.scrollWidth - window.innerWidth]"""


@pytest.fixture
def screen(page: Page, server: str) -> Iterator[Page]:
    """Give the presenter's screen on the day of the slide; nothing may go wrong on it."""
    with watched(page, server):
        page.goto(f"{server}/present?date=2019-08-31")
        expect(page.locator("h1")).to_have_text(
            "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6."
        )
        yield page


def test_the_arrows_step_by_month_and_the_clicker_from_change_to_change(screen: Page) -> None:
    day = screen.locator("#big-day")
    screen.keyboard.press("ArrowRight")
    expect(day).to_have_text("30 September 2019")
    screen.keyboard.press("ArrowLeft")
    expect(day).to_have_text("31 August 2019")
    screen.keyboard.press("PageDown")
    expect(day).not_to_have_text("31 August 2019")
    screen.keyboard.press("PageUp")
    screen.keyboard.press("Home")
    expect(day).to_have_text("1 January 2015")
    screen.keyboard.press("End")
    screen.wait_for_url(re.compile(r"/present$"))


ROBESON = ".map-box path[data-fips='37155']"


def test_who_does_not_see_the_map_is_told_of_the_day(screen: Page) -> None:
    map_ = screen.get_by_role("group", name="Map of the counties.")
    county = map_.get_by_role("button", name="Robeson County")
    expect(county).to_have_accessible_name("Robeson County. No LEAD found in the sources")
    screen.keyboard.press("End")
    expect(county).to_have_accessible_name("Robeson County. Ended")
    expect(screen.locator(ROBESON)).to_have_text("")
    spoken = screen.locator("#spoken")
    expect(spoken).to_contain_text("Ended: Robeson.")
    county.press("Enter")
    expect(spoken).to_have_text("Robeson County chosen: Ended")
    screen.keyboard.press("3")
    expect(spoken).to_have_text("What changed for people in LEAD")


def test_what_opens_takes_the_focus_and_gives_it_back(screen: Page) -> None:
    screen.locator("#month").focus()
    for key, name in (("?", "Keys"), ("s", "The story"), ("b", "Blank screen")):
        screen.keyboard.press(key)
        box = screen.get_by_role("dialog", name=name)
        expect(box).to_be_visible()
        assert box.evaluate("(node) => node.contains(document.activeElement)")
        screen.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(screen.locator("#month")).to_be_focused()


def test_space_plays_and_pauses(screen: Page) -> None:
    screen.keyboard.press("Home")
    screen.keyboard.press(" ")
    expect(screen.locator("#big-day")).to_contain_text("2016")
    screen.keyboard.press(" ")
    expect(screen.locator("#play")).to_have_text("▶")


def test_numbers_switch_panels_and_letters_do_the_rest(screen: Page) -> None:
    for number in "23451":
        screen.keyboard.press(number)
        expect(screen.locator(f"[data-panel='{number}']")).to_be_visible()
        expect(screen.locator("[data-panel]:visible")).to_have_count(1)
    screen.keyboard.press("b")
    expect(screen.locator("#blank")).to_be_visible()
    screen.keyboard.press("b")
    expect(screen.locator("#blank")).to_be_hidden()
    screen.keyboard.press("?")
    expect(screen.locator("#keys")).to_contain_text("Page Up, Page Down")
    screen.keyboard.press("Escape")
    expect(screen.locator("#keys")).to_be_hidden()
    screen.keyboard.press("d")
    expect(screen.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    screen.keyboard.press("Escape")
    screen.wait_for_url("**/?date=2019-08-31**")


def test_the_doubt_and_the_cursor_follow_the_day_and_the_map_stays_where_it_is(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/present?date=2019-08-31")
    doubt, box = page.locator("#doubt"), page.locator(".map-box")
    expect(doubt).to_have_text("")
    before = box.bounding_box()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#big-day")).to_have_text("30 September 2019")
    assert box.bounding_box() == before
    page.keyboard.press("End")
    expect(doubt).to_contain_text("the newest confirmation was more than two years old.")
    assert box.bounding_box() == before
    page.keyboard.press("2")
    expect(page.locator(".key .day-words")).to_have_text(page.locator("#big-day").inner_text())
    cursor = "node => getComputedStyle(node).getPropertyValue('--day')"
    assert page.locator(".curve-box").evaluate(cursor) == "1"


def test_panels_are_reached_by_hand_and_those_of_any_day_stand_under_none(screen: Page) -> None:
    bar = screen.get_by_role("group", name="Panels and tools")
    for number, name in enumerate(("Map", "Spread", "Results", "People reached", "Context"), 1):
        bar.get_by_role("button", name=name).click()
        expect(screen.locator("[data-panel]:visible")).to_have_attribute("data-panel", f"{number}")
        expect(bar.locator("[aria-pressed=true]")).to_have_text(name)
        expect(screen.locator("h1, #big-day").locator("visible=true")).to_have_count(
            2 if number < 3 else 0
        )
    bar.get_by_role("button", name="Keys (?)").click()
    expect(screen.locator("#keys")).to_be_visible()
    screen.keyboard.press("Escape")
    bar.get_by_role("button", name="Map").click()
    screen.keyboard.press(" ")
    expect(screen.locator("#play")).to_have_text("❚❚")


def test_a_county_is_named_as_soon_as_it_is_chosen(screen: Page) -> None:
    name = screen.locator(".map-name[data-fips='37141']")
    expect(name).to_be_hidden()
    screen.locator(".map-box path[data-fips='37141']").first.click()
    expect(name).to_be_visible()


def test_a_phone_has_controls_large_enough_for_a_finger(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/present?date=2019-08-31")
    wait_for(page, "() => window.atlas && window.atlas.line")
    for button in page.locator(".present button").locator("visible=true").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, button.text_content()


def test_a_kept_story_is_opened_and_names_its_panels(screen: Page) -> None:
    screen.keyboard.press("s")
    stops = json.dumps([["2019-08-31", ["37051", "37141"], 2, ""], ["2020-01-31", [], 1, ""]])
    kept = FilePayload(name="story.json", mimeType="application/json", buffer=stops.encode())
    screen.get_by_label("Open a kept story").set_input_files(kept)
    expect(screen.locator("#story li button:first-child")).to_have_text(
        ["31 August 2019 · Spread · Cumberland, Pender", "31 January 2020 · Map"]
    )


def test_a_story_is_made_walked_and_kept_in_the_address(screen: Page) -> None:
    screen.keyboard.press("s")
    screen.get_by_role("button", name="Add this view").click()
    screen.get_by_label("Text of stop 1").fill("The day of the slide")
    screen.keyboard.press("Escape")
    screen.keyboard.press("2")
    screen.keyboard.press("End")
    screen.keyboard.press("s")
    screen.get_by_role("button", name="Add this view").click()
    screen.reload()
    expect(screen.locator("#story-text")).to_have_text("The day of the slide")
    expect(screen.locator("h1")).to_contain_text("On 31 August 2019")
    screen.keyboard.press("PageDown")
    expect(screen.locator("[data-panel='2']")).to_be_visible()
    screen.keyboard.press("PageUp")
    expect(screen.locator("[data-panel='1']")).to_be_visible()


@pytest.mark.parametrize(
    "story",
    [
        "soon",
        json.dumps([["x", 1]]),
        json.dumps([["2019-08-31", ["<b>"], 9, "<img src=x onerror=alert(1)>"]]),
    ],
)
def test_a_hostile_story_is_only_text(clean_page: Page, server: str, story: str) -> None:
    page = clean_page
    page.goto(f"{server}/present?story={quote(story)}")
    expect(page.locator("h1")).to_contain_text("of 100 counties had LEAD")
    page.keyboard.press("s")
    assert page.locator("#story img, #story-text img").count() == 0


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_word_can_be_read_and_the_map_fills_the_screen(
    page: Page, server: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{server}/present?date=2019-08-31")
    wait_for(page, "() => window.atlas && window.atlas.line")
    for number in "12345":
        page.keyboard.press(number)
        share, tag, text = page.evaluate(SMALLEST)
        assert share >= 0.0349, (number, tag, text)
        assert max(page.evaluate(OVERFLOW)) <= 0, number
    page.keyboard.press("1")
    box = page.locator(".map-box").bounding_box()
    assert box is not None
    assert box["width"] * box["height"] >= 0.6 * size[0] * size[1]
