"""From a frame to a plotly figure: one function a figure, no Dash.

Figures carry no theme of their own: their background is transparent, and the style sheet
gives text and grid the page's colors.
"""

from layouts.figures.adoption import adoption_curve
from layouts.figures.context import context_chart
from layouts.figures.map import county_map
from layouts.figures.reach import reach_chart
from layouts.figures.results import result_chart

__all__ = ["adoption_curve", "context_chart", "county_map", "reach_chart", "result_chart"]
