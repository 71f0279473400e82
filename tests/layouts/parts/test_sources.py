from typing import Any

import pytest
from dash import html

from layouts.parts.sources import (
    create_source_details,
    create_source_links,
    create_source_names,
    source_words,
)
from tests.layouts.tree import addresses, nodes, text_of


@pytest.fixture(scope="module")
def with_address(facts: Any) -> Any:
    return next(facts.sources[facts.sources["url"] != ""].itertuples())


def test_a_source_is_named_by_publisher_day_and_title(facts: Any) -> None:
    for row in facts.sources.itertuples():
        words = source_words(facts, row.id)
        assert words.startswith(row.publisher)
        assert words.endswith(row.title)
        assert ("undated" in words) is (row.published == "" or "undated" in row.title)


def test_a_link_opens_apart_and_tells_the_other_page_nothing(facts: Any, with_address: Any) -> None:
    link, *_ = nodes(create_source_links(facts, with_address.id), html.A)
    assert link.href == with_address.url
    assert link.target == "_blank"
    assert set(link.rel.split()) >= {"noopener", "noreferrer"}


def test_a_source_without_an_address_says_so(facts: Any) -> None:
    for row in facts.sources[facts.sources["url"] == ""].itertuples():
        links = create_source_links(facts, row.id)
        assert not [href for href, _ in addresses(links) if "//" in href]
        assert "address not recorded" in text_of(links)


@pytest.mark.parametrize("make", [create_source_links, create_source_names])
def test_a_source_with_a_note_leads_to_it_and_no_other_does(facts: Any, make: Any) -> None:
    for row in facts.sources.itertuples():
        own = [href for href, _ in addresses(make(facts, row.id)) if href.startswith("/data#")]
        assert own == ([f"/data#source-{row.id}"] if row.note else [])


@pytest.mark.parametrize(("number", "words"), [(1, "1 source"), (2, "2 sources"), (5, "5 sources")])
def test_folded_sources_are_counted(facts: Any, number: int, words: str) -> None:
    cell = "; ".join(facts.sources["id"].head(number))
    details = create_source_details(facts, cell)
    (summary,) = nodes(details, html.Summary)
    assert text_of(summary) == words
    assert len(list(nodes(details, html.Li))) == number
