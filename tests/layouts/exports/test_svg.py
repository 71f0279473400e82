import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from data import county_frame
from data.dates import day_words
from data.measures.layers import measure_layer
from data.words import LEGEND_WORDS, LOOK_WORDS, LOOKS, describe
from layouts.exports.svg import map_svg
from tests.data.series_builder import rows, series

SVG = "{http://www.w3.org/2000/svg}"
DAYS = [
    date(1950, 1, 1),
    date(2016, 8, 1),
    date(2018, 2, 10),
    date(2019, 8, 31),
    date(2021, 6, 1),
    date(2023, 7, 1),
    date(2025, 5, 1),
    date(2026, 1, 31),
]
HOSTILE = {
    "markup": "</title><script>alert(1)</script>",
    "quotes": "\"' onload='alert(1)' x=\"",
    "an ampersand": "Tom & Jerry &lt;b&gt;",
    "the end of a comment": "--> ]]> <!-- <![CDATA[",
}


@pytest.fixture(scope="module", params=DAYS, ids=str)
def day(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def frame(facts: Any, day: date) -> pd.DataFrame:
    return county_frame(facts, day)


@pytest.fixture(scope="module")
def root(facts: Any, day: date) -> ElementTree.Element:
    return ElementTree.fromstring(map_svg(facts, day))


def counties(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [path for path in root.iter(f"{SVG}path") if path.get("data-fips")]


def written(root: ElementTree.Element) -> list[str]:
    """Give every text that is drawn and shown, in order."""
    return [
        "".join(text.itertext())
        for text in root.iter(f"{SVG}text")
        if text.get("display") != "none"
    ]


def test_there_is_one_path_a_county_with_its_code_and_status(
    frame: pd.DataFrame, root: ElementTree.Element
) -> None:
    found = [(path.get("data-fips"), path.get("data-status")) for path in counties(root)]
    assert found == list(zip(frame["fips"], frame["status"], strict=True))
    assert len(found) == 100


def test_each_county_is_told_in_words(frame: pd.DataFrame, root: ElementTree.Element) -> None:
    assert [path.findtext(f"{SVG}title") for path in counties(root)] == [
        f"{row.county}: {LOOK_WORDS[row.look]}" for row in frame.itertuples()
    ]


def test_each_county_of_a_measure_is_told_with_its_value_and_class(facts: Any) -> None:
    cells = rows({"37023": [5], "37051": [12_345], "37087": ["suppressed"]}, "2018-01-01")
    made, day = series(cells, label="Bookings {all} <&>"), date(2018, 6, 30)
    layer = measure_layer(facts, made, "jail_admissions", day, date(2026, 1, 31))
    told = {
        str(path.get("data-fips")): path.findtext(f"{SVG}title")
        for path in counties(ElementTree.fromstring(map_svg(facts, day, layer)))
    }
    few = "few events, or called unreliable by its publisher"
    said = "Bookings {all} <&>"
    assert told["37023"] == f"Burke: {said}: 5 per 100,000 residents; {few}; class 5"
    assert told["37051"] == f"Cumberland: {said}: 12,300 per 100,000 residents; class 5 to 13,000"
    assert told["37087"] == f"Haywood: {said}: Suppressed"
    assert told["37001"] == f"Alamance: {said}: No figure"


def test_the_picture_has_the_views_sentence_as_title_and_description(
    day: date, frame: pd.DataFrame, root: ElementTree.Element
) -> None:
    sentence = describe(day, frame)
    assert root.findtext(f"{SVG}title") == sentence.headline
    assert root.findtext(f"{SVG}desc") == str(sentence)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby", "").split()
    assert named == [
        element.get("id") for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")
    ]


def test_the_headline_is_written(day: date, frame: pd.DataFrame, root: ElementTree.Element) -> None:
    assert written(root)[0] == f"{describe(day, frame).headline}."


def test_counties_with_lead_are_named(frame: pd.DataFrame, root: ElementTree.Element) -> None:
    shown = set(written(root)) & set(frame["county"])
    with_lead = frame[frame["look"].isin(["running", "unconfirmed", "perhaps", "planned"])]
    assert shown >= set(with_lead["county"])
    assert shown <= set(frame.loc[frame["look"] != "none_found", "county"])


def test_counties_of_one_look_have_one_fill_and_looks_differ(
    frame: pd.DataFrame, root: ElementTree.Element
) -> None:
    fills: dict[str, set[str]] = {}
    for path, look in zip(counties(root), frame["look"], strict=True):
        fills.setdefault(look, set()).add(path.get("fill", ""))
    assert all(len(found) == 1 for found in fills.values())
    assert len(set.union(*fills.values())) == len(fills)


def test_the_legend_counts_what_is_drawn(frame: pd.DataFrame, root: ElementTree.Element) -> None:
    found = frame["look"].value_counts()
    for look in LOOKS:
        assert f"{LEGEND_WORDS[look]} ({found.get(look, 0)})" in written(root)


def test_the_picture_names_its_edition_day_and_source(
    facts: Any, day: date, root: ElementTree.Element
) -> None:
    last = written(root)[-1]
    assert facts.edition in last
    assert day_words(day) in last
    assert "US Census Bureau" in last


def test_every_fill_by_reference_is_defined(root: ElementTree.Element) -> None:
    defined = {element.get("id") for element in root.iter()}
    used = {
        match
        for element in root.iter()
        for value in element.attrib.values()
        for match in re.findall(r"url\(#(.+?)\)", value)
    }
    assert used <= defined


def assert_inert(root: ElementTree.Element) -> None:
    """Hold that a picture runs nothing and loads nothing."""
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "defs", "pattern", "rect", "g", "path", "text",
        }  # fmt: skip
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name
            assert "://" not in value


def test_the_picture_runs_nothing_and_loads_nothing(root: ElementTree.Element) -> None:
    assert_inert(root)


def test_the_picture_fits_its_frame(root: ElementTree.Element) -> None:
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert (left, top) == (0, 0)
    for text in root.findall(f"{SVG}text"):
        assert 0 < float(text.get("x", -1)) < width
        assert 0 < float(text.get("y", -1)) < height


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_only_text(facts: Any, name: str) -> None:
    table = facts.counties.copy()
    table.loc[table["fips"] == "37087", "county"] = name
    root = ElementTree.fromstring(map_svg(replace(facts, counties=table), date(2019, 8, 31)))
    assert_inert(root)
    assert name in written(root)
    (path,) = [path for path in counties(root) if path.get("data-fips") == "37087"]
    assert (path.findtext(f"{SVG}title") or "").startswith(name)
    assert name in (root.findtext(f"{SVG}desc") or "")
