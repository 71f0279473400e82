"""The plain addresses of the server: health, downloads, shapes, and errors without a trace."""

from __future__ import annotations

import logging
import os
from datetime import date

from flask import Flask, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from callbacks.answers import FOR_GOOD, BadParameter, send_file, send_text
from data.dates import today
from data.frame import adoption_csv
from data.keeper import Keeper
from data.layers import LEAD, layer_on
from data.library import Library
from geo import geojson_asset
from layouts.address import check_day
from layouts.document import KEPT_URL, plain_asset, script_asset
from layouts.exports.svg import map_svg
from layouts.trend_address import measure_names


def asked_day() -> date:
    """Read the ``date`` parameter of the request; raises BadParameter where it is no good day."""
    day, notice = check_day(request.args.get("date", ""), today())
    if notice:
        raise BadParameter(notice.split(";")[0] + ".")
    return day


def register_addresses(server: Flask, keeper: Keeper, library: Library) -> None:
    """Register the addresses on the Flask server."""

    @server.get("/healthz")
    def healthz() -> Response:
        facts = keeper.facts()
        return jsonify(status="ok", edition=facts.edition, problems=len(keeper.problems))

    @server.get("/download/adoption.csv")
    def download_adoption() -> Response:
        facts = keeper.facts()
        return send_file(adoption_csv(facts, asked_day()), "text/csv", "adoption.csv")

    @server.get("/download/programs.csv")
    def download_programs() -> Response:
        text = keeper.facts().adoption.to_csv(index=False, lineterminator="\n")
        return send_file(text, "text/csv", "programs.csv")

    @server.get("/download/map.svg")
    def download_map() -> Response:
        facts, day, loaded = keeper.facts(), asked_day(), library.all()
        name = request.args.get("layer", LEAD)
        if name != LEAD and name not in measure_names(loaded):
            raise BadParameter(f"There is no layer “{name[:60]}”.")
        layer = layer_on(facts, loaded, name, day, today())
        return send_file(map_svg(facts, day, layer), "image/svg+xml", "map.svg")

    @server.get(f"{KEPT_URL}<name>")
    def kept(name: str) -> Response:
        shapes, scripts = geojson_asset(), (script_asset(), plain_asset())
        kinds = {shapes: "application/json", **dict.fromkeys(scripts, "text/javascript")}
        for asset, mimetype in kinds.items():
            if asset.name == name:
                return send_text(asset.text, mimetype, FOR_GOOD)
        abort(404)


def register_frames(server: Flask) -> None:
    """Allow frames of other sites only where the setting EMBED names them (``*``: all)."""
    allowed = os.environ.get("EMBED", "").strip()
    policy = "frame-ancestors " + (allowed if allowed == "*" else f"'self' {allowed}".strip())

    @server.after_request
    def told(answer: Response) -> Response:
        if answer.mimetype == "text/html":
            answer.headers["Content-Security-Policy"] = policy
        return answer


def register_errors(server: Flask) -> None:
    """Register what is answered when a parameter is bad, or we fail."""

    @server.errorhandler(BadParameter)
    def bad_parameter(error: BadParameter) -> tuple[Response, int]:
        return Response(str(error) + "\n", mimetype="text/plain"), 400

    @server.errorhandler(Exception)
    def unexpected(error: Exception) -> Response | tuple[Response, int] | HTTPException:
        if isinstance(error, HTTPException):
            return error
        logging.exception("Unexpected error at %s", request.path)
        words = "Something went wrong on our side. It was noted; please try again.\n"
        return Response(words, mimetype="text/plain"), 500
