"""What readers may do without an account: try a table, report a correction, watch for editions."""

from __future__ import annotations

import json

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from callbacks.answers import NEVER_KEPT, send_text
from callbacks.forms import FORM_ROOM, day_of_maps, page_answer
from callbacks.limits import costly
from data.dates import today
from data.editions.folder import Keeper
from data.language import ENGLISH, say, speaking
from data.settings import setting
from data.stewards.draft import checking_time, read_draft
from data.stewards.draft_sheets import MOST_BYTES, DraftError, shown
from data.stewards.drafted import review
from layouts.pages.tried import create_correct_page, create_try_answer, create_try_page

TRY, CORRECT, EDITION = "/try", "/correct", "/edition"


def register_visitors(server: Flask, keeper: Keeper) -> None:
    """Register the addresses."""

    @server.get(EDITION)
    def edition() -> Response:
        told = json.dumps({"edition": keeper.facts().edition})
        return send_text(told, "application/json", NEVER_KEPT)

    @server.get(CORRECT)
    def correct() -> Response:
        facts = keeper.facts()
        county = request.args.get("county", "")
        page = create_correct_page(
            facts.county_names, facts.edition, setting("CORRECTIONS_MAIL"), county
        )
        return page_answer(facts, page)

    @server.get(TRY)
    def try_form() -> Response:
        return page_answer(keeper.facts(), create_try_page(MOST_BYTES, today()))

    @server.post(TRY)
    @costly
    def tried() -> Response:
        answer = _tried(keeper)
        answer.headers["Cache-Control"] = NEVER_KEPT
        return answer


def _tried(keeper: Keeper) -> Response:
    """Look at a file for this one answer; nothing of it is kept."""
    facts = keeper.facts()

    def refused(words: str, status: int = 400, said: bool = True) -> Response:
        return page_answer(facts, create_try_page(MOST_BYTES, today(), words, said), status)

    request.max_content_length = MOST_BYTES + FORM_ROOM
    try:
        sent = request.files.get("file")
    except RequestEntityTooLarge:
        most = MOST_BYTES // 1_000_000
        return refused(say("The file is larger than {most} MB.", most=most), 413)
    if sent is None or not sent.filename:
        return refused(say("No file came with the form. Choose one first."))
    day = day_of_maps()
    try:
        with checking_time(sent.filename), speaking(ENGLISH):  # as all that is told of tables
            draft = read_draft(sent.filename, sent.stream.read(MOST_BYTES + 1), facts)
            found = review(draft.tables, facts, day, (draft.facts, draft.problems))
    except DraftError as error:
        return refused(str(error), said=False)
    page = create_try_answer(
        shown(sent.filename), found, draft.notes, sorted(draft.tables), day, MOST_BYTES
    )
    return page_answer(facts, page)
