"""The day moves in the browser alone: the server is gone once the page stands."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from playwright.sync_api import Page

from data.dates import day_words, today
from data.words import LOOKS
from tests.browser.conftest import Server
from tests.browser.view import SEE, assert_rests, month_end, open_map, told, wait_for

FIRST = date(2015, 1, 31)
DAYS = [date(2016, 7, 15), date(2016, 12, 31), date(2019, 8, 31), date(2023, 7, 15)]

# Steps the slider from the first month to today, as the arrow key does, and gives of each month
# where the middle of the curve's cursor stands, as a share of the curve's width; and what the page
# shows then, for the days that are asked for.
WALK = f"""async ([looks, wanted]) => {{
  const slider = document.getElementById("month");
  const seen = [];
  for (;;) {{
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    const day = slider.getAttribute("aria-valuetext");
    const panel = document.querySelector("#curve .nsewdrag").getBoundingClientRect();
    const cursor = document.querySelector(".cursor").getBoundingClientRect();
    const share = (cursor.x + cursor.width / 2 - panel.x) / panel.width;
    seen.push([day, share, wanted.includes(day) ? ({SEE})(looks) : null]);
    if (slider.value === slider.max) return seen;
    slider.stepUp();
    slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
  }}
}}"""
PARTS = ("heading", "legend", "map", "map_words", "table", "table_words")


def months() -> Iterator[date]:
    day = FIRST
    while day < today():
        yield day
        day = month_end(day + timedelta(days=1))
    yield today()


def share(day: date) -> float:
    """Give where a day lies on the curve's axis, from 0 to 1."""
    first = FIRST.replace(day=1)
    return (day - first).days / (today() - first).days


def test_every_month_and_day_shows_without_the_server(
    page: Page, own_server: Callable[[], Server]
) -> None:
    server = own_server()
    open_map(page, server.url)
    halves = [day for day in months() if day.month % 6 == 0]
    by_day = {day: told(server.url, day) for day in [*halves, *DAYS, FIRST, today()]}
    server.stop()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    slider = page.locator("#month")
    slider.press("Home")
    assert_rests(page, by_day[FIRST])
    walked = page.evaluate(WALK, [list(LOOKS), [day_words(day) for day in by_day]])
    assert [words for words, *_ in walked] == [day_words(day) for day in months()]
    for day, (_, cursor, seen) in zip(months(), walked, strict=True):
        assert abs(cursor - share(day)) < 0.01, day
        assert (seen is not None) == (day in by_day)
        if seen:
            told_then = by_day[day].seen()
            assert {part: seen[part] for part in PARTS} == {part: told_then[part] for part in PARTS}
    assert_rests(page, by_day[today()])

    for day in DAYS:
        box = page.locator("#date")
        box.fill(day_words(day))
        box.press("Enter")
        assert_rests(page, by_day[day])

    page.get_by_role("button", name="Today").click()
    assert_rests(page, by_day[today()])

    page.locator("#play").click()
    wait_for(page, "document.getElementById('month').value > 5")
    page.locator("#play").click()
    page.get_by_role("button", name="31 Aug 2019").click()
    assert_rests(page, by_day[date(2019, 8, 31)])
    assert requests == []
