import csv
import io
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings

from data.facts import Facts
from data.frame import adoption_csv, county_frame, first_month, timeline
from data.status import county_status, history
from data.words import LOOKS, describe
from tests.data.builders import (
    LAST,
    program,
    programs_and_days,
    turning_days,
    with_programs,
)

Case = tuple[list[dict[str, str]], list[date]]
DAY = date(2019, 8, 31)
CONTRACT = "fips,county,status,unconfirmed,programs,start,end,last_confirmed,sources"
STATUS_OF_LOOK = {look: look for look in LOOKS} | {"unconfirmed": "running"}


def row_of(facts: Facts, fips: str, day: date = DAY) -> dict[str, Any]:
    return county_frame(facts, day).set_index("fips").loc[fips].to_dict()


def test_the_frame_has_each_county_once_in_fips_order(facts: Any) -> None:
    frame = county_frame(facts, DAY)
    assert frame["fips"].tolist() == sorted(facts.counties["fips"])
    assert frame["county"].tolist() == list(facts.county_names.values())
    assert not frame.isna().any(axis=None)


@given(case=programs_and_days())
@settings(max_examples=10)
def test_the_frame_says_what_the_status_says(small: Facts, case: Case) -> None:
    made = with_programs(small, *case[0])
    for day in case[1]:
        frame = county_frame(made, day).set_index("fips")
        status = county_status(made, day)
        pd.testing.assert_frame_equal(
            frame[["status", "unconfirmed"]], status, check_index_type=False, check_dtype=False
        )
        assert set(frame["look"]) <= set(LOOKS)
        assert [STATUS_OF_LOOK[look] for look in frame["look"]] == frame["status"].tolist()
        assert ((frame["look"] == "unconfirmed") == frame["unconfirmed"]).all()


def test_the_programs_of_a_county_are_joined(small: Facts) -> None:
    made = with_programs(
        small,
        program(agency="A", start="2016", end="2018", sources="paper-2016; census"),
        program(agency="B", start="2017", last_confirmed="2019-01-01", sources="census"),
        program(agency="C", scope="Other city", start="2015", is_lead="no", sources="other"),
    )
    row = row_of(made, "37051")
    assert row["programs"] == "A; B"
    assert row["start"] == "2016; 2017"
    assert row["end"] == "2018"
    assert row["last_confirmed"] == "2019-01-01"
    assert row["sources"] == "paper-2016; census"
    assert row["other"] == "Other city"
    assert row_of(made, "37087")["programs"] == ""


CONFIRMED = {
    "one known": (["", "2018-06-07"], "2018-06-07"),
    "two days": (["2019-02-22", "2025-10-18"], "2025-10-18"),
    "a month and a day": (["2019", "2018-06-07"], "2019"),
    "within a span, and later": (["[2019-01-01..2019-03-31]", "2020-01-01"], "2020-01-01"),
    "by a day, and later": (["2020-01-01", "[..2019-02-22]"], "2020-01-01"),
}


@pytest.mark.parametrize(("seen", "newest"), CONFIRMED.values(), ids=CONFIRMED)
def test_the_newest_confirmation_is_shown(small: Facts, seen: list[str], newest: str) -> None:
    rows = [
        program(agency=f"Police {place}", start="2016", last_confirmed=text)
        for place, text in enumerate(seen)
    ]
    assert row_of(with_programs(small, *rows), "37051")["last_confirmed"] == newest
    assert row_of(with_programs(small, *reversed(rows)), "37051")["last_confirmed"] == newest


def parsed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("day", [date(1990, 1, 1), DAY, date(2023, 7, 1), date(2090, 1, 1)])
def test_the_download_has_the_columns_of_the_contract_and_all_counties(
    facts: Any, day: date
) -> None:
    text = adoption_csv(facts, day)
    assert text.splitlines()[0] == CONTRACT
    assert "\r" not in text
    rows = parsed(text)
    assert len(rows) == 100
    assert [row["fips"] for row in rows] == list(facts.county_names)
    assert all(len(row["fips"]) == 5 for row in rows)


@pytest.mark.parametrize("day", [date(2015, 12, 1), DAY, date(2023, 7, 1), date(2026, 1, 1)])
def test_the_download_equals_the_frame(facts: Any, day: date) -> None:
    frame = county_frame(facts, day)
    for row, expected in zip(
        parsed(adoption_csv(facts, day)), frame.to_dict("records"), strict=True
    ):
        told = {True: "yes", False: "no"}[bool(expected["unconfirmed"])]
        assert row == {name: expected[name] for name in row} | {"unconfirmed": told}


def test_no_cell_of_the_download_would_be_run(small: Facts) -> None:
    rows = [program(agency=agency, start="2016") for agency in ("-2+3+cmd|' /C calc'!A0", "Police")]
    told = {row["fips"]: row for row in parsed(adoption_csv(with_programs(small, *rows), DAY))}
    assert told["37051"]["programs"] == "'-2+3+cmd|' /C calc'!A0; Police"


def test_the_download_of_the_worked_example(facts: Any) -> None:
    found: dict[str, set[str]] = {}
    for row in parsed(adoption_csv(facts, DAY)):
        found.setdefault(row["status"], set()).add(row["county"])
    assert found["running"] == {"Cumberland", "New Hanover", "Haywood", "Iredell", "Catawba"}
    assert found["perhaps"] == {"Burke"}
    assert found["planned"] == {"Onslow", "Watauga"}
    assert "ended" not in found
    assert len(found["none_found"]) == 92


def test_every_county_with_a_status_has_programs_and_sources(facts: Any) -> None:
    frame = county_frame(facts, DAY)
    told = frame[frame["status"] != "none_found"]
    assert (told["programs"] != "").all()
    assert (told["sources"] != "").all()


def look_at(steps: list[list[Any]], day: date) -> str:
    """Look a day up as the browser does: the last step on or before it."""
    found = [place for iso, place in steps if iso <= day.isoformat()]
    return LOOKS[found[-1]] if found else "none_found"


def assert_timeline_equals_frame(facts: Facts, told: dict[str, Any], day: date) -> None:
    frame = county_frame(facts, day)
    looks = [look_at(told["steps"].get(fips, []), day) for fips in frame["fips"]]
    assert looks == frame["look"].tolist(), day
    view = [view for view in told["views"] if view["day"] <= day.isoformat()][-1]
    sentence = describe(day, frame)
    assert view["headline"].replace("{day}", f"{day.day} {day:%B %Y}") == sentence.headline, day
    assert (view["detail"], view["doubt"]) == (sentence.detail, sentence.doubt), day
    assert view["counts"] == [int((frame["look"] == look).sum()) for look in LOOKS], day


@given(case=programs_and_days())
@settings(max_examples=15)
def test_the_timeline_looked_up_on_a_day_equals_the_frame(small: Facts, case: Case) -> None:
    made = with_programs(small, *case[0])
    assume(len(history(made)))
    told: Any = timeline(made, LAST)
    first = date.fromisoformat(told["first"])
    for day in {*case[1], first, LAST}:
        if first <= day <= LAST:
            assert_timeline_equals_frame(made, told, day)


def test_the_shipped_timeline_equals_the_frame_on_and_around_every_change(facts: Any) -> None:
    today = date(2026, 1, 1)
    told: Any = timeline(facts, today)
    changes = {date.fromisoformat(view["day"]) for view in told["views"]}
    first = date.fromisoformat(told["first"])
    for day in {d + timedelta(days=n) for d in changes for n in (-1, 0)} | {DAY, today}:
        if first <= day <= today:
            assert_timeline_equals_frame(facts, told, day)


def test_the_timeline_is_sorted_and_within_its_ends(facts: Any) -> None:
    told: Any = timeline(facts, date(2026, 1, 1))
    assert (told["first"], told["last"]) == ("2015-01-01", "2026-01-01")
    views = [view["day"] for view in told["views"]]
    assert views == sorted(views)
    assert views[0] == told["first"]
    for steps in told["steps"].values():
        on = [iso for iso, _ in steps]
        assert on == sorted(set(on))
        assert told["first"] <= on[0]
        assert on[-1] <= told["last"]
    assert told["looks"] == list(LOOKS)
    assert told["counties"] == facts.county_names


def test_starts_are_the_days_on_which_a_county_begins_to_run(small: Facts) -> None:
    made = with_programs(
        small,
        program(start="[2016-07-01..2016-09-30]", last_confirmed="2016-09-30"),
        program(fips="37087", start="2018-02-01", last_confirmed="2018-02-01"),
        program(fips="37023", start="2019-01-01", is_lead="no"),
    )
    assert timeline(made, LAST)["starts"] == ["2016-09-30", "2018-02-01"]


def test_a_timeline_up_to_a_day_knows_nothing_later(small: Facts) -> None:
    made = with_programs(small, program(start="2016-01-01", end="2020-01-01"))
    told: Any = timeline(made, date(2018, 1, 1))
    assert told["last"] == "2018-01-01"
    assert all(iso <= "2018-01-01" for steps in told["steps"].values() for iso, _ in steps)
    assert all(view["day"] <= "2018-01-01" for view in told["views"])


def test_a_change_on_the_last_day_of_a_timeline_is_in_it(small: Facts) -> None:
    made = with_programs(small, program(start="2016-01-01", end="2020-01-01"))
    for today in (date(2016, 1, 1), date(2020, 1, 2)):
        assert_timeline_equals_frame(made, timeline(made, today), today)


UNDATED: dict[str, list[dict[str, str]]] = {
    "no program": [],
    "no date": [program()],
    "not LEAD": [program(start="2016", is_lead="no")],
    "in the future": [program(start="2030")],
    "planned for the future": [program(start="2030", planned="2029")],
    "started by a day": [program(start="[..2016-08-31]", last_confirmed="2016-08-31")],
    "started by a day in the future": [program(start="[..2030-08-31]")],
}


@pytest.mark.parametrize("rows", UNDATED.values(), ids=UNDATED)
def test_a_timeline_exists_whatever_is_dated(small: Facts, rows: list[dict[str, str]]) -> None:
    made = with_programs(small, *rows)
    told: Any = timeline(made, LAST)
    first = date.fromisoformat(told["first"])
    assert date(1901, 1, 1) <= first <= LAST
    for day in {first, date(2016, 8, 30), date(2016, 8, 31), LAST, *turning_days(*rows)}:
        if first <= day <= LAST:
            assert_timeline_equals_frame(made, told, day)


def test_the_first_month_is_the_january_before_the_first_change(facts: Any, small: Facts) -> None:
    assert first_month(facts) == date(2015, 1, 1)
    made = with_programs(small, program(start="2018-07-01", planned="2017-11-05"))
    assert first_month(made) == date(2017, 1, 1)
