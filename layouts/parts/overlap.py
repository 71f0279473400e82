"""How services stand together in the counties, and which came first, them or LEAD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.language import marked, say
from data.words import listed
from layouts.parts.attributes import aria, dataset
from layouts.parts.services import create_sortable

ORDER_HEADS = (
    marked("Service"),
    marked("Counties that had it before any LEAD"),
    marked("Of these, LEAD began later"),
    marked("LEAD came first"),
    marked("Order cannot be told"),
)
_WHETHER = {True: marked("yes"), False: marked("no")}


def create_combinations(found: pd.DataFrame, services: Mapping[str, str]) -> Component:
    """Draw which services counties have together: dots for the set, a bar for the counties."""
    most = int(found["counties"].max()) if len(found) else 1
    rows = [_combination(row, services, most) for row in found.itertuples()]
    heads = [
        html.Th(html.Span(name), scope="col", className="upright") for name in services.values()
    ]
    label = say("Which services are found together")
    return html.Div(
        html.Table(
            [
                html.Caption(label, className="only-spoken"),
                html.Thead(html.Tr([*heads, html.Th(say("Counties"), scope="col")])),
                html.Tbody(rows),
            ],
            className="combinations",
        ),
        className="scroll",
        tabIndex=0,
        role="region",
        **aria(label=label),
    )


def _combination(row: Any, services: Mapping[str, str], most: int) -> Component:
    dots = [
        html.Td(
            [
                html.Span(className="dot on" if service in row.services else "dot"),
                html.Span(say(_WHETHER[service in row.services]), className="only-spoken"),
            ]
        )
        for service in services
    ]
    told = listed(row.names, 9)
    width = f"{100 * row.counties / most:.1f}%"
    bar = html.Div(
        [
            html.Span(className="bar", style={"width": width}),
            html.Strong(str(row.counties)),
        ],
        className="bar-row",
    )
    return html.Tr([*dots, html.Td([bar, html.Span(told, className="soft")])])


def create_order(found: pd.DataFrame) -> Component:
    """Tell, a service a row, what came later in the counties that had it before LEAD."""
    rows = [
        html.Tr(
            [
                html.Th(row.name, scope="row"),
                _counted(row.before, names=False),
                _counted(row.then_lead, row.then_perhaps),
                _counted(row.lead_first),
                _counted(row.unclear),
            ]
        )
        for row in found.itertuples(index=False, name="Order")
    ]
    heads = [say(head) for head in ORDER_HEADS]
    return create_sortable(heads, rows, say("Which came first, the service or LEAD"))


def _counted(
    counties: tuple[str, ...], perhaps: tuple[str, ...] = (), names: bool = True
) -> Component:
    """Write how many counties, and which; a doubt stands behind as perhaps."""
    low, high = len(counties), len(counties) + len(perhaps)
    told = listed(counties) if counties and names else ""
    doubt = (
        say("perhaps {high} (also {names})", high=high, names=listed(perhaps)) if perhaps else ""
    )
    return html.Td(
        [
            html.Strong(str(low)),
            " ",
            html.Span(f"{told} {doubt}" if doubt else told, className="soft"),
        ],
        **dataset(sort=f"{low:03d}"),
    )
