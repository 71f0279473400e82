from datetime import date
from typing import Any

import pytest
from dash import dcc, html

from data import county_frame
from data.evidence.context import STANDING, context_series
from data.words import LOOK_WORDS
from layouts.address import View
from layouts.pages.county import create_county_page
from tests.layouts.tree import addresses, nodes, text_of

TODAY = date(2026, 1, 31)
SLIDE = date(2019, 8, 31)
COUNTIES = {
    "with LEAD": "37051",
    "two programs": "37097",
    "perhaps": "37023",
    "ended": "37155",
    "planned": "37193",
    "LEAD and another scheme": "37071",
    "another scheme": "37063",
    "nothing": "37005",
}


@pytest.fixture(scope="module", params=COUNTIES.values(), ids=list(COUNTIES))
def fips(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def made(facts: Any, fips: str) -> Any:
    return create_county_page(facts, fips, View(SLIDE), TODAY)


def test_the_county_is_named(facts: Any, fips: str, made: Any) -> None:
    (heading,) = nodes(made, html.H1)
    assert text_of(heading) == f"{facts.county_names[fips]} County"


@pytest.mark.parametrize("day", [date(1950, 1, 1), SLIDE, TODAY], ids=str)
def test_the_status_is_that_of_the_day(facts: Any, fips: str, day: date) -> None:
    said = text_of(create_county_page(facts, fips, View(day), TODAY))
    row = county_frame(facts, day).set_index("fips").loc[fips]
    assert f"{LOOK_WORDS[row.look]}, as of {day.day} {day:%B %Y}." in said


def test_every_program_is_told_with_its_doubts_and_sources(
    facts: Any, fips: str, made: Any
) -> None:
    table = facts.adoption
    said = text_of(made)
    links = {href for href, _ in addresses(made)}
    urls = facts.sources.set_index("id")["url"]
    for row in table[table["fips"] == fips].itertuples():
        for part in (row.agency, row.scope, row.note):
            assert part in said
        assert {urls[source] for source in row.sources.split("; ") if urls[source]} <= links


def test_a_county_without_a_program_says_so(facts: Any, fips: str, made: Any) -> None:
    none = not (facts.adoption["fips"] == fips).any()
    assert ("That does not prove there is none" in text_of(made)) is none


def test_schemes_that_are_not_lead_are_marked(facts: Any, fips: str, made: Any) -> None:
    table = facts.adoption
    other = ((table["fips"] == fips) & (table["is_lead"] == "no")).sum()
    assert text_of(made).count("Other scheme, not counted as LEAD.") == other


def test_every_event_is_told_with_its_sources(facts: Any, fips: str, made: Any) -> None:
    table = facts.milestones
    said = text_of(made)
    links = {href for href, _ in addresses(made)}
    urls = facts.sources.set_index("id")["url"]
    for row in table[table["fips"] == fips].itertuples():
        assert row.title in said
        assert {urls[source] for source in row.sources.split("; ") if urls[source]} <= links


def test_results_are_the_countys_own(facts: Any, fips: str, made: Any) -> None:
    own = facts.outcomes[facts.outcomes["fips"] == fips]
    shown = [n for n in nodes(made, html.Li) if getattr(n, "className", "") == "result"]
    assert len(shown) == len(own)
    assert ("No published result was found" in text_of(made)) is own.empty


def test_context_says_that_it_is_no_effect(facts: Any, fips: str, made: Any) -> None:
    charts = [n for n in nodes(made, dcc.Graph) if n.className == "small-chart"]
    assert len(charts) == len(context_series(facts, (fips,)))
    assert STANDING in text_of(made)


def test_the_way_back_keeps_the_county(fips: str, made: Any) -> None:
    assert {"/", f"/?counties={fips}"} <= {href for href, _ in addresses(made)}
