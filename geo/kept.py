"""The simplified counties, made once and kept as the GeoJSON text that the browser also gets.

Making them takes geopandas and a second; reading them takes a few milliseconds. The kept file is
named after all that it depends on, so a change of the shapefile, the code or a version makes it
anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import shapely

from data.files import write_whole
from geo.encode import Asset, asset

FOLDER = Path(__file__).parents[1] / "build" / "shapes"
MAKER = Path(__file__).with_name("shapes.py")


@lru_cache(maxsize=4)
def geojson_asset(state: str | None = "37") -> Asset:
    """Give the counties as GeoJSON: a feature a county, its ``id`` the FIPS code.

    Properties: ``name``, and ``label``, where the name stands (longitude and latitude, degrees).
    """
    path = FOLDER / f"counties-{state or 'all'}-{_fingerprint()}.json"
    try:
        text = path.read_text("utf-8")
        json.loads(text)
    except (OSError, ValueError):
        from geo.shapes import county_geojson  # brings geopandas, needed only here

        text = county_geojson(state)
        _keep(path, text)
    return asset("counties", "json", text)


@lru_cache(maxsize=4)
def county_shapes(state: str | None = "37") -> pd.DataFrame:
    """Give the counties of one state (two-digit FIPS code), or of all states for None.

    Returns
    -------
    One row a county, indexed by FIPS code in order: ``name, label_lon, label_lat`` (degrees) and
    ``geometry`` (shapely, longitude and latitude): a coverage without gap or overlap.
    """
    features = json.loads(geojson_asset(state).text)["features"]
    labels = [feature["properties"]["label"] for feature in features]
    return pd.DataFrame(
        {
            "name": [feature["properties"]["name"] for feature in features],
            "label_lon": [label[0] for label in labels],
            "label_lat": [label[1] for label in labels],
            "geometry": shapely.from_geojson([json.dumps(f["geometry"]) for f in features]),
        },
        index=pd.Index([feature["id"] for feature in features], name="fips"),
    )


def _fingerprint() -> str:
    packages = ("plotly-geo", "geopandas", "shapely", "pyogrio")
    told = "".join([*map(version, packages), MAKER.read_text("utf-8")])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _keep(path: Path, text: str) -> None:
    """Keep the file; a folder that cannot be written is no trouble."""
    try:
        write_whole(path, text)
    except OSError as error:
        logging.info("The county shapes are not kept: %s", error)
