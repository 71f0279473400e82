"""What an edition is, when it was published in words, and what can go wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from data.dates import day_words
from data.language import ENGLISH, speaking

Texts = dict[str, str]
"""The tables of an edition as CSV text, by name."""


@dataclass(frozen=True)
class Edition:
    """One published edition, without its tables.

    ``number`` counts from 1; ``parent`` is the number of the edition before, None for the first.
    ``checksum`` is the SHA-256 of the tables; ``at`` is the time of publishing, in UTC.
    """

    number: int
    parent: int | None
    checksum: str
    author: str
    note: str
    at: datetime

    @property
    def name(self) -> str:
        """The edition's short name: the first eight digits of its checksum."""
        return self.checksum[:8]

    def __str__(self) -> str:
        return f"edition {self.number} ({self.name}) by {self.author}, {time_words(self.at)}"


def time_words(at: datetime) -> str:
    """Say a time as ``31 August 2019, 14:05 UTC``, in English as all that is told of editions."""
    at = at.astimezone(UTC)
    with speaking(ENGLISH):
        return f"{day_words(at.date())}, {at:%H:%M} UTC"


class StoreError(Exception):
    """The database of editions cannot do what was asked; the text is one sentence on it."""


class Unreachable(StoreError):
    """The database does not answer, or not now."""


class Damaged(StoreError):
    """What the database holds is not what was published."""


class Conflict(StoreError):
    """Someone else published meanwhile; ``current`` is the newest edition, None for none."""

    def __init__(self, parent: int | None, current: Edition | None) -> None:
        self.parent, self.current = parent, current
        began = f"edition {parent}" if parent else "no edition"
        newest = f"{current} is the newest" if current else "the database holds no edition now"
        super().__init__(
            f"You began from {began}, but {newest}. Nothing was published; look at what "
            "changed, merge it with yours and publish that."
        )
