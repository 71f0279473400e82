"""Who is signed in: a signed cookie, checked in the database; forms that no other site can send.

Readers need no account, get no cookie and cost no question to the database.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, overload
from urllib.parse import quote

from flask import Flask, abort, current_app, make_response, redirect, request, session
from werkzeug.wrappers import Response as Answer

from callbacks.answers import NEVER_KEPT, refusal
from callbacks.asked import from_own_page
from callbacks.door import COOKIE, Door, StewardCookie, door_of
from data.editions import Damaged, Place, StoreError, StoreKeeper, Unreachable
from data.editions.folder import Keeper
from data.settings import SettingError, setting
from data.stewards import LIFETIME
from layouts.static import Input

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from data.editions.store import Store
    from data.stewards.accounts import Outcome
    from data.stewards.drafts_kept import KeptDraft

HOME, SIGN_IN = "/steward", "/steward/sign-in"
IDLE = timedelta(hours=1)
"""A session ends so long after it was last used, and LIFETIME after it began."""
SEEN_EVERY = 60
"""Seconds between two cookies that tell of use."""
SHORTEST_KEY = 16
"""Characters of the setting SECRET_KEY."""
FIELD, HEADER = "csrf", "X-CSRF-Token"
SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""
OIDC_REFUSED = "Your organization did not vouch for an account here. Try again, or use a password."
View = Callable[..., Any]


def register_session(
    server: Flask,
    keeper: Keeper,
    *,
    hasher: PasswordHasher | None = None,
    now: Callable[[], datetime] | None = None,
) -> None:
    """Let stewards sign in, where facts come from a database; raises SettingError."""
    where = keeper.place if isinstance(keeper, StoreKeeper) else None
    register_accounts(server, where, hasher=hasher, now=now)


def register_accounts(
    server: Flask,
    where: Place | None,
    *,
    hasher: PasswordHasher | None = None,
    now: Callable[[], datetime] | None = None,
) -> None:
    """Let those sign in who have an account in a database; raises SettingError.

    ``hasher`` and ``now`` are those of ``data.stewards.accounts.Accounts``.
    """
    from callbacks.oidc import register_oidc

    key = setting("SECRET_KEY")
    if key and len(key) < SHORTEST_KEY:
        raise SettingError(f"SECRET_KEY is too short; write {SHORTEST_KEY} characters or more.")
    server.extensions[COOKIE] = Door(where, hasher, now)
    server.session_interface = StewardCookie()
    server.config.update(
        SECRET_KEY=key or None,
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # links in mails still work; forms have tokens
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    register_oidc(server)


def accounts_known() -> bool:
    """Tell whether there is an account, without waiting for the database; a few seconds old."""
    return door_of(current_app).known()


def store() -> Store:
    """Give the database of this server; answers 404 where there is none."""
    if not door_of(current_app).where:
        abort(404)
    return door_of(current_app).accounts.store


def signed_in() -> str | None:
    """Give the name of the steward who is signed in; None where nobody is, or it is not known."""
    try:
        return _steward()
    except StoreError:
        return None


def _steward(fresh: bool = False) -> str | None:
    token, now = session.get("id"), door_of(current_app).now().timestamp()
    if not token or now - session.get("seen", 0) > IDLE.total_seconds():
        return None
    name = door_of(current_app).holder(token, fresh)
    if name and now - session["seen"] >= SEEN_EVERY:
        session["seen"] = int(now)
    return name


@overload
def steward_only(view: View) -> View: ...
@overload
def steward_only(view: None = None, *, most: int | None = None) -> Callable[[View], View]: ...


def steward_only(
    view: View | None = None, *, most: int | None = None
) -> View | Callable[[View], View]:
    """Let only a steward who is signed in through to a view; what they send must have a token.

    While there is no account, the view does not exist. ``most`` is the number of bytes that may
    be sent; by default as anywhere.
    """
    if view is None:
        return lambda one: _guarded(one, most, signed=True)
    return _guarded(view, most, signed=True)


def with_accounts(view: View) -> View:
    """Let anyone through to a view, but only while there is an account."""
    return _guarded(view, None, signed=False)


def _guarded(view: View, most: int | None, signed: bool) -> View:
    @wraps(view)
    def guarded(*arguments: Any, **named: Any) -> Answer:
        if most:
            request.max_content_length = most
        try:
            answer = _through(signed) or make_response(view(*arguments, **named))
        except StoreError as error:
            status = 503 if isinstance(error, (Unreachable, Damaged)) else 400
            answer = refusal(str(error), status)
        answer.headers["Cache-Control"] = NEVER_KEPT
        return answer

    return guarded


def _through(signed: bool) -> Answer | None:
    """Give what to answer instead of the view; None to go on."""
    if not door_of(current_app).exist():
        abort(404)
    changes = request.method not in SAFE
    if signed and not _steward(fresh=changes):
        back = quote(request.full_path.rstrip("?"), safe="/")
        return redirect(SIGN_IN if changes else f"{SIGN_IN}?next={back}", 303)
    if changes:
        check_csrf()
    return None


def csrf_token() -> str:
    """Give the token that forms of this session carry."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(24)
    return str(session[FIELD])


def csrf_field() -> Input:
    """Make the hidden field of a form that carries the token."""
    return Input(name=FIELD, type="hidden", value=csrf_token())


def check_csrf() -> None:
    """Refuse what another site, or a page of another session, has sent."""
    if not from_own_page():
        abort(refusal("This was sent from another site, so it was not taken.", 403))
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    held = session.get(FIELD, "")
    if not held or not secrets.compare_digest(_bytes(sent), _bytes(held)):
        abort(refusal("This page is out of date: load it again, then send it once more.", 403))


def sign_in(name: str, password: str) -> Outcome:
    """Try to sign in; on success the session is a new one."""
    outcome = door_of(current_app).accounts.sign_in(name, password, address())
    _begin(outcome)
    return outcome


def admit(name: str | None, how: str) -> Outcome:
    """Sign in for whom another service has vouched; ``how`` names it in the list of events."""
    outcome = door_of(current_app).accounts.admit(name or "", address(), how)
    _begin(outcome)
    return outcome


def _begin(outcome: Outcome) -> None:
    """Begin the session of an outcome that is good, in place of the present one."""
    if not outcome.name:
        return
    if old := session.get("id"):
        door_of(current_app).end(old, address())
    session.clear()
    session.permanent = True
    session.update(id=outcome.session, seen=int(door_of(current_app).now().timestamp()))
    csrf_token()


def oidc_offered() -> bool:
    """Tell whether stewards may sign in at their organization too (``callbacks.oidc``)."""
    return bool(setting("OIDC_ISSUER"))


def sign_out() -> None:
    """End this session; a copy of its cookie is good for nothing."""
    if token := session.get("id"):
        door_of(current_app).end(token, address())
    session.clear()


def next_page() -> str:
    """Give the page to show after signing in: the one asked for, if it is a steward's."""
    told = request.values.get("next", "")
    inside = told == HOME or told.startswith((f"{HOME}/", f"{HOME}?"))
    return told if inside and told.isprintable() and "\\" not in told else HOME


def address() -> str:
    """Give the address of the client."""
    return request.remote_addr or ""


def note_published(words: str) -> None:
    """Note that who is signed in has published."""
    door_of(current_app).accounts.note("published", _me(), address(), words)


def own_draft() -> KeptDraft | None:
    """Give the draft of who is signed in; None where there is none."""
    from data.stewards.drafts_kept import draft_of

    return draft_of(store(), _me())


def keep_own_draft(
    base: int | None, tables: Mapping[str, str], after: int | None = None
) -> KeptDraft:
    """Keep a draft of who is signed in, as ``data.stewards.drafts_kept.keep_draft`` does."""
    from data.stewards.drafts_kept import keep_draft

    return keep_draft(store(), _me(), base, tables, after=after, now=door_of(current_app).now())


def drop_own_draft(after: int | None = None) -> bool:
    """Drop the draft of who is signed in, as ``data.stewards.drafts_kept.drop_draft`` does."""
    from data.stewards.drafts_kept import drop_draft

    return drop_draft(store(), _me(), after=after)


def _me() -> str:
    name = _steward()
    if not name:
        abort(403)
    return name


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
