"""The stewards' pages: sign in, look a draft over, hand a file in, merge, publish, restore.

Pages are asked for by GET. What changes something is sent by POST with the token of the session
and answered by a redirect, or by the page with a sentence on why nothing was changed.
"""

from __future__ import annotations

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from callbacks.drafting import (
    Work,
    history,
    newest_edition,
    review_of,
    rows_of_tables,
    work_of,
)
from callbacks.forms import FORM_ROOM, asked_version, day_of_maps, page_answer, steward_answer
from callbacks.limits import costly
from callbacks.session import (
    HOME,
    OIDC_REFUSED,
    SIGN_IN,
    csrf_field,
    drop_own_draft,
    keep_own_draft,
    next_page,
    note_published,
    oidc_offered,
    sign_in,
    sign_out,
    signed_in,
    steward_only,
    store,
    with_accounts,
)
from data.dates import today
from data.editions import Conflict, Edition, StoreError, Unreachable
from data.editions.folder import Keeper
from data.facts import Facts
from data.harmless import csv_text, harmless_csv
from data.packing import zipped
from data.read import Problem
from data.stewards.draft import Draft, check_draft, read_draft
from data.stewards.draft_sheets import MOST_BYTES, DraftError, shown
from data.stewards.drafted import draft_texts
from layouts.pages.steward import Desk, create_desk, create_read, create_sign_in

MERGE = f"{HOME}/merge"
MOVED = "Your draft changed in another window. Look at it as it is now, then go on."


def register_steward(server: Flask, keeper: Keeper) -> None:
    """Register the stewards' addresses; there is nothing at them while there is no account."""
    _register_sign_in(server, keeper)
    _register_desk(server, keeper)
    _register_draft(server, keeper)
    _register_publish(server, keeper)


def _register_sign_in(server: Flask, keeper: Keeper) -> None:
    def form(words: str, status: int = 200) -> Response:
        name = request.form.get("name", "")[:200]
        page = create_sign_in(csrf_field(), next_page(), words, name, oidc_offered())
        return page_answer(keeper.facts(), page, status)

    @server.get(SIGN_IN)
    @with_accounts
    def sign_in_form() -> Response | Redirect:
        if signed_in():
            return redirect(next_page(), 303)
        return form(OIDC_REFUSED if "refused" in request.args else "")

    @server.post(SIGN_IN)
    @costly
    @with_accounts
    def sign_in_sent() -> Response | Redirect:
        outcome = sign_in(request.form.get("name", ""), request.form.get("password", ""))
        if outcome.name:
            return redirect(next_page(), 303)
        answer = form(outcome.words, outcome.status)
        if outcome.wait:
            answer.headers["Retry-After"] = str(outcome.wait)
        return answer

    @server.post(f"{HOME}/sign-out")
    @steward_only
    def sign_out_sent() -> Redirect:
        sign_out()
        return redirect(SIGN_IN, 303)


def desk_answer(
    keeper: Keeper, told: str = "", status: int = 200, good: bool = False, note: str = ""
) -> Response:
    """Answer with the desk; ``told`` is the sentence on what was just asked for."""
    work, newest = work_of(keeper), newest_edition(keeper)
    past, more = history(request.args.get("history") == "all")
    desk = Desk(
        name=signed_in() or "",
        version=work.version,
        base=work.base,
        newest=newest,
        review=review_of(work, day := day_of_maps()),
        rows=rows_of_tables(work),
        past=past,
        csrf=csrf_field(),
        day=day,
        limit=MOST_BYTES,
        told=told,
        good=good,
        note=note,
        more=more,
    )
    return steward_answer(keeper, create_desk(desk), status)


def _register_desk(server: Flask, keeper: Keeper) -> None:
    @server.get(HOME)
    @steward_only
    def desk() -> Response:
        newest = newest_edition(keeper)
        published = request.args.get("published") == str(newest.number)
        if published and newest.author == signed_in():
            words = f"Edition {newest.number} is published: “{newest.note}”."
            return desk_answer(keeper, words, good=True)
        return desk_answer(keeper)

    @server.get(f"{HOME}/draft.zip")
    @steward_only
    def draft_zip() -> Response:
        tables = work_of(keeper).tables
        return _zip({name: csv_text(frame) for name, frame in tables.items()}, "draft.zip")

    @server.get(f"{HOME}/editions/<int:number>.zip")
    @steward_only
    def edition_zip(number: int) -> Response:
        texts = store().texts(number)
        safe = {name: harmless_csv(text) for name, text in texts.items()}
        return _zip(safe, f"edition-{number}.zip")


def _zip(texts: dict[str, str], name: str) -> Response:
    files = {f"{name}.csv": text for name, text in texts.items()}
    answer = Response(zipped(files), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _register_draft(server: Flask, keeper: Keeper) -> None:
    @server.post(f"{HOME}/upload")
    @steward_only(most=MOST_BYTES + FORM_ROOM)
    def steward_upload() -> Response | Redirect:
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return desk_answer(keeper, "No file came with the form. Choose one first.", 400)
        work = work_of(keeper)
        if asked_version() != work.version:
            return desk_answer(keeper, MOVED, 409)
        return _take(keeper, work, sent.filename, sent.stream.read(MOST_BYTES + 1))

    @server.post(f"{HOME}/drop")
    @steward_only
    def steward_drop() -> Response | Redirect:
        if not drop_own_draft(after=asked_version()):
            return desk_answer(keeper, MOVED, 409)
        return redirect(HOME, 303)


def _take(keeper: Keeper, work: Work, name: str, content: bytes) -> Response | Redirect:
    """Put the tables of a file into the draft; a file that cannot be kept whole is refused.

    What a draft of text cannot hold, as a formula or a table without its columns, is told at once
    and nothing of the file is kept, or it would be gone unseen.
    """
    try:
        draft = read_draft(name, content, work.whole)
    except DraftError as error:
        return desk_answer(keeper, str(error), 400)
    if not draft.tables or (draft.problems and _lost(draft, work)):
        page = create_read(shown(name), draft.problems, draft.notes, kept=False)
        return steward_answer(keeper, page, 400)
    others = {table: text for table, text in work.texts.items() if table not in draft.tables}
    texts = others | draft_texts(draft.tables, work.facts)
    keep_own_draft(work.base.number, texts, after=work.version)
    if not draft.notes:
        return redirect(HOME, 303)
    page = create_read(shown(name), [], draft.notes, kept=True)
    return steward_answer(keeper, page)


def _lost(draft: Draft, work: Work) -> set[Problem]:
    """Give the problems of a file that its tables alone do not tell."""
    return set(draft.problems) - set(check_draft(draft.tables, work.whole)[1])


def _register_publish(server: Flask, keeper: Keeper) -> None:
    @server.post(f"{HOME}/publish")
    @steward_only
    def publish() -> Response | Redirect:
        work, note = work_of(keeper), request.form.get("note", "")
        if asked_version() != work.version or not work.version:
            return desk_answer(keeper, MOVED, 409, note=note)
        review = review_of(work, today())
        if review.facts is None or not review.changes:
            words = "The draft cannot be published yet; see what stands below."
            return desk_answer(keeper, words, 409, note=note)
        return _publish(keeper, review.facts, work, note)

    @server.post(f"{HOME}/restore")
    @steward_only
    def restore() -> Response | Redirect:
        number, newest = request.form.get("number", ""), newest_edition(keeper)
        if request.form.get("newest") != str(newest.number) or not number.isdecimal():
            words = "Another edition was published meanwhile. Look at the history, then restore."
            return desk_answer(keeper, words, 409)
        return _restore(keeper, int(number[:9]), request.form.get("note", ""))


def _publish(keeper: Keeper, facts: Facts, work: Work, note: str) -> Response | Redirect:
    """Publish a draft; where another was faster, the way leads to the merging.

    A draft that another window kept meanwhile stays, to be merged with what is published here.
    """
    parent, author = work.base.number, signed_in() or ""
    try:
        edition = store().publish(facts, parent=parent, author=author, note=note)
    except Conflict:
        return redirect(MERGE, 303)
    except Unreachable:
        raise
    except StoreError as error:
        return desk_answer(keeper, str(error), 400, note=note)
    drop_own_draft(after=work.version)
    return _published(edition)


def _restore(keeper: Keeper, number: int, note: str) -> Response | Redirect:
    """Publish the tables of an earlier edition again."""
    try:
        edition = store().rollback(number, author=signed_in() or "", note=note)
    except Unreachable:
        raise
    except StoreError as error:
        return desk_answer(keeper, str(error), 400)
    return _published(edition)


def _published(edition: Edition) -> Redirect:
    note_published(str(edition))
    return redirect(f"{HOME}?published={edition.number}", 303)
