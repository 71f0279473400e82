from datetime import date
from typing import Any

import pytest

from data import county_frame
from data.measures.layers import lead_layer, measure_layer
from data.status import counts
from data.words import LEGEND_WORDS, LOOKS
from layouts.parts.legend import create_credit, create_legend
from tests.layouts.tree import addresses, text_of, with_data

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


def test_a_measure_says_its_unit_and_where_its_figures_are_from(facts: Any, vera: Any) -> None:
    day = date(2019, 8, 31)
    layer = measure_layer(facts, vera, "jail_admissions", day, day)
    unit = "Jail admissions per 100,000 residents aged 15 to 64"
    assert text_of(create_legend(layer)).startswith(unit)
    credit = create_credit(layer)
    assert text_of(credit).startswith(layer.credit)
    assert "a value on a bound belongs to the class below" in text_of(credit)
    key = f"{vera.id}.jail_admissions"
    links = [href for href, _ in addresses(credit)]
    assert links == [
        f"/trends?measure={key}#file",
        f"/trends?measure={key}",
        "/data#classes",
        "/data#word-suppressed",
    ]
    assert create_credit(lead_layer(facts, day)) is None
