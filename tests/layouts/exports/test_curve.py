import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from data.adoption import curve, state_milestones
from data.frame import first_month
from data.status import programs
from layouts.exports.curve import INNER, curve_inline
from layouts.figures import adoption_curve

UNTIL = date(2026, 1, 31)
CHOICES: dict[str, tuple[str, ...]] = {
    "the state": (),
    "a county with LEAD": ("37051",),
    "a county without": ("37183",),
    "several": ("37051", "37155", "37183"),
}


@pytest.fixture(params=CHOICES.values(), ids=list(CHOICES))
def figure(request: pytest.FixtureRequest, facts: Any) -> Any:
    band = curve(facts, UNTIL, request.param)
    return adoption_curve(band, programs(facts), state_milestones(facts), first_month(facts), UNTIL)


def lines(root: ElementTree.Element) -> list[list[tuple[float, float]]]:
    return [
        [tuple(map(float, pair.split(","))) for pair in line.get("points", "").split()]  # type: ignore[misc]
        for line in root.iter("polyline")
    ]


def test_the_picture_is_well_formed_and_hidden_from_screen_readers(figure: Any) -> None:
    root = ElementTree.fromstring(curve_inline(figure))
    assert root.get("aria-hidden") == "true"


def test_both_curves_run_from_end_to_end_within_the_picture(figure: Any) -> None:
    root = ElementTree.fromstring(curve_inline(figure))
    height = figure.layout.height
    assert len(lines(root)) == 2
    for points in lines(root):
        assert points[0][0] == 0
        assert points[-1][0] == INNER
        assert all(0 <= x <= INNER and 0 <= y <= height for x, y in points)
        assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_a_higher_value_stands_higher(figure: Any) -> None:
    root = ElementTree.fromstring(curve_inline(figure))
    for points, trace in zip(lines(root), (figure.data[0], figure.data[2]), strict=True):
        assert (points[-1][1] < points[0][1]) is bool(trace.y[-1] > trace.y[0])


def test_years_and_values_are_written(figure: Any) -> None:
    words = [
        "".join(t.itertext()) for t in ElementTree.fromstring(curve_inline(figure)).iter("text")
    ]
    assert "2020" in words
    assert "0" in words
    assert "0%" in words
    assert all(re.fullmatch(r"\d+(\.\d+)?%?", word) for word in words)
