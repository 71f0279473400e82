"""Every way to move the day ends with picture, plotly, words, date box and address at one day."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from data.dates import day_words, today
from data.facts import Facts
from data.status import history
from tests.browser.view import (
    SLIDE_DAY,
    assert_rests,
    differences,
    month_end,
    open_map,
    see,
    shown_day,
    told,
    wait_for,
)

START = date(2019, 4, 30)


@pytest.fixture(scope="module", autouse=True)
def opened(shared_page: Page, server: str) -> None:
    open_map(shared_page, f"{server}/?date={START}")


@pytest.fixture
def page(shared_page: Page, server: str) -> Page:
    """Give the shared page, moved back to the start where a test before has left it."""
    if differences(see(shared_page), told(server, START).seen()):
        type_day(day_words(START), "Tab")(shared_page)
    assert_rests(shared_page, told(server, START))
    return shared_page


def press(*keys: str) -> Callable[[Page], None]:
    def move(page: Page) -> None:
        for key in keys:
            page.locator("#month").press(key)

    return move


def click(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def type_day(text: str, key: str = "Enter") -> Callable[[Page], None]:
    def move(page: Page) -> None:
        page.locator("#date").fill(text)
        page.locator("#date").press(key)

    return move


def pick_in_calendar(page: Page) -> None:
    page.locator("#date").click()
    page.get_by_role("button", name="15 April 2019", exact=True).click()


@pytest.mark.parametrize(
    ("move", "day"),
    [
        pytest.param(press("Home"), date(2015, 1, 31), id="slider-home"),
        pytest.param(press("End"), today(), id="slider-end"),
        pytest.param(click("31 Aug 2019"), SLIDE_DAY, id="day-button"),
        pytest.param(click("Today"), today(), id="today-button"),
        pytest.param(type_day("15 July 2016"), date(2016, 7, 15), id="typed-day"),
        pytest.param(type_day("2023-07-15", "Tab"), date(2023, 7, 15), id="typed-iso-day"),
        pytest.param(type_day("12/31/2016", "Tab"), date(2016, 12, 31), id="typed-us-day"),
    ],
)
def test_a_move_to_a_day_brings_every_part_along(
    shared_page: Page, server: str, move: Callable[[Page], None], day: date
) -> None:
    assert shown_day(shared_page) != day
    move(shared_page)
    assert_rests(shared_page, told(server, day))


@pytest.mark.parametrize(
    ("move", "day"),
    [
        pytest.param(press("ArrowRight"), date(2019, 5, 31), id="slider-key"),
        pytest.param(press("ArrowLeft", "ArrowLeft"), date(2019, 2, 28), id="slider-keys"),
        pytest.param(type_day("no day at all", "Tab"), START, id="typed-nonsense"),
        pytest.param(pick_in_calendar, date(2019, 4, 15), id="picked-in-the-calendar"),
    ],
)
def test_a_move_from_a_day_brings_every_part_along(
    page: Page, server: str, move: Callable[[Page], None], day: date
) -> None:
    move(page)
    assert_rests(page, told(server, day))


UNREAD = {
    "foo": "“foo” is not a day like 31 August 2019",
    "30 February 2019": "“30 February 2019” is not a day like 31 August 2019",
    "1 January 20": "“1 January 20” is not a day like 31 August 2019",
    "1 January 2099": "The map goes from 1 January 2015 to ",
    "12/31/2014": ", not to 31 December 2014",
}


@pytest.mark.parametrize("text", UNREAD)
@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_day_that_cannot_be_shown_is_told(page: Page, server: str, text: str, key: str) -> None:
    page.locator("#date").fill("")
    page.locator("#date").press_sequentially(text)
    page.locator("#date").press(key)
    notice = page.locator("#notice")
    expect(notice).to_contain_text(UNREAD[text])
    expect(notice).to_contain_text(f"; still showing {day_words(START)}.")
    expect(page.locator("#headline")).to_have_text(told(server, START).heading)
    press("ArrowRight")(page)
    expect(notice).to_have_text("")


READ = {
    "31 August 2019": "2019-08-31",
    " 1 sept 2019": "2019-09-01",
    "August 31st, 2019": "2019-08-31",
    "2019-08-31": "2019-08-31",
    "8/31/2019": "2019-08-31",
    "29.2.2020": None,
    "2/29/2020": "2020-02-29",
    "2/29/2019": None,
    "31/12/2019": None,
    "2019-8": None,
    "31 Augustus 2019": None,
    "on 31 August 2019 or so": "2019-08-31",
    "from 31 August 2019": None,
    "": None,
}


def test_a_day_is_read_only_where_it_is_whole(shared_page: Page) -> None:
    read = "texts => Object.fromEntries(texts.map(text => [text, window.atlas.readDay(text)]))"
    assert shared_page.evaluate(read, list(READ)) == READ


def test_enter_takes_the_day_and_leaves_the_focus_in_the_box(page: Page, server: str) -> None:
    type_day("7/15/2016")(page)
    assert_rests(page, told(server, date(2016, 7, 15)))
    expect(page.locator("#date")).to_be_focused()
    expect(page.locator(".mantine-DateInput-day")).to_have_count(0)
    expect(page.locator("#spoken")).to_contain_text("On 15 July 2016")


@pytest.mark.parametrize(
    ("way", "name"), [("after", "Next change ›"), ("before", "‹ Previous change")]
)
def test_change_buttons_go_to_the_nearest_day_on_which_a_county_changes(
    page: Page, server: str, facts: Facts, way: str, name: str
) -> None:
    changes = {day.date() for day in history(facts)["day"]}
    after = min(day for day in changes if day > START)
    before = max(day for day in changes if day < START)
    click(name)(page)
    assert_rests(page, told(server, {"after": after, "before": before}[way]))


def test_dragging_the_slider_moves_the_day(page: Page, server: str) -> None:
    slider = page.locator("#month")
    box = slider.bounding_box()
    assert box
    value, months = int(slider.input_value()), int(slider.get_attribute("max") or 0)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 10 + (box["width"] - 20) * value / months, middle)
    page.mouse.down()
    for share in (0.5, 0.6, 0.7):
        page.mouse.move(box["x"] + box["width"] * share, middle)
    page.mouse.up()
    wait_for(page, "(old) => document.getElementById('month').value !== old", arg=str(value))
    day = shown_day(page)
    assert day > date(2022, 1, 1)
    assert day == month_end(day)
    assert_rests(page, told(server, day))


def test_play_runs_month_by_month_until_it_is_paused(page: Page, server: str) -> None:
    play = page.locator("#play")
    assert play.get_attribute("aria-label") == "Play through the years"
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    wait_for(
        page,
        "(words) => document.getElementById('month').getAttribute('aria-valuetext') !== words",
        arg=day_words(START),
    )
    play.click()
    expect(play).to_have_attribute("aria-label", "Play through the years")
    day = shown_day(page)
    assert START < day < today()
    assert_rests(page, told(server, day))


def test_play_reaches_today_and_stops(page: Page, server: str) -> None:
    play = page.locator("#play")
    press("End", "ArrowLeft", "ArrowLeft", "ArrowLeft")(page)
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    expect(play).to_have_attribute("aria-label", "Play through the years")
    assert_rests(page, told(server, today()))
    # Once more from the end begins again at the start.
    play.click()
    wait_for(page, "document.getElementById('month').value < 12")
    play.click()
    assert_rests(page, told(server, shown_day(page)))


def test_another_move_stops_play(page: Page, server: str) -> None:
    page.locator("#play").click()
    click("31 Aug 2019")(page)
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play through the years")
    assert_rests(page, told(server, SLIDE_DAY))


def test_back_and_forward_move_the_day(page: Page, server: str) -> None:
    days = [START, SLIDE_DAY, today(), date(2016, 7, 15)]
    moves = [click("31 Aug 2019"), click("Today"), type_day("15 July 2016", "Tab")]
    for move, day in zip(moves, days[1:], strict=True):
        move(page)
        assert_rests(page, told(server, day))
    for day in days[-2::-1]:
        page.go_back()
        assert_rests(page, told(server, day))
    for day in days[1:]:
        page.go_forward()
        assert_rests(page, told(server, day))


def test_back_from_a_typed_day_takes_the_date_box_along(page: Page, server: str) -> None:
    type_day("15 July 2016", "Enter")(page)
    assert_rests(page, told(server, date(2016, 7, 15)))
    page.go_back()
    assert_rests(page, told(server, START))


def test_the_curve_says_its_values_on_the_day(page: Page, server: str) -> None:
    type_day("2015-06-01")(page)
    assert_rests(page, told(server, date(2015, 6, 1)))
    words = page.locator(".spread")
    expect(words).to_have_text("On 1 June 2015: 0 counties; 0.0% of the state's residents.")
    type_day(str(SLIDE_DAY))(page)
    expect(words).to_have_text(
        "On 31 August 2019: 5 counties, perhaps 6; 9.3% of the state's residents, perhaps 10.1%."
    )
