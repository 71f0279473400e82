from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc

from layouts.figures.base import CONFIG
from layouts.parts.graph import create_graph
from tests.layouts.tree import nodes, prop

LINE = go.Scatter(x=[1], y=[2], name="Wake")


@pytest.mark.parametrize(
    ("figure", "name"),
    [
        (go.Figure([LINE, go.Scatter(x=[1], y=[3], name="Hoke")]), "Chart: Wake, Hoke"),
        (go.Figure([LINE, LINE, go.Scatter(x=[1], y=[3])]), "Chart: Wake"),
        (go.Figure(LINE, layout={"meta": "Arrests by year"}), "Arrests by year"),
        (go.Figure(), "Chart"),
    ],
)
def test_a_chart_is_one_picture_named_after_what_it_draws(figure: Any, name: str) -> None:
    made = create_graph(figure, "small-chart", id="curve")
    assert (prop(made, "role"), prop(made, "aria-label")) == ("img", name)
    (graph,) = nodes(made, dcc.Graph)
    assert (graph.className, graph.id, graph.config) == ("small-chart", "curve", CONFIG)
