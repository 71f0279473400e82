"""A view's state and its address: ``/?date=2019-08-31&counties=37051,37129&theme=dark``.

The address is the whole state. A value that cannot be read falls back to the default, and
``View.notices`` says so in a sentence.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlencode

from data.dates import DateError, day_words, read_day
from data.facts import Facts
from data.layers import LEAD

THEMES = ("light", "dark")


@dataclass(frozen=True)
class View:
    """What a page shows: the day, the chosen counties (FIPS codes), the layer and the theme."""

    day: date
    chosen: tuple[str, ...] = ()
    layer: str = LEAD
    theme: str = ""
    notices: tuple[str, ...] = field(default=(), compare=False)

    def query(self, today: date) -> str:
        """Write the state as a query, without what is at its default."""
        parts = {
            "date": "" if self.day == today else self.day.isoformat(),
            "counties": ",".join(self.chosen),
            "layer": "" if self.layer == LEAD else self.layer,
            "theme": self.theme,
        }
        return urlencode({name: value for name, value in parts.items() if value}, safe=",")


def check_day(text: str, today: date) -> tuple[date, str]:
    """Read a day that a person asked for: the day and no notice, or today and a notice."""
    if not text:
        return today, ""
    try:
        day = read_day(text)
    except DateError:
        return today, f"“{text[:40]}” is not a day like 2019-08-31; showing today."
    if day > today:
        return today, f"{day_words(day)} lies in the future; showing today."
    return day, ""


def read_view(search: str, facts: Facts, today: date, layers: Collection[str] = ()) -> View:
    """Read the query part of an address, with or without its question mark.

    ``layers`` names what the map can be colored by besides LEAD.
    """
    asked = {name: values[-1] for name, values in parse_qs(search.lstrip("?")).items()}
    day, notice = check_day(asked.get("date", ""), today)
    notices = [notice] if notice else []
    codes = [code.strip() for code in asked.get("counties", "").split(",") if code.strip()]
    known = facts.county_names
    chosen = tuple(dict.fromkeys(code for code in codes if code in known))
    unknown = [code for code in codes if code not in known]
    if unknown:
        notices.append(f"No county has the FIPS code “{unknown[0][:20]}”; left out.")
    layer, theme = asked.get("layer", LEAD), asked.get("theme", "")
    if layer != LEAD and layer not in layers:
        notices.append(f"There is no layer “{layer[:20]}”; showing LEAD.")
        layer = LEAD
    if theme not in ("", *THEMES):
        notices.append(f"There is no theme “{theme[:20]}”; use light or dark.")
        theme = ""
    return View(day, chosen, layer, theme, tuple(notices))
