"""County shapes: the Census shapefile made a clean coverage, and written for screen and print."""

from geo.encode import Asset, asset, picture_size, svg_paths, to_picture
from geo.kept import county_shapes, geojson_asset
from geo.labels import label_places
from geo.neighbors import neighbors

__all__ = [
    "Asset",
    "asset",
    "county_shapes",
    "geojson_asset",
    "label_places",
    "neighbors",
    "picture_size",
    "svg_paths",
    "to_picture",
]
