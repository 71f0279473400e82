from typing import Literal

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from data.stewards.passwords import (
    LONGEST,
    AccountError,
    Passwords,
    check_name,
    check_password,
    fold,
)
from tests.stewards import PASSWORD, QUICK

FOLDED = {
    "small": ("ada", "ada"),
    "capitals": ("ADA", "ada"),
    "blanks": ("  Ada \t Lovelace ", "ada lovelace"),
    "mail": ("Ada.L+x@Example.org", "ada.l+x@example.org"),
    "wide": ("\uff21da", "ada"),  # the letter of East Asian width
    "sharp s": ("STRAßE", "strasse"),
    "Greek": ("ΑΔΑΣ", "αδασ"),
    "blank": ("", ""),
    "nothing but blanks": ("  ", ""),
    "SQL": ("x'; DROP TABLE accounts; --", ""),
    "SQL that is true": ("' OR '1'='1", ""),
    "HTML": ("<b>ada</b>", ""),
    "zero byte": ("ada\0", ""),
    "half a letter": ("ada\ud800", ""),
    "turned about": ("ada\u202e", ""),
    "too long": ("a" * 61, ""),
    "far too long": ("a" * 1_000_000, ""),
    "first a dot": (".ada", ""),
}


@pytest.mark.parametrize(("typed", "kept"), FOLDED.values(), ids=FOLDED)
def test_a_name_is_kept_folded(typed: str, kept: str) -> None:
    assert fold(typed) == kept


@given(st.text(max_size=70))
def test_a_folded_name_stays_as_it_is(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)
    assert len(fold(typed)) <= 60


def test_a_bad_name_is_told() -> None:
    with pytest.raises(AccountError, match=r"“<b>” cannot be a name; write up to 60 letters"):
        check_name("<b>")


BAD = {
    "blank": ("", "too short; 12 characters are the fewest"),
    "short": ("a1b2c3d4e5f", "too short"),
    "long": ("abcdefgh" * 126, "too long; 1,000 characters are the most"),
    "one letter": ("a" * 40, "repeats itself; use 5 different"),
    "the name": ("Ada Lovelace of London", "The password is the name"),
}


@pytest.mark.parametrize(("password", "words"), BAD.values(), ids=BAD)
def test_a_weak_password_is_told(password: str, words: str) -> None:
    with pytest.raises(AccountError, match=words):
        check_password("ada lovelace of london", password)


def test_a_good_password_is_taken() -> None:
    check_password("ada", "a1b2c3d4e5f6")
    check_password("ada", ("abcdefgh" * 125)[:LONGEST])


@pytest.mark.parametrize(
    "password",
    ["correct horse", "pässwörter", "\0" * 12, "\ud800 half a letter", "x" * LONGEST],
    ids=["plain", "umlauts", "zeros", "half", "longest"],
)
def test_only_the_password_matches(password: str) -> None:
    passwords = Passwords(QUICK)
    hash = passwords.hash(password)
    assert passwords.matches(hash, password)
    assert not passwords.matches(hash, password + "x")
    assert not passwords.matches(hash, password[:-1])
    assert not passwords.matches(None, password)
    assert password not in hash


def test_a_letter_may_be_typed_in_two_ways() -> None:
    passwords = Passwords(QUICK)
    assert passwords.matches(
        passwords.hash("Übermut tut selten gut"), "U\u0308bermut tut selten gut"
    )


@pytest.mark.parametrize("hash", ["", "no hash", "$argon2id$v=19$m=8"])
def test_what_is_no_hash_matches_nothing(hash: str) -> None:
    assert not Passwords(QUICK).matches(hash, PASSWORD)


def test_the_password_of_nobody_lets_nobody_in() -> None:
    assert not Passwords(QUICK).matches(None, "the password of nobody")


class Counting(PasswordHasher):
    """Counts what it verifies, and how long."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[int] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.verified.append(len(password))
        return super().verify(hash, password)


def test_the_same_work_is_done_for_every_name_and_length() -> None:
    counting = Counting()
    passwords = Passwords(counting)
    hash = passwords.hash(PASSWORD)
    for against in (hash, None):
        for password in ("wrong", "x" * 100_000):
            passwords.matches(against, password)
    assert counting.verified == [5, LONGEST] * 2


def test_a_hash_of_other_costs_is_outdated() -> None:
    hash = Passwords(QUICK).hash(PASSWORD)
    assert not Passwords(QUICK).outdated(hash)
    assert Passwords(PasswordHasher(2, 8, 1)).outdated(hash)
