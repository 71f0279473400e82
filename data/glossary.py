"""Terms of art and abbreviations, each with a plain meaning; also those in the words of sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from data.language import marked

WHAT_IS_LEAD = marked(
    "LEAD, Law Enforcement Assisted Diversion, lets an officer send a person caught in a low-level "
    "drug or sex-work offense to services instead of jail and prosecution."
)


class Term(NamedTuple):
    """A term, what it means, and the pattern by which it is found in the words of sources.

    Of a pattern, only what stands in ``(?-i:…)`` minds capital letters: an abbreviation must, as it
    may be a word in small ones. Terms without a pattern are only ever our own words.
    """

    name: str
    meaning: str
    seen: str = ""


TERMS = {
    "lead": Term("LEAD", WHAT_IS_LEAD),
    "diversion": Term(
        marked("diversion"),
        marked("A way out of an arrest, a charge or a jail stay, into services."),
        r"\bdiver(?:sion|ted)|deflection",
    ),
    "edition": Term(
        marked("edition"),
        marked(
            "All tables of the atlas as they were at one moment. It never changes; its name is its "
            "number, or the first letters of its checksum."
        ),
    ),
    "fips": Term("FIPS", marked("The federal number of a county: 37051 is Cumberland.")),
    "interval": Term(
        marked("95% interval"),
        marked(
            "A range made so that it holds the true value in 95 of 100 such counts, if chance is "
            "the only doubt. A wide one means that the figure says little."
        ),
    ),
    "n": Term("n", marked("The number of people, or of calls, on which a figure rests.")),
    "odds": Term(
        marked("odds"),
        marked(
            "How often a thing happened over how often it did not: 1 of 4 people are odds of 1 to "
            "3. A fall of the odds by 60% is less than a fall by 60% of the people."
        ),
        r"\bodds\b",
    ),
    "propensity": Term(
        marked("weighted or matched by propensity"),
        marked(
            "People of the comparison group count more, or were picked, where by what is known of "
            "them they were as likely to enter as those who did."
        ),
        r"propensity",
    ),
    "significant": Term(
        marked("p value, statistically significant"),
        marked(
            "p is how often chance alone would give a difference at least this large if there were "
            "none. Under 0.05 it is called significant; that does not make it large or important."
        ),
        r"\bp value|\bp [=<]|significant",
    ),
    "standard-error": Term(
        marked("standard error (SE)"),
        marked("How far chance alone is likely to move a figure; two of them make the interval."),
        r"(?-i:\bSE\b)|standard error",
    ),
    "effect-size": Term(
        marked("standardized effect size"),
        marked(
            "A difference measured in standard deviations, so that studies which count different "
            "things can be pooled; 0.2 is often called small, 0.8 large."
        ),
        r"effect size",
    ),
    "model": Term(
        marked("model, projection"),
        marked("Worked out from other figures and assumptions; nobody counted it."),
        r"\(model\)|projection",
    ),
    "recidivism": Term(
        marked("recidivism"),
        marked("A new arrest, charge or conviction; each study says which, and in what time."),
        r"recidivism|reoffend",
    ),
    "as-usual": Term(
        marked("system as usual"),
        marked("What happens without LEAD: arrest, booking into jail and a charge."),
        r"as usual",
    ),
    "non-warrant": Term(
        marked("non-warrant arrest"),
        marked(
            "An arrest for something just seen or reported, not on a judge's earlier order (a "
            "warrant), as for a court date that was missed."
        ),
        r"non-warrant",
    ),
    "person-time": Term(
        marked("client-year, person-year, person-month"),
        marked(
            "One person followed for a year or a month; two people for half a year are one year."
        ),
        r"(?:client|person)-(?:year|month|day)",
    ),
    "ed-visit": Term(
        marked("ED visit"),
        marked("A visit to a hospital's emergency department."),
        r"(?-i:\bED) visits?\b",
    ),
    "ems": Term("EMS", marked("Emergency medical services: the ambulances."), r"(?-i:\bEMS\b)"),
    "naloxone": Term(
        marked("naloxone"), marked("The medicine that reverses an opioid overdose."), r"naloxone"
    ),
    "mat": Term(
        "MAT, MOUD",
        marked(
            "Treatment with medicine for opioid use disorder: methadone, buprenorphine or "
            "naltrexone."
        ),
        r"(?-i:\bMAT\b|\bMOUD\b)|medication for opioid|methadone|buprenorphine|naltrexone",
    ),
    "pretrial": Term(
        marked("pretrial"),
        marked("Held or charged, and not yet tried; most people in local jails are."),
        r"pretrial",
    ),
    "average-population": Term(
        marked("average daily population"),
        marked("People in the jail on a mean day of the time told."),
        r"average (?:daily )?population",
    ),
    "part-one": Term(
        marked("part one crimes, index crimes"),
        marked(
            "The serious crimes that the FBI counts: murder, rape, robbery, aggravated assault, "
            "burglary, larceny and vehicle theft; some counts add arson. Not drug offenses."
        ),
        r"part one crime|index crime|crime index",
    ),
    "nibrs": Term(
        marked("NIBRS, incident-based reporting"),
        marked(
            "The way in which police report crimes to the FBI, every offense of an incident; "
            "before, only the worst was counted, so older figures do not compare."
        ),
        r"(?-i:NIBRS)|incident-based",
    ),
    "class-h": Term(
        marked("class H and I felony"),
        marked("The two least serious classes of felony in North Carolina."),
        r"class H and I",
    ),
    "ecourts": Term(
        marked("eCourts go-live, track"),
        marked(
            "The day on which a county's court moved to the state's new case system, in groups of "
            "counties called tracks; counts before and after may not compare."
        ),
        r"eCourts",
    ),
    "magistrate": Term(
        marked("magistrate"),
        marked("The court officer who sees people right after an arrest and sets bail."),
        r"magistrate",
    ),
    "good-samaritan": Term(
        marked("Good Samaritan rules"),
        marked(
            "The law of 2013, widened in 2023, that gives limited immunity to people who call for "
            "help at an overdose."
        ),
        r"Good Samaritan",
    ),
    "shock": Term(
        marked("shock"),
        marked("A sudden event that moves many figures at once, as the pandemic or a hurricane."),
    ),
    "suppressed": Term(
        marked("suppressed"),
        marked("A count so small that its publisher does not print it. It is not zero."),
    ),
    "unreliable": Term(
        marked("unreliable"),
        marked(
            "Resting on fewer than 20 events, or called so by its publisher: chance moves it much "
            "from year to year."
        ),
    ),
}
"""Every term, by its anchor on the data page (``/data#word-odds``), in the order of the list."""


def terms_in(texts: Iterable[str]) -> list[str]:
    """Find the terms of sources in their English words: keys of TERMS, in its order."""
    whole = "\n".join(texts)
    return [
        name
        for name, term in TERMS.items()
        if term.seen and re.search(term.seen, whole, re.IGNORECASE)
    ]
