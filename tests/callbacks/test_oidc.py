import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey

from callbacks.oidc import BACK, REFUSED, START, account_of, read_names
from callbacks.session import oidc_offered
from data.editions import Place
from data.editions.store import Store
from data.settings import SettingError
from data.stewards.accounts import Accounts
from data.stewards.audit import events
from tests.callbacks.provider import CLIENT, SECRET, Provider, providing
from tests.callbacks.stewards import Browser, asking, make_server
from tests.stewards import NAME, PASSWORD, QUICK, Clock


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as running:
        yield running


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(Store(Place.of_file(tmp_path / "editions.sqlite")), hasher=QUICK, now=Clock())
    made.add(NAME, PASSWORD)
    return made


@pytest.fixture
def set_up(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", provider.issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("OIDC_NAMES", "ada@example.org=Ada, bob@example.org=bob")


@pytest.fixture
def person(accounts: Accounts, set_up: None) -> Browser:
    return Browser(make_server(accounts.store.place, Clock()))


def come_back(person: Browser, provider: Provider, **query: str) -> Any:
    """Go to the service, agree there, and come back."""
    gone = person.get(asking(START, **query))
    assert gone.status_code == 302
    assert gone.location.startswith(f"{provider.issuer}/authorize?")
    return person.get(provider.agree(gone.location))


def test_by_default_no_service_is_offered(accounts: Accounts) -> None:
    person = Browser(make_server(accounts.store.place, Clock()))
    assert not oidc_offered()
    assert [person.get(path).status_code for path in (START, BACK)] == [404, 404]


def test_a_steward_signs_in_at_a_service(
    person: Browser, provider: Provider, accounts: Accounts
) -> None:
    assert oidc_offered()
    before = person.cookie
    answer = come_back(person, provider, next="/steward?day=2019-08-31")
    assert (answer.status_code, answer.location) == (303, "/steward?day=2019-08-31")
    assert person.name == NAME
    assert person.cookie != before
    newest = events(accounts.store)[0]
    assert (newest.what, newest.name, newest.detail) == ("signed in", NAME, "127.0.0.1")


def test_nothing_is_asked_of_the_service_before(person: Browser, provider: Provider) -> None:
    for path in ("/", "/steward", "/steward/sign-in", BACK, f"{BACK}?code=x&state=y"):
        person.get(path)
    assert provider.asked == []


def lie(**claims: Any) -> Callable[[Provider], None]:
    return lambda provider: provider.claims.update(claims)


def signed_by(key: Any, **header: str) -> Callable[[Provider], None]:
    def sign(provider: Provider) -> None:
        provider.key, provider.header = key, provider.header | header

    return sign


LIES = {
    "a stranger": lie(email="eve@example.org"),
    "no address": lie(email=None),
    "not verified": lie(email_verified=False),
    "verified in odd words": lie(email_verified="perhaps"),
    "no account": lie(email="bob@example.org"),
    "for another client": lie(aud="other"),
    "for another client too": lie(aud=["other"], azp=CLIENT),
    "of another issuer": lie(iss="https://evil.example"),
    "another nonce": lie(nonce="x"),
    "too old": lie(iat=1, exp=2),
    "another key": signed_by(ECKey.generate_key("P-256", {"kid": "one"})),
    "an unknown key": signed_by(ECKey.generate_key("P-256", {"kid": "two"}), kid="two"),
    "another way": signed_by(OctKey.import_key("x" * 32), alg="HS256"),
}


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("tell", LIES.values(), ids=LIES)
def test_what_the_service_must_not_say(
    person: Browser, provider: Provider, tell: Callable[[Provider], None]
) -> None:
    tell(provider)
    answer = come_back(person, provider)
    assert (answer.status_code, answer.location) == (303, REFUSED)
    assert person.name is None


def test_a_removed_account_stays_shut(
    person: Browser, provider: Provider, accounts: Accounts
) -> None:
    accounts.add("carol", PASSWORD)
    accounts.remove(NAME)
    assert come_back(person, provider).location == REFUSED
    assert person.name is None


def test_a_way_back_leads_in_once_and_only_in_its_own_browser(
    person: Browser, provider: Provider
) -> None:
    back = provider.agree(person.get(START).location)
    other = Browser(person.client.application)
    assert other.get(back).location == REFUSED  # it did not begin there
    assert person.get(back).location == "/steward"
    person.client.delete_cookie("steward")
    assert person.get(back).location == REFUSED
    assert person.name is None


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?error=access_denied&state=x"])
def test_a_bad_way_back_is_told(
    person: Browser, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert person.get(f"{BACK}{query}").location == REFUSED
    assert "Signing in at the service failed (192.0.2.1)" in caplog.text


def test_a_service_that_is_away(person: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:9")
    place = person.client.application.extensions["steward"].where
    away = Browser(make_server(place, Clock()))
    assert away.get(START).location == REFUSED
    assert away.sign_in().status_code == 303


BAD = {
    "no address": ({"OIDC_ISSUER": "login"}, "OIDC_ISSUER is “login”; write an address with https"),
    "not safe": ({"OIDC_ISSUER": "http://login.example.org"}, "with https://"),
    "no client": ({"OIDC_CLIENT_ID": ""}, "but OIDC_CLIENT_ID is not; set both"),
    "no names": ({"OIDC_NAMES": "ada"}, "OIDC_NAMES has “ada”; write each as"),
    "no account": ({"OIDC_NAMES": "ada@example.org="}, "write each as"),
}


@pytest.mark.parametrize(("values", "words"), BAD.values(), ids=BAD)
def test_a_bad_setting_is_told(
    set_up: None, values: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=words):
        make_server(None, Clock())


def test_names_by_address() -> None:
    names = read_names(" Ada@Example.org = ada ,, bob@example.org=bob the second,")
    assert names == {"ada@example.org": "ada", "bob@example.org": "bob the second"}
    assert read_names("") == {}
    assert account_of({"email": "ADA@example.org", "email_verified": "true"}, names) == "ada"
    assert account_of({"email": ["ada@example.org"], "email_verified": True}, names) is None
    assert account_of({}, names) is None
