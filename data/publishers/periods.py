"""Periods as publishers write them: years, fiscal years, quarters, months, days and intervals."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import gcd

import pandas as pd

from data.dates import EVER, NEVER, DateError, read_span, today
from data.language import marked
from data.publishers.values import bad_cell, shown

_MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name} | {
    name.lower(): number for number, name in enumerate(month_abbr) if name
}
_MONTHS["sept"] = 9
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?(?: \(provisional[^)]*\))?")
_FISCAL = re.compile(r"(?:s?fy|fiscal year|f\.y\.)\s*([0-9]{2}|[0-9]{4})")
_TWO_YEARS = re.compile(r"(?:s?fy|fiscal year)?\s*([0-9]{4})\s*[-–/]\s*([0-9]{2}|[0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4})[\s_-]*q([1-4])|q([1-4])[\s_,-]*([0-9]{4})")
_MONTH_OF = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})|([0-9]{1,2})/([0-9]{4})")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?")
_NAMED = re.compile(r"([a-z]{3,9})\.?,?[\s_-]*([0-9]{2}|[0-9]{4})|([0-9]{4})[\s_-]+([a-z]{3,9})")
_EDTF = re.compile(r"[0-9][0-9XxuU?~%./ :-]{3,40}")
"""What may be a date or an interval of two; the parser is too slow to be asked about any text."""
ADVICE = "write a year as 2019, a month as 2019-01, a quarter as 2019Q1 or a fiscal year as FY 2019"
FISCAL_NOTE = marked("Fiscal years are taken as July to June, as North Carolina's are.")
DAYS_NOTE = marked(
    "Each period is a single day; where a date stands for a longer time, write a week as "
    "2019-01-07/2019-01-13 and a month as 2019-01."
)
DATES_NOTES = {
    1: marked(
        "All dates are first days of months, or all last days; each is read as the whole month "
        "that it begins or ends."
    ),
    3: marked(
        "All dates are first days of months, or all last days, and three months apart; each is "
        "read as the whole quarter that it begins or ends."
    ),
    12: marked(
        "All dates are first days of months, or all last days, and a year apart; each is read as "
        "the whole year that it begins or ends."
    ),
}
"""What is told of dates that stand for months, by the number of these."""


@dataclass(frozen=True)
class Period:
    """The days from ``start`` to ``end``, both included; ``note`` tells a choice in reading it."""

    start: date
    end: date
    note: str = ""


def year(number: int) -> Period:
    """Give a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def months(year: int, first: int, count: int = 1) -> Period:
    """Give so many months of a year."""
    last = first + count - 1
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def fiscal(ends: int) -> Period:
    """Give a fiscal year of North Carolina by the year in which it ends: July to June."""
    return Period(date(ends - 1, 7, 1), date(ends, 6, 30), FISCAL_NOTE)


@lru_cache(maxsize=65536)
def read_period(text: str) -> Period:
    """Read a period.

    Raises ValueError, with the second half of a sentence, for text that is no period or lies
    outside the years 1900 to 2999.
    """
    plain = " ".join(text.strip().split())
    try:
        found = _worded(plain.lower()) or _edtf(plain)
    except ValueError:
        found = None
    if found is None or not EVER.year <= found.start.year <= NEVER.year:
        raise ValueError(f"is not a period; {ADVICE}")
    return found


def _worded(plain: str) -> Period | None:
    for read in (_year, _fiscal, _quarter, _month, _named):
        if found := read(plain):
            return found
    return None


def _edtf(text: str) -> Period | None:
    if not _EDTF.fullmatch(text):
        return None
    try:
        span = read_span(text)
    except DateError:
        return None
    open_ended = span.earliest == EVER or span.latest == NEVER
    return None if open_ended else Period(span.earliest, span.latest)


def _year(plain: str) -> Period | None:
    match = _YEAR.fullmatch(plain)
    return year(int(match[1])) if match else None


def _century(text: str) -> int:
    """Give the year of two or four digits; two mean 1970 to 2069."""
    number = int(text)
    if len(text) == 4:
        return number
    return number + (1900 if number >= 70 else 2000)


def _fiscal(plain: str) -> Period | None:
    if match := _FISCAL.fullmatch(plain):
        return fiscal(_century(match[1]))
    match = _TWO_YEARS.fullmatch(plain)
    if not match:
        return None
    first, second = int(match[1]), _century(match[2])
    # 2018-01 is a month, and so is 2011-12 as EDTF writes it; only FY can make a year of that.
    if second != first + 1 or (plain[0].isdigit() and _is_month(plain)):
        return None
    return fiscal(second)


def _is_month(plain: str) -> bool:
    return re.fullmatch(r"[0-9]{4}[-/](0[1-9]|1[0-2])", plain) is not None


def _quarter(plain: str) -> Period | None:
    if not (match := _QUARTER.fullmatch(plain)):
        return None
    number, quarter = (match[1], match[2]) if match[1] else (match[4], match[3])
    return months(int(number), 3 * int(quarter) - 2, 3)


def _month(plain: str) -> Period | None:
    if match := _COMPACT.fullmatch(plain):
        if match[3]:
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return Period(day, day)
        return months(int(match[1]), int(match[2]))
    if match := _MONTH_OF.fullmatch(plain):
        number, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return months(int(number), int(month)) if 1 <= int(month) <= 12 else None
    return None


def _named(plain: str) -> Period | None:
    match = _NAMED.fullmatch(plain)
    if not match:
        return None
    word, number = (match[1], match[2]) if match[1] else (match[4], match[3])
    month = _MONTHS.get(word)
    return months(_century(number), month) if month else None


def read_periods(texts: list[str]) -> dict[str, Period]:
    """Read the different texts of one column, which may settle what one text alone leaves open.

    ``2011-12`` is December 2011, unless all texts of the column pair a year with the next; dates
    may stand for months or years, see ``_with_dates``. Raises ValueError as ``read_period`` and
    ``_with_dates`` do, with the text as its second argument.
    """
    pairs = [re.fullmatch(r"([0-9]{4})[-/]([0-9]{2})", text.strip()) for text in texts]
    if len(texts) > 1 and all(p and (int(p[1]) + 1) % 100 == int(p[2]) for p in pairs):
        return {text: fiscal(int(text.strip()[:4]) + 1) for text in texts}
    found = {}
    for text in texts:
        try:
            found[text] = read_period(text)
            if found[text].start > today():
                raise ValueError("lies in the future; mend the date, or leave the row out")
        except ValueError as error:
            raise ValueError(str(error), text) from None
    return _with_dates(found)


def _with_dates(found: dict[str, Period]) -> dict[str, Period]:
    """Read dates as the months, quarters or years that a spreadsheet wrote them for.

    A file of nothing but first days of months, or last days, has no counts of single days: each
    date begins, or ends, as many months as lie between them all. Raises ValueError where that is
    no length of ``DATES_NOTES``, as for a lone date, and where dates stand among longer periods.
    """
    days = {text: period.start for text, period in found.items() if period.start == period.end}
    if not days:
        return found
    first = next(iter(days))
    if longer := next((text for text in found if text not in days), ""):
        raise ValueError(f"is a single day, but {shown(longer)} is longer; {ADVICE}", first)
    for ends in (False, True):
        edges = [day + timedelta(days=ends) for day in days.values()]
        if all(edge.day == 1 for edge in edges):
            numbers = [12 * edge.year + edge.month - 1 for edge in edges]
            length = gcd(*(number - numbers[0] for number in numbers))
            if length not in DATES_NOTES:
                raise ValueError(f"may be a day, a month or a year; {ADVICE}", first)
            starts = [number - length * ends for number in numbers]
            return {t: _dated(n, length) for t, n in zip(days, starts, strict=True)}
    return {text: replace(period, note=DAYS_NOTE) for text, period in found.items()}


def _dated(number: int, length: int) -> Period:
    """Give so many months from a month on, which is numbered from January of the year 0."""
    start, after = (date(n // 12, n % 12 + 1, 1) for n in (number, number + length))
    return Period(start, after - timedelta(days=1), DATES_NOTES[length])


def spans(cells: pd.Series, name: str, column: str) -> pd.DataFrame:
    """Read a column of periods.

    Parameters
    ----------
    cells
        Text, indexed by the row numbers of the file.
    name, column
        The names of file and column, for the error.

    Returns
    -------
    ``period_start, period_end`` (datetime64) and ``period_note`` (text) on the same index.

    Raises
    ------
    SeriesError
        For text that is no period or lies in the future; names the row and the value.
    """
    try:
        known = read_periods(list(cells.unique()))
    except ValueError as error:
        problem, text = error.args
        row = cells.index[cells == text][0]
        raise bad_cell(name, row, column, text, f"{problem}.") from None
    found = [known[text] for text in cells]
    return pd.DataFrame(
        {
            "period_start": pd.to_datetime([period.start for period in found]),
            "period_end": pd.to_datetime([period.end for period in found]),
            "period_note": pd.array([period.note for period in found], dtype="str"),
        },
        index=cells.index,
    )
