"""What differs between two editions, cell by cell and in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.console import shortened
from data.editions.matching import (
    Row,
    Tables,
    columns_of,
    key_of,
    match_rows,
    rows_of,
    tables_of,
)
from data.facts import Facts
from data.partnership_checks import STATE
from data.schema import REGISTRY, plain_key
from data.words import listed, sentence_case

Kind = Literal["changed", "added", "removed"]
KINDS: tuple[Kind, ...] = ("changed", "added", "removed")
LONGEST = 60
"""Characters of a text that are shown; the rest is cut, but never where two texts differ."""
AROUND = 16
"""Characters that are shown before and after the place where two texts differ."""
NAME_LENGTH = 60
ROW_LENGTH = 160


@dataclass(frozen=True)
class Change:
    """One difference: a row that was added or removed, or a cell that was changed.

    ``key`` is the row's key cells (``data.editions.matching``), ``row`` its label in the new table,
    or in the old one where it was removed. ``where`` names the row in words. For a whole row
    ``column`` is blank, and the filled cells stand in ``new`` or ``old`` as text. Blank cells are
    blank text.
    """

    table: str
    key: Row
    row: int
    kind: Kind
    where: str
    column: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        if self.kind == "changed":
            return f"{self.where}: {cell_words(self.table, self.column, self.old, self.new)}"
        cells = shortened(self.new or self.old, ROW_LENGTH)
        return f"{self.where}: {noun(self.table)} {self.kind}{f' ({cells})' if cells else ''}"


def noun(table: str, several: bool = False) -> str:
    """Give what a row of a table is called."""
    return REGISTRY[table].many if several else REGISTRY[table].one


def changes(old: Facts | Tables, new: Facts | Tables) -> list[Change]:
    """Give all differences between two editions: programs first, then table by table.

    Rows are matched by ``data.editions.matching``; the order of rows is no difference.
    A table that one of the two lacks is empty there.
    """
    before, after = tables_of(old), tables_of(new)
    names = county_names(before) | county_names(after)
    found: list[Change] = []
    for table in sorted(before, key=lambda name: name != "adoption"):
        if not before[table].equals(after[table]):
            found += _table_changes(table, before[table], after[table], names)
    return found


def county_names(tables: Tables) -> dict[str, str]:
    """Give county name by FIPS code, as a set of tables has them."""
    return dict(zip(tables["counties"]["fips"], tables["counties"]["county"], strict=True))


def _table_changes(
    table: str, before: pd.DataFrame, after: pd.DataFrame, names: dict[str, str]
) -> Iterator[Change]:
    old, new = rows_of(before), rows_of(after)
    pairs = match_rows(table, old, new)
    columns = list(columns_of(table))
    named = Namer(table, names, [*old, *new])
    for i, j in pairs.items():
        for column, was, now in zip(columns, old[i], new[j], strict=True):
            if was != now:
                key, row = key_of(table, new[j]), after.index[j]
                where = named.short(old[i] if column in REGISTRY[table].key else new[j])
                yield Change(table, key, row, "changed", where, column, was, now)
    added = set(pairs.values())
    for j, cells in enumerate(new):
        if j not in added:
            text, where = row_words(table, cells), named.full(cells)
            key = key_of(table, cells)
            yield Change(table, key, after.index[j], "added", where, new=text)
    for i, cells in enumerate(old):
        if i not in pairs:
            text, where = row_words(table, cells), named.full(cells)
            key = key_of(table, cells)
            yield Change(table, key, before.index[i], "removed", where, old=text)


def row_words(table: str, cells: Row) -> str:
    """Give the filled cells of a row, but for those that name it: ``scope City; start 2023-08``."""
    key = REGISTRY[table].key
    named = {*key, *(["county"] if "fips" in key else [])}
    pairs = zip(columns_of(table), cells, strict=True)
    return "; ".join(f"{spaced(c)} {cell}" for c, cell in pairs if cell and c not in named)


class Namer:
    """Names rows of one table in words: ``Gaston``, or where that is not enough with the agency."""

    def __init__(self, table: str, counties: dict[str, str], rows: Sequence[Row]) -> None:
        self.table, self.counties = table, counties
        self.key = REGISTRY[table].key
        self.county_first = self.key[:1] == ("fips",) and table != "counties"
        self.several: dict[str, set[Row]] = defaultdict(set)
        for row in rows if table == "adoption" else ():
            key = key_of(table, row)
            self.several[key[0]].add(plain_key(key))

    def full(self, row: Row) -> str:
        """Name a row by all cells of its key."""
        cells = zip(self.key, key_of(self.table, row), strict=True)
        parts = [self.counties.get(text, text) if c == "fips" else text for c, text in cells]
        if self.county_first and not parts[0]:
            parts[0] = STATE
        name = ", ".join(shortened(part, NAME_LENGTH) for part in parts if part) or "no name"
        return name if self.county_first else f"{sentence_case(noun(self.table))} {name}"

    def short(self, row: Row) -> str:
        """Name a row; a program by its county alone where the county has no other."""
        fips = key_of(self.table, row)[0]
        alone = self.table == "adoption" and len(self.several[fips]) == 1
        return self.counties.get(fips, fips) if alone else self.full(row)


def cell_words(table: str, column: str, old: str, new: str) -> str:
    """Say how a cell changed: ``start changed from 2023-08 to 2023-08-31``."""
    kind = columns_of(table).get(column)
    if kind == "sources" and old and new:
        return f"{spaced(column)} changed: {_sources_words(old.split('; '), new.split('; '))}"
    was, now = difference(old, new)
    if was == now:
        return f"blanks or line breaks of {spaced(column)} changed"
    if kind == "text":
        was, now = (f"“{text}”" if text else "" for text in (was, now))
    return f"{spaced(column)} changed from {was or 'blank'} to {now or 'blank'}"


def _sources_words(old: list[str], new: list[str]) -> str:
    added = [source for source in new if source not in old]
    removed = [source for source in old if source not in new]
    parts = [
        f"{listed(sources, 5)} {word}"
        for sources, word in ((added, "added"), (removed, "removed"))
        if sources
    ]
    return ", ".join(parts) or f"their order; {new[0]} is first"


def spaced(column: str) -> str:
    """Give a column's name as words."""
    return column.replace("_", " ")


def difference(old: str, new: str) -> tuple[str, str]:
    """Cut two texts that differ so that their difference is seen: long equal parts become ``...``.

    Texts that are short stay whole. Each result has at most about ``LONGEST + 2 * AROUND``
    characters.
    """
    if max(len(old), len(new)) <= LONGEST or not (old and new):
        return shortened(old, LONGEST), shortened(new, LONGEST)
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    start = max(0, first - AROUND)
    return _window(old, start, first, last), _window(new, start, first, last)


def _window(text: str, start: int, first: int, last: int) -> str:
    """Show what lies between the first and the last difference, with a little around it."""
    middle = text[first : len(text) - last]
    tail = text[len(text) - last : len(text) - last + AROUND]
    if len(middle) > LONGEST:
        middle, tail = middle[:LONGEST], ""
    shown = text[start:first] + middle + tail
    more = start + len(shown) < len(text)
    return f"{'...' if start else ''}{' '.join(shown.split())}{'...' if more else ''}"


def _common(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def summary(found: Sequence[Change]) -> str:
    """Count differences by rows: ``2 programs changed, 1 added; 3 sources added.``."""
    rows: dict[str, dict[Kind, set[int]]] = {}
    for change in found:
        rows.setdefault(change.table, {}).setdefault(change.kind, set()).add(change.row)
    parts = [_counted(table, kinds) for table, kinds in rows.items()]
    return f"{'; '.join(parts)}." if parts else "No differences."


def _counted(table: str, kinds: dict[Kind, set[int]]) -> str:
    told = [(len(kinds[kind]), kind) for kind in KINDS if kind in kinds]
    first, *others = told
    named = f"{first[0]:,} {noun(table, several=first[0] != 1)} {first[1]}"
    return ", ".join([named, *(f"{count:,} {kind}" for count, kind in others)])
