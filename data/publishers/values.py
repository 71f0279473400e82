"""Counts as publishers write them, and the long table that they end in."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from data.console import shortened
from data.dates import Span, day_words, span_words
from data.publishers.places import place_words
from data.series import COLUMNS, VALUED, SeriesError

BUSY = 20
"""From this count on, a zero in between is most likely a report that is missing."""
MOST = 1e9
"""Above this, no number is the count of a county."""
SHOWN = 60
"""Letters of a cell in a sentence."""
SUPPRESSED = {
    *("*", "**", "***", "suppressed", "(s)", "s", "(d)", "d", "withheld", "masked", "redacted"),
    *("1-9", "1 to 9", "1-4", "1 to 4"),
}
MISSING = {
    *("", "na", "n/a", "n.a.", "nan", "null", "none", "-", "--", "–", "—", ".", "..", "..."),
    *("missing", "not available", "not applicable", "not reported", "no data", "no report"),
    *("unknown", "#n/a", "<na>"),
}
_BELOW = re.compile(r"(?:[<≤]|less than|fewer than|under)\s*[0-9]{1,2}")
_NUMBER = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""A fraction, or thousands as much of the world writes them."""
_NEGATIVE = re.compile(r"[-−–]\s*[0-9]")


def shown(text: str) -> str:
    """Quote a cell in a sentence, cut short, on one line."""
    return f"“{shortened(text, SHOWN)}”"


def bad_cell(name: str, row: object, column: str, text: str, problem: str) -> SeriesError:
    """Say where a cell stands; ``problem``, the rest of the sentence, what is wrong with it."""
    return SeriesError(f"{name}, row {row}, column {shown(column)}: {shown(text)} {problem}")


@lru_cache(maxsize=65536)
def read_count(text: str) -> tuple[float, str]:
    """Read one count: its value (NaN where there is none) and its quality.

    Raises ValueError, with the second half of a sentence, for what is no count.
    """
    plain = text.strip()
    small = plain.lower()
    if small in MISSING:
        return np.nan, "missing"
    if small in SUPPRESSED or _BELOW.fullmatch(small):
        return np.nan, "suppressed"
    if _NEGATIVE.match(plain):
        raise ValueError("is below zero, which no count can be; mend it or leave the cell blank")
    if not _NUMBER.fullmatch(plain):
        raise ValueError("is not a count; write a number, or leave the cell blank if none is known")
    value = float(plain.replace(",", ""))
    if value > MOST:
        raise ValueError("is too large to be the count of a county; mend it")
    if value == 0:
        return 0.0, "zero"
    return value, "reported" if value.is_integer() else "interpolated"


def check_dots(columns: pd.DataFrame, name: str) -> None:
    """Raise SeriesError where every dot may part thousands, as in ``53.000``.

    ``columns`` hold text of one kind of counts, indexed by the row numbers of the file; one dot
    that cannot part thousands, as in ``53.5``, tells that none does.
    """
    texts = pd.unique(columns.to_numpy().ravel())
    dotted = [text for text in texts if "." in text and _NUMBER.fullmatch(text)]
    if dotted and all(map(_DOTTED.fullmatch, dotted)):
        text = dotted[0]
        column = next(column for column in columns if (columns[column] == text).any())
        row = columns.index[columns[column] == text][0]
        problem = (
            f"may be thousands or a fraction; write {text.replace('.', '')}, or a fraction with "
            "one or two digits after the dot."
        )
        raise bad_cell(name, row, column, text, problem)


def counts(cells: pd.Series, name: str, column: str) -> pd.DataFrame:
    """Read a column of counts.

    Parameters
    ----------
    cells
        Text, indexed by the row numbers of the file.
    name
        The file's name, for the error.
    column
        The column's name, for the error.

    Returns
    -------
    ``value`` and ``quality`` on the same index; a fraction counts as interpolated.

    Raises
    ------
    SeriesError
        For text that is no count; names the row and the value.
    """
    known: dict[str, tuple[float, str]] = {}
    for text in cells.unique():
        try:
            known[text] = read_count(text)
        except ValueError as error:
            row = cells.index[cells == text][0]
            raise bad_cell(name, row, column, text, f"{error}.") from None
    return pd.DataFrame(
        {
            "value": np.array([known[text][0] for text in cells], dtype=float),
            "quality": pd.array([known[text][1] for text in cells], dtype="str"),
        },
        index=cells.index,
    )


def doubt_zeros(frame: pd.DataFrame) -> pd.DataFrame:
    """Mark zeros as doubtful whose nearest other numbers, before and after, are 20 or more.

    Takes and gives a long table; a doubtful zero loses its value. Runs of zeros are judged as one.
    """
    frame = frame.sort_values(["measure", "fips", "period_start"], kind="stable")
    other = frame["value"].where(frame["quality"].isin(VALUED) & (frame["value"] > 0))
    groups = other.groupby([frame["measure"], frame["fips"]])
    doubtful = (frame["quality"] == "zero") & (groups.ffill() >= BUSY) & (groups.bfill() >= BUSY)
    return frame.assign(
        value=frame["value"].mask(doubtful),
        quality=frame["quality"].mask(doubtful, "doubtful zero"),
    )


def trimmed(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the periods before and after all that a measure says anything of.

    A period in which every county is missing says nothing at the two ends of a measure, but is
    a gap in between. A measure that says nothing at all goes.
    """
    told = frame[frame["quality"] != "missing"]
    if told.empty:
        return told
    said = told.groupby("measure")["period_start"]
    first, last = (frame["measure"].map(edge) for edge in (said.min(), said.max()))
    return frame[(frame["period_start"] >= first) & (frame["period_start"] <= last)]


def period_words(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Say a period as ``2019``, ``January 2019`` or ``July 2018 to June 2019``."""
    if start == end:
        return day_words(start.date())
    return span_words(Span(start.date(), end.date()))


def without_twins(frame: pd.DataFrame, key: list[str], name: str) -> tuple[pd.DataFrame, int]:
    """Drop rows that say the same twice; give the rest and how many went.

    Raises SeriesError when two rows have the same key but say different things. ``key`` holds
    ``fips`` and period columns; the index holds row numbers of the file.
    """
    plain = frame.drop_duplicates()
    twins = plain.duplicated(key, keep=False)
    if twins.any():
        first = plain[twins].iloc[0]
        same = (plain[key] == first[key]).all(axis=1)
        rows = plain.index[same][:2]
        when = _key_words(first)
        raise SeriesError(
            f"{name}: rows {rows[0]} and {rows[1]} tell different things of "
            f"{place_words(first['fips'])} in {when}; keep the right one of the two."
        )
    return plain, len(frame) - len(plain)


def _key_words(row: pd.Series) -> str:
    if "period_start" in row:
        return period_words(row["period_start"], row["period_end"])
    quarter = f", quarter {row['quarter']}" if "quarter" in row else ""
    return f"{row['year']}{quarter}"


def long_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Bring a long table into its order, columns and types (``data.series.COLUMNS``)."""
    frame = trimmed(doubt_zeros(frame))
    types = {"fips": "str", "measure": "str", "quality": "str", "value": float, "population": float}
    days = {"period_start": "datetime64[us]", "period_end": "datetime64[us]"}
    return frame[list(COLUMNS)].astype(types | days).reset_index(drop=True)
