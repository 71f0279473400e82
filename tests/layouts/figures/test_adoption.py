from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from data import county_frame
from data.adoption import curve, state_milestones
from data.dates import edtf_words
from data.frame import first_month
from data.status import programs
from layouts.figures import adoption_curve

UNTIL = date(2026, 1, 31)
CHOICES: dict[str, tuple[str, ...]] = {
    "the state": (),
    "a county with LEAD": ("37051",),
    "a county with perhaps": ("37023",),
    "a county without": ("37183",),
    "a county that planned": ("37193",),
    "several": ("37051", "37155", "37183"),
}


@pytest.fixture(scope="module", params=CHOICES.values(), ids=list(CHOICES))
def chosen(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def starts(facts: Any, chosen: tuple[str, ...]) -> pd.DataFrame:
    rows = programs(facts)
    return rows[rows["fips"].isin(chosen)] if chosen else rows


@pytest.fixture(scope="module")
def figure(facts: Any, chosen: tuple[str, ...], starts: pd.DataFrame) -> go.Figure:
    band = curve(facts, UNTIL, chosen)
    return adoption_curve(band, starts, state_milestones(facts), first_month(facts), UNTIL)


def named(figure: go.Figure, name: str) -> Any:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


@pytest.mark.parametrize("what", ["counties", "of residents"])
def test_the_band_runs_from_certain_to_perhaps(figure: go.Figure, what: str) -> None:
    low, high = named(figure, f"certain {what}"), named(figure, f"perhaps {what}")
    assert list(low.x) == list(high.x)
    assert (pd.Series(low.y) <= pd.Series(high.y)).all()
    assert high.fill == "tonexty"
    assert list(figure.data).index(high) == list(figure.data).index(low) + 1


@pytest.mark.parametrize("what", ["counties", "of residents"])
def test_the_band_runs_forward_from_none_to_the_last_day(
    facts: Any, figure: go.Figure, what: str
) -> None:
    low = named(figure, f"certain {what}")
    days = pd.Series(pd.to_datetime(low.x))
    assert days.is_monotonic_increasing
    assert days.iloc[0] == pd.Timestamp(first_month(facts))
    assert days.iloc[-1] == pd.Timestamp(UNTIL)
    assert low.y[0] == named(figure, f"perhaps {what}").y[0] == 0


def test_the_band_holds_its_value_until_the_next_change(figure: go.Figure) -> None:
    for what in ("counties", "of residents"):
        for kind in ("certain", "perhaps"):
            assert named(figure, f"{kind} {what}").line.shape == "hv"


def test_each_day_is_told_once_and_perhaps_only_where_there_is_doubt(figure: go.Figure) -> None:
    for what in ("counties", "of residents"):
        low, high = named(figure, f"certain {what}"), named(figure, f"perhaps {what}")
        assert low.customdata == high.customdata
        assert low.hovertemplate == high.hovertemplate == "%{customdata}<extra></extra>"
        for words, least, most in zip(low.customdata, low.y, high.y, strict=True):
            assert ("perhaps" in words) == (least < most), words


def test_the_counties_end_at_the_maps_numbers(
    facts: Any, chosen: tuple[str, ...], figure: go.Figure
) -> None:
    frame = county_frame(facts, UNTIL)
    frame = frame[frame["fips"].isin(chosen)] if chosen else frame
    low, high = (frame["status"].isin(set(s)).sum() for s in (["running"], ["running", "perhaps"]))
    assert named(figure, "certain counties").y[-1] == low
    assert named(figure, "perhaps counties").y[-1] == high


def test_the_residents_end_at_the_tables_numbers(
    facts: Any, chosen: tuple[str, ...], figure: go.Figure
) -> None:
    newest = facts.population[facts.population["year"] == facts.population["year"].max()]
    people = newest.set_index("fips")["residents"].astype(int)
    frame = county_frame(facts, UNTIL).set_index("fips")
    frame = frame.loc[list(chosen)] if chosen else frame
    total = people.sum()
    for name, statuses in (("certain", ["running"]), ("perhaps", ["running", "perhaps"])):
        there = people[frame.index[frame["status"].isin(statuses)]].sum()
        shown = named(figure, f"{name} of residents").y[-1]
        assert shown == pytest.approx(100 * there / total)


def test_every_known_start_has_a_dot_on_its_last_possible_day(
    figure: go.Figure, starts: pd.DataFrame
) -> None:
    known = starts[starts["s1"] <= pd.Timestamp(UNTIL)].sort_values("s1")
    dots = named(figure, "program starts")
    assert list(pd.to_datetime(dots.x)) == list(known["s1"])
    for told, row in zip(dots.customdata, known.itertuples(), strict=True):
        assert row.agency in told
        assert edtf_words(row.start) in told


def test_every_uncertain_start_has_a_line_over_its_days(
    figure: go.Figure, starts: pd.DataFrame
) -> None:
    known = starts[starts["s1"] <= pd.Timestamp(UNTIL)].sort_values("s1")
    line = named(figure, "possible start days")
    x = list(line.x)
    assert [pd.Timestamp(day) for day in x[0::3]] == list(known["s0"])
    assert [pd.Timestamp(day) for day in x[1::3]] == list(known["s1"])
    assert all(pd.isna(day) for day in x[2::3])
    assert not line.connectgaps


def test_every_milestone_is_marked_and_told(facts: Any, figure: go.Figure) -> None:
    rows = state_milestones(facts)
    marks = named(figure, "milestones")
    assert list(pd.to_datetime(marks.x)) == list(rows["day"])
    assert all(title in told for told, title in zip(marks.customdata, rows["title"], strict=True))
    assert set(rows["kind"]) >= {"law", "plan", "funding", "shock"}


def test_everything_lies_within_the_axes(figure: go.Figure) -> None:
    for trace in figure.data:
        axis = figure.layout["yaxis2" if trace.yaxis == "y2" else "yaxis"]
        values = pd.Series(trace.y, dtype=float).dropna()
        assert values.between(*axis.range).all(), trace.name


def test_the_time_axis_spans_the_whole_history(facts: Any, figure: go.Figure) -> None:
    first, last = map(pd.Timestamp, figure.layout.xaxis.range)
    assert first == pd.Timestamp(first_month(facts))
    assert last == pd.Timestamp(UNTIL)
    for name in ("certain counties", "program starts"):
        assert pd.Series(pd.to_datetime(named(figure, name).x)).between(first, last).all(), name
