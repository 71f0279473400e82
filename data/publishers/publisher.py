"""What is known of a publisher, and what reading one of its files gives."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from data.publishers.places import STATES
from data.series import Measure, SeriesError


@dataclass(frozen=True)
class Publisher:
    """A publisher's data set: its terms, its page, and where its files lie, by layout."""

    id: str
    title: str
    publisher: str
    license: str
    address: str
    downloads: dict[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """What was read of a file so far; becomes a ``data.series.CountySeries``.

    ``dropped`` counts rows by the reason why they were left out, ``elsewhere`` the rows of other
    states by the state's FIPS code, ``home`` the rows of North Carolina if the reader counts them.
    """

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    measures: tuple[Measure, ...] = ()
    layout: str = ""
    id: str = ""
    title: str = ""
    publisher: str = ""
    license: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    dropped: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    regional: dict[str, str] = field(default_factory=dict)

    def drop(self, why: str, count: int) -> None:
        """Count rows that are left out."""
        if count:
            self.dropped[why] += int(count)

    def require_home(self, name: str, rows: int = 0) -> None:
        """Count the rows of other states; raise SeriesError if they are all that there is."""
        away = sum(self.elsewhere.values())
        if away and not rows:
            named = [STATES.get(code, code) for code, _ in self.elsewhere.most_common(2)]
            states = named[0] if len(self.elsewhere) == 1 else f"{len(self.elsewhere)} other states"
            raise SeriesError(
                f"{name} has rows of {states} only, and none of North Carolina; "
                "get the file that covers North Carolina."
            )
        if not rows:
            raise SeriesError(f"{name} has no rows of North Carolina's counties; get it again.")
        self.drop("rows of other states", away)


def slug(prefix: str, text: str) -> str:
    """Make an id of letters, digits and hyphens, of at most 80 characters.

    >>> slug("table", "Jail admissions, by county")
    'table-jail-admissions-by-county'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return f"{prefix}-{re.sub('[^a-z0-9]+', '-', plain).strip('-')}"[:80].strip("-")
