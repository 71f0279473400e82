"""Shapes, words and axes around a chart's data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from layouts.exports.chart_scale import Scale, as_numbers
from layouts.exports.chart_text import (
    ASCENT,
    DESCENT,
    LINE_SPACING,
    MIDDLE,
    broken,
    number,
    text_element,
    text_lines,
    text_width,
)
from layouts.exports.chart_traces import dashes

EDGE = 2
"""Pixels that plotly keeps free around the words of an annotation."""
GAP = 0.4
"""Between words below an axis, of their size."""


class Frame(NamedTuple):
    """The plot's edges in pixels, with its axes by name."""

    left: float
    right: float
    top: float
    bottom: float
    axes: dict[str, Scale]


def place(value: Any, ref: str | None, letter: str, frame: Frame) -> float:
    """Give where a value is drawn that is measured by an axis, its length, or the whole plot."""
    ref = ref or letter
    low, high = (frame.left, frame.right) if letter == "x" else (frame.bottom, frame.top)
    if ref == "paper":
        return low + (high - low) * float(value)
    axis = frame.axes[ref.removesuffix(" domain")]
    if ref.endswith(" domain"):
        return axis.start + (axis.end - axis.start) * float(value)
    return float(axis.at(as_numbers([value], axis.dates)[0]))


def stands(note: Any, frame: Frame) -> bool:
    """Tell whether an annotation's place lies on its axes; else it is not written."""
    return all(
        ref not in (None, letter) or on_axis(value, frame.axes[letter])
        for value, ref, letter in ((note.x, note.xref, "x"), (note.y, note.yref, "y"))
    )


def on_axis(value: Any, axis: Scale) -> bool:
    """Tell whether a value lies between the ends of an axis."""
    return bool(axis.holds(as_numbers([value], axis.dates))[0])


def shape(shape: Any, frame: Frame) -> str:
    """Draw a line or a rectangle."""
    x = sorted(place(value, shape.xref, "x", frame) for value in (shape.x0, shape.x1))
    y = sorted(place(value, shape.yref, "y", frame) for value in (shape.y0, shape.y1))
    width = 2 if shape.line.width is None else shape.line.width
    look = f' stroke="{shape.line.color}" stroke-width="{width:g}"' if width else ""
    look += dashes(shape.line.dash, width)
    look += "" if shape.opacity in (None, 1) else f' opacity="{shape.opacity:g}"'
    left, top = number(x[0]), number(y[0])
    if shape.type == "line":
        return f'<path d="M{left} {top}L{number(x[1])} {number(y[1])}"{look}/>'
    size = f'width="{number(x[1] - x[0])}" height="{number(y[1] - y[0])}"'
    return f'<rect x="{left}" y="{top}" {size} fill="{shape.fillcolor}"{look}/>'


def annotation(note: Any, frame: Frame, size: float) -> str:
    """Write words at a place, by the side or corner of them that they are anchored at."""
    size = note.font.size or size
    lines = text_lines(note.text)
    x = place(note.x, note.xref, "x", frame) + (note.xshift or 0)
    y = place(note.y, note.yref, "y", frame) - (note.yshift or 0)
    side = {"left": 1, "center": 0, "right": -1}[note.xanchor or "center"]
    wide = max(text_width(line, size) for line in lines)
    x += side * EDGE
    aligned = {"left": 1, "center": 0, "right": -1}[note.align or "center"]
    if len(lines) > 1:  # one line stands by its anchor; more are set against one another
        x, side = x + (side - aligned) * wide / 2, aligned
    first = _first_line(y, note.yanchor or "middle", len(lines), size)
    anchor = {1: "start", 0: "middle", -1: "end"}[side]
    return text_element(lines, x, first, anchor, size if note.font.size else None)


def _first_line(y: float, anchor: str, lines: int, size: float) -> float:
    """Give where the first of some lines stands, so that their box is anchored at ``y``."""
    below = (lines - 1) * LINE_SPACING * size
    if anchor == "bottom":
        return y - EDGE - DESCENT * size - below
    if anchor == "top":
        return y + EDGE + ASCENT * size
    return y + (ASCENT - DESCENT) * size / 2 - below / 2


def grid(scale: Scale, frame: Frame) -> str:
    """Draw the lines across the plot at an axis' ticks, but for its ends, and that at zero."""
    axis = scale.axis
    drawn = ""
    if axis.showgrid is not False and axis.gridcolor:
        at = [
            tick.at
            for tick in scale.ticks
            if (tick.at or not axis.zeroline)
            and 1 < abs(scale.at(tick.at) - scale.start) < abs(scale.end - scale.start) - 1
        ]
        drawn += _strokes("".join(_across(scale, value, frame) for value in at), axis.gridcolor, 1)
    if axis.zeroline and scale.holds(0):
        line = _across(scale, 0, frame)
        drawn += _strokes(line, axis.zerolinecolor, axis.zerolinewidth or 1)
    return drawn


def _across(scale: Scale, value: float, frame: Frame) -> str:
    at = number(scale.at(value))
    if scale.axis.plotly_name.startswith("x"):
        return f"M{at} {number(frame.top)}V{number(frame.bottom)}"
    return f"M{number(frame.left)} {at}H{number(frame.right)}"


def _strokes(path: str, color: str, width: float) -> str:
    return f'<path d="{path}" stroke="{color}" stroke-width="{width:g}"/>' if path else ""


def axis_line(scale: Scale, frame: Frame) -> str:
    """Draw the line that an axis stands on, where it has one."""
    axis = scale.axis
    if not axis.linecolor or axis.visible is False:
        return ""
    if axis.plotly_name.startswith("x"):
        down = number(frame.axes[axis.anchor or "y"].start + 0.5)
        line = f"M{number(scale.start)} {down}H{number(scale.end)}"
    else:
        line = f"M{number(frame.left - 0.5)} {number(scale.start)}V{number(scale.end)}"
    return _strokes(line, axis.linecolor, 1)


def labels_across(scale: Scale, frame: Frame, size: float, width: float) -> str:
    """Write the words below the axis across and its title, in a picture of some width."""
    down = frame.axes[scale.axis.anchor or "y"].start + 1.2 * size + 1
    found = words_across(scale, size, width)
    drawn = "".join(text_element([words], x, down, "middle") for x, words in found)
    title = scale.axis.title
    if title.text:
        small = title.font.size or size
        y = down + (title.standoff or 0) + ASCENT * small
        middle = (scale.start + scale.end) / 2
        drawn += text_element(text_lines(title.text), middle, y, "middle", small)
    return drawn


def words_across(scale: Scale, size: float, width: float) -> list[tuple[float, str]]:
    """Give the words at the ticks across with their middles; the picture's edges cut none off."""
    return [
        (x, words)
        for x, words in _roomy(scale, size)
        if text_width(words, size) / 2 - 1 <= min(x, width - x)
    ]


def room_right(scale: Scale, size: float, width: float) -> float:
    """Give the pixels by which words at the ticks reach out of the plot on the right."""
    ends = [x + text_width(words, size) / 2 for x, words in words_across(scale, size, width)]
    return max([*ends, scale.end]) - scale.end


def _roomy(scale: Scale, size: float) -> list[tuple[float, str]]:
    """Give the words at ticks: all, or where they would touch, every second, third and so on."""
    found = [(float(scale.at(tick.at)), text_lines(tick.words)[0]) for tick in scale.ticks]
    for step in range(1, len(found)):
        kept = found[::step]
        if not any(
            right - left < (text_width(a, size) + text_width(b, size)) / 2 + GAP * size
            for (left, a), (right, b) in pairwise(kept)
        ):
            return kept
    return found[:1]


def labels_beside(scale: Scale, frame: Frame, size: float, width: float) -> str:
    """Write the words beside the axis upward."""
    x = frame.left - beside(scale, size)
    drawn = []
    for tick in scale.ticks:
        lines = beside_lines(tick.words, size, width)
        above = (len(lines) - 1) * LINE_SPACING * size / 2
        first = max(scale.at(tick.at) + MIDDLE * size - above, size)
        drawn.append(text_element(lines, x, first, "end"))
    return "".join(drawn)


def beside_lines(words: str, size: float, width: float) -> list[str]:
    """Break words beside an axis where they would take more than half of the picture."""
    return [part for line in text_lines(words) for part in broken(line, size, width / 2)]


def beside(scale: Scale, size: float) -> float:
    """Give the pixels between an axis and the words beside it."""
    return (0.2 * size if scale.axis.linecolor else 0) + 1


def room_beside(scales: Sequence[Scale], size: float, width: float) -> float:
    """Give the pixels that the words beside the axes need."""
    rooms = [
        beside(scale, size) + max(text_width(part, size) for part in lines)
        for scale in scales
        for lines in (beside_lines(tick.words, size, width) for tick in scale.ticks)
    ]
    return max(rooms, default=0.0)


def room_below(scale: Scale, size: float) -> float:
    """Give the pixels that the words below an axis need, and its title."""
    if not scale.ticks:
        return 0.0
    title = scale.axis.title
    small = (title.font.size or size) if title.text else 0
    return 1.43 * size + 1 + 0.7 * small + (title.standoff or 0 if title.text else 0)
