"""Figures, the goals they are held against, and the table that shows both."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

FORMATS = {"ms": ",.1f", "s": ",.2f", "kB": ",.0f", "MB": ",.0f", "1/s": ",.0f", "": ",.4g"}
"""How a figure is written, by its unit."""


@dataclass(frozen=True)
class Figure:
    """Many measurements as two numbers."""

    median: float
    p95: float
    count: int


def figure(values: Iterable[float]) -> Figure | None:
    """Give the median and the 95th percentile (nearest rank) of measurements, if there are any."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Figure(statistics.median(ordered), percentile(ordered, 95), len(ordered))


def percentile(ordered: Sequence[float], share: float) -> float:
    """Give the smallest of the ordered values that at least ``share`` percent do not exceed."""
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``most`` and ``most_p95`` are the goals for ours, ``times`` the goal for naive / ours; ``also``
    holds further numbers, which the note tells in words.
    """

    part: str
    what: str
    unit: str
    ours: Figure | None = None
    naive: Figure | None = None
    most: float | None = None
    most_p95: float | None = None
    times: float | None = None
    note: str = ""
    also: dict[str, float] = field(default_factory=dict)
    missed: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "missed", list(self._missed()))

    @property
    def ratio(self) -> float | None:
        """How many times more naive takes."""
        both = self.ours and self.naive and self.ours.median
        return self.naive.median / self.ours.median if both and self.naive and self.ours else None

    def _missed(self) -> Iterable[str]:
        if self.ours and self.most is not None and self.ours.median > self.most:
            yield f"median over {self.most:g}"
        if self.ours and self.most_p95 is not None and self.ours.p95 > self.most_p95:
            yield f"p95 over {self.most_p95:g}"
        if self.times and self.ratio is not None and self.ratio < self.times:
            yield f"under {self.times:g} times"

    def told(self) -> dict[str, Any]:
        """Give the row for the JSON file."""
        return asdict(self) | {"ratio": self.ratio}

    def cells(self) -> list[str]:
        """Give the row for the table."""
        goals = (self.most, self.most_p95, self.times)
        held = "" if all(goal is None for goal in goals) else "held"
        return [
            self.what,
            self.unit,
            *self._pair(self.ours),
            *self._pair(self.naive),
            f"{self.ratio:,.1f}" if self.ratio else "",
            "; ".join(
                filter(
                    None, ["missed: " + ", ".join(self.missed) if self.missed else held, self.note]
                )
            ),
        ]

    def _pair(self, found: Figure | None) -> list[str]:
        if found is None:
            return ["", ""]
        style = FORMATS[self.unit]
        return [format(found.median, style), format(found.p95, style) if found.count > 1 else ""]


HEAD = ["", "unit", "ours", "p95", "naive", "p95", "ratio", "goal and note"]


def table(rows: list[Row]) -> str:
    """Write the rows as text, a headed block for each part."""
    grid = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in grid) for place in range(len(HEAD))]
    lines = []
    for place, (row, cells) in enumerate(zip(rows, grid[1:], strict=True)):
        if place == 0 or rows[place - 1].part != row.part:
            lines += ["", row.part, _line(HEAD, widths)]
        lines.append(_line(cells, widths))
    return "\n".join(lines)


def _line(cells: list[str], widths: list[int]) -> str:
    left = (0, len(HEAD) - 1)
    padded = [
        cell.ljust(width) if place in left else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
