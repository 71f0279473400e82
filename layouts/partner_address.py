"""What the page of partnerships shows, and its address.

``/partnerships?date=2019-08-31&service=ssp&count=perhaps&has=lead,ssp``: the address is the whole
state. A value that cannot be read falls back, and the page says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from data.language import marked, say
from layouts.address import check_day, write_query

COUNTS = {
    "sure": marked("found running"),
    "perhaps": marked("found running, or perhaps running"),
}
"""What counts as having a service, its default first."""


@dataclass(frozen=True)
class PartnerView:
    """A day, one service to show large (none: all as small maps), what counts, and a filter.

    ``has``: only counties with all these services stand in the matrix.
    """

    day: date
    service: str = ""
    count: str = "sure"
    has: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def surely(self) -> bool:
        """Whether only what is found running counts."""
        return self.count == "sure"

    def query(self, today: date, **changed: str) -> str:
        """Write the state as a query, without what is at its default, with some parts changed."""
        parts = {
            "date": "" if self.day == today else self.day.isoformat(),
            "service": self.service,
            "count": "" if self.surely else self.count,
            "has": ",".join(self.has),
        } | changed
        return write_query(parts)


def read_partner_view(search: str, services: Collection[str], today: date) -> PartnerView:
    """Read the query of the page's address, with or without its question mark.

    ``services``: the words of the services, LEAD's among them. A field given several times adds up
    (checkboxes of a form), except for the day, of which the last counts.
    """
    asked = parse_qs(search.lstrip("?"))
    day, notice = check_day(asked.get("date", [""])[-1], today)
    notices = [notice] if notice else []
    service, count = asked.get("service", [""])[-1], asked.get("count", ["sure"])[-1]
    wanted = [one for cell in asked.get("has", []) for one in cell.split(",") if one]
    for word in dict.fromkeys([*filter(None, [service]), *wanted]):
        if word not in services:
            notices.append(say("There is no service “{word}”; left out.", word=word[:40]))
    if count not in COUNTS:
        notices.append(
            say("“{word}” is no way to count; counting what is found running.", word=count[:20])
        )
    return PartnerView(
        day=day,
        service=service if service in services else "",
        count=count if count in COUNTS else "sure",
        has=tuple(dict.fromkeys(one for one in wanted if one in services)),
        notices=tuple(notices),
    )
