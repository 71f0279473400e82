import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.citation import bibtex, citation
from data.frame import adoption_csv, county_frame
from data.harmless import looks_run, undo
from data.schema import table_columns, whole_dictionary
from data.words import describe
from layouts.exports.package import package, sheets
from tests.layouts.exports.hostile import hostile

DAY, TODAY = date(2019, 8, 31), date(2026, 1, 5)
DAY_NAME = "adoption-on-2019-08-31"
NAMES = sorted([*table_columns(), "dictionary", DAY_NAME])


@pytest.fixture(scope="module", params=["as held", "hostile"])
def edition(request: pytest.FixtureRequest, facts: Any) -> Any:
    return facts if request.param == "as held" else hostile(facts)


def files(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def held(edition: Any) -> dict[str, bytes]:
    return files(package(edition, DAY, TODAY))


@pytest.fixture(scope="module")
def told(held: dict[str, bytes]) -> Any:
    return json.loads(held["datapackage.json"])


def parsed(raw: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False)


def as_csv(frame: pd.DataFrame) -> bytes:
    return str(frame.to_csv(index=False, lineterminator="\n")).encode()


def findings(folder: Path) -> list[list[Any]]:
    """Let the standard's own tool check an unpacked package."""
    from frictionless import validate

    found: list[list[Any]] = validate(folder / "datapackage.json").flatten(["type", "message"])
    return found


def unpack(held: dict[str, bytes], folder: Path) -> Path:
    for name, raw in held.items():
        (folder / name).write_bytes(raw)
    return folder


def test_the_package_is_valid(held: dict[str, bytes], tmp_path: Path) -> None:
    assert findings(unpack(held, tmp_path)) == []


SPOILED = {
    "a county that is none": (
        "reach.csv",
        lambda raw: raw.replace(b",37035,", b",37999,", 1),
        "foreign-key",
    ),
    "a county twice": ("counties.csv", lambda raw: raw + raw.splitlines()[-1], "primary-key"),
    "a short code": (
        "counties.csv",
        lambda raw: raw.replace(b"37001", b"3701", 1),
        "constraint-error",
    ),
    "an unknown word": (
        "adoption.csv",
        lambda raw: raw.replace(b",yes,", b",maybe,", 1),
        "constraint-error",
    ),
    "words for a number": (
        "population.csv",
        lambda raw: raw.replace(b"151431", b"many", 1),
        "type-error",
    ),
    "a changed file": ("context.csv", lambda raw: raw.replace(b"2012", b"2013", 1), "hash-count"),
}


@pytest.mark.parametrize(("name", "change", "kind"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_package_is_found_out(
    facts: Any, tmp_path: Path, name: str, change: Any, kind: str
) -> None:
    spoiled = files(package(facts, DAY, TODAY))
    spoiled[name] = change(spoiled[name])
    if kind != "hash-count":  # the tool tells of the hash alone where the hash does not fit
        about = json.loads(spoiled["datapackage.json"])
        for resource in about["resources"]:
            del resource["hash"], resource["bytes"]
        spoiled["datapackage.json"] = json.dumps(about).encode()
    assert kind in {found[0] for found in findings(unpack(spoiled, tmp_path))}


def test_it_holds_every_table_and_no_more(held: dict[str, bytes]) -> None:
    assert sorted(held) == sorted(
        ["README.md", "datapackage.json", *[f"{name}.csv" for name in NAMES]]
    )


@pytest.mark.parametrize("name", table_columns())
def test_every_table_is_as_held_once_the_apostrophes_are_off(
    edition: Any, held: dict[str, bytes], name: str
) -> None:
    frame = getattr(edition, name)
    assert as_csv(parsed(held[f"{name}.csv"]).map(undo)) == as_csv(frame)


def test_the_rows_of_the_day_are_those_of_the_days_download(
    edition: Any, held: dict[str, bytes]
) -> None:
    assert held[f"{DAY_NAME}.csv"].decode() == adoption_csv(edition, DAY)
    assert as_csv(parsed(held["dictionary.csv"]).map(undo)) == as_csv(whole_dictionary())


def test_no_cell_would_be_run(held: dict[str, bytes]) -> None:
    for name in NAMES:
        for cell in parsed(held[f"{name}.csv"]).to_numpy().ravel():
            assert not looks_run(cell) or cell.startswith("'")


def test_the_checksum_can_be_worked_out_from_the_files(facts: Any) -> None:
    held = files(package(facts, DAY, TODAY))
    whole = b"".join(
        as_csv(parsed(held[f"{name}.csv"]).map(undo)) for name in sorted(table_columns())
    )
    assert hashlib.sha256(whole).hexdigest() == facts.checksum
    assert json.loads(held["datapackage.json"])["checksum"] == f"sha256:{facts.checksum}"


def test_each_file_has_its_size_and_hash(held: dict[str, bytes], told: Any) -> None:
    assert [resource["name"] for resource in told["resources"]] == NAMES
    for resource in told["resources"]:
        raw = held[resource["path"]]
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"


def test_the_schema_tells_of_every_column_in_order(held: dict[str, bytes], told: Any) -> None:
    for resource in told["resources"]:
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(parsed(held[resource["path"]]))
        assert all(field["description"] for field in fields)


def test_kinds_have_their_types(told: Any) -> None:
    fields = {
        (resource["name"], field["name"]): field
        for resource in told["resources"]
        for field in resource["schema"]["fields"]
    }
    assert fields["sources", "url"]["format"] == "uri"
    assert fields["adoption", "start"]["type"] == "string"
    assert fields["context", "value"]["type"] == "number"
    assert fields["population", "residents"]["type"] == "integer"
    assert fields["reach", "fips"]["constraints"] == {"pattern": "^[0-9]{5}$"}
    assert fields["adoption", "is_lead"]["constraints"] == {"required": True, "enum": ["yes", "no"]}


def test_every_table_of_counties_points_to_them(told: Any) -> None:
    for resource in told["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        keys = resource["schema"].get("foreignKeys", [])
        assert bool(keys) is ("fips" in names and resource["name"] != "counties")


def test_the_package_says_what_it_is(facts: Any, edition: Any, told: Any) -> None:
    assert told["profile"] == "tabular-data-package"
    assert told["version"] == facts.edition
    assert told["created"] == "2026-01-05T00:00:00Z"
    assert str(describe(DAY, county_frame(edition, DAY))) in told["description"]
    assert len(told["sources"]) == len(facts.sources)
    assert {one.get("path", "") for one in told["sources"]} == set(facts.sources["url"])
    terms = {words.lower() for words in facts.sources["licence"]}
    assert {one["title"].lower() for one in told["licenses"]} == terms | {"mit license"}


def test_rights_are_those_of_a_tables_own_sources(told: Any) -> None:
    terms = {
        resource["name"]: {one["name"] for one in resource["licenses"]}
        for resource in told["resources"]
        if "licenses" in resource
    }
    assert terms["population"] == {"other-pd"}
    assert terms["dictionary"] == {"MIT"}
    assert "notspecified" in terms["outcomes"]


def test_the_readme_tells_how_to_read_and_cite(
    facts: Any, edition: Any, held: dict[str, bytes]
) -> None:
    text = held["README.md"].decode()
    for part in (
        str(describe(DAY, county_frame(edition, DAY))),
        facts.checksum,
        citation(facts, DAY, TODAY),
        bibtex(facts, DAY, TODAY),
        "A blank cell means not known.",
        "EDTF",
        "grade",
        "MIT license",
        *[f"`{name}.csv`" for name in NAMES],
    ):
        assert part in text


def test_the_readme_counts_the_marked_cells(facts: Any) -> None:
    for edition, marked in ((facts, 0), (hostile(facts), 9)):
        text = files(package(edition, DAY, TODAY))["README.md"].decode()
        assert f"Cells so marked in this package: {marked}." in text


def test_the_same_facts_and_days_give_the_same_bytes(facts: Any) -> None:
    twin = replace(facts)
    assert package(facts, DAY, TODAY) == package(twin, DAY, TODAY)
    assert package(facts, DAY, TODAY) != package(facts, TODAY, TODAY)


def test_sheets_have_a_row_for_each_of_their_columns(facts: Any) -> None:
    assert [sheet.name for sheet in sheets(facts, DAY)] == NAMES
    for sheet in sheets(facts, DAY):
        assert list(sheet.columns["column"]) == list(sheet.frame)
        assert not sheet.frame.duplicated(sheet.key or None).any()
