"""Which row of one edition is which row of another.

Where a table has a primary key (``data.schema``), it alone decides. In other tables (a result has
no number of its own) a row is first looked for unchanged, then by its key, then by a key that
differs in one cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache

import pandas as pd

from data.deadline import go_on
from data.facts import Facts
from data.schema import REGISTRY, plain_key, primary_key, table_columns

Tables = Mapping[str, pd.DataFrame]
Row = tuple[str, ...]
"""The cells of a row, in the order of the table's columns."""
ALIKE = 0.6
"""Least likeness (0 to 1) of two texts that may be one text reworded."""
SAME_REST = 0.5
"""Least share of a row's other cells that must stay where a text of its key was reworded."""
MOST_PAIRS = 40_000
"""Pairs of rows that are looked at in one group of candidates; a larger group is left unmatched."""


def columns_of(table: str) -> dict[str, str]:
    """Give the columns of a table, in order, each with its kind; none for an unknown table."""
    return table_columns().get(table, {})


def tables_of(edition: Facts | Tables) -> dict[str, pd.DataFrame]:
    """Give all tables of an edition by name, each with the columns of the dictionary in order.

    A table or column that an older edition lacks is blank here.
    """
    given = edition.tables if isinstance(edition, Facts) else edition
    return {name: _whole(given.get(name), list(of)) for name, of in table_columns().items()}


def _whole(frame: pd.DataFrame | None, columns: list[str]) -> pd.DataFrame:
    if frame is None:
        return pd.DataFrame(columns=columns, dtype=str)
    if list(frame.columns) == columns:
        return frame
    return frame.reindex(columns=columns, fill_value="")


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Give the rows of a table as tuples of text; ``itertuples`` takes ten times as long."""
    return list(map(tuple, frame.to_numpy(dtype=object).tolist()))


def key_of(table: str, row: Row) -> Row:
    """Give the cells that name a row."""
    return tuple(row[place] for place in _key_places(table))


@lru_cache
def _key_places(table: str) -> tuple[int, ...]:
    columns = list(columns_of(table))
    return tuple(columns.index(name) for name in REGISTRY[table].key)


def match_rows(table: str, old: list[Row], new: list[Row], reworded: bool = True) -> dict[int, int]:
    """Find which old row is which new row.

    Parameters
    ----------
    table
        Name of the table.
    old, new
        Its rows, n and m.
    reworded
        Whether a row of a table without a primary key may have changed in one cell of its key.

    Returns
    -------
    Position among the new rows by position among the old; each at most once. An old row that is
    not in it was removed, a new row that is not in it was added.
    """
    pairs: dict[int, int] = {}
    _pair(pairs, old, new, lambda row: row, None)
    _pair(pairs, old, new, lambda row: plain_key(key_of(table, row)), _equal_share)
    if reworded and not primary_key(table):
        _pair_reworded(pairs, table, old, new)
    return pairs


Score = Callable[[Row, Row], float | None]
"""How well two rows agree; None where they cannot be one row."""


def _pair(
    pairs: dict[int, int],
    old: list[Row],
    new: list[Row],
    name: Callable[[Row], Hashable],
    score: Score | None,
) -> None:
    """Pair rows that are still free and have one name: in order, or where scored the best first."""
    for left, right in _groups(pairs, old, new, name):
        if score is None or (len(left), len(right)) == (1, 1):
            pairs.update(zip(left, right, strict=False))
        else:
            _take_best(pairs, _scored(old, new, left, right, score))


def _groups(
    pairs: dict[int, int], old: list[Row], new: list[Row], name: Callable[[Row], Hashable]
) -> Iterator[tuple[list[int], list[int]]]:
    """Give for each name the positions of the old and of the new rows that are still free."""
    taken = set(pairs.values())
    right: dict[Hashable, list[int]] = defaultdict(list)
    left: dict[Hashable, list[int]] = defaultdict(list)
    for place, row in enumerate(new):
        if place not in taken:
            right[name(row)].append(place)
    for place, row in enumerate(old):
        if place not in pairs and (named := name(row)) in right:
            left[named].append(place)
    for named, places in left.items():
        yield places, right[named]


def _scored(
    old: list[Row], new: list[Row], left: list[int], right: list[int], score: Score
) -> Iterator[tuple[float, int, int]]:
    if len(left) * len(right) > MOST_PAIRS:
        return
    for i in left:
        go_on()
        for j in right:
            found = score(old[i], new[j])
            if found is not None:
                yield -found, i, j


def _take_best(pairs: dict[int, int], scored: Iterable[tuple[float, int, int]]) -> None:
    taken = set(pairs.values())
    for _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _equal_share(one: Row, other: Row) -> float:
    """Give the share of equal cells among those that are filled in either row."""
    filled = [(a, b) for a, b in zip(one, other, strict=True) if a or b]
    return sum(a == b for a, b in filled) / len(filled) if filled else 1.0


def _pair_reworded(pairs: dict[int, int], table: str, old: list[Row], new: list[Row]) -> None:
    """Pair rows whose keys differ in one cell: all else the same, or a text put in like words."""
    kinds = list(columns_of(table).values())
    places = _key_places(table)
    found: list[tuple[float, int, int]] = []
    for place in places:
        others = [other for other in places if other != place]
        rest = [other for other in range(len(kinds)) if other not in places]
        score = _reworded_score(place, rest, kinds[place] == "text")
        for left, right in _groups(pairs, old, new, _cells_at(others)):
            found += _scored(old, new, left, right, score)
    _take_best(pairs, found)


def _cells_at(places: list[int]) -> Callable[[Row], Row]:
    return lambda row: tuple(row[place] for place in places)


def _reworded_score(place: int, rest: list[int], is_text: bool) -> Score:
    def score(one: Row, other: Row) -> float | None:
        same = _equal_share(tuple(one[p] for p in rest), tuple(other[p] for p in rest))
        if same == 1:
            return 2.0
        if not is_text or same < SAME_REST:
            return None
        likeness = _likeness(one[place], other[place])
        return likeness + same / 2 if likeness >= ALIKE else None

    return score


def _likeness(one: str, other: str) -> float:
    """Give how alike two texts are, 0 to 1: the share of letters in runs that both have."""
    from difflib import SequenceMatcher

    compared = SequenceMatcher(None, one[:300], other[:300], autojunk=False)
    return compared.ratio() if compared.quick_ratio() >= ALIKE else 0.0
