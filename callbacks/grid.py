"""The stewards' grid: its page, the check of a cell as it is typed, and the rows that are saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from dash.development.base_component import Component
from flask import Response, jsonify, redirect, request
from werkzeug.wrappers import Response as Redirect

from callbacks.asked import asked_query
from callbacks.document import AtlasDash
from callbacks.drafting import Work, review_of, work_of
from callbacks.session import HOME, csrf_token, keep_own_draft, signed_in, steward_only
from data.dates import today
from data.editions import StoreError, Unreachable
from data.editions.changes import summary
from data.editions.folder import Keeper
from data.editions.matching import columns_of
from data.stewards.cells import cell_meaning, cell_problem, normal_cell
from data.stewards.draft_sheets import MOST_BYTES
from data.stewards.drafted import RowsError, row_problems, rows_frame, with_table
from layouts.pages.grid import Sheet, create_grid_page
from layouts.pages.missing import create_missing_page
from layouts.parts.steward import EDIT
from layouts.shell import titled
from layouts.static import still

MOVED = (
    "Your draft changed in another window. Copy what you typed, load this page again and type it "
    "there."
)


def grid_page(keeper: Keeper, search: str) -> Component:
    """Make the page of the grid for who is signed in; the missing page for all others."""
    asked = parse_qs(search.lstrip("?")).get("table", [""])[-1]
    if not signed_in() or not columns_of(asked):
        return create_missing_page(EDIT)
    work = work_of(keeper)
    review = review_of(work, today())
    sheet = Sheet(
        table=asked,
        tables=work.tables,
        problems=row_problems(review.problems, asked),
        base=work.base.number,
        version=work.version,
        csrf=csrf_token(),
    )
    page: Component = still(titled(create_grid_page(sheet)))
    return page


def register_grid(app: AtlasDash, keeper: Keeper) -> None:
    """Register the addresses of the grid."""
    server = app.server

    @server.get(EDIT)
    @steward_only
    def edit() -> Response | Redirect:
        if not columns_of(request.args.get("table", "")):
            return redirect(HOME, 303)
        return app.private(grid_page(keeper, asked_query()))

    @server.get(f"{HOME}/token")
    @steward_only
    def token() -> Response:
        return jsonify(csrf=csrf_token())

    @server.get(f"{HOME}/cell")
    @steward_only
    def cell() -> Response:
        table, column, text = (request.args.get(n, "") for n in ("table", "column", "text"))
        told = {
            "problem": cell_problem(table, column, text, work_of(keeper).tables) or "",
            "meaning": cell_meaning(table, column, text) if text else "",
            "normal": normal_cell(table, column, text),
        }
        return jsonify(told)

    @server.post(f"{HOME}/rows")
    @steward_only(most=MOST_BYTES)
    def rows() -> tuple[Response, int]:
        return _save(keeper, request.get_json(silent=True))


def _save(keeper: Keeper, sent: Any) -> tuple[Response, int]:
    """Take what the grid sent, if it was made from the draft as it is."""
    if not isinstance(sent, dict):
        return _refused("The rows did not arrive whole; save them again.", 400)
    work = work_of(keeper)
    if (sent.get("base"), sent.get("version")) != (work.base.number, work.version):
        return _refused(MOVED, 409)
    try:
        return _saved(work, str(sent.get("table")), sent.get("rows"))
    except RowsError as error:
        return _refused(str(error), 400)
    except Unreachable:
        raise
    except StoreError as error:
        return _refused(str(error), 409)


def _saved(work: Work, table: str, rows: Any) -> tuple[Response, int]:
    """Put the rows into the draft, and say what is wrong with them and what they change."""
    texts = with_table(work.texts, table, rows_frame(table, rows), work.facts)
    kept = keep_own_draft(work.base.number, texts, after=work.version)
    review = review_of(Work(work.base, work.facts, texts, kept.version), today())
    others = len(review.problems) - len(found := row_problems(review.problems, table))
    told = {
        "version": kept.version,
        "problems": found,
        "others": others,
        "changes": summary(review.changes),
    }
    return jsonify(told), 200


def _refused(words: str, status: int) -> tuple[Response, int]:
    return jsonify(words=words), status
