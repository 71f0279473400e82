"""A steward's work in a browser, and a newer edition on pages that are open."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from data.editions import Place
from data.editions.store import Store
from data.facts import Facts
from data.stewards.accounts import Accounts
from tests.browser.conftest import forget, running, watched
from tests.browser.view import open_map, open_page, wait_for
from tests.data.handed_in import as_csv, rows_as_text, start_cell
from tests.stewards import NAME, PASSWORD, QUICK

ROOT_EDITION = "data-edition"
LATE = 20_000  # milliseconds: long after the first look for a newer edition
OTHER = {"json": {"edition": "another"}}
SHEET = "#app #sheet"


@pytest.fixture(scope="module")
def with_stewards(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, facts: Facts
) -> Iterator[str]:
    """Run an app on a database with one account, and give its address."""
    folder = tmp_path_factory.mktemp("stewards")
    store = Store(Place.of_file(folder / "atlas.sqlite"))
    store.prepare(facts)
    Accounts(store, hasher=QUICK).add(NAME, PASSWORD)
    database = f"sqlite:///{folder / 'atlas.sqlite'}"
    with running(pytestconfig, folder / "log.txt", DATABASE_URL=database) as own:
        yield own.url


@pytest.fixture
def desk(page: Page, with_stewards: str) -> Iterator[Page]:
    """Give a page of this app on which, as on those it opens, nothing may go wrong."""
    with watched(page, with_stewards):
        yield page


@pytest.fixture(scope="module")
def with_clock(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    with browser.new_context(**browser_context_args) as context:
        page = context.new_page()
        page.clock.install()
        yield page


@pytest.fixture
def clocked(with_clock: Page, server: str, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Give a page whose clock a test can set forward."""
    yield with_clock
    forget(with_clock, server, browser_context_args["viewport"])


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/steward")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Steward’s desk")).to_be_visible()


def open_grid(page: Page) -> None:
    expect(page.locator(f"{SHEET}[data-ready]")).to_be_visible()


def cell(page: Page, row: int, column: str) -> str:
    return f"{SHEET} .ag-row[row-index='{row}'] [col-id={column}]"


def reads(page: Page) -> str:
    return page.locator("#app #cell-reads").inner_text()


def test_from_a_mistake_in_a_file_to_a_new_edition_and_back(
    desk: Page, with_stewards: str, facts: Facts, tmp_path: Path
) -> None:
    reader, page = desk, desk.context.new_page()
    open_map(reader, f"{with_stewards}/?date=2015-12-31&counties=37051")
    shown = reader.locator("html").get_attribute(ROOT_EDITION)
    expect(reader.locator("#headline")).to_contain_text("none of 100 counties")
    sign_in(page, with_stewards)

    file = tmp_path / "adoption.csv"
    file.write_text(as_csv(start_cell(rows_as_text(facts), "2015-13")), "utf-8")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("#problems")).to_contain_text("1 problem to mend first")
    expect(page.locator("#publish button")).to_be_disabled()
    page.get_by_role("link", name="adoption, row 2, start").click()

    open_grid(page)
    expect(page.locator("#app #cell-problem")).to_contain_text("“2015-13” is not a date")
    expect(page.locator(cell(page, 0, "start"))).to_have_class(re.compile("cell-problem"))
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("[..2015-03")
    expect(page.locator("#app #cell-problem")).to_contain_text("“[..2015-03” is not a date")
    page.keyboard.type("-31]")
    expect(page.locator("#app #cell-reads")).to_have_text("Reads as: on or before 31 March 2015.")
    page.keyboard.press("Enter")
    expect(page.locator(cell(page, 0, "start"))).not_to_have_class(re.compile("cell-problem"))
    page.get_by_role("button", name="Save to my draft").click()
    expect(page.locator("#app #saved")).to_contain_text("1 program changed. No problem was found.")

    page.goto(f"{with_stewards}/steward?date=2015-12-31")
    expect(page.locator("#changes")).to_contain_text(
        "Cumberland: start changed from [2016-07..2016-09] to [..2015-03-31]"
    )
    expect(page.locator("#maps")).to_contain_text("Cumberland: Planned before, LEAD running after")
    painted = "[data-map=%s] use[href='#c37051'][data-look]"
    expect(page.locator(painted % "before")).to_have_attribute("data-look", "planned")
    expect(page.locator(painted % "after")).to_have_attribute("data-look", "running")
    page.get_by_label("Note").first.fill("An older source was found")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".told")).to_contain_text("Edition 2 is published")
    expect(page.locator("#history li").first).to_contain_text("An older source was found")

    expect(reader.locator("html")).not_to_have_attribute(ROOT_EDITION, str(shown))
    expect(reader.locator("#headline").first).to_contain_text("1 of 100 counties had LEAD")
    assert reader.url == f"{with_stewards}/?date=2015-12-31&counties=37051"

    page.get_by_text("Restore edition 1").first.click()
    page.locator("#history").get_by_label("Note").fill("Taken back")
    page.locator("#history").get_by_role("button", name="Restore edition 1").click()
    expect(page.locator(".told")).to_contain_text("Edition 3 is published")
    expect(reader.locator("html")).to_have_attribute(ROOT_EDITION, str(shown))


def test_the_grid_is_worked_with_the_keys_alone(desk: Page, with_stewards: str) -> None:
    page = desk
    sign_in(page, with_stewards)
    page.goto(f"{with_stewards}/steward/edit?table=adoption&row=2&column=is_lead")
    open_grid(page)
    chosen = page.locator(cell(page, 0, "is_lead"))
    page.keyboard.press("Enter")
    expect(page.locator(".ag-select-list")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(chosen).to_have_text("no")
    page.keyboard.press("Control+z")
    expect(chosen).to_have_text("yes")
    page.keyboard.press("Control+y")
    expect(chosen).to_have_text("no")
    page.keyboard.press("Control+z")

    page.get_by_role("button", name="Undo").evaluate("(button) => button.blur()")
    page.locator(cell(page, 0, "is_lead")).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#app #pick")).to_be_visible()
    page.keyboard.type("yahoo-gaston-2024")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take these").press("Enter")
    expect(page.locator(cell(page, 0, "sources"))).to_contain_text("; yahoo-gaston-2024-02-16")


def test_rows_are_added_copied_deleted_and_brought_back(
    desk: Page, with_stewards: str, facts: Facts
) -> None:
    page = desk
    sign_in(page, with_stewards)
    page.goto(f"{with_stewards}/steward/edit?table=claims&row=2&column=id")
    open_grid(page)
    count = len(facts.claims)
    number = page.locator(f"{SHEET} [col-id=row].ag-cell")

    def press(name: str) -> None:
        page.locator(f"#app [data-grid={name}]").click()

    expect(number).to_have_count(count)
    for name, wanted in (("copy", count + 1), ("add", count + 2), ("undo", count + 1),
                         ("remove", count), ("undo", count + 1), ("undo", count),
                         ("redo", count + 1)):  # fmt: skip
        press(name)
        expect(number).to_have_count(wanted)
    press("save")
    expect(page.locator("#app #sheet-problems")).to_contain_text("This stands in row 2 already")
    page.locator("#app #sheet-problems button").first.click()
    expect(page.locator("#app #cell-problem")).to_contain_text("Keep one of the two rows")
    press("undo")
    expect(number).to_have_count(count)
    press("save")
    expect(page.locator("#app #saved")).to_contain_text("No differences. No problem was found.")


def test_what_is_typed_in_the_grid_is_only_text(desk: Page, with_stewards: str) -> None:
    page = desk
    sign_in(page, with_stewards)
    page.goto(f"{with_stewards}/steward/edit?table=sources&row=2&column=id")
    open_grid(page)
    hostile = "<img src=x onerror=alert(1)>"
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(hostile)
    page.keyboard.press("Enter")
    expect(page.locator(cell(page, 0, "id"))).to_have_text(hostile)
    assert page.locator("#app img").count() == 0


def test_leaving_the_grid_asks_about_edits_and_comes_to_a_whole_page(
    desk: Page, with_stewards: str
) -> None:
    page, asked = desk, []
    sign_in(page, with_stewards)
    page.goto(f"{with_stewards}/steward/edit?table=claims&row=2&column=id")
    open_grid(page)
    page.locator("#app [data-grid=copy]").click()

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.get_by_role("link", name="Evidence").click()
    expect(page.get_by_role("link", name="Español")).to_be_visible()
    assert asked == ["beforeunload"]


PLACES = [
    pytest.param("/next/37007", "typed", id="a-form-is-typed-in"),
    pytest.param("/?date=2016-12-31", "plays", id="play-runs"),
]


@pytest.mark.parametrize(("path", "busy"), PLACES)
def test_a_busy_page_is_told_and_not_taken_away(
    clocked: Page, with_stewards: str, path: str, busy: str
) -> None:
    (open_map if path.startswith("/?") else open_page)(clocked, with_stewards + path)
    if busy == "plays":
        clocked.locator("#play").click()
    else:
        clocked.locator("#app .question summary").first.click()
        clocked.locator("#app .question textarea").first.fill("A note")
    clocked.route("**/edition", lambda route: route.fulfill(**OTHER))
    clocked.clock.fast_forward(LATE)
    bar = clocked.locator(".newer")
    expect(bar).to_contain_text("A newer edition was published.")
    if busy == "typed":
        expect(clocked.locator("#app .question textarea").first).to_have_value("A note")
    clocked.unroute("**/edition")
    bar.get_by_role("button", name="Show it").click()
    expect(bar).to_have_count(0)


def test_the_presenter_changes_without_a_bar_and_keeps_its_panel(
    clocked: Page, with_stewards: str
) -> None:
    clocked.goto(f"{with_stewards}/present?date=2019-08-31")
    clocked.keyboard.press("3")
    expect(clocked.locator("[data-panel]").nth(2)).to_be_visible()
    clocked.route("**/edition", lambda route: route.fulfill(**OTHER), times=1)
    with clocked.expect_navigation():
        clocked.clock.fast_forward(LATE)
    expect(clocked.locator("[data-panel]").nth(2)).to_be_visible()
    assert clocked.locator(".newer").count() == 0


def test_a_page_stands_again_where_it_stood(clocked: Page, with_stewards: str) -> None:
    open_page(clocked, f"{with_stewards}/evidence")
    clocked.mouse.wheel(0, 900)
    wait_for(clocked, "window.scrollY > 800")
    clocked.route("**/edition", lambda route: route.fulfill(**OTHER), times=1)
    with clocked.expect_navigation():
        clocked.clock.fast_forward(LATE)
    wait_for(clocked, "Math.abs(window.scrollY - 900) < 3")


@pytest.mark.parametrize("path", ["/", "/present", "/data"])
def test_without_a_database_nothing_is_asked(clocked: Page, server: str, path: str) -> None:
    asked: list[str] = []
    clocked.on("request", lambda request: asked.append(urlsplit(request.url).path))
    clocked.goto(f"{server}{path}")
    wait_for(clocked, "window.atlas")
    clocked.clock.fast_forward(LATE)
    clocked.evaluate("() => new Promise((resolve) => requestAnimationFrame(resolve))")
    assert "/edition" not in asked


def test_a_table_is_tried_and_a_correction_becomes_a_file(
    clean_page: Page, server: str, facts: Facts, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(as_csv(start_cell(rows_as_text(facts), "[..2015-03-31]")), "utf-8")
    clean_page.goto(f"{server}/try")
    clean_page.locator("[name=file]").set_input_files(file)
    clean_page.get_by_label("Day of the maps").fill("2015-12-31")
    clean_page.get_by_role("button", name="Try it").click()
    expect(clean_page.locator("#maps")).to_contain_text("1 of 100 counties look different")
    clean_page.get_by_role("link", name="Report a correction").click()
    clean_page.get_by_label("County").select_option("Gaston")
    clean_page.get_by_label("What is wrong").fill("It began on <b>31</b> August")
    with clean_page.expect_download() as given:
        clean_page.get_by_role("button", name="Save it as a file").click()
    text = Path(given.value.path()).read_text("utf-8")
    assert text.startswith("County: Gaston\n")
    assert "It began on <b>31</b> August" in text
    assert facts.edition in text
