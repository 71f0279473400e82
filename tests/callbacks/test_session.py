import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from callbacks.door import BELIEVED, Door
from callbacks.session import next_page
from data.editions import Place, StoreError
from data.editions.store import Store
from data.settings import SettingError
from data.stewards.accounts import Accounts
from data.stewards.audit import events
from tests.callbacks.stewards import COOKIE, SIGN_IN, Browser, asking, make_server
from tests.stewards import NAME, PASSWORD, QUICK, Clock

OTHER = "another good password"
OUT = "/steward/sign-out"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with the accounts of two stewards, to be copied."""
    file = tmp_path_factory.mktemp("accounts") / "editions.sqlite"
    accounts = Accounts(Store(Place.of_file(file)), hasher=QUICK)
    for name in (NAME, "bob"):
        accounts.add(name, PASSWORD)
    return file


@pytest.fixture
def place(model: Path, tmp_path: Path) -> Place:
    shutil.copy(model, tmp_path / "editions.sqlite")
    return Place.of_file(tmp_path / "editions.sqlite")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(place: Place, clock: Clock) -> Accounts:
    return Accounts(Store(place), hasher=QUICK, now=clock)


@pytest.fixture
def server(place: Place, clock: Clock) -> Flask:
    """Give a server whose memories grow old by the clock of the test."""
    made = make_server(place, clock)
    made.extensions[COOKIE].clock = lambda: clock().timestamp()
    return made


@pytest.fixture
def ada(server: Flask) -> Browser:
    """Give the browser of a steward who is signed in."""
    browser = Browser(server)
    assert browser.sign_in().status_code == 303
    return browser


@pytest.fixture
def reader(server: Flask) -> Browser:
    return Browser(server, "198.51.100.7")


def test_a_steward_signs_in_and_out(ada: Browser, accounts: Accounts) -> None:
    assert ada.name == NAME
    assert ada.get("/steward").text.startswith(f"{NAME} ")
    assert ada.post("/steward/publish").text == "published"
    assert ada.post(OUT).text == "bye"
    assert ada.name is None
    assert ada.cookie == ""
    answer = ada.get("/steward")
    assert (answer.status_code, answer.location) == (303, f"{SIGN_IN}?next=/steward")
    told = [(e.what, e.name, e.address, e.detail) for e in events(accounts.store, 3)]
    assert told == [
        ("signed out", NAME, "192.0.2.1", ""),
        ("published", NAME, "192.0.2.1", "edition 2"),
        ("signed in", NAME, "192.0.2.1", ""),
    ]


def test_a_reader_gets_no_cookie_and_asks_no_database(
    reader: Browser, server: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get("/")
    for name in ("accounts", "secret", "holder"):
        monkeypatch.setattr(Door, name, None)
    for cookie in ("", "made up", "e30.x.y"):
        server.extensions[COOKIE]._looked = server.extensions[COOKIE].clock()
        server.secret_key = "known already"
        reader.cookie = cookie
        answer = reader.get("/")
        assert answer.json == {"name": None, "known": True}
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/steward", SIGN_IN, "/steward/nothing"])
@pytest.mark.parametrize("kind", ["no database", "no file", "no account"])
def test_without_an_account_there_is_no_page(
    kind: str, path: str, accounts: Accounts, place: Place, clock: Clock
) -> None:
    for name in (NAME, "bob"):
        accounts.remove(name)
    assert place.file
    none = Place.of_file(place.file.with_name("none.sqlite"))
    where = {"no database": None, "no file": none, "no account": place}[kind]
    browser = Browser(make_server(where, clock))
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code in (404, 405)
    assert browser.get("/").json == {"name": None, "known": False}
    assert none.file and not none.file.exists()


def test_the_page_is_there_soon_after_the_first_account(
    place: Place, accounts: Accounts, server: Flask, clock: Clock
) -> None:
    for name in (NAME, "bob"):
        accounts.remove(name)
    reader = Browser(server)
    assert reader.get(SIGN_IN).status_code == 404
    accounts.add("carol", PASSWORD)
    clock.move(seconds=BELIEVED)
    assert reader.get(SIGN_IN).status_code == 200
    assert reader.sign_in("carol").status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_steward_gets_through(reader: Browser, method: str) -> None:
    reader.token = reader.get(SIGN_IN).text
    if method == "get":
        answer = reader.get("/steward")
        assert answer.location == f"{SIGN_IN}?next=/steward"
    else:
        answer = reader.post("/steward/publish")
        assert answer.location == SIGN_IN
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_stewards_see_is_kept_nowhere(ada: Browser) -> None:
    assert ada.get("/steward").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("base", "hsts", "secure"),
    [
        ("http://localhost", "0", False),
        ("https://localhost", "0", True),
        ("http://localhost", "9", True),
    ],
    ids=["plain", "TLS", "TLS by setting"],
)
def test_the_cookie_is_closed_to_scripts_and_other_sites(
    reader: Browser, monkeypatch: pytest.MonkeyPatch, base: str, hsts: str, secure: bool
) -> None:
    monkeypatch.setenv("HSTS", hsts)
    told = reader.get(SIGN_IN, base_url=base).headers["Set-Cookie"]
    parts = [part.strip() for part in told.split(";")]
    assert parts[0].startswith("steward=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert ("Secure" in parts) is secure
    assert "Domain" not in told


def test_a_session_lasts_twelve_hours_at_most(ada: Browser, clock: Clock) -> None:
    for _ in range(13):
        clock.move(minutes=55)
        assert ada.name == NAME
    clock.move(minutes=10)
    assert ada.name is None


def test_a_session_that_is_not_used_for_an_hour_is_over(ada: Browser, clock: Clock) -> None:
    clock.move(minutes=50)
    assert ada.name == NAME  # which counts as use
    clock.move(minutes=60)
    old = ada.cookie
    assert ada.name == NAME
    clock.move(minutes=60, seconds=1)
    assert ada.name is None
    ada.cookie = old
    assert ada.name is None


def test_use_is_told_by_a_new_cookie_only_now_and_then(ada: Browser, clock: Clock) -> None:
    clock.move(seconds=59)
    assert "Set-Cookie" not in ada.get("/steward").headers
    clock.move(seconds=1)
    assert "Set-Cookie" in ada.get("/steward").headers


def forge(secret: str, **data: Any) -> str:
    """Sign a cookie as Flask does."""
    how = {"key_derivation": "hmac", "digest_method": hashlib.sha1}
    signer = URLSafeTimedSerializer(secret, salt="cookie-session", signer_kwargs=how)
    return str(signer.dumps(data))


def test_a_forged_cookie_is_no_session(
    ada: Browser, reader: Browser, accounts: Accounts, clock: Clock
) -> None:
    now = int(clock().timestamp())
    held, _, signed = ada.cookie.rpartition(".")
    forged = {
        "unsigned": held,
        "another signature": f"{held}.{signed[::-1]}",
        "changed": "x" + ada.cookie,
        "another secret": forge("guessed", id="x", seen=now),
        "the secret, but no such session": forge(accounts.secret(), id="x", seen=now),
        "the secret, and SQL": forge(accounts.secret(), id="' OR '1'='1", seen=now),
        "long": "x" * 4_000,
        "not even letters": "\u00ff\u00fe",
    }
    for what, cookie in forged.items():
        reader.cookie = cookie
        assert reader.name is None, what
        assert reader.get("/steward").status_code == 303, what
    # The forging itself is right: with the secret and the id of a session it is one.
    token = accounts.sign_in(NAME, PASSWORD, "").session
    reader.cookie = forge(accounts.secret(), id=token, seen=now)
    assert reader.name == NAME


def test_signing_in_begins_a_new_session(server: Flask, reader: Browser, ada: Browser) -> None:
    """Who plants a cookie in another's browser gains nothing when that person signs in."""
    planted = Browser(server)
    planted.token = planted.get(SIGN_IN).text
    before, token = planted.cookie, planted.token
    victim = Browser(server)
    victim.cookie, victim.token = before, token
    assert victim.post(SIGN_IN, name=NAME, password=PASSWORD).status_code == 303
    assert victim.name == NAME
    assert planted.name is None
    assert token not in victim.get("/steward").text


def test_signing_in_again_ends_the_session_before(ada: Browser, reader: Browser) -> None:
    reader.cookie = ada.cookie
    assert ada.sign_in("bob").status_code == 303
    assert (ada.name, reader.get("/steward").status_code) == ("bob", 303)


def test_a_copied_cookie_is_dead_after_signing_out(ada: Browser, reader: Browser) -> None:
    copied, reader.token = ada.cookie, ada.token
    ada.post(OUT)
    reader.cookie = copied
    assert reader.name is None
    assert reader.get("/steward").status_code == 303
    assert reader.post("/steward/publish").status_code == 303


@pytest.mark.parametrize("change", ["remove", "password"])
def test_what_another_node_changed_holds_soon(
    ada: Browser, accounts: Accounts, clock: Clock, change: str
) -> None:
    """A change of the database itself, as the command line or another node makes it."""
    if change == "remove":
        accounts.remove(NAME)
    else:
        accounts.set_password(NAME, OTHER)
    assert ada.post("/steward/publish").status_code == 303  # what changes anything asks at once
    clock.move(seconds=BELIEVED)
    assert ada.name is None


def test_a_page_believes_the_database_for_a_moment_only(
    ada: Browser, accounts: Accounts, clock: Clock
) -> None:
    assert ada.name == NAME
    accounts.remove(NAME)
    clock.move(seconds=BELIEVED - 0.1)
    assert ada.name == NAME
    clock.move(seconds=0.1)
    assert ada.name is None


FOREIGN = {
    "no token": (None, {"csrf": ""}),
    "wrong token": (None, {"csrf": "x" * 32}),
    "odd token": (None, {"csrf": "\u00e4\ud7ff"}),
    "wrong header": ({"X-CSRF-Token": "x"}, {}),
    "another site": ({"Origin": "https://evil.example"}, {}),
    "no site": ({"Origin": "null"}, {}),
    "another port": ({"Origin": "http://localhost:9"}, {}),
    "a sister site": ({"Sec-Fetch-Site": "same-site"}, {}),
    "cross site": ({"Sec-Fetch-Site": "cross-site"}, {}),
}


@pytest.mark.parametrize(("headers", "form"), FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("path", ["/steward/publish", OUT, SIGN_IN])
def test_what_comes_from_elsewhere_is_refused(
    ada: Browser, path: str, headers: Any, form: dict[str, str], accounts: Accounts
) -> None:
    before = len(events(accounts.store))
    answer = ada.post(path, headers, **{"name": "bob", "password": PASSWORD, **form})
    assert answer.status_code == 403
    assert answer.text in (
        "This was sent from another site, so it was not taken.\n",
        "This page is out of date: load it again, then send it once more.\n",
    )
    assert ada.name == NAME
    assert len(events(accounts.store)) == before


def test_a_token_holds_for_its_session_only(server: Flask, ada: Browser) -> None:
    bob = Browser(server)
    bob.sign_in("bob")
    own = bob.token
    assert own != ada.token
    bob.token = ada.token
    assert bob.post("/steward/publish").status_code == 403
    bob.token = own
    assert bob.post("/steward/publish").status_code == 200
    bob.sign_in("bob")
    bob.token = own
    assert bob.post("/steward/publish").status_code == 403


def test_a_token_may_come_in_a_header(ada: Browser) -> None:
    headers = {
        "X-CSRF-Token": ada.token,
        "Origin": "http://localhost",
        "Sec-Fetch-Site": "same-origin",
    }
    ada.token = ""
    assert ada.post("/steward/publish", headers).status_code == 200


def test_a_body_has_a_size_of_its_own(ada: Browser, server: Flask) -> None:
    server.config["MAX_CONTENT_LENGTH"] = 100
    assert ada.post("/steward/upload", text="x" * 2_000).text == "2000"
    assert ada.post("/steward/upload", text="x" * 4_000).status_code == 413
    assert ada.post("/steward/publish", text="x" * 2_000).status_code == 413


def test_wrong_and_locked_are_told(reader: Browser, clock: Clock) -> None:
    answers = [reader.sign_in(name, "wrong") for name in (NAME, "bob", "carol", "", NAME)]
    assert [answer.status_code for answer in answers] == [401] * 5
    assert {answer.text for answer in answers[:4]} == {"The name or the password is wrong."}
    answer = reader.sign_in()
    assert (answer.status_code, reader.name) == (429, None)
    assert answer.text == "Too many tries failed. Wait 30 seconds, then try again."
    clock.move(seconds=30)
    assert reader.sign_in().status_code == 303


NEXT = {
    "none": ("", "/steward"),
    "home": ("/steward", "/steward"),
    "a page": ("/steward/edit?table=adoption", "/steward/edit?table=adoption"),
    "a query": ("/steward?day=2019-08-31", "/steward?day=2019-08-31"),
    "elsewhere here": ("/data", "/steward"),
    "another site": ("https://evil.example/steward", "/steward"),
    "another site, short": ("//evil.example/steward", "/steward"),
    "much alike": ("/stewards", "/steward"),
    "at": ("/steward@evil.example", "/steward"),
    "backslash": ("/steward/\\evil.example", "/steward"),
    "a header": ("/steward/\r\nSet-Cookie: x=y", "/steward"),
    "a script": ("javascript:alert(1)", "/steward"),
}


@pytest.mark.parametrize(("told", "page"), NEXT.values(), ids=NEXT)
def test_the_page_after_signing_in_is_a_stewards(server: Flask, told: str, page: str) -> None:
    with server.test_request_context(asking(SIGN_IN, next=told)):
        assert next_page() == page
    with server.test_request_context(SIGN_IN, method="POST", data={"next": told}):
        assert next_page() == page


def test_signing_in_goes_on_to_the_page_asked_for(reader: Browser) -> None:
    wanted = reader.get("/steward?day=2019-08-31").location
    assert wanted == f"{SIGN_IN}?next=/steward%3Fday%3D2019-08-31"
    answer = reader.sign_in(next="/steward?day=2019-08-31")
    assert answer.location == "/steward?day=2019-08-31"


def test_each_steward_has_a_draft_of_their_own(
    server: Flask, ada: Browser, reader: Browser
) -> None:
    path = "/steward/draft"
    bob = Browser(server)
    bob.sign_in("bob")
    assert ada.client.post(path, data={"adoption": "hers"}).json == {"adoption": "hers"}
    assert bob.get(path).json == {}
    assert bob.client.post(path, data={"sources": "his"}).json == {"sources": "his"}
    assert ada.get(path).json == {"adoption": "hers"}
    assert bob.client.delete(path).json == {}
    assert ada.get(path).json == {"adoption": "hers"}
    answers = [reader.client.open(path, method=one) for one in ("GET", "POST", "DELETE")]
    assert [answer.status_code for answer in answers] == [403] * 3


def break_file(place: Place) -> None:
    assert place.file
    place.file.write_bytes(b"no database" * 99)


def test_while_the_database_is_away_nobody_is_believed(
    ada: Browser, reader: Browser, place: Place, clock: Clock
) -> None:
    assert reader.get("/").json["known"]
    clock.move(seconds=BELIEVED)
    break_file(place)
    answer = ada.get("/steward")
    assert answer.status_code == 503
    assert "is damaged or is no database" in answer.text
    assert ada.post("/steward/publish").status_code == 503
    # Readers, and who reads with a steward's cookie, do not notice.
    assert reader.get("/").json == {"name": None, "known": True}
    assert ada.get("/").json["name"] is None


def test_a_cookie_is_not_believed_before_its_secret_is_known(
    ada: Browser, place: Place, clock: Clock
) -> None:
    fresh = Browser(make_server(place, clock))
    fresh.cookie = ada.cookie
    break_file(place)
    assert fresh.get("/").json["name"] is None


def test_a_session_holds_on_all_nodes(ada: Browser, place: Place, clock: Clock) -> None:
    second = Browser(make_server(place, clock))
    second.cookie, second.token = ada.cookie, ada.token
    assert second.name == NAME
    assert second.post("/steward/publish").status_code == 200


def test_the_secret_may_be_set(
    place: Place, clock: Clock, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "sixteen letters!")
    own = Browser(make_server(place, clock))
    own.cookie = ada.cookie
    assert own.name is None  # signed with the other secret
    assert own.sign_in().status_code == 303
    monkeypatch.setenv("SECRET_KEY", "fifteen letters")
    with pytest.raises(SettingError, match="SECRET_KEY is too short; write 16 characters or more"):
        make_server(place, clock)


def test_few_sessions_are_held(place: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callbacks.door.MOST", 2)
    door = Door(place, QUICK, clock)
    tokens = [door.accounts.sign_in(NAME, PASSWORD, "").session for _ in range(4)]
    assert [door.holder(token) for token in tokens] == [NAME] * 4
    assert list(door._held) == tokens[2:]
    assert door.holder("made up") is None


def test_a_reader_never_waits_for_a_database_that_is_away(
    place: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(place, QUICK, clock, clock=lambda: clock().timestamp())
    asked = []

    def away() -> bool:
        asked.append(door)
        raise StoreError("away")

    monkeypatch.setattr(door.accounts, "any", away)
    assert [door.known() for _ in range(50)] == [False] * 50
    assert len(asked) == 1
