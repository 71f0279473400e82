from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from data.editions.changes import Change, changes, difference, summary
from data.editions.matching import match_rows
from data.schema import table_columns
from tests.data.builders import Rows, frame_of
from tests.data.editing import edition, editions

GASTONIA = {"fips": "37071", "county": "Gaston", "agency": "Gastonia Police", "start": "2023-08"}
SHERIFF = {"fips": "37071", "county": "Gaston", "agency": "Sheriff", "start": "2024"}
SOURCE = {"id": "wect-2017", "title": "LEAD begins", "publisher": "WECT"}
JAIL = {"series": "jail", "fips": "37071", "place": "Gaston", "period": "2018", "value": "10"}
LAW = {"title": "Naloxone law", "date": "2013-04", "what": "It lets bystanders give it."}
RESULT = {"site": "Fayetteville", "population": "people", "measure": "arrests", "value_after": "3"}
STATEWIDE = {"service": "odmap", "provider": "State", "county": "North Carolina"}

Side = dict[str, Rows]
CASES: dict[str, tuple[Side, Side, list[str]]] = {
    "a date": (
        {"adoption": [GASTONIA]},
        {"adoption": [GASTONIA | {"start": "2023-08-31"}]},
        ["Gaston: start changed from 2023-08 to 2023-08-31"],
    ),
    "a cell filled": (
        {"adoption": [GASTONIA]},
        {"adoption": [GASTONIA | {"last_confirmed": "2025"}]},
        ["Gaston: last confirmed changed from blank to 2025"],
    ),
    "a cell made blank": (
        {"adoption": [GASTONIA]},
        {"adoption": [GASTONIA | {"start": ""}]},
        ["Gaston: start changed from 2023-08 to blank"],
    ),
    "one of two programs of a county": (
        {"adoption": [GASTONIA, SHERIFF]},
        {"adoption": [GASTONIA, SHERIFF | {"scope": "County"}]},
        ["Gaston, Sheriff: scope changed from blank to “County”"],
    ),
    "a program added": (
        {"adoption": [GASTONIA]},
        {"adoption": [GASTONIA, SHERIFF]},
        ["Gaston, Sheriff: program added (start 2024)"],
    ),
    "a program removed": (
        {"adoption": [GASTONIA, SHERIFF]},
        {"adoption": [SHERIFF]},
        ["Gaston, Gastonia Police: program removed (start 2023-08)"],
    ),
    "an agency with another name is another program": (
        {"adoption": [GASTONIA]},
        {"adoption": [GASTONIA | {"agency": "Police of Gastonia"}]},
        [
            "Gaston, Police of Gastonia: program added (start 2023-08)",
            "Gaston, Gastonia Police: program removed (start 2023-08)",
        ],
    ),
    "an agency in capitals is the same program": (
        {"adoption": [GASTONIA]},
        {"adoption": [GASTONIA | {"agency": "GASTONIA POLICE"}]},
        ["Gaston: agency changed from “Gastonia Police” to “GASTONIA POLICE”"],
    ),
    "sources of a row": (
        {"adoption": [GASTONIA | {"sources": "a; b"}]},
        {"adoption": [GASTONIA | {"sources": "b; c; d"}]},
        ["Gaston: sources changed: c and d added, a removed"],
    ),
    "order of the sources": (
        {"adoption": [GASTONIA | {"sources": "a; b"}]},
        {"adoption": [GASTONIA | {"sources": "b; a"}]},
        ["Gaston: sources changed: their order; b is first"],
    ),
    "a source": (
        {"sources": [SOURCE]},
        {"sources": [SOURCE | {"title": "LEAD starts"}]},
        ["Source wect-2017: title changed from “LEAD begins” to “LEAD starts”"],
    ),
    "spaces only": (
        {"sources": [SOURCE]},
        {"sources": [SOURCE | {"title": "LEAD  begins"}]},
        ["Source wect-2017: blanks or line breaks of title changed"],
    ),
    "residents": (
        {"population": [{"fips": "37071", "year": "2019", "residents": "1"}]},
        {"population": [{"fips": "37071", "year": "2019", "residents": "2"}]},
        ["Gaston, 2019: residents changed from 1 to 2"],
    ),
    "a figure": (
        {"context": [JAIL]},
        {"context": [JAIL | {"value": "11"}]},
        ["Context figure jail, Gaston, Gaston, 2018: value changed from 10 to 11"],
    ),
    "a figure's period, all else the same": (
        {"context": [JAIL]},
        {"context": [JAIL | {"period": "2018-06"}]},
        ["Context figure jail, Gaston, Gaston, 2018: period changed from 2018 to 2018-06"],
    ),
    "another year of a figure is another row": (
        {"context": [JAIL]},
        {"context": [JAIL | {"period": "2019", "value": "11"}]},
        [
            "Context figure jail, Gaston, Gaston, 2019: context figure added (value 11)",
            "Context figure jail, Gaston, Gaston, 2018: context figure removed (value 10)",
        ],
    ),
    "a title reworded and a date made finer": (
        {"milestones": [LAW]},
        {"milestones": [LAW | {"title": "The naloxone law", "date": "2013-04-09"}]},
        [
            "Milestone The naloxone law: date changed from 2013-04 to 2013-04-09",
            "Milestone Naloxone law: title changed from “Naloxone law” to “The naloxone law”",
        ],
    ),
    "a provider reworded": (
        {"partnerships": [STATEWIDE]},
        {"partnerships": [STATEWIDE | {"provider": "The state"}]},
        ["North Carolina, odmap, State: provider changed from “State” to “The state”"],
    ),
    "a row on the whole state": (
        {"partnerships": [STATEWIDE]},
        {"partnerships": [STATEWIDE | {"note": "x"}]},
        ["North Carolina, odmap, State: note changed from blank to “x”"],
    ),
    "one of two results with one key": (
        {"outcomes": [RESULT, RESULT | {"value_after": "4", "note": "women"}]},
        {"outcomes": [RESULT | {"value_after": "5", "note": "women"}, RESULT]},
        ["Result Fayetteville, people, arrests: value after changed from 4 to 5"],
    ),
    "one of two equal rows removed": (
        {"context": [JAIL, JAIL]},
        {"context": [JAIL]},
        ["Context figure jail, Gaston, Gaston, 2018: context figure removed (value 10)"],
    ),
    "another order of rows is no change": (
        {"adoption": [GASTONIA, SHERIFF], "context": [JAIL, JAIL | {"period": "2019"}]},
        {"adoption": [SHERIFF, GASTONIA], "context": [JAIL | {"period": "2019"}, JAIL]},
        [],
    ),
    "programs come first": (
        {"sources": [SOURCE], "adoption": [GASTONIA]},
        {"sources": [], "adoption": []},
        [
            "Gaston, Gastonia Police: program removed (start 2023-08)",
            "Source wect-2017: source removed (title LEAD begins; publisher WECT)",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), CASES.values(), ids=CASES)
def test_a_difference_is_said_in_words(old: Side, new: Side, told: list[str]) -> None:
    assert [str(change) for change in changes(edition(**old), edition(**new))] == told


def test_a_change_tells_its_place() -> None:
    found = changes(
        edition(adoption=[SHERIFF]), edition(adoption=[SHERIFF, GASTONIA | {"start": "2023"}])
    )
    assert [(c.table, c.key, c.row, c.kind, c.column, c.old) for c in found] == [
        ("adoption", ("37071", "Gastonia Police"), 3, "added", "", "")
    ]
    assert found[0].new == "start 2023"


@settings(max_examples=20)
@given(editions)
def test_an_edition_does_not_differ_from_itself(tables: Any) -> None:
    assert changes(tables, {name: frame.copy() for name, frame in tables.items()}) == []


@settings(max_examples=20)
@given(editions, editions)
def test_every_difference_is_told_both_ways(old: Any, new: Any) -> None:
    there, back = changes(old, new), changes(new, old)
    for table in table_columns():
        kinds = [change.kind for change in there if change.table == table]
        grown = kinds.count("added") - kinds.count("removed")
        assert grown == len(new[table]) - len(old[table])
    assert bool(there) == bool(back)
    assert all(change.old != change.new for change in there if change.kind == "changed")
    assert all(str(change) for change in there)


@settings(max_examples=20)
@given(editions, editions)
def test_rows_are_matched_one_to_one(old: Any, new: Any) -> None:
    for table in ("adoption", "context", "milestones"):
        one = list(old[table].itertuples(index=False, name=None))
        other = list(new[table].itertuples(index=False, name=None))
        pairs = match_rows(table, one, other)
        assert len(set(pairs.values())) == len(pairs)
        assert sum(one[i] == other[j] for i, j in pairs.items()) == sum(
            min(one.count(row), other.count(row)) for row in set(one)
        )


def test_a_large_group_of_one_key_is_taken_as_removed_and_added() -> None:
    old = frame_of("context", [JAIL | {"value": str(n)} for n in range(600)])
    new = frame_of("context", [JAIL | {"value": str(n)} for n in range(600, 1200)])
    found = changes(edition() | {"context": old}, edition() | {"context": new})
    assert summary(found) == "600 context figures added, 600 removed."


def test_an_older_edition_without_a_table_or_a_column_is_compared() -> None:
    new = edition(adoption=[GASTONIA], sources=[SOURCE])
    old = {"counties": new["counties"], "adoption": new["adoption"].drop(columns="start")}
    assert [str(change) for change in changes(old, new)] == [
        "Gaston: start changed from blank to 2023-08",
        "Source wect-2017: source added (title LEAD begins; publisher WECT)",
    ]


def made(table: str, kind: Any, row: int, column: str = "") -> Change:
    return Change(table, (), row, kind, "x", column)


SUMMARIES = {
    "No differences.": [],
    "1 program changed.": [made("adoption", "changed", 2, "start")],
    "2 programs changed, 1 added; 3 sources added.": [
        made("adoption", "changed", 2, "start"),
        made("adoption", "changed", 2, "end"),
        made("adoption", "changed", 3, "end"),
        made("adoption", "added", 4),
        *(made("sources", "added", row) for row in (5, 6, 7)),
    ],
    "1 source removed.": [made("sources", "removed", 2)],
}


@pytest.mark.parametrize(("words", "found"), SUMMARIES.items(), ids=SUMMARIES)
def test_differences_are_counted_by_rows(words: str, found: list[Change]) -> None:
    assert summary(found) == words


LONG = "The start is some day of the third quarter of 2016, as the mayor told a reporter. " * 3
EDITS: dict[str, Callable[[str], str]] = {
    "a word in the middle": lambda text: text[:120] + "NEW" + text[120:],
    "a letter at the start": lambda text: "x" + text,
    "a letter at the end": lambda text: text + "x",
    "the last letter gone": lambda text: text[:-2],
    "everything": lambda text: text.upper(),
    "a sentence twice": lambda text: text + text,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_long_text_is_cut_with_the_difference_in_sight(edit: Callable[[str], str]) -> None:
    was, now = difference(LONG, edit(LONG))
    assert was != now
    assert max(len(was), len(now)) <= 100


def test_the_cut_of_a_long_text_shows_what_lies_around() -> None:
    was, now = difference(LONG, LONG.replace("mayor", "chief", 1))
    assert was == "...of 2016, as the mayor told a reporter..."
    assert now == "...of 2016, as the chief told a reporter..."
