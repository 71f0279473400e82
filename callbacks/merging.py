"""Two stewards at once: the second merges the draft with what was published meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from callbacks.drafting import Work, facts_of, merged_with, newest_edition, work_of
from callbacks.forms import asked_version, steward_answer
from callbacks.session import HOME, csrf_field, keep_own_draft, steward_only
from callbacks.steward import MERGE
from data.editions import Edition
from data.editions.changes import changes
from data.editions.folder import Keeper
from data.editions.merge import MergeError, settle
from data.stewards.drafted import draft_texts
from layouts.pages.merge import SIDES, create_merge_page
from layouts.static import Input


def register_merge(server: Flask, keeper: Keeper) -> None:
    """Register the page on which a draft is merged, and its form."""

    @server.get(MERGE)
    @steward_only
    def merge_page() -> Response | Redirect:
        found = _to_merge(keeper)
        return _merge_answer(keeper, *found) if found else redirect(HOME, 303)

    @server.post(MERGE)
    @steward_only
    def merge_sent() -> Response | Redirect:
        found = _to_merge(keeper)
        if found is None:
            return redirect(HOME, 303)
        work, newest = found
        if asked_version() != work.version or request.form.get("newest") != str(newest.number):
            words = "Your draft or the newest edition changed meanwhile. Look again, then choose."
            return _merge_answer(keeper, work, newest, words, 409)
        merged = merged_with(keeper, work, newest)
        try:
            tables = settle(merged, _sides(len(merged.clashes)))  # type: ignore[arg-type]
        except MergeError:
            words = "Choose for each place whose words stand; nothing was merged yet."
            return _merge_answer(keeper, work, newest, words, 400)
        kept = draft_texts(tables, facts_of(keeper, newest))
        keep_own_draft(newest.number, kept, after=work.version)
        return redirect(HOME, 303)


def _to_merge(keeper: Keeper) -> tuple[Work, Edition] | None:
    """Give the draft and the newest edition, where the draft was made from an earlier one."""
    work, newest = work_of(keeper), newest_edition(keeper)
    return None if work.base.number == newest.number else (work, newest)


def _sides(count: int) -> list[str]:
    """Read the choice for each clash; the one for the rest stands in where there is none."""
    rest = request.form.get("rest", "")
    return [request.form.get(f"c{place}", rest) for place in range(count)]


def _merge_answer(
    keeper: Keeper, work: Work, newest: Edition, told: str = "", status: int = 200
) -> Response:
    merged = merged_with(keeper, work, newest)
    theirs = changes(work.facts, facts_of(keeper, newest))
    chosen = {name: side for name, side in request.form.items() if side in SIDES}
    fields: Sequence[Any] = [
        csrf_field(),
        Input(name="version", type="hidden", value=str(work.version)),
        Input(name="newest", type="hidden", value=str(newest.number)),
    ]
    page = create_merge_page(newest, theirs, merged.clashes, fields, chosen, told)
    return steward_answer(keeper, page, status)
