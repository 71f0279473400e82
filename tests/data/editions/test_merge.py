from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from data.editions.matching import Row, columns_of, key_of
from data.editions.merge import MergeError, Side, merge, settle
from tests.data.builders import Rows
from tests.data.editing import counted, edition, editions, rows_by_table

POLICE = {"fips": "37071", "county": "Gaston", "agency": "Police", "start": "2023-08", "note": "n"}
SHERIFF = {"fips": "37071", "county": "Gaston", "agency": "Sheriff", "start": "2024"}
HEALTH = {"fips": "37051", "county": "Cumberland", "agency": "Health", "start": "2020"}
LATER = POLICE | {"start": "2023-09"}
EXACT = POLICE | {"start": "2023-08-31"}

# What was, what was published meanwhile, what I made of it, and what comes of the two.
CLEAN: dict[str, tuple[Rows, Rows, Rows, Rows]] = {
    "only theirs changed": ([POLICE], [LATER], [POLICE], [LATER]),
    "only mine changed": ([POLICE], [POLICE], [EXACT], [EXACT]),
    "both changed alike": ([POLICE], [LATER], [LATER], [LATER]),
    "two cells of one row": (
        [POLICE],
        [LATER],
        [POLICE | {"note": "mine"}],
        [LATER | {"note": "mine"}],
    ),
    "two rows": (
        [POLICE, HEALTH],
        [LATER, HEALTH],
        [POLICE, HEALTH | {"end": "2021"}],
        [LATER, HEALTH | {"end": "2021"}],
    ),
    "both added": (
        [POLICE],
        [POLICE, SHERIFF],
        [HEALTH, POLICE],
        [HEALTH, POLICE, SHERIFF],
    ),
    "both added the same": ([POLICE], [POLICE, SHERIFF], [POLICE, SHERIFF], [POLICE, SHERIFF]),
    "both added one, each with another cell": (
        [],
        [SHERIFF | {"note": ""}],
        [SHERIFF | {"end": "2025"}],
        [SHERIFF | {"end": "2025"}],
    ),
    "theirs removed": ([POLICE, SHERIFF], [SHERIFF], [POLICE, SHERIFF], [SHERIFF]),
    "mine removed": ([POLICE, SHERIFF], [POLICE, SHERIFF], [SHERIFF], [SHERIFF]),
    "both removed": ([POLICE, SHERIFF], [SHERIFF], [SHERIFF], [SHERIFF]),
    "one removed each": ([POLICE, SHERIFF, HEALTH], [POLICE, HEALTH], [SHERIFF, HEALTH], [HEALTH]),
    "only mine put in another order": (
        [POLICE, SHERIFF, HEALTH],
        [POLICE, SHERIFF, HEALTH | {"end": "2021"}],
        [HEALTH, POLICE, SHERIFF],
        [HEALTH | {"end": "2021"}, POLICE, SHERIFF],
    ),
}


@pytest.mark.parametrize(("base", "theirs", "mine", "expected"), CLEAN.values(), ids=CLEAN)
def test_edits_that_do_not_meet_are_merged(
    base: Rows, theirs: Rows, mine: Rows, expected: Rows
) -> None:
    merged = merge(*(edition(adoption=rows) for rows in (base, theirs, mine)))
    assert merged.clashes == []
    assert rows_by_table(merged.tables) == rows_by_table(edition(adoption=expected))
    assert list(merged.tables["adoption"].index) == list(range(2, len(expected) + 2))


# As above; then the clash in words, and the rows when theirs and when mine is chosen.
CLASHES: dict[str, tuple[Rows, Rows, Rows, str, Rows, Rows]] = {
    "one cell": (
        [POLICE],
        [LATER],
        [EXACT],
        "Gaston: start is 2023-08-31 in yours and 2023-09 as published meanwhile; before, it was "
        "2023-08.",
        [LATER],
        [EXACT],
    ),
    "one cell, made blank": (
        [POLICE],
        [POLICE | {"start": ""}],
        [EXACT],
        "Gaston: start is 2023-08-31 in yours and blank as published meanwhile; before, it was "
        "2023-08.",
        [POLICE | {"start": ""}],
        [EXACT],
    ),
    "one added row": (
        [],
        [LATER],
        [EXACT],
        "Gaston: start is 2023-08-31 in yours and 2023-09 as published meanwhile.",
        [LATER],
        [EXACT],
    ),
    "removed in mine": (
        [POLICE, HEALTH],
        [LATER, HEALTH],
        [HEALTH],
        "Gaston: you removed this row; meanwhile it was changed.",
        [LATER, HEALTH],
        [HEALTH],
    ),
    "removed in theirs": (
        [POLICE, HEALTH],
        [HEALTH],
        [EXACT, HEALTH],
        "Gaston: you changed this row; meanwhile it was removed.",
        [HEALTH],
        [EXACT, HEALTH],
    ),
}


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "words", "as_theirs", "as_mine"), CLASHES.values(), ids=CLASHES
)
def test_edits_that_meet_are_for_a_person_to_choose(
    base: Rows, theirs: Rows, mine: Rows, words: str, as_theirs: Rows, as_mine: Rows
) -> None:
    merged = merge(*(edition(adoption=rows) for rows in (base, theirs, mine)))
    assert [str(clash) for clash in merged.clashes] == [words]
    assert merged.clashes[0].key == ("37071", "Police")
    expected: dict[Side, Rows] = {"theirs": as_theirs, "mine": as_mine}
    for side, rows in expected.items():
        tables = settle(merged, [side])
        assert rows_by_table(tables) == rows_by_table(edition(adoption=rows))
        assert list(tables["adoption"].index) == list(range(2, len(rows) + 2))


def test_a_clash_tells_its_cell() -> None:
    sides = ([HEALTH, POLICE], [HEALTH, LATER], [HEALTH, EXACT])
    merged = merge(*(edition(adoption=rows) for rows in sides))
    (clash,) = merged.clashes
    assert (clash.table, clash.row, clash.column) == ("adoption", 3, "start")
    assert (clash.base, clash.theirs, clash.mine) == ("2023-08", "2023-09", "2023-08-31")
    assert merged.tables["adoption"].at[3, "start"] == "2023-09"


def test_a_removed_row_that_was_changed_stays_until_it_is_settled() -> None:
    merged = merge(*(edition(adoption=rows) for rows in ([POLICE], [], [EXACT])))
    (clash,) = merged.clashes
    assert (clash.column, clash.theirs, clash.mine) == (
        "",
        None,
        "start 2023-08-31; note n",
    )
    assert merged.tables["adoption"].at[2, "start"] == "2023-08-31"


@pytest.mark.parametrize("choices", [[], ["mine", "mine"], ["both"]])
def test_each_clash_needs_its_choice(choices: Any) -> None:
    merged = merge(*(edition(adoption=[row]) for row in (POLICE, LATER, EXACT)))
    with pytest.raises(MergeError, match="for each of the 1 clashes"):
        settle(merged, choices)


@settings(max_examples=20)
@given(editions, editions)
def test_an_edit_of_one_side_is_taken_whole(base: Any, edit: Any) -> None:
    for sides in ((edit, base), (base, edit), (edit, edit)):
        merged = merge(base, *sides)
        assert merged.clashes == []
        assert rows_by_table(merged.tables) == rows_by_table(edit)


@settings(max_examples=20)
@given(editions, editions, editions)
def test_sides_may_be_swapped(base: Any, theirs: Any, mine: Any) -> None:
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)
    tables = {clash.table for clash in (*one.clashes, *other.clashes)}
    rows, swapped = counted(one.tables), counted(other.tables)
    # Rows of a table without a key may be paired in two ways; a keyed one has only one.
    assert ("adoption" in {c.table for c in one.clashes}) == (
        "adoption" in {c.table for c in other.clashes}
    )
    if "adoption" not in tables:
        assert rows["adoption"] == swapped["adoption"]


def _by_key(frame: pd.DataFrame) -> dict[tuple[str, ...], tuple[str, ...]]:
    rows = frame.itertuples(index=False, name=None)
    return {key_of("adoption", row): row for row in rows}


@settings(max_examples=20)
@given(editions, editions, editions)
def test_no_row_or_cell_of_a_keyed_table_is_lost_silently(
    base: Any, theirs: Any, mine: Any
) -> None:
    merged = merge(base, theirs, mine)
    told = {(c.key, c.column) for c in merged.clashes if c.table == "adoption"}
    was, published, ours, now = (
        _by_key(tables["adoption"]) for tables in (base, theirs, mine, merged.tables)
    )
    blank = ("",) * len(columns_of("adoption"))
    for key in published.keys() | ours.keys():
        if key not in now:
            assert was[key] == published.get(key, was[key]) == ours.get(key, was[key])
        elif key not in published or key not in ours:
            kept = published.get(key) or ours.get(key)
            assert now[key] == kept
            assert key not in was or kept == was[key] or (key, "") in told
        else:
            columns = zip(
                columns_of("adoption"),
                was.get(key, blank),
                published[key],
                ours[key],
                now[key],
                strict=True,
            )
            for column, before, theirs_cell, my_cell, cell in columns:
                both = theirs_cell != before and my_cell != before and theirs_cell != my_cell
                assert ((key, column) in told) == both
                assert cell == (my_cell if theirs_cell == before else theirs_cell)


@settings(max_examples=20)
@given(editions, editions, editions)
def test_what_both_sides_added_stands_in_the_merged_tables(
    base: Any, theirs: Any, mine: Any
) -> None:
    merged = merge(base, _and(base, theirs), _and(base, mine))
    met = {clash.table for clash in merged.clashes}
    for table in {"context", "milestones"} - met:
        rows = counted(merged.tables)[table]
        assert not counted(base)[table] - rows
        for added in (*counted(theirs)[table], *counted(mine)[table]):
            assert any(_holds(row, added) for row in rows)


def _and(base: Any, more: Any) -> dict[str, pd.DataFrame]:
    """Give an edition with the rows of another after its own, in the tables without keys."""
    return base | {
        table: pd.concat([base[table], more[table]], ignore_index=True)
        for table in ("context", "milestones")
    }


def _holds(row: Row, added: Row) -> bool:
    return all(cell in ("", held) for cell, held in zip(added, row, strict=True))


@settings(max_examples=20)
@given(editions, editions, editions)
def test_clashes_point_at_rows_of_the_merged_tables(base: Any, theirs: Any, mine: Any) -> None:
    merged = merge(base, theirs, mine)
    for clash in merged.clashes:
        frame = merged.tables[clash.table]
        assert clash.row in frame.index
        assert not clash.column or frame.at[clash.row, clash.column] == clash.theirs
        assert str(clash)
    for side in ("theirs", "mine"):
        tables = settle(merged, [side] * len(merged.clashes))
        dropped = sum(
            not c.column and (c.theirs if side == "theirs" else c.mine) is None
            for c in merged.clashes
        )
        assert sum(map(len, tables.values())) == sum(map(len, merged.tables.values())) - dropped
