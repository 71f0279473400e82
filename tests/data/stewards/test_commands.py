import getpass
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.__main__ import main
from data.editions import Place
from data.editions.store import Store
from data.stewards.accounts import Accounts
from data.stewards.passwords import Passwords
from tests.data.commands import Run, Told
from tests.stewards import ADDRESS, PASSWORD, QUICK

OTHER = "another good password"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Name an SQLite file, which is not there yet, in DATABASE_URL."""
    place = Place.of_file(tmp_path / "editions.sqlite")
    monkeypatch.setenv("DATABASE_URL", place.url)
    return place


@pytest.fixture
def run(file: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs a command; ``typed`` comes from standard input."""
    monkeypatch.setattr("data.stewards.passwords.PasswordHasher", lambda: QUICK)

    def command(*arguments: str, typed: str = "") -> Told:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["account", *arguments])
        return Told(status, *capsys.readouterr())

    return command


def asked(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answer what is asked for in turn; give the prompts as they come."""
    prompts: list[str] = []
    given: Iterator[str] = iter(answers)

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return next(given)

    monkeypatch.setattr(getpass, "getpass", answer)
    return prompts


def test_an_account_from_first_to_last(
    run: Run, file: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("list").out == (
        "There is no account. Make one with: python -m data account add NAME\n"
    )
    assert run("events").out == "Nothing is noted yet.\n"
    assert file.file and not file.file.exists()

    prompts = asked(monkeypatch, PASSWORD, PASSWORD)
    assert run("add", "Ada") == (0, "Made the account “ada”. It may sign in at /steward.\n", "")
    assert prompts == ["Password: ", "The same again: "]
    assert run("list").out.startswith("ada  made ")
    assert run("password", "ada", "--stdin", typed=f"{OTHER}\r\nmore\n").out == (
        "The password of “ada” is changed; its sessions have ended.\n"
    )
    accounts = Accounts(Store(file), hasher=QUICK)
    assert accounts.sign_in("ada", OTHER, ADDRESS).name == "ada"
    assert run("remove", "ADA").out == ("Removed the account “ADA”, its sessions and its draft.\n")
    lines = run("events").out.splitlines()
    assert [line.split("  ")[1:] for line in lines] == [
        ["removed", "ada"],
        ["signed in", "ada", "from 192.0.2.1"],
        ["password", "ada"],
        ["added", "ada"],
    ]


REFUSED = {
    "short": (["add", "ada"], "short\n", "The password is too short"),
    "no line": (["add", "ada"], "", "The password is too short"),
    "the name": (["add", "Ada Lovelace of London"], "ADA lovelace of London\n", "is the name"),
    "bad name": (["add", "<b>"], f"{PASSWORD}\n", "“<b>” cannot be a name"),
    "twice": (["add", "BOB"], f"{PASSWORD}\n", "There is an account “bob” already"),
    "no such": (["password", "ada"], f"{PASSWORD}\n", "There is no account “ada”"),
}


@pytest.mark.parametrize(("arguments", "typed", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told(
    run: Run, arguments: list[str], typed: str, words: str
) -> None:
    run("add", "bob", "--stdin", typed=f"{OTHER}\n")
    told = run(*arguments, "--stdin", typed=typed)
    assert (told.status, told.out) == (1, "")
    assert words in told.err
    assert told.err.count("\n") == 1
    assert run("list").out.count("\n") == 1


def test_who_is_not_there_cannot_be_removed(run: Run, file: Place) -> None:
    assert run("remove", "ada") == (1, "", "There is no account “ada”.\n")
    assert file.file and not file.file.exists()


def test_two_passwords_that_differ(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, PASSWORD, OTHER)
    assert run("add", "ada").err == "The two passwords differ; nothing was changed.\n"


@pytest.mark.parametrize("error", [EOFError(), getpass.GetPassWarning("seen")])
def test_a_password_is_never_asked_for_where_it_would_be_seen(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def ask(prompt: str) -> str:
        raise error

    monkeypatch.setattr(getpass, "getpass", ask)
    told = run("add", "ada")
    assert told == (1, "", "The password cannot be asked for here; use --stdin.\n")


def test_without_a_database_it_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "none")
    assert "uses no database; name one in DATABASE_URL" in run("list").err
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("TABLES", "some folder")
    words = "The atlas shows the folder some folder as it is and uses no database; name one in "
    assert run("add", "ada") == (1, "", f"{words}DATABASE_URL.\n")


def test_by_itself_a_hash_is_costly() -> None:
    hasher = Passwords().hasher
    assert hasher.memory_cost >= 19 * 1024
    assert (hasher.type.name, hasher.time_cost >= 2) == ("ID", True)
