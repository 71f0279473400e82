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
    counties: list[int] | None = None,
    follows: list[bool] | None = None,
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
                "observed_rate": [2.0 * number for number in observed],
                "expected_rate": [203.0] * len(observed),
                "treated": treated or [0, 0, 1, 3, 3],
                "counties": counties or [3] * len(observed),
                "follows": [False, *(follows or [True] * (len(observed) - 1))],
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


def curve(**parts: Any) -> go.Figure:
    return effect_curve(effect(**parts).by_period, 3)


def drawn(figure: go.Figure, name: str) -> list[list[float]]:
    """Give the runs of a line that are joined."""
    runs: list[list[float]] = [[]]
    for value in named(figure, name).y:
        if math.isnan(value):
            runs.append([])
        else:
            runs[-1].append(float(value))
    return [run for run in runs if run]


def named(figure: go.Figure, name: str) -> Any:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def test_the_curve_draws_observed_and_expected() -> None:
    figure = curve()
    assert drawn(figure, "observed") == [[200, 220, 180, 160, 140]]
    assert drawn(figure, "expected") == [[203] * 5]
    assert named(figure, "expected").line.dash == "dash"
    assert "markers" in named(figure, "observed").mode
    low, high = figure.layout.yaxis.range
    assert low == 0
    assert high > 110


def test_the_ground_is_shaded_by_the_number_of_counties_with_lead() -> None:
    figure = curve()
    shades = [(pd.Timestamp(s.x0), pd.Timestamp(s.x1), s.opacity) for s in figure.layout.shapes]
    assert [first.year for first, *_ in shades] == [2017, 2018, 2019]
    assert [last.year for _, last, _ in shades] == [2018, 2019, 2020]
    assert shades[0][2] < shades[1][2] == shades[2][2]
    assert "1 to 3 counties counted with LEAD" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize(
    ("treated", "word"),
    [
        ([0, 0, 1, 1, 1], "1 county counted with LEAD"),
        ([4, 4, 4, 4, 4], "4 counties counted with LEAD"),
    ],
    ids=str,
)
def test_the_number_of_counties_in_words(treated: list[int], word: str) -> None:
    assert word in [note.text for note in curve(treated=treated).layout.annotations]


def test_before_any_lead_nothing_is_shaded() -> None:
    assert curve(treated=[0] * 5).layout.shapes == ()


def test_a_period_is_told_in_words() -> None:
    figure = curve(counties=[3, 3, 3, 2, 3])
    (told,) = [words for words in named(figure, "observed").customdata if "2018" in words]
    assert told.split("<br>") == [
        "2018",
        "observed: 80",
        "expected: 102",
        "difference: −21%",
        "numbers from 2 of 3 counties",
        "counted with LEAD: 3",
    ]


def test_no_line_joins_periods_of_other_counties() -> None:
    figure = curve(follows=[True, False, False, True])
    assert drawn(figure, "observed") == [[200, 220], [180], [160, 140]]
    assert drawn(figure, "expected") == [[203, 203], [203], [203, 203]]
    for name in ("observed", "expected"):
        assert "markers" in named(figure, name).mode, "a period by itself is seen"
        assert named(figure, name).connectgaps is False


def test_the_names_of_the_lines_do_not_overlap() -> None:
    figure = effect_curve(effect(observed=[101.5] * 5).by_period, 3, height=300)
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
