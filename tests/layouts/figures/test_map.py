import itertools
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from data.measures.layers import Layer, lead_layer
from data.words import LOOK_WORDS, LOOKS
from geo.encode import LAT_RANGE, LON_RANGE
from layouts.figures import county_map
from layouts.theme import DARK, LIGHT, look_colors

URL = "/shapes/counties.json"
DAYS = [date(2010, 1, 1), date(2016, 8, 1), date(2019, 8, 31), date(2021, 6, 1), date(2026, 1, 1)]


@pytest.fixture(params=DAYS, ids=str)
def layer(request: pytest.FixtureRequest, facts: Any) -> Layer:
    return lead_layer(facts, request.param)


@pytest.fixture
def frame(layer: Layer) -> pd.DataFrame:
    return layer.frame


def test_one_trace_holds_all_counties(facts: Any, layer: Layer) -> None:
    (trace,) = county_map(layer, URL).data
    assert isinstance(trace, go.Choropleth)
    assert list(trace.locations) == list(facts.county_names)


def test_the_numbers_are_the_looks(layer: Layer, frame: pd.DataFrame) -> None:
    (trace,) = county_map(layer, URL).data
    assert [LOOKS[place] for place in trace.z] == frame["look"].tolist()


def test_each_county_is_said_in_words(layer: Layer, frame: pd.DataFrame) -> None:
    (trace,) = county_map(layer, URL).data
    assert list(trace.text) == [
        f"{row.county}: {LOOK_WORDS[row.look]}" for row in frame.itertuples()
    ]


def test_each_look_gets_its_own_color(layer: Layer, frame: pd.DataFrame) -> None:
    (trace,) = county_map(layer, URL).data
    span = trace.zmax - trace.zmin
    for place, color in enumerate(look_colors(LOOKS)):
        share = (place - trace.zmin) / span
        below = [shade for edge, shade in trace.colorscale if edge <= share]
        above = [shade for edge, shade in trace.colorscale if edge > share]
        assert below[-1] == above[0] == color


def test_the_shapes_come_from_the_app_itself(layer: Layer, frame: pd.DataFrame) -> None:
    figure = county_map(layer, URL)
    assert figure.data[0].geojson == URL
    assert figure.layout.geo.visible is False
    assert figure.layout.geo.lonaxis.range == LON_RANGE
    assert figure.layout.geo.lataxis.range == LAT_RANGE


def test_the_legend_in_words_takes_the_place_of_plotlys(layer: Layer, frame: pd.DataFrame) -> None:
    figure = county_map(layer, URL)
    assert figure.data[0].showscale is False
    assert figure.layout.showlegend is False


def lightness(color: str) -> float:
    """Give the relative luminance of a color, as WCAG 2 defines it."""
    parts = np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    light, dark = sorted([lightness(one), lightness(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_looks_differ_in_lightness_too(palette: dict[str, str]) -> None:
    flat = [look for look in LOOKS if look != "perhaps"]  # perhaps is hatched
    for one, other in itertools.combinations(flat, 2):
        assert contrast(palette[one], palette[other]) >= 1.2, (one, other)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable(palette: dict[str, str]) -> None:
    for ink in ("ink", "ink-soft", "accent", "choice"):
        assert contrast(palette[ink], palette["paper"]) >= 4.5, ink


def test_both_palettes_name_the_same_colors() -> None:
    assert list(LIGHT) == list(DARK)
