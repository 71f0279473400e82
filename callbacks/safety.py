"""What keeps readers safe: headers, errors without detail, known hosts, calls made by hand."""

from __future__ import annotations

import base64
import hashlib
import logging
import re

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from callbacks.answers import BadParameter, refusal
from callbacks.calls import BadCall, check_call
from callbacks.watch import request_id
from data.settings import setting, whole
from layouts.document import chart_scripts

CALL_URL = "/_dash-update-component"
_SCRIPT = re.compile(r"<script(?: [^>]*)?>(.+?)</script>", re.DOTALL)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every answer."""
PICTURE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""For an SVG that is opened by itself: it is a document too, and may run nothing."""


def register_safety(app: Dash) -> None:
    """Register all that keeps readers safe; last, once every address and callback is there."""
    register_hosts(app.server)
    register_headers(app)
    register_errors(app.server)
    register_calls(app)


def register_hosts(server: Flask) -> None:
    """Believe the proxies that the setting PROXIES counts, and only names that HOSTS lists."""
    if count := whole("PROXIES"):
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    if names := [name.strip() for name in setting("HOSTS").split(",") if name.strip()]:
        server.config["TRUSTED_HOSTS"] = names


def digest(script: str) -> str:
    """Give the word by which a policy allows one inline script."""
    code = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{code}'"


def page_policy(renderer: str) -> str:
    """Write the policy for HTML: only our own scripts, styles, pictures and requests.

    The inline scripts that are allowed are those we write ourselves, not those that a document
    turns out to hold: a script that slips through into a page never runs. Styles may be inline,
    as colors and places stand in style attributes all over the map, the charts and Dash's own
    elements; a style cannot run code, nor, as nothing is loaded from other hosts, tell anyone.

    Parameters
    ----------
    renderer
        The script by which Dash starts.
    """
    scripts = [*_SCRIPT.findall(chart_scripts()[1]), renderer]
    allowed = setting("EMBED")
    parts = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *map(digest, scripts)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "font-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": allowed if allowed == "*" else f"'self' {allowed}".strip(),
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def register_headers(app: Dash) -> None:
    """Put the headers of safety on every answer."""
    policies = {"text/html": page_policy(app.renderer), "image/svg+xml": PICTURE_POLICY}
    tls_only = whole("HSTS")

    @app.server.after_request
    def safe(answer: Response) -> Response:
        answer.headers.update(ALWAYS)
        # Other sites may show our pictures and read our tables; pages and scripts are our own.
        public = request.path.startswith("/download/")
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if public else "same-origin"
        if policy := policies.get(answer.mimetype or ""):
            answer.headers["Content-Security-Policy"] = policy
        if tls_only:
            answer.headers["Strict-Transport-Security"] = f"max-age={tls_only}"
        return answer


def register_errors(server: Flask) -> None:
    """Register what is answered when a parameter is bad, or we fail."""

    @server.errorhandler(BadParameter)
    @server.errorhandler(BadCall)
    def bad(error: Exception) -> Response:
        return refusal(str(error), error.status if isinstance(error, BadCall) else 400)

    @server.errorhandler(DependencyException)
    def no_script(_: DependencyException) -> Response:
        # Dash raises this for a script that it does not have, and answers nothing itself.
        return refusal("There is no such file.", 404)

    @server.errorhandler(SecurityError)
    def unknown_name(_: SecurityError) -> Response:
        return refusal("The atlas is not known by the name that was asked for.", 400)

    @server.errorhandler(Exception)
    def unexpected(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        logging.exception("Unexpected error at %r, request %s", request.path, request_id())
        words = (
            "Something went wrong on our side. It was noted; please try again, "
            f"or tell us its number: {request_id()}."
        )
        return refusal(words, 500)


def register_calls(app: Dash) -> None:
    """Let only well-formed requests through to the callbacks."""
    views = app.server.view_functions
    dispatch = views[CALL_URL]

    def checked() -> Response:
        check_call(request, app.callback_map)
        answer: Response = dispatch()
        return answer

    views[CALL_URL] = checked
