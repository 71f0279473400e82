from typing import Any

import pytest
from dash import html

from data.adoption import state_milestones
from data.dates import edtf_words
from data.evidence.results import GRADES, REGRESSION_NOTE, WARNING
from data.glossary import TERMS
from data.methods import METHODS, STATUS_RULES
from data.read import Problem
from data.schema import dictionary, downloads, table_columns
from data.words import LOOK_WORDS
from layouts.pages.data import create_data_page
from tests.layouts.tree import addresses, by_id, ids_of, nodes, text_of

PROBLEMS = (
    Problem("adoption", 7, "start", "soon", "This is not a date."),
    Problem("sources", 0, "", "", "The file is missing."),
)


@pytest.fixture(scope="module")
def made(facts: Any) -> Any:
    return create_data_page(facts, ())


def test_every_status_has_its_rule(made: Any) -> None:
    said = text_of(made)
    assert set(STATUS_RULES) == set(LOOK_WORDS)
    for look, words in LOOK_WORDS.items():
        assert words in said
        assert STATUS_RULES[look] in said


def test_every_grade_is_told_with_the_standing_warning(made: Any) -> None:
    said = text_of(made)
    for words in (*GRADES.values(), WARNING, REGRESSION_NOTE):
        assert words in said


def test_every_method_and_term_stands_under_its_anchor(made: Any) -> None:
    said = text_of(made)
    for method in METHODS:
        assert text_of(by_id(made, method.id)) == method.name
        assert method.words.format(first=2010, last=2019) in said
    for name, term in TERMS.items():
        assert text_of(by_id(made, f"word-{name}")) == term.name
        assert term.meaning in said


def test_every_way_of_making_an_interval_is_told(facts: Any) -> None:
    # The ratio of two shares (Katz) is in the code; a source that allows it needs its sentence.
    (words,) = [method.words for method in METHODS if method.id == "intervals"]
    assert (facts.outcomes["count_before"] == "").all() or "Katz" in words


def test_every_milestone_of_the_state_is_told_with_its_sources(facts: Any, made: Any) -> None:
    section = by_id(made, "milestones")
    links = {href for href, _ in addresses(section)}
    urls = facts.sources.set_index("id")["url"]
    rows = facts.milestones[facts.milestones["scope"] == "state"]
    assert set(state_milestones(facts).index) < set(rows.index)
    for row in rows.itertuples():
        assert f"{edtf_words(row.date)}: {row.title}. {row.what}" in text_of(section)
        assert {urls[source] for source in row.sources.split("; ")} - {""} <= links


def test_every_table_and_column_is_told(facts: Any, made: Any) -> None:
    said = text_of(made)
    for row in dictionary().itertuples():
        assert row.meaning in said
    for table in table_columns():
        told = by_id(made, f"table-{table}")
        assert f"{table}.csv: {len(getattr(facts, table)):,} rows" in text_of(told)
        links = {href for href, _ in addresses(told)}
        assert f"/download/tables/{table}.csv" in links
        assert ("/data#word-fips" in links) == ("fips" in table_columns()[table])


def test_every_file_made_when_asked_for_is_told_column_by_column(made: Any) -> None:
    for file, rows in downloads().groupby("table"):
        told = text_of(by_id(made, f"table-{file}"))
        assert told.startswith(f"{file}.csv: its columns")
        for row in rows.itertuples():
            assert f"{row.column}{row.meaning}" in told


def test_every_source_stands_under_its_id(facts: Any, made: Any) -> None:
    ids = set(ids_of(made))
    links = {href for href, _ in addresses(made)}
    said = text_of(made)
    for row in facts.sources.itertuples():
        assert f"source-{row.id}" in ids
        assert row.title in said
        assert not row.url or row.url in links


def test_every_scheme_that_is_not_lead_is_told(facts: Any, made: Any) -> None:
    said = text_of(made)
    other = facts.adoption[facts.adoption["is_lead"] == "no"]
    assert len(other) > 3
    for row in other.itertuples():
        assert row.agency in said
        assert row.note in said
    assert said.count("Other scheme, not counted as LEAD.") == len(other)


def test_the_edition_is_named_whole(facts: Any, made: Any) -> None:
    assert facts.checksum in text_of(made)


def test_all_downloads_are_linked(made: Any) -> None:
    links = {href for href, _ in addresses(made) if href.startswith("/download/")}
    files = ("programs.csv", "adoption.csv", "map.svg", "data.zip", "data.xlsx")
    assert "/download/tables/dictionary.csv" in links
    assert links >= {f"/download/{name}" for name in files}


def test_the_lost_slide_is_owned_up_to(made: Any) -> None:
    assert "was not found" in text_of(made)
    assert "not a transcription of the slide" in text_of(made)


def test_good_tables_raise_no_warning(made: Any) -> None:
    assert "the last good one" not in text_of(made)


def test_problems_of_newer_tables_are_listed(facts: Any) -> None:
    made = create_data_page(facts, PROBLEMS)
    said = text_of(made)
    assert f"this is edition {facts.edition}, the last good one" in said
    for problem in PROBLEMS:
        assert str(problem) in said


def test_many_problems_are_counted_and_cut(facts: Any) -> None:
    made = create_data_page(facts, PROBLEMS[:1] * 500)
    assert "500 problems" in text_of(made)
    assert len([n for n in nodes(made, html.Li) if text_of(n) == str(PROBLEMS[0])]) == 20
