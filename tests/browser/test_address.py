"""The address is the view: opening it, going back to it, and mistakes in it."""

from datetime import date

from playwright.sync_api import Page, expect

from data.dates import day_words, today
from tests.browser.view import SLIDE_DAY, assert_chosen, assert_rests, open_map, told, wait_for

SCHEME = "data-mantine-color-scheme"


def test_an_address_gives_its_view_and_back_gives_it_again(clean_page: Page, server: str) -> None:
    address = f"{server}/?date={SLIDE_DAY}&counties=37051,37129&theme=dark"

    def assert_view() -> None:
        assert_rests(clean_page, told(server, SLIDE_DAY))
        assert_chosen(clean_page, {"37051": "Cumberland", "37129": "New Hanover"})
        expect(clean_page.locator("html")).to_have_attribute(SCHEME, "dark")
        assert clean_page.url == address

    open_map(clean_page, address)
    assert_view()

    clean_page.get_by_role("link", name="Data and methods", exact=True).click()
    expect(clean_page.locator("h1")).to_have_text("Data and methods")
    expect(clean_page.locator("h1")).to_be_focused()
    expect(clean_page).to_have_title("Data and methods – North Carolina LEAD atlas")
    expect(clean_page.locator("nav [aria-current=page]")).to_have_text("Data and methods")
    expect(clean_page.locator("html")).to_have_attribute(SCHEME, "dark")
    clean_page.go_back()
    assert_view()
    expect(clean_page.locator("#headline")).to_be_focused()
    expect(clean_page.locator("nav [aria-current=page]")).to_have_text("Map")

    clean_page.locator("[aria-label='Clear all chosen counties']").click()
    assert_chosen(clean_page, {})
    clean_page.get_by_role("button", name="Today").click()
    assert_rests(clean_page, told(server, today()))
    assert clean_page.url == f"{server}/?theme=dark"
    clean_page.go_back()
    clean_page.go_back()
    assert_view()
    clean_page.go_forward()
    assert_rests(clean_page, told(server, SLIDE_DAY))
    assert_chosen(clean_page, {})


def test_bad_values_fall_back_and_say_so(clean_page: Page, server: str) -> None:
    open_map(clean_page, f"{server}/?date=yesterday&counties=99999,37051&layer=moon&theme=blue")
    notice = clean_page.locator("#notice")
    expect(notice).to_be_visible()
    for sentence in (
        "“yesterday” is not a day like 2019-08-31; showing today.",
        "No county has the FIPS code “99999”; left out.",
        "There is no layer “moon”; showing LEAD.",
        "There is no theme “blue”; use light or dark.",
    ):
        expect(notice).to_contain_text(sentence)
    assert_chosen(clean_page, {"37051": "Cumberland"}, address=False)
    expect(clean_page.locator("#headline")).to_have_text(told(server, today()).heading)


WRITTEN = {
    "8/31/2019": SLIDE_DAY,  # as a spreadsheet writes it
    "2010-01-01": date(2010, 1, 1),  # before the history
    "2999-01-01": None,  # in the future
}


def test_back_gives_the_day_of_an_address_however_it_was_written(
    clean_page: Page, server: str
) -> None:
    heading = clean_page.locator("#headline")
    asked = "new URL(window.location).searchParams.get('date')"
    for written, day in WRITTEN.items():
        open_map(clean_page, f"{server}/?date={written}")
        expect(heading).to_have_text(told(server, day or today()).heading)
        # One move away from it and back.
        clean_page.get_by_role("button", name="‹ Previous change").click()
        expect(clean_page.locator("#date")).not_to_have_value(day_words(day or today()))
        wait_for(clean_page, f"(written) => {asked} !== written", arg=written)
        clean_page.go_back()
        expect(clean_page.locator("#date")).to_have_value(day_words(day or today()))
        expect(heading).to_have_text(told(server, day or today()).heading)
        assert clean_page.evaluate(asked) in (written, None if day is None else day.isoformat())


def test_a_link_to_the_map_shows_the_day_of_its_address(clean_page: Page, server: str) -> None:
    clean_page.goto(f"{server}/?date=2019-08-31&counties=37051")
    clean_page.wait_for_selector("#first-paint", state="detached")
    clean_page.get_by_role("link", name="Data and methods").first.click()
    clean_page.wait_for_selector(".data-page")
    clean_page.get_by_role("link", name="Map", exact=True).first.click()
    clean_page.wait_for_selector("#map path[data-fips]")
    assert_chosen(clean_page, {})
    expect(clean_page.locator("#headline")).not_to_contain_text("31 August 2019")


def test_an_address_lands_at_a_place_that_is_folded_or_yet_to_come(page: Page, server: str) -> None:
    for place in ("/data#source-wunc-2019-02-22", "/#results"):
        page.goto(server + place)
        wait_for(page, "() => !document.getElementById('first-paint')")
        expect(page.locator(place[place.index("#") :])).to_be_in_viewport()
