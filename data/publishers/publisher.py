"""What is known of a publisher, and what reading one of its files gives."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pandas as pd

from data.publishers.columns import Mapping
from data.publishers.grid import Table
from data.publishers.places import STATES
from data.series import Measure, SeriesError

Known = TypeVar("Known")
"""What the header of a file tells its reader: a layout, the columns' names, or a mapping."""


NEEDED = ("county", "period", "value")
"""Of ``Mapping``: what must be told of a form's columns, as far as the form has them."""


@dataclass(frozen=True, kw_only=True)
class Publisher(Generic[Known]):
    """A publisher's data set, or a form of table that anyone may publish, and how it is read.

    ``recognize`` takes a file's columns and some rows as text, and gives what ``read`` must know
    of them, or None for a file of another kind. ``help`` is what the command line says of it.
    ``downloads`` are the addresses of a publisher's file, by layout, the newest first.

    Only a form has ``options``: the fields of ``Mapping`` that it reads, each with the option of
    the command line that names its column. What a form recognizes is a guessed mapping, in place
    of which a person may tell one.
    """

    id: str
    title: str
    publisher: str
    license: str
    address: str = ""
    help: str
    recognize: Callable[[Sequence[str], pd.DataFrame], Known | None]
    read: Callable[[Table, Known], Reading]
    downloads: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def needed(self) -> dict[str, str]:
        """The columns without which a form cannot be read, as ``options`` has them."""
        return {name: self.options[name] for name in NEEDED if name in self.options}

    def takes(self, mapping: Mapping) -> bool:
        """Tell whether it is the form that a mapping is of: with a column of counts, or without."""
        return bool(self.options) and ("value" in self.options) == bool(mapping.value)


@dataclass
class Reading:
    """What was read of a file so far; becomes a ``data.series.CountySeries``.

    ``dropped`` counts rows by the reason why they were left out, ``elsewhere`` the rows of other
    states by the state's FIPS code. What is blank of its terms is as the ``Publisher`` has it.
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
