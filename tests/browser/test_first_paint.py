import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from callbacks.packed import index
from tests.browser.view import wait_for

HTML_BUDGET = 60_000
FIRST_VISIT_BUDGET = 1_700_000
REPEAT_VISIT_BUDGET = 60_000
SHIFT_BUDGET = 0.02

WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifted += entry.value;
})).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def scriptless(browser: Browser) -> Any:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1366, "height": 768}
    )
    yield context.new_page()
    context.close()


def taken_over(page: Page) -> None:
    page.wait_for_selector("#first-paint", state="detached")
    page.wait_for_load_state("networkidle")


def test_with_scripts_off_the_page_answers_and_changes_the_day(
    scriptless: Page, server: str
) -> None:
    scriptless.goto(f"{server}/?date=2016-08-01")
    headline = scriptless.locator("#headline")
    expect(headline).to_have_text("On 1 August 2016, none of 100 counties had LEAD, perhaps 4.")
    scriptless.fill("input[name=date]", "2019-08-31")
    scriptless.get_by_role("button", name="Show this day").click()
    expect(headline).to_have_text("On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6.")
    expect(scriptless.locator("path[data-fips]")).to_have_count(100)
    expect(scriptless.locator("path[data-look=running]")).to_have_count(5)
    expect(scriptless.locator("#county-table tbody tr")).to_have_count(100)


def test_dash_takes_over_without_a_jump(fresh_page: Page, server: str) -> None:
    fresh_page.add_init_script(WATCH_SHIFTS)
    fresh_page.goto(f"{server}/?date=2019-08-31")
    taken_over(fresh_page)
    assert fresh_page.evaluate("window.shifted") <= SHIFT_BUDGET


def test_the_map_of_the_first_paint_lies_where_the_chart_comes(
    fresh_page: Page, server: str
) -> None:
    places = """(root) => Object.fromEntries([...document.querySelectorAll(
      root + " .map-box path[data-fips]")].map((path) => {
        const box = path.getBoundingClientRect();
        return [path.dataset.fips, [box.x, box.y]];
      }))"""
    fresh_page.goto(server, wait_until="commit")
    fresh_page.wait_for_selector("#first-paint path[data-fips]")
    before = fresh_page.evaluate(places, "#first-paint")
    taken_over(fresh_page)
    after = fresh_page.evaluate(places, "#app")
    assert before.keys() == after.keys()
    for fips, (x, y) in before.items():
        assert abs(x - after[fips][0]) < 2, fips
        assert abs(y - after[fips][1]) < 2, fips


def test_a_day_moved_before_dash_has_come_is_kept(page: Page, server: str) -> None:
    held: list[Any] = []
    free: list[bool] = []
    page.route("**/_dash-layout", lambda r: r.continue_() if free else held.append(r))
    page.goto(f"{server}/?date=2019-08-31", wait_until="commit")
    wait_for(page, "window.atlas && window.atlas.line")
    page.focus("#month")
    page.keyboard.press("ArrowRight")
    moved = re.compile("On 30 September 2019")
    expect(page.locator("#first-paint #headline")).to_have_text(moved)
    free.append(True)
    for route in held:
        route.continue_()
    page.wait_for_selector("#first-paint", state="detached")
    expect(page.locator("#headline")).to_have_text(moved)
    page.wait_for_url("**/?date=2019-09-30")


def bytes_of_visit(page: Page, url: str) -> dict[str, int]:
    """Give the bytes over the wire of each answer, by address and number."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    client.on(
        "Network.responseReceived",
        lambda event: urls.update({event["requestId"]: event["response"]["url"]}),
    )
    client.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(url)
    taken_over(page)
    client.detach()
    return {f"{urls.get(key)} {key}": size for key, size in sizes.items()}


def test_visits_keep_to_their_budgets(fresh_page: Page, server: str) -> None:
    assert index(), "The scripts are not packed: run python app.py --pack."
    first = bytes_of_visit(fresh_page, f"{server}/")
    html = next(size for url, size in first.items() if url.startswith(f"{server}/ "))
    assert html <= HTML_BUDGET
    assert sum(first.values()) <= FIRST_VISIT_BUDGET, first
    again = bytes_of_visit(fresh_page, f"{server}/")
    assert sum(again.values()) <= REPEAT_VISIT_BUDGET, again


def test_nothing_is_fetched_twice(fresh_page: Page, server: str) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    fresh_page.goto(f"{server}/")
    taken_over(fresh_page)
    gets = [line for line in asked if line.startswith("GET") and "data:" not in line]
    assert len(gets) == len(set(gets)), sorted(gets)


def test_a_county_chosen_before_dash_has_come_is_kept(page: Page, server: str) -> None:
    held: list[Any] = []
    free: list[bool] = []
    page.route("**/_dash-layout", lambda r: r.continue_() if free else held.append(r))
    page.goto(f"{server}/?date=2019-08-31", wait_until="commit")
    wait_for(page, "window.atlas && window.atlas.line")
    page.click("#first-paint path[data-fips='37051']")
    free.append(True)
    for route in held:
        route.continue_()
    page.wait_for_selector("#first-paint", state="detached")
    page.wait_for_url("**counties=37051**")
    expect(page.locator("#side")).to_contain_text("Cumberland")
