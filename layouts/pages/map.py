"""The first page: which counties have LEAD on a day, how that came about, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.evidence.results import results, results_of
from data.facts import Facts
from data.frame import county_frame, timeline
from data.language import kept, marked, say
from data.measures.layers import LEAD, Layer, layer_on
from data.series import CountySeries
from data.words import LOOK_WORDS
from geo import geojson_asset, label_places
from layouts import ids
from layouts.address import View
from layouts.document import KEPT_URL
from layouts.figures import county_map
from layouts.figures.base import CONFIG
from layouts.parts.attributes import aria, dataset
from layouts.parts.county import create_county_card, create_county_table, program_line
from layouts.parts.forms import create_carried, create_select
from layouts.parts.heading import create_heading
from layouts.parts.legend import create_credit, create_legend
from layouts.parts.results import create_results, create_short_results
from layouts.parts.terms import link_to_columns
from layouts.parts.time import create_time
from layouts.parts.trends import create_adoption, create_context, create_reach
from layouts.static import Input
from layouts.trend_address import measure_names

CARDS_SHOWN = 6
HELD_OF_MEASURE = ("looks", "steps", "views", "told")
"""What the browser needs of a measure's history to color and tell any day."""
PANELS_TO_COME = marked("Results, people reached and context load as you come to them.")


def create_map_page(
    facts: Facts, view: View, today: date, loaded: Sequence[CountySeries] = ()
) -> Component:
    """Make the page for a view; the map can be colored by a measure of a loaded series."""
    frame = county_frame(facts, view.day)
    layer = layer_on(facts, loaded, view.layer, view.day, today)
    line = timeline(facts, today)
    return html.Div(
        [
            dcc.Store(id=ids.TIMELINE, data=browser_data(facts, line, layer)),
            dcc.Store(id=ids.DAY, data=view.day.isoformat()),
            create_heading(facts, view, layer),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(
                                [create_map(layer), create_layer_choice(view, layer, loaded)],
                                className="map-place",
                            ),
                            create_legend(layer, html.A(say("As a table"), href="#table")),
                            create_time(layer.history or line, view.day),
                            create_credit(layer),
                        ],
                        className="panel map-panel",
                    ),
                    html.Div(create_side(facts, view, today), id=ids.SIDE, className="side"),
                ],
                className="first-screen",
            ),
            dcc.Store(id=ids.WANTED),
            html.Div(html.P(say(PANELS_TO_COME), className="loading"), id=ids.PANELS),
            create_table_panel(frame, view.day, layer),
        ],
        className="map-page",
    )


def browser_data(facts: Facts, line: dict, layer: Layer) -> dict:
    """Give all that the browser needs to draw any day: the timeline, words, names, programs."""
    history = layer.history
    about: dict[str, list[list[str]]] = {}
    for row in facts.adoption.itertuples():
        about.setdefault(row.fips, []).append([row.agency, program_line(row)])
    return {
        **line,
        "words": [say(LOOK_WORDS[look]) for look in line["looks"]],
        "labels": label_places(facts.lead["fips"]),
        "about": about,
        "layer": history
        and {
            **{name: history[name] for name in HELD_OF_MEASURE},
            "name": layer.name,
            "words": [layer.words[look] for look in layer.looks],
        },
    }


def create_layer_choice(
    view: View, layer: Layer, loaded: Sequence[CountySeries]
) -> Component | None:
    """Make the choice of what colors the map; None where LEAD is all there is."""
    if not loaded:
        return None
    names = {LEAD: "LEAD"} | measure_names(loaded)
    return html.Form(
        [
            create_select("layer", say("Color the map by"), names, layer.name),
            *create_carried(view.query(view.day), ("layer", "date")),
            Input(name="date", type="hidden", value=view.day.isoformat(), id="layer-day"),
            html.Noscript(html.Button(say("Show"))),
        ],
        action="/",
        method="GET",
        className="choices color-by",
        **dataset(whole="yes"),
    )


def create_map(layer: Layer) -> Component:
    """Make the choropleth in its box; the browser adds names, focus and hover to it."""
    shapes = geojson_asset()
    return html.Div(
        dcc.Graph(
            id=ids.MAP,
            figure=county_map(layer, f"{KEPT_URL}{shapes.name}"),
            config=CONFIG,
            className="map",
        ),
        **map_box(),
    )


def map_box() -> dict[str, Any]:
    """Give the attributes of the box around a map whose counties the browser makes buttons."""
    told = say("Map of the counties. Arrow keys move between counties, Enter chooses.")
    return {"className": "map-box", "role": "group", **aria(label=told)}


def create_side(facts: Facts, view: View, today: date) -> list[Component]:
    """Make the column beside the map: the state's trends, or the chosen counties."""
    curve = create_adoption(facts, view.day, today, view.chosen)
    if not view.chosen:
        return [curve, create_short_results(facts, results(facts))]
    frame = county_frame(facts, view.day).set_index("fips", drop=False)
    cards = [
        create_county_card(facts, row)
        for row in frame.loc[list(view.chosen[:CARDS_SHOWN])].itertuples()
    ]
    rest = len(view.chosen) - CARDS_SHOWN
    if rest > 0:
        more = say("and {n} more; the table below has all.", n=rest)
        cards.append(html.P(more, className="note"))
    return [html.Section(cards, className="panel cards"), curve]


@kept(4)
def create_panels(facts: Facts, chosen: tuple[str, ...]) -> list[Component]:
    """Make the panels below the map for the state or for the chosen counties."""
    rows, missing = results_of(facts, chosen)
    return [
        create_results(facts, rows, missing),
        create_reach(facts, chosen),
        create_context(facts, chosen),
    ]


def create_table_panel(frame: pd.DataFrame, day: date, layer: Layer) -> Component:
    """Make the table of all counties with its filter and downloads."""
    every = f"&counties={','.join(frame['fips'])}"
    return html.Section(
        [
            html.H2(say("All counties on this day")),
            html.Div(
                [
                    html.Label(say("Filter the table"), htmlFor=ids.TABLE_FILTER),
                    dcc.Input(
                        id=ids.TABLE_FILTER,
                        type="search",
                        placeholder=say("County, agency, status"),
                    ),
                    html.Span(id=ids.TABLE_ROWS, role="status"),
                    html.A(
                        say("Download these rows (CSV)"),
                        href=f"/download/adoption.csv?date={day}",
                        **dataset(download="adoption.csv"),
                    ),
                    link_to_columns("adoption-on-day"),
                    html.A(
                        say("Download the map (SVG)"),
                        href=f"/download/map.svg?date={day}",
                        **dataset(download="map.svg"),
                    ),
                    html.A(
                        say("Download the figures on the map, of all periods (CSV)"),
                        href=f"/download/trend.csv?measure={layer.name}{every}",
                    )
                    if layer.history
                    else None,
                    link_to_columns("trend") if layer.history else None,
                ],
                className="tools",
            ),
            html.Div(
                create_county_table(frame),
                id=ids.TABLE,
                className="scroll",
                tabIndex=0,
                role="region",
                **aria(label=say("Table of all counties")),
            ),
        ],
        className="panel wide",
        id="table",
    )
