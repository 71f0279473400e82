"""County series: files sent, looked into, used and removed; and the panels made from them."""

from __future__ import annotations

from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import Flask, Response, abort, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Redirect

from callbacks.answers import BadParameter, refusal, send_file
from callbacks.asked import asked_query, check_sender, may_change, upload_limit
from callbacks.limits import costly
from data.editions.folder import Keeper
from data.language import ENGLISH, say, say_number, speaking
from data.measures.effect import EffectError
from data.measures.observed import effect_csv, find
from data.measures.trend import trend_csv
from data.publishers import read_series
from data.publishers.reading import reading_time
from data.series import SeriesError
from data.series.library import Library
from layouts import ids
from layouts.address import local
from layouts.exports.names import kept_name
from layouts.pages.series import asked_of, create_check, read_mapping
from layouts.pages.trends import trend_of
from layouts.parts.attributes import in_english
from layouts.parts.effect import create_effect, options_of
from layouts.static import still
from layouts.trend_address import TrendView, read_trend_view


def register_series(server: Flask, library: Library) -> None:
    """Register the addresses that forms are sent to."""

    @server.post("/series/upload")
    @costly
    def upload() -> Response | Redirect:
        check_sender()
        request.max_content_length = upload_limit() + 10_000
        try:
            sent = request.files.get("file")
        except RequestEntityTooLarge:
            size = say_number(upload_limit() / 1e6)
            return refusal(say("The file is larger than {size} MB.", size=size), 413)
        if sent is None or not sent.filename:
            return refusal(say("No file came with the form. Choose one and send it again."), 400)
        try:
            token = library.uploads.hold(sent.stream, sent.filename, upload_limit())  # type: ignore[arg-type]
        except SeriesError as error:
            return refusal(str(error), 400)
        return redirect(local(f"/series/check?file={token}"), 303)

    @server.post("/series/use")
    @costly
    def use() -> Response | Redirect:
        check_sender()
        try:
            path = library.uploads.held(request.form.get("file", ""))
            with reading_time(path.name), speaking(ENGLISH):  # a file's words are kept as read
                found = read_series(path, path.name, read_mapping(request.form))
            series = library.add(found)
        except SeriesError as error:
            return refusal(str(error), 400)
        library.uploads.drop(request.form["file"])
        first = series.key(series.measures[0].name)
        return redirect(local(f"/trends?measure={first}"), 303)

    @server.post("/series/drop")
    def drop() -> Redirect:
        check_sender()
        library.uploads.drop(request.form.get("file", ""))
        return redirect(local("/series"), 303)

    @server.post("/series/remove/<name>")
    def remove(name: str) -> Response | Redirect:
        check_sender()
        try:
            library.remove(name)
        except SeriesError as error:
            return refusal(str(error), 400)
        return redirect(local("/series"), 303)


def register_panels(app: Dash, keeper: Keeper, library: Library) -> None:
    """Register the panels that take a while and so come after their page."""

    @app.callback(Output(ids.EFFECT, "children"), Input(ids.EFFECT_ASKED, "data"))
    def show_effect(search: str | None) -> Component:
        facts = keeper.facts()
        view = read_trend_view(search or "", facts, library.all())
        if view.series is None:
            raise PreventUpdate  # the series was removed since the page was loaded
        return still(create_effect(facts, view))

    @app.callback(Output(ids.FILE, "children"), Input(ids.FILE_ASKED, "data"))
    def show_file(search: str | None) -> Component:
        if not may_change():
            abort(403)
        try:
            path = library.uploads.held(asked_of(search or "").get("file", ""))
            with reading_time(path.name):
                return still(create_check(path, search or ""))
        except SeriesError as error:
            return html.P(str(error), className="warning", role="alert", **in_english())


def register_downloads(server: Flask, keeper: Keeper, library: Library) -> None:
    """Register the downloads of exactly what the panels draw."""

    def asked_view() -> TrendView:
        view = read_trend_view(asked_query(), keeper.facts(), library.all())
        if view.series is None or view.notices:
            raise BadParameter(view.notices[0] if view.notices else "No county series is loaded.")
        return view

    @server.get("/download/trend.csv")
    @costly
    def download_trend() -> Response:
        facts, view = keeper.facts(), asked_view()
        name = kept_name(view.named("trend"), edition=facts.edition)
        return send_file(trend_csv(trend_of(facts, view)), "text/csv", f"{name}.csv")

    @server.get("/download/effect.csv")
    @costly
    def download_effect() -> Response:
        facts, view = keeper.facts(), asked_view()
        try:
            series, measure = view.asked()
            found = find(facts, series, measure.name, options_of(view), view.each)
        except EffectError as error:
            raise BadParameter(str(error)) from None
        name = kept_name(view.named("effect"), edition=facts.edition)
        return send_file(effect_csv(found, facts.county_names), "text/csv", f"{name}.csv")
