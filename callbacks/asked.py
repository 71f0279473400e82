"""What the present request asks, who may load and remove files, and how large they may be."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import abort, request

from callbacks.answers import BadParameter
from data.dates import today
from data.settings import OFF, ON, number, setting, whole
from layouts.address import check_day

LOOPBACK = {"127.0.0.1", "::1"}
OWN_NAMES = {"localhost", "127.0.0.1", "::1"}
RELAYED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
"""Headers by which a proxy shows itself."""


def asked_query() -> str:
    """Give the query of the address, whatever bytes it holds."""
    return request.query_string.decode("utf-8", "replace")


def asked_day() -> date:
    """Read the parameter ``date`` of a download; raises BadParameter where it is no good day."""
    day, notice = check_day(request.values.get("date", ""), today())
    if notice:
        raise BadParameter.of(notice)
    return day


def upload_limit() -> int:
    """Give the size of the largest upload in bytes (setting MAX_UPLOAD_MB)."""
    return int(number("MAX_UPLOAD_MB") * 1_000_000)


def may_change() -> bool:
    """Tell whether the present request may load or remove files (setting UPLOADS).

    By itself only a browser on this very machine may; ``on`` allows all, ``off`` none. Behind
    proxies (setting PROXIES) every reader comes from elsewhere.
    """
    told = setting("UPLOADS")
    if told in (ON, OFF):
        return told == ON
    return (
        request.remote_addr in LOOPBACK
        and not whole("PROXIES")
        and not any(name in request.headers for name in RELAYED)
        and urlsplit(f"//{request.host}").hostname in OWN_NAMES
    )


def from_own_page() -> bool:
    """Tell whether the present request comes from a page of this site, as far as it says."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", request.host_url.rstrip("/"))
    return site in ("same-origin", "none") and urlsplit(origin).netloc == request.host


def check_sender() -> None:
    """Refuse a form that another site sent, or that nobody here may send."""
    if not (from_own_page() and may_change()):
        abort(403)
