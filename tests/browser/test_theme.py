"""Light and dark: the button switches, and the choice stays."""

from playwright.sync_api import Page, expect

from tests.browser.view import open_page

SCHEME = "data-mantine-color-scheme"


def paper(page: Page) -> int:
    """Give the lightness of the page's ground, 0 to 255."""
    return page.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")


def test_the_theme_button_switches_and_the_choice_stays(clean_page: Page, server: str) -> None:
    page, html = clean_page, clean_page.locator("html")
    open_page(page, server)
    expect(html).to_have_attribute(SCHEME, "light")
    assert paper(page) > 200

    page.locator("#theme-button").click()
    expect(html).to_have_attribute(SCHEME, "dark")
    assert paper(page) < 60
    assert page.url.endswith("?theme=dark")

    open_page(page, f"{server}/county/37087")
    expect(page.locator("h1")).to_have_text("Haywood County")
    expect(html).to_have_attribute(SCHEME, "dark")
    assert paper(page) < 60

    page.locator("#theme-button").click()
    expect(html).to_have_attribute(SCHEME, "light")
    page.get_by_role("link", name="All counties").click()
    expect(page.locator("#headline")).to_be_visible()
    expect(html).to_have_attribute(SCHEME, "light")


def test_the_first_visit_follows_the_system(page: Page, server: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_page(page, f"{server}/county/37087")
    expect(page.locator("html")).to_have_attribute(SCHEME, "dark")
    assert paper(page) < 60
