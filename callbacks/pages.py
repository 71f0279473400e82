"""Pages by address, and the panels that follow the chosen counties."""

from __future__ import annotations

import logging
from datetime import date
from functools import lru_cache

from dash import Dash, Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from data.dates import today
from data.facts import Facts
from data.keeper import Keeper
from data.read import Problem
from layouts import ids
from layouts.address import View, check_day, read_view
from layouts.pages.county import create_county_page
from layouts.pages.data import create_data_page
from layouts.pages.map import create_map_page, create_panels, create_side
from layouts.pages.missing import create_error_page, create_missing_page
from layouts.parts.trends import create_context
from layouts.static import still


def page_name(path: str, facts: Facts) -> str:
    """Name the page at an address: map, data, county or missing."""
    match path.rstrip("/").split("/"):
        case [""]:
            return "map"
        case ["", "data"]:
            return "data"
        case ["", "county", fips] if fips in facts.county_names:
            return "county"
        case _:
            return "missing"


@lru_cache(maxsize=8)
def page_for(
    facts: Facts, problems: tuple[Problem, ...], path: str, search: str, now: date
) -> Component:
    """Make the page at an address; a component once given must not be changed."""
    view = read_view(search, facts, now)
    match page_name(path, facts):
        case "map":
            page = create_map_page(facts, view, now)
        case "data":
            page = create_data_page(facts, problems)
        case "county":
            page = create_county_page(facts, path.rstrip("/").split("/")[-1], view, now)
        case _:
            page = create_missing_page(path)
    return still(page)


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


def register_pages(app: Dash, keeper: Keeper) -> None:
    """Register the callbacks that ask the server."""

    @app.callback(
        Output(ids.PAGE, "children"),
        Input(ids.URL, "pathname"),
        State(ids.URL, "search"),
        on_error=told_error,
    )
    def show_page(path: str | None, search: str | None) -> Component:
        return page_for(keeper.facts(), keeper.problems, path or "/", search or "", today())

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
