import itertools
from typing import Any

import numpy as np
import pytest
import shapely

from geo.shapes import METERS, raw_counties, simple_counties

PARTS = 114
"""The mainland and islands of all counties together."""


@pytest.fixture(scope="module")
def shapes() -> Any:
    return simple_counties()


@pytest.fixture(scope="module")
def polygons(shapes: Any) -> Any:
    return shapes.geometry.to_numpy()


def test_codes_and_names_are_those_of_the_facts(facts: Any, shapes: Any) -> None:
    assert dict(shapes["name"]) == facts.county_names
    assert list(shapes.index) == list(facts.county_names)
    assert len(shapes) == 100


def test_neighbors_share_their_border_exactly(polygons: Any) -> None:
    assert shapely.coverage_is_valid(polygons)


def test_every_shape_is_valid(polygons: Any) -> None:
    assert shapely.is_valid(polygons).all()


def test_the_state_has_no_gap_inside(polygons: Any) -> None:
    state = shapely.coverage_union_all(polygons)
    assert shapely.get_num_interior_rings(shapely.get_parts(state)).tolist() == [
        0
    ] * shapely.get_num_geometries(state)


def test_no_island_is_lost(polygons: Any) -> None:
    raw = shapely.get_num_geometries(raw_counties().geometry.to_numpy())
    assert raw.sum() == PARTS
    assert shapely.get_num_geometries(polygons).tolist() == raw.tolist()


def test_exteriors_run_clockwise_as_the_browser_needs(polygons: Any) -> None:
    exteriors = shapely.get_exterior_ring(shapely.get_parts(polygons))
    assert not shapely.is_ccw(exteriors).any()


def test_areas_stay_within_one_percent(shapes: Any) -> None:
    simple = shapes.geometry.to_crs(METERS).area
    raw = raw_counties().geometry.to_crs(METERS).area
    assert ((simple / raw - 1).abs() < 0.01).all()
    assert simple.sum() == pytest.approx(raw.sum(), rel=0.01)


def test_the_shapes_are_much_lighter_than_the_file(polygons: Any) -> None:
    raw = shapely.get_num_coordinates(raw_counties().geometry.to_numpy()).sum()
    assert shapely.get_num_coordinates(polygons).sum() < raw / 4


def test_the_place_of_each_name_lies_in_its_county(shapes: Any, polygons: Any) -> None:
    places = shapely.points(shapes["label_lon"], shapes["label_lat"])
    assert shapely.contains(polygons, places).all()


def test_counties_are_where_they_should_be(shapes: Any) -> None:
    places = shapes.set_index("name")[["label_lon", "label_lat"]].astype(float)
    assert (
        places.loc["Cherokee", "label_lon"]
        < places.loc["Wake", "label_lon"]
        < (places.loc["Dare", "label_lon"])
    )
    assert places.loc["Brunswick", "label_lat"] < places.loc["Ashe", "label_lat"]
    assert places["label_lon"].between(-84.4, -75.4).all()
    assert places["label_lat"].between(33.8, 36.6).all()


@pytest.mark.parametrize(
    ("one", "other", "touch"),
    [
        ("Wake", "Durham", True),
        ("Haywood", "Buncombe", True),
        ("Cherokee", "Dare", False),
        ("Dare", "Hyde", True),
        ("Wake", "Catawba", False),
    ],
)
def test_neighbors_touch(shapes: Any, one: str, other: str, touch: bool) -> None:
    by_name = shapes.set_index("name").geometry
    assert shapely.touches(by_name[one], by_name[other]) == touch


def test_a_coarser_map_is_still_a_coverage() -> None:
    fine, coarse = (simple_counties("37", meters) for meters in (100, 2000))
    points = [shapely.get_num_coordinates(s.geometry.to_numpy()).sum() for s in (fine, coarse)]
    assert points[1] < points[0]
    assert shapely.coverage_is_valid(coarse.geometry.to_numpy())


def test_no_two_counties_overlap(polygons: Any) -> None:
    tree = shapely.STRtree(polygons)
    pairs = [(a, b) for a, b in tree.query(polygons, predicate="intersects").T if a < b]
    assert len(pairs) > 200
    shared = shapely.area(
        shapely.intersection(*(polygons[list(side)] for side in zip(*pairs, strict=True)))
    )
    assert np.allclose(shared, 0, atol=1e-12)


def test_another_state_has_its_own_codes() -> None:
    codes = raw_counties("45").index
    assert len(codes) == 46
    assert all(code.startswith("45") for code in codes)
    assert all(a < b for a, b in itertools.pairwise(codes))
