"""Where the ticks of an axis stand and what they say, as plotly chooses them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, log10
from typing import Any, NamedTuple

import pandas as pd

from layouts.exports.spoken import time_words

MINUS = "−"
YEAR = 31_557_600_000.0
"""An average year, in the milliseconds that a date axis counts."""
MONTH = YEAR / 12
EDGE = 1e-4
"""A tick that lies outside of the axis by less than this share of it still counts."""
UNITS = {0: "", 3: "k", 6: "M", 9: "B", 12: "T"}


class Tick(NamedTuple):
    """A place on an axis, in its own numbers, and the words there."""

    at: float
    words: str


def ticks(axis: Any, dates: bool, low: float, high: float, length: float) -> list[Tick]:
    """Give the ticks of an axis from ``low`` to ``high`` that is ``length`` pixels long."""
    first, last = min(low, high), max(low, high)
    room = EDGE * (last - first)
    first, last = first - room, last + room
    if axis.tickvals is not None:
        places = [milliseconds(pd.Timestamp(v)) if dates else float(v) for v in axis.tickvals]
        found = [Tick(v, str(t)) for v, t in zip(places, axis.ticktext, strict=True)]
    elif dates:
        found = _date_ticks(axis, first, last, length)
    else:
        found = _number_ticks(axis, first, last, length)
    return [tick for tick in found if first <= tick.at <= last]


def _wanted(axis: Any, length: float) -> float:
    """Give how many ticks an axis asks for, or has room for."""
    across = axis.plotly_name.startswith("xaxis")
    return float(axis.nticks or min(max(length / (80 if across else 40), 4), 9) + 1)


def _step(rough: float, base: float, steps: tuple[int, ...] = (2, 5, 10)) -> float:
    """Give the first round step above a rough one."""
    return base * next((step for step in steps if step > rough / base), steps[-1])


def _decade(value: float) -> float:
    return float(10.0 ** floor(log10(value)))


def _number_ticks(axis: Any, first: float, last: float, length: float) -> list[Tick]:
    origin = float(axis.tick0 or 0)
    step = axis.dtick
    if step is None:
        rough = (last - first) / _wanted(axis, length)
        step, origin = _step(rough, _decade(rough)), 0.0
    places = range(ceil((first - origin) / step), floor((last - origin) / step) + 1)
    most = max(abs(first), abs(last))
    return [
        Tick(at, number_words(axis, at, step, most) + (axis.ticksuffix or ""))
        for at in (origin + step * place for place in places)
    ]


def number_words(axis: Any, value: float, step: float, most: float) -> str:
    """Say a number on an axis with a step between ticks, whose ends reach up to ``most``."""
    digits = 2 - floor(log10(step) + 0.01)
    power = _power(axis, most)
    half = 10.0**-digits / 2
    size = abs(value)
    if size < half:
        return "0"
    scaled = round(size / 10.0**power, max(digits + power, 0))
    text = f"{scaled:.{max(digits + power, 0)}f}"
    whole, _, rest = text.partition(".")
    grouped = f"{int(whole):,}" if axis.separatethousands or len(whole) > 4 else whole
    rest = rest.rstrip("0")
    return (MINUS if value < 0 else "") + grouped + (f".{rest}" if rest else "") + UNITS[power]


def _power(axis: Any, most: float) -> int:
    """Give the power of ten that ticks leave out: from ten thousand on, thousands."""
    if axis.exponentformat == "none" or most < 1:
        return 0
    power = floor(log10(most) + 0.01)
    return 3 * round((power - 1) / 3) if power > 3 else 0


def _date_ticks(axis: Any, first: float, last: float, length: float) -> list[Tick]:
    months = _months(axis, (last - first) / _wanted(axis, length))
    written = axis.tickformat or ("%Y" if months % 12 == 0 else "%b %Y")
    origin = pd.Timestamp(axis.tick0 or "2000-01-01")
    return [
        Tick(milliseconds(day), time_words(day, written))
        for day in _month_steps(origin, months, first, last)
    ]


def _months(axis: Any, rough: float) -> int:
    """Give the months between two ticks."""
    if axis.dtick is not None:
        return int(str(axis.dtick).removeprefix("M"))
    if 2 * rough > YEAR:
        return int(12 * max(_step(rough / YEAR, _decade(rough / YEAR)), 1))
    if 2 * rough > MONTH:
        return int(_step(rough / MONTH, 1, (1, 2, 3, 6, 12)))
    raise ValueError("chart_svg knows no ticks on a time axis that are closer than a month.")


def _month_steps(
    origin: pd.Timestamp, months: int, first: float, last: float
) -> Iterator[pd.Timestamp]:
    begin = pd.Timestamp(first, unit="ms")
    away = (begin.year - origin.year) * 12 + begin.month - origin.month
    place = away // months
    while milliseconds(day := origin + pd.DateOffset(months=months * place)) <= last:
        yield day
        place += 1


def milliseconds(day: pd.Timestamp) -> float:
    """Give a day as the number by which a date axis counts."""
    return float(day.timestamp() * 1000)
