from typing import Any

import pytest
from dash import dcc, html

from data.glossary import WHAT_IS_LEAD
from layouts import ids
from layouts.shell import LINKED, TITLE, create_pages, create_shell, title_of, titled
from layouts.static import still
from tests.layouts.tree import addresses, by_id, ids_of, nodes, prop, text_of


@pytest.fixture(scope="module")
def shell(facts: Any) -> Any:
    return create_shell(facts)


def test_the_frame_has_a_place_for_pages(shell: Any) -> None:
    assert isinstance(by_id(shell, ids.PAGE), html.Main)


@pytest.mark.parametrize("kind", [html.Header, html.Nav, html.Main, html.Footer])
def test_the_frame_has_each_landmark_once(shell: Any, kind: Any) -> None:
    assert len(list(nodes(shell, kind))) == 1


def test_the_first_link_skips_to_the_content(shell: Any) -> None:
    href, link = addresses(shell)[0]
    assert href == f"#{ids.PAGE}"
    assert text_of(link)


def test_every_page_links_to_the_others(shell: Any) -> None:
    (nav,) = nodes(shell, html.Nav)
    assert {href: text_of(link) for href, link in addresses(nav)} == LINKED


def test_the_frame_names_title_edition_and_licenses(facts: Any, shell: Any) -> None:
    said = text_of(shell)
    for part in (TITLE, facts.edition, WHAT_IS_LEAD, "MIT license", "public domain"):
        assert part in said


def test_absence_of_evidence_is_not_sold_as_absence(shell: Any) -> None:
    assert "No program found does not mean no program" in text_of(shell)


def test_ids_are_those_of_the_list(shell: Any) -> None:
    listed = {value for name, value in vars(ids).items() if name.isupper()}
    assert set(ids_of(shell)) <= listed
    assert len(listed) == sum(name.isupper() for name in vars(ids))


@pytest.mark.parametrize("path", [*LINKED, "/series", ""])
def test_the_link_to_the_page_shown_is_marked(path: str) -> None:
    current = {href for href, link in addresses(create_pages(path)) if prop(link, "aria-current")}
    assert current == {path} & set(LINKED)


TITLES = {  # path, heading; title
    "the first page": ("/", "On 1 May 2020, 5 of 100 counties had LEAD.", TITLE),
    "a page that all link to": ("/partnerships", "On 1 May 2020, 5.", f"Partnerships – {TITLE}"),
    "any other page": ("", "Wake County", f"Wake County – {TITLE}"),
    "a heading that is a sentence": ("", "There is no page.", f"There is no page – {TITLE}"),
}


@pytest.mark.parametrize(("path", "heading", "title"), TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("more", [html.Div(), dcc.Store(id="day")], ids=["still", "live"])
def test_a_page_carries_the_title_of_its_window(
    path: str, heading: str, title: str, more: Any
) -> None:
    page = titled(html.Div([html.Section(html.H1(heading)), more]), path)
    assert title_of(page) == title
    assert title_of(still(page)) == title
