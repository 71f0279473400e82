from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from data.evidence.context import Series, context_series
from data.schema import dictionary
from layouts.figures import context_chart

BREAKS = {
    "pandemic": ("2020-03-10", "all"),
    "crime": ("2021-01-01", "crime"),
    "court": ("2023-02-13", "court"),
}


def made_up(
    values: dict[str, float],
    qualifiers: Iterable[str] = (),
    breaks: Iterable[tuple[str, str]] = (),
    starts: Iterable[tuple[str, str]] = (),
    unit: str = "people",
) -> Series:
    """Make a series of values by day, with breaks (day, kind) and starts of LEAD (first, last)."""
    days = pd.to_datetime(list(values))
    points = pd.DataFrame(
        {
            "day": days,
            "value": list(values.values()),
            "qualifier": list(qualifiers) or ["exact"] * len(values),
            "when": [f"in {day.year}" for day in days],
            "sources": "somewhere",
            "note": "",
            "follows": [
                place > 0 and day.year - days[place - 1].year == 1 for place, day in enumerate(days)
            ],
        }
    )
    broken = pd.DataFrame(breaks, columns=["day", "breaks"]).assign(title="A break")
    spans = pd.DataFrame(starts, columns=["s0", "s1"]).assign(agency="Some agency")
    return Series(
        name="made-up",
        fips="37051",
        place="Cumberland",
        agency="",
        topic="crime",
        measure="things counted",
        unit=unit,
        publisher="Someone",
        points=points,
        breaks=broken.assign(day=pd.to_datetime(broken["day"])),
        starts=spans.assign(s0=pd.to_datetime(spans["s0"]), s1=pd.to_datetime(spans["s1"])),
    )


def yearly(*values: float) -> dict[str, float]:
    return {f"{2015 + place}-07-02": value for place, value in enumerate(values)}


def drawn(figure: go.Figure) -> list[tuple[pd.Timestamp, float, str]]:
    """Give every point of a chart: day, value and symbol, in order of time."""
    return sorted(
        (pd.Timestamp(x), y, symbol)
        for trace in figure.data
        for x, y, symbol in zip(trace.x, trace.y, trace.marker.symbol, strict=True)
        if y is not None and not pd.isna(y)
    )


def joined(figure: go.Figure) -> set[tuple[int, int]]:
    """Give the years of each two points that a line joins."""
    return {
        (pd.Timestamp(x[0]).year, pd.Timestamp(x[1]).year)
        for trace in figure.data
        if "lines" in trace.mode
        for x, y in zip(
            zip(trace.x, trace.x[1:], strict=False),
            zip(trace.y, trace.y[1:], strict=False),
            strict=True,
        )
        if not pd.isna(y[0]) and not pd.isna(y[1])
    }


def lines(figure: go.Figure) -> list[pd.Timestamp]:
    return [pd.Timestamp(s.x0) for s in figure.layout.shapes if s.type == "line"]


def spans(figure: go.Figure) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    return [
        (pd.Timestamp(s.x0), pd.Timestamp(s.x1)) for s in figure.layout.shapes if s.type == "rect"
    ]


@pytest.fixture(scope="module")
def every_series(facts: Any) -> list[Series]:
    local = [context_series(facts, (fips,)) for fips in facts.county_names]
    return [*context_series(facts), *(series for found in local for series in found)]


def test_every_point_of_the_facts_is_drawn(every_series: list[Series]) -> None:
    assert len(every_series) > 50
    for series in every_series:
        points = drawn(context_chart(series))
        assert [day for day, _, _ in points] == list(series.points["day"]), series.name
        assert [value for _, value, _ in points] == list(series.points["value"]), series.name


def test_points_of_the_facts_lie_within_the_axes(every_series: list[Series]) -> None:
    for series in every_series:
        layout = context_chart(series).layout
        assert series.points["value"].between(*layout.yaxis.range).all(), series.name
        assert series.points["day"].between(*layout.xaxis.range).all(), series.name


def test_zero_is_in_sight_in_every_chart_of_the_facts(every_series: list[Series]) -> None:
    for series in every_series:
        low, high = context_chart(series).layout.yaxis.range
        assert low <= 0 <= high, series.name
        assert low < high, series.name


@pytest.mark.parametrize(
    "values",
    [(100, 90), (0, 3), (-5, -1), (-5, 4), (0, 0), (0.4, 0.2), (1e7, 2e7)],
    ids=str,
)
def test_zero_is_in_sight(values: tuple[float, ...]) -> None:
    low, high = context_chart(made_up(yearly(*values))).layout.yaxis.range
    assert low <= min(0, *values)
    assert high >= max(0, *values)
    assert low < high


def test_only_exact_points_are_filled() -> None:
    rows = dictionary()
    row = rows[(rows["table"] == "context") & (rows["column"] == "qualifier")]
    words = row["allowed"].item().split("|")
    assert "exact" in words
    series = made_up(yearly(*range(1, len(words) + 1)), qualifiers=words)
    symbols = [symbol for _, _, symbol in drawn(context_chart(series))]
    assert symbols == ["circle" if word == "exact" else "circle-open" for word in words]


def test_a_point_is_told_with_period_value_unit_and_qualifier() -> None:
    series = made_up(yearly(1234.5, 99), ["exact", "about"], unit="arrests")
    told = [text for trace in context_chart(series).data for text in trace.customdata if text]
    assert "in 2015" in told[0]
    assert "1,234.5 arrests" in told[0]
    assert "exact" not in told[0]
    assert "about" in told[1]


def test_neighboring_years_are_joined() -> None:
    assert joined(context_chart(made_up(yearly(5, 4, 6)))) == {(2015, 2016), (2016, 2017)}


def test_a_gap_in_a_yearly_series_stays_a_gap() -> None:
    values = {"2015-07-02": 5.0, "2016-07-02": 4.0, "2019-07-02": 6.0, "2020-07-02": 7.0}
    assert (2016, 2019) not in joined(context_chart(made_up(values)))


@pytest.mark.parametrize("kind", BREAKS.values(), ids=BREAKS)
def test_a_break_is_marked_and_named(kind: tuple[str, str]) -> None:
    figure = context_chart(made_up(yearly(*range(1, 11)), breaks=[kind]))
    assert lines(figure) == [pd.Timestamp(kind[0])]
    (note,) = figure.layout.annotations
    assert pd.Timestamp(note.x) == pd.Timestamp(kind[0])
    assert note.text


def test_each_kind_of_break_is_marked_where_it_begins() -> None:
    later = ("2024-04-29", "court")
    figure = context_chart(made_up(yearly(*range(1, 11)), breaks=[*BREAKS.values(), later]))
    assert lines(figure) == [pd.Timestamp(day) for day, _ in BREAKS.values()]
    assert len({note.text for note in figure.layout.annotations}) == 3


@pytest.mark.parametrize(
    ("breaks", "anchors"),
    [
        ([("2019-12-01", "court"), ("2020-03-27", "all")], ["right", "left"]),
        ([("2015-12-01", "court"), ("2016-03-27", "all")], ["left", "left"]),
        ([("2023-12-01", "court"), ("2024-03-27", "all")], ["right", "right"]),
        ([("2017-12-01", "court")], ["left"]),
    ],
)
def test_words_of_neighboring_breaks_stand_on_their_own_sides(
    breaks: list[tuple[str, str]], anchors: list[str]
) -> None:
    figure = context_chart(made_up(yearly(*range(1, 11)), breaks=breaks))
    assert [note.xanchor for note in figure.layout.annotations] == anchors


def test_breaks_of_the_facts_are_marked(every_series: list[Series]) -> None:
    broken = [series for series in every_series if len(series.breaks)]
    assert len(broken) > 5
    for series in broken:
        firsts = series.breaks.drop_duplicates("breaks")["day"]
        assert lines(context_chart(series)) == list(firsts), series.name


def test_a_series_without_a_break_has_no_mark() -> None:
    assert context_chart(made_up(yearly(1, 2))).layout.shapes == ()


def test_the_start_of_lead_is_its_whole_uncertain_span() -> None:
    start = ("2016-07-01", "2016-09-30")
    figure = context_chart(made_up(yearly(1, 2, 3), starts=[start]))
    assert spans(figure) == [tuple(map(pd.Timestamp, start))]
    assert [note.text for note in figure.layout.annotations] == ["LEAD starts"]


def test_an_exact_start_of_lead_is_still_to_be_seen() -> None:
    figure = context_chart(made_up(yearly(1, 2, 3), starts=[("2016-07-01", "2016-07-01")]))
    ((first, last),) = spans(figure)
    assert first == pd.Timestamp("2016-07-01")
    assert first < last < first + pd.Timedelta(days=60)


def test_starts_of_the_facts_are_marked(every_series: list[Series]) -> None:
    local = [series for series in every_series if len(series.starts)]
    assert {series.fips for series in local} >= {"37051", "37087", "37129"}
    for series in local:
        marked = spans(context_chart(series))
        assert [first for first, _ in marked] == list(series.starts["s0"]), series.name
        assert all(last >= s1 for (_, last), s1 in zip(marked, series.starts["s1"], strict=True))


def test_percent_is_written_on_the_axis() -> None:
    chart = context_chart(made_up(yearly(38, 41), unit="percent"))
    assert chart.layout.yaxis.ticksuffix == "%"
    assert not context_chart(made_up(yearly(38, 41))).layout.yaxis.ticksuffix
