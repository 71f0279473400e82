"""Rows of cells as one table: which row is the header, which lines are titles and footers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import pandas as pd

from data.console import shortened
from data.publishers.places import county_code, county_names
from data.publishers.values import MISSING, SUPPRESSED, shown
from data.series import SeriesError

Row = tuple[int, list[str]]
"""A row's number, as a spreadsheet shows it, and its cells."""

MAX_COLUMNS = 400
MAX_ROWS = 2_000_000
"""Of rows that are kept; a county, month and measure each for 20 years are 24,000 for a measure."""
SAMPLE_ROWS = 500
LOOK_AT = 60
"""Rows among which the header must be."""
TEXT_LIMIT = 200
"""So much of a title or a footer line is kept."""
_FOOT = re.compile(
    r"(---|(source|note|footnote|data from|last updated|prepared)s?\b|[*†‡] ?\w)", re.I
)
_MARK = "---"


class NoTableError(SeriesError):
    """A file or sheet without a table, which may be a page of words."""


def cut(text: str) -> str:
    """Put text of a file, which may be very long, on one line of at most 200 letters."""
    return shortened(text[:2000], TEXT_LIMIT)


@dataclass
class Table:
    """A table that is read row by row, once; ``name`` is what errors call its file.

    ``first`` holds some rows below the header to look at, ``local`` tells whether one of them
    names a county of North Carolina, and ``footer`` is complete when the rows have been read.
    """

    path: Path
    name: str
    columns: tuple[str, ...]
    header: int
    titles: tuple[str, ...]
    rows: Iterator[Row]
    first: list[list[str]] = field(default_factory=list)
    local: bool = False
    footer: list[str] = field(default_factory=list)

    def sample(self) -> pd.DataFrame:
        """Give the first 500 rows as ``frame`` does; they stay among the rows to be read."""
        taken = list(islice(self.rows, SAMPLE_ROWS))
        self.rows = chain(taken, self.rows)
        return self.frame(filter(None, self.columns), taken)

    def frame(self, columns: Iterable[str], rows: Iterable[Row] | None = None) -> pd.DataFrame:
        """Give some columns as stripped text, indexed by row number."""
        wanted = list(dict.fromkeys(columns))
        places = [self.columns.index(column) for column in wanted]
        found: dict[str, list[str]] = {column: [] for column in wanted}
        numbers = []
        for number, cells in self.rows if rows is None else rows:
            numbers.append(number)
            if len(numbers) > MAX_ROWS:
                raise SeriesError(
                    f"{self.name} has more than {MAX_ROWS:,} rows of North Carolina; "
                    "sum them to counties and months first."
                )
            for column, place in zip(wanted, places, strict=True):
                found[column].append(cells[place].strip())
        index = pd.Index(numbers, dtype="int64")
        return pd.DataFrame({k: pd.Series(v, index, dtype="str") for k, v in found.items()}, index)


def table_of(path: Path, name: str, rows: Iterable[Row]) -> Table:
    """Find the header among the first rows, and make a table of the rows below it.

    Raises SeriesError when there is no table, when a column's name stands twice, when there are
    more than 400 columns, or two header rows.
    """
    stream = iter(rows)
    head = [row for _, row in zip(range(LOOK_AT), stream, strict=False)]
    found = [(number, _stripped(cells)) for number, cells in head]
    filled = [(number, cells) for number, cells in found if any(cells)]
    if not filled:
        raise NoTableError(f"{name} is empty; load a file with a header row and rows below it.")
    place = _header(name, filled)
    number, columns = filled[place]
    _check_header(name, filled, place)
    below = chain([row for row in head if row[0] > number], stream)
    titles = tuple(cut(" ".join(filter(None, cells))) for _, cells in filled[:place])
    first = [cells for _, cells in filled[place + 1 :]]
    local = any(map(_says_data, first))
    table = Table(path, name, tuple(columns), number, titles, iter(()), first, local)
    table.rows = _body(table, below)
    return table


def _stripped(cells: list[str]) -> list[str]:
    """Give the cells without spaces around them and without blank ones at the end."""
    found = [cell.strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    return found


def _header(name: str, filled: list[tuple[int, list[str]]]) -> int:
    """Give the place of the first row that fills most of the table's width."""
    width = max(len(cells) for _, cells in filled)
    if width > MAX_COLUMNS:
        raise SeriesError(
            f"{name} has {width} columns, and at most {MAX_COLUMNS} are read; "
            "keep the columns for county, period and counts, and load it again."
        )
    if width < 2:
        raise NoTableError(
            f"{name} has no table: no row has two cells; "
            "separate the cells with commas, semicolons or tabs."
        )
    return next(
        (place for place, (_, cells) in enumerate(filled) if _is_header(cells, width)),
        0,
    )


def _is_header(cells: list[str], width: int) -> bool:
    return sum(map(bool, cells)) >= max(2, 0.75 * width)


def _check_header(name: str, filled: list[tuple[int, list[str]]], place: int) -> None:
    number, columns = filled[place]
    upper = filled[place - 1] if place else None
    lower = filled[place + 1] if place + 1 < len(filled) else None
    pair = None
    if upper and _has_gap(upper[1]) and not _says_data(upper[1]):
        pair = (upper[0], number)
    elif lower and _is_second_header(lower[1], len(filled) > place + 2):
        pair = (number, lower[0])
    if pair:
        raise SeriesError(
            f"{name} has two header rows, {pair[0]} and {pair[1]}; "
            "make them one row, with one name for each column."
        )
    small = [column.lower() for column in columns]
    twice = [c for place, c in enumerate(columns) if c and c.lower() in small[:place]]
    if twice:
        raise SeriesError(
            f"{name}, row {number}: the column {shown(twice[0])} stands twice; "
            "give every column a name of its own."
        )
    if lower is None:
        raise NoTableError(
            f"{name} has a header in row {number} and no rows below it; add the rows."
        )


def _has_gap(cells: list[str]) -> bool:
    """Tell whether two cells or more stand with blanks between, as names over groups do."""
    return sum(map(bool, cells)) >= 2 and "" in cells


def _says_data(cells: list[str]) -> bool:
    """Tell whether a cell names a county; four digits are more likely a year than a code."""
    return any(
        county_names().get(county_code(cell))
        for cell in cells
        if not re.fullmatch("[0-9]{1,4}", cell)
    )


def _is_second_header(cells: list[str], has_more: bool) -> bool:
    """Tell whether a row below the header holds words only, none of which a row of data has."""
    words = [cell for cell in cells if cell]
    if len(words) < 2 or not has_more:
        return False
    known = MISSING | SUPPRESSED
    plain = not any(re.search("[0-9]", word) or word.lower() in known for word in words)
    return plain and not _says_data(words)


def _body(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Give the rows below the header at the header's width, without blank and footer lines."""
    width = len(table.columns)
    held: list[Row] = []
    for number, cells in rows:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            raise SeriesError(
                f"{table.name}, row {number}: the row has more cells than the header; "
                "put text that holds a comma in double quotes."
            )
        if len(cells) != width:
            cells = (cells + [""] * width)[:width]
        if not cells[1].strip() or len(cells[0]) > 3:
            # Only such a row may be blank or a footer; the tests below are too slow for every row.
            if not any(map(str.strip, cells)):
                continue
            if _is_foot(cells):
                held.append((number, cells))
                if cells[0].strip() == _MARK:
                    held += [(later, line) for later, line in rows]
                    break
                continue
        yield from held
        held.clear()
        yield number, cells
    lines = (cut(" ".join(filter(None, _stripped(cells)))) for _, cells in held)
    table.footer += [line for line in lines if line and line != _MARK]


def _is_foot(cells: list[str]) -> bool:
    """Tell whether a row, if nothing but such rows follows, is below the table."""
    first = cells[0].strip()
    if _FOOT.match(first):
        return True
    return not any(cell.strip() for cell in cells[1:])
