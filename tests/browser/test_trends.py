"""County trends as an analyst uses them: load a file, choose, read, go back, take it away."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.dates import read_day, today
from data.measures.layers import measure_layer, view_on
from tests.browser.conftest import Server, watched
from tests.browser.view import MAP_STANDS, PAGE_STANDS, wait_for

MEASURE = "vera-incarceration-trends.jail_admissions"
FOUND = re.compile(r"In 10 LEAD counties, [\d,]+ jail admissions were recorded after adoption")


@pytest.fixture
def trends(page: Page, trends_server: str) -> Iterator[Page]:
    """Give a page of the app with a loaded series on which nothing may go wrong."""
    with watched(page, trends_server):
        yield page


def stands(page: Page) -> None:
    wait_for(page, PAGE_STANDS)


def add(page: Page, name: str) -> None:
    page.locator("#app input[name=add]").fill(name)
    page.keyboard.press("Enter")
    expect(page.locator("#app .chips")).to_contain_text(name)


def send(page: Page, file: Path) -> None:
    page.locator("#app input[type=file]").set_input_files(file)
    page.locator("#app").get_by_role("button", name="Look into it").click()


def test_an_analyst_loads_a_file_and_reads_what_it_shows(
    page: Page, own_server: Callable[[], Server], vera_file: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    server = own_server()
    page.goto(f"{server.url}/series")
    stands(page)
    send(page, empty)
    expect(page.locator("#app #file [role=alert], .problem").first).to_contain_text("empty")
    expect(page.locator("#app").get_by_role("button", name="use it")).to_have_count(0)

    with watched(page, server.url):
        page.goto(f"{server.url}/trends")
        stands(page)
        page.get_by_role("link", name="Load a publisher's file").click()
        send(page, vera_file)
        expect(page.locator("#app #file")).to_contain_text("167 apportioned")
        page.locator("#app").get_by_role("button", name="use it").click()
        page.wait_for_url("**/trends?measure=**")
        stands(page)
        page.locator("#app select[name=measure]").select_option(MEASURE)
        page.wait_for_url(f"**measure={MEASURE}**")
        for name in ("Cumberland", "Wake"):
            add(page, name)
        page.wait_for_url("**counties=37051,37183**")
        expect(page.locator("#app #trend .main-svg").first).to_be_visible()
        expect(page.locator("#app #effect .finding")).to_have_text(FOUND)
        expect(page.locator("#app #effect")).to_contain_text("This assumes that LEAD counties")
        with page.expect_download() as sent:
            page.locator("#app #trend").get_by_role(
                "link", name="Download what is drawn (CSV)"
            ).click()
        rows = list(csv.DictReader(io.StringIO(Path(sent.value.path()).read_text("utf-8"))))
        assert {"Cumberland", "Wake", "99 to 100 counties with a value"} <= {
            value for row in rows for value in row.values()
        }


def test_each_choice_is_in_the_address_and_back_undoes_it(trends: Page, trends_server: str) -> None:
    trends.goto(f"{trends_server}/trends?measure={MEASURE}&counties=37051")
    stands(trends)
    expect(trends.locator("#app .finding")).to_have_text(FOUND)
    trends.locator("#app select[name=as]").select_option("count")
    trends.wait_for_url("**as=count**")
    expect(trends.locator("#app #trend .caption")).not_to_contain_text("per 100,000")
    expect(trends.locator("#app select[name=as]")).to_be_focused()
    trends.locator("#app select[name=skip]").select_option("2020,2021")
    trends.wait_for_url("**skip=2020,2021**")
    expect(trends.locator("#app #effect")).to_contain_text("2020 and 2021 left out")
    trends.go_back()
    expect(trends.locator("#app #effect")).to_contain_text("no year left out")
    trends.go_back()
    expect(trends.locator("#app #trend .caption")).to_contain_text("per 100,000")
    trends.get_by_role("link", name="Take out Cumberland County").click()
    expect(trends.locator("#app .chips")).to_contain_text("No county chosen")


def test_more_than_four_counties_get_a_chart_each(trends: Page, trends_server: str) -> None:
    trends.goto(f"{trends_server}/trends?counties=37051,37097,37183,37063,37001")
    stands(trends)
    expect(trends.locator("#app #trend .small-chart")).to_have_count(5)


SEE = """() => ({
  map: Object.fromEntries([...document.querySelectorAll("#map path.choroplethlocation")]
    .map((path) => [path.dataset.fips, path.dataset.look])),
  plotly: ((trace, looks) => Object.fromEntries(
    trace.locations.map((fips, place) => [fips, looks[trace.z[place]]])))(
    document.querySelector("#map .js-plotly-plot").data[0], window.atlas.line.layer.looks),
  heading: document.querySelector("#headline").textContent,
  outlined: document.querySelectorAll(".outlines [class^=lead-]").length,
  told: document.querySelector('#map path[data-fips="37183"]').getAttribute("aria-label"),
})"""


def test_the_map_colored_by_a_measure_follows_the_day(
    trends: Page, trends_server: str, facts: Any, vera: Any
) -> None:
    trends.goto(f"{trends_server}/?date=2018-06-30")
    wait_for(trends, MAP_STANDS)
    trends.locator("#app select[name=layer]").select_option(MEASURE)
    trends.wait_for_url(f"**layer={MEASURE}**")
    expect(trends.locator("#app select[name=layer]")).to_be_focused()
    for day in ("2018-06-30", "2015-03-31", "2023-12-31"):
        wait_for(trends, f"() => ({MAP_STANDS})() && Boolean(window.atlas.line?.layer)")
        trends.evaluate("(day) => window.atlas.go(day)", day)
        if day != "2018-06-30":
            trends.wait_for_url(f"**date={day}**")
        layer = measure_layer(facts, vera, "jail_admissions", read_day(day), today())
        assert layer.history
        looks = dict(zip(layer.frame["fips"], layer.frame["look"], strict=True))
        wait_for(trends, f"(day) => ({SEE})().heading === day", arg=f"{layer.headline}.")
        seen = trends.evaluate(SEE)
        assert seen["map"] == looks
        value = view_on(layer.history, read_day(day))["values"]["37183"]
        assert seen["told"].startswith(f"Wake County. Jail admissions: {value} per 100,000 ")
        wait_for(
            trends,
            f"(looks) => JSON.stringify(({SEE})().plotly) === JSON.stringify(looks)",
            arg=looks,
        )
    assert seen["outlined"] >= 8
