"""The page of partnerships: every mark has a source, and nothing found is never "none"."""

import re
from datetime import date
from typing import Any

import pytest
from dash import html

from data.services.known import found_sentence, service_frame, services
from data.services.overlap import combinations
from data.services.rows import statewide
from data.services.words import SERVICE_LOOKS
from layouts.exports.html import to_html
from layouts.pages.partnerships import CAUTION, create_partnerships_page
from layouts.partner_address import PartnerView
from layouts.parts.services import count_words, create_legend
from layouts.static import still, write_link
from tests.layouts.tree import nodes, text_of

TODAY, DAY = date(2026, 1, 31), date(2019, 8, 31)
DAYS = (date(1950, 1, 1), DAY, TODAY)


def written(facts: Any, view: PartnerView) -> str:
    """Give the page as the HTML that is sent."""
    return to_html(still(create_partnerships_page(facts, view, TODAY)), {"Link": write_link})


def marks(text: str) -> list[dict[str, str]]:
    """Read the maps back: the look of each county, a map a service."""
    maps = re.findall(r'<svg class="use-map".*?</svg>', text, re.S)
    return [dict(re.findall(r'href="#c(\d{5})" data-look="(\w+)"', one)) for one in maps]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_small_maps_are_the_frame_of_the_day(facts: Any, day: date) -> None:
    frame = service_frame(facts, day)
    drawn = marks(written(facts, PartnerView(day)))
    assert drawn == [
        dict(zip(rows["fips"], rows["look"], strict=True))
        for rows in (frame[frame["service"] == service] for service in services(facts))
    ]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_mark_has_a_source_and_nothing_found_has_none(facts: Any, day: date) -> None:
    known = set(facts.sources["id"])
    for row in service_frame(facts, day).itertuples():
        cited = set(filter(None, row.sources.split("; ")))
        assert cited <= known
        assert bool(cited) == (row.look != "none_found")


def test_each_finding_of_one_service_is_listed_with_its_sources(facts: Any) -> None:
    rows = service_frame(facts, DAY).query("service == 'ssp' and look != 'none_found'")
    text = written(facts, PartnerView(DAY, "ssp"))
    table = text.split("What was found, county by county", 2)[-1].split("</table>")[0]
    listed = re.findall(r'<th [^>]*><a href="/next/(\d{5})">', table)
    assert listed == list(rows["fips"])
    assert table.count('class="source-details"') == len(rows)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_page_says_that_nothing_found_is_no_proof(facts: Any, day: date) -> None:
    text = text_of(create_partnerships_page(facts, PartnerView(day), TODAY))
    found = found_sentence(facts, day)
    assert f"{found.headline}." in text
    assert found.detail in text
    assert CAUTION in text
    assert not re.search(r"\b(has|have) no (service|syringe|mobile|jail)|without any service", text)


def test_a_statement_on_the_whole_state_marks_no_county(facts: Any) -> None:
    said = statewide(facts, TODAY)
    assert len(said) == 1
    text = written(facts, PartnerView(TODAY))
    assert text.count("Said of the whole state") == 1
    assert not set(said["sources"]) & set(service_frame(facts, TODAY)["sources"])


@pytest.mark.parametrize("count", ["sure", "perhaps"])
def test_the_sets_of_services_cover_every_county_once(facts: Any, count: str) -> None:
    found = combinations(facts, DAY, count == "sure")
    assert sorted(fips for row in found["fips"] for fips in row) == list(facts.county_names)
    text = written(facts, PartnerView(DAY, count=count))
    table = text.split('class="scroll combinations"')[1].split("</table>")[0]
    shown = [int(number) for number in re.findall(r"<strong>(\d+)</strong>", table)]
    nothing = int(re.findall(r"In (\d+) counties no service was found running", text)[0])
    assert sum(shown) + nothing == 100


def test_the_matrix_holds_only_counties_with_all_that_is_asked(facts: Any) -> None:
    frame = service_frame(facts, DAY)
    running = frame[frame["status"] == "running"].groupby("fips")["service"].agg(set)
    wanted = {"lead", "le_naloxone"}
    text = written(facts, PartnerView(DAY, has=tuple(wanted)))
    table = text.split('class="scroll matrix"')[1].split("</table>")[0]
    shown = re.findall(r'<th [^>]*><a href="/next/(\d{5})">', table)
    assert shown == [fips for fips, found in running.items() if wanted <= found]
    assert shown
    looks = set(re.findall(r'data-look="(\w+)"', table))
    assert looks <= set(SERVICE_LOOKS)


@pytest.mark.parametrize(
    ("section", "next_one"), [("combinations", "</table>"), ("Which came first", "</section>")]
)
def test_every_county_and_service_of_the_overlap_leads_on(
    facts: Any, section: str, next_one: str
) -> None:
    text = written(facts, PartnerView(DAY))
    part = text.split(section, 1)[1].split(next_one)[0]
    counties = dict(re.findall(r'href="/county/(\d{5})\?date=2019-08-31">([^<]+)</a>', part))
    assert counties
    assert counties.items() <= facts.county_names.items()
    asked = re.findall(r'href="/partnerships\?date=2019-08-31&amp;service=(\w+)"', part)
    assert set(asked) >= set(facts.services["service"])


def test_a_small_map_says_how_much_of_its_count_is_not_confirmed(facts: Any) -> None:
    rows = service_frame(facts, TODAY).query("service == 'le_naloxone'")
    assert count_words(rows) == "20 running, perhaps 23; 20 not confirmed in 2 years"


def test_a_legend_reads_with_a_space_before_its_counts() -> None:
    entries = list(nodes(create_legend(["running", "planned"], {"planned": 3}), html.Li))
    assert [text_of(entry)[1:] for entry in entries] == ["Running 0", "Planned 3"]
