"""The facts of the atlas: read, checked, dated, counted and put into words.

Nothing here knows of Dash, plotly or shapes. ``load`` gives the facts; ``county_frame`` gives
all that is shown for a day.
"""

from data.facts import Facts, FactsError, load
from data.frame import county_frame
from data.read import Problem

__all__ = ["Facts", "FactsError", "Problem", "county_frame", "load"]
