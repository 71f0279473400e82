"""Dates as the sources know them: EDTF text, the interval of days it means, and words for it."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from data.deadline import go_on
from data.language import ENGLISH, language, say, say_date

EVER = date(1900, 1, 1)
"""Stands for an open beginning."""
NEVER = date(2999, 12, 31)
"""Stands for an open end."""

_SPREADSHEET_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 0?0:00(?::00)?)?")
OPEN = ("", "..")
"""How an interval writes an end that is open or not known."""
_ONE_OF = re.compile(r"\[([\d-]*)\.\.([\d-]*)\]")
_SIMPLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00)?(?:\.0+)?")
ADVICE = (
    "Write a day as 2019-08-31, a month as 2019-08, a year as 2019, "
    "“by that day” as [..2019-08-31] or “some day within” as [2019-07..2019-09]."
)


class DateError(ValueError):
    """Text that is no date; the message says how to mend it."""


@dataclass(frozen=True, order=True)
class Span:
    """The days a date may mean, both ends included; EVER and NEVER stand for open ends."""

    earliest: date
    latest: date

    @property
    def exact(self) -> bool:
        """Whether the sources fix the day."""
        return self.earliest == self.latest


def normal_edtf(text: str) -> str:
    """Turn the dates a US spreadsheet writes into EDTF; leave all else as it is.

    ``8/31/2019`` is read month first and gives ``2019-08-31``; a midnight time stamp
    loses its time. Raises DateError for a month or day that does not exist.
    """
    text = text.strip()
    if match := _SPREADSHEET_DATE.fullmatch(text):
        month, day, year = map(int, match.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            raise DateError(f"“{text}” is no day when read as month/day/year. {ADVICE}") from None
    if match := _TIMESTAMP.fullmatch(text):
        return match[1]
    return text


@lru_cache(maxsize=4096)
def read_span(text: str) -> Span:
    """Read EDTF text (ISO 8601-2, as the Library of Congress profiles it) as a span of days.

    Raises DateError, with advice, for text that is no EDTF, runs backward or lies outside
    the years 1900 to 2999.
    """
    plain = normal_edtf(text)
    one_of = _ONE_OF.fullmatch(plain)
    start, slash, end = "/".join(one_of.groups()).partition("/") if one_of else plain.partition("/")
    if "/" in end or (slash and start in OPEN and end in OPEN):
        raise _no_date(text)
    if slash:
        earliest = EVER if start in OPEN else _span(start, text).earliest
        latest = NEVER if end in OPEN else _span(end, text).latest
        span = Span(earliest, latest)
    else:
        span = _span(plain, text)
    if span.latest < span.earliest:
        raise DateError(f"“{text}” ends before it begins. {ADVICE}")
    return span


def _span(part: str, text: str) -> Span:
    """Read one date; the commonest forms are read here, as the parser is slow, even to import."""
    if simple := _SIMPLE.fullmatch(part):
        return _simple_span(simple, text)
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    go_on()  # a file of many odd dates takes minutes
    try:
        parsed = parse_edtf(part)
        return Span(_as_date(parsed.lower_strict(), text), _as_date(parsed.upper_strict(), text))
    except (EDTFParseException, ValueError) as error:
        raise error if isinstance(error, DateError) else _no_date(text) from None


def _simple_span(match: re.Match[str], text: str) -> Span:
    year, month, day = match.groups()
    try:
        earliest = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _no_date(text) from None
    if not EVER.year <= earliest.year <= NEVER.year:
        raise _out_of_range(text)
    if day:
        return Span(earliest, earliest)
    last = int(month or 12)
    return Span(earliest, date(earliest.year, last, monthrange(earliest.year, last)[1]))


def _no_date(text: str) -> DateError:
    return DateError(f"“{text}” is not a date. {ADVICE}")


def _out_of_range(text: str) -> DateError:
    return DateError(f"“{text}” lies outside the years {EVER.year} to {NEVER.year}. {ADVICE}")


def _as_date(bound: object, text: str) -> date:
    if isinstance(bound, float) and math.isinf(bound):
        return EVER if bound < 0 else NEVER
    year, month, day = bound.tm_year, bound.tm_mon, bound.tm_mday  # type: ignore[attr-defined]
    if not EVER.year <= year <= NEVER.year:
        raise _out_of_range(text)
    return date(year, month, day)


def read_day(text: str) -> date:
    """Read one exact day, as a person types it into a page's address or a date box."""
    span = read_span(text)
    if not span.exact:
        raise DateError(f"“{text}” is not one day. Write a day as 2019-08-31.")
    return span.earliest


def day_words(day: date) -> str:
    """Write a day as ``31 August 2019``, or as the language does."""
    if language() == ENGLISH:
        return f"{day.day} {day:%B %Y}"
    return say_date(day, say("d MMMM y"))


def month_words(day: date) -> str:
    """Write a day's month as ``August 2019``."""
    return f"{day:%B %Y}" if language() == ENGLISH else say_date(day, say("MMMM y"))


def span_words(span: Span) -> str:
    """Say a span as exactly as it is known: ``February 2018``, ``by 22 February 2019``."""
    first, last = span.earliest, span.latest
    if first == EVER and last == NEVER:
        return say("not known")
    if first == EVER:
        return say("by {day}", day=day_words(last))
    if last == NEVER:
        return say("not before {day}", day=day_words(first))
    if span.exact:
        return day_words(first)
    if _whole_months(span):
        return _month_words(first, last)
    return say("between {first} and {last}", first=day_words(first), last=day_words(last))


def days_words(first: date, last: date) -> str:
    """Say a first and a last day: some languages put an article before each."""
    return say("{first_day} to {last_day}", first_day=day_words(first), last_day=day_words(last))


def _whole_months(span: Span) -> bool:
    return span.earliest.day == 1 and (span.latest + timedelta(days=1)).day == 1


def _month_words(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        ends = str(first.year), str(last.year)
    elif first.year != last.year:
        ends = month_words(first), month_words(last)
    else:
        month = f"{first:%B}" if language() == ENGLISH else say_date(first, "MMMM")
        ends = month if first.month != last.month else month_words(last), month_words(last)
    return ends[0] if ends[0] == ends[1] else say("{first} to {last}", first=ends[0], last=ends[1])


def edtf_words(text: str) -> str:
    """Say EDTF text in words; blank text gives ``not known``."""
    return span_words(read_span(text)) if text else say("not known")


def today() -> date:
    """Give the present day of this machine: the one place that reads the clock."""
    return datetime.now().date()
