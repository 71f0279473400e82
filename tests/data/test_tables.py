"""What must stay true of the tables that are shipped."""

import re
from datetime import date
from typing import Any

import pytest

from data.dates import NEVER, read_span
from data.schema import TABLES, dictionary, table_columns

SOURCED = [table for table, columns in table_columns().items() if "sources" in columns]
DATED = [(row.table, row.column) for row in dictionary().itertuples() if row.kind == "edtf"]
TEXTS = [(row.table, row.column) for row in dictionary().itertuples() if row.kind == "text"]


def test_the_shipped_tables_are_good_and_filled(facts: Any) -> None:
    for table in table_columns():
        assert len(getattr(facts, table)) > 0


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.csv")), ids=lambda path: path.stem)
def test_a_shipped_file_is_plain_utf_8(path: Any) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    raw.decode("utf-8")


@pytest.mark.parametrize("table", SOURCED)
def test_every_row_has_a_source_that_exists(facts: Any, table: str) -> None:
    known = set(facts.sources["id"])
    for row, cell in getattr(facts, table)["sources"].items():
        named = cell.split("; ")
        assert all(named), (table, row)
        assert set(named) <= known, (table, row)
        assert len(named) == len(set(named)), (table, row)


def test_every_table_but_the_sources_names_sources() -> None:
    assert set(SOURCED) == set(table_columns()) - {"sources"}


def test_every_source_is_used_and_is_there_once(facts: Any) -> None:
    used = {
        source
        for table in SOURCED
        for cell in getattr(facts, table)["sources"]
        for source in cell.split("; ")
    }
    assert used == set(facts.sources["id"])
    assert facts.sources["id"].is_unique
    addresses = facts.sources.loc[facts.sources["url"] != "", "url"]
    assert addresses[addresses.duplicated()].tolist() == []


def test_a_source_without_an_address_says_why(facts: Any) -> None:
    blank = facts.sources[facts.sources["url"] == ""]
    assert (blank["note"] != "").all()


def test_there_are_100_counties_of_north_carolina(facts: Any) -> None:
    assert len(facts.counties) == 100
    assert facts.counties["fips"].is_unique
    assert facts.counties["county"].is_unique
    assert facts.counties["fips"].tolist() == [f"37{number:03}" for number in range(1, 200, 2)]
    assert not facts.counties["county"].str.contains("County").any()


@pytest.mark.parametrize(("year", "total"), [("2010", 9_574_323), ("2019", 10_488_084)])
def test_the_residents_add_up_to_the_total_of_the_state(facts: Any, year: str, total: int) -> None:
    rows = facts.population[facts.population["year"] == year]
    assert rows["residents"].astype(int).sum() == total


def test_every_county_has_residents_in_every_year(facts: Any) -> None:
    pairs = set(zip(facts.population["fips"], facts.population["year"], strict=True))
    years = [str(year) for year in range(2010, 2020)]
    assert pairs == {(fips, year) for fips in facts.counties["fips"] for year in years}
    assert len(facts.population) == 1000
    assert (facts.population["residents"].astype(int) > 0).all()


@pytest.mark.parametrize(("table", "column"), DATED)
def test_every_date_can_be_read(facts: Any, table: str, column: str) -> None:
    for text in getattr(facts, table)[column]:
        if text:
            span = read_span(text)
            assert span.earliest <= span.latest
            assert span.latest == NEVER or span.latest < date(2100, 1, 1)


def test_no_program_was_seen_running_before_it_can_have_started_or_after_it_ended(
    facts: Any,
) -> None:
    for row in facts.adoption.itertuples():
        if row.start and row.last_confirmed:
            assert read_span(row.last_confirmed).latest >= read_span(row.start).earliest, row
        if row.end and row.last_confirmed:
            assert read_span(row.last_confirmed).earliest <= read_span(row.end).latest, row


def test_a_plan_was_announced_before_the_last_possible_start(facts: Any) -> None:
    for row in facts.adoption.itertuples():
        if row.planned and row.start:
            assert read_span(row.planned).earliest <= read_span(row.start).latest, row


def test_the_last_confirmation_is_one_exact_day(facts: Any) -> None:
    for row in facts.adoption.itertuples():
        if row.last_confirmed:
            assert read_span(row.last_confirmed).exact, row


def test_a_program_stands_once(facts: Any) -> None:
    assert not facts.adoption.duplicated(["fips", "agency"]).any()


def test_schemes_that_are_not_lead_say_why_they_are_not_counted(facts: Any) -> None:
    other = facts.adoption[facts.adoption["is_lead"] == "no"]
    assert {"Brunswick", "Orange"} <= set(other["county"])
    assert other["note"].str.contains("not counted|not LEAD|Not confirmed", case=False).all()


STARTS = {
    ("37051", "Fayetteville Police Department"): ("2016-07-01", "2016-09-30"),
    ("37129", "Wilmington Police Department"): ("2017-06-01", "2017-06-01"),
    ("37087", "Waynesville Police Department"): ("2018-02-01", "2018-02-28"),
    ("37097", "Statesville Police Department"): ("2018-05-01", "2018-05-31"),
    ("37035", "Hickory Police Department"): ("2016-07-01", "2019-02-22"),
    ("37189", "Watauga County Sheriff's Office"): ("2020-01-01", "2020-12-31"),
    ("37133", "Jacksonville Police Department"): ("2020-11-01", "2020-11-30"),
    ("37155", "Robeson County Sheriff's Office"): ("2021-05-01", "2021-05-31"),
    ("37071", "Gaston County Police Department"): ("2023-08-01", "2023-08-31"),
}


@pytest.mark.parametrize(("key", "days"), STARTS.items(), ids=[name for _, name in STARTS])
def test_the_start_that_the_sources_give(
    facts: Any, key: tuple[str, str], days: tuple[str, str]
) -> None:
    rows = facts.adoption
    row = rows[(rows["fips"] == key[0]) & (rows["agency"] == key[1])].iloc[0]
    span = read_span(row["start"])
    assert (span.earliest.isoformat(), span.latest.isoformat()) == days
    assert row["is_lead"] == "yes"


def test_counts_are_within_their_totals(facts: Any) -> None:
    for side in ("before", "after"):
        for row in facts.outcomes.to_dict("records"):
            count, total = row[f"count_{side}"], row[f"total_{side}"]
            assert bool(count) == bool(total), row
            if count:
                assert 0 <= int(count) <= int(total), row
                assert int(total) > 0, row


def test_a_share_is_the_share_of_its_counts(facts: Any) -> None:
    for row in facts.outcomes.to_dict("records"):
        if row["count_after"] and row["unit"].startswith("%"):
            share = 100 * int(row["count_after"]) / int(row["total_after"])
            assert float(row["value_after"]) == pytest.approx(share, abs=0.6), row


def test_a_computed_change_is_that_of_its_values(facts: Any) -> None:
    tried = 0
    for row in facts.outcomes.to_dict("records"):
        against = row["value_comparison"] or row["value_before"]
        if row["change_from"] == "computed" and against and row["value_after"]:
            tried += 1
            change = 100 * (float(row["value_after"]) / float(against) - 1)
            assert float(row["change_pct"]) == pytest.approx(change, abs=0.06), row
    assert tried > 0


def test_every_change_says_where_it_comes_from(facts: Any) -> None:
    outcomes = facts.outcomes
    assert ((outcomes["change_pct"] != "") == (outcomes["change_from"] != "")).all()


def test_a_grade_above_1_has_a_comparison(facts: Any) -> None:
    outcomes = facts.outcomes
    assert set(outcomes.loc[outcomes["comparison"] == "none", "grade"]) <= {"", "1"}


BRITISH = re.compile(
    r"\b(programmes?|behaviour\w*|offences?|misdemeanours?|enrolments?|enrol"
    r"|organis\w+|whilst|defence|labour|neighbour\w*|judgement)\b",
    re.IGNORECASE,
)
THEIRS = {
    ("claims", "said_by"),
    ("context", "publisher"),
    ("sources", "publisher"),
    ("sources", "title"),
}
"""Columns of names and titles, which stand as their owners write them."""


@pytest.mark.parametrize(("table", "column"), sorted({*TEXTS} - THEIRS))
def test_our_own_words_are_american_english(facts: Any, table: str, column: str) -> None:
    found = [text for text in getattr(facts, table)[column] if BRITISH.search(text)]
    assert found == []


@pytest.mark.parametrize(("table", "column"), TEXTS)
def test_text_is_trimmed_and_on_one_line(facts: Any, table: str, column: str) -> None:
    for text in getattr(facts, table)[column]:
        assert text == " ".join(text.split())


def test_milestones_of_a_county_name_it_and_those_of_the_state_do_not(facts: Any) -> None:
    rows = facts.milestones
    assert ((rows["scope"] == "county") == (rows["fips"] != "")).all()


def test_county_figures_name_their_county(facts: Any) -> None:
    names = facts.county_names | {"": "North Carolina"}
    for row in facts.context.itertuples():
        assert row.place.startswith(names[row.fips]), row


def test_no_service_was_seen_before_it_can_have_begun_or_after_it_ended(facts: Any) -> None:
    for row in facts.partnerships.itertuples():
        if row.start and row.last_confirmed:
            assert read_span(row.last_confirmed).latest >= read_span(row.start).earliest, row
        if row.end and row.last_confirmed:
            assert read_span(row.last_confirmed).earliest <= read_span(row.end).latest, row


def test_a_statement_on_the_whole_state_stands_once_and_is_no_countys(facts: Any) -> None:
    state = facts.partnerships[facts.partnerships["county"] == "North Carolina"]
    assert state["service"].tolist() == ["mobile_crisis"]
    assert state["fips"].tolist() == [""]


def test_an_undated_source_confirms_nothing_on_a_day(facts: Any) -> None:
    """The day of a row comes from its source, or its note says where else it comes from."""
    published = facts.sources.set_index("id")["published"]
    for row in facts.partnerships.itertuples():
        dated = any(published[source] for source in row.sources.split("; "))
        assert dated or not row.last_confirmed or row.note, row


def test_the_questions_go_by_intercept_and_ask_for_every_service(facts: Any) -> None:
    order = facts.readiness["intercept"].tolist()
    assert order == sorted(order)
    assert set(order) == {"0", "1", "2", "3", "4", "5"}
    assert set(facts.services["service"]) | {"lead", ""} == set(facts.readiness["service"])
    assert facts.readiness["question"].str.endswith("?").all()
    assert facts.readiness["question"].is_unique
