"""The county shapes in a picture: the map's projection, and SVG paths."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

LON_RANGE = (-84.5, -75.3)
LAT_RANGE = (33.7, 36.7)
"""The window of the map, in degrees: the state with a narrow margin."""


@dataclass(frozen=True)
class Asset:
    """Text to serve under a name that changes with its content, so it can be cached for good."""

    name: str
    text: str


def asset(name: str, ending: str, text: str) -> Asset:
    """Name a text after its content, as in ``counties.0123456789ab.json``."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Asset(f"{name}.{digest}.{ending}", text)


def mercator_y(latitude: np.ndarray | float) -> np.ndarray | float:
    """Project latitude (degrees) by the spherical Mercator formula, to degrees of longitude."""
    return np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))


def middle() -> tuple[float, float]:
    """Give longitude and latitude, in degrees, of the middle of the projected window."""
    across = (mercator_y(LAT_RANGE[0]) + mercator_y(LAT_RANGE[1])) / 2
    latitude = 2 * np.degrees(np.arctan(np.exp(np.radians(across)))) - 90
    return sum(LON_RANGE) / 2, float(latitude)


def picture_size(width: float) -> tuple[float, float]:
    """Give width and height, in pixels, of a picture of the map's window."""
    scale = width / (LON_RANGE[1] - LON_RANGE[0])
    return width, round(float(scale * (mercator_y(LAT_RANGE[1]) - mercator_y(LAT_RANGE[0]))), 1)


def to_picture(points: np.ndarray, width: float) -> np.ndarray:
    """Project points (n x 2, longitude and latitude in degrees) to pixels, y downward."""
    scale = width / (LON_RANGE[1] - LON_RANGE[0])
    x = (points[:, 0] - LON_RANGE[0]) * scale
    y = (mercator_y(LAT_RANGE[1]) - mercator_y(points[:, 1])) * scale
    return np.column_stack([x, y])


def svg_paths(shapes: pd.DataFrame, width: float) -> dict[str, str]:
    """Write each county as the ``d`` of an SVG path, in pixels with one decimal, by FIPS code."""
    projected = shapely.transform(shapes["geometry"].to_numpy(), lambda xy: to_picture(xy, width))
    return {
        fips: "".join(_ring(ring) for ring in _rings(shape))
        for fips, shape in zip(shapes.index, projected, strict=True)
    }


def _rings(shape: shapely.Geometry) -> list[np.ndarray]:
    lines = shapely.get_parts(shapely.boundary(shape))
    return [shapely.get_coordinates(line) for line in lines]


def _ring(points: np.ndarray) -> str:
    whole = np.round(points * 10).astype(int)
    kept = whole[np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]]
    steps = np.diff(kept, axis=0)
    start = f"M{kept[0, 0] / 10:g} {kept[0, 1] / 10:g}l"
    return start + " ".join(f"{x / 10:g} {y / 10:g}" for x, y in steps) + "z"
