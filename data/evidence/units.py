"""Units of figures, the short words behind a number: ``42 people``."""

from __future__ import annotations

from data.language import marked, say

UNITS = frozenset(
    {
        marked("% of jails"),
        marked("USD"),
        marked("USD of benefit per USD of cost"),
        marked("USD per client-year"),
        marked("USD per person"),
        marked("USD per person-day"),
        marked("USD per person-month"),
        marked("USD per year"),
        marked("administrations"),
        marked("admissions"),
        marked("agencies"),
        marked("arrests"),
        marked("bookings"),
        marked("bookings per person-year"),
        marked("bookings per year"),
        marked("calls"),
        marked("charges"),
        marked("contacts"),
        marked("convictions"),
        marked("counties"),
        marked("courts"),
        marked("days"),
        marked("days per person-year"),
        marked("deaths"),
        marked("deaths per 100,000 residents"),
        marked("diversions"),
        marked("doses"),
        marked("effect size"),
        marked("encounters"),
        marked("jails"),
        marked("kits"),
        marked("likelihood"),
        marked("odds ratio change"),
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
        marked("rate per participant"),
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
"""All units of the shipped results, counts of people reached and context that stand as words."""


def unit_words(unit: str) -> str:
    """Say a unit in the language that is spoken; an unknown one stays as it is."""
    return say(unit) if unit in UNITS else unit
