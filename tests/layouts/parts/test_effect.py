"""The panel of observed against expected: its captions and the way to its numbers."""

import re
from typing import Any

import pytest
from dash import html

from layouts.parts.effect import create_effect
from layouts.trend_address import read_trend_view
from tests.layouts.tree import addresses, nodes, text_of

UNITS = [
    ("jail_admissions", "per 100,000 residents aged 15 to 64 a year:"),
    ("jail_population", "per 100,000 residents aged 15 to 64:"),
]


@pytest.mark.parametrize(("measure", "unit"), UNITS)
def test_the_caption_says_of_whom_and_how_many_counties(
    facts: Any, vera: Any, measure: str, unit: str
) -> None:
    view = read_trend_view(f"measure={vera.id}.{measure}", facts, (vera,))
    caption = text_of(next(nodes(create_effect(facts, view), html.Figcaption)))
    assert re.match(r"The \d+ counties with LEAD together, ", caption)
    assert unit in caption


def test_the_numbers_are_led_to_with_what_their_columns_mean(facts: Any, vera: Any) -> None:
    view = read_trend_view(f"measure={vera.id}.jail_admissions&window=2", facts, (vera,))
    links = [href for href, _ in addresses(create_effect(facts, view))]
    assert links[-2:] == [f"/download/effect.csv?{view.query()}", "/data#table-effect"]
