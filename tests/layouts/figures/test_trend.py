import itertools
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.measures.trend import Trend, county_trend
from data.series import QUALITIES
from layouts.figures.labels import LETTER, NARROW, spread, stack
from layouts.figures.trend import trend_chart, trend_multiples
from layouts.theme import COUNTIES, DARK, LIGHT
from tests.data.series_builder import Cell, rows, series

CHOSEN = ("37051", "37097", "37023", "37189")
"""Cumberland, Iredell, Burke and Watauga: all have LEAD, two since no certain day."""

OTHERS = ("37183", "37119", "37001")


def made(facts: Any, *chosen: str, cells: list[Cell] | None = None, **options: Any) -> Trend:
    """Give the trend of a file of few counties, in which the first chosen one has these cells."""
    months = options.pop("months", 12)
    kind = options.pop("kind", "events")
    label = options.pop("label", "Jail admissions")
    count = len(cells) if cells else 10
    values: dict[str, list[Cell]] = {
        fips: [300.0 + 7 * (n + place) for n in range(count)]
        for place, fips in enumerate(dict.fromkeys((*chosen, *OTHERS)))
    }
    if cells:
        values[chosen[0]] = cells
    told = series(rows(values, "2013-01-01", months), kind=kind, label=label)
    return county_trend(facts, told, "jail_admissions", chosen, **options)


def named(figure: go.Figure, name: str) -> Any:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def points(trace: Any) -> list[tuple[Any, float, str, str]]:
    """Give what is drawn of a line: place, value, symbol and words."""
    symbols = np.broadcast_to(np.array(trace.marker.symbol, dtype=object), len(trace.x))
    drawn = zip(trace.x, trace.y, symbols, trace.customdata, strict=True)
    return [point for point in drawn if not pd.isna(point[1])]


def joined(trace: Any) -> int:
    """Count the pairs of points that a line joins."""
    return sum(not (pd.isna(a) or pd.isna(b)) for a, b in itertools.pairwise(trace.y))


def bands(figure: go.Figure, color: str) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    return [
        (pd.Timestamp(shape.x0), pd.Timestamp(shape.x1))
        for shape in figure.layout.shapes
        if shape.type == "rect" and shape.fillcolor == color
    ]


def texts(figure: go.Figure) -> list[str]:
    return [note.text.replace("<br>", " ") for note in figure.layout.annotations]


@pytest.mark.parametrize("align", ["calendar", "adoption"])
@pytest.mark.parametrize("as_rate", [True, False])
@pytest.mark.parametrize("months", [1, 3, 12])
def test_every_point_is_drawn_within_the_axes(
    facts: Any, align: str, as_rate: bool, months: int
) -> None:
    trend = made(facts, *CHOSEN, align=align, as_rate=as_rate, months=months)
    figure = trend_chart(trend)
    low, high = figure.layout.yaxis.range
    assert low < 0 < high
    left, right = figure.layout.xaxis.range
    for line in trend.lines:
        drawn = points(named(figure, line.name))
        assert [y for _, y, *_ in drawn] == line.points["shown"].tolist()
        assert all(left < x < right for x, *_ in drawn)
        assert (line.points["shown_high"] < high).all()


def test_a_gap_and_a_break_are_not_joined(facts: Any) -> None:
    trend = made(facts, "37051", cells=[5, 6, "suppressed", 7, 8, None, 9, 10])
    trace = named(trend_chart(trend), "Cumberland")
    assert trace.connectgaps is False
    assert joined(trace) == trend.lines[0].points["follows"].sum() == 3


SYMBOLS: dict[str, tuple[Cell, str]] = {
    "many events": (50, "circle"),
    "few events": (19, "circle-open"),
    "zero": (0, "circle-open"),
    "unreliable": ((50, "unreliable"), "circle-open"),
    "interpolated": ((50.5, "interpolated"), "diamond-open"),
    "apportioned": ((50.5, "apportioned"), "diamond-open"),
}


@pytest.mark.parametrize(("cell", "symbol"), SYMBOLS.values(), ids=SYMBOLS)
def test_what_is_known_of_a_point_is_seen(facts: Any, cell: Cell, symbol: str) -> None:
    trace = named(trend_chart(made(facts, "37051", cells=[100, cell, 100])), "Cumberland")
    assert [point[2] for point in points(trace)] == ["circle", symbol, "circle"]


@pytest.mark.parametrize("quality", ["suppressed", "missing", "doubtful zero"])
def test_a_period_without_a_value_is_a_cross_below_zero(facts: Any, quality: str) -> None:
    figure = trend_chart(made(facts, "37051", cells=[100, quality, 0]))
    crosses = named(figure, "Cumberland: no value")
    assert [pd.Timestamp(x).year for x in crosses.x] == [2014]
    assert figure.layout.yaxis.range[0] < crosses.y[0] < 0
    assert QUALITIES[quality] in crosses.customdata[0]


def test_a_point_is_told_in_words(facts: Any) -> None:
    figure = trend_chart(made(facts, "37051", cells=[400, (12.5, "apportioned"), 0]))
    first, second, third = (point[3] for point in points(named(figure, "Cumberland")))
    assert first.split("<br>") == [
        "Cumberland",
        "2013",
        "400 per 100,000 residents a year",
        "95% interval 362 to 441",
        "Jail admissions: 400",
    ]
    assert QUALITIES["apportioned"] in second
    assert "fewer than 20 events" in third
    state = points(named(figure, "4 counties with a value"))[0][3]
    assert "in 4 counties" in state


def test_text_of_a_file_is_never_markup(facts: Any) -> None:
    figure = trend_chart(made(facts, "37051", label="<a href='x'>Jail</a>"))
    assert "<a" not in figure.to_json()
    assert "&lt;a href" in points(named(figure, "Cumberland"))[0][3]


@pytest.mark.parametrize(("count", "band"), [(15, False), (16, True)])
def test_intervals_are_bars_for_few_points_and_a_band_for_many(
    facts: Any, count: int, band: bool
) -> None:
    cells: list[Cell] = [100.0 + n for n in range(count)]
    trend = made(facts, "37051", cells=cells, months=1)
    figure = trend_chart(trend)
    low, high = (trend.lines[0].points[f"shown_{end}"].tolist() for end in ("low", "high"))
    trace = named(figure, "Cumberland")
    if band:
        assert named(figure, "interval of Cumberland").y[:-1] == (*high, *low[::-1])
        assert trace.error_y.array is None
    else:
        shown = np.array(trend.lines[0].points["shown"])
        assert np.allclose(shown + trace.error_y.array[1:], high)
        assert np.allclose(shown - trace.error_y.arrayminus[1:], low)


def test_a_band_does_not_bridge_a_gap(facts: Any) -> None:
    cells: list[Cell] = [*[100] * 10, "missing", *[100] * 10]
    figure = trend_chart(made(facts, "37051", cells=cells, months=1))
    assert [
        place for place, y in enumerate(named(figure, "interval of Cumberland").y) if y is None
    ] == [20, 41]


def test_people_have_no_interval(facts: Any) -> None:
    figure = trend_chart(made(facts, "37051", kind="people"))
    assert named(figure, "Cumberland").error_y.array is None
    assert "interval" not in points(named(figure, "Cumberland"))[0][3]


def test_groups_are_gray_and_the_counties_without_lead_dashed(facts: Any) -> None:
    figure = trend_chart(made(facts, *CHOSEN))
    state, without = (
        named(figure, name) for name in ("7 counties with a value", "Counties without LEAD")
    )
    assert state.line.color == without.line.color
    assert (state.line.dash, without.line.dash) == ("solid", "dash")
    counties = [named(figure, facts.county_names[fips]).line.color for fips in CHOSEN]
    assert counties == list(COUNTIES)


def test_the_colors_of_counties_are_not_those_of_lead() -> None:
    assert not set(COUNTIES) & {*LIGHT.values(), *DARK.values()}
    assert len(set(COUNTIES)) == 4


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("paper", [LIGHT["paper"], DARK["paper"]])
@pytest.mark.parametrize("color", COUNTIES)
def test_the_colors_stand_out_on_the_paper(color: str, paper: str) -> None:
    low, high = sorted((luminance(color), luminance(paper)))
    assert (high + 0.05) / (low + 0.05) >= 3


def test_the_start_of_lead_is_its_whole_uncertain_span(facts: Any) -> None:
    figure = trend_chart(made(facts, *CHOSEN))
    for color, fips, span in zip(
        COUNTIES,
        CHOSEN,
        [
            ("2016-07-01", "2016-09-30"),
            ("2016-07-01", "2018-05-31"),
            ("2016-07-01", "2019-12-31"),
            ("2020-01-01", "2020-12-31"),
        ],
        strict=True,
    ):
        assert bands(figure, color) == [tuple(map(pd.Timestamp, span))]
        assert f"{facts.county_names[fips]}: LEAD" in texts(figure)


def test_a_county_without_lead_has_no_span(facts: Any) -> None:
    assert bands(trend_chart(made(facts, "37183")), COUNTIES[0]) == []


def test_the_pandemic_and_breaks_are_marked_once_each(facts: Any) -> None:
    figure = trend_chart(made(facts, "37183"))
    for word in ("pandemic", "fewer jails report"):
        assert texts(figure).count(word) == 1
    dotted = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert [pd.Timestamp(shape.x0) for shape in dotted] == [pd.Timestamp("2020-01-01")]


def test_aligned_lines_meet_at_the_start(facts: Any) -> None:
    figure = trend_chart(made(facts, *CHOSEN, align="adoption"))
    assert {trace.name for trace in figure.data if "lines+" in trace.mode} == {
        facts.county_names[fips] for fips in CHOSEN
    }
    assert "LEAD begins" in texts(figure)
    assert "pandemic" not in texts(figure)
    for shape in figure.layout.shapes:
        if shape.type == "rect":
            assert shape.x0 == pytest.approx(-shape.x1)


@pytest.mark.parametrize("height", [300, 420])
def test_names_at_the_ends_do_not_overlap(facts: Any, height: int) -> None:
    figure = trend_chart(made(facts, *CHOSEN), height)
    margin = figure.layout.margin
    low, high = figure.layout.yaxis.range
    scale = (height - margin.t - margin.b) / (high - low)
    names = [note for note in figure.layout.annotations if note.xref == "paper"]
    assert len(names) == 6
    spans = sorted(
        (scale * note.y - 7 * lines, scale * note.y + 7 * lines)
        for note in names
        for lines in [note.text.count("<br>") + 1]
    )
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))
    assert scale * low <= spans[0][0]
    assert spans[-1][1] <= scale * high


def test_more_than_four_counties_take_small_charts_of_one_scale(facts: Any) -> None:
    chosen = (*CHOSEN, "37183", "37119")
    trend = made(facts, *chosen)
    with pytest.raises(ValueError, match="holds 4 counties, not 6"):
        trend_chart(trend)
    figures = trend_multiples(trend)
    assert len(figures) == 6
    for same in ("yaxis", "xaxis"):
        assert len({str(figure.layout[same].range) for figure in figures}) == 1
    assert len({figure.layout.margin.t for figure in figures}) == 1
    for figure, fips in zip(figures, chosen, strict=True):
        name = facts.county_names[fips]
        assert name in texts(figure)
        assert {trace.name for trace in figure.data} >= {name, "7 counties with a value"}


def test_without_a_line_the_chart_is_empty(facts: Any) -> None:
    trend = county_trend(facts, series(rows({})), "jail_admissions", ("37051",))
    assert len(trend_chart(trend).data) == 0
    assert trend_multiples(trend) == []


@pytest.mark.parametrize("cells", [["missing"] * 3, [0, 0], [5]], ids=str)
def test_charts_of_next_to_nothing_are_drawn(facts: Any, cells: list[Cell]) -> None:
    told = series(rows({"37051": cells}, "2015-01-01"))
    trend = county_trend(facts, told, "jail_admissions", ("37051",))
    low, high = trend_chart(trend).layout.yaxis.range
    assert low < 0 < high


numbers = st.floats(-100, 100).map(lambda x: round(x, 3))
labels = st.lists(st.tuples(numbers, st.floats(0.5, 20).map(lambda x: round(x, 3))), max_size=8)


@given(labels)
def test_spread_labels_never_overlap(given_labels: list[tuple[float, float]]) -> None:
    wanted, sizes = ([label[n] for label in given_labels] for n in (0, 1))
    found = spread(wanted, sizes, -200, 200)
    ordered = sorted(zip(found, sizes, strict=True))
    for (a, a_size), (b, b_size) in itertools.pairwise(ordered):
        assert b - a >= (a_size + b_size) / 2 - 1e-6
    for at, size in ordered:
        assert -200 - 1e-6 <= at - size / 2 <= at + size / 2 <= 200 + 1e-6


@given(labels)
def test_spread_labels_keep_their_order(given_labels: list[tuple[float, float]]) -> None:
    wanted, sizes = ([label[n] for label in given_labels] for n in (0, 1))
    found = spread(wanted, sizes, -200, 200)
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    assert all(found[a] <= found[b] + 1e-9 for a, b in itertools.pairwise(order))


SPREAD: dict[str, tuple[list[float], list[float]]] = {
    "apart": ([1, 5, 9], [1, 5, 9]),
    "one": ([4], [4]),
    "none": ([], []),
    "two on one another": ([5, 5], [4, 6]),
    "three close together": ([5, 5.3, 4.7], [5, 7, 3]),
    "at the lower end": ([0, 0], [1, 3]),
    "at the upper end": ([10, 9], [9, 7]),
    "one beside a pair": ([5, 5, 7], [3.666667, 5.666667, 7.666667]),
}


@pytest.mark.parametrize(("wanted", "found"), SPREAD.values(), ids=SPREAD)
def test_labels_are_moved_as_little_as_can_be(wanted: list[float], found: list[float]) -> None:
    assert np.allclose(spread(wanted, [2] * len(wanted), 0, 10), found)


def test_labels_that_do_not_fit_are_pressed_evenly() -> None:
    assert np.allclose(spread([5] * 5, [4] * 5, 0, 10), [2, 3.5, 5, 6.5, 8])


@given(st.lists(st.tuples(st.text("abc ", min_size=1, max_size=20), st.floats(0, 1)), max_size=8))
def test_words_above_a_plot_never_overlap(words: list[tuple[str, float]]) -> None:
    found = stack(words)
    spans = []
    for (text, across), (row, anchor) in zip(words, found, strict=True):
        wide = LETTER * len(text)
        left = across * NARROW - {"left": 0, "center": wide / 2, "right": wide}[anchor]
        assert left >= -30 - 1e-6
        assert left + wide <= NARROW + 30 + 1e-6
        spans.append((row, left, left + wide))
    for a, b in itertools.pairwise(sorted(spans)):
        assert a[0] < b[0] or a[2] < b[1]
    assert sorted({row for row, _ in found}) == list(range(len({row for row, _ in found})))
