"""Merge two edits of one edition, row by row and cell by cell; what both changed is for a person.

Rows are matched by ``data.editions.matching``. What only one side changed is taken, equal
changes are one change, and where the two differ there is a clash: nothing is lost untold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from data.console import shortened
from data.editions.changes import LONGEST, Namer, county_names, difference, row_words, spaced
from data.editions.matching import Row, Tables, columns_of, key_of, match_rows, rows_of, tables_of
from data.facts import Facts
from data.read import FIRST_ROW, row_numbers

Side = Literal["theirs", "mine"]


class MergeError(ValueError):
    """Choices that do not fit the clashes; the message says why."""


@dataclass(frozen=True)
class Clash:
    """A cell, or a whole row, that both sides changed in different ways.

    ``row`` is the row's label in the merged table. Where ``column`` is blank the clash is about
    the whole row: one side removed it (None) and the other changed it (its cells as text). A row
    that both sides added under one key has blank ``base`` cells.
    """

    table: str
    key: Row
    row: int
    where: str
    column: str
    base: str
    theirs: str | None
    mine: str | None

    def __str__(self) -> str:
        if self.mine is None:
            return f"{self.where}: you removed this row; meanwhile it was changed."
        if self.theirs is None:
            return f"{self.where}: you changed this row; meanwhile it was removed."
        theirs, mine = (text or "blank" for text in difference(self.theirs, self.mine))
        was = f"; before, it was {shortened(self.base, LONGEST)}" if self.base else ""
        column = spaced(self.column)
        return (
            f"{self.where}: {column} is {mine} in yours and {theirs} as published meanwhile{was}."
        )


@dataclass(frozen=True, eq=False)
class Merged:
    """The merged tables, rows labeled from 2, and what is left for a person to choose.

    Until a clash is settled its cell is as theirs, and its row is as the side that kept it.
    """

    tables: dict[str, pd.DataFrame]
    clashes: list[Clash]


def merge(base: Facts | Tables, theirs: Facts | Tables, mine: Facts | Tables) -> Merged:
    """Merge two editions that were both made from one.

    Parameters
    ----------
    base
        The edition from which both were made.
    theirs
        The edition that was published meanwhile.
    mine
        The edit that is to be published next.

    Returns
    -------
    All tables of the dictionary, and the clashes in their order. The rows stand in the order of
    theirs, or of mine where only mine was put in another order; each side's new rows stay after
    the row that they followed. The tables are not checked: see ``data.facts.facts_from``.
    """
    parts = [tables_of(edition) for edition in (base, theirs, mine)]
    names = {fips: name for tables in parts for fips, name in county_names(tables).items()}
    merged = Merged({}, [])
    for table in parts[0]:
        sides = [tables[table] for tables in parts]
        if all(side.equals(sides[0]) for side in sides[1:]):
            merged.tables[table] = _relabeled(sides[0].copy())
            continue
        was, published, ours = map(rows_of, sides)
        named = Namer(table, names, [*was, *published, *ours])
        made = _Table(table, named, was, published, ours)
        frame = pd.DataFrame(made.rows(), columns=list(columns_of(table)), dtype=str)
        merged.tables[table] = _relabeled(frame)
        merged.clashes.extend(made.clashes)
    return merged


def _relabeled(frame: pd.DataFrame) -> pd.DataFrame:
    frame.index = row_numbers(len(frame))
    return frame


def settle(merged: Merged, choices: Sequence[Side]) -> dict[str, pd.DataFrame]:
    """Give the merged tables with every clash settled.

    Parameters
    ----------
    merged
        What ``merge`` gave.
    choices
        For each clash, in order, whose side is taken.

    Raises MergeError where a clash has no choice, or a choice is neither word.
    """
    if len(choices) != len(merged.clashes) or set(choices) - {"theirs", "mine"}:
        count = len(merged.clashes)
        raise MergeError(f"Choose “theirs” or “mine” for each of the {count} clashes.")
    tables = {name: frame.copy() for name, frame in merged.tables.items()}
    for clash, side in zip(merged.clashes, choices, strict=True):
        taken = clash.theirs if side == "theirs" else clash.mine
        frame = tables[clash.table]
        if clash.column:
            frame.at[clash.row, clash.column] = taken
        elif taken is None:
            tables[clash.table] = frame.drop(index=clash.row)
    return {name: _relabeled(frame) for name, frame in tables.items()}


@dataclass(frozen=True)
class _One:
    """One row through the three sides: its position in each, None where the side lacks it."""

    base: int | None
    theirs: int | None
    mine: int | None


@dataclass
class _Table:
    """The merging of one table."""

    table: str
    named: Namer
    base: list[Row]
    theirs: list[Row]
    mine: list[Row]
    clashes: list[Clash] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """Give the merged rows in order, and note the clashes."""
        kept: list[Row] = []
        for one in self._in_order():
            row = self._merged(one, FIRST_ROW + len(kept))
            if row is not None:
                kept.append(row)
        return kept

    def _in_order(self) -> list[_One]:
        """Order the rows as theirs, or as mine where only mine has another order than the base."""
        by_theirs = match_rows(self.table, self.base, self.theirs)
        by_mine = match_rows(self.table, self.base, self.mine)
        theirs, mine = self._followed(by_theirs, by_mine)
        if _reordered(by_mine) and not _reordered(by_theirs):
            return _woven(mine, theirs)
        return _woven(theirs, mine)

    def _followed(
        self, by_theirs: dict[int, int], by_mine: dict[int, int]
    ) -> tuple[list[_One], list[_One]]:
        """Follow each row through the sides: the rows of theirs, and those of mine, in order."""
        theirs: dict[int, _One] = {}
        mine: dict[int, _One] = {}
        for i in range(len(self.base)):
            one = _One(i, by_theirs.get(i), by_mine.get(i))
            if one.theirs is not None:
                theirs[one.theirs] = one
            if one.mine is not None:
                mine[one.mine] = one
        new_theirs = [j for j in range(len(self.theirs)) if j not in theirs]
        new_mine = [k for k in range(len(self.mine)) if k not in mine]
        both = match_rows(
            self.table,
            [self.theirs[j] for j in new_theirs],
            [self.mine[k] for k in new_mine],
            reworded=False,
        )
        for place, j in enumerate(new_theirs):
            k = new_mine[both[place]] if place in both else None
            theirs[j] = _One(None, j, k)
            if k is not None:
                mine[k] = theirs[j]
        for k in new_mine:
            mine.setdefault(k, _One(None, None, k))
        return [theirs[j] for j in sorted(theirs)], [mine[k] for k in sorted(mine)]

    def _merged(self, one: _One, label: int) -> Row | None:
        """Merge one row; None where it was removed."""
        base = None if one.base is None else self.base[one.base]
        theirs = None if one.theirs is None else self.theirs[one.theirs]
        mine = None if one.mine is None else self.mine[one.mine]
        if theirs is not None and mine is not None:
            return self._cells(base or ("",) * len(theirs), theirs, mine, label)
        kept = theirs or mine
        if kept is None or kept == base:
            return None
        if base is not None:
            self._note(label, kept, "", row_words(self.table, base), theirs, mine)
        return kept

    def _cells(self, base: Row, theirs: Row, mine: Row, label: int) -> Row:
        merged = tuple(
            ours if published == was else published
            for was, published, ours in zip(base, theirs, mine, strict=True)
        )
        for place, column in enumerate(columns_of(self.table)):
            was, published, ours = base[place], theirs[place], mine[place]
            if published not in (was, ours) and ours != was:
                self._note(label, merged, column, was, (published,), (ours,))
        return merged

    def _note(
        self, label: int, row: Row, column: str, base: str, theirs: Row | None, mine: Row | None
    ) -> None:
        told = [
            None if side is None else side[0] if column else row_words(self.table, side)
            for side in (theirs, mine)
        ]
        key, where = key_of(self.table, row), self.named.short(row)
        self.clashes.append(Clash(self.table, key, label, where, column, base, *told))


def _reordered(pairs: dict[int, int]) -> bool:
    """Tell whether a side has the rows of the base in another order."""
    places = [pairs[i] for i in sorted(pairs)]
    return places != sorted(places)


def _woven(first: list[_One], other: list[_One]) -> list[_One]:
    """Put what only the other side has after the row that it follows there."""
    known = set(first)
    after: dict[_One | None, list[_One]] = defaultdict(list)
    last: _One | None = None
    for one in other:
        if one in known:
            last = one
        else:
            after[last].append(one)
    return [*after[None], *(each for one in first for each in (one, *after[one]))]
