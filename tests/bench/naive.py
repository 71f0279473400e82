"""The app to compare with: a Dash choropleth with a slider, written as tutorials write it.

A server callback makes the whole figure anew for each month and sends it with the shapes inside;
nothing is compressed. Three things are better than in a tutorial, so that only the design differs:
the facts are the atlas's own frames, which are kept between requests; the looks are numbers, so one
trace holds the shapes once; and ``assets/outline.js`` gives plotly the empty outline of the world
without which it draws nothing when offline.

``python -m tests.bench.naive PORT`` serves it.
"""

from __future__ import annotations

import calendar
import json
import sys
from datetime import date
from pathlib import Path

import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from data import county_frame, load
from data.dates import day_words, today
from data.frame import first_month
from data.words import LOOKS
from geo import geojson_asset

ASSETS = str(Path(__file__).parent / "assets")
START = date(2016, 12, 31)
"""The day that both apps show before the first step."""


def month_end(first: date, value: int) -> date:
    """Give the last day of the month that lies ``value`` months after ``first``."""
    year, month = first.year + value // 12, value % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def create_naive() -> Dash:
    """Build the app."""
    facts = load()
    first = first_month(facts)
    shapes = json.loads(geojson_asset().text)
    months = 12 * (today().year - first.year) + today().month - 1
    years = {12 * number: str(first.year + number) for number in range(months // 12 + 1)}
    start = 12 * (START.year - first.year) + START.month - 1
    app = Dash(__name__, assets_folder=ASSETS, title="LEAD counties")
    app.layout = html.Div(
        [
            html.H1("LEAD in North Carolina"),
            dcc.Graph(id="map"),
            dcc.Slider(0, months, 1, value=start, marks=years, id="month"),
        ]
    )

    @app.callback(Output("map", "figure"), Input("month", "value"))
    def update_map(value: int) -> go.Figure:
        day = month_end(first, value)
        frame = county_frame(facts, day)
        figure = px.choropleth(
            frame.assign(number=frame["look"].map(LOOKS.index)),
            geojson=shapes,
            locations="fips",
            color="number",
            range_color=(0, len(LOOKS) - 1),
            hover_name="county",
            projection="mercator",
            title=f"LEAD on {day_words(day)}",
        )
        return figure.update_geos(fitbounds="locations", visible=False)

    return app


if __name__ == "__main__":
    create_naive().run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
