"""What the page of county trends shows, and its address.

``/trends?measure=vera-incarceration-trends.jail_admissions&counties=37051,37097&as=count&by=year``:
the address is the whole state. A value that cannot be read falls back, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from data.facts import Facts
from data.language import say
from data.series import CountySeries, Measure, find_measure
from layouts.address import write_query
from layouts.exports.names import counties_named

CHOICES = {
    "as": ("rate", "count"),
    "by": ("finest", "year"),
    "align": ("calendar", "adoption"),
    "compare": ("all", "size"),
    "window": ("0", "1", "2", "3", "5"),
}
"""The allowed words of each choice, its default first."""
PANELS = {
    "trend": ("counties", "as", "by", "align"),
    "effect": ("window", "compare", "skip", "each"),
}
"""The options that each panel of the page reads."""
PANDEMIC = (2020, 2021)


@dataclass(frozen=True)
class TrendView:
    """A measure of a loaded series, the chosen counties, and every option of the two panels.

    ``each`` is how many events a year each person reached by LEAD is taken to have.
    """

    series: CountySeries | None
    measure: Measure | None
    chosen: tuple[str, ...] = ()
    choice: dict[str, str] = field(default_factory=lambda: {n: w[0] for n, w in CHOICES.items()})
    skip: tuple[int, ...] = ()
    each: float = 1.0
    notices: tuple[str, ...] = ()

    def asked(self) -> tuple[CountySeries, Measure]:
        """Give series and measure; raises ValueError where nothing is loaded."""
        if self.series is None or self.measure is None:
            raise ValueError("No county series is loaded.")
        return self.series, self.measure

    @property
    def key(self) -> str:
        """The measure's name in an address."""
        return self.series.key(self.measure.name) if self.series and self.measure else ""

    @property
    def _parts(self) -> dict[str, str]:
        """The state by the names in the address, blank or left out what is at its default."""
        return {
            "measure": self.key,
            "counties": ",".join(self.chosen),
            **{name: word for name, word in self.choice.items() if word != CHOICES[name][0]},
            "skip": ",".join(map(str, self.skip)),
            "each": "" if self.each == 1 else f"{self.each:g}",
        }

    def query(self, **changed: str) -> str:
        """Write the state as a query, without what is at its default, with some parts changed."""
        return write_query(self._parts | changed)

    def named(self, panel: str) -> str:
        """Name what a panel (a word of PANELS) draws after its measure and its own options.

        As ``effect-vera-incarceration-trends.jail_admissions-window-2-skip-2020-2021``.
        """
        parts = self._parts | {"counties": counties_named(self.chosen)}
        told = [f"{name}-{parts[name]}" for name in PANELS[panel] if parts.get(name)]
        return "-".join([panel, self.key, *told]).replace(",", "-")


def measure_names(loaded: Sequence[CountySeries]) -> dict[str, str]:
    """Give every loaded measure's label by its name in an address."""
    return {
        series.key(measure.name): f"{say(measure.label)} ({series.title})"
        for series in loaded
        for measure in series.measures
    }


def read_trend_view(search: str, facts: Facts, loaded: Sequence[CountySeries]) -> TrendView:
    """Read the query of the page's address, with or without its question mark."""
    asked = {name: values[-1] for name, values in parse_qs(search.lstrip("?")).items()}
    notices: list[str] = []
    series, measure = _measure(asked.get("measure", ""), loaded, notices)
    codes = [*asked.get("counties", "").split(","), asked.get("add", "")]
    choice = {}
    for name, words in CHOICES.items():
        word = asked.get(name, words[0])
        if word not in words:
            notices.append(_no_choice(word, name, words))
        choice[name] = word if word in words else words[0]
    return TrendView(
        series,
        measure,
        _counties(codes, facts, notices),
        choice,
        _years(asked.get("skip", ""), notices),
        _each(asked.get("each", ""), notices),
        tuple(notices),
    )


def _no_choice(word: str, name: str, words: Sequence[str]) -> str:
    return say(
        "“{word}” is no choice for “{name}”; use {words}.",
        word=word[:20],
        name=name,
        words=say(" or ").join(words),
    )


def _measure(
    text: str, loaded: Sequence[CountySeries], notices: list[str]
) -> tuple[CountySeries | None, Measure | None]:
    found = find_measure(loaded, text)
    if text and not found:
        notices.append(say("No loaded series has the measure “{name}”.", name=text[:60]))
    first = ((series, series.measures[0]) for series in loaded)
    return found or next(first, (None, None))


def _counties(codes: list[str], facts: Facts, notices: list[str]) -> tuple[str, ...]:
    """Keep counties given by FIPS code or by name, each once."""
    by_name = {name.lower(): fips for fips, name in facts.county_names.items()}
    found = []
    for code in filter(None, (code.strip() for code in codes)):
        fips = code if code in facts.county_names else by_name.get(_bare(code))
        if fips is None:
            notices.append(say("No county is called “{name}”; left out.", name=code[:30]))
        else:
            found.append(fips)
    return tuple(dict.fromkeys(found))


def _bare(name: str) -> str:
    return name.lower().removesuffix(" county")


def _years(text: str, notices: list[str]) -> tuple[int, ...]:
    words = [word for word in text.split(",") if word]
    good = sorted({int(word) for word in words if word.isdecimal() and 1900 <= int(word) <= 2999})
    if len(good) < len(set(words)):
        notices.append(
            say(
                "“{text}” are no years like 2020,2021; what is no year is left out.",
                text=text[:30],
            )
        )
    return tuple(good)


def _each(text: str, notices: list[str]) -> float:
    try:
        each = float(text or 1)
    except ValueError:
        each = -1.0
    if not 0 <= each <= 100:
        notices.append(
            say("“{text}” is no number of events from 0 to 100; using 1.", text=text[:20])
        )
        return 1.0
    return each
