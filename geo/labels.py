"""Where county names stand on the map, so that no two of them overlap."""

from __future__ import annotations

from collections.abc import Iterable

from geo.encode import to_picture
from geo.kept import county_shapes

REFERENCE_WIDTH = 760
"""Width of the map, in pixels, at which names are laid out; wider maps have more room."""
LINE, LETTER = 15, 7.6
SHIFTS = (0, -1, 1, -2, 2)
"""In lines of text, in the order in which they are tried."""


def label_places(fips: Iterable[str], size: float = 1) -> dict[str, tuple[float, float, float]]:
    """Place names: each at the middle of its county, or a line or two above or below it.

    Parameters
    ----------
    fips
        The counties whose names may stand at the same time.
    size
        How many times larger than on the page the names are.

    Returns
    -------
    By FIPS code: longitude and latitude in degrees, and the shift in pixels (down positive).
    """
    shapes = county_shapes()
    wanted = set(fips)
    placed: list[tuple[float, float, float]] = []
    places = {}
    line = LINE * size
    for code, row in shapes.sort_values("label_lon").iterrows():
        shift = 0.0
        if code in wanted:
            spot = row[["label_lon", "label_lat"]].to_numpy(dtype=float)[None, :]
            x, y = to_picture(spot, REFERENCE_WIDTH)[0]
            half = LETTER * size * len(row["name"]) / 2
            shifts = [lines * line for lines in SHIFTS]
            shift = next((s for s in shifts if _free(x, y + s, half, line, placed)), 0)
            placed.append((x, y + shift, half))
        places[str(code)] = (float(row["label_lon"]), float(row["label_lat"]), shift)
    return places


def _free(
    x: float, y: float, half: float, line: float, placed: list[tuple[float, float, float]]
) -> bool:
    return all(
        abs(y - other_y) >= line or abs(x - other_x) >= half + other_half + 2
        for other_x, other_y, other_half in placed
    )
