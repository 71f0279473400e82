"""What holds for every page, whatever its day and counties."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from dash import dcc, html

from callbacks.pages import PAGES, Ask, Held
from data.publishers import PUBLISHERS
from data.read import Problem
from layouts import ids
from layouts.address import View
from layouts.figures.base import CONFIG
from layouts.pages.county import create_county_page
from layouts.pages.data import create_data_page
from layouts.pages.evidence import create_evidence_page
from layouts.pages.map import create_map_page, create_panels
from layouts.pages.missing import create_error_page, create_missing_page
from layouts.pages.next import create_next_page
from layouts.pages.partnerships import create_partnerships_page
from layouts.pages.present import create_present
from layouts.partner_address import PartnerView
from layouts.shell import LINKED, create_shell
from tests.layouts.tree import addresses, ids_of, nodes, prop, sent, strings, text_of

TODAY = date(2026, 1, 31)
SLIDE = date(2019, 8, 31)
MAP_VIEWS = {
    "today": View(TODAY),
    "the day of the slide": View(SLIDE),
    "before the history": View(date(1950, 1, 1)),
    "the first plan": View(date(2015, 10, 24)),
    "between two possible starts": View(date(2016, 8, 15)),
    "after an end": View(date(2023, 7, 1)),
    "a county with LEAD": View(SLIDE, ("37051",)),
    "a county with two programs": View(SLIDE, ("37097",)),
    "a county with perhaps": View(SLIDE, ("37023",)),
    "a county with an end": View(TODAY, ("37155",)),
    "a county with a plan": View(TODAY, ("37193",)),
    "a county with another scheme": View(SLIDE, ("37063",)),
    "a county with nothing": View(SLIDE, ("37001",)),
    "several counties": View(SLIDE, ("37051", "37063", "37001")),
    "notices": View(TODAY, notices=("“x” is not a day like 2019-08-31; showing today.",)),
}
PARTNER_VIEWS = {
    "all": PartnerView(TODAY),
    "one service": PartnerView(SLIDE, "ssp", "perhaps"),
    "filtered": PartnerView(SLIDE, has=("lead", "le_naloxone")),
    "before anything": PartnerView(date(1950, 1, 1)),
    "notices": PartnerView(TODAY, notices=("There is no service “x”; left out.",)),
}
COUNTY_DAYS = {"today": TODAY, "the day of the slide": SLIDE, "long ago": date(1950, 1, 1)}
SOME_COUNTIES = ("37051", "37097", "37023", "37155", "37193", "37063", "37001", "37129")
PROBLEMS = (Problem("adoption", 7, "start", "soon", "This is not a date."),)


def all_pages(facts: Any) -> Iterator[tuple[str, Any]]:
    everywhere = {"all counties": View(SLIDE, tuple(facts.county_names))}
    for name, view in (MAP_VIEWS | everywhere).items():
        # The panels come into the page when a reader comes near them.
        parts = [create_map_page(facts, view, TODAY), *create_panels(facts, view.chosen)]
        yield f"map, {name}", html.Div(parts)
    for fips in list(facts.county_names)[::10]:
        yield f"county {fips}", create_county_page(facts, fips, View(TODAY), TODAY)
    for name, day in COUNTY_DAYS.items():
        for fips in SOME_COUNTIES:
            yield f"county {fips}, {name}", create_county_page(facts, fips, View(day), TODAY)
    for fips in SOME_COUNTIES:
        yield f"next {fips}", create_next_page(facts, fips, View(SLIDE), TODAY)
    for name, partners in PARTNER_VIEWS.items():
        yield f"partnerships, {name}", create_partnerships_page(facts, partners, TODAY)
    held = Held(facts, (), (), (), True, TODAY)
    for address, make in PAGES.items():
        yield address, make(Ask(held, SOME_COUNTIES[0], ""))
    yield "data with problems", create_data_page(facts, PROBLEMS)
    yield "missing", create_missing_page("/nowhere")
    yield "error", create_error_page()


@pytest.fixture(scope="module")
def pages(facts: Any) -> dict[str, Any]:
    return dict(all_pages(facts))


@pytest.fixture(scope="module")
def shell(facts: Any) -> Any:
    return create_shell(facts)


def faults(pages: dict[str, Any], of: Callable[[Any], list[Any]]) -> dict[str, list[Any]]:
    """Give what a rule finds wrong, by page."""
    return {name: found for name, page in pages.items() if (found := of(page))}


def test_every_page_can_be_sent(pages: dict[str, Any]) -> None:
    assert len(pages) > 60
    assert all(sent(page)["type"] for page in pages.values())


def test_every_page_has_one_main_heading(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        headings = [text_of(node) for node in nodes(page, html.H1)]
        return [] if len(headings) == 1 and headings[0] else [headings]

    assert faults(pages, wrong) == {}


def test_headings_go_down_one_step_at_a_time(pages: dict[str, Any]) -> None:
    kinds = (html.H1, html.H2, html.H3, html.H4, html.H5, html.H6)

    def wrong(page: Any) -> list[Any]:
        levels = [(kinds.index(type(n)), text_of(n)) for n in nodes(page) if isinstance(n, kinds)]
        pairs = pairwise(levels)
        return [name for (before, _), (level, name) in pairs if level > before + 1]

    assert faults(pages, wrong) == {}


def test_ids_are_unique_within_a_page_and_its_frame(pages: dict[str, Any], shell: Any) -> None:
    def wrong(page: Any) -> list[Any]:
        return [name for name, n in Counter(ids_of([shell, page])).items() if n > 1]

    assert faults(pages, wrong) == {}


def test_every_place_that_is_linked_to_stands_on_its_page(
    pages: dict[str, Any], shell: Any, facts: Any
) -> None:
    on_data = {f"/data#{name}" for name in ids_of(pages["/data"])}
    to_come = {f"#{name}" for name in ids_of(create_panels(facts, ()))}

    def wrong(page: Any) -> list[Any]:
        here = {f"#{name}" for name in ids_of([shell, page])}
        here |= to_come if f"#{ids.PANELS}" in here else set()
        linked = [href for href, _ in addresses([shell, page]) if "#" in href and "//" not in href]
        return [href for href in linked if href not in here | on_data]

    assert faults(pages, wrong) == {}


def test_every_chart_is_one_picture_with_its_name(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        pictures = [node for node in nodes(page, html.Div) if prop(node, "role") == "img"]
        named = [id(node.children) for node in pictures if prop(node, "aria-label")]
        graphs = [graph for graph in nodes(page, dcc.Graph) if prop(graph, "id") != ids.MAP]
        return [prop(graph, "className") for graph in graphs if id(graph) not in named]

    assert faults(pages, wrong) == {}


def test_labels_belong_to_a_control(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        ids = set(ids_of(page))
        labels = [prop(n, "htmlFor") for n in nodes(page, html.Label)]
        return [name for name in labels if name and name not in ids]

    assert faults(pages, wrong) == {}


def test_every_other_host_is_a_source_or_publisher_and_opens_apart(
    pages: dict[str, Any], facts: Any
) -> None:
    publishers = {publisher.address for publisher in PUBLISHERS.values()}
    known = set(facts.sources["url"]) | publishers - {""}

    def wrong(page: Any) -> list[Any]:
        outer = [(href, node) for href, node in addresses(page) if "//" in href]
        return [
            href
            for href, node in outer
            if href not in known
            or prop(node, "target") != "_blank"
            or "noopener" not in (prop(node, "rel") or "")
            or not text_of(node)
        ]

    assert faults(pages, wrong) == {}
    assert any("//" in href for href, _ in addresses(pages["/data"]))


def test_the_frame_links_to_no_other_host(shell: Any) -> None:
    assert [href for href, _ in addresses(shell) if "//" in href] == []


def test_no_missing_value_is_shown(pages: dict[str, Any], shell: Any) -> None:
    # "None" may begin a sentence or a phrase, as in "None found".
    bad = re.compile(r"\b(?:nan|NaN|NaT)\b|<NA>|\bNone\b(?! [a-z])|\b2999\b|\b1900\b")

    def wrong(page: Any) -> list[Any]:
        return [text[:200] for text in strings(sent(page)) if bad.search(text)]

    assert faults({**pages, "frame": shell}, wrong) == {}


def test_no_template_is_left_unfilled(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        return re.findall(r"\{[a-z_.]*\}", text_of(page))

    assert faults(pages, wrong) == {}


def test_no_chart_has_a_toolbar_or_a_cloud(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        graphs = list(nodes(page, dcc.Graph))
        return [graph for graph in graphs if prop(graph, "config") != CONFIG]

    assert faults(pages, wrong) == {}
    assert list(nodes(pages["map, today"], dcc.Graph))


def test_every_button_says_what_it_does(pages: dict[str, Any], shell: Any) -> None:
    def wrong(page: Any) -> list[Any]:
        return [
            str(node)
            for node in nodes(page, html.Button)
            if not re.search(r"\w", text_of(node) + (prop(node, "aria-label") or ""))
        ]

    assert faults({**pages, "frame": shell}, wrong) == {}


def test_every_fold_has_a_line_that_opens_it(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        return [
            str(fold)[:200]
            for fold in nodes(page, html.Details)
            if not (fold.children and isinstance(fold.children[0], html.Summary))
            or not text_of(fold.children[0])
        ]

    assert faults(pages, wrong) == {}


def test_a_list_of_sources_is_never_empty(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        lists = [n for n in nodes(page, html.Ul) if "sources" in (prop(n, "className") or "")]
        return [node for node in lists if not list(nodes(node, html.Li))]

    assert faults(pages, wrong) == {}


def test_tables_name_their_columns(pages: dict[str, Any]) -> None:
    def wrong(page: Any) -> list[Any]:
        found = []
        for table in nodes(page, html.Table):
            found += [] if list(nodes(table, html.Caption)) else [table]
            (head,) = nodes(table, html.Thead)
            heads = list(nodes(head, html.Th))
            rows = [row for body in nodes(table, html.Tbody) for row in nodes(body, html.Tr)]
            found += [row for row in rows if len(row.children) != len(heads)]
            found += [cell for cell in heads if not text_of(cell) or prop(cell, "scope") != "col"]
        return found

    assert faults(pages, wrong) == {}


def test_a_missing_page_says_so_and_shows_the_way() -> None:
    page = create_missing_page("/nowhere")
    assert "no page at this address" in text_of(page)
    assert "/nowhere" in text_of(page)
    assert {href for href, _ in addresses(page)} == set(LINKED)


def test_a_long_address_is_cut() -> None:
    assert len(text_of(create_missing_page("/" + "x" * 5000))) < 400


def test_the_error_page_shows_the_way() -> None:
    page = create_error_page()
    assert "could not be made" in text_of(page)
    assert {href for href, _ in addresses(page)} == set(LINKED)


def test_the_presenter_leads_back_to_its_view(facts: Any) -> None:
    screen = create_present(facts, View(SLIDE, ("37051",)), TODAY)
    assert [href for href, _ in addresses(screen)] == ["/?date=2019-08-31&counties=37051"]


def test_an_edition_with_little_in_it_still_has_its_pages(facts: Any) -> None:
    tables = ("milestones", "context", "reach", "outcomes", "partnerships", "claims")
    bare = replace(facts, **{name: getattr(facts, name).iloc[:0] for name in tables})
    for page in (
        create_map_page(bare, View(TODAY), TODAY),
        create_present(bare, View(TODAY), TODAY),
        create_partnerships_page(bare, PartnerView(TODAY), TODAY),
        create_next_page(bare, "37147", View(TODAY), TODAY),
        create_evidence_page(bare),
    ):
        assert text_of(page)
