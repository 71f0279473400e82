"""What the drawing knows of a figure and needs of it.

Anything else is refused, so that nothing is left out: plotly would work out what is missing, and
the drawing does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go

SYMBOLS = ("circle", "circle-open", "diamond", "diamond-open", "line-ns", "x-thin")
DASHES = ("solid", "dot", "dash")

AXIS = """
    anchor automargin domain dtick exponentformat gridcolor linecolor nticks range
    separatethousands showgrid tick0 tickformat ticksuffix ticktext tickvals title title.font
    title.font.size title.standoff title.text type visible zeroline zerolinecolor zerolinewidth
"""
FONT = "font font.family font.size"
STILL = "dragmode fixedrange hoverinfo hoverlabel hovermode"
"""What moves a figure on a page and has no meaning in a picture."""
LAYOUT = f"""
    annotations barmode {FONT} height margin margin.b margin.l margin.r margin.t meta
    paper_bgcolor plot_bgcolor shapes showlegend template
"""
SHAPE = "fillcolor layer line line.color line.dash line.width opacity type x0 x1 xref y0 y1 yref"
ANNOTATION = f"align {FONT} showarrow text x xanchor xref xshift y yanchor yref yshift"
SCATTER = """
    cliponaxis connectgaps customdata error_y error_y.array error_y.arrayminus error_y.color
    error_y.symmetric error_y.thickness error_y.type error_y.width fill fillcolor hovertemplate
    line line.color line.dash line.shape line.width marker marker.color marker.line
    marker.line.color marker.line.width marker.size marker.symbol mode name opacity text
    textposition type x xaxis y yaxis
"""
BAR = """
    base customdata hovertemplate marker marker.color marker.line marker.line.color
    marker.line.width marker.pattern marker.pattern.fgcolor marker.pattern.shape
    marker.pattern.size name orientation type width x y
"""

KNOWN = {
    "layout": LAYOUT,
    "axis": AXIS,
    "shape": SHAPE,
    "annotation": ANNOTATION,
    "scatter": SCATTER,
    "bar": BAR,
}
"""By kind of part, the properties that are drawn, or have no meaning in a picture."""
NEEDED = {
    "layout": "margin.b margin.l margin.r margin.t",
    "axis": "range",
    "axis.tickvals": "ticktext",
    "scatter": "mode x y",
    "scatter.error_y.array": "error_y.arrayminus error_y.color error_y.thickness",
    "bar": "base marker.color marker.line.color marker.line.width orientation width x y",
    "bar.marker.pattern.shape": "marker.pattern.fgcolor marker.pattern.size",
}
"""What each kind of part, or one with a property, must have."""
PLACES = ("base", "range", "tickvals", "x", "y")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

CLEAR = "rgba(0,0,0,0)"
VALUES: dict[str, tuple[Any, ...]] = {
    "layout.barmode": ("overlay",),
    "layout.paper_bgcolor": (CLEAR,),
    "layout.plot_bgcolor": (CLEAR,),
    "layout.showlegend": (False,),
    "axis.exponentformat": ("none", "B"),
    "axis.anchor": ("x", "y", "y2"),
    "axis.type": ("date", "linear"),
    "shape.type": ("line", "rect"),
    "shape.xref": ("x", "x domain", "paper"),
    "shape.yref": ("y", "y domain", "paper"),
    "shape.line.dash": DASHES,
    "annotation.showarrow": (False,),
    "annotation.xref": ("x", "x domain", "paper"),
    "annotation.yref": ("y", "y domain", "paper"),
    "annotation.align": ("left", "center", "right"),
    "annotation.xanchor": ("left", "center", "right"),
    "annotation.yanchor": ("top", "middle", "bottom"),
    "bar.orientation": ("h",),
    "bar.marker.pattern.shape": ("", "/"),
    "scatter.fill": ("none", "tonexty", "toself"),
    "scatter.error_y.symmetric": (False,),
    "scatter.error_y.type": ("data",),
    "scatter.error_y.width": (0,),
    "scatter.connectgaps": (False,),
    "scatter.line.dash": DASHES,
    "scatter.line.shape": ("linear", "hv"),
    "scatter.marker.symbol": SYMBOLS,
    "scatter.mode": tuple(
        "+".join(parts)
        for parts in (
            ("lines",),
            ("markers",),
            ("lines", "markers"),
            ("markers", "text"),
            ("lines", "markers", "text"),
        )
    ),
    "scatter.xaxis": ("x",),
    "scatter.yaxis": ("y", "y2"),
    "scatter.textposition": tuple(
        f"{down} {across}"
        for down in ("top", "middle", "bottom")
        for across in ("left", "center", "right")
    ),
}
"""Of the properties that are words: the ones known."""


def check(figure: go.Figure) -> None:
    """Refuse a figure of which anything would be left out, or that lacks what places it.

    Raises ValueError with a sentence that names figure, part and property, and what to do.
    """
    for part, kind, held in _parts(figure):
        if fault := _fault(kind, held):
            name = figure.layout.meta or next((t.name for t in figure.data if t.name), "a chart")
            raise ValueError(f"chart_svg cannot draw “{name}”: {part} {fault}.")


def _parts(figure: go.Figure) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the parts of a figure: what to call each, its kind, and what it holds."""
    layout = figure.layout._props
    used = {f"yaxis{trace._props.get('yaxis', 'y')[1:]}" for trace in figure.data}
    axes = {"xaxis", "yaxis", *used, *({"yaxis2"} & layout.keys())}
    yield "the layout", "layout", {k: v for k, v in layout.items() if k not in axes}
    for axis in sorted(axes):
        yield f"the {axis}", "axis", layout.get(axis, {})
    for kind in ("shape", "annotation"):
        for number, held in enumerate(layout.get(f"{kind}s", ()), 1):
            yield f"{kind} {number}", kind, held
    for number, trace in enumerate(figure.data, 1):
        name = f" “{trace.name}”" if trace.name else ""
        yield f"trace {number}{name}", trace.type, trace._props


def _fault(kind: str, held: dict[str, Any]) -> str:
    """Say what is wrong with a part, and what to do; "" where nothing is."""
    if kind not in KNOWN:
        return f"is of the type {kind!r}, which is not known; draw it as scatter or bar"
    found = dict(_paths(held))
    for name, value in found.items():
        if name not in KNOWN[kind].split() and name not in STILL.split():
            return f"has {kind}.{name}, which is not known; leave it out, or have it drawn"
        if fault := _bad_value(kind, name, value):
            return fault
    needed = [NEEDED.get(part, "") for part in (kind, *(f"{kind}.{name}" for name in found))]
    missing = [name for name in " ".join(needed).split() if found.get(name) is None]
    return f"has no {' and no '.join(missing)}; set it" if missing else ""


def _bad_value(kind: str, name: str, value: Any) -> str:
    allowed = VALUES.get(f"{kind}.{name}", ())
    for word in _words(value) if allowed or name in PLACES else ():
        if allowed and word not in allowed:
            others = " or ".join(map(repr, allowed))
            return f"has {kind}.{name} = {word!r}, which is not known; use {others}"
        if name in PLACES and isinstance(word, str) and not DAY.match(word):
            return f"has {kind}.{name} = {word!r}; place it by numbers or days, with ticktext"
    return ""


def _paths(held: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in held.items():
        path = f"{before}{name}"
        yield path, value
        if isinstance(value, dict) and name not in ("template", "hoverlabel"):
            yield from _paths(value, f"{path}.")


def _words(value: Any) -> Iterable[Any]:
    return set(value) if isinstance(value, list | tuple | np.ndarray) else {value}
