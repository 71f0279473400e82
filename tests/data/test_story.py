from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.facts import Facts
from data.frame import county_frame
from data.status import programs
from data.story import SPAN_COLUMNS, story
from data.words import LOOKS
from tests.data.builders import (
    LAST,
    days,
    program,
    program_rows,
    programs_and_days,
    small_tables,
    turning_days,
    with_programs,
    with_rows,
)


def looks_on(spans: pd.DataFrame, day: date) -> set[str]:
    """Give the looks whose spans hold a day."""
    moment = pd.Timestamp(day)
    return set(spans.loc[(spans["first"] <= moment) & (moment <= spans["last"]), "look"])


@given(row=program_rows(), more=st.lists(days, max_size=2))
@settings(max_examples=15)
def test_the_spans_of_a_program_are_its_status_on_every_day(
    small: Facts, row: dict[str, str], more: list[date]
) -> None:
    made = with_programs(small, row)
    spans, _ = story(made, row["fips"], LAST)
    for day in turning_days(row)[::3] + more:
        if day <= LAST:
            look = str(county_frame(made, day).set_index("fips").at[row["fips"], "look"])
            expected = set() if look in ("ended", "none_found") else {look}
            assert looks_on(spans, day) == expected, day


@given(case=programs_and_days())
@settings(max_examples=15)
def test_the_best_span_of_a_county_is_its_look(
    small: Facts, case: tuple[list[dict[str, str]], list[date]]
) -> None:
    made = with_programs(small, *case[0])
    for day in (day for day in case[1] if day <= LAST):
        frame = county_frame(made, day).set_index("fips")
        for fips in frame.index:
            found = looks_on(story(made, fips, LAST)[0], day)
            best = min(found, key=LOOKS.index, default="")
            look = frame.at[fips, "look"]
            assert best == ("" if look in ("ended", "none_found") else look), (fips, day)


@given(row=program_rows(), today=days)
@settings(max_examples=25)
def test_spans_are_in_order_and_end_by_today(
    small: Facts, row: dict[str, str], today: date
) -> None:
    made = with_programs(small, row)
    spans, _ = story(made, row["fips"], today)
    assert list(spans.columns) == SPAN_COLUMNS
    assert set(spans["look"]) <= {"planned", "perhaps", "running", "unconfirmed"}
    assert (spans["first"] <= spans["last"]).all()
    assert (spans["last"] <= pd.Timestamp(today)).all()
    assert spans["first"].is_monotonic_increasing


CASES = {
    "planned, then a start on a day": (
        {"planned": "2017-05-16", "start": "2017-06-01", "last_confirmed": "2025-01-01"},
        [("planned", "2017-05-16", "2017-05-31"), ("running", "2017-06-01", "2026-12-31")],
    ),
    "start within a span, seen last in 2019": (
        {"start": "[2016-07-01..2016-09-30]", "last_confirmed": "2019-02-22"},
        [
            ("perhaps", "2016-07-01", "2016-09-29"),
            ("running", "2016-09-30", "2021-02-22"),
            ("unconfirmed", "2021-02-23", "2026-12-31"),
        ],
    ),
    "ended on a day": (
        {"start": "2021-05-01", "end": "2023-06-30", "last_confirmed": "2023-06-30"},
        [("running", "2021-05-01", "2023-06-30")],
    ),
    "ended within a span": (
        {"start": "2018-01-01", "end": "[2020-03-01..2020-05-31]", "last_confirmed": "2019-12-01"},
        [("running", "2018-01-01", "2020-03-01"), ("perhaps", "2020-03-02", "2020-05-31")],
    ),
    "planned only": ({"planned": "2025-04-10"}, [("planned", "2025-04-10", "2026-12-31")]),
    "not before a day": (
        {"start": "[2016-07-01..]"},
        [("perhaps", "2016-07-01", "2026-12-31")],
    ),
    "no date": ({}, []),
    "not LEAD": ({"start": "2016", "is_lead": "no"}, []),
}


@pytest.mark.parametrize(("cells", "expected"), CASES.values(), ids=CASES)
def test_the_spans_of_a_program(
    small: Facts, cells: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    spans, _ = story(with_programs(small, program(**cells)), "37051", LAST)
    told = [
        (row.look, row.first.date().isoformat(), row.last.date().isoformat())
        for row in spans.itertuples()
    ]
    assert told == expected


def test_each_program_of_a_county_has_its_own_spans(facts: Any) -> None:
    spans, _ = story(facts, "37097", date(2019, 8, 31))
    by_agency = spans.groupby("agency")["look"].agg(list).to_dict()
    assert by_agency == {
        "Statesville Police Department": ["planned", "perhaps", "running"],
        "Mooresville Police Department": ["perhaps"],
    }


def test_the_shipped_story_agrees_with_the_map_around_every_change(facts: Any) -> None:
    table = programs(facts)
    for fips in sorted(set(table["fips"])):
        spans, _ = story(facts, fips, date(2026, 1, 1))
        edges = {edge.date() for name in ("first", "last") for edge in spans[name]}
        for day in {edge + timedelta(days=shift) for edge in edges for shift in (-1, 0, 1)}:
            if day <= date(2026, 1, 1):
                look = county_frame(facts, day).set_index("fips").at[fips, "look"]
                best = min(looks_on(spans, day), key=LOOKS.index, default="")
                assert best == ("" if look in ("ended", "none_found") else look), (fips, day)


def test_events_are_those_of_the_county_in_order(small: Facts) -> None:
    event = small_tables()["milestones"][0]
    made = with_rows(
        small,
        "milestones",
        [
            event | {"date": "2018", "title": "later"},
            event | {"date": "2017-05", "title": "sooner"},
            event | {"date": "2016", "title": "elsewhere", "fips": "37087"},
            event | {"date": "2016", "title": "everywhere", "fips": ""},
        ],
    )
    _, events = story(made, "37051", LAST)
    assert events["title"].tolist() == ["sooner", "later"]
    assert events["when"].tolist() == ["May 2017", "2018"]
    assert events["day"].tolist() == [pd.Timestamp(2017, 5, 1), pd.Timestamp(2018, 1, 1)]


def test_a_county_without_a_program_has_no_span(facts: Any) -> None:
    without = min(set(facts.county_names) - set(facts.adoption["fips"]))
    spans, _ = story(facts, without, LAST)
    assert list(spans.columns) == SPAN_COLUMNS
    assert len(spans) == 0
