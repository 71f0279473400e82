"""The presenter's screen as values: what stands on it before the browser moves anything."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component

from data.evidence.context import HEADLINE_SERIES
from data.evidence.results import WARNING
from data.frame import county_frame
from data.words import describe
from layouts.address import View
from layouts.exports.chart_panels import ALL_DAYS, SPREAD_KEY
from layouts.exports.html import to_html
from layouts.pages.present import KEYS, PANELS, TOOLS, create_present
from tests.layouts.tree import nodes, prop, text_of

SLIDE, NEWEST = date(2019, 8, 31), date(2026, 1, 31)
SHOWN = 'display="inline"'


@pytest.fixture(scope="module")
def screen(facts: Any) -> Component:
    return create_present(facts, View(SLIDE), NEWEST)


def panels(screen: Component) -> list[Any]:
    return [part for part in nodes(screen, html.Section) if prop(part, "data-panel")]


def buttons(screen: Component) -> list[Any]:
    return [part for part in nodes(screen, html.Button) if prop(part, "data-key")]


@pytest.mark.parametrize("day", [date(2015, 1, 1), SLIDE, date(2024, 9, 30), NEWEST], ids=str)
def test_the_doubt_stands_below_the_headline(facts: Any, day: date) -> None:
    screen = create_present(facts, View(day), NEWEST)
    (shown,) = [part for part in nodes(screen, html.P) if prop(part, "id") == "doubt"]
    assert text_of(shown) == describe(day, county_frame(facts, day)).doubt


def test_each_panel_and_tool_has_a_button_that_presses_its_key(screen: Component) -> None:
    numbers = [str(number) for number in range(1, len(PANELS) + 1)]
    assert [prop(part, "data-key") for part in buttons(screen)] == [*numbers, *TOOLS]
    assert [text_of(part) for part in buttons(screen)] == [*PANELS, *TOOLS.values()]
    assert [prop(part, "data-panel") for part in panels(screen)] == numbers
    pressed = [prop(part, "aria-pressed") for part in buttons(screen)]
    assert pressed[: len(PANELS)] == ["true", *["false"] * (len(PANELS) - 1)]


def test_no_button_leads_to_a_panel_that_is_not_there(facts: Any) -> None:
    bare = create_present(replace(facts, context=facts.context.iloc[:0]), View(SLIDE), NEWEST)
    assert [text_of(part) for part in buttons(bare)] == [*PANELS[:-1], *TOOLS.values()]


def test_panels_that_do_not_follow_the_day_say_so(screen: Component) -> None:
    undated = [prop(part, "data-panel") for part in panels(screen) if prop(part, "data-undated")]
    assert undated == ["3", "4", "5"]
    assert [text_of(part).count(ALL_DAYS) for part in panels(screen)] == [0, 0, 1, 1, 1]


def test_the_curve_has_a_cursor_and_a_key_to_each_of_its_signs(screen: Component) -> None:
    curve = to_html(panels(screen)[1], {})
    assert 'data-curve="2015-01-01 2026-01-31"' in curve
    for sign, words in SPREAD_KEY:
        assert f'class="sign-{sign}"' in curve
        assert words.replace("'", "&#x27;") in curve
    assert '<span class="day-words">31 August 2019</span>' in curve


def test_the_key_to_the_context_explains_its_hollow_points(screen: Component) -> None:
    assert "rounded or provisional by its source" in text_of(panels(screen)[4])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "Counted by NC Sentencing and Policy Advisory Commission."),
        ({"publisher": "not stated by the source"}, "The source does not say who counted."),
        ({"unit": "deaths per 100,000 residents"}, "In deaths per 100,000 residents."),
    ],
    ids=["as held", "not stated", "a rate"],
)
def test_the_context_tells_who_counted_and_the_unit(
    facts: Any, cells: dict[str, str], words: str
) -> None:
    first = facts.context["series"] == HEADLINE_SERIES[0]
    held = facts.context.assign(
        **{name: facts.context[name].mask(first, text) for name, text in cells.items()}
    )
    screen = create_present(replace(facts, context=held), View(SLIDE), NEWEST)
    assert words in text_of(panels(screen)[4])


def test_chosen_counties_are_named_and_all_others_can_be(facts: Any) -> None:
    pender = 'class="map-name" data-fips="37141"'
    for chosen in ((), ("37141",)):
        drawn = to_html(create_present(facts, View(SLIDE, chosen), NEWEST), {})
        assert drawn.count('class="map-name"') == len(facts.county_names)
        assert (f"{pender} {SHOWN}" in drawn) == bool(chosen)


def test_the_sheet_of_keys_tells_keys_alone(screen: Component) -> None:
    (sheet,) = [part for part in nodes(screen) if prop(part, "id") == "keys"]
    assert text_of(sheet) == "Keys" + "".join(keys + words for keys, words in KEYS)
    assert WARNING not in text_of(sheet)
