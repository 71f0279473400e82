import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.status import programs
from geo import county_shapes, label_places, picture_size, to_picture
from geo.labels import LETTER, LINE, REFERENCE_WIDTH


def boxes(codes: list[str]) -> dict[str, tuple[float, float, float, float]]:
    """Give each name's box in pixels of the reference picture: left, top, right, bottom."""
    names = county_shapes()["name"]
    found = {}
    for code, (lon, lat, shift) in label_places(codes).items():
        if code in codes:
            x, y = to_picture(np.array([[lon, lat]]), REFERENCE_WIDTH)[0]
            half = LETTER * len(names[code]) / 2
            middle = y + shift
            found[code] = (x - half, middle - LINE / 2, x + half, middle + LINE / 2)
    return found


def overlapping(codes: list[str]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes(codes).items(), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01
    ]


@pytest.fixture(scope="module")
def lead(facts: Any) -> list[str]:
    return sorted(set(programs(facts)["fips"]))


def test_every_county_has_a_place(facts: Any, lead: list[str]) -> None:
    assert set(label_places(lead)) == set(facts.county_names)


def test_names_of_counties_with_lead_do_not_overlap(lead: list[str]) -> None:
    assert len(lead) > 5
    assert overlapping(lead) == []


def test_names_of_counties_with_lead_stay_in_the_picture(lead: list[str]) -> None:
    width, height = picture_size(REFERENCE_WIDTH)
    for left, top, right, bottom in boxes(lead).values():
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height


@settings(max_examples=40)
@given(st.lists(st.integers(0, 99), min_size=2, max_size=2, unique=True))
def test_no_two_names_alone_overlap(facts: Any, places: list[int]) -> None:
    codes = list(facts.county_names)
    assert overlapping([codes[place] for place in places]) == []


def test_a_name_with_room_stands_in_the_middle_of_its_county() -> None:
    lon, lat, shift = label_places(["37183"])["37183"]
    row = county_shapes().loc["37183"]
    assert (lon, lat, shift) == (row["label_lon"], row["label_lat"], 0)


def test_names_without_a_program_are_not_shifted() -> None:
    assert {shift for _, _, shift in label_places([]).values()} == {0}


def test_shifts_are_small(lead: list[str]) -> None:
    assert all(abs(shift) <= 2 * LINE for _, _, shift in label_places(lead).values())
