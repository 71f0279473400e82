from typing import Any

import pandas as pd
import pytest

from data.evidence.reach import QUALIFIER_WORDS, entered, period_words, reach
from data.facts import Facts
from data.schema import dictionary
from tests.data.builders import small_tables, with_rows


def count(**cells: str) -> dict[str, str]:
    return small_tables()["reach"][0] | cells


PERIODS = {
    "2016": "2016",
    "2016-07": "July 2016",
    "2016-07-01": "1 July 2016",
    "2016/2018": "2016 to 2018",
    "2016-07/2017-06": "July 2016 to June 2017",
    "2016-07-01/2017-06-30": "1 July 2016 to 30 June 2017",
    "2021-01-01/2021-03-24": "1 January 2021 to 24 March 2021",
    "/2018-06-07": "up to 7 June 2018",
    "../2018-06-07": "up to 7 June 2018",
    "2022/": "since 2022",
    "2022/..": "since 2022",
    "2021-05/": "since May 2021",
    "[2023-08-31..]": "not before 31 August 2023",
}


@pytest.mark.parametrize(("period", "words"), PERIODS.items(), ids=PERIODS)
def test_a_period_in_words(period: str, words: str) -> None:
    assert period_words(period) == words


WHEN = [
    ("cumulative", "/2020-12-31", "by 31 December 2020"),
    ("cumulative", "../2020-12-31", "by 31 December 2020"),
    ("cumulative", "2021-05/2023-06-30", "by 30 June 2023"),
    ("cumulative", "2018/2019", "by 2019"),
    ("cumulative", "2018/", "since 2018"),
    ("cumulative", "2018/..", "since 2018"),
    ("cumulative", "2018-06", "June 2018"),
    ("at date", "2024-02-16", "16 February 2024"),
    ("at date", "[2023-08-31..]", "not before 31 August 2023"),
    ("period", "2022/2025", "2022 to 2025"),
    ("period", "/2018-06-07", "up to 7 June 2018"),
    ("period", "2016", "2016"),
    ("period", "", "date not given"),
    ("cumulative", "", "date not given"),
]


@pytest.mark.parametrize(("kind", "period", "words"), WHEN)
def test_when_a_count_was_made(small: Facts, kind: str, period: str, words: str) -> None:
    made = with_rows(small, "reach", [count(kind=kind, period=period)])
    assert reach(made)["when"].tolist() == [words]


@pytest.mark.parametrize(
    ("qualifier", "value", "words"),
    [
        ("exact", "22", "22 people"),
        ("exact", "1200", "1,200 people"),
        ("exact", "4.5", "4.5 people"),
        ("about", "15", "about 15 people"),
        ("more than", "200", "more than 200 people"),
        ("less than", "60", "fewer than 60 people"),
        ("planned", "25", "planned: 25 people"),
    ],
)
def test_a_count_says_how_sure_it_is(small: Facts, qualifier: str, value: str, words: str) -> None:
    made = with_rows(small, "reach", [count(qualifier=qualifier, value=value)])
    assert reach(made)["count"].tolist() == [words]


def test_every_allowed_qualifier_has_words() -> None:
    rows = dictionary().set_index(["table", "column"])
    assert set(rows.at[("reach", "qualifier"), "allowed"].split("|")) <= set(QUALIFIER_WORDS)


def test_the_day_is_the_last_possible_one(small: Facts) -> None:
    made = with_rows(
        small,
        "reach",
        [
            count(period="2018", value="1"),
            count(period="2021-05/2021-11-03", value="2"),
            count(period="/2020", value="3"),
            count(period="2022/", value="4"),
            count(period="", value="5"),
        ],
    )
    days = dict(reach(made)[["value", "day"]].to_numpy().tolist())
    assert days["1"] == pd.Timestamp(2018, 12, 31)
    assert days["2"] == pd.Timestamp(2021, 11, 3)
    assert days["3"] == pd.Timestamp(2020, 12, 31)
    assert pd.isna(days["4"])
    assert pd.isna(days["5"])


@pytest.mark.parametrize(
    ("kind", "period", "middle"),
    [
        ("at date", "2018", "2018-07-02"),
        ("at date", "2018-03-05", "2018-03-05"),
        ("cumulative", "2018", "2018-12-31"),
        ("at date", "[..2018]", "2018-12-31"),
    ],
)
def test_a_count_at_one_time_stands_in_the_middle_of_when_that_was(
    small: Facts, kind: str, period: str, middle: str
) -> None:
    made = with_rows(small, "reach", [count(kind=kind, period=period)])
    assert reach(made)["middle"].tolist() == [pd.Timestamp(middle)]


ENTERED = {
    "entered, with a day": ({}, True),
    "entered, some day": ({"period": ""}, False),
    "entered, with an open end": ({"period": "2022/"}, False),
    "only referred": ({"entered": "no"}, False),
}


@pytest.mark.parametrize(("cells", "kept"), ENTERED.values(), ids=ENTERED)
def test_charts_have_people_who_entered_on_a_known_day(
    small: Facts, cells: dict[str, str], kept: bool
) -> None:
    rows = reach(with_rows(small, "reach", [count(**cells)]))
    assert len(rows) == 1
    assert len(entered(rows)) == kept


def test_the_state_shows_the_lead_programs_of_the_state(facts: Any) -> None:
    rows = reach(facts)
    assert len(rows) > 0
    assert set(rows["is_lead"]) == {"yes"}
    assert rows["fips"].str.startswith("37").all()
    table = facts.reach
    expected = table[(table["is_lead"] == "yes") & table["fips"].isin(list(facts.county_names))]
    assert sorted(rows.index) == sorted(expected.index)


def test_chosen_counties_show_all_their_counts_lead_first(facts: Any) -> None:
    chosen = ("37063", "37155")
    rows = reach(facts, chosen)
    assert sorted(rows.index) == sorted(facts.reach.index[facts.reach["fips"].isin(chosen)])
    assert rows["is_lead"].tolist() == sorted(rows["is_lead"], reverse=True)


def test_counts_of_a_program_are_in_order_of_time(facts: Any) -> None:
    for _, group in reach(facts).groupby("site"):
        known = group["day"].dropna()
        assert known.is_monotonic_increasing


def test_every_shipped_count_has_words(facts: Any) -> None:
    rows = reach(facts, tuple(facts.county_names))
    assert (rows["when"] != "").all()
    assert not rows["when"].str.contains("not known").any()
    assert not rows["count"].str.contains("nan").any()


def test_a_county_without_counts_gives_no_row(small: Facts) -> None:
    assert len(reach(small, ("37023",))) == 0
    assert len(reach(with_rows(small, "reach", []))) == 0
