from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from data.evidence.results import results
from layouts.figures import result_chart


def made_up(*changes: float, claims: tuple[str, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "site": [f"Site {place}" for place in range(len(changes))],
            "measure": "arrests",
            "period_after": "6 months after referral",
            "change_pct": [str(change) for change in changes],
            "claim": claims or ("no",) * len(changes),
            "headline": [f"{change:+g}%" for change in changes],
            "graded": "Grade 1 of 5",
            "compared": "none",
            "people": "n = 40",
            "interval": "no interval: the source gives no count",
        }
    )


@pytest.fixture(scope="module")
def rows(facts: Any) -> pd.DataFrame:
    table = results(facts)
    return table[(table["topic"] == "justice") & (table["change_pct"] != "")]


def dots(figure: go.Figure) -> Any:
    (trace,) = figure.data
    return trace


def test_each_result_is_one_dot_at_its_change(rows: pd.DataFrame) -> None:
    trace = dots(result_chart(rows))
    assert list(trace.x) == rows["change_pct"].astype(float).tolist()
    assert len(set(trace.y)) == len(rows) > 5


def test_the_first_result_stands_on_top() -> None:
    figure = result_chart(made_up(-10, -20, -30))
    bottom, top = figure.layout.yaxis.range
    places = list(dots(figure).y)
    assert bottom > top
    assert places == sorted(places)


def test_claims_are_hollow_and_studies_filled(rows: pd.DataFrame) -> None:
    symbols = dots(result_chart(rows)).marker.symbol
    assert list(symbols) == [
        "circle-open" if claim == "yes" else "circle" for claim in rows["claim"]
    ]
    assert {"circle", "circle-open"} == set(symbols)


def test_no_dot_stands_without_its_grade(rows: pd.DataFrame) -> None:
    for text, row in zip(dots(result_chart(rows)).text, rows.itertuples(), strict=True):
        assert row.headline in text
        assert row.graded in text


def test_no_dot_is_told_without_its_comparison_group(rows: pd.DataFrame) -> None:
    for told, row in zip(dots(result_chart(rows)).customdata, rows.itertuples(), strict=True):
        for part in (row.site, row.measure, row.graded, f"comparison: {row.compared}", row.people):
            assert part in told


def test_each_dot_is_named_beside_it(rows: pd.DataFrame) -> None:
    notes = result_chart(rows).layout.annotations
    said = [note.text.replace("<br>", " ") for note in notes]
    assert said == [
        f"{row.site}: {row.measure}, {row.period_after or 'period not given'}"
        for row in rows.itertuples()
    ]


def test_a_missing_period_is_said() -> None:
    (note,) = result_chart(made_up(-10).assign(period_after="")).layout.annotations
    assert "period not given" in note.text


@pytest.mark.parametrize(
    "changes",
    [(-50,), (-100,), (0,), (15,), (-80, -50, -17), (40,), (-20, 120)],
    ids=str,
)
def test_dots_and_no_change_are_always_in_sight(changes: tuple[float, ...]) -> None:
    low, high = result_chart(made_up(*changes)).layout.xaxis.range
    assert low <= 0 <= high
    assert all(low <= change <= high for change in changes)


def test_no_change_is_drawn_and_named() -> None:
    figure = result_chart(made_up(-50))
    assert [shape.x0 for shape in figure.layout.shapes if shape.type == "line"] == [0]
    ticks = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    assert ticks[0] == "no change"


def test_more_results_make_a_higher_chart() -> None:
    heights = [result_chart(made_up(*[-10] * many)).layout.height for many in (1, 2, 8)]
    assert heights == sorted(set(heights))
