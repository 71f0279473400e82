"""What all figures share: layout and toolbar settings."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from layouts.theme import FONT, GRAY, GRID

CONFIG: Any = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
}
"""For every graph: no toolbar, no sharing to a cloud, no zoom that a reader did not ask for."""


def quiet_layout(height: int | None = None, **more: object) -> go.Layout:
    """Give the layout that every figure starts from."""
    axis = {"gridcolor": GRID, "zeroline": False, "linecolor": GRAY, "fixedrange": True}
    layout = go.Layout(
        template=None,
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 13},
        showlegend=False,
        dragmode=False,
        hoverlabel={"font": {"family": FONT, "size": 13}, "align": "left"},
        xaxis=axis,
        yaxis=axis,
    )
    return layout.update(more)
