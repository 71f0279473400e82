"""The page in another language: it stays spoken wherever a reader goes, and the view stays too."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.view import AT_EACH_FRAME, MAP_STANDS

VIEW = "date=2019-08-31&counties=37051"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate(AT_EACH_FRAME % MAP_STANDS, [None, 15_000])


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_the_link_to_a_language_keeps_the_view(clean_page: Page, server: str) -> None:
    opened(clean_page, f"{server}/?{VIEW}")
    clean_page.locator("a[data-speak=es]").click()
    expect(clean_page.locator("html")).to_have_attribute("lang", "es")
    assert asked(clean_page.url) == asked(f"?{VIEW}&lang=es")
    assert clean_page.evaluate(AT_EACH_FRAME % MAP_STANDS, [None, 15_000])
    expect(clean_page.locator("#date")).to_have_value("31 de agosto de 2019")
    clean_page.locator("a[data-speak=en]").click()
    expect(clean_page.locator("html")).to_have_attribute("lang", "en")
    assert clean_page.url == f"{server}/?{VIEW}"


def test_moving_on_stays_in_the_language(clean_page: Page, server: str) -> None:
    opened(clean_page, f"{server}/?date=2019-08-31&lang=es")
    clean_page.locator("#month").press("ArrowRight")
    expect(clean_page.locator("#date")).to_have_value("30 de septiembre de 2019")
    clean_page.locator("#date").fill("31/12/2017")
    clean_page.locator("#date").press("Enter")
    expect(clean_page.locator("#date")).to_have_value("31 de diciembre de 2017")
    read = "texts => texts.map(window.atlas.readDay)"
    texts = ["30 de septiembre de 2019", "30 sept 2019", "2019-09-30", "9/30/2019"]
    assert clean_page.evaluate(read, texts) == [*["2019-09-30"] * 3, None]
    clean_page.locator("#date").fill("30/9/2019")
    clean_page.locator("#date").press("Tab")
    expect(clean_page.locator("#date")).to_have_value("30 de septiembre de 2019")
    expect(clean_page.locator("[data-download='slides.pptx']")).to_have_attribute(
        "href", "/download/slides.pptx?date=2019-09-30&lang=es"
    )
    assert asked(clean_page.url) == asked("?date=2019-09-30&lang=es")
    clean_page.locator("nav a[href^='/evidence']").click()
    expect(clean_page.locator(".evidence-page")).to_be_visible()
    assert asked(clean_page.url)["lang"] == ["es"]
