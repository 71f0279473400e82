"""Partnerships: which services stand beside LEAD, where, since when, and how they come together."""

from __future__ import annotations

from datetime import date

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.glossary import WHAT_IS_LEAD
from data.language import marked, say, say_many
from data.services.known import found_sentence, service_frame, services
from data.services.overlap import after_service, combinations
from data.services.rows import statewide
from data.services.words import FEW, SERVICE_LOOKS
from layouts import ids
from layouts.address import write_query
from layouts.exports.use_maps import shapes_once
from layouts.partner_address import COUNTS, PartnerView
from layouts.parts.attributes import dataset
from layouts.parts.forms import create_entry, create_live_form, create_select
from layouts.parts.known import create_known
from layouts.parts.overlap import ToCounty, create_combinations, create_order
from layouts.parts.services import (
    create_legend,
    create_map,
    create_matrix,
    create_places,
    create_small_maps,
    create_statewide,
)
from layouts.parts.terms import link_to_columns
from layouts.static import Input, Static

ALL = marked("All, as small maps")
CAUTION = marked("Nothing found is not proof that nothing is there.")
MORE_CAUTION = marked("A county that starts one thing often starts others too.")
ONCE = marked("Such a statement is shown once, here, and marks no county on the maps.")
SAME_TIME = marked(
    "Where the two began within a month of each other, the order cannot be told either."
)
SETS = {
    "sure": marked(
        "Each row is a set of services found running in the same county, and the counties that "
        "have exactly that set."
    ),
    "perhaps": marked(
        "Each row is a set of services found running, or perhaps running in the same county, and "
        "the counties that have exactly that set."
    ),
}
"""What a row of services found together is, by what counts (a key of COUNTS)."""
SHOWN = marked("{n} of {total} counties.")
SHOWN_OF_ALL = marked("{n} of {total} counties; the others have no finding at all.")


def create_partnerships_page(facts: Facts, view: PartnerView, today: date) -> Component:
    """Make the page for a view."""
    frame = service_frame(facts, view.day)
    names = services(facts)
    links = {name: f"/partnerships?{view.query(today, service=name)}" for name in names}
    to_county = _county_link(facts, view.day, today)
    found = found_sentence(facts, view.day, view.service)
    return html.Div(
        [
            Static("div", shapes_once(), {"className": "defs"}),
            html.H1(f"{found.headline}."),
            html.P(
                [
                    f"{found.detail} {say(CAUTION)} ".lstrip(),
                    html.A(say("How much is known"), href="#known"),
                ],
                className="lead-in",
            ),
            html.P(" ".join(view.notices), id=ids.NOTICE, role="status"),
            _choices(view, names),
            _one(facts, view, frame, names) if view.service else _all(frame, names, links),
            _statewide(facts, view.day),
            _together(facts, view, names, links, to_county),
            _order(facts, view.day, links, to_county),
            _matrix(facts, view, frame, names),
            create_known(facts, links),
        ],
        className="partner-page",
        **dataset(query=view.query(today)),
    )


def _county_link(facts: Facts, day: date, today: date) -> ToCounty:
    """Give what makes the link to a county's page, on the day that is shown."""
    query = write_query({"date": "" if day == today else day.isoformat()})
    names = facts.county_names
    return lambda fips: dcc.Link(names[fips], href=f"/county/{fips}?{query}".rstrip("?"))


def _choices(view: PartnerView, names: dict[str, str]) -> Component:
    counted = {count: say(words) for count, words in COUNTS.items()}
    return create_live_form(
        [
            create_entry("date", say("Day"), view.day.isoformat(), type="date"),
            create_select("service", say("Service"), {"": say(ALL), **names}, view.service),
            create_select("count", say("Count as having it"), counted, view.count),
            *[Input(name="has", type="hidden", value=service) for service in view.has],
        ],
        "/partnerships",
        say("Show"),
    )


def _all(frame: pd.DataFrame, names: dict[str, str], links: dict[str, str]) -> Component:
    return html.Section(
        [
            html.H2(say("Each service on a map of its own")),
            create_legend(SERVICE_LOOKS),
            create_small_maps(frame, names, links),
        ],
        className="panel",
    )


def _one(facts: Facts, view: PartnerView, frame: pd.DataFrame, names: dict[str, str]) -> Component:
    rows = frame[frame["service"] == view.service]
    counts = rows["look"].value_counts().to_dict()
    plain = dict(zip(facts.services["service"], facts.services["plain"], strict=True))
    return html.Section(
        [
            html.P(say(plain.get(view.service, WHAT_IS_LEAD)), className="lead-in"),
            create_map(rows, names[view.service]),
            create_legend(SERVICE_LOOKS, counts),
            create_places(facts, rows),
        ],
        className="panel one-service",
    )


def _statewide(facts: Facts, day: date) -> Component | None:
    said = statewide(facts, day)
    if said.empty:
        return None
    return html.Section(
        [
            html.H2(say("Said of the whole state")),
            html.P(say(ONCE)),
            create_statewide(facts, said, services(facts)),
        ],
        className="panel wide",
    )


def _together(
    facts: Facts,
    view: PartnerView,
    names: dict[str, str],
    links: dict[str, str],
    to_county: ToCounty,
) -> Component:
    found = combinations(facts, view.day, view.surely)
    some = found[found["services"].map(len) > 0]
    nothing = int(found["counties"].sum() - some["counties"].sum())
    return html.Section(
        [
            html.H2(say("Which services are found together")),
            html.P(f"{say(SETS[view.count])} {_nothing(nothing, view.surely)}"),
            create_combinations(some, names, links, to_county),
        ],
        className="panel wide",
    )


def _nothing(number: int, surely: bool) -> str:
    if surely:
        return say_many(
            "In {n} county no service was found running.",
            "In {n} counties no service was found running.",
            number,
        )
    return say_many(
        "In {n} county no service was found running, or perhaps running.",
        "In {n} counties no service was found running, or perhaps running.",
        number,
    )


def _order(facts: Facts, day: date, links: dict[str, str], to_county: ToCounty) -> Component:
    return html.Section(
        [
            html.H2(say("Which came first: the service, or LEAD?")),
            html.P(f"{say(FEW)} {say(MORE_CAUTION)}", className="warning"),
            html.P(say(SAME_TIME)),
            create_order(after_service(facts, day), links, to_county),
        ],
        className="panel wide",
    )


def _matrix(
    facts: Facts, view: PartnerView, frame: pd.DataFrame, names: dict[str, str]
) -> Component:
    counted = ("running",) if view.surely else ("running", "perhaps")
    having = frame[frame["status"].isin(counted)].groupby("fips")["service"].agg(set)
    anything = frame[frame["look"] != "none_found"]["fips"].unique()
    total = len(facts.county_names)
    shown = [
        fips
        for fips in facts.county_names
        if (set(view.has) <= having.get(fips, set()) if view.has else fips in anything)
    ]
    return html.Section(
        [
            html.H2(say("Counties by service")),
            _filter(view, names),
            html.P(say(SHOWN if view.has else SHOWN_OF_ALL, n=len(shown), total=total)),
            create_legend(SERVICE_LOOKS[:-1]),
            create_matrix(frame, names, shown),
            html.P(
                [
                    html.A(
                        say("Download these findings (CSV)"),
                        href=f"/download/partnerships.csv?date={view.day}",
                    ),
                    link_to_columns("partnerships-on-day"),
                ],
                className="tools",
            ),
        ],
        className="panel wide",
    )


def _filter(view: PartnerView, names: dict[str, str]) -> Component:
    boxes = [
        html.Label(
            [
                Input(
                    name="has",
                    type="checkbox",
                    value=service,
                    checked=True if service in view.has else None,
                ),
                name,
            ],
            className="check",
        )
        for service, name in names.items()
    ]
    carried = {"date": view.day.isoformat(), "service": view.service, "count": view.count}
    return create_live_form(
        [
            html.Fieldset([html.Legend(say("Only counties with all of")), *boxes]),
            *[Input(name=name, type="hidden", value=value) for name, value in carried.items()],
        ],
        "/partnerships",
        say("Filter"),
    )
