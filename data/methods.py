"""How every number is made, in words: the entries of the methods, each with its anchor on /data."""

from __future__ import annotations

from typing import NamedTuple

from data.language import marked


class Method(NamedTuple):
    """An entry of the methods: its anchor on the data page, its heading and its words.

    ``table`` is the table whose sources it rests on, where that is one of a few sources. In the
    words ``{first}`` and ``{last}`` are the years between which residents are known.
    """

    id: str
    name: str
    words: str
    table: str = ""


STATUS_RULES = {
    "running": marked(
        "the day is on or after the latest possible start and not after the earliest possible end"
    ),
    "unconfirmed": marked(
        "running, but more than 24 months after the newest source that saw it running; "
        "still counted"
    ),
    "perhaps": marked("the day lies between the first and the last possible start, or end"),
    "planned": marked("a plan was announced by the day, and the program cannot have begun"),
    "ended": marked("the day is after the latest possible end"),
    "none_found": marked(
        "nothing of the above was found in the sources; this is not proof of absence"
    ),
}
"""The rule of each look of a county (``data.words.LOOKS``)."""
METHODS = (
    Method(
        "counts",
        marked("Counts"),
        marked(
            "A county takes the best status of its programs, in the order above. “5 counties, "
            "perhaps 6” means: five surely, one more on one reading of its dates. Every curve is "
            "a band from the first number to the second."
        ),
    ),
    Method(
        "unconfirmed",
        marked("Not confirmed"),
        marked(
            "The 24 months run from the date of the newest source that saw the program running; "
            "where that date is a month, a year or a span of time, from its first day. A program "
            "that no dated source saw is not confirmed from its start on. A county with two "
            "running programs is confirmed as long as one of them is, so the later date counts."
        ),
    ),
    Method(
        "dates",
        marked("Dates"),
        marked(
            "Dates are EDTF (ISO 8601-2): 2018-02 is some day of that month, [..2019-02-22] is "
            "on or before that day. A start that no source gives is bounded below by the first "
            "LEAD in the state. Plans count from the last day on which they can have been "
            "announced."
        ),
    ),
    Method(
        "services",
        marked("Services on a day"),
        marked(
            "A service other than LEAD is running from the last day on which it can have begun; "
            "where no start is known, from the day a source saw it running. Before that it is "
            "perhaps running, from the first day on which it can have begun: where no source gives "
            "that day, the day of the law that allows the service, if one is known, and else any "
            "earlier day. It is not confirmed where no dated source of the 24 months before saw "
            "it. What was only funded, planned, considered or listed counts as that from the day "
            "of its source, and always where it has no date. A statement on the whole state counts "
            "for no county."
        ),
    ),
    Method(
        "residents",
        marked("Residents"),
        marked(
            "The share of residents is the Census Bureau's estimate for the counties with LEAD "
            "over that of the state, for the year of the day; {first} stands for earlier and "
            "{last} for later years. Most programs serve one town, so the share covered is smaller."
        ),
        "population",
    ),
    Method(
        "intervals",
        marked("Intervals"),
        marked(
            "A share with known counts has the exact 95% interval (Clopper and Pearson 1934); a "
            "published standard error gives the normal interval. Where the source has only a "
            "percent, there is no interval, and the page says so."
        ),
    ),
    Method(
        "simulation",
        marked("Falls that chance alone makes"),
        marked(
            "Six made-up groups of 400,000 people, on whom nothing has any effect. Each person has "
            "a rate of arrests of their own that never changes, drawn from a gamma distribution: "
            "the mean is 1 or 2 arrests a year, and its shape, which tells how alike people are, "
            "0.5, 1 or 2. People enter at an arrest, so who is arrested more often enters more "
            "often. Their arrests in the six months before entry and in the six months after it "
            "are drawn by chance (Poisson). With the arrest of entry counted as before, the mean "
            "falls by 25% to 57%; of people with two or more other arrests before, and the arrest "
            "of entry not counted, by 11% to 55%. The program is tests/bench/effect.py in the "
            "code; make bench runs it."
        ),
    ),
    Method(
        "context-figures",
        marked("Context"),
        marked(
            "Points are joined only within one publisher and one definition; rounded and "
            "provisional figures are hollow; the pandemic, the change of crime reporting and the "
            "courts' change of system are marked. Totals of a county or the state cannot show "
            "the effect of a program of a few dozen people."
        ),
    ),
    Method(
        "county-trends",
        marked("County trends"),
        marked(
            "Rates are events over person-time, with exact or Byar intervals. Observed against "
            "expected is a Poisson imputation fitted where no program can have begun, with "
            "randomization inference: the page of county trends tells each step beside its "
            "number."
        ),
    ),
    Method(
        "classes",
        marked("Classes of a measure"),
        marked(
            "A map of a measure has at most 5 classes, the same on every day: natural breaks, "
            "which of all ways to part the rates of all counties and periods make the rates of "
            "a class most alike (Fisher 1958; Jenks 1977). Each bound is then the roundest number "
            "that parts them so, and a rate on a bound belongs to the class below. Suppressed and "
            "missing values are in no class."
        ),
    ),
    Method(
        "slide",
        marked("31 August 2019"),
        marked(
            "The slide of that day which started this project was not found. The map of that day "
            "is the best reading of other sources: Cumberland, New Hanover, Haywood, Iredell and "
            "Catawba running, Burke perhaps. It is not a transcription of the slide."
        ),
    ),
)
