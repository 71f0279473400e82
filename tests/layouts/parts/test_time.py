from datetime import date, timedelta
from typing import Any

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from data.frame import first_month, timeline
from data.measures.layers import measure_layer
from layouts import ids
from layouts.parts.time import SLIDE_DAY, create_time, month_number
from tests.layouts.tree import by_id, nodes, prop, text_of, with_data

TODAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def line(facts: Any) -> Any:
    return timeline(facts, TODAY)


def test_the_slider_spans_the_whole_history(facts: Any, line: Any) -> None:
    slider = by_id(create_time(line, TODAY), ids.SLIDER)
    first = first_month(facts)
    assert (slider.min, slider.step) == (0, 1)
    assert slider.max == slider.value == month_number(TODAY, first)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2015, 1, 1), 0),
        (date(2015, 1, 31), 0),
        (date(2015, 2, 1), 1),
        (date(2015, 12, 31), 11),
        (date(2016, 1, 1), 12),
        (date(2019, 8, 31), 55),
    ],
    ids=str,
)
def test_months_are_counted_from_the_first(day: date, months: int) -> None:
    assert month_number(day, date(2015, 1, 1)) == months


@given(st.dates(date(2015, 1, 1), TODAY))
def test_a_later_day_is_never_an_earlier_month(day: date) -> None:
    first = date(2015, 1, 1)
    assert 0 <= month_number(day, first) <= month_number(day + timedelta(days=1), first)


def test_the_typed_day_stays_within_the_history(facts: Any, line: Any) -> None:
    typed = by_id(create_time(line, SLIDE_DAY), ids.DATE)
    assert typed.value == "2019-08-31"
    assert typed.minDate == first_month(facts).isoformat()
    assert typed.maxDate == TODAY.isoformat()


def test_every_jump_is_there(line: Any) -> None:
    part = create_time(line, SLIDE_DAY)
    assert set(with_data(part, "action")) == {"play", "earlier", "later", "day"}
    assert set(with_data(part, "value")) == {"2019-08-31", TODAY.isoformat()}
    for button in nodes(part, html.Button):
        # The visible words are the name; a sign has one of its own.
        assert bool(prop(button, "aria-label")) == (text_of(button) == "▶")
        assert prop(button, "title")


def test_a_measure_has_a_jump_to_its_newest_figures(facts: Any, vera: Any) -> None:
    history = measure_layer(facts, vera, "jail_admissions", TODAY, TODAY).history
    assert history
    part = create_time(history, TODAY)
    assert set(with_data(part, "value")) == {"2019-08-31", TODAY.isoformat(), "2024-12-31"}


def test_the_lost_slide_is_owned_up_to(line: Any) -> None:
    assert "was not found" in text_of(create_time(line, SLIDE_DAY))


def test_each_start_is_marked_on_the_track(line: Any) -> None:
    (marks,) = [
        n for n in nodes(create_time(line, TODAY), html.Div) if prop(n, "className") == "starts"
    ]
    assert len(list(nodes(marks, html.Span))) == len(line["starts"]) > 3


def test_each_year_is_written_once(line: Any) -> None:
    (years,) = [
        n for n in nodes(create_time(line, TODAY), html.Div) if prop(n, "className") == "years"
    ]
    first = int(line["first"][:4])
    assert [text_of(n) for n in nodes(years, html.Span)] == [
        str(year) for year in range(first, TODAY.year + 1)
    ]
