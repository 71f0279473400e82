"""Pages of plain forms, which live without Dash: how they are answered, and what they ask."""

from __future__ import annotations

from datetime import date

from dash.development.base_component import Component
from flask import Response, request

from callbacks.language import other_languages
from callbacks.session import csrf_field, signed_in
from data.dates import today
from data.editions.folder import Keeper
from data.facts import Facts
from layouts.address import check_day
from layouts.document import form_document
from layouts.exports.html import to_html
from layouts.pages.steward import create_frame
from layouts.shell import title_of, titled
from layouts.static import local_links, write_link

FORM_ROOM = 100_000
"""Bytes of a form beside the file in it."""


def page_answer(facts: Facts, page: Component, status: int = 200, who: str = "") -> Response:
    """Answer with a page of forms; ``who`` is the steward signed in."""
    titled(page)
    frame = create_frame(facts, page, who, csrf_field() if who else None, other_languages())
    local_links(frame)
    text = to_html(frame, {"Link": write_link})
    return Response(form_document(text, title_of(page)), status, mimetype="text/html")


def steward_answer(keeper: Keeper, page: Component, status: int = 200) -> Response:
    """Answer who is signed in with a page of forms."""
    return page_answer(keeper.facts(), page, status, signed_in() or "")


def day_of_maps() -> date:
    """Read the day of the maps from the address or the form; today where it names no good one."""
    return check_day(request.values.get("date", ""), today())[0]


def asked_version() -> int:
    """Read which draft a form was made from; -1 where it does not say."""
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
