"""Who may load and remove files, and how large a file may be."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from flask import abort, request

LOOPBACK = {"127.0.0.1", "::1"}
OWN_NAMES = {"localhost", "127.0.0.1", "::1"}


def upload_limit() -> int:
    """Give the size of the largest upload in bytes (setting MAX_UPLOAD_MB)."""
    return int(float(os.environ.get("MAX_UPLOAD_MB", "300")) * 1_000_000)


def may_change() -> bool:
    """Tell whether the present request may load or remove files (setting UPLOADS).

    By itself only a browser on this very machine may; ``on`` allows all, ``off`` none.
    """
    setting = os.environ.get("UPLOADS", "")
    if setting in ("on", "off"):
        return setting == "on"
    return (
        request.remote_addr in LOOPBACK
        and "X-Forwarded-For" not in request.headers
        and urlsplit(f"//{request.host}").hostname in OWN_NAMES
    )


def check_sender() -> None:
    """Refuse a form that another site sent, or that nobody here may send."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", request.host_url.rstrip("/"))
    if site not in ("same-origin", "none") or urlsplit(origin).netloc != request.host:
        abort(403)
    if not may_change():
        abort(403)
