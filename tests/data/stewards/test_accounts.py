from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, insert, select, text, update

from data.editions import Place, StoreError, models
from data.editions.store import Store
from data.stewards.accounts import Accounts, wait_words
from data.stewards.audit import MOST, Event, events
from data.stewards.passwords import AccountError
from data.stewards.tries import delay_after
from tests.stewards import ADDRESS, NAME, PASSWORD, QUICK, Clock

OTHER = "another good password"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(where: Place, clock: Clock) -> Accounts:
    """Give the accounts of each kind of database, with one account."""
    made = Accounts(Store(where), hasher=QUICK, now=clock)
    made.add(NAME, PASSWORD)
    return made


def told(accounts: Accounts) -> list[tuple[str, str, str]]:
    """Give what is noted, oldest first: what, of whom, from where."""
    return [(e.what, e.name, e.address) for e in reversed(events(accounts.store))]


def stand(accounts: Accounts, table: str) -> int:
    with accounts.store.reading() as connection:
        count = select(func.count()).select_from(models.metadata.tables[table])
        return int(connection.execute(count).scalar_one())


def fail(accounts: Accounts, times: int, name: str = NAME, address: str = ADDRESS) -> list[int]:
    """Try a wrong password so often; give the seconds to wait after each."""
    return [accounts.sign_in(name, "wrong", address).wait for _ in range(times)]


def test_without_a_database_there_is_no_account_and_none_is_made(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite"
    accounts = Accounts(Store(Place.of_file(file)), hasher=QUICK)
    assert (accounts.any(), accounts.all(), accounts.holder("x")) == (False, [], None)
    assert events(accounts.store) == []
    with pytest.raises(AccountError, match="There is no account “ada”"):
        accounts.remove(NAME)
    assert not file.exists()


def test_a_database_of_before_accounts_has_none(where: Place) -> None:
    store = Store(where)
    store.migrate()
    with store.writing() as connection:
        for name in ("sessions", "drafts", "accounts", "events"):
            connection.execute(text(f"DROP TABLE {name}"))
    accounts = Accounts(store, hasher=QUICK)
    assert (accounts.any(), accounts.all(), accounts.holder("x")) == (False, [], None)
    assert events(store) == []


def test_an_account_is_made_listed_and_removed(accounts: Accounts, clock: Clock) -> None:
    made = clock()
    clock.move(days=1)
    accounts.set_password("ADA", OTHER)
    (one,) = accounts.all()
    assert (one.name, one.created, one.changed) == (NAME, made, clock())
    accounts.remove(" Ada ")
    assert (accounts.any(), accounts.all()) == (False, [])
    assert told(accounts) == [("added", NAME, ""), ("password", NAME, ""), ("removed", NAME, "")]


def test_no_password_is_kept_as_it_is(accounts: Accounts) -> None:
    with accounts.store.reading() as connection:
        row = connection.execute(select(models.accounts)).one()
    assert row.hash.startswith("$argon2id$")
    assert PASSWORD not in str(row)


@pytest.mark.parametrize("name", ["ada", "ADA", " ada "])
def test_a_name_is_given_once(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError, match="There is an account “ada” already"):
        accounts.add(name, OTHER)
    assert accounts.sign_in(NAME, PASSWORD, ADDRESS).name == NAME


def test_of_two_who_make_the_same_account_one_is_told(where: Place) -> None:
    Store(where).migrate()

    def add(_: int) -> str:
        try:
            return Accounts(Store(where), hasher=QUICK).add(NAME, PASSWORD).name
        except AccountError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(add, range(2)))
    assert found == ["There is an account “ada” already.", NAME]


@pytest.mark.parametrize("change", ["remove", "set_password"])
def test_what_changes_an_account_ends_its_sessions(accounts: Accounts, change: str) -> None:
    tokens = [accounts.sign_in(NAME, PASSWORD, ADDRESS).session for _ in range(2)]
    assert [accounts.holder(token) for token in tokens] == [NAME, NAME]
    getattr(accounts, change)(NAME, *([OTHER] if change == "set_password" else []))
    assert [accounts.holder(token) for token in tokens] == [None, None]


def test_an_account_made_inactive_by_hand_holds_no_session(accounts: Accounts) -> None:
    token = accounts.sign_in(NAME, PASSWORD, ADDRESS).session
    with accounts.store.writing() as connection:
        connection.execute(update(models.accounts).values(active=False))
    assert accounts.holder(token) is None


def test_nothing_comes_back_with_a_name_that_was_removed(accounts: Accounts) -> None:
    token = accounts.sign_in(NAME, PASSWORD, ADDRESS).session
    with accounts.store.reading() as connection:
        (old,) = connection.execute(select(models.sessions)).all()
    accounts.remove(NAME)
    accounts.add(NAME, OTHER)
    with accounts.store.writing() as connection:  # even if its row had stayed
        connection.execute(insert(models.sessions), dict(old._mapping))
    assert accounts.holder(token) is None
    assert accounts.sign_in(NAME, PASSWORD, ADDRESS).name is None
    assert accounts.sign_in(NAME, OTHER, ADDRESS).name == NAME


def test_an_account_that_is_not_there_cannot_be_changed(accounts: Accounts) -> None:
    for change in (
        lambda: accounts.remove("bob"),
        lambda: accounts.set_password("bob", OTHER),
        lambda: accounts.remove("x'; DROP TABLE accounts; --"),
    ):
        with pytest.raises(AccountError, match="There is no account “"):
            change()
    assert accounts.any()


def test_whoever_knows_the_password_signs_in(accounts: Accounts) -> None:
    outcome = accounts.sign_in(" ADA", PASSWORD, ADDRESS)
    assert (outcome.name, outcome.words, outcome.status, outcome.wait) == (NAME, "", 303, 0)
    assert accounts.holder(outcome.session) == NAME
    assert told(accounts)[-1] == ("signed in", NAME, ADDRESS)
    assert stand(accounts, "tries") == 0


STRANGERS = {
    "wrong password": (NAME, "wrong"),
    "no password": (NAME, ""),
    "unknown name": ("bob", PASSWORD),
    "removed": ("carol", PASSWORD),
    "blank name": ("", PASSWORD),
    "SQL for a name": ("' OR '1'='1", PASSWORD),
    "SQL that drops": ("ada'; DROP TABLE accounts; --", PASSWORD),
    "SQL for a password": (NAME, "' OR '1'='1"),
    "zero byte": ("ada\0", PASSWORD),
    "half a letter": ("\ud800", "\udfff"),
    "very long": ("a" * 100_000, "b" * 1_000_000),
    "one more than the longest": (NAME, PASSWORD + "x" * 1_000),
}


@pytest.mark.parametrize(("name", "password"), STRANGERS.values(), ids=STRANGERS)
def test_all_others_are_told_the_same(accounts: Accounts, name: str, password: str) -> None:
    accounts.add("carol", PASSWORD)
    accounts.remove("carol")
    outcome = accounts.sign_in(name, password, ADDRESS)
    assert outcome.name is None
    assert (outcome.status, outcome.session) == (401, "")
    assert outcome.words == "The name or the password is wrong."
    assert accounts.any()
    assert stand(accounts, "sessions") == 0
    # What was typed for a name is kept only where it is one: it may be a password by mistake.
    assert told(accounts)[-1] == ("failed", NAME if name == NAME else "", ADDRESS)


def test_known_and_unknown_names_are_slowed_down_alike(accounts: Accounts, clock: Clock) -> None:
    waits: dict[str, list[int]] = {}
    words: dict[str, list[str]] = {}
    for place, name in enumerate((NAME, "bob", "<b>")):
        waits[name], words[name] = [], []
        for _ in range(12):
            outcome = accounts.sign_in(name, "wrong", f"192.0.2.{place}")
            waits[name].append(outcome.wait)
            words[name].append(outcome.words)
            clock.move(seconds=outcome.wait)
    assert waits[NAME] == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert waits["bob"] == waits["<b>"] == waits[NAME]
    assert words["bob"] == words["<b>"] == words[NAME]
    assert words[NAME][4] == (
        "The name or the password is wrong. Wait 30 seconds before you try again."
    )


def test_while_locked_even_the_password_is_not_looked_at(accounts: Accounts, clock: Clock) -> None:
    fail(accounts, 5)
    clock.move(seconds=29.5)
    outcome = accounts.sign_in(NAME, PASSWORD, "192.0.2.99")
    assert (outcome.name, outcome.status, outcome.wait) == (None, 429, 1)
    assert outcome.words == "Too many tries failed. Wait 1 second, then try again."
    clock.move(seconds=0.5)
    assert accounts.sign_in(NAME, PASSWORD, "192.0.2.99").name == NAME


def test_tries_while_locked_do_not_lengthen_the_lock(accounts: Accounts, clock: Clock) -> None:
    fail(accounts, 5)
    assert fail(accounts, 50) == [30] * 50
    assert [what for what, *_ in told(accounts)].count("failed") == 5
    clock.move(seconds=30)
    assert fail(accounts, 1) == [60]


def test_an_address_is_locked_whatever_names_it_tries(accounts: Accounts) -> None:
    names = ["bob", "carol", "dan", "eve", "frank"]
    assert [fail(accounts, 1, name)[0] for name in names] == [0, 0, 0, 0, 30]
    assert accounts.sign_in(NAME, PASSWORD, ADDRESS).status == 429
    assert accounts.sign_in(NAME, PASSWORD, "198.51.100.7").name == NAME


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
    ids=["one home", "two homes", "one in two ways", "two", "unknown"],
)
def test_whose_address_is_whose(accounts: Accounts, first: str, second: str, same: bool) -> None:
    fail(accounts, 5, "bob", first)
    assert (fail(accounts, 1, "carol", second) == [30]) is same


def test_signing_in_forgives_the_name_but_not_the_address(accounts: Accounts, clock: Clock) -> None:
    fail(accounts, 4)
    assert accounts.sign_in(NAME, PASSWORD, ADDRESS).name == NAME
    assert fail(accounts, 1, "bob") == [30]  # the fifth from this address
    assert fail(accounts, 4, NAME, "198.51.100.7") == [0] * 4
    clock.move(days=1, seconds=1)
    assert fail(accounts, 4) == [0] * 4  # a day later all is forgotten
    assert stand(accounts, "tries") == 2


def test_many_tries_at_once_gain_nothing(accounts: Accounts) -> None:
    with ThreadPoolExecutor(8) as pool:
        tried = list(pool.map(lambda _: accounts.sign_in(NAME, "wrong", ADDRESS), range(16)))
    assert sorted(one.status for one in tried) == [401] * 5 + [429] * 11


def test_the_delay_rises_and_has_an_end() -> None:
    delays = [delay_after(failed) for failed in range(2_000)]
    assert delays == sorted(delays)
    assert max(delays) == 900


def test_a_hash_of_lower_costs_is_made_anew(accounts: Accounts, clock: Clock) -> None:
    def kept(own: Accounts) -> str:
        with own.store.reading() as connection:
            return str(connection.execute(select(models.accounts.c.hash)).scalar_one())

    costly = Accounts(accounts.store, hasher=PasswordHasher(2, 16, 1), now=clock)
    before = kept(accounts)
    token = costly.sign_in(NAME, PASSWORD, ADDRESS).session
    assert costly.sign_in(NAME, "wrong", ADDRESS).name is None
    assert before != kept(costly)
    assert "m=16,t=2" in kept(costly)
    assert costly.holder(token) == NAME
    assert costly.sign_in(NAME, PASSWORD, ADDRESS).name == NAME


def test_an_account_that_changes_while_its_password_is_checked_stays_shut(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(hash: str | None, password: str) -> bool:
        accounts.set_password(NAME, OTHER)
        return True

    monkeypatch.setattr(accounts.passwords, "matches", slow)
    assert accounts.sign_in(NAME, PASSWORD, ADDRESS).name is None
    assert stand(accounts, "sessions") == 0


def test_a_session_ends_by_itself(accounts: Accounts, clock: Clock) -> None:
    first = accounts.sign_in(NAME, PASSWORD, ADDRESS).session
    clock.move(hours=11, minutes=59)
    second = accounts.sign_in(NAME, PASSWORD, ADDRESS).session
    assert accounts.holder(first) == NAME
    clock.move(minutes=1)
    assert [accounts.holder(token) for token in (first, second)] == [None, NAME]
    clock.move(minutes=1)
    accounts.sign_in(NAME, PASSWORD, ADDRESS)
    assert stand(accounts, "sessions") == 2  # what is over is not kept


def test_signing_out_ends_one_session(accounts: Accounts) -> None:
    first, second = (accounts.sign_in(NAME, PASSWORD, ADDRESS).session for _ in range(2))
    assert first != second
    accounts.end(first, ADDRESS)
    accounts.end(first, ADDRESS)
    assert [accounts.holder(token) for token in (first, second)] == [None, NAME]
    assert told(accounts).count(("signed out", NAME, ADDRESS)) == 1


def test_who_reads_the_database_cannot_sign_in_with_what_it_holds(accounts: Accounts) -> None:
    token = accounts.sign_in(NAME, PASSWORD, ADDRESS).session
    with accounts.store.reading() as connection:
        (row,) = connection.execute(select(models.sessions)).all()
    assert token not in str(row)
    assert accounts.holder(row.key) is None


def test_a_service_vouches_only_for_accounts(accounts: Accounts) -> None:
    outcome = accounts.admit("Ada", ADDRESS, "login.example.org")
    assert accounts.holder(outcome.session) == NAME
    assert accounts.admit("bob", ADDRESS, "login.example.org").name is None
    accounts.remove(NAME)
    assert accounts.admit("ada", ADDRESS, "login.example.org").name is None
    newest = events(accounts.store)[0]
    assert (newest.what, newest.name, newest.detail) == ("failed", NAME, "login.example.org")


def test_all_nodes_sign_with_one_secret(accounts: Accounts) -> None:
    others = [Accounts(Store(accounts.store.place), hasher=QUICK) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(Accounts.secret, others))
    assert found == {accounts.secret()}
    assert len(found.pop()) == 64


def test_old_events_go(accounts: Accounts, clock: Clock) -> None:
    clock.move(days=90)
    accounts.note("published", NAME, detail="edition 2")
    assert len(told(accounts)) == 2
    clock.move(seconds=1)
    accounts.note("published", NAME, detail="edition 3")
    assert [what for what, *_ in told(accounts)] == ["published", "published"]


def test_events_are_bounded(accounts: Accounts, clock: Clock) -> None:
    row = {"at": clock(), "what": "published", "name": NAME, "address": "", "detail": ""}
    with accounts.store.writing() as connection:
        connection.execute(insert(models.events), {"number": MOST, **row})
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER SEQUENCE events_number_seq RESTART {MOST + 1}"))
    assert [what for what, *_ in told(accounts)] == ["added", "published"]
    accounts.note("removed", "bob")
    assert [what for what, *_ in told(accounts)] == ["published", "removed"]
    assert [event.what for event in events(accounts.store, most=1)] == ["removed"]


def test_an_event_is_one_plain_line(accounts: Accounts) -> None:
    accounts.note("published", NAME, "a\x1b[2J" + "b" * 99, "one\ntwo" + "x" * 999)
    newest = events(accounts.store)[0]
    assert newest.address == "a [2J" + "b" * 55
    assert newest.detail.startswith("one two")
    assert len(newest.detail) == 200


EVENTS = {
    "signed in": (("signed in", NAME, ADDRESS, ""), "signed in  ada  from 192.0.2.1"),
    "failed": (("failed", "", ADDRESS, ""), "failed  a name that is no account  from 192.0.2.1"),
    "published": (("published", NAME, "", "edition 2"), "published  ada  edition 2"),
}


@pytest.mark.parametrize(("parts", "words"), EVENTS.values(), ids=EVENTS)
def test_an_event_in_words(parts: tuple[str, str, str, str], words: str, clock: Clock) -> None:
    assert str(Event(clock(), *parts)) == f"1 March 2026, 09:00 UTC  {words}"


def test_a_wait_in_words() -> None:
    words: Callable[[int], str] = wait_words
    assert [words(s) for s in (1, 30, 90, 91, 900)] == [
        "1 second",
        "30 seconds",
        "90 seconds",
        "2 minutes",
        "15 minutes",
    ]


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    place = Place.of_file(tmp_path / "editions.sqlite")
    accounts = Accounts(Store(place), hasher=QUICK)
    accounts.add(NAME, PASSWORD)
    assert place.file
    place.file.write_bytes(b"no database at all" * 99)
    for ask in (accounts.any, accounts.all, accounts.secret, lambda: accounts.holder("x")):
        with pytest.raises(StoreError, match="is damaged or is no database"):
            ask()
