"""The table of all counties: each column sorts both ways, and the filter finds words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.dates import read_span, today
from data.words import LOOK_WORDS
from tests.browser.view import SLIDE_DAY, assert_rests, open_map, shown_day, told, wait_for

COLUMNS = ["County", "Status", "Programs", "Start", "End", "Last confirmed", "Not counted"]

# The cells of a column from top to bottom: what orders them (an EDTF date or the text).
CELLS = """([table, column]) => [...table.tBodies[0].rows].map((row) => {
  const cell = row.cells[column];
  return cell.dataset.sort ?? cell.textContent;
})"""
SHOWN = """() => [...document.querySelectorAll("#county-table tbody tr")]
  .filter((row) => row.getBoundingClientRect().height > 0).map((row) => row.dataset.fips)"""


@pytest.fixture(scope="module", autouse=True)
def opened(shared_page: Page, server: str) -> None:
    open_map(shared_page, f"{server}/?date={SLIDE_DAY}")


@pytest.fixture
def page(shared_page: Page, server: str) -> Page:
    shared_page.locator("#table-filter").fill("")
    if shown_day(shared_page) != SLIDE_DAY:
        shared_page.get_by_role("button", name="31 Aug 2019").click()
        assert_rests(shared_page, told(server, SLIDE_DAY))
    return shared_page


def cells(page: Page, column: int) -> list[str]:
    table = page.locator("#county-table table").element_handle()
    return page.evaluate(CELLS, [table, column])


def status_order(words: str) -> int:
    return list(LOOK_WORDS.values()).index(words)


def first_day(edtf: str) -> date:
    return read_span(edtf.split("; ")[0]).earliest


ORDER: dict[str, Callable[[str], Any]] = {
    "Status": status_order,
    "Start": first_day,
    "End": first_day,
    "Last confirmed": first_day,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_sorts_both_ways_with_blank_cells_last(page: Page, column: str) -> None:
    place = COLUMNS.index(column)
    head = page.locator("#county-table thead th").nth(place)
    before = cells(page, place)
    if head.get_attribute("aria-sort") == "ascending":  # as the table begins
        head.get_by_role("button").click()
    for way in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        assert page.locator("#county-table th[aria-sort]").count() == 1
        after = cells(page, place)
        assert sorted(after) == sorted(before)
        filled = [cell for cell in after if cell]
        assert after == filled + [""] * (len(after) - len(filled))
        keys = [ORDER.get(column, str.casefold)(cell) for cell in filled]
        assert keys == sorted(keys, reverse=way == "descending")


def test_the_table_stays_sorted_by_status_when_the_day_moves(page: Page, server: str) -> None:
    page.locator("#county-table thead th").nth(COLUMNS.index("County")).get_by_role(
        "button"
    ).click()
    head = page.locator("#county-table thead th").nth(COLUMNS.index("Status"))
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Today").click()
    wait_for(
        page,
        "(words) => document.getElementById('headline').textContent === words",
        arg=told(server, today()).heading,
    )
    expect(head).to_have_attribute("aria-sort", "ascending")
    order = [status_order(cell) for cell in cells(page, COLUMNS.index("Status"))]
    assert order == sorted(order)


def test_the_filter_finds_county_agency_and_status(page: Page, server: str) -> None:
    box = page.locator("#table-filter")
    assert len(page.evaluate(SHOWN)) == 100
    for text, found in (
        ("waynesville", ["37087"]),
        ("HAYWOOD", ["37087"]),
        ("  onslow ", ["37133"]),
        ("no county has this", []),
    ):
        box.fill(text)
        assert page.evaluate(SHOWN) == found
        expect(page.locator("#table-rows")).to_have_text(f"{len(found)} of 100 rows")
    box.fill("LEAD running")
    looks = told(server, SLIDE_DAY).looks
    assert sorted(page.evaluate(SHOWN)) == [f for f, look in looks.items() if look == "running"]
    box.fill("")
    assert len(page.evaluate(SHOWN)) == 100
    expect(page.locator("#table-rows")).to_have_text("")


def test_the_filter_follows_the_day(page: Page, server: str) -> None:
    page.locator("#table-filter").fill("Planned: announced")
    day = date(2018, 6, 30)
    page.locator("#date").fill("30 June 2018")
    page.locator("#date").press("Enter")
    expect(page.locator("#headline")).to_have_text(told(server, day).heading)
    looks = told(server, day).looks
    assert sorted(page.evaluate(SHOWN)) == [f for f, look in looks.items() if look == "planned"]
