"""What the drawing knows of a figure: anything else is refused, so that nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

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
    """Refuse a figure of which anything would be left out.

    Raises ValueError, which names the property and its value.
    """
    layout = figure.layout._props
    axes = {name: value for name, value in layout.items() if name in ("xaxis", "yaxis", "yaxis2")}
    rest = {name: value for name, value in layout.items() if name not in axes}
    _known("layout", rest, LAYOUT)
    for axis in axes.values():
        _known("axis", axis, AXIS)
    for shape in layout.get("shapes", ()):
        _known("shape", shape, SHAPE)
    for annotation in layout.get("annotations", ()):
        _known("annotation", annotation, ANNOTATION)
    for trace in figure.data:
        if trace.type not in ("scatter", "bar"):
            raise ValueError(f"chart_svg does not know traces of type {trace.type!r}.")
        _known(trace.type, trace._props, SCATTER if trace.type == "scatter" else BAR)


def _known(kind: str, held: dict[str, Any], names: str) -> None:
    known = {*names.split(), *STILL.split()}
    for name, value in _paths(held):
        if name not in known:
            raise ValueError(f"chart_svg does not know {kind}.{name}.")
        allowed = VALUES.get(f"{kind}.{name}", ())
        for word in _words(value) if allowed else ():
            if word not in allowed:
                raise ValueError(f"chart_svg does not know {kind}.{name} = {word!r}.")


def _paths(held: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in held.items():
        path = f"{before}{name}"
        yield path, value
        if isinstance(value, dict) and name not in ("template", "hoverlabel"):
            yield from _paths(value, f"{path}.")


def _words(value: Any) -> Iterable[Any]:
    return set(value) if isinstance(value, list | tuple) or hasattr(value, "dtype") else {value}
