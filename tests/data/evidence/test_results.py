from typing import Any

import pandas as pd
import pytest

from data.evidence.results import (
    GRADES,
    ORDER,
    REGRESSION_NOTE,
    TOPIC_WORDS,
    WARNING,
    direction,
    grade_words,
    headline_unit,
    results,
    values_words,
)
from data.facts import Facts
from data.schema import dictionary
from tests.data.builders import small_tables, with_rows


def result(small: Facts, **cells: str) -> Any:
    """Give the one result of a made-up outcomes table."""
    row = {**small_tables()["outcomes"][0], "change_pct": "", **cells}
    return next(results(with_rows(small, "outcomes", [row])).itertuples())


def test_every_outcome_is_shown_once(facts: Any) -> None:
    table = results(facts)
    assert sorted(table.index) == sorted(facts.outcomes.index)
    pd.testing.assert_frame_equal(table.sort_index()[facts.outcomes.columns], facts.outcomes)


def test_north_carolina_comes_first(facts: Any) -> None:
    states = results(facts)["state"].tolist()
    first_other = next(place for place, state in enumerate(states) if state != "NC")
    assert first_other > 0
    assert "NC" not in states[first_other:]


def test_within_a_state_group_lead_comes_first_then_justice_then_figures_before_claims(
    facts: Any,
) -> None:
    order = [
        (row.state != "NC", row.is_lead != "yes", ORDER[row.topic], row.claim == "yes")
        for row in results(facts).itertuples()
    ]
    assert order == sorted(order)


def test_every_result_says_its_grade_its_comparison_and_its_interval(facts: Any) -> None:
    for row in results(facts).itertuples():
        assert row.graded in {*(f"Grade {grade} of 5" for grade in GRADES), "not graded"}, row
        assert (row.graded == "not graded") == (row.grade == "")
        assert row.compared, row
        assert row.compared == row.comparison
        if pd.notna(row.low):
            assert row.low <= row.high
            assert row.interval.startswith("95% interval "), row
        else:
            assert pd.isna(row.high)
            assert row.interval.startswith("no interval: "), row
        assert row.headline
        assert row.people.startswith("n = ") or row.people == "number of people not given"
        assert "nan" not in (row.headline + row.interval + row.people).lower()


def test_a_result_without_a_grade_says_why(facts: Any) -> None:
    table = results(facts)
    ungraded = table[table["grade"] == ""]
    assert ungraded["note"].str.contains("no grade").all()


def test_the_value_lies_within_its_interval(facts: Any) -> None:
    table = results(facts)
    counted = table[table["low"].notna() & table["unit"].str.startswith("%")]
    assert len(counted) > 0
    values = counted["value_after"].astype(float)
    assert (counted["low"] <= values + 0.05).all()
    assert (values - 0.05 <= counted["high"]).all()


def eighty(facts: Facts) -> pd.DataFrame:
    table = results(facts).reset_index(drop=True)
    return table[(table["fips"] == "37051") & (table["change_pct"] == "-80")]


def test_the_80_percent_of_fayetteville_is_a_claim_of_grade_1_and_never_first(facts: Any) -> None:
    found = eighty(facts)
    assert len(found) == 1
    row = next(found.itertuples())
    assert row.claim == "yes"
    assert row.grade == "1"
    assert row.graded == "Grade 1 of 5"
    assert row.compared == "none"
    assert row.headline == "−80%"
    assert row.interval.startswith("no interval")
    assert "captain" in row.note
    assert row.Index > 0


def test_no_figure_of_fayetteville_or_a_claim_leads_its_topic(facts: Any) -> None:
    table = results(facts)
    lead = table[(table["state"] == "NC") & (table["is_lead"] == "yes")]
    first = lead[lead["topic"] == "justice"].iloc[0]
    assert first["claim"] == "no"
    assert first["site"].startswith("North Carolina")


def test_claims_come_after_all_other_figures_of_their_topic(facts: Any) -> None:
    table = results(facts)
    for _, group in table.groupby([table["state"] == "NC", "is_lead", "topic"], sort=False):
        claims = (group["claim"] == "yes").tolist()
        assert claims == sorted(claims)


HEADLINES = {
    "fall": ({"change_pct": "-50"}, "−50%", "", "for the better"),
    "rise": ({"change_pct": "108.8"}, "+108.8%", "", "for the worse"),
    "rise that is better": (
        {"change_pct": "300", "better": "higher"},
        "+300%",
        "",
        "for the better",
    ),
    "fall that is worse": ({"change_pct": "-25", "better": "higher"}, "−25%", "", "for the worse"),
    "no change": ({"change_pct": "0"}, "0%", "", ""),
    "not said what is better": ({"change_pct": "-5", "better": ""}, "−5%", "", ""),
    "share": ({"value_after": "59.5", "unit": "% of participants"}, "59.5%", "", ""),
    "number": ({"value_after": "306000", "unit": "USD per year"}, "306,000", "USD per year", ""),
    "negative number": ({"value_after": "-1.4", "unit": "bookings"}, "−1.4", "bookings", ""),
    "change before value": (
        {"change_pct": "-10", "value_after": "90", "unit": "people"},
        "−10%",
        "",
        "for the better",
    ),
    "none": ({}, "no figure", "", ""),
}


@pytest.mark.parametrize(("cells", "words", "unit", "way"), HEADLINES.values(), ids=HEADLINES)
def test_headline_unit_and_direction(
    small: Facts, cells: dict[str, str], words: str, unit: str, way: str
) -> None:
    row = result(small, **cells)
    assert row.headline == words
    assert headline_unit(row) == unit
    assert direction(row) == way


VALUES = {
    "percents": (
        {"value_before": "34", "value_after": "71", "unit": "% of enrollees"},
        "34% → 71%",
    ),
    "amounts": (
        {"value_before": "1899", "value_after": "532", "unit": "USD per month"},
        "1,899 → 532 USD per month",
    ),
    "one only": ({"value_after": "71", "unit": "%"}, ""),
}


@pytest.mark.parametrize(("cells", "words"), VALUES.values(), ids=VALUES)
def test_the_values_behind_a_change(small: Facts, cells: dict[str, str], words: str) -> None:
    assert values_words(result(small, **cells)) == words


INTERVALS = {
    "counts before and after": (
        {"count_before": "40", "total_before": "50", "count_after": "22", "total_after": "50"},
        "95% interval −61% to −23%",
    ),
    "count after": ({"count_after": "25", "total_after": "42"}, "95% interval 43% to 74%"),
    "few of many": ({"count_after": "2", "total_after": "590"}, "95% interval 0.04% to 1.22%"),
    "none of all": ({"count_after": "0", "total_after": "10"}, "95% interval 0% to 31%"),
    "all of all": ({"count_after": "10", "total_after": "10"}, "95% interval 69% to 100%"),
    "standard error": (
        {"value_after": "-0.421", "std_error": "0.118", "unit": "effect size"},
        "95% interval −0.65 to −0.19",
    ),
    "no counts": ({}, "no interval: the source gives no count"),
    "no counts, but what the source says": (
        {"significance": "p < 0.05"},
        "no interval: the source gives no count (p < 0.05)",
    ),
    "count before without its total": (
        {"count_before": "40"},
        "no interval: the source gives no count",
    ),
    "none before": (
        {"count_before": "0", "total_before": "50", "count_after": "22", "total_after": "50"},
        "no interval: a count is zero",
    ),
    "count without its total": ({"count_after": "25"}, "no interval: the source gives no count"),
}


@pytest.mark.parametrize(("cells", "words"), INTERVALS.values(), ids=INTERVALS)
def test_the_interval_that_the_source_allows(
    small: Facts, cells: dict[str, str], words: str
) -> None:
    assert result(small, **cells).interval == words


@pytest.mark.parametrize(("before", "after"), [("0", "22"), ("40", "0"), ("0", "0")])
def test_a_count_of_none_gives_the_reason_for_no_ratio(
    small: Facts, before: str, after: str
) -> None:
    row = result(small, count_before=before, total_before="50", count_after=after, total_after="50")
    assert row.interval.startswith(("no interval: ", "95% interval "))


PEOPLE = {
    "not given": ({}, "number of people not given"),
    "given": ({"n": "42"}, "n = 42"),
    "thousands": ({"n": "1000"}, "n = 1,000"),
    "compared": ({"n": "203", "n_comparison": "115"}, "n = 203, compared with 115"),
}


@pytest.mark.parametrize(("cells", "words"), PEOPLE.values(), ids=PEOPLE)
def test_people_in_words(small: Facts, cells: dict[str, str], words: str) -> None:
    assert result(small, **cells).people == words


def test_no_outcome_at_all_gives_no_row(small: Facts) -> None:
    assert len(results(with_rows(small, "outcomes", []))) == 0


def test_grades_and_topics_are_those_of_the_dictionary() -> None:
    rows = dictionary()
    allowed = rows[rows["table"] == "outcomes"].set_index("column")["allowed"].str.split("|")
    assert list(GRADES) == allowed["grade"]
    assert set(ORDER) == set(TOPIC_WORDS) == set(allowed["topic"])


@pytest.mark.parametrize(("grade", "words"), [("1", "Grade 1 of 5"), ("", "not graded")])
def test_a_grade_in_words(grade: str, words: str) -> None:
    assert grade_words(grade) == words


def test_the_standing_warnings_say_what_falls_without_any_program() -> None:
    assert "no comparison group" in WARNING
    assert "fall without any program" in WARNING
    assert "25% to 57%" in REGRESSION_NOTE
