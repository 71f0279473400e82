"""The adoption curve as an inline SVG: what stands in its place until the chart itself has come."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from layouts.theme import BAND, GRID, LINE

INNER = 1000
"""Width of the drawing's own coordinates; the page stretches them."""


def curve_inline(figure: Any) -> str:
    """Draw a figure of ``adoption_curve``: its bands, grid and axis labels.

    Lines are drawn in a box stretched to the page's width; words keep their size.
    """
    layout = figure.layout
    margin, height = layout.margin, layout.height
    inner = height - margin.t - margin.b
    first, last = (pd.Timestamp(day) for day in layout.xaxis.range)

    def across(days: Any) -> list[float]:
        return [INNER * float((pd.Timestamp(day) - first) / (last - first)) for day in days]

    def down(values: Any, axis: Any) -> list[float]:
        low, high = axis.range
        start, end = axis.domain
        return [inner * (1 - start - (end - start) * (v - low) / (high - low)) for v in values]

    drawn: list[str] = []
    words: list[str] = []
    for axis, (low, high) in zip(
        (layout.yaxis, layout.yaxis2), (figure.data[:2], figure.data[2:4]), strict=True
    ):
        x = across(low.x)
        steps = [_steps(x, down(trace.y, axis)) for trace in (low, high)]
        for value in _ticks(axis):
            y = down([value], axis)[0]
            drawn.append(f'<path d="M0 {y:.1f}H{INNER}" stroke="{GRID}"/>')
            words.append(
                f'<text x="-6" y="{y + 4:.1f}" text-anchor="end">'
                f"{value:g}{axis.ticksuffix or ''}</text>"
            )
        area = " ".join([*steps[0], *reversed(steps[1])])
        drawn.append(f'<polygon points="{area}" fill="{BAND}"/>')
        drawn.append(
            f'<polyline points="{" ".join(steps[0])}" fill="none" stroke="{LINE}" '
            'stroke-width="2" vector-effect="non-scaling-stroke"/>'
        )
    for year in range(first.year + first.year % 2, last.year + 1, 2):
        place = across([pd.Timestamp(year, 1, 1)])[0]
        if 0 <= place <= INNER:
            words.append(
                f'<text x="{place / INNER:.2%}" y="{inner + 16}" text-anchor="middle">{year}</text>'
            )
    sides = f"{margin.t}px {margin.r}px {margin.b}px {margin.l}px"
    return (
        f'<div class="curve-picture" aria-hidden="true" style="padding:{sides}">'
        f'<svg height="{inner}" viewBox="0 0 {INNER} {inner}" preserveAspectRatio="none">'
        f'{"".join(drawn)}</svg><svg height="{inner}">{"".join(words)}</svg></div>'
    )


def _steps(x: list[float], y: list[float]) -> list[str]:
    """Write the points of a line that holds each value until the next."""
    points = [f"{x[0]:.1f},{y[0]:.1f}"]
    for (_, before), (right, after) in pairwise(zip(x, y, strict=True)):
        points += [f"{right:.1f},{before:.1f}", f"{right:.1f},{after:.1f}"]
    return points


def _ticks(axis: Any) -> list[float]:
    top = axis.range[1]
    step = axis.dtick or next(s for s in (0.2, 0.5, 1, 2, 5, 10, 25, 50) if top / s <= 4)
    return [step * place for place in range(int(top / step) + 1)]
