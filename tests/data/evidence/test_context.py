from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.dates import read_span
from data.evidence.context import HEADLINE_SERIES, STANDING, Series, breaks, context_series
from data.facts import Facts
from data.language import say
from tests.data.builders import program, small_tables, with_programs, with_rows


def all_series(facts: Facts) -> list[Series]:
    places = sorted({fips for fips in facts.context["fips"] if fips})
    return context_series(facts) + context_series(facts, tuple(places))


def series_named(facts: Facts, name: str, chosen: tuple[str, ...] = ()) -> Series:
    return next(series for series in context_series(facts, chosen) if series.name == name)


def test_a_series_joins_one_place_publisher_measure_and_unit_only(facts: Any) -> None:
    one = ["fips", "place", "agency", "topic", "measure", "unit", "publisher"]
    numbers = facts.context.groupby("series")[one].nunique()
    mixed = numbers[(numbers > 1).any(axis=1)]
    assert mixed.to_dict("index") == {}


def test_a_series_has_at_least_two_periods_and_no_period_twice(facts: Any) -> None:
    found = all_series(facts)
    assert len(found) > len(HEADLINE_SERIES)
    for series in found:
        rows = facts.context[(facts.context["series"] == series.name)]
        dated = rows[rows["period"] != ""]
        assert len(series.points) == len(dated) >= 2, series.name
        assert dated["period"].is_unique, series.name
        assert series.points["day"].is_monotonic_increasing, series.name
        assert series.points["day"].is_unique, series.name


def test_every_series_with_two_periods_is_shown_and_no_other(facts: Any) -> None:
    dated = facts.context[facts.context["period"] != ""]
    periods = dated.groupby("series")["period"].nunique()
    assert {series.name for series in all_series(facts)} == set(periods[periods > 1].index)


def test_points_are_the_figures_of_the_table(facts: Any) -> None:
    for series in all_series(facts):
        rows = facts.context[facts.context["series"] == series.name]
        rows = rows[rows["period"] != ""]
        assert sorted(series.points["value"]) == sorted(rows["value"].astype(float))
        for point in series.points.itertuples():
            row = rows.loc[point.Index]
            span = read_span(row["period"])
            assert pd.Timestamp(span.earliest) <= point.day <= pd.Timestamp(span.latest)
            assert point.value == float(row["value"])
            assert point.sources == row["sources"]
            assert point.when


def test_the_jail_of_haywood_did_not_fall_across_the_start_of_lead(facts: Any) -> None:
    series = series_named(facts, "haywood-jail-adp", ("37087",))
    assert series.points["value"].tolist() == [116.7, 117.6, 124.3]
    assert series.points["when"].tolist() == ["2015", "2018", "2019"]
    assert series.fips == "37087"
    spans = series.starts[["s0", "s1"]].to_numpy().tolist()
    assert [tuple(map(pd.Timestamp, span)) for span in spans] == [
        (pd.Timestamp(2018, 2, 1), pd.Timestamp(2018, 2, 28))
    ]


def test_the_state_shows_its_headline_series_first(facts: Any) -> None:
    found = context_series(facts)
    assert [series.name for series in found[: len(HEADLINE_SERIES)]] == list(HEADLINE_SERIES)
    assert {series.fips for series in found} == {""}
    assert all(len(series.starts) == 0 for series in found)


@pytest.mark.parametrize("chosen", [("37087",), ("37051", "37087")])
def test_chosen_counties_show_their_own_series_only(facts: Any, chosen: tuple[str, ...]) -> None:
    found = context_series(facts, chosen)
    assert found
    assert {series.fips for series in found} <= set(chosen)


def point(**cells: str) -> dict[str, str]:
    return small_tables()["context"][0] | cells


def test_a_period_stands_at_its_middle(small: Facts) -> None:
    made = with_rows(
        small,
        "context",
        [
            point(period="2019", value="2"),
            point(period="2016-07-01/2017-06-30", value="1"),
            point(period="2018-06-01", value="3"),
            point(period="", value="9"),
        ],
    )
    points = series_named(made, "haywood-jail", ("37087",)).points
    assert points["value"].tolist() == [1, 3, 2]
    assert [day.date() for day in points["day"]] == [
        date(2016, 12, 30),
        date(2018, 6, 1),
        date(2019, 7, 2),
    ]
    assert points["when"].tolist() == ["1 July 2016 to 30 June 2017", "1 June 2018", "2019"]


FOLLOWS = {
    "years": (["2015", "2018", "2019"], [False, False, True]),
    "years in any order": (["2019", "2018", "2015"], [False, False, True]),
    "fiscal years": (
        ["2016-07-01/2017-06-30", "2017-07-01/2018-06-30", "2020-07-01/2021-06-30"],
        [False, True, False],
    ),
    "months": (["2019-01", "2019-02", "2019-04"], [False, True, False]),
    "the same month of each year": (["2017-12", "2018-12", "2020-12"], [False, True, False]),
}


@pytest.mark.parametrize(("periods", "follows"), FOLLOWS.values(), ids=FOLLOWS)
def test_a_gap_in_a_series_stays_a_gap(
    small: Facts, periods: list[str], follows: list[bool]
) -> None:
    made = with_rows(small, "context", [point(period=period) for period in periods])
    points = series_named(made, "haywood-jail", ("37087",)).points
    assert points["follows"].tolist() == follows


@pytest.mark.parametrize(
    "rows",
    [
        [point(period="2019")],
        [point(period="2019"), point(period="")],
        [point(period="2018"), point(period="2019", series="other")],
        [],
    ],
    ids=["one", "one dated", "two definitions", "none"],
)
def test_fewer_than_two_periods_make_no_series(small: Facts, rows: list[dict[str, str]]) -> None:
    assert context_series(with_rows(small, "context", rows), ("37087",)) == []


def test_only_dated_lead_programs_of_the_place_mark_a_start(small: Facts) -> None:
    made = with_programs(
        small,
        program(fips="37087", agency="A", start="2018-02"),
        program(fips="37087", agency="B", start="2016", is_lead="no"),
        program(fips="37087", agency="C", planned="2016"),
        program(fips="37051", agency="D", start="2016"),
    )
    starts = series_named(made, "haywood-jail", ("37087",)).starts
    assert starts["agency"].tolist() == ["A"]


EVENT = small_tables()["milestones"][0]
EVENTS = [
    EVENT | {"date": "2020-03-27", "title": "pandemic", "fips": "", "breaks": "all"},
    EVENT | {"date": "2018", "title": "NIBRS", "fips": "", "breaks": "crime"},
    EVENT | {"date": "2023-02", "title": "eCourts", "fips": "", "breaks": "court"},
    EVENT | {"date": "2024-07-22", "title": "eCourts here", "fips": "37087", "breaks": "court"},
    EVENT | {"date": "2024-10-14", "title": "eCourts there", "fips": "37051", "breaks": "court"},
    EVENT | {"date": "2019-01-01", "title": "law", "fips": "", "breaks": ""},
]
BREAKS = {
    "jail": ["pandemic"],
    "overdose": ["pandemic"],
    "naloxone": ["pandemic"],
    "crime": ["NIBRS", "pandemic"],
    "arrests": ["NIBRS", "pandemic"],
    "court": ["pandemic", "eCourts", "eCourts here"],
    "prison": ["pandemic", "eCourts", "eCourts here"],
}


@pytest.mark.parametrize(("topic", "titles"), BREAKS.items(), ids=BREAKS)
def test_the_breaks_of_a_topic(small: Facts, topic: str, titles: list[str]) -> None:
    made = with_rows(small, "milestones", EVENTS)
    found = breaks(made, topic, "37087", pd.Timestamp(2015, 1, 1), pd.Timestamp(2026, 1, 1))
    assert found["title"].tolist() == titles


@pytest.mark.parametrize(
    ("first", "last", "titles"),
    [
        (date(2020, 3, 26), date(2020, 3, 28), ["pandemic"]),
        (date(2020, 3, 27), date(2021, 1, 1), []),
        (date(2019, 1, 1), date(2020, 3, 27), []),
        (date(2021, 1, 1), date(2022, 1, 1), []),
    ],
)
def test_a_break_lies_between_the_points(
    small: Facts, first: date, last: date, titles: list[str]
) -> None:
    made = with_rows(small, "milestones", EVENTS)
    found = breaks(made, "jail", "37087", pd.Timestamp(first), pd.Timestamp(last))
    assert found["title"].tolist() == titles


def test_the_pandemic_breaks_every_shipped_series_across_it(facts: Any) -> None:
    day = pd.Timestamp(2020, 3, 27)
    for series in all_series(facts):
        points = series.points["day"]
        if points.min() < day < points.max():
            assert day in series.breaks["day"].tolist(), series.name


@pytest.mark.parametrize(
    ("agency", "where"),
    [("", "Haywood"), ("Haywood", "Haywood"), ("The jail", "Haywood: The jail")],
)
def test_the_place_has_its_agency_beside_it(small: Facts, agency: str, where: str) -> None:
    assert replace(small_series(small), place="Haywood", agency=agency).where == where


@pytest.mark.parametrize(
    ("publisher", "words"),
    [
        ("FBI", "Counted by FBI."),
        ("not stated by the source", "The source does not say who counted."),
        ("UNC (body that counted not stated)", "Counted by UNC (body that counted not stated)."),
    ],
)
def test_who_counted_is_told(small: Facts, publisher: str, words: str) -> None:
    series = replace(small_series(small), publisher=publisher)
    assert say(series.counted, publisher=series.publisher) == words


@pytest.mark.parametrize(
    ("unit", "note"),
    [
        ("deaths per 100,000 residents", "In deaths per 100,000 residents."),
        ("bookings per year", "In bookings per year."),
        ("deaths", ""),
        ("percent", ""),
    ],
)
def test_the_unit_of_a_rate_is_told(small: Facts, unit: str, note: str) -> None:
    assert replace(small_series(small), unit=unit).unit_note == note


def small_series(small: Facts) -> Series:
    made = with_rows(small, "context", [point(period="2018"), point(period="2019")])
    return series_named(made, "haywood-jail", ("37087",))


def test_the_standing_sentence_says_that_this_is_no_effect() -> None:
    assert STANDING.startswith("This is context, not effect.")
