"""How services stand together in the counties, and which came first, them or LEAD."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.language import marked, say
from layouts.parts.attributes import dataset
from layouts.parts.services import create_sortable
from layouts.parts.tables import create_scroll, create_table

ORDER_HEADS = (
    marked("Service"),
    marked("Counties that had it before any LEAD"),
    marked("Of these, LEAD began later"),
    marked("LEAD came first"),
    marked("Order cannot be told"),
)
_WHETHER = {True: marked("yes"), False: marked("no")}

ToCounty = Callable[[str], Component]
"""Makes the link to a county of a FIPS code, in its name."""


def create_combinations(
    found: pd.DataFrame,
    services: Mapping[str, str],
    links: Mapping[str, str],
    to_county: ToCounty,
) -> Component:
    """Draw which services counties have together: dots for the set, a bar for the counties.

    ``services`` and ``links``: the name and the address of each service by its key.
    """
    most = int(found["counties"].max()) if len(found) else 1
    rows = [_combination(row, services, most, to_county) for row in found.itertuples()]
    heads = [*services.values(), say("Counties")]
    label = say("Which services are found together")
    addresses = {name: links[service] for service, name in services.items()}
    return create_scroll(create_table(heads, rows, label, addresses), label, "combinations")


def _combination(
    row: Any, services: Mapping[str, str], most: int, to_county: ToCounty
) -> Component:
    dots = [
        html.Td(
            [
                html.Span(className="dot on" if service in row.services else "dot"),
                html.Span(say(_WHETHER[service in row.services]), className="only-spoken"),
            ]
        )
        for service in services
    ]
    width = f"{100 * row.counties / most:.1f}%"
    bar = html.Div(
        [
            html.Span(className="bar", style={"width": width}),
            html.Strong(str(row.counties)),
        ],
        className="bar-row",
    )
    return html.Tr([*dots, html.Td([bar, _named(row.fips, to_county)])])


def create_order(found: pd.DataFrame, links: Mapping[str, str], to_county: ToCounty) -> Component:
    """Tell, a service a row, what came later in the counties that had it before LEAD."""
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(row.name, href=links[row.service]), scope="row"),
                _counted(row.before, to_county),
                _counted(row.then_lead, to_county, row.then_perhaps),
                _counted(row.lead_first, to_county),
                _counted(row.unclear, to_county),
            ]
        )
        for row in found.itertuples(index=False, name="Order")
    ]
    heads = [say(head) for head in ORDER_HEADS]
    return create_sortable(heads, rows, say("Which came first, the service or LEAD"))


def _counted(
    counties: tuple[str, ...], to_county: ToCounty, perhaps: tuple[str, ...] = ()
) -> Component:
    """Write how many counties, and which; a doubt stands behind as perhaps."""
    told: list[Any] = [html.Strong(str(len(counties))), " ", _named(counties, to_county)]
    if perhaps:
        doubt = say("perhaps {high}, also:", high=len(counties) + len(perhaps))
        told += [html.Span(f" {doubt} ", className="soft"), _named(perhaps, to_county)]
    return html.Td(told, **dataset(sort=f"{len(counties):03d}"))


def _named(counties: Iterable[str], to_county: ToCounty) -> Component:
    """Name counties in a row, each with its link."""
    parts: list[Component | str] = []
    for fips in counties:
        parts += [", ", to_county(fips)] if parts else [to_county(fips)]
    return html.Span(parts, className="soft")
