"""A server with nothing but accounts, for tests of who is signed in."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, redirect, request

from callbacks.session import (
    accounts_known,
    csrf_token,
    drop_own_draft,
    keep_own_draft,
    next_page,
    note_published,
    own_draft,
    register_accounts,
    sign_in,
    sign_out,
    signed_in,
    steward_only,
    with_accounts,
)
from data.editions import Place
from tests.stewards import NAME, PASSWORD, QUICK, Clock

SIGN_IN, COOKIE = "/steward/sign-in", "steward"


def make_server(where: Place | None, clock: Clock) -> Flask:
    """Make a server with the shortest possible views of a steward's page."""
    server = Flask("stewards")
    register_accounts(server, where, hasher=QUICK, now=clock)
    server.add_url_rule("/", view_func=reader)
    server.add_url_rule("/steward", view_func=home)
    server.add_url_rule(SIGN_IN, view_func=form, methods=["GET", "POST"])
    server.add_url_rule("/steward/sign-out", view_func=leave, methods=["POST"])
    server.add_url_rule("/steward/publish", view_func=publish, methods=["POST"])
    server.add_url_rule("/steward/upload", view_func=upload, methods=["POST"])
    server.add_url_rule("/steward/draft", view_func=draft, methods=["GET", "POST", "DELETE"])
    return server


def reader() -> dict[str, Any]:
    return {"name": signed_in(), "known": accounts_known()}


@with_accounts
def form() -> Any:
    if request.method == "GET":
        return csrf_token()
    outcome = sign_in(request.form["name"], request.form["password"])
    return redirect(next_page(), 303) if outcome.name else (outcome.words, outcome.status)


@steward_only
def home() -> str:
    return f"{signed_in()} {csrf_token()}"


@steward_only
def leave() -> str:
    sign_out()
    return "bye"


@steward_only
def publish() -> str:
    note_published("edition 2")
    return "published"


@steward_only(most=3_000)
def upload() -> str:
    return str(len(request.form["text"]))


def draft() -> dict[str, Any]:
    """Read, keep, or drop the draft; not guarded, as the functions guard themselves."""
    if request.method == "POST":
        keep_own_draft(1, request.form)
    if request.method == "DELETE":
        drop_own_draft()
    kept = own_draft()
    return kept.tables if kept else {}


class Browser:
    """A browser of one person, who may sign in."""

    def __init__(self, server: Flask, address: str = "192.0.2.1") -> None:
        self.client: Any = server.test_client()
        self.base = {"REMOTE_ADDR": address}
        self.token = ""

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, environ_base=self.base, **more)

    def post(self, path: str, headers: Any = None, **form: str) -> Any:
        sent = {"csrf": self.token, **form}
        return self.client.post(path, data=sent, headers=headers, environ_base=self.base)

    def sign_in(self, name: str = NAME, password: str = PASSWORD, **more: str) -> Any:
        self.token = self.get(SIGN_IN).text
        answer = self.post(SIGN_IN, name=name, password=password, **more)
        if answer.status_code == 303:
            self.token = self.get("/steward").text.split()[-1]
        return answer

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie(COOKIE)
        return found.value if found else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie(COOKIE, value)

    @property
    def name(self) -> str | None:
        return self.get("/").json["name"]


def asking(path: str, **query: str) -> str:
    return f"{path}?{urlencode(query)}"
