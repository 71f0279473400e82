from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from data.story import SPAN_COLUMNS, story
from data.words import LOOK_WORDS
from layouts.figures.story import story_chart
from layouts.theme import LIGHT

TODAY = date(2026, 1, 31)
COUNTIES = {
    "running": "37051",
    "two programs": "37097",
    "perhaps": "37023",
    "ended": "37155",
    "planned": "37193",
    "not counted": "37063",
}


@pytest.fixture(params=COUNTIES.values(), ids=list(COUNTIES))
def told(request: pytest.FixtureRequest, facts: Any) -> Any:
    spans, events = story(facts, request.param, TODAY)
    return spans, events, story_chart(spans, events, TODAY)


def bars(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "bar"]


def marks(figure: go.Figure) -> Any:
    (trace,) = [trace for trace in figure.data if trace.type == "scatter"]
    return trace


def days(bar: Any) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give the first and the last day that a bar covers."""
    first = pd.Timestamp(bar.base[0])
    return first, first + pd.Timedelta(milliseconds=bar.x[0]) - pd.Timedelta(days=1)


def test_each_span_is_a_bar_over_its_days(told: Any) -> None:
    spans, _, figure = told
    assert [days(bar) for bar in bars(figure)] == list(
        zip(spans["first"], spans["last"], strict=True)
    )


def test_each_program_has_its_own_named_row(told: Any) -> None:
    spans, _, figure = told
    names = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
    assert [names[bar.y[0]] for bar in bars(figure)] == list(spans["agency"])
    assert names[-1] == "events"
    for row, note in enumerate(figure.layout.annotations):
        assert row - 1 < note.y < row, "a name stands above its own row, below the one before"


def test_each_bar_has_the_color_and_the_words_of_its_look(told: Any) -> None:
    spans, _, figure = told
    for bar, span in zip(bars(figure), spans.itertuples(), strict=True):
        assert bar.marker.color == LIGHT[span.look]
        assert (bar.marker.pattern.shape == "/") is (span.look == "perhaps")
        assert LOOK_WORDS[span.look] in bar.customdata[0]
        assert span.agency in bar.customdata[0]


def test_each_event_is_marked_and_told(told: Any) -> None:
    _, events, figure = told
    trace = marks(figure)
    assert list(pd.to_datetime(trace.x)) == list(events["day"])
    assert [text.split("<br>")[1] for text in trace.customdata] == list(events["title"])


def test_everything_is_in_sight_up_to_today(told: Any) -> None:
    _, _, figure = told
    first, last = map(pd.Timestamp, figure.layout.xaxis.range)
    assert last == pd.Timestamp(TODAY)
    for bar in bars(figure):
        assert first <= days(bar)[0] <= days(bar)[1] <= last
    assert all(first <= pd.Timestamp(day) <= last for day in marks(figure).x)
    bottom, top = figure.layout.yaxis.range
    assert all(top < y < bottom for trace in figure.data for y in trace.y)


def test_a_county_with_events_only_has_a_chart() -> None:
    events = pd.DataFrame(
        {"day": [pd.Timestamp("2020-01-01")], "when": ["January 2020"], "title": ["An event"]}
    )
    figure = story_chart(pd.DataFrame(columns=SPAN_COLUMNS), events, TODAY)
    assert bars(figure) == []
    assert len(marks(figure).x) == 1
