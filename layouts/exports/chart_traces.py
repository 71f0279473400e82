"""Lines, dots, bands, bars and words of a chart's data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from layouts.exports.chart_scale import Scale
from layouts.exports.chart_text import number, text_element, text_lines, written

Point = tuple[float, float]
CUSTOM = "%{customdata}"
"""What a point is told of itself: all that a figure of ours says beyond its own words."""


class Plot(NamedTuple):
    """A pair of axes, and the size of the letters."""

    x: Scale
    y: Scale
    size: float


class Drawn(NamedTuple):
    """A trace: what stays within its axes, and what may reach out of them."""

    inside: str
    over: str


def dashes(dash: str | None, width: float) -> str:
    """Write the dashes of a line as an attribute."""
    if dash in (None, "solid"):
        return ""
    length = max(width, 3) * (1 if dash == "dot" else 3)
    return f' stroke-dasharray="{number(length)}"'


def scatter(trace: Any, plot: Plot, band: str = "") -> Drawn:
    """Draw a scatter trace; ``band`` is the fill between it and the next, which lies below it."""
    x, y = plot.x.pixels(trace.x), plot.y.pixels(trace.y)
    mode = trace.mode.split("+")
    own = _area(trace, runs(x, y)) if trace.fill == "toself" else ""
    line = _line(trace, x, y) if "lines" in mode else ""
    inside = [band + own + _error_bars(trace, x, plot) + line]
    over = [_markers(trace, x, y, plot) if "markers" in mode else ""]
    over.append(_texts(trace, x, y, plot) if "text" in mode else "")
    if trace.cliponaxis is not False:
        inside, over = inside + over, []
    return Drawn(_faded(trace, "".join(inside)), _faded(trace, "".join(over)))


def _faded(trace: Any, drawn: str) -> str:
    if trace.opacity in (None, 1) or not drawn:
        return drawn
    return f'<g opacity="{trace.opacity:g}">{drawn}</g>'


def runs(x: np.ndarray, y: np.ndarray) -> Iterator[list[Point]]:
    """Give the runs of points that nothing missing parts."""
    run: list[Point] = []
    for point in zip(x.tolist(), y.tolist(), strict=True):
        if np.isfinite(point).all():
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def stepped(points: Sequence[Point]) -> list[Point]:
    """Hold each value until the next point."""
    corners = [points[0]]
    for (_, before), (x, y) in pairwise(points):
        corners += [(x, before), (x, y)] if y != before else [(x, y)]
    return corners


def path(points: Sequence[Point]) -> str:
    """Write a line through points, in as few letters as may be."""
    x, y = (number(part) for part in points[0])
    parts = [f"M{x} {y}"]
    for point in points[1:]:
        right, down = (number(part) for part in point)
        if down == y and right == x:
            continue
        parts.append(f"H{right}" if down == y else f"V{down}" if right == x else f"L{right} {down}")
        x, y = right, down
    return "".join(parts)


def _corners(trace: Any, x: np.ndarray, y: np.ndarray) -> list[list[Point]]:
    found = list(runs(x, y))
    return [stepped(run) for run in found] if trace.line.shape == "hv" else found


def _line(trace: Any, x: np.ndarray, y: np.ndarray) -> str:
    width = 2 if trace.line.width is None else trace.line.width
    lines = [run for run in _corners(trace, x, y) if len(run) > 1]
    if not width or not lines:
        return ""
    name = f"<title>{written(trace.name)}</title>" if trace.name else ""
    return (
        f'<path d="{"".join(map(path, lines))}" fill="none" stroke="{trace.line.color}" '
        f'stroke-width="{width:g}"{dashes(trace.line.dash, width)}>{name}</path>'
    )


def _area(trace: Any, outlines: Any) -> str:
    closed = "".join(f"{path(run)}Z" for run in outlines)
    return f'<path d="{closed}" fill="{trace.fillcolor}"/>' if closed else ""


def band_between(lower: Any, upper: Any, plot: Plot) -> str:
    """Fill the band from a trace to the one after it, which asks for that."""
    edges = [
        _corners(trace, plot.x.pixels(trace.x), plot.y.pixels(trace.y)) for trace in (lower, upper)
    ]
    pairs = zip(*edges, strict=True)
    return _area(upper, [[*low, *reversed(high)] for low, high in pairs])


def _error_bars(trace: Any, x: np.ndarray, plot: Plot) -> str:
    bars = trace.error_y
    if bars.array is None:
        return ""
    middle = plot.y.numbers(trace.y)
    low = plot.y.at(middle - plot.y.numbers(bars.arrayminus))
    high = plot.y.at(middle + plot.y.numbers(bars.array))
    ends = np.column_stack([x, low, high])
    lines = "".join(path([(a, b), (a, c)]) for a, b, c in ends[np.isfinite(ends).all(axis=1)])
    if not lines:
        return ""
    return f'<path d="{lines}" stroke="{bars.color}" stroke-width="{bars.thickness:g}"/>'


def _markers(trace: Any, x: np.ndarray, y: np.ndarray, plot: Plot) -> str:
    """Draw each point's symbol with what a pointer there is told."""
    told = hover_texts(trace, plot)
    symbols = each(trace.marker.symbol or "circle", len(x))
    held = plot.x.holds(plot.x.numbers(trace.x)) & plot.y.holds(plot.y.numbers(trace.y))
    look = _look(trace.marker)
    return "".join(
        _symbol(look, symbols[place], x[place], y[place], told[place])
        for place in np.flatnonzero(held)
    )


def each(value: Any, count: int) -> list[Any]:
    """Give a value for each point: its own, or the one for all."""
    many = isinstance(value, list | tuple | np.ndarray)
    return list(value) if many else [value] * count


class Look(NamedTuple):
    """How the markers of a trace look: read once, as reading a figure is slow."""

    size: float
    color: str | None
    edge: str | None
    width: float | None


def _look(marker: Any) -> Look:
    size = 6 if marker.size is None else marker.size
    return Look(size, marker.color, marker.line.color, marker.line.width)


def _symbol(look: Look, symbol: str, x: float, y: float, told: str) -> str:
    kind = symbol.removesuffix("-open")
    hollow, thin = kind != symbol, kind in ("line-ns", "x-thin")
    edge, width = (look.color, look.width or 1) if hollow else (look.edge, look.width or 0)
    paint = f' fill="{"none" if hollow or thin else look.color}"'
    paint += f' stroke="{edge}" stroke-width="{width:g}"' if width else ""
    title = f"<title>{told}</title>" if told else ""
    if kind == "circle":
        place = f'cx="{number(x)}" cy="{number(y)}" r="{look.size / 2:g}"'
        return f"<circle {place}{paint}>{title}</circle>"
    strokes = _strokes(kind, look.size / 2)
    return f'<path d="M{number(x)} {number(y)}{strokes}"{paint}>{title}</path>'


def _strokes(kind: str, radius: float) -> str:
    """Write the strokes of a symbol, from its middle."""
    r, wide, far = (number(length) for length in (radius, 2 * radius, 1.3 * radius))
    if kind == "line-ns":
        return f"m0 {number(1.4 * radius)}v-{number(2.8 * radius)}"
    if kind == "x-thin":
        return f"m{r} {r}l-{wide}-{wide}m0 {wide}l{wide}-{wide}"
    return f"m{far} 0l-{far} {far}-{far}-{far} {far}-{far}Z"


def _texts(trace: Any, x: np.ndarray, y: np.ndarray, plot: Plot) -> str:
    """Write the words beside points, where plotly sets them."""
    positions = each(trace.textposition or "middle center", len(x))
    texts = each(trace.text, len(x))
    away = (trace.marker.size or 6) / 2 / 0.8 + 1
    parts = []
    for place in np.flatnonzero(np.isfinite(x) & np.isfinite(y)):
        down, across = positions[place].split()
        side = {"left": -1, "center": 0, "right": 1}[across]
        level = {"top": -1, "middle": 0, "bottom": 1}[down]
        shift = 0.75 * plot.size + level * away + (level - 1) * plot.size / 2
        anchor = {-1: "end", 0: "middle", 1: "start"}[side]
        lines = text_lines(texts[place])
        parts.append(text_element(lines, x[place] + side * away, y[place] + shift, anchor))
    return "".join(parts)


def hover_texts(trace: Any, plot: Plot) -> list[str]:
    """Give what a pointer at each point is told, ready to be written."""
    count = len(trace.x)
    if trace.hoverinfo == "skip" or not trace.hovertemplate:
        return [""] * count
    pattern = re.sub(r"<extra>.*?</extra>", "", trace.hovertemplate)
    data = each(trace.customdata if trace.customdata is not None else "", count)
    if strange := [token for token in re.findall(r"%\{.*?\}", pattern) if token != CUSTOM]:
        raise ValueError(f"chart_svg does not know the hover text {strange[0]}.")
    told = [pattern.replace(CUSTOM, str(datum)) for datum in data]
    return [written("\n".join(text_lines(text))) for text in told]


def bars(trace: Any, plot: Plot) -> str:
    """Draw bars that lie along the axis across, each from its base."""
    base = plot.x.numbers(trace.base)
    left, right = plot.x.at(base), plot.x.at(base + np.array(trace.x, dtype=float))
    middle, half = plot.y.numbers(trace.y), np.array(trace.width) / 2
    top, bottom = plot.y.at(middle - half), plot.y.at(middle + half)
    told = hover_texts(trace, plot)
    boxes = zip(left, right, np.minimum(top, bottom), np.maximum(top, bottom), told, strict=True)
    return "".join(_bar(trace.marker, *box) for box in boxes)


def _bar(marker: Any, left: float, right: float, top: float, bottom: float, told: str) -> str:
    box = (
        f'x="{number(left)}" y="{number(top)}" width="{number(right - left)}" '
        f'height="{number(bottom - top)}"'
    )
    title = f"<title>{told}</title>" if told else ""
    hatch = ""
    if marker.pattern.shape:
        lines = hatching(left, right, top, bottom, marker.pattern.size * 2**0.5)
        color = marker.pattern.fgcolor
        hatch = (
            f'<path d="{lines}" stroke="{color}" stroke-width="1.2" opacity="0.5" '
            'pointer-events="none"/>'
        )
    edge = f'stroke="{marker.line.color}" stroke-width="{marker.line.width:g}"'
    return f'<rect {box} fill="{marker.color}" {edge}>{title}</rect>{hatch}'


def hatching(left: float, right: float, top: float, bottom: float, step: float) -> str:
    """Write slanted lines across a box, drawn out as no two pictures may share a pattern's name."""
    high = bottom - top
    parts = []
    start = np.ceil((left - high) / step) * step
    for foot in np.arange(start, right, step):
        low, up = max(foot, left), min(foot + high, right)
        if up > low:
            parts.append(path([(low, bottom - (low - foot)), (up, bottom - (up - foot))]))
    return "".join(parts)
