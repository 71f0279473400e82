"""Publishers' files of county series: recognized by their header, read, tidied, explained.

``read_series`` reads any of them. Nothing is ever kept in half: a file is read whole, with all
that was left out counted, or refused with one sentence that says where, what and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from data.publishers import events, reading, table, vera, wonder
from data.publishers.grid import cut
from data.publishers.publisher import Publisher, Reading
from data.publishers.table import Mapping, guess_mapping
from data.series import CountySeries, SeriesError

__all__ = [
    "PUBLISHERS",
    "Mapping",
    "Publisher",
    "columns_of",
    "guess_mapping",
    "read_series",
    "recognize",
]

PUBLISHERS = {
    "vera": vera.VERA,
    "wonder": wonder.WONDER,
    "table": table.TABLE,
    "events": events.EVENTS,
}
"""The publishers and forms that can be read, by the word that names them in commands."""
SAMPLE_ROWS = 500


def columns_of(path: Path, name: str = "") -> tuple[tuple[str, ...], pd.DataFrame]:
    """Give the columns of a file and its first 500 rows as text, indexed by row number.

    Raises SeriesError for a file that is no table.
    """
    with reading.open_table(path, reading.clean_name(name or path.name)) as found:
        rows = [row for _, row in zip(range(SAMPLE_ROWS), found.rows, strict=False)]
        named = [column for column in found.columns if column]
        return found.columns, found.frame(named, rows)


def recognize(columns: Sequence[str], sample: pd.DataFrame) -> str:
    """Tell by header and first rows which of PUBLISHERS a file is from ("": none is sure)."""
    if vera.layout_of(columns):
        return "vera"
    if wonder.is_export(columns):
        return "wonder"
    if events.guess_events(columns, sample):
        return "events"
    return "table" if guess_mapping(columns, sample) else ""


def read_series(path: Path, name: str, mapping: Mapping | None = None) -> CountySeries:
    """Read a file of a publisher.

    Parameters
    ----------
    path
        The file, in any form that ``data.publishers.reading.open_table`` takes.
    name
        The file's name as the person knows it; only its last part is used.
    mapping
        Which columns hold what, for a table or an extract of events; needed where the header
        does not tell.

    Raises
    ------
    SeriesError
        For anything that cannot be used, in one sentence.
    """
    name = reading.clean_name(name)
    columns, sample = columns_of(path, name)
    kind = recognize(columns, sample)
    if mapping is not None and kind not in ("vera", "wonder"):
        kind = "table" if mapping.value else "events"
    if kind == "events":
        found = events.read(path, name, mapping or events.guess_events(columns, sample), columns)
    elif kind == "":
        raise SeriesError(
            f"{name}: no columns for county, period and count are recognized among "
            f"{', '.join(cut(column) for column in columns if column)[:300]}; name them."
        )
    else:
        with reading.open_table(path, name) as opened:
            if kind == "vera":
                found = vera.read(opened)
            elif kind == "wonder":
                found = wonder.read(opened)
            else:
                found = table.read(opened, mapping or guess_mapping(columns, sample))
    return _series(found, PUBLISHERS[kind], name, path)


def _series(found: Reading, publisher: Publisher, name: str, path: Path) -> CountySeries:
    if found.frame.empty:
        raise SeriesError(f"{name} has no count of any county in North Carolina; get it again.")
    return CountySeries(
        id=found.id or publisher.id,
        title=found.title or publisher.title,
        publisher=found.publisher or publisher.publisher,
        license=found.license or publisher.license,
        address=found.address or publisher.address,
        layout=found.layout,
        measures=found.measures,
        frame=found.frame,
        notes=tuple(dict.fromkeys(cut(note) for note in found.notes)),
        dropped=tuple(found.dropped.items()),
        file=name,
        checksum=reading.checksum(path),
        regional=found.regional,
    )
