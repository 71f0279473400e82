"""Words in and around a plot: names at the ends of lines, and words above it, never overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Any, NamedTuple

import plotly.graph_objects as go

NARROW = 220
"""Width in pixels of the plot on a small phone, for which words are laid out."""
ROW = 14
"""Height in pixels of a row of small words."""
LETTER = 6.4
"""Width in pixels of a letter of small words, on the large side."""
BESIDE = 30
"""Width in pixels beside the plot into which such a word may reach."""
LINE_HEIGHT = 15
"""Height in pixels of a line of a name."""


def plain(text: str) -> str:
    """Give text of which nothing is taken for markup."""
    return escape(text, quote=False)


class EndOfLine(NamedTuple):
    """The name of a line, its last point, and its color."""

    name: str
    x: Any
    y: float
    color: str


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels along a line as little as can be, so that none overlaps another.

    Parameters
    ----------
    wanted
        Where the middles should be, in any order.
    sizes
        How long each label is.
    low, high
        Ends between which the labels stay, if they fit; else they are pressed together.

    Returns
    -------
    The middles, in the order of ``wanted``, least in squared distance (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    room = [(sizes[a] + sizes[b]) / 2 for a, b in pairwise(order)]
    span = high - low - (sizes[order[0]] + sizes[order[-1]]) / 2 if order else 0.0
    press = min(1.0, max(span, 0.0) / sum(room)) if sum(room) else 1.0
    offsets = [press * sum(room[:place]) for place in range(len(order))]
    pools: list[list[float]] = []
    for place, offset in zip(order, offsets, strict=True):
        pools.append([wanted[place] - offset])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1].extend(last)
    bottom = low + (sizes[order[0]] / 2 if order else 0)
    top = bottom + max(span - (offsets[-1] if offsets else 0), 0.0)
    level = [min(max(_mean(pool), bottom), top) for pool in pools for _ in pool]
    found = {p: at + off for p, at, off in zip(order, level, offsets, strict=True)}
    return [found[place] for place in range(len(wanted))]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def stack(words: Sequence[tuple[str, float]]) -> list[tuple[int, str]]:
    """Lay words above a plot in rows, so that none overlaps another even on a small phone.

    Takes each word with its place across the plot (0 to 1); gives its row, counted from below,
    and its anchor: ``center``, or ``left`` or ``right`` where it would else run out of the chart.
    """
    ends: list[float] = []
    found: dict[int, tuple[int, str]] = {}
    for place in sorted(range(len(words)), key=lambda place: words[place][1]):
        text, across = words[place]
        wide = LETTER * len(text)
        fits = wide / 2 - BESIDE <= across * NARROW <= NARROW + BESIDE - wide / 2
        anchor = "center" if fits else "left" if across < 1 / 2 else "right"
        begin = across * NARROW - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[anchor]
        row = next((n for n, end in enumerate(ends) if end < begin), len(ends))
        ends[row : row + 1] = [begin + wide + LETTER]
        found[place] = row, anchor
    return [found[place] for place in range(len(words))]


def write_above(fig: go.Figure, text: str, x: Any, row: int, anchor: str) -> None:
    """Write a word above a plot, in a row that ``stack`` gives."""
    fig.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yshift=ROW * row,
        yanchor="bottom",
        xanchor=anchor,
        text=plain(text),
        showarrow=False,
        font={"size": 11},
    )


def label_room(names: Sequence[str]) -> int:
    """Give the margin in pixels that names beside a plot need."""
    parts = [part for name in names for part in _wrapped(name)]
    return 12 + round(7 * max((len(part) for part in parts), default=0))


def _wrapped(name: str) -> list[str]:
    return wrap(name, 12) or [""]


def label_ends(
    fig: go.Figure, ends: Sequence[EndOfLine], right: Any, values: tuple[float, float]
) -> None:
    """Write the names of lines beside the plot, each joined to its last point by a thin line.

    Needs the figure's height and margins to be set. ``right`` is the right end of the axis
    across, ``values`` the range of the value axis.
    """
    if not ends:
        return
    margin = fig.layout.margin
    scale = (values[1] - values[0]) / (fig.layout.height - margin.t - margin.b)
    sizes = [LINE_HEIGHT * len(_wrapped(end.name)) * scale for end in ends]
    places = spread([end.y for end in ends], sizes, *values)
    for end, y in zip(ends, places, strict=True):
        fig.add_scatter(
            x=[end.x, right],
            y=[end.y, y],
            mode="lines",
            line={"color": end.color, "width": 1, "dash": "dot"},
            hoverinfo="skip",
            name=f"to the name of {plain(end.name)}",
        )
        fig.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=4,
            y=y,
            yanchor="middle",
            text="<br>".join(map(plain, _wrapped(end.name))),
            align="left",
            showarrow=False,
            font={"size": 12},
        )
