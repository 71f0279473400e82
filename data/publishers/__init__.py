"""Publishers' files of county series: recognized by their header, read, tidied, explained.

``read_series`` reads any of them. Nothing is ever kept in half: a file is read whole, with all
that was left out counted, or refused with one sentence that says where, what and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data.publishers import events, table, vera, wonder
from data.publishers.columns import Mapping, guess_mapping
from data.publishers.grid import cut
from data.publishers.publisher import Publisher, Reading
from data.publishers.reading import checksum, open_table
from data.series import CountySeries, SeriesError
from data.series.files import clean_name

__all__ = [
    "PUBLISHERS",
    "Mapping",
    "Publisher",
    "columns_of",
    "guess_mapping",
    "read_series",
    "recognize",
]

PUBLISHERS: dict[str, Publisher[Any]] = {
    "vera": vera.VERA,
    "wonder": wonder.WONDER,
    "table": table.TABLE,
    "events": events.EVENTS,
}
"""The publishers and forms that can be read, by the word that names them in commands."""


def columns_of(path: Path, name: str = "") -> tuple[tuple[str, ...], pd.DataFrame]:
    """Give the columns of a file and its first 500 rows as text, indexed by row number.

    Raises SeriesError for a file that is no table.
    """
    with open_table(path, clean_name(name or path.name)) as found:
        return found.columns, found.sample()


def recognize(columns: Sequence[str], sample: pd.DataFrame) -> str:
    """Tell by header and first rows which of PUBLISHERS a file is from ("": none is sure)."""
    return _recognized(columns, sample)[0]


def _recognized(columns: Sequence[str], sample: pd.DataFrame) -> tuple[str, Any]:
    """Give the kind of a file, and what its reader must know of it.

    The fewer columns must be told, the surer is the kind: a layout of its own comes before any
    form, and an extract of events, which may look like a table of counts, before such a table.
    """
    for kind, publisher in sorted(PUBLISHERS.items(), key=lambda item: len(item[1].needed)):
        known = publisher.recognize(columns, sample)
        if known is not None:
            return kind, known
    return "", None


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
        does not tell. A layout of a publisher's own is read without.

    Raises
    ------
    SeriesError
        For anything that cannot be used, in one sentence.
    """
    name = clean_name(name)
    with open_table(path, name) as opened:
        kind, known = _recognized(opened.columns, opened.sample())
        if mapping is not None and (not kind or PUBLISHERS[kind].options):
            kind = next(form for form, reader in PUBLISHERS.items() if reader.takes(mapping))
            known = mapping
        if not kind:
            raise SeriesError(
                f"{name}: no columns for county, period and count are recognized among "
                f"{', '.join(cut(column) for column in opened.columns if column)[:300]}; name them."
            )
        publisher = PUBLISHERS[kind]
        return _series(publisher.read(opened, known), publisher, name, path)


def _series(found: Reading, publisher: Publisher[Any], name: str, path: Path) -> CountySeries:
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
        checksum=checksum(path),
        regional=found.regional,
    )
