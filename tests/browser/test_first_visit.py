"""The first visit: one truth in every place, and nothing from anywhere else."""

from playwright.sync_api import Page

from data.dates import today
from tests.browser.view import SLIDE_DAY, assert_rests, open_map, told


def test_map_heading_legend_table_and_download_agree(clean_page: Page, server: str) -> None:
    open_map(clean_page, f"{server}/")
    assert_rests(clean_page, told(server, today()))
    assert clean_page.locator("#map path.choroplethlocation").count() == 100


def test_the_day_of_the_slide_reads_as_the_sources_support(server: str) -> None:
    by_look: dict[str, list[str]] = {}
    for fips, look in told(server, SLIDE_DAY).looks.items():
        by_look.setdefault(look, []).append(fips)
    del by_look["none_found"]
    assert by_look == {
        "running": ["37035", "37051", "37087", "37097", "37129"],
        "perhaps": ["37023"],
        "planned": ["37133", "37189"],
    }
    assert told(server, SLIDE_DAY).heading == (
        "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6."
    )
