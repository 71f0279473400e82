"""Small made-up county series, so that a test says only what it is about."""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pandas as pd

from data.series import COLUMNS, CountySeries, Measure

Cell = float | str | tuple[float, str] | None
"""A value, a quality without a value, both, or None for a period that the file lacks."""


def periods(first: str, count: int, months: int = 12) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Give periods that follow one another: first and last days."""
    starts = [pd.Timestamp(first) + pd.DateOffset(months=months * n) for n in range(count + 1)]
    return [(a, b - pd.Timedelta(days=1)) for a, b in itertools.pairwise(starts)]


def rows(
    values: Mapping[str, Iterable[Cell]],
    first: str = "2015-01-01",
    months: int = 12,
    population: float | None = 100_000,
    measure: str = "jail_admissions",
) -> pd.DataFrame:
    """Make rows of the long table: by county, one cell a period."""
    made: list[tuple[Any, ...]] = []
    for fips, cells in values.items():
        cells = list(cells)
        for (start, end), cell in zip(periods(first, len(cells), months), cells, strict=True):
            if cell is not None:
                made.append((fips, measure, start, end, *_read(cell), population))
    frame = pd.DataFrame(made, columns=[*COLUMNS[:5], "quality", "population"])
    return frame[list(COLUMNS)]


def _read(cell: float | str | tuple[float, str]) -> tuple[float, str]:
    if isinstance(cell, str):
        return float("nan"), cell
    if isinstance(cell, tuple):
        return cell
    return float(cell), "reported" if cell else "zero"


def series(
    *parts: pd.DataFrame,
    label: str = "Jail admissions",
    kind: Literal["events", "people"] = "events",
    residents: str = "residents",
    regional: dict[str, str] | None = None,
) -> CountySeries:
    """Make a series of one measure, named as its rows name it."""
    frame = pd.concat(parts, ignore_index=True)
    name = frame["measure"].iloc[0] if len(frame) else "jail_admissions"
    return CountySeries(
        id="made-up",
        title="Made-up counts",
        publisher="Nobody",
        license="None",
        address="",
        layout="test",
        measures=(Measure(name, label, kind, residents),),
        frame=frame,
        regional=regional or {},
    )


def deaths(*values: Cell) -> pd.DataFrame:
    """Make the years from 2015 on of one county."""
    return rows({"37001": values}, population=1000.0, measure="deaths")


def full_series(id: str = "deaths", **more: Any) -> CountySeries:
    """Make a series in which nothing is left blank, not even what is hard to keep."""
    parts: dict[str, Any] = {
        "title": "Overdose deaths",
        "publisher": "A publisher, “quoted”",
        "license": "Own use only",
        "address": "https://example.org/",
        "layout": "yearly",
        "measures": (Measure("deaths", "Deaths"), Measure("jail", "In jail", "people", "adults")),
        "frame": deaths(12, "missing", 0.1 + 0.2),
        "notes": ("A note\nof two lines",),
        "dropped": (("rows of other states", 3),),
        "file": "deaths.csv",
        "checksum": "ab" * 32,
        "regional": {"37015": "Bertie and Martin"},
    }
    return CountySeries(id=id, **{**parts, **more})
