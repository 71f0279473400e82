"""Partners and next steps as staff use them: choose, filter, answer, keep, take away."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.view import PAGE_STANDS, wait_for


def opened(page: Page, address: str) -> None:
    page.goto(address)
    wait_for(page, PAGE_STANDS)


def test_a_reader_chooses_a_service_filters_and_goes_back(clean_page: Page, server: str) -> None:
    opened(clean_page, f"{server}/partnerships?date=2019-08-31")
    expect(clean_page.locator("#app .small-map")).to_have_count(9)
    clean_page.locator("#app select[name=service]").select_option("le_naloxone")
    clean_page.wait_for_url("**service=le_naloxone**")
    expect(clean_page.locator("#app select[name=service]")).to_be_focused()
    expect(clean_page.locator("#spoken")).to_contain_text("officers carrying naloxone")
    expect(clean_page.locator("#app h1")).to_contain_text("officers carrying naloxone, perhaps")
    expect(clean_page.locator("#app .one-service use")).to_have_count(100)
    clean_page.locator("#app .check", has_text=re.compile("^LEAD$")).click()
    clean_page.wait_for_url("**has=lead**")
    wait_for(clean_page, PAGE_STANDS)
    expect(clean_page.locator("#app .check input[value=lead]")).to_be_checked()
    expect(clean_page.locator("#app .check input[value=lead]")).to_be_focused()
    expect(clean_page.locator("#app .matrix tbody tr")).to_have_count(5)
    clean_page.go_back()
    expect(clean_page.locator("#app .check input[value=lead]")).not_to_be_checked()
    clean_page.locator("#app .matrix th", has_text="County").get_by_role("button").click()
    expect(clean_page.locator("#app .matrix th").first).to_have_attribute("aria-sort", "ascending")


CLEAR_OF_HEADS = """(box) => {
  const head = box.querySelector("thead th:nth-child(2)").getBoundingClientRect();
  const side = box.querySelector("tbody th").getBoundingClientRect();
  return [...box.querySelectorAll("tbody th a")].reverse().every((link) => {
    link.focus();
    return link.getBoundingClientRect().top >= head.bottom;
  }) && [...box.querySelectorAll("thead th:not(:first-child) button")].reverse().every((button) => {
    button.focus();
    return button.getBoundingClientRect().left >= side.right;
  });
}"""


def test_what_has_the_focus_stays_clear_of_the_heads_of_a_table(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 600})
    opened(page, f"{server}/partnerships?date=2019-08-31")
    assert page.locator("#app .matrix").evaluate(CLEAR_OF_HEADS)


def test_answers_order_the_steps_and_are_kept_in_the_browser(clean_page: Page, server: str) -> None:
    opened(clean_page, f"{server}/next/37147")
    steps = clean_page.locator("#app .step:visible")
    expect(steps).to_have_count(3)
    choice = clean_page.locator('#app [data-question="jail_data"]')
    choice.get_by_label("No", exact=True).check()
    expect(steps.first).to_have_attribute("data-step", "jail_data")
    expect(steps.first.locator(".why")).to_contain_text("Answered no")
    expect(clean_page.locator("#app .answered")).to_have_text("1 of 22 questions is answered.")
    choice.get_by_text("Note").click()
    choice.locator("textarea").fill("Ask Captain B.")
    clean_page.reload()
    wait_for(clean_page, PAGE_STANDS)
    expect(steps.first).to_have_attribute("data-step", "jail_data")
    expect(choice.locator("textarea")).to_have_value("Ask Captain B.")


def test_answers_go_into_a_file_and_come_back(
    clean_page: Page, server: str, tmp_path: Path
) -> None:
    opened(clean_page, f"{server}/next/37147")
    clean_page.locator('#app [data-question="ssp"]').get_by_label("Yes", exact=True).check()
    with clean_page.expect_download() as sent:
        clean_page.locator("#app").get_by_role("button", name="Save answers to a file").click()
    text = Path(sent.value.path()).read_text("utf-8")
    assert json.loads(text)["answers"] == {"ssp": "yes"}
    told = clean_page.locator("#app .plan-told")
    clean_page.once("dialog", lambda dialog: dialog.accept())
    clean_page.locator("#app").get_by_role("button", name="Clear all answers").click()
    expect(told).to_have_text("Cleared.")
    expect(clean_page.locator("#app .answered")).to_contain_text("None of the 22")
    opener = clean_page.locator("#app input[name=saved]")
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


def test_the_plan_is_taken_as_slides_with_the_answers(clean_page: Page, server: str) -> None:
    opened(clean_page, f"{server}/next/37147?date=2025-12-01")
    clean_page.locator('#app [data-question="champion"]').get_by_label("No", exact=True).check()
    with clean_page.expect_download() as sent:
        clean_page.locator("#app").get_by_role("button", name="Slides (PPTX)").click()
    assert sent.value.suggested_filename == "plan-37147-on-2025-12-01.pptx"
    assert Path(sent.value.path()).read_bytes().startswith(b"PK")
