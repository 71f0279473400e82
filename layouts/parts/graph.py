"""A chart on a page, with its name for readers who do not see it."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from layouts.exports.chart import chart_name
from layouts.figures.base import CONFIG
from layouts.parts.attributes import aria


def create_graph(figure: go.Figure, kind: str, **more: Any) -> Component:
    """Make the place of a figure of ``layouts.figures``, but the map: one picture with one name.

    ``kind`` is its class in the style sheet; further properties are those of a ``dcc.Graph``.
    """
    graph = dcc.Graph(figure=figure, config=CONFIG, className=kind, **more)
    return html.Div(graph, role="img", **aria(label=chart_name(figure)))
