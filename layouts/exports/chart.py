"""Our plotly figures as plain SVG, for where no script may run: a file, a slide, a print."""

from __future__ import annotations

from itertools import zip_longest

import plotly.graph_objects as go

from data.language import say
from layouts.exports.chart_known import check
from layouts.exports.chart_notes import (
    Frame,
    annotation,
    axis_line,
    grid,
    labels_across,
    labels_beside,
    room_below,
    room_beside,
    room_right,
    shape,
    stands,
)
from layouts.exports.chart_scale import is_dates, scale
from layouts.exports.chart_text import number, written
from layouts.exports.chart_traces import Drawn, Plot, band_between, bars, scatter
from layouts.theme import FONT, LIGHT

ALONE = (
    f' xmlns="http://www.w3.org/2000/svg" color="{LIGHT["ink-soft"]}" font-family="{written(FONT)}"'
)
"""What a picture of its own says of itself, and takes from the page where it stands in one."""


def chart_svg(
    figure: go.Figure,
    width: float,
    height: float | None = None,
    inline: bool = True,
    label: str | None = None,
) -> str:
    """Draw a figure of ``layouts.figures`` as plotly would, without a script.

    Words take the color of the text around the picture (``currentColor``), so that they follow
    light and dark pages and print; points say in a ``<title>`` what a pointer is told there.

    Parameters
    ----------
    figure
        Any figure of ``layouts.figures`` but the map.
    width, height
        Size in pixels for which it is laid out; the height is by default the figure's own.
    inline
        Whether it stands in an HTML page, whose font and color it takes; else it is a
        document of its own.
    label
        What the picture is called for readers who do not see it; by default the figure's
        ``layout.meta``, else the names of what is drawn.

    Raises ValueError, which says what to do, for a figure with something that would be left out
    and for one without what places it (``chart_known``).
    """
    height = height or figure.layout.height
    if not height:
        raise ValueError("chart_svg needs a height: the figure has none of its own.")
    name = label or chart_name(figure)
    size = figure.layout.font.size or 12
    return (
        f'<svg class="chart"{"" if inline else ALONE} viewBox="0 0 {number(width)} '
        f'{number(height)}" role="img" aria-label="{written(name)}" fill="currentColor" '
        f'font-size="{size:g}">{chart_parts(figure, width, height)}</svg>'
    )


def chart_name(figure: go.Figure) -> str:
    """Name a figure for who does not see it: its own name, else those of what is drawn."""
    if figure.layout.meta:
        return str(figure.layout.meta)
    names = dict.fromkeys(trace.name for trace in figure.data if trace.name)
    return say("Chart: {names}", names=", ".join(names)) if names else say("Chart")


def plot_edges(
    figure: go.Figure, width: float, height: float | None = None
) -> tuple[float, float, float, float]:
    """Give left, right, top and bottom of the plot in ``chart_svg``, for what is laid over it.

    The words beside an axis may push it in from the figure's own margin.
    """
    size = figure.layout.font.size or 12
    frame = _frame(figure, width, height or figure.layout.height, size)
    return frame.left, frame.right, frame.top, frame.bottom


def chart_parts(figure: go.Figure, width: float, height: float) -> str:
    """Draw what stands inside of ``chart_svg``, for a picture that holds more than a chart."""
    check(figure)
    size = figure.layout.font.size or 12
    frame = _frame(figure, width, height, size)
    shapes = {"below": "", "above": ""}
    for drawn in figure.layout.shapes:
        shapes[drawn.layer or "above"] += shape(drawn, frame)
    plots = [_plot(figure, frame, name, size) for name in frame.axes if name != "x"]
    notes = [note for note in figure.layout.annotations if stands(note, frame)]
    parts = [
        _cut(shapes["below"], frame),
        *(grid(axis, frame) for axis in frame.axes.values()),
        *(plot.inside for plot in plots),
        *(axis_line(axis, frame) for axis in frame.axes.values()),
        *(
            labels_across(axis, frame, size, width)
            for name, axis in frame.axes.items()
            if name == "x"
        ),
        *(
            labels_beside(axis, frame, size, width)
            for name, axis in frame.axes.items()
            if name != "x"
        ),
        *(plot.over for plot in plots),
        _cut(shapes["above"], frame),
        *(annotation(note, frame, size) for note in notes),
    ]
    return "".join(parts)


def _frame(figure: go.Figure, width: float, height: float, size: float) -> Frame:
    """Place the axes within the margins, and these as wide as the words around the plot need.

    Plotly keeps beside such words the least of the margins, and no more than 12 pixels.
    """
    margin = figure.layout.margin
    free = min(12, margin.l, margin.r, margin.t, margin.b)
    frame = Frame(margin.l, width - margin.r, margin.t, height - margin.b, {})
    frame = _with_axes(figure, frame)
    below = room_below(frame.axes["x"], size)
    frame = frame._replace(bottom=height - max(margin.b, round(free + below) if below else 0))
    upward = [axis for name, axis in _with_axes(figure, frame).axes.items() if name != "x"]
    beside = room_beside(upward, size, width)
    frame = frame._replace(left=max(margin.l, round(free + beside) if beside else 0))
    out = room_right(_with_axes(figure, frame).axes["x"], size, width)
    frame = frame._replace(right=width - max(margin.r, round(free + out) if out else 0))
    return _with_axes(figure, frame)


def _with_axes(figure: go.Figure, frame: Frame) -> Frame:
    layout = figure.layout
    axes = {"x": scale(layout.xaxis, _dates(figure, "x"), frame.left, frame.right)}
    for name in ("y", "y2"):
        axis = f"yaxis{name[1:]}"
        if axis in layout._props:
            axes[name] = scale(layout[axis], _dates(figure, name), frame.bottom, frame.top)
    return frame._replace(axes=axes)


def _dates(figure: go.Figure, name: str) -> bool:
    letter = name[0]
    columns = [
        trace.base if letter == "x" and trace.type == "bar" else trace[letter]
        for trace in figure.data
        if (trace[f"{letter}axis"] or letter) == name
    ]
    return is_dates(figure.layout[f"{letter}axis{name[1:]}"], columns)


def _plot(figure: go.Figure, frame: Frame, name: str, size: float) -> Drawn:
    """Draw the traces on one axis upward, cut off at its edges."""
    plot = Plot(frame.axes["x"], frame.axes[name], size)
    traces = [trace for trace in figure.data if (trace.yaxis or "y") == name]
    boxes = [bars(trace, plot) for trace in traces if trace.type == "bar"]
    lines = [trace for trace in traces if trace.type == "scatter"]
    drawn = []
    for trace, after in zip_longest(lines, lines[1:]):
        filled = after is not None and after.fill == "tonexty"
        drawn.append(scatter(trace, plot, band_between(trace, after, plot) if filled else ""))
    inside = "".join([*boxes, *(trace.inside for trace in drawn)])
    within = frame._replace(top=plot.y.end, bottom=plot.y.start)
    return Drawn(_cut(inside, within), "".join(trace.over for trace in drawn))


def _cut(drawn: str, frame: Frame) -> str:
    """Cut a drawing off at a frame's edges; an inner picture does so without any name."""
    if not drawn:
        return ""
    box = (frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
    x, y, wide, high = (number(length) for length in box)
    return (
        f'<svg x="{x}" y="{y}" width="{wide}" height="{high}" '
        f'viewBox="{x} {y} {wide} {high}">{drawn}</svg>'
    )
