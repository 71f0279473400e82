import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from geo import county_shapes, geojson_asset, kept, shapes
from geo.shapes import simple_counties


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an empty folder for the kept shapes, with nothing in memory."""
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "shapes")
    for made in (geojson_asset, county_shapes):
        made.cache_clear()
    yield tmp_path / "shapes"
    for made in (geojson_asset, county_shapes):
        made.cache_clear()


def forget() -> None:
    geojson_asset.cache_clear()
    county_shapes.cache_clear()


def test_shapes_read_are_the_shapes_made() -> None:
    made, read = simple_counties(), county_shapes()
    assert read.drop(columns="geometry").equals(made.drop(columns="geometry"))
    assert shapely.equals_exact(read["geometry"].to_numpy(), made.geometry.to_numpy()).all()


def test_shapes_are_made_once_and_then_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = geojson_asset()
    (file,) = folder.iterdir()
    assert file.read_text("utf-8") == first.text
    forget()
    monkeypatch.setattr(shapes, "simple_counties", lambda state: pytest.fail("made again"))
    assert geojson_asset() == first


@pytest.mark.parametrize("damage", ["", "{", "\xff"])
def test_a_damaged_file_is_made_anew(folder: Path, damage: str) -> None:
    first = geojson_asset()
    (file,) = folder.iterdir()
    file.write_bytes(damage.encode("latin-1"))
    forget()
    assert geojson_asset() == first
    assert json.loads(file.read_text("utf-8"))["type"] == "FeatureCollection"


def test_a_folder_that_cannot_be_written_is_no_trouble(folder: Path) -> None:
    folder.write_text("a file in the folder's place")
    assert len(county_shapes()) == 100


def test_a_change_of_the_maker_makes_them_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    geojson_asset()
    other = tmp_path / "shapes.py"
    other.write_text("# another maker")
    monkeypatch.setattr(kept, "MAKER", other)
    forget()
    geojson_asset()
    assert len(list(folder.iterdir())) == 2
