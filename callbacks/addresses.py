"""The plain addresses of the server: health, downloads, shapes."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, abort, jsonify, request

from callbacks.answers import FOR_GOOD, BadParameter, send_file, send_text
from callbacks.asked import asked_day
from data.dates import today
from data.editions.folder import Keeper
from data.frame import adoption_csv
from data.harmless import csv_text
from data.measures.layers import LEAD, layer_on
from data.schema import whole_dictionary
from data.series.library import Library
from data.services.known import partnerships_csv
from geo import geojson_asset
from layouts.document import ICON, KEPT_URL, plain_asset, script_asset, steward_asset
from layouts.exports.names import kept_name
from layouts.exports.svg import map_svg
from layouts.trend_address import measure_names


def health(keeper: Keeper) -> dict[str, Any]:
    """Tell which edition is shown; for a published one also its number, and any trouble."""
    state = keeper.state()
    told = {"status": "ok", "edition": state.edition, "problems": len(keeper.problems)}
    if state.number:
        told |= {"number": state.number, "at": state.at.isoformat() if state.at else ""}
    if state.stale or state.notices:
        told |= {"stale": state.stale, "notices": list(state.notices)}
    return told


def register_addresses(server: Flask, keeper: Keeper, library: Library) -> None:
    """Register the addresses on the Flask server."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(health(keeper))

    @server.get("/download/adoption.csv")
    def download_adoption() -> Response:
        facts, day = keeper.facts(), asked_day()
        name = kept_name("adoption", day, facts.edition)
        return send_file(adoption_csv(facts, day), "text/csv", f"{name}.csv")

    @server.get("/download/partnerships.csv")
    def download_partnerships() -> Response:
        facts, day = keeper.facts(), asked_day()
        name = kept_name("partnerships", day, facts.edition)
        return send_file(partnerships_csv(facts, day), "text/csv", f"{name}.csv")

    @server.get("/download/programs.csv")
    def download_programs() -> Response:
        facts = keeper.facts()
        name = kept_name("programs", edition=facts.edition)
        return send_file(csv_text(facts.adoption), "text/csv", f"{name}.csv")

    @server.get("/download/tables/<table>.csv")
    def download_table(table: str) -> Response:
        facts = keeper.facts()
        held = {**facts.tables, "dictionary": whole_dictionary()}
        if table not in held:
            abort(404)
        name = kept_name(table, edition=facts.edition)
        return send_file(csv_text(held[table]), "text/csv", f"{name}.csv")

    @server.get("/download/map.svg")
    def download_map() -> Response:
        facts, day, loaded = keeper.facts(), asked_day(), library.all()
        name = request.args.get("layer", LEAD)
        if name != LEAD and name not in measure_names(loaded):
            raise BadParameter(f"There is no layer “{name[:60]}”.")
        layer = layer_on(facts, loaded, name, day, today())
        kept_as = kept_name("lead-map" if name == LEAD else f"map-{name}", day)
        return send_file(map_svg(facts, day, layer), "image/svg+xml", f"{kept_as}.svg")

    _register_kept(server)


def _register_kept(server: Flask) -> None:
    """Register what pages bring in: files whose name changes with them, and the icon."""

    @server.get("/favicon.ico")
    def icon() -> Response:
        # Browsers ask for it beside what is no page, as a download.
        return send_text(unquote(ICON.partition(",")[2]), "image/svg+xml", FOR_GOOD)

    @server.get(f"{KEPT_URL}<name>")
    def kept(name: str) -> Response:
        shapes, scripts = geojson_asset(), (script_asset(), plain_asset(), steward_asset())
        kinds = {shapes: "application/json", **dict.fromkeys(scripts, "text/javascript")}
        for asset, mimetype in kinds.items():
            if asset.name == name:
                return send_text(asset.text, mimetype, FOR_GOOD)
        abort(404)
