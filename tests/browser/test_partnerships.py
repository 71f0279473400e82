"""Partners and next steps as staff use them: choose, filter, answer, keep, take away."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.view import PAGE_STANDS, wait_for


@pytest.fixture
def watched(page: Page, server: str) -> Iterator[Page]:
    """Give a page on which nothing may go wrong."""
    watch = Watch(page, urlsplit(server).netloc)
    yield page
    assert watch.problems == []


def opened(page: Page, address: str) -> None:
    page.goto(address)
    wait_for(page, PAGE_STANDS)


def test_a_reader_chooses_a_service_filters_and_goes_back(watched: Page, server: str) -> None:
    opened(watched, f"{server}/partnerships?date=2019-08-31")
    expect(watched.locator("#app .small-map")).to_have_count(9)
    watched.locator("#app select[name=service]").select_option("le_naloxone")
    watched.wait_for_url("**service=le_naloxone**")
    expect(watched.locator("#app h1")).to_contain_text("officers carrying naloxone, perhaps")
    expect(watched.locator("#app .one-service use")).to_have_count(100)
    watched.locator("#app .check", has_text=re.compile("^LEAD$")).click()
    watched.wait_for_url("**has=lead**")
    wait_for(watched, PAGE_STANDS)
    expect(watched.locator("#app .check input[value=lead]")).to_be_checked()
    expect(watched.locator("#app .matrix tbody tr")).to_have_count(5)
    watched.go_back()
    expect(watched.locator("#app .check input[value=lead]")).not_to_be_checked()
    watched.locator("#app .matrix th", has_text="County").get_by_role("button").click()
    expect(watched.locator("#app .matrix th").first).to_have_attribute("aria-sort", "ascending")


def test_answers_order_the_steps_and_are_kept_in_the_browser(watched: Page, server: str) -> None:
    opened(watched, f"{server}/next/37147")
    steps = watched.locator("#app .step:visible")
    expect(steps).to_have_count(3)
    choice = watched.locator('#app [data-question="jail_data"]')
    choice.get_by_label("No", exact=True).check()
    expect(steps.first).to_have_attribute("data-step", "jail_data")
    expect(steps.first.locator(".why")).to_contain_text("Answered no")
    expect(watched.locator("#app .answered")).to_have_text("1 of 22 questions is answered.")
    choice.get_by_text("Note").click()
    choice.locator("textarea").fill("Ask Captain B.")
    watched.reload()
    wait_for(watched, PAGE_STANDS)
    expect(steps.first).to_have_attribute("data-step", "jail_data")
    expect(choice.locator("textarea")).to_have_value("Ask Captain B.")


def test_answers_go_into_a_file_and_come_back(watched: Page, server: str, tmp_path: Path) -> None:
    opened(watched, f"{server}/next/37147")
    watched.locator('#app [data-question="ssp"]').get_by_label("Yes", exact=True).check()
    with watched.expect_download() as sent:
        watched.locator("#app").get_by_role("button", name="Save answers to a file").click()
    text = Path(sent.value.path()).read_text("utf-8")
    assert json.loads(text)["answers"] == {"ssp": "yes"}
    told = watched.locator("#app .plan-told")
    watched.once("dialog", lambda dialog: dialog.accept())
    watched.locator("#app").get_by_role("button", name="Clear all answers").click()
    expect(told).to_have_text("Cleared.")
    expect(watched.locator("#app .answered")).to_contain_text("None of the 22")
    opener = watched.locator("#app input[name=saved]")
    for content, words in (
        (text, "Opened."),
        ("no json", "not JSON"),
        (text.replace("37147", "37001"), "another county"),
        (text.replace("ssp", "nonsense"), "1 that are no questions"),
    ):
        file = tmp_path / "answers.json"
        file.write_text(content, "utf-8")
        opener.set_input_files(file)
        expect(told).to_contain_text(words)


def test_the_plan_is_taken_as_slides_with_the_answers(watched: Page, server: str) -> None:
    opened(watched, f"{server}/next/37147?date=2025-12-01")
    watched.locator('#app [data-question="champion"]').get_by_label("No", exact=True).check()
    with watched.expect_download() as sent:
        watched.locator("#app").get_by_role("button", name="Slides (PPTX)").click()
    assert sent.value.suggested_filename == "plan-37147.pptx"
    assert Path(sent.value.path()).read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("fips", "paper"),
    [("37129", "Letter"), ("37129", "A4"), ("37147", "Letter"), ("37007", "Letter")],
)
def test_a_plan_prints_on_one_sheet(watched: Page, server: str, fips: str, paper: str) -> None:
    opened(watched, f"{server}/next/{fips}")
    sheet = watched.pdf(format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
