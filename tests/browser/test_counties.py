"""Choosing counties: by typing, on the map, by a legend group; and what follows the choice."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from data.facts import Facts
from tests.browser.view import SLIDE_DAY, assert_chosen, assert_rests, open_map, shown_day, told

CLEAR = "[aria-label='Clear all chosen counties']"
HAYWOOD, CUMBERLAND, HYDE = "37087", "37051", "37095"


@pytest.fixture(scope="module", autouse=True)
def opened(shared_page: Page, server: str) -> None:
    open_map(shared_page, f"{server}/?date={SLIDE_DAY}")


@pytest.fixture
def page(shared_page: Page) -> Page:
    """Give the shared page with no county chosen, on the day of the slide."""
    if shared_page.locator(CLEAR).is_visible():
        shared_page.locator(CLEAR).click()
    if shown_day(shared_page) != SLIDE_DAY:
        shared_page.get_by_role("button", name="31 Aug 2019").click()
    assert_chosen(shared_page, {})
    return shared_page


def type_county(page: Page, text: str, name: str) -> None:
    page.get_by_label("Find counties").first.fill(text)
    page.get_by_role("option", name=name, exact=True).click()


def click_county(page: Page, fips: str) -> None:
    page.locator(f"#map path[data-fips='{fips}']").click()


def test_counties_are_chosen_by_typing_and_cleared_with_one_click(page: Page) -> None:
    type_county(page, "haywo", "Haywood")
    assert_chosen(page, {HAYWOOD: "Haywood"})
    type_county(page, "cumb", "Cumberland")
    assert_chosen(page, {HAYWOOD: "Haywood", CUMBERLAND: "Cumberland"})
    page.locator(CLEAR).click()
    assert_chosen(page, {})


def test_a_name_of_no_county_is_answered_in_words(page: Page) -> None:
    page.get_by_label("Find counties").first.fill("Atlantis")
    expect(page.locator(".mantine-MultiSelect-empty")).to_have_text("No county of that name")
    expect(page.locator("#spoken")).to_have_text("No county of that name")
    page.get_by_label("Find counties").first.fill("")
    page.keyboard.press("Escape")


def test_the_search_is_a_box_that_says_whether_it_is_open(page: Page) -> None:
    box = page.get_by_role("combobox", name="Find counties")
    box.fill("hayw")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("")
    page.keyboard.press("Escape")


def test_each_choice_is_spoken(page: Page) -> None:
    spoken = page.locator("#spoken")
    type_county(page, "haywo", "Haywood")
    expect(spoken).to_have_text("Haywood County chosen: LEAD running")
    click_county(page, HYDE)
    expect(spoken).to_have_text("Hyde County chosen: No LEAD found in the sources")
    click_county(page, HYDE)
    expect(spoken).to_have_text("Counties chosen: 1")
    page.locator("#legend button:has([data-count='running'])").click()
    expect(spoken).to_have_text("Counties chosen: 5")
    page.locator(CLEAR).click()
    expect(spoken).to_have_text("No county chosen")


def test_a_click_on_the_map_chooses_a_county_and_a_second_click_lets_go(page: Page) -> None:
    click_county(page, CUMBERLAND)
    assert_chosen(page, {CUMBERLAND: "Cumberland"})
    click_county(page, HAYWOOD)
    assert_chosen(page, {HAYWOOD: "Haywood", CUMBERLAND: "Cumberland"})
    click_county(page, CUMBERLAND)
    assert_chosen(page, {HAYWOOD: "Haywood"})


@pytest.mark.parametrize("look", ["running", "perhaps", "planned", "ended", "none_found"])
def test_a_legend_group_chooses_its_counties(
    page: Page, server: str, look: str, county_names: dict[str, str]
) -> None:
    page.locator(f"#legend button:has([data-count='{look}'])").click()
    group = [fips for fips, found in told(server, SLIDE_DAY).looks.items() if found == look]
    assert_chosen(page, {fips: county_names[fips] for fips in group})


@pytest.fixture
def county_names(facts: Facts) -> dict[str, str]:
    return facts.county_names


def test_the_card_of_a_county_follows_the_day(page: Page, server: str) -> None:
    click_county(page, HAYWOOD)
    assert_chosen(page, {HAYWOOD: "Haywood"})
    status = page.locator("#side article .status")
    expect(status).to_have_text("LEAD running")
    page.locator("#month").press("Home")
    assert_rests(page, told(server, date(2015, 1, 31)))
    expect(status).to_have_text("No LEAD found in the sources")
    expect(status.locator(".swatch")).to_have_attribute("data-look", "none_found")
    assert_chosen(page, {HAYWOOD: "Haywood"})


def test_a_county_without_data_says_so_in_words(page: Page) -> None:
    type_county(page, "hyde", "Hyde")
    assert_chosen(page, {HYDE: "Hyde"})
    for place, words in (
        ("#side", "Nothing was found in the sources"),
        ("#results", "No published result was found for Hyde"),
        ("#reach", "No count of people reached was found for Hyde"),
        ("#context", "No publisher gives two periods by one definition for Hyde"),
    ):
        expect(page.locator(place)).to_contain_text(words)
