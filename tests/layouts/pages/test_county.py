from datetime import date
from typing import Any

import pytest
from dash import dcc, html

from data import county_frame
from data.evidence.context import STANDING, context_series
from data.services.known import service_frame, services, tally
from data.services.words import SERVICE_LEGEND_WORDS
from data.words import LOOK_WORDS
from layouts.address import View
from layouts.pages.county import create_county_page
from tests.layouts.tree import addresses, nodes, prop, text_of

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


def with_class(part: Any, name: str) -> list[Any]:
    return [node for node in nodes(part) if name in str(prop(node, "className")).split()]


def test_the_county_is_named(facts: Any, fips: str, made: Any) -> None:
    (heading,) = nodes(made, html.H1)
    assert text_of(heading) == f"{facts.county_names[fips]} County"


@pytest.mark.parametrize("day", [date(1950, 1, 1), SLIDE, TODAY], ids=str)
def test_the_status_is_that_of_the_day(facts: Any, fips: str, day: date) -> None:
    said = text_of(create_county_page(facts, fips, View(day), TODAY))
    row = county_frame(facts, day).set_index("fips").loc[fips]
    assert f"{LOOK_WORDS[row.look]}, as of {day.day} {day:%B %Y}." in said


def test_a_day_that_cannot_be_read_is_told(facts: Any) -> None:
    made = create_county_page(facts, "37051", View(SLIDE, notices=("“x” is not a day.",)), TODAY)
    assert "“x” is not a day." in text_of(made)


def test_residents_stand_beside_those_of_the_state(facts: Any, fips: str, made: Any) -> None:
    table = facts.population
    of_year = table[table["year"] == "2019"].set_index("fips")["residents"].astype(int)
    said = text_of(made)
    assert f"{of_year[fips]:,} in 2019, of {of_year.sum():,} in the state." in said


@pytest.mark.parametrize(
    ("county", "day", "words"),
    [
        ("37035", date(2021, 6, 1), "42 people, by 31 December 2020: enrolled."),
        ("37035", TODAY, "49 people, by 29 April 2022: enrolled."),
        ("37035", date(2018, 1, 1), "no count of people who entered was found"),
        ("37129", TODAY, "no count of people who entered was found"),
    ],
    ids=["then", "newest", "before any", "none"],
)
def test_the_newest_count_of_people_in_lead_stands_first(
    facts: Any, county: str, day: date, words: str
) -> None:
    (told,) = with_class(create_county_page(facts, county, View(day), TODAY), "county-figures")
    assert words in text_of(told)


def test_where_there_is_no_lead_no_count_is_missed(facts: Any) -> None:
    (told,) = with_class(create_county_page(facts, "37005", View(TODAY), TODAY), "county-figures")
    assert "People reached" not in text_of(told)


def test_each_service_is_told_beside_the_count_of_the_state(
    facts: Any, fips: str, made: Any
) -> None:
    (part,) = with_class(made, "services-here")
    (body,) = nodes(part, html.Tbody)
    frame = service_frame(facts, SLIDE)
    here = frame[frame["fips"] == fips].set_index("service")
    for (service, name), row in zip(services(facts).items(), nodes(body, html.Tr), strict=True):
        found = tally(frame[frame["service"] == service])
        named, look, state = map(text_of, row.children)
        assert named == name
        assert look.endswith(SERVICE_LEGEND_WORDS[here.loc[service, "look"]])
        most = f", perhaps {found.running + found.perhaps}" if found.perhaps else ""
        assert state == f"{found.running} of 100 counties{most}"
        assert [href for href, _ in addresses(row)] == [
            f"/partnerships?date={SLIDE}&service={service}"
        ]


@pytest.mark.parametrize(
    ("county", "heads"),
    [
        ("37051", ["Its story", "Before and after: published results"]),
        ("37097", ["Its story", "Services here and in the state"]),  # its result is not of LEAD
        ("37005", ["Services here and in the state"]),
    ],
)
def test_what_was_found_stands_beside_the_first_facts(
    facts: Any, county: str, heads: list[str]
) -> None:
    page = create_county_page(facts, county, View(SLIDE), TODAY)
    (beside,) = with_class(page, "beside")
    assert [text_of(head) for head in nodes(beside, html.H2)] == heads
    names = [text_of(head) for head in nodes(page, html.H2)]
    assert len(names) == len(set(names)) == 6  # nothing is left out, nothing said twice


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
    charts = [n for n in nodes(made, dcc.Graph) if getattr(n, "className", "") == "small-chart"]
    assert len(charts) == len(context_series(facts, (fips,)))
    assert STANDING in text_of(made)


def test_the_way_back_keeps_the_county(fips: str, made: Any) -> None:
    assert {"/", f"/?date={SLIDE}&counties={fips}", f"/next/{fips}?date={SLIDE}"} <= {
        href for href, _ in addresses(made)
    }


def test_a_plan_that_may_have_been_announced_stands_beside_the_status(facts: Any) -> None:
    made = create_county_page(facts, "37189", View(date(2018, 6, 15)), TODAY)
    status, *_ = with_class(made, "status")
    assert text_of(status) == (
        "No LEAD found in the sources, as of 15 June 2018. A plan was perhaps announced by then; "
        "the sources say: 2018."
    )


def test_an_old_plan_of_a_service_is_told_with_its_day(facts: Any) -> None:
    (part,) = with_class(create_county_page(facts, "37063", View(TODAY), TODAY), "services-here")
    assert "Planned (as of December 2022)" in text_of(part)
