"""The map: one choropleth trace, a county a location."""

from __future__ import annotations

import plotly.graph_objects as go

from data.measures.layers import Layer
from geo.encode import LAT_RANGE, LON_RANGE, middle
from layouts.figures.base import quiet_layout
from layouts.theme import LIGHT, look_colors


def county_map(layer: Layer, shapes_url: str) -> go.Figure:
    """Draw the counties of a day.

    Parameters
    ----------
    layer
        What they are colored by.
    shapes_url
        Where the browser finds the GeoJSON whose feature ids are the FIPS codes.

    Returns
    -------
    A figure with one choropleth trace: ``z`` is the position of each county's look in the layer's.
    The browser's style sheet repaints the counties from the same looks, so hatching and dark
    mode need no new figure.
    """
    frame, looks = layer.frame, layer.looks
    trace = go.Choropleth(
        geojson=shapes_url,
        locations=frame["fips"].tolist(),
        z=[looks.index(look) for look in frame["look"]],
        text=[f"{row.county}: {layer.words[row.look]}" for row in frame.itertuples()],
        zmin=-0.5,
        zmax=len(looks) - 0.5,
        colorscale=_steps(look_colors(looks)),
        showscale=False,
        marker={"line": {"color": LIGHT["border"], "width": 0.8}},
        hoverinfo="skip",
    )
    lon, lat = middle()
    layout = quiet_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        geo={
            "visible": False,
            "projection": {"type": "mercator"},
            "lonaxis": {"range": LON_RANGE},
            "lataxis": {"range": LAT_RANGE},
            "center": {"lon": lon, "lat": lat},
            "bgcolor": "rgba(0,0,0,0)",
        },
    )
    return go.Figure(trace, layout.update(xaxis=None, yaxis=None))


def _steps(colors: list[str]) -> list[tuple[float, str]]:
    edges = [place / len(colors) for place in range(len(colors) + 1)]
    return [
        (edge, color)
        for color, low, high in zip(colors, edges[:-1], edges[1:], strict=True)
        for edge in (low, high)
    ]
