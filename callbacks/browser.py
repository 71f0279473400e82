"""Callbacks that run in the browser; their bodies are in ``layouts/assets/4_callbacks.js``."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts import ids


def register_browser(app: Dash) -> None:
    """Register what follows the day without asking the server."""
    app.clientside_callback(
        ClientsideFunction("atlas", "begin"),
        Output(ids.TIMELINE, "id"),
        Input(ids.TIMELINE, "data"),
        State(ids.DAY, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "settle"),
        Output(ids.MAP, "figure"),
        Output(ids.HEADLINE, "children"),
        Output(ids.DETAIL, "children"),
        Output(ids.DATE, "value"),
        Input(ids.DAY, "data"),
        State(ids.MAP, "figure"),
        prevent_initial_call=True,
    )
    app.clientside_callback(ClientsideFunction("atlas", "choose"), Input(ids.COUNTIES, "value"))
    app.clientside_callback(ClientsideFunction("atlas", "arrive"), Input(ids.PAGE, "children"))
    app.clientside_callback(
        ClientsideFunction("atlas", "scheme"),
        Output(ids.PROVIDER, "forceColorScheme"),
        Input(ids.URL, "pathname"),
    )
