"""What files are called that readers keep, so that two of them can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MOST_NAMED = 4
"""So many counties stand in the name of a file."""


def kept_name(
    what: str, day: date | None = None, edition: str = "", chosen: Sequence[str] = ()
) -> str:
    """Name a file after what it holds, of which counties (FIPS codes), day and edition.

    >>> kept_name("adoption", date(2019, 8, 31), "1a2b3c4d")
    'adoption-on-2019-08-31-edition-1a2b3c4d'
    """
    parts = {"counties": counties_named(chosen), "on": day, "edition": edition}
    return "-".join([what, *(f"{word}-{part}" for word, part in parts.items() if part)])


def counties_named(chosen: Sequence[str]) -> str:
    """Name counties in the name of a file; more than have room in it are counted.

    >>> counties_named(["37051", "37097"]), counties_named(["37051"] * 5)
    ('37051-37097', '5')
    """
    return "-".join(chosen) if len(chosen) <= MOST_NAMED else str(len(chosen))
