"""The day moves in the browser alone: the server is gone once the page stands."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from playwright.sync_api import Page

from data.dates import day_words, today
from data.words import LOOKS
from tests.browser.conftest import Server
from tests.browser.view import SEE, Told, assert_rests, month_end, open_map, told, wait_for

FIRST = date(2015, 1, 31)
DAYS = [date(2016, 7, 15), date(2016, 12, 31), date(2019, 8, 31), date(2023, 7, 15)]

# What the map page shows once the slider tells the day in these words, and where the middle of the
# curve's cursor stands, as a share of the curve's width. Null when the words do not come.
SEE_AT = f"""async ([looks, words, whole]) => {{
  const slider = document.getElementById("month");
  for (let frames = 0; slider.getAttribute("aria-valuetext") !== words; frames += 1) {{
    if (frames > 300) return null;
    await new Promise(requestAnimationFrame);
  }}
  const panel = document.querySelector("#curve .nsewdrag").getBoundingClientRect();
  const cursor = document.querySelector(".cursor").getBoundingClientRect();
  const share = (cursor.x + cursor.width / 2 - panel.x) / panel.width;
  return whole ? {{ ...({SEE})(looks), share }} : {{ share }};
}}"""
PARTS = ("heading", "legend", "map", "map_words", "table", "table_words")


def months() -> Iterator[date]:
    day = FIRST
    while day < today():
        yield day
        day = month_end(day + timedelta(days=1))
    yield today()


def assert_painted(page: Page, day: date, wanted: Told | None) -> None:
    """Wait for a day; hold the curve's cursor to it, and the picture to what was told of it."""
    seen = page.evaluate(SEE_AT, [list(LOOKS), day_words(day), wanted is not None])
    assert seen, f"The slider never told {day_words(day)}."
    first = FIRST.replace(day=1)
    share = (day - first).days / (today() - first).days
    assert abs(seen["share"] - share) < 0.01
    if wanted:
        seen_then = {part: seen[part] for part in PARTS}
        assert seen_then == {part: wanted.seen()[part] for part in PARTS}


def test_every_month_and_day_shows_without_the_server(
    page: Page, own_server: Callable[[], Server]
) -> None:
    server = own_server()
    open_map(page, server.url)
    quarters = [day for day in months() if day.month % 3 == 0]
    by_day = {day: told(server.url, day) for day in [*quarters, *DAYS, FIRST, today()]}
    server.stop()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    slider = page.locator("#month")
    slider.press("Home")
    assert_rests(page, by_day[FIRST])
    for day in months():
        if day != FIRST:
            page.keyboard.press("ArrowRight")
        assert_painted(page, day, by_day.get(day))
    assert_rests(page, by_day[today()])

    for day in DAYS:
        box = page.locator("#date")
        box.fill(day_words(day))
        box.press("Enter")
        assert_rests(page, by_day[day])
        assert_painted(page, day, by_day[day])

    page.get_by_role("button", name="Go to today").click()
    assert_rests(page, by_day[today()])

    page.locator("#play").click()
    wait_for(page, "document.getElementById('month').value > 5")
    page.locator("#play").click()
    page.get_by_role("button", name="Go to 31 August 2019").click()
    assert_rests(page, by_day[date(2019, 8, 31)])
    assert requests == []
