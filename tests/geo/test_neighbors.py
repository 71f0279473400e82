import pytest

from geo import county_shapes
from geo.neighbors import neighbors
from geo.shapes import METERS, raw_counties

CASES = {
    "Mecklenburg": "Cabarrus Gaston Iredell Lincoln Union",
    "New Hanover": "Brunswick Pender",
    "Clay": "Cherokee Macon",
    "Durham": "Chatham Granville Orange Person Wake",
    "Dare": "Currituck Hyde",
}
POINTS = (("Guilford", "Stokes"), ("Nash", "Wake"), ("Moore", "Scotland"))
"""Counties that meet in a point only."""


def codes() -> dict[str, str]:
    return {name: str(fips) for fips, name in county_shapes()["name"].items()}


@pytest.mark.parametrize(("county", "those"), CASES.items(), ids=CASES)
def test_neighbors_are_those_on_the_map(county: str, those: str) -> None:
    fips = codes()
    names = {code: name for name, code in fips.items()}
    found = sorted(names[code] for code in neighbors()[fips[county]])
    assert found == sorted(those.split())


@pytest.mark.parametrize(("one", "other"), POINTS, ids=[f"{a}-{b}" for a, b in POINTS])
def test_counties_that_meet_in_a_point_are_no_neighbors(one: str, other: str) -> None:
    fips = codes()
    assert fips[other] not in neighbors()[fips[one]]


def test_neighbors_are_mutual_sorted_and_never_oneself() -> None:
    found = neighbors()
    assert list(found) == sorted(codes().values())
    for county, those in found.items():
        assert those and county not in those
        assert list(those) == sorted(set(those))
        assert all(county in found[other] for other in those)


def test_simplifying_the_map_changes_no_neighbor() -> None:
    raw = raw_counties().to_crs(METERS)
    for fips, shape in raw.geometry.items():
        touching = raw.geometry[raw.geometry.touches(shape)]
        border = touching.intersection(shape).length
        assert tuple(border.index[border > 0]) == neighbors()[fips]
