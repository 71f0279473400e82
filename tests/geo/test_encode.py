import hashlib
import json
import re
from typing import Any

import numpy as np
import pytest
import shapely

from geo import county_shapes, geojson_asset, picture_size, svg_paths, to_picture
from geo.encode import LAT_RANGE, LON_RANGE

WIDTHS = (400, 760, 1200, 3840)
RING = re.compile(r"M(-?[\d.]+) (-?[\d.]+)l((?:-?[\d.]+ ?)+)z")


def rings_of(path: str) -> list[np.ndarray]:
    """Read an SVG path back: each ring as its points, n x 2, ends included."""
    assert "".join(match[0] for match in RING.finditer(path)) == path
    rings = []
    for x, y, steps in RING.findall(path):
        moves = np.array(steps.split(), dtype=float).reshape(-1, 2)
        rings.append(np.vstack([[float(x), float(y)], moves]).cumsum(axis=0))
    return rings


def area_of(rings: list[np.ndarray]) -> float:
    return abs(sum(shapely.Polygon(ring).area for ring in rings))


@pytest.fixture(scope="module")
def features() -> Any:
    return json.loads(geojson_asset().text)["features"]


def test_geojson_names_each_county_by_its_code(facts: Any, features: Any) -> None:
    assert [feature["id"] for feature in features] == list(facts.county_names)
    assert {feature["type"] for feature in features} == {"Feature"}


def test_geojson_holds_the_shapes_unchanged(features: Any) -> None:
    read = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    assert shapely.equals_exact(read, county_shapes().geometry.to_numpy()).all()


def test_geojson_rings_run_clockwise(features: Any) -> None:
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    exteriors = shapely.get_exterior_ring(shapely.get_parts(shapes))
    assert not shapely.is_ccw(exteriors).any()


def test_the_assets_name_changes_with_its_content() -> None:
    here, there = geojson_asset(), geojson_asset("45")
    assert here.text != there.text
    assert here.name != there.name
    for asset in (here, there):
        assert hashlib.sha256(asset.text.encode()).hexdigest().startswith(asset.name.split(".")[1])


def test_the_assets_name_is_safe_in_an_address() -> None:
    assert re.fullmatch(r"[\w.-]+\.json", geojson_asset().name)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_is_wider_than_high(width: int) -> None:
    wide, high = picture_size(width)
    assert wide == width
    assert 2.3 < wide / high < 2.7


@pytest.mark.parametrize("width", WIDTHS)
def test_the_corners_of_the_window_are_the_corners_of_the_picture(width: int) -> None:
    corners = np.array([[LON_RANGE[0], LAT_RANGE[1]], [LON_RANGE[1], LAT_RANGE[0]]])
    placed = to_picture(corners, width)
    assert placed[0] == pytest.approx([0, 0], abs=0.1)
    assert placed[1] == pytest.approx(picture_size(width), abs=0.1)


def test_north_is_up_and_east_is_right() -> None:
    points = to_picture(np.array([[-80.0, 35.0], [-80.0, 36.0], [-79.0, 35.0]]), 760)
    assert points[1, 1] < points[0, 1] == points[2, 1]
    assert points[2, 0] > points[0, 0] == points[1, 0]


@pytest.mark.parametrize("width", WIDTHS)
def test_paths_have_a_ring_for_each_part(width: int) -> None:
    shapes = county_shapes()
    paths = svg_paths(shapes, width)
    assert list(paths) == list(shapes.index)
    parts = shapely.get_num_geometries(shapes.geometry.to_numpy())
    assert [len(rings_of(path)) for path in paths.values()] == parts.tolist()


@pytest.mark.parametrize("width", WIDTHS)
def test_paths_close(width: int) -> None:
    for path in svg_paths(county_shapes(), width).values():
        for ring in rings_of(path):
            assert ring[0] == pytest.approx(ring[-1], abs=1e-6)


@pytest.mark.parametrize("width", WIDTHS)
def test_paths_lie_in_the_picture(width: int) -> None:
    _, height = picture_size(width)
    for path in svg_paths(county_shapes(), width).values():
        points = np.vstack(rings_of(path))
        assert points.min() >= 0
        assert (points.max(axis=0) <= [width, height]).all()


def test_paths_have_the_area_of_their_shapes() -> None:
    shapes = county_shapes()
    flat = shapely.transform(shapes.geometry.to_numpy(), lambda xy: to_picture(xy, 1200))
    drawn = [area_of(rings_of(path)) for path in svg_paths(shapes, 1200).values()]
    assert drawn == pytest.approx(shapely.area(flat).tolist(), rel=0.01)


def test_paths_are_rounded_to_a_tenth_of_a_pixel() -> None:
    numbers = re.findall(r"[\d.]+", "".join(svg_paths(county_shapes(), 1200).values()))
    assert all(len(number.partition(".")[2]) <= 1 for number in numbers)
