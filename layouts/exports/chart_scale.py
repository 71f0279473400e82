"""An axis of a chart: from values and dates to pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from layouts.exports.chart_ticks import Tick, ticks


@dataclass(frozen=True, eq=False)
class Scale:
    """An axis with its place in the picture: ``low`` is drawn at ``start``, ``high`` at ``end``."""

    axis: Any
    dates: bool
    low: float
    high: float
    start: float
    end: float

    def numbers(self, values: Any) -> np.ndarray:
        """Give values as this axis counts them; what is missing becomes NaN."""
        return as_numbers(values, self.dates)

    def pixels(self, values: Any) -> np.ndarray:
        """Give where values are drawn."""
        return self.at(self.numbers(values))

    def at(self, numbers: Any) -> Any:
        """Give where numbers of this axis are drawn."""
        return self.start + (self.end - self.start) * (numbers - self.low) / (self.high - self.low)

    def holds(self, numbers: Any) -> Any:
        """Tell which numbers lie on the axis."""
        least, most = min(self.low, self.high), max(self.low, self.high)
        return (numbers >= least) & (numbers <= most)

    @cached_property
    def ticks(self) -> list[Tick]:
        """Ticks and their words; an axis that is not visible has none."""
        if self.axis.visible is False:
            return []
        return ticks(self.axis, self.dates, self.low, self.high, abs(self.end - self.start))


def scale(axis: Any, dates: bool, start: float, end: float) -> Scale:
    """Place an axis between two ends of the plot, within its domain."""
    low, high = as_numbers(axis.range, dates)
    near, far = axis.domain or (0.0, 1.0)
    length = end - start
    return Scale(axis, dates, low, high, start + near * length, start + far * length)


def is_dates(axis: Any, columns: Sequence[Any]) -> bool:
    """Tell whether an axis counts dates: it says so, or its ends or values are dates."""
    if axis.type:
        return bool(axis.type == "date")
    return any(_is_date(value) for column in (axis.range, *columns) for value in _first(column))


def _first(column: Any) -> list[Any]:
    if column is None:
        return []
    return [value for value in column if not pd.isna(value)][:1]


def _is_date(value: Any) -> bool:
    return isinstance(value, date | np.datetime64 | str)


def as_numbers(values: Any, dates: bool) -> np.ndarray:
    """Give values as numbers, dates in milliseconds since 1970; what is missing becomes NaN."""
    held = list(values) if values is not None else []
    if not dates:
        return np.array([np.nan if value is None else value for value in held], dtype=float)
    days = pd.to_datetime(pd.Series(held, dtype=object)).to_numpy("datetime64[us]")
    return np.where(np.isnat(days), np.nan, days.astype("int64") / 1000.0)
