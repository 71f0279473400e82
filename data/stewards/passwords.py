"""Names and passwords of stewards: what may be one, and how a password is hashed and checked."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from data.editions.edition import StoreError
from data.editions.models import NAME_MOST

SHORTEST, LONGEST = 12, 1_000
"""Characters of a password."""
FEWEST_LETTERS = 5
"""Different characters that a password needs."""
AT_ONCE = 2
"""Passwords hashed at the same time in a process; each takes 64 MB for a moment."""
_NAME = re.compile(r"[^\W_][\w.@'+ -]*")


class AccountError(StoreError):
    """An account cannot be made or changed as asked; the text is one sentence on it."""


def fold(name: str) -> str:
    """Give a name as it is kept, in small letters; blank where it can be no name.

    >>> fold(" Ada  LOVELACE ")
    'ada lovelace'
    >>> fold("x'; DROP TABLE accounts")
    ''
    """
    if len(name) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    folded = " ".join(plain.split())
    return folded if len(folded) <= NAME_MOST and _NAME.fullmatch(folded) else ""


def check_name(name: str) -> str:
    """Give a name as it is kept; raises AccountError where it can be none."""
    if folded := fold(name):
        return folded
    raise AccountError(
        f"“{name[:NAME_MOST]}” cannot be a name; write up to {NAME_MOST} letters, digits, blanks "
        "or any of . @ ' + - and begin with a letter or digit."
    )


def check_password(name: str, password: str) -> None:
    """Raise AccountError, which says why, where a password is too weak for a name."""
    if len(password) < SHORTEST:
        raise AccountError(f"The password is too short; {SHORTEST} characters are the fewest.")
    if len(password) > LONGEST:
        raise AccountError(f"The password is too long; {LONGEST:,} characters are the most.")
    if len(set(password.casefold())) < FEWEST_LETTERS:
        raise AccountError(
            f"The password repeats itself; use {FEWEST_LETTERS} different characters or more."
        )
    if fold(password) == fold(name):
        raise AccountError("The password is the name; choose another.")


class Passwords:
    """Hashes passwords with argon2id and checks them, as slowly for an unknown name as for any.

    Parameters
    ----------
    hasher
        Tells how costly a hash is; argon2-cffi's own choice (RFC 9106) by default.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self.hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Hash a password."""
        with self._turns:
            return self.hasher.hash(_bytes(password))

    def matches(self, hash: str | None, password: str) -> bool:
        """Tell whether a password is the one hashed; with None it takes as long, and is not."""
        against = self._nobody  # made before it is known who is asked for
        if hash and len(password) <= LONGEST:
            against = hash
        try:
            with self._turns:
                self.hasher.verify(against, _bytes(password[:LONGEST]))
        except (Argon2Error, InvalidHashError):
            return False
        return against is not self._nobody

    def outdated(self, hash: str) -> bool:
        """Tell whether a hash was made with other costs than now."""
        return self.hasher.check_needs_rehash(hash)

    @cached_property
    def _nobody(self) -> str:
        return self.hasher.hash(b"the password of nobody")


def _bytes(password: str) -> bytes:
    # The same letters may be typed in several ways; half letters, as from a terminal, stay apart.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
