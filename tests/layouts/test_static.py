from datetime import date
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.address import View
from layouts.exports.html import to_html
from layouts.pages.county import create_county_page
from layouts.pages.data import create_data_page
from layouts.pages.map import create_map_page, create_panels, create_side
from layouts.static import LIVE, Static, still, write_link

TODAY = date(2026, 11, 24)
MOST = 160
"""Components that a browser takes in without standing still."""


def count(part: Any) -> int:
    if isinstance(part, list | tuple):
        return sum(map(count, part))
    return 1 + count(getattr(part, "children", None)) if isinstance(part, Component) else 0


def found_ids(part: Any) -> set[str]:
    if isinstance(part, list | tuple):
        return set().union(*map(found_ids, part))
    if not isinstance(part, Component):
        return set()
    return {getattr(part, "id", "")} | found_ids(getattr(part, "children", None))


def written(part: Any) -> str:
    moving = {"Graph": lambda props: "[graph]", "Input": lambda props: "[input]"}
    return to_html(part, {**moving, "Link": write_link})


def pages(facts: Any) -> dict[str, Any]:
    view, chosen = View(date(2019, 8, 31)), View(TODAY, ("37051", "37087", "37135"))
    return {
        "map": create_map_page(facts, view, TODAY),
        "chosen": create_map_page(facts, chosen, TODAY),
        "side": create_side(facts, chosen, TODAY),
        "panels": create_panels(facts, ()),
        "county": create_county_page(facts, "37023", view, TODAY),
        "data": create_data_page(facts, ()),
    }


@pytest.mark.parametrize("name", ["map", "chosen", "side", "panels", "county", "data"])
def test_a_still_page_reads_the_same_and_is_light(facts: Any, name: str) -> None:
    made = pages(facts)[name]
    light = still(made)
    assert written(light) == written(made)
    assert count(light) <= MOST


def test_what_callbacks_move_stays_alive(facts: Any) -> None:
    made = pages(facts)
    whole = [made["map"], made["panels"]]
    assert LIVE & found_ids(whole) == LIVE & found_ids(still(whole))
    assert {ids.HEADLINE, ids.DETAIL, ids.SIDE, ids.PANELS} <= found_ids(still(whole))


def test_a_part_without_anything_live_is_one_element() -> None:
    part = html.Div([html.P("A & B"), dcc.Link("Burke", href="/county/37023")], className="x")
    light = still(part)
    assert isinstance(light, Static)
    told = light.to_plotly_json()["props"]
    assert told["html"] == '<p>A &amp; B</p><a href="/county/37023">Burke</a>'
    assert told["props"] == {"className": "x"}


def test_hostile_text_stays_text() -> None:
    light = written(still(html.Div([html.P("<script>alert(1)</script>"), html.P(title='"><img>')])))
    assert "<script>" not in light
    assert "<img>" not in light


def test_a_link_keeps_what_it_says_of_itself() -> None:
    href, title = '/trends?a=1&b="', 'Out "<b>"'
    made = dcc.Link("×", href=href, title=title, className="chip", target="_top")
    link = written(still(html.P(made)))
    assert 'href="/trends?a=1&amp;b=&quot;"' in link
    assert 'title="Out &quot;&lt;b&gt;&quot;"' in link
    assert 'class="chip"' in link
    assert 'target="_top"' in link
    assert "children" not in link
