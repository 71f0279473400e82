"""Pages by address, and the panels that follow the chosen counties."""

from __future__ import annotations

import logging
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.asked import may_change, upload_limit
from data.dates import today
from data.facts import Facts
from data.keeper import Keeper
from data.library import Library
from data.read import Problem
from data.series import CountySeries
from layouts import ids
from layouts.address import View, check_day, read_view
from layouts.pages.county import create_county_page
from layouts.pages.data import create_data_page
from layouts.pages.map import create_map_page, create_panels, create_side
from layouts.pages.missing import create_error_page, create_missing_page
from layouts.pages.series import create_check_page, create_series_page
from layouts.pages.trends import create_trends_page
from layouts.parts.trends import create_context
from layouts.static import still
from layouts.trend_address import measure_names, read_trend_view


def page_name(path: str, facts: Facts) -> str:
    """Name the page at an address: map, county, trends, series, check, data or missing."""
    match path.rstrip("/").split("/"):
        case [""]:
            return "map"
        case ["", "data" | "trends" | "series" as name]:
            return name
        case ["", "series", "check"]:
            return "check"
        case ["", "county", fips] if fips in facts.county_names:
            return "county"
        case _:
            return "missing"


class Held(NamedTuple):
    """All that pages are made from besides their address."""

    facts: Facts
    problems: tuple[Problem, ...]
    loaded: tuple[CountySeries, ...]
    damaged: tuple[str, ...]
    may_change: bool
    now: date


@lru_cache(maxsize=8)
def page_for(held: Held, path: str, search: str) -> Component:
    """Make the page at an address; a component once given must not be changed."""
    facts = held.facts
    view = read_view(search, facts, held.now, measure_names(held.loaded))
    match page_name(path, facts):
        case "map":
            page = create_map_page(facts, view, held.now, held.loaded)
        case "data":
            page = create_data_page(facts, held.problems)
        case "county":
            page = create_county_page(facts, path.rstrip("/").split("/")[-1], view, held.now)
        case "trends":
            page = create_trends_page(
                facts, held.loaded, read_trend_view(search, facts, held.loaded)
            )
        case "series":
            page = create_series_page(held.loaded, held.damaged, held.may_change, upload_limit())
        case "check":
            page = create_check_page(search)
        case _:
            page = create_missing_page(path)
    return still(page)


def held_now(keeper: Keeper, library: Library) -> Held:
    """Give what the present request's page is made from."""
    loaded = tuple(library.all())
    return Held(keeper.facts(), keeper.problems, loaded, library.problems, may_change(), today())


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


def told_error(error: Exception) -> Component:
    """Log an error of ours and give the page that says so, without its detail."""
    logging.error("A page could not be made", exc_info=error)
    return create_error_page()


def register_pages(app: Dash, keeper: Keeper, library: Library) -> None:
    """Register the callbacks that ask the server."""

    @app.callback(
        Output(ids.PAGE, "children"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        on_error=told_error,
    )
    def show_page(path: str | None, search: str | None) -> Component:
        if path == "/" and list(ctx.triggered_prop_ids) == [f"{ids.URL}.search"]:
            raise PreventUpdate  # the map follows its address in the browser
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
        return still(create_context(keeper.facts(), (), everything=True).children)
