"""Pages by address, and the panels that follow the chosen counties."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.asked import may_change, upload_limit
from callbacks.session import accounts_known
from callbacks.watch import request_id
from data.dates import today
from data.editions import StoreKeeper
from data.editions.folder import Keeper, shown
from data.editions.folder import State as EditionState
from data.facts import Facts
from data.language import kept
from data.read import Problem
from data.series import CountySeries
from data.series.library import Library
from data.services.known import services
from layouts import ids
from layouts.address import View, check_day, read_view
from layouts.pages.county import create_county_page
from layouts.pages.data import create_data_page
from layouts.pages.evidence import create_evidence_page
from layouts.pages.map import create_map_page, create_panels, create_side
from layouts.pages.missing import create_error_page, create_missing_page
from layouts.pages.next import create_next_page
from layouts.pages.partnerships import create_partnerships_page
from layouts.pages.series import create_check_page, create_series_page
from layouts.pages.trends import create_trends_page
from layouts.partner_address import read_partner_view
from layouts.parts.trends import create_context
from layouts.shell import titled
from layouts.static import still
from layouts.trend_address import measure_names, read_trend_view


class Held(NamedTuple):
    """All that pages are made from besides their address.

    ``stewards`` tells that there are accounts, ``live`` that editions come from a database.
    """

    facts: Facts
    problems: tuple[Problem, ...]
    loaded: tuple[CountySeries, ...]
    damaged: tuple[str, ...]
    may_change: bool
    now: date
    stewards: bool = False
    live: bool = False
    state: EditionState | None = None


class Ask(NamedTuple):
    """What is asked of a page: what it is made from, the county of its path, its query."""

    held: Held
    fips: str
    search: str

    @property
    def view(self) -> View:
        """The state of the map, which other pages read their day from."""
        held = self.held
        return read_view(self.search, held.facts, held.now, measure_names(held.loaded))


def _map(ask: Ask) -> Component:
    return create_map_page(ask.held.facts, ask.view, ask.held.now, ask.held.loaded)


def _county(ask: Ask) -> Component:
    return create_county_page(ask.held.facts, ask.fips, ask.view, ask.held.now)


def _next(ask: Ask) -> Component:
    return create_next_page(ask.held.facts, ask.fips, ask.view, ask.held.now)


def _partnerships(ask: Ask) -> Component:
    facts, now = ask.held.facts, ask.held.now
    return create_partnerships_page(facts, read_partner_view(ask.search, services(facts), now), now)


def _trends(ask: Ask) -> Component:
    facts, loaded = ask.held.facts, ask.held.loaded
    return create_trends_page(facts, loaded, read_trend_view(ask.search, facts, loaded))


def _series(ask: Ask) -> Component:
    held = ask.held
    return create_series_page(held.loaded, held.damaged, held.may_change, upload_limit())


COUNTY = "<fips>"
"""Stands in an address for the code of a county."""
PAGES: dict[str, Callable[[Ask], Component]] = {
    "/": _map,
    f"/county/{COUNTY}": _county,
    f"/next/{COUNTY}": _next,
    "/partnerships": _partnerships,
    "/evidence": lambda ask: create_evidence_page(ask.held.facts),
    "/trends": _trends,
    "/series": _series,
    "/series/check": lambda ask: create_check_page(ask.search),
    "/data": lambda ask: create_data_page(ask.held.facts, ask.held.problems),
}
"""Every page, by its address: how it is made."""


def page_at(path: str, facts: Facts) -> tuple[str, str] | None:
    """Find the page at a path: its address in PAGES and its county; None where there is none."""
    path = path.rstrip("/") or "/"
    end = path.rpartition("/")[2]
    fips = end if end in facts.county_names else ""
    found = [page for page in PAGES if page.replace(COUNTY, fips) == path]
    return (found[0], fips) if found else None


@kept(8)
def page_for(held: Held, path: str, search: str) -> Component:
    """Make the page at a path; a component once given must not be changed."""
    if found := page_at(path, held.facts):
        page, fips = found
        return still(titled(PAGES[page](Ask(held, fips, search)), page))
    return still(titled(create_missing_page(path)))


def held_now(keeper: Keeper, library: Library) -> Held:
    """Give what the present request's page is made from."""
    loaded = tuple(library.all())
    facts, state = shown(keeper)
    return Held(
        facts,
        keeper.problems,
        loaded,
        library.problems,
        may_change(),
        today(),
        stewards=accounts_known(),
        live=state.number is not None,
        state=state,
    )


def is_live(keeper: Keeper) -> bool:
    """Tell whether newer editions may be published while a page is open."""
    return isinstance(keeper, StoreKeeper)


def known_codes(facts: Facts, chosen: list[str] | None) -> tuple[str, ...]:
    """Keep of the chosen FIPS codes those that are counties."""
    return tuple(fips for fips in chosen or [] if fips in facts.county_names)


def side_for(facts: Facts, chosen: list[str] | None, day: str | None) -> list[Component]:
    """Give the column beside the map for the chosen counties."""
    now = today()
    view = View(check_day(day or "", now)[0], known_codes(facts, chosen))
    return still(create_side(facts, view, now))


def panels_for(facts: Facts, chosen: list[str] | None) -> list[Component]:
    """Give the panels below the map for the chosen counties."""
    return still(create_panels(facts, known_codes(facts, chosen)))


@kept(2)
def all_context(facts: Facts) -> list[Component]:
    """Give the whole list of context, which takes long to make, once for each edition."""
    return still(create_context(facts, (), everything=True).children)


def told_error(error: Exception) -> Component:
    """Log an error of ours and give the page that says so, without its detail."""
    logging.error("A page could not be made, request %s", request_id(), exc_info=error)
    return titled(create_error_page(request_id()))


Private = Mapping[str, Callable[[str], Component]]
"""Pages for one person: by path, from the query."""


def register_pages(
    app: Dash, keeper: Keeper, library: Library, private: Private | None = None
) -> None:
    """Register the callbacks that ask the server."""
    own = private or {}

    @app.callback(
        Output(ids.PAGE, "children"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        on_error=told_error,
    )
    def show_page(path: str | None, search: str | None) -> Component:
        if path == "/" and list(ctx.triggered_prop_ids) == [f"{ids.URL}.search"]:
            raise PreventUpdate  # the map follows its address in the browser
        if make := own.get(path or ""):
            return make(search or "")
        return page_for(held_now(keeper, library), path or "/", search or "")

    @app.callback(
        Output(ids.SIDE, "children"),
        Input(ids.COUNTIES, "value"),
        State(ids.DAY, "data"),
        prevent_initial_call=True,
        on_error=told_error,
    )
    def show_side(chosen: list[str] | None, day: str | None) -> list[Component]:
        return side_for(keeper.facts(), chosen, day)

    @app.callback(
        Output(ids.PANELS, "children"),
        Input(ids.COUNTIES, "value"),
        Input(ids.WANTED, "data"),
        prevent_initial_call=True,
        on_error=told_error,
    )
    def show_panels(chosen: list[str] | None, wanted: bool | None) -> list[Component]:
        if not wanted:
            raise PreventUpdate
        return panels_for(keeper.facts(), chosen)

    @app.callback(
        Output(ids.CONTEXT, "children"),
        Input(ids.MORE_CONTEXT, "n_clicks"),
        prevent_initial_call=True,
    )
    def show_more_context(clicks: int | None) -> list[Component]:
        if not clicks:
            raise PreventUpdate
        return all_context(keeper.facts())
