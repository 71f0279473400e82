"""Units of counts, the short words behind a number: ``42 people``."""

from __future__ import annotations

from data.language import marked, say

UNITS = frozenset(
    {
        marked("% of jails"),
        marked("administrations"),
        marked("admissions"),
        marked("agencies"),
        marked("arrests"),
        marked("bookings"),
        marked("bookings per year"),
        marked("calls"),
        marked("charges"),
        marked("contacts"),
        marked("convictions"),
        marked("counties"),
        marked("courts"),
        marked("days"),
        marked("deaths"),
        marked("deaths per 100,000 residents"),
        marked("diversions"),
        marked("doses"),
        marked("encounters"),
        marked("jails"),
        marked("kits"),
        marked("offenses"),
        marked("offenses per 100,000 residents"),
        marked("overdoses"),
        marked("patients"),
        marked("people"),
        marked("people over capacity"),
        marked("people per year"),
        marked("percent"),
        marked("pleas"),
        marked("programs"),
        marked("referrals"),
        marked("requests"),
        marked("reversals"),
        marked("sentences"),
        marked("syringes"),
        marked("units"),
        marked("uses"),
        marked("visits"),
    }
)
"""All units of the shipped counts of people reached and of the context."""


def unit_words(unit: str) -> str:
    """Say a unit in the language that is spoken; an unknown one stays as it is."""
    return say(unit) if unit in UNITS else unit
