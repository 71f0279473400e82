"""The atlas in one file: opened from a folder, with no server and no network."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data.dates import today
from layouts.address import View
from layouts.pages.offline import offline_file


@pytest.fixture(scope="module")
def offline(
    browser: Browser, facts: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """Give the file as a browser shows it; it may say or ask nothing."""
    place = tmp_path_factory.mktemp("offline") / "atlas.html"
    place.write_text(offline_file(facts, View(today()), today()), "utf-8")
    problems: list[str] = []
    with browser.new_context(viewport={"width": 1366, "height": 768}, offline=True) as context:
        page = context.new_page()
        page.on("console", lambda told: problems.append(told.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda asked: problems.append(asked.url))
        page.goto(place.as_uri())
        problems.remove(place.as_uri())
        yield page
        assert [told for told in problems if not told.startswith("data:")] == []


def test_the_day_moves_and_plays(offline: Page) -> None:
    offline.fill("#date", "2019-08-31")
    expect(offline.locator("h1")).to_have_text(
        "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6."
    )
    assert offline.locator(".map-box path[data-look=running]").count() == 5
    offline.locator("#month").focus()
    offline.keyboard.press("ArrowRight")
    expect(offline.locator("h1")).to_contain_text("On 30 September 2019")
    expect(offline.locator("#spoken")).to_contain_text("On 30 September 2019")
    county = offline.get_by_role("button", name="Robeson County")
    expect(county).to_have_accessible_name("Robeson County. No LEAD found in the sources")
    offline.get_by_role("button", name="Play through the years").click()
    expect(offline.locator("h1")).to_contain_text("2020")
    offline.get_by_role("button", name="Pause").click()


def test_counties_are_found_and_shown_with_their_sources(offline: Page) -> None:
    offline.fill("#date", "2019-08-31")
    expect(offline.locator("#spoken")).to_contain_text("On 31 August 2019")
    offline.fill("#find-county", "Cumberland")
    offline.keyboard.press("Enter")
    card = offline.locator("[data-card='37051']")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Fayetteville Police Department")
    offline.locator(".map-box path[data-fips='37097']").click()
    expect(offline.locator("[data-card]:visible")).to_have_count(2)
    expect(offline.locator(".outlines .chosen")).to_have_count(2)
    expect(offline.locator("#spoken")).to_have_text("Iredell County chosen: LEAD running")
    card.get_by_text("9 sources").click()
    assert card.locator(".sources li").count() == 9
    offline.get_by_role("button", name="Clear").click()
    expect(offline.locator("[data-card]:visible")).to_have_count(0)


def test_panels_and_all_sources_are_there(offline: Page, facts: Any) -> None:
    for words in ("How LEAD spread", "People reached", "Context: North Carolina", "Methods"):
        expect(offline.get_by_role("heading", name=words, exact=True).first).to_be_attached()
    assert offline.locator("svg.chart").count() > 5
    assert offline.locator(".sources.all li").count() == len(facts.sources)


def test_it_is_dark_on_request(offline: Page) -> None:
    offline.get_by_role("button", name="Light or dark").click()
    expect(offline.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
