from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dates import read_span
from data.facts import Facts
from data.status import (
    STATUSES,
    counts,
    county_status,
    history,
    program_status,
    programs,
)
from tests.data.builders import (
    days,
    program,
    program_lists,
    program_rows,
    programs_and_days,
    turning_days,
    with_programs,
)

CUMBERLAND = "37051"
FIXED = {"start": "2017-06-01", "planned": "2017-05-16", "last_confirmed": "2019-02-22"}
QUARTER = {"start": "[2016-07..2016-09]", "last_confirmed": "2019-02-22"}
BY = {"start": "[..2019-02-22]", "last_confirmed": "2019-02-22"}
AFTER = {"start": "[2016-07-01..]"}
MONTH = {"start": "2018-02", "last_confirmed": "2019-02-22"}
YEAR = {"start": "2020", "planned": "2018", "last_confirmed": "2022-06-22"}
ENDED = {"start": "2021-05", "end": "2023-06-30", "last_confirmed": "2023-06-30"}
VAGUE_END = {"start": "2018-01-01", "end": "[2020-03..2020-05]", "last_confirmed": "2019-01-01"}
OVERLAP = {"start": "[2019-01-01..2019-12-31]", "end": "[2019-06-01..2020-03-31]"}
NESTED = {"start": "[2019-01-01..2019-12-31]", "end": "2019-06-30"}
END_FIRST = {"start": "[2019-06-01..2019-12-31]", "end": "[2019-01-01..2019-09-30]"}
ONE_DAY = {"start": "2019-05-05", "end": "2019-05-05", "last_confirmed": "2019-05-05"}
OPEN_END = {"start": "2018-01-01", "end": "[2020-01-01..]", "last_confirmed": "2020-01-01"}
LATE_PLAN = {"start": "2017-01-01", "planned": "2018", "last_confirmed": "2018-01-01"}
PLAN_ONLY = {"planned": "2025-04-10"}
VAGUE_PLAN = {"planned": "[2016-01-01..2016-03-31]", "start": "2017-01-01"}
LEAP = {"start": "2019-01-01", "last_confirmed": "2020-02-29"}
UNSEEN = {"start": "2019-01-01"}
STALE_AT_START = {"start": "2021-01-01", "last_confirmed": "2016-01-01"}
NOT_LEAD = {"start": "2017-01-01", "planned": "2016-01-01", "is_lead": "no"}

CASES: list[tuple[dict[str, str], str, str, bool]] = [
    (FIXED, "2014-01-01", "none_found", False),
    (FIXED, "2017-05-15", "none_found", False),
    (FIXED, "2017-05-16", "planned", False),
    (FIXED, "2017-05-31", "planned", False),
    (FIXED, "2017-06-01", "running", False),
    (FIXED, "2017-06-02", "running", False),
    (FIXED, "2021-02-21", "running", False),
    (FIXED, "2021-02-22", "running", False),
    (FIXED, "2021-02-23", "running", True),
    (FIXED, "2998-12-31", "running", True),
    (QUARTER, "2016-06-30", "none_found", False),
    (QUARTER, "2016-07-01", "perhaps", False),
    (QUARTER, "2016-09-29", "perhaps", False),
    (QUARTER, "2016-09-30", "running", False),
    (BY, "1950-01-01", "perhaps", False),
    (BY, "2019-02-21", "perhaps", False),
    (BY, "2019-02-22", "running", False),
    (AFTER, "2016-06-30", "none_found", False),
    (AFTER, "2016-07-01", "perhaps", False),
    (AFTER, "2998-12-31", "perhaps", False),
    (MONTH, "2018-01-31", "none_found", False),
    (MONTH, "2018-02-01", "perhaps", False),
    (MONTH, "2018-02-27", "perhaps", False),
    (MONTH, "2018-02-28", "running", False),
    (YEAR, "2018-12-30", "none_found", False),
    (YEAR, "2018-12-31", "planned", False),
    (YEAR, "2019-12-31", "planned", False),
    (YEAR, "2020-01-01", "perhaps", False),
    (YEAR, "2020-12-30", "perhaps", False),
    (YEAR, "2020-12-31", "running", False),
    (ENDED, "2021-04-30", "none_found", False),
    (ENDED, "2021-05-31", "running", False),
    (ENDED, "2023-06-30", "running", False),
    (ENDED, "2023-07-01", "ended", False),
    (ENDED, "2998-12-31", "ended", False),
    (VAGUE_END, "2020-03-01", "running", False),
    (VAGUE_END, "2020-03-02", "perhaps", False),
    (VAGUE_END, "2020-05-31", "perhaps", False),
    (VAGUE_END, "2020-06-01", "ended", False),
    (OVERLAP, "2018-12-31", "none_found", False),
    (OVERLAP, "2019-01-01", "perhaps", False),
    (OVERLAP, "2019-06-02", "perhaps", False),
    (OVERLAP, "2019-12-30", "perhaps", False),
    (OVERLAP, "2019-12-31", "perhaps", False),
    (OVERLAP, "2020-03-31", "perhaps", False),
    (OVERLAP, "2020-04-01", "ended", False),
    (NESTED, "2019-06-30", "perhaps", False),
    (NESTED, "2019-07-01", "ended", False),
    (END_FIRST, "2019-05-31", "none_found", False),
    (END_FIRST, "2019-06-01", "perhaps", False),
    (END_FIRST, "2019-09-30", "perhaps", False),
    (END_FIRST, "2019-10-01", "ended", False),
    (ONE_DAY, "2019-05-04", "none_found", False),
    (ONE_DAY, "2019-05-05", "running", False),
    (ONE_DAY, "2019-05-06", "ended", False),
    (OPEN_END, "2020-01-01", "running", False),
    (OPEN_END, "2020-01-02", "perhaps", False),
    (OPEN_END, "2998-12-31", "perhaps", False),
    (LATE_PLAN, "2016-12-31", "none_found", False),
    (LATE_PLAN, "2017-01-01", "running", False),
    (PLAN_ONLY, "2025-04-09", "none_found", False),
    (PLAN_ONLY, "2025-04-10", "planned", False),
    (PLAN_ONLY, "2998-12-31", "planned", False),
    (VAGUE_PLAN, "2016-03-30", "none_found", False),
    (VAGUE_PLAN, "2016-03-31", "planned", False),
    (LEAP, "2022-02-28", "running", False),
    (LEAP, "2022-03-01", "running", True),
    (UNSEEN, "2018-12-31", "none_found", False),
    (UNSEEN, "2019-01-01", "running", True),
    (STALE_AT_START, "2020-12-31", "none_found", False),
    (STALE_AT_START, "2021-01-01", "running", True),
    (NOT_LEAD, "2016-06-01", "none_found", False),
    (NOT_LEAD, "2018-01-01", "none_found", False),
]


@pytest.mark.parametrize(
    ("cells", "day", "status", "unconfirmed"),
    CASES,
    ids=["; ".join([*cells.values()]) + f" on {day}" for cells, day, *_ in CASES],
)
def test_status_around_every_boundary(
    facts: Any, cells: dict[str, str], day: str, status: str, unconfirmed: bool
) -> None:
    frame = county_status(with_programs(facts, program(**cells)), date.fromisoformat(day))
    assert frame.at[CUMBERLAND, "status"] == status
    assert bool(frame.at[CUMBERLAND, "unconfirmed"]) is unconfirmed
    assert set(frame.drop(CUMBERLAND)["status"]) == {"none_found"}
    assert not frame.drop(CUMBERLAND)["unconfirmed"].any()


ON = "2019-08-31"
RUNNING = {"start": "2017-01-01", "last_confirmed": "2019-01-01"}
DOUBTFUL = {"start": "2017-01-01", "last_confirmed": "2017-01-01"}
PERHAPS = {"start": "2019"}
PLANNED = {"start": "2020", "planned": "2018"}
OVER = {"start": "2015", "end": "2016"}
NOTHING = {"start": "2021"}

PAIRS = [
    (RUNNING, PERHAPS, "running", False),
    (RUNNING, OVER, "running", False),
    (RUNNING, DOUBTFUL, "running", False),
    (DOUBTFUL, DOUBTFUL, "running", True),
    (DOUBTFUL, PERHAPS, "running", True),
    (PERHAPS, PLANNED, "perhaps", False),
    (PERHAPS, OVER, "perhaps", False),
    (PLANNED, OVER, "planned", False),
    (PLANNED, NOTHING, "planned", False),
    (OVER, NOTHING, "ended", False),
    (NOTHING, NOTHING, "none_found", False),
]


@pytest.mark.parametrize(("one", "other", "status", "unconfirmed"), PAIRS)
@pytest.mark.parametrize("swapped", [False, True], ids=["in order", "swapped"])
def test_a_county_takes_the_best_of_its_programs(
    facts: Any,
    one: dict[str, str],
    other: dict[str, str],
    status: str,
    unconfirmed: bool,
    swapped: bool,
) -> None:
    rows = [program(agency="A", **one), program(agency="B", **other)]
    made = with_programs(facts, *(reversed(rows) if swapped else rows))
    found = county_status(made, date.fromisoformat(ON)).loc[CUMBERLAND]
    assert (found["status"], bool(found["unconfirmed"])) == (status, unconfirmed)


def two_years_after(day: date) -> date:
    """Give the same day two years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 2)
    except ValueError:
        return day.replace(year=day.year + 2, day=28)


def plain_look(row: dict[str, str], day: date) -> tuple[str, bool]:
    """Tell a program's status as the design words it, with no table and no array."""
    if row["is_lead"] != "yes":
        return "none_found", False
    announced = bool(row["planned"]) and read_span(row["planned"]).latest <= day
    if row["start"]:
        start = read_span(row["start"])
        end = read_span(row["end"]) if row["end"] else None
        if end and day > end.latest:
            return "ended", False
        if start.latest <= day and (end is None or day <= end.earliest):
            seen = row["last_confirmed"]
            fresh = seen and day <= two_years_after(read_span(seen).earliest)
            return "running", not fresh
        if start.earliest <= day:
            return "perhaps", False
    return ("planned" if announced else "none_found"), False


def looks_over_time(small: Facts, row: dict[str, str], on: list[date]) -> list[tuple[str, bool]]:
    """Tell a program's status on each of many days."""
    table = programs(with_programs(small, row | {"is_lead": "yes"}))
    many = table.loc[table.index.repeat(len(on))].reset_index(drop=True)
    found = program_status(many, pd.Series(pd.to_datetime(on)))
    return [(STATUSES[rank], bool(doubt)) for rank, doubt in found.itertuples(index=False)]


@given(row=program_rows(), more=st.lists(days, max_size=3))
def test_a_program_has_the_status_that_the_design_words(
    small: Facts, row: dict[str, str], more: list[date]
) -> None:
    on = turning_days(row) + more
    expected = [plain_look(row | {"is_lead": "yes"}, day) for day in on]
    assert looks_over_time(small, row, on) == expected


@given(row=program_rows(), more=st.lists(days, max_size=3))
def test_a_program_never_goes_back(small: Facts, row: dict[str, str], more: list[date]) -> None:
    order = {"none_found": 0, "planned": 1, "perhaps": 2, "running": 3, "ended": 4}
    on = sorted(turning_days(row) + more)
    steps = [order[status] for status, _ in looks_over_time(small, row, on)]
    begun = next((place for place, step in enumerate(steps) if step >= 2), len(steps))
    assert steps[:begun] == sorted(steps[:begun])
    assert all(step >= 2 for step in steps[begun:])
    running = [place for place, step in enumerate(steps) if step == 3]
    assert running == list(range(running[0], running[-1] + 1)) if running else True
    if 4 in steps:
        assert set(steps[steps.index(4) :]) == {4}


@given(rows=program_lists, day=days)
@settings(max_examples=25)
def test_a_county_shows_the_best_that_any_of_its_programs_shows(
    small: Facts, rows: list[dict[str, str]], day: date
) -> None:
    frame = county_status(with_programs(small, *rows), day)
    assert list(frame.index) == list(small.county_names)
    for fips, status, unconfirmed in frame.itertuples():
        looks = [plain_look(row, day) for row in rows if row["fips"] == fips]
        best = min(looks, key=lambda look: (STATUSES.index(look[0]), look[1]), default=None)
        assert (status, bool(unconfirmed)) == (best or ("none_found", False))


@given(case=programs_and_days())
@settings(max_examples=25)
def test_the_history_looked_up_on_a_day_is_the_status_of_that_day(
    small: Facts, case: tuple[list[dict[str, str]], list[date]]
) -> None:
    rows, on = case
    made = with_programs(small, *rows)
    changes = history(made)
    for day in on:
        past = changes[changes["day"] <= pd.Timestamp(day)]
        last = {fips: (status, bool(doubt)) for _, fips, _, status, doubt in past.itertuples()}
        for fips, status, doubt in county_status(made, day).itertuples():
            assert last.get(fips, ("none_found", False)) == (status, bool(doubt)), day


@given(rows=program_lists)
@settings(max_examples=25)
def test_the_history_holds_changes_only_and_each_once(
    small: Facts, rows: list[dict[str, str]]
) -> None:
    changes = history(with_programs(small, *rows))
    assert not changes.duplicated(["fips", "day"]).any()
    assert changes[["fips", "day"]].to_numpy().tolist() == sorted(
        changes[["fips", "day"]].to_numpy().tolist()
    )
    for _, own in changes.groupby("fips"):
        looks = [("none_found", False), *zip(own["status"], own["unconfirmed"], strict=True)]
        assert all(one != next_one for one, next_one in pairwise(looks))


@given(rows=program_lists, day=days)
@settings(max_examples=25)
def test_only_running_can_be_unconfirmed(
    small: Facts, rows: list[dict[str, str]], day: date
) -> None:
    frame = county_status(with_programs(small, *rows), day)
    assert set(frame.loc[frame["unconfirmed"], "status"]) <= {"running"}


@given(seen=st.dates(date(2016, 1, 1), date(2024, 12, 31)))
def test_running_is_unconfirmed_from_the_day_after_24_months(small: Facts, seen: date) -> None:
    made = with_programs(small, program(start="2015-01-01", last_confirmed=seen.isoformat()))
    limit = two_years_after(seen)
    for day, unconfirmed in ((limit, False), (limit + timedelta(days=1), True)):
        assert bool(county_status(made, day).at[CUMBERLAND, "unconfirmed"]) is unconfirmed


@given(row=program_rows(), day=st.dates(date(1901, 1, 1), date(2998, 12, 31)))
def test_a_program_with_a_blank_start_is_at_most_planned(
    small: Facts, row: dict[str, str], day: date
) -> None:
    made = with_programs(small, row | {"start": "", "end": ""})
    assert county_status(made, day).at[row["fips"], "status"] in {"planned", "none_found"}


@given(rows=program_lists, day=days)
@settings(max_examples=25)
def test_a_scheme_that_is_not_lead_never_counts(
    small: Facts, rows: list[dict[str, str]], day: date
) -> None:
    frame = county_status(with_programs(small, *(row | {"is_lead": "no"} for row in rows)), day)
    assert set(frame["status"]) == {"none_found"}


@given(rows=program_lists, day=days)
@settings(max_examples=25)
def test_the_counts_add_up(small: Facts, rows: list[dict[str, str]], day: date) -> None:
    frame = county_status(with_programs(small, *rows), day)
    number = counts(frame)
    assert list(number) == [*STATUSES, "unconfirmed"]
    assert sum(number[status] for status in STATUSES) == len(small.county_names)
    assert number["unconfirmed"] <= number["running"]
    for status in STATUSES:
        assert number[status] == sum(frame["status"] == status)


@given(rows=program_lists, on=st.lists(days, min_size=1, max_size=4))
@settings(max_examples=25)
def test_one_day_for_all_and_a_day_for_each_give_the_same(
    small: Facts, rows: list[dict[str, str]], on: list[date]
) -> None:
    table = programs(with_programs(small, *rows))
    for day in on:
        each = program_status(table, pd.Series(pd.Timestamp(day), index=table.index))
        pd.testing.assert_frame_equal(program_status(table, day), each)


def test_no_program_at_all_is_none_found_everywhere(facts: Any) -> None:
    made = with_programs(facts)
    assert set(county_status(made, date(2019, 8, 31))["status"]) == {"none_found"}
    assert len(history(made)) == 0


def names(facts: Any, day: date, status: str) -> list[str]:
    frame = county_status(facts, day)
    return [facts.county_names[fips] for fips in frame.index[frame["status"] == status]]


EXAMPLE_DAY = date(2019, 8, 31)
EXAMPLE = {
    "running": ["Catawba", "Cumberland", "Haywood", "Iredell", "New Hanover"],
    "perhaps": ["Burke"],
    "planned": ["Onslow", "Watauga"],
    "ended": [],
}


@pytest.mark.parametrize("status", EXAMPLE)
def test_the_worked_example_names_the_counties(facts: Any, status: str) -> None:
    assert names(facts, EXAMPLE_DAY, status) == EXAMPLE[status]


def test_the_worked_example_counts_5_perhaps_6(facts: Any) -> None:
    assert counts(county_status(facts, EXAMPLE_DAY)) == {
        "running": 5,
        "perhaps": 1,
        "planned": 2,
        "ended": 0,
        "none_found": 92,
        "unconfirmed": 0,
    }


def test_before_the_first_program_there_is_none(facts: Any) -> None:
    assert counts(county_status(facts, date(2015, 10, 23)))["none_found"] == 100
    assert names(facts, date(2015, 10, 24), "planned") == ["Cumberland"]
    assert names(facts, date(2016, 6, 30), "running") == []


def test_robeson_had_a_program_that_ended(facts: Any) -> None:
    assert "Robeson" in names(facts, date(2023, 6, 30), "running")
    assert "Robeson" in names(facts, date(2023, 7, 1), "ended")


def test_wilkes_is_planned_and_never_counted_as_running(facts: Any) -> None:
    assert "Wilkes" in names(facts, date(2025, 4, 10), "planned")
    assert "Wilkes" in names(facts, date(2998, 1, 1), "planned")
