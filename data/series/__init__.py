"""A publisher's county series as one long table, with what was understood and dropped.

Nothing of this is shipped: a person loads a file (``data.publishers``), and it is kept in that
person's own folder (``data.series.library``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from data.language import marked

COLUMNS = ("fips", "measure", "period_start", "period_end", "value", "population", "quality")
"""Of the long table: a row a county, measure and period.

``fips`` and ``measure`` are text, ``period_start`` and ``period_end`` days (datetime64, both ends
included), ``value`` a count (missing where ``quality`` says so), ``population`` the residents that
the count is about (missing where the file gives none), ``quality`` a word of QUALITIES.
"""

QUALITIES = {
    marked("reported"): marked("a number as the publisher gives it"),
    marked("zero"): marked("the publisher gives zero"),
    marked("interpolated"): marked(
        "estimated by the publisher between two reports; not a whole number"
    ),
    marked("apportioned"): marked(
        "the county's share of a jail that several counties use; not a whole number"
    ),
    marked("unreliable"): marked("marked as unreliable by the publisher"),
    marked("doubtful zero"): marked(
        "zero between periods with 20 or more; most likely not reported"
    ),
    marked("suppressed"): marked("kept back by the publisher to protect people"),
    marked("missing"): marked("not given"),
}
"""What is known of a value, in words. They are never mixed: no zero stands for a missing value."""
VALUED = ("reported", "zero", "interpolated", "apportioned", "unreliable")
"""The qualities whose value may be drawn and counted; the others have none."""


@dataclass(frozen=True)
class Measure:
    """What is counted: ``events`` in a period, or ``people`` on an average day of it."""

    name: str
    label: str
    kind: Literal["events", "people"] = "events"
    residents: str = marked("residents")
    """Whom ``population`` counts, as in ``residents aged 15 to 64``."""


class SeriesError(ValueError):
    """A file that cannot be used; the message says where, what and how to mend it."""


@dataclass(frozen=True, eq=False)
class CountySeries:
    """A loaded file: where it is from, what is in it, and its long table.

    ``dropped`` tells why rows were left out, and how many; ``notes`` what a reader should know of
    the publisher's method; ``checksum`` is the SHA-256 of the file as it was loaded.
    """

    id: str
    title: str
    publisher: str
    license: str
    address: str
    layout: str
    measures: tuple[Measure, ...]
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    file: str = ""
    retrieved: str = ""
    """The day on which it was loaded, as ISO text."""
    checksum: str = ""
    regional: dict[str, str] = field(default_factory=dict)
    """By FIPS code, the counties that share its jail, in words."""

    def measure(self, name: str) -> Measure:
        """Give a measure by its name; raises SeriesError for one that the series lacks."""
        known = {measure.name: measure for measure in self.measures}
        if name not in known:
            advice = f"{self.title} has no measure “{name}”; choose one of: {', '.join(known)}."
            raise SeriesError(advice)
        return known[name]

    def key(self, measure: str) -> str:
        """Name a measure in an address: ``vera-incarceration-trends.jail_admissions``."""
        return f"{self.id}.{measure}"

    def of(self, name: str) -> pd.DataFrame:
        """Give the rows of one measure."""
        return self.frame[self.frame["measure"] == name]


def find_measure(loaded: Iterable[CountySeries], key: str) -> tuple[CountySeries, Measure] | None:
    """Find the measure of a loaded series by its name in an address; None where there is none."""
    known = {series.key(told.name): (series, told) for series in loaded for told in series.measures}
    return known.get(key)
