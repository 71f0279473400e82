from datetime import date
from typing import Any

import pytest

from data import county_frame
from data.measures.layers import lead_layer
from data.status import counts
from data.words import LEGEND_WORDS, LOOKS
from layouts.parts.legend import create_legend
from tests.layouts.tree import text_of, with_data

DAYS = [date(1950, 1, 1), date(2016, 8, 15), date(2019, 8, 31), date(2023, 7, 1), date(2026, 1, 1)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_legend_counts_every_county_once(facts: Any, day: date) -> None:
    frame = county_frame(facts, day)
    legend = create_legend(lead_layer(facts, day))
    shown = {look: int(text_of(node)) for look, node in with_data(legend, "count").items()}
    number = counts(frame)
    assert sum(shown.values()) == 100
    assert shown["running"] + shown["unconfirmed"] == number["running"]
    for look in ("unconfirmed", "perhaps", "planned", "ended", "none_found"):
        assert shown[look] == number[look]


def test_the_legend_names_every_look_in_order_with_its_color(facts: Any) -> None:
    legend = create_legend(lead_layer(facts, date(2019, 8, 31)))
    assert tuple(with_data(legend, "look")) == LOOKS
    said = text_of(legend)
    assert all(words in said for words in LEGEND_WORDS.values())


def test_each_entry_chooses_its_counties(facts: Any) -> None:
    legend = create_legend(lead_layer(facts, date(2019, 8, 31)))
    assert tuple(with_data(legend, "value")) == LOOKS
    assert tuple(with_data(legend, "action")) == ("choose",)
