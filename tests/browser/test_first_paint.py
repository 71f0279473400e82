"""The first paint and what comes after it: nothing jumps, nothing is lost, little is sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
PLACES = """(root) => Object.fromEntries([...document.querySelectorAll(
  root + " .map-box path[data-fips]")].map((path) => {
    const box = path.getBoundingClientRect();
    return [path.dataset.fips, [box.x, box.y]];
  }))"""


@dataclass
class Visit:
    """What a visit loads and how it comes to stand.

    ``sizes``: bytes over the wire of each answer, by address and number. ``before``, ``after``:
    where each county lies, in px, in the first paint and in the chart. ``shifted``: the sum of
    the browser's layout shifts.
    """

    asked: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    before: dict[str, list[float]] = field(default_factory=dict)
    after: dict[str, list[float]] = field(default_factory=dict)
    shifted: float = 0.0


def visit(page: Page, url: str) -> Visit:
    """Load the map page and wait until Dash has taken over."""
    made = Visit()
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    urls: dict[str, str] = {}
    client.on(
        "Network.responseReceived",
        lambda event: urls.update({event["requestId"]: event["response"]["url"]}),
    )
    client.on(
        "Network.loadingFinished",
        lambda event: made.sizes.update(
            {f"{urls.get(event['requestId'])} {event['requestId']}": event["encodedDataLength"]}
        ),
    )
    page.on("request", lambda request: made.asked.append(f"{request.method} {request.url}"))
    page.goto(url, wait_until="commit")
    page.wait_for_selector("#first-paint path[data-fips]")
    made.before = page.evaluate(PLACES, "#first-paint")
    page.wait_for_selector("#first-paint", state="detached")
    page.wait_for_load_state("networkidle")
    made.after = page.evaluate(PLACES, "#app")
    made.shifted = page.evaluate("window.shifted")
    client.detach()
    return made


@pytest.fixture(scope="module")
def visits(
    browser: Browser, server: str, browser_context_args: dict[str, Any]
) -> Iterator[list[Visit]]:
    """Give a first visit, and a second by the same reader."""
    with browser.new_context(**browser_context_args) as context:
        context.add_init_script(WATCH_SHIFTS)
        yield [visit(context.new_page(), f"{server}/") for _ in range(2)]


def test_dash_takes_over_without_a_jump(visits: list[Visit]) -> None:
    assert [one.shifted for one in visits if one.shifted > SHIFT_BUDGET] == []


def test_the_map_of_the_first_paint_lies_where_the_chart_comes(visits: list[Visit]) -> None:
    first, _ = visits
    assert len(first.before) == 100
    assert first.before.keys() == first.after.keys()
    for fips, (x, y) in first.before.items():
        assert abs(x - first.after[fips][0]) < 2, fips
        assert abs(y - first.after[fips][1]) < 2, fips


def test_visits_keep_to_their_budgets(visits: list[Visit], server: str) -> None:
    assert index(), "The scripts are not packed: run python app.py --pack."
    first, again = visits
    html = next(size for url, size in first.sizes.items() if url.startswith(f"{server}/ "))
    assert html <= HTML_BUDGET
    assert sum(first.sizes.values()) <= FIRST_VISIT_BUDGET, first.sizes
    assert sum(again.sizes.values()) <= REPEAT_VISIT_BUDGET, again.sizes


def test_nothing_is_fetched_twice(visits: list[Visit]) -> None:
    for one in visits:
        gets = [line for line in one.asked if line.startswith("GET") and "data:" not in line]
        assert gets
        assert len(gets) == len(set(gets)), sorted(gets)


@pytest.fixture
def scriptless(browser: Browser) -> Any:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1366, "height": 768}
    )
    yield context.new_page()
    context.close()


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


@pytest.mark.parametrize("path", ["/", "/county/37051", "/next/37087", "/present", "/correct"])
def test_with_scripts_off_nothing_that_needs_them_can_be_reached(
    scriptless: Page, server: str, path: str
) -> None:
    scriptless.goto(f"{server}{path}")
    expect(scriptless.locator("noscript p")).to_be_visible()
    needing = "[data-action]:not([data-action=sort]), .loading, .early-graph, .questions, #play"
    expect(scriptless.locator(needing).filter(visible=True)).to_have_count(0)


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
