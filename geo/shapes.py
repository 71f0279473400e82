"""County shapes: from the Census Bureau's shapefile to a clean, light coverage.

The file is the 2016 cartographic boundary file at 1:500,000 (public domain), as the package
``plotly-geo`` ships it. Neighbors share their border exactly before and after simplification.
``geo/kept.py`` keeps what this module makes: it alone needs geopandas, which is slow and heavy.
"""

from __future__ import annotations

import json
from importlib.resources import files

import geopandas as gpd
import shapely

SHAPEFILE = ("_plotly_geo", "package_data/cb_2016_us_county_500k.shp")
LONGITUDE_LATITUDE = "EPSG:4269"
METERS = "EPSG:32119"
"""NAD83 / North Carolina, in meters."""
TOLERANCE_M = 500
DECIMALS = 4
"""Decimals of a degree kept: about ten meters."""


def raw_counties(state: str | None = "37") -> gpd.GeoDataFrame:
    """Read the counties of one state (two-digit FIPS), or of all states for None.

    Returns
    -------
    One row a county, indexed by five-digit FIPS code in order: ``name`` and ``geometry``
    (longitude and latitude, NAD83).
    """
    package, path = SHAPEFILE
    frame = gpd.read_file(
        str(files(package) / path),
        columns=["STATEFP", "GEOID", "NAME"],
        where=f"STATEFP='{state}'" if state else None,
    )
    frame = frame.set_crs(LONGITUDE_LATITUDE, allow_override=True)
    frame = frame.drop(columns="STATEFP").rename(columns={"GEOID": "fips", "NAME": "name"})
    return frame.set_index("fips").sort_index()


def simple_counties(state: str | None = "37", tolerance: float = TOLERANCE_M) -> gpd.GeoDataFrame:
    """Make of the counties a simplified coverage: no gap, no overlap, exteriors clockwise.

    Parameters
    ----------
    state
        Two-digit FIPS code of the state; None for the whole country.
    tolerance
        Of the coverage simplification, in meters.

    Returns
    -------
    As ``raw_counties``, plus ``label_lon`` and ``label_lat``: the middle of the largest circle
    that fits into the county, in degrees.
    """
    raw = raw_counties(state)
    meters = raw.geometry.to_crs(METERS)
    simple = gpd.GeoSeries(
        shapely.coverage_simplify(meters.to_numpy(), tolerance), index=raw.index, crs=METERS
    ).to_crs(LONGITUDE_LATITUDE)
    rounded = shapely.transform(simple.to_numpy(), lambda xy: xy.round(DECIMALS))
    clockwise = shapely.orient_polygons(rounded, exterior_cw=True)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(clockwise, 0.01), 0)
    return gpd.GeoDataFrame(
        {
            "name": raw["name"],
            "label_lon": shapely.get_x(middle).round(DECIMALS),
            "label_lat": shapely.get_y(middle).round(DECIMALS),
        },
        geometry=clockwise,
        index=raw.index,
        crs=LONGITUDE_LATITUDE,
    )


def county_geojson(state: str | None = "37") -> str:
    """Write ``simple_counties`` as the GeoJSON text that is kept (``geo.kept.geojson_asset``)."""
    features = [
        {
            "type": "Feature",
            "id": row.Index,
            "properties": {"name": row.name, "label": [row.label_lon, row.label_lat]},
            "geometry": row.geometry.__geo_interface__,
        }
        for row in simple_counties(state).itertuples()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
