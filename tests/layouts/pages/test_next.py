"""What next: true for three counties of different kinds, and never an absence from silence."""

import json
import re
from datetime import date
from typing import Any

import pytest
from dash import html

from data.glossary import TERMS
from data.language import say, speaking
from data.services.plan import plan
from data.services.readiness import all_steps, browser_rule
from data.services.situation import situation
from geo import neighbors
from layouts.address import View
from layouts.exports.html import to_html
from layouts.pages.next import create_next_page
from layouts.static import still, write_link
from tests.layouts.tree import addresses, nodes, prop, text_of

DAY, TODAY = date(2025, 12, 1), date(2026, 1, 31)
KINDS = {"with LEAD": "37129", "several partners, no LEAD": "37147", "nothing found": "37007"}


@pytest.fixture(scope="module", params=list(KINDS.values()), ids=list(KINDS))
def fips(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page_made(facts: Any, fips: str) -> Any:
    return create_next_page(facts, fips, View(DAY), TODAY)


@pytest.fixture(scope="module")
def text(page_made: Any) -> str:
    return to_html(still(page_made), {"Link": write_link})


def test_the_page_says_all_that_the_plan_says(facts: Any, fips: str, page_made: Any) -> None:
    made = plan(facts, fips, DAY, neighbors()[fips])
    told = text_of(page_made)
    for line in (*made.situation, *made.doubts):
        assert str(line) in told
    for step in made.steps:
        assert step.first_step in told and step.why in told and step.who_to_ask in told


def test_what_is_said_first_leads_to_its_sources_and_table(facts: Any, page_made: Any) -> None:
    (first,) = [node for node in nodes(page_made) if prop(node, "className") == "where-it-is"]
    links = {href for href, _ in addresses(first)}
    assert "/download/tables/population.csv" in links
    assert facts.sources.set_index("id")["url"]["census-coest2019"] in links


def test_the_three_steps_of_the_plan_are_shown_first(facts: Any, fips: str, text: str) -> None:
    made = plan(facts, fips, DAY, neighbors()[fips])
    steps = re.findall(r'<li class="step"( hidden)? data-step="(\w+)"', text)
    shown = [name for hidden, name in steps if not hidden]
    assert shown == [step.id for step in made.steps] == [name for _, name in steps[: len(shown)]]
    assert sorted(name for _, name in steps) == sorted(facts.readiness["id"])


def test_the_browser_orders_by_the_same_rule(facts: Any, fips: str, page_made: Any) -> None:
    rule = browser_rule(all_steps(facts, fips, DAY, neighbors()[fips]))
    asked = nodes(page_made, html.Fieldset)
    held = {prop(node, "data-question"): json.loads(prop(node, "data-rule")) for node in asked}
    assert held == rule


def test_each_mark_on_the_path_is_found_in_the_sources(facts: Any, fips: str, text: str) -> None:
    found = situation(facts, fips, DAY)
    path = text.split('<ol class="path">')[1].split("</ol>")[0]
    assert re.findall(r'data-look="(\w+)"', path) == list(found["look"])
    known = set(facts.sources["id"])
    for row in found.itertuples():
        cited = set(filter(None, row.sources.split("; ")))
        assert cited <= known and bool(cited) == (row.look != "none_found")


def test_silence_is_never_told_as_absence(page_made: Any) -> None:
    told = text_of(page_made)
    assert "not proof that there is none" in told
    assert not re.search(r"\bhas no\b|\bdoes not have\b|\bthere is no (service|program)", told)


def test_similar_counties_come_with_a_reason(page_made: Any) -> None:
    assert len(re.findall(r"residents in \d{4}: [a-z0-9]", text_of(page_made))) == 5


@pytest.mark.parametrize("county", ["37087", *KINDS.values()])
def test_every_language_explains_the_same_terms(facts: Any, county: str) -> None:
    def explained(word: str) -> list[str]:
        with speaking(word):
            keys = {say(term.name): key for key, term in TERMS.items()}
            made = create_next_page(facts, county, View(DAY), TODAY)
        (terms,) = [node for node in nodes(made) if prop(node, "className") == "terms"]
        return [keys[text_of(name)] for name in nodes(terms, html.Dt)]

    assert explained("es") == explained("en")
    assert "standard-error" not in explained("es")
