from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from data.evidence.reach import reach
from layouts.figures import reach_chart

COLUMNS = ("site", "measure", "kind", "day", "value", "count")
TWO_SITES = [
    ("Hickory Police Department LEAD", "enrolled", "cumulative", "2020-12-31", "42", "42 people"),
    ("Hickory Police Department LEAD", "enrolled", "cumulative", "2022-04-29", "49", "49 people"),
    ("Hickory Police Department LEAD", "referred", "cumulative", "2020-12-31", "94", "94 people"),
    ("Hickory Police Department LEAD", "enrolled", "at date", "2021-06-30", "20", "20 people"),
    ("Robeson County LEAD", "enrolled", "cumulative", "2023-06-30", "200", "more than 200 people"),
    ("Gaston County Police LEAD", "in the program", "at date", "2024-02-16", "14", "14 people"),
]


@pytest.fixture(scope="module")
def made_up() -> pd.DataFrame:
    rows = pd.DataFrame(TWO_SITES, columns=COLUMNS)
    days = pd.to_datetime(rows["day"])
    return rows.assign(day=days, middle=days, when="by some day")


@pytest.fixture(scope="module")
def held(facts: Any) -> pd.DataFrame:
    rows = reach(facts)
    return rows[(rows["entered"] == "yes")]


def of_trace(trace: Any, rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows whose middle and value a trace draws, in its order."""
    points = list(zip(pd.to_datetime(trace.x), trace.y, strict=True))
    found = [
        rows[
            (rows["middle"] == x)
            & (rows["value"].astype(float) == y)
            & (rows["site"] + ": " + rows["measure"] == trace.name)
        ]
        for x, y in points
    ]
    assert all(len(match) == 1 for match in found)
    return pd.concat(found)


@pytest.mark.parametrize("which", ["made_up", "held"])
def test_no_line_joins_two_programs_measures_or_kinds(
    which: str, request: pytest.FixtureRequest
) -> None:
    rows = request.getfixturevalue(which)
    for trace in reach_chart(rows).data:
        drawn = of_trace(trace, rows)
        assert (drawn[["site", "measure", "kind"]].nunique() == 1).all()


@pytest.mark.parametrize("which", ["made_up", "held"])
def test_only_running_totals_are_joined_and_filled(
    which: str, request: pytest.FixtureRequest
) -> None:
    rows = request.getfixturevalue(which)
    for trace in reach_chart(rows).data:
        total = of_trace(trace, rows)["kind"].iloc[0] == "cumulative"
        assert ("lines" in trace.mode) is total
        assert trace.marker.symbol == ("circle" if total else "circle-open")


@pytest.mark.parametrize("which", ["made_up", "held"])
def test_every_dated_count_is_drawn_once(which: str, request: pytest.FixtureRequest) -> None:
    rows = request.getfixturevalue(which)
    drawn = sum(len(trace.x) for trace in reach_chart(rows).data)
    assert drawn == rows["day"].notna().sum() > 0


@pytest.mark.parametrize("which", ["made_up", "held"])
def test_counts_are_in_sight(which: str, request: pytest.FixtureRequest) -> None:
    rows = request.getfixturevalue(which)
    figure = reach_chart(rows)
    low, high = figure.layout.yaxis.range
    first, last = map(pd.Timestamp, figure.layout.xaxis.range)
    assert low <= 0
    for trace in figure.data:
        assert pd.Series(trace.y).between(low, high).all()
        assert pd.Series(pd.to_datetime(trace.x)).between(first, last).all()


def test_a_running_total_runs_forward(made_up: pd.DataFrame) -> None:
    for trace in reach_chart(made_up).data:
        assert pd.Series(pd.to_datetime(trace.x)).is_monotonic_increasing


def test_a_count_without_a_day_is_left_out(made_up: pd.DataFrame) -> None:
    undated = made_up.iloc[[0]].assign(day=pd.NaT, value="777")
    figure: go.Figure = reach_chart(pd.concat([made_up, undated]))
    assert 777 not in [value for trace in figure.data for value in trace.y]


def test_every_count_is_told_as_its_source_has_it(made_up: pd.DataFrame) -> None:
    figure = reach_chart(made_up)
    written = [text for trace in figure.data for text in trace.text]
    assert "Robeson: more than 200 people" in written
    assert "Hickory: 42 people" in written
    told = [text for trace in figure.data for text in trace.customdata]
    assert all("by some day" in text for text in told)
