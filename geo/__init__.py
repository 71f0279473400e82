"""County shapes: the Census shapefile made a clean coverage, and written for screen and print."""

from geo.encode import Asset, asset, geojson_asset, picture_size, svg_paths, to_picture
from geo.labels import label_places
from geo.shapes import county_shapes, raw_counties

__all__ = [
    "Asset",
    "asset",
    "county_shapes",
    "geojson_asset",
    "label_places",
    "picture_size",
    "raw_counties",
    "svg_paths",
    "to_picture",
]
