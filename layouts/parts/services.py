"""Services by county: small maps, one large map, and the matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.dates import edtf_words
from data.facts import Facts
from data.language import marked, say
from data.services.similar import look_words
from data.services.words import CONFIDENCE_WORDS, SERVICE_LOOKS
from data.services.words import SERVICE_LEGEND_WORDS as LEGEND_WORDS
from data.services.words import SERVICE_LOOK_WORDS as SERVICE_WORDS
from layouts.exports.use_maps import use_map
from layouts.parts.attributes import aria, dataset, fact
from layouts.parts.sources import create_source_details
from layouts.parts.tables import create_scroll, create_sorted_table
from layouts.static import Static

MARKS = {
    "running": "●",
    "unconfirmed": "◐",
    "perhaps": "◌",
    "funded": "$",
    "planned": "…",
    "considered": "?",
    "ended": "×",
    "old_list": "☰",
    "none_found": "",
}
"""A sign for each look beside its color, for gray print and any color vision."""
PLACES_HEADS = (
    marked("County"),
    marked("On this day"),
    marked("Provider"),
    marked("Since"),
    marked("Last seen"),
    marked("Confidence"),
    marked("Sources"),
)


def create_map(rows: pd.DataFrame, name: str) -> Component:
    """Draw the map of one service from its rows of a ``service_frame``."""
    looks = dict(zip(rows["fips"], rows["look"], strict=True))
    words = {row.fips: f"{row.county}: {say(SERVICE_WORDS[row.look])}" for row in rows.itertuples()}
    found = rows["look"].value_counts()
    counts = ", ".join(_counts(found, SERVICE_LOOKS))
    label = say("Map of counties: {name}. {counts}.", name=name, counts=counts)
    picture = use_map(looks, words, label)
    return Static("div", picture, {"className": "use-box"})


def _counts(found: pd.Series, looks: Iterable[str]) -> list[str]:
    """Name the looks given that are found, each with its number of counties."""
    return [f"{say(LEGEND_WORDS[look]).lower()} {found[look]}" for look in looks if look in found]


def create_legend(looks: Iterable[str], counts: Mapping[str, int] | None = None) -> Component:
    """Make the legend of the looks given, each with its number of counties where it is known."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(MARKS[look], className="swatch sign", **dataset(look=look)),
                    html.Span(say(LEGEND_WORDS[look])),
                    " ",
                    html.Span(str(counts.get(look, 0)), className="count") if counts else None,
                ],
                title=say(SERVICE_WORDS[look]),
            )
            for look in SERVICE_LOOKS
            if look in looks
        ],
        className="service-legend",
    )


def create_small_maps(
    frame: pd.DataFrame, services: Mapping[str, str], links: Mapping[str, str]
) -> Component:
    """Draw one small map a service, each with its count and a link that shows it large."""
    return html.Div(
        [
            _small_map(frame[frame["service"] == service], name, links[service])
            for service, name in services.items()
        ],
        className="small-maps",
    )


def _small_map(rows: pd.DataFrame, name: str, link: str) -> Component:
    return html.Figure(
        [
            html.Figcaption([html.H3(dcc.Link(name, href=link)), html.P(count_words(rows))]),
            create_map(rows, name),
        ],
        className="small-map",
    )


def count_words(rows: pd.DataFrame) -> str:
    """Count the counties of one service: ``12 running, perhaps 20; 9 not confirmed in 2 years``."""
    found = rows["look"].value_counts()
    low = int(found.get("running", 0) + found.get("unconfirmed", 0))
    high = low + int(found.get("perhaps", 0))
    if high > low:
        running = say("{low} running, perhaps {high}", low=low, high=high)
    else:
        running = say("{low} running", low=low)
    late = found.get("unconfirmed")
    doubt = [say("{n} not confirmed in 2 years", n=late)] if late else []
    rest = _counts(found, ("funded", "planned", "considered", "ended", "old_list"))
    return "; ".join([running, *doubt, *rest])


def create_places(facts: Facts, rows: pd.DataFrame) -> Component:
    """List what was found of one service: county, look, provider, dates, sources, confidence."""
    shown = rows[rows["look"] != "none_found"]
    return create_sortable(
        [say(head) for head in PLACES_HEADS],
        [_place(facts, row) for row in shown.itertuples()],
        say("What was found, county by county"),
    )


def _place(facts: Facts, row: Any) -> Component:
    return html.Tr(
        [
            html.Th(dcc.Link(row.county, href=f"/next/{row.fips}"), scope="row"),
            html.Td(create_look(row), **dataset(sort=str(SERVICE_LOOKS.index(row.look)))),
            html.Td(fact(row.providers) or say("not named")),
            html.Td(_dates(row.since), **dataset(sort=row.since)),
            html.Td(_dates(row.last_confirmed), **dataset(sort=row.last_confirmed)),
            html.Td(say(CONFIDENCE_WORDS.get(row.confidence, ""))),
            html.Td([create_source_details(facts, row.sources), _note(row.note)]),
        ]
    )


def _note(text: str) -> Component | None:
    if not text:
        return None
    return html.Details([html.Summary(say("Doubts")), html.P(fact(text), className="note")])


def create_look(row: Any) -> list[Component]:
    """Say how a service looks in a county, behind its sign; from a ``service_frame`` row."""
    hidden = aria(hidden="true")
    return [
        html.Span(MARKS[row.look], className="swatch sign", **dataset(look=row.look), **hidden),
        html.Span(look_words(row)),
    ]


def _dates(cell: str) -> str:
    return "; ".join(edtf_words(text) for text in cell.split("; ")) if cell else say("not known")


def create_matrix(
    frame: pd.DataFrame, services: Mapping[str, str], fips: Iterable[str]
) -> Component:
    """Make the matrix of counties by service, for the counties given; each cell is a sign."""
    shown = frame[frame["fips"].isin(list(fips))]
    rows = []
    for _, cells in shown.groupby("fips", sort=False):
        by_service = {cell.service: cell for cell in cells.itertuples()}
        first = next(iter(by_service.values()))
        rows.append(
            html.Tr(
                [
                    html.Th(dcc.Link(first.county, href=f"/next/{first.fips}"), scope="row"),
                    *[_cell(by_service[service]) for service in services],
                    html.Td(str(sum(c.status == "running" for c in by_service.values()))),
                ]
            )
        )
    heads = (say("County"), *services.values(), say("Found running"))
    return create_sortable(heads, rows, say("Counties by service"), "matrix")


def _cell(row: Any) -> Component:
    words = say(LEGEND_WORDS[row.look])
    told = f"{row.providers}. {words}" if row.providers else words
    return html.Td(
        [
            html.Span(MARKS[row.look], className="swatch sign", **dataset(look=row.look)),
            html.Span(words, className="only-spoken"),
        ],
        title=told,
        **dataset(sort=str(SERVICE_LOOKS.index(row.look))),
    )


def create_sortable(
    heads: Sequence[str], rows: Sequence[Component], caption: str, kind: str = ""
) -> Component:
    """Make a table whose columns the browser sorts, in a box that scrolls by itself."""
    return create_scroll(create_sorted_table(heads, rows, caption), caption, kind)


def create_statewide(facts: Facts, rows: pd.DataFrame, names: Mapping[str, str]) -> Component:
    """Tell what is said of the whole state; it is no local fact of any county."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Strong(f"{names[row.service]}: "),
                    fact(row.note),
                    " ",
                    create_source_details(facts, row.sources),
                ]
            )
            for row in rows.itertuples()
        ],
        className="statewide",
    )
