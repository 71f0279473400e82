import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from layouts.figures.effect import effect_curve, effect_rows

NAMES = {"37023": "Burke", "37051": "Cumberland", "37087": "Haywood", "37189": "<b>Watauga"}


def effect(
    observed: list[float] | None = None,
    treated: list[int] | None = None,
    percents: list[float] | None = None,
) -> Any:
    """Give a stand-in with the parts of an effect that are drawn."""
    observed = observed or [100, 110, 90, 80, 70]
    starts = [pd.Timestamp(2015 + n, 1, 1) for n in range(len(observed))]
    percents = percents or [-20.0, 5.0, math.inf]
    return SimpleNamespace(
        by_period=pd.DataFrame(
            {
                "start": starts,
                "end": [start + pd.DateOffset(years=1, days=-1) for start in starts],
                "observed": observed,
                "expected": [101.5] * len(observed),
                "person_time": [50_000.0] * len(observed),
                "treated": treated or [0, 0, 1, 3, 3],
            }
        ),
        by_county=pd.DataFrame(
            {
                "fips": list(NAMES)[: len(percents)],
                "observed": [8.0, 2100.0, 3.0, 4.0][: len(percents)],
                "expected": [10.0, 2000.0, 0.0, 4.0][: len(percents)],
                "percent": percents,
            }
        ),
    )


def named(figure: go.Figure, name: str) -> Any:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def test_the_curve_draws_observed_and_expected() -> None:
    told = effect()
    figure = effect_curve(told)
    for name in ("observed", "expected"):
        assert list(named(figure, name).y) == (2 * told.by_period[name]).tolist()
    assert named(figure, "expected").line.dash == "dash"
    assert "markers" in named(figure, "observed").mode
    low, high = figure.layout.yaxis.range
    assert low == 0
    assert high > 110


def test_the_ground_is_shaded_by_the_number_of_counties_with_lead() -> None:
    figure = effect_curve(effect())
    shades = [(pd.Timestamp(s.x0), pd.Timestamp(s.x1), s.opacity) for s in figure.layout.shapes]
    assert [first.year for first, *_ in shades] == [2017, 2018, 2019]
    assert [last.year for _, last, _ in shades] == [2018, 2019, 2020]
    assert shades[0][2] < shades[1][2] == shades[2][2]
    assert "LEAD in 1 to 3 counties" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize(
    ("treated", "word"),
    [([0, 0, 1, 1, 1], "LEAD in 1 county"), ([4, 4, 4, 4, 4], "LEAD in 4 counties")],
    ids=str,
)
def test_the_number_of_counties_in_words(treated: list[int], word: str) -> None:
    assert word in [note.text for note in effect_curve(effect(treated=treated)).layout.annotations]


def test_before_any_lead_nothing_is_shaded() -> None:
    assert effect_curve(effect(treated=[0] * 5)).layout.shapes == ()


def test_a_period_is_told_in_words() -> None:
    told = named(effect_curve(effect()), "observed").customdata[3]
    assert told.split("<br>") == [
        "2018",
        "observed: 80",
        "expected: 102",
        "difference: −21%",
        "counties with LEAD throughout: 3",
    ]


def test_a_period_without_numbers_is_left_out() -> None:
    figure = effect_curve(effect(observed=[100, math.nan, 90, 80, 70]))
    assert list(named(figure, "observed").y) == [200, 180, 160, 140]
    assert list(named(figure, "expected").x) == list(named(figure, "observed").x)


def test_the_names_of_the_lines_do_not_overlap() -> None:
    figure = effect_curve(effect(observed=[101.5] * 5), height=300)
    ends = {note.text: note.y for note in figure.layout.annotations if note.xref == "paper"}
    margin = figure.layout.margin
    scale = (300 - margin.t - margin.b) / figure.layout.yaxis.range[1]
    assert scale * abs(ends["observed"] - ends["expected"]) >= 14


def test_rows_stand_from_the_greatest_fall_down() -> None:
    figure = effect_rows(effect(percents=[5.0, -20.0, math.inf, 0.0]), NAMES)
    (dots,) = figure.data
    assert [x for x in dots.x if not np.isnan(x)] == [-20, 0, 5]
    assert list(dots.y) == [0, 1, 2, 3]
    said = [note.text for note in figure.layout.annotations]
    assert said == [
        "Cumberland: 2,100 observed, 2,000 expected",
        "&lt;b&gt;Watauga: 4 observed, 4.0 expected",
        "Burke: 8 observed, 10.0 expected",
        "Haywood: 3 observed, 0.0 expected",
    ]
    assert "difference: −20%" in dots.customdata[0]


@pytest.mark.parametrize(
    "percents", [[-20.0], [30.0, 60.0], [-100.0, 400.0], [math.inf], [0.0]], ids=str
)
def test_zero_and_every_dot_lie_within_the_axes(percents: list[float]) -> None:
    figure = effect_rows(effect(percents=percents), NAMES)
    left, right = figure.layout.xaxis.range
    assert left < 0 < right
    assert all(left < x < right for x in figure.data[0].x if not np.isnan(x))
    assert figure.layout.shapes[0].x0 == 0
    assert figure.layout.height > 40 * len(percents)
