import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from data.dates import (
    ADVICE,
    EVER,
    NEVER,
    DateError,
    Span,
    day_words,
    edtf_words,
    normal_edtf,
    read_day,
    read_span,
    span_words,
)

any_day = st.dates(EVER, NEVER)
inner_day = st.dates(EVER + timedelta(days=1), NEVER - timedelta(days=1))


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


SPANS = {
    "2018-02-14": ("2018-02-14", "2018-02-14", "14 February 2018"),
    "2020-02-29": ("2020-02-29", "2020-02-29", "29 February 2020"),
    "2018-02": ("2018-02-01", "2018-02-28", "February 2018"),
    "2020-02": ("2020-02-01", "2020-02-29", "February 2020"),
    "2018-12": ("2018-12-01", "2018-12-31", "December 2018"),
    "2020": ("2020-01-01", "2020-12-31", "2020"),
    "201X": ("2010-01-01", "2019-12-31", "2010 to 2019"),
    "[2016-07..2016-09]": ("2016-07-01", "2016-09-30", "July to September 2016"),
    "[2016-07-01..2019-02-22]": (
        "2016-07-01",
        "2019-02-22",
        "between 1 July 2016 and 22 February 2019",
    ),
    "[2016-07..2019-12]": ("2016-07-01", "2019-12-31", "July 2016 to December 2019"),
    "[2016..2018]": ("2016-01-01", "2018-12-31", "2016 to 2018"),
    "[2016-07-02..2016-07-31]": (
        "2016-07-02",
        "2016-07-31",
        "between 2 July 2016 and 31 July 2016",
    ),
    "[2019-05-05..2019-05-05]": ("2019-05-05", "2019-05-05", "5 May 2019"),
    "[..2019-02-22]": ("1900-01-01", "2019-02-22", "by 22 February 2019"),
    "[..2019-02]": ("1900-01-01", "2019-02-28", "by 28 February 2019"),
    "[2016-07-01..]": ("2016-07-01", "2999-12-31", "not before 1 July 2016"),
    "2016-07-01/2017-06-30": ("2016-07-01", "2017-06-30", "July 2016 to June 2017"),
    "2019-12-15/2020-01-14": (
        "2019-12-15",
        "2020-01-14",
        "between 15 December 2019 and 14 January 2020",
    ),
    "/2020-12-31": ("1900-01-01", "2020-12-31", "by 31 December 2020"),
    "../2020-12-31": ("1900-01-01", "2020-12-31", "by 31 December 2020"),
    "2022/": ("2022-01-01", "2999-12-31", "not before 1 January 2022"),
    "2022/..": ("2022-01-01", "2999-12-31", "not before 1 January 2022"),
    "2018-06?": ("2018-06-01", "2018-06-30", "June 2018"),
    "2018~": ("2018-01-01", "2018-12-31", "2018"),
    " 2018-02 ": ("2018-02-01", "2018-02-28", "February 2018"),
    "8/31/2019": ("2019-08-31", "2019-08-31", "31 August 2019"),
    "08/05/2019": ("2019-08-05", "2019-08-05", "5 August 2019"),
    "12/1/2019": ("2019-12-01", "2019-12-01", "1 December 2019"),
    "8/31/2019 0:00": ("2019-08-31", "2019-08-31", "31 August 2019"),
    "8/31/2019 00:00:00": ("2019-08-31", "2019-08-31", "31 August 2019"),
    "2019-08-31 00:00:00": ("2019-08-31", "2019-08-31", "31 August 2019"),
    "2019-08-31T00:00:00.000": ("2019-08-31", "2019-08-31", "31 August 2019"),
}


@pytest.mark.parametrize(("text", "case"), SPANS.items(), ids=SPANS)
def test_a_date_is_read_as_its_days_and_said_as_exactly_as_it_is_known(
    text: str, case: tuple[str, str, str]
) -> None:
    first, last, words = case
    assert read_span(text) == span(first, last)
    assert span_words(read_span(text)) == edtf_words(text) == words
    assert read_span(text).exact == (first == last)


NO_DATES = {
    "nothing": "",
    "words": "summer of 2019",
    "month in words": "Aug 2019",
    "unknown": "unknown",
    "no such month": "2019-13",
    "month zero": "2019-00",
    "day zero": "2019-08-00",
    "no such day": "2019-02-30",
    "29 February of a common year": "2019-02-29",
    "29 February of a common year within a set": "[2019-02-29..2019-03-31]",
    "29 February of a common year as an interval": "2019-01/2019-02-29",
    "29 February of 2100": "2100-02-29",
    "no leading zero": "2019-8-31",
    "slashes, year first": "2019/08/31",
    "day before month": "31/8/2019",
    "US date, no such day": "2/30/2019",
    "US date, year of two digits": "8/31/19",
    "US date with a time": "8/31/2019 10:30",
    "number of a spreadsheet day": "43708",
    "digits only": "20190831",
    "runs backward": "2020/2019",
    "set runs backward": "[2019-09..2019-07]",
    "before 1900": "1899",
    "after 2999": "3000-01-01",
    "US date after 2999": "1/1/3000",
    "year zero": "0000",
    "far past": "-0044",
    "any year": "XXXX",
    "interval of three dates": "2019/2020/2021",
    "interval in an interval": "2018/[2019..2020]/2021",
    "interval of two slashes": "2019//2020",
    "29 February of a common year, roughly": "2019-02-29~",
    "29 February of a common year as the end of a set": "[..2019-02-29]",
    "two dates": "2019-08-31, 2019-09-01",
    "date with a remark": "2018-02-14 (about)",
    "formula": "=TODAY()",
    "slash alone": "/",
    "open on both sides": "../..",
    "dots alone": "[..]",
}


@pytest.mark.parametrize("text", NO_DATES.values(), ids=NO_DATES)
def test_text_that_is_no_date_is_refused_with_advice(text: str) -> None:
    with pytest.raises(DateError) as refused:
        read_span(text)
    assert f"“{text}”" in str(refused.value)
    assert ADVICE in str(refused.value)


@given(any_day)
def test_a_day_is_read_as_itself(day: date) -> None:
    assert read_span(day.isoformat()) == Span(day, day)
    assert read_day(day.isoformat()) == day


@given(any_day, st.sampled_from(["", " 0:00", " 00:00", " 0:00:00", " 00:00:00"]), st.booleans())
def test_us_dates_are_read_month_first(day: date, midnight: str, padded: bool) -> None:
    text = f"{day:%m/%d/%Y}" if padded else f"{day.month}/{day.day}/{day.year}"
    assert normal_edtf(text + midnight) == day.isoformat()
    assert read_span(text + midnight) == Span(day, day)


@given(any_day)
def test_a_month_and_a_year_hold_all_their_days_and_no_other(day: date) -> None:
    last = calendar.monthrange(day.year, day.month)[1]
    assert read_span(f"{day:%Y-%m}") == Span(day.replace(day=1), day.replace(day=last))
    assert read_span(f"{day:%Y}") == Span(date(day.year, 1, 1), date(day.year, 12, 31))


@given(any_day, any_day, st.sampled_from(["[{}..{}]", "{}/{}"]))
def test_two_days_are_a_span_or_run_backward(first: date, last: date, form: str) -> None:
    text = form.format(first, last)
    if first <= last:
        assert read_span(text) == Span(first, last)
    else:
        with pytest.raises(DateError, match="ends before it begins"):
            read_span(text)


@given(any_day)
def test_open_sides_end_at_ever_and_never(day: date) -> None:
    for text in (f"[..{day}]", f"/{day}", f"../{day}"):
        assert read_span(text) == Span(EVER, day)
    for text in (f"[{day}..]", f"{day}/", f"{day}/.."):
        assert read_span(text) == Span(day, NEVER)


@given(st.integers(1890, 3010), st.integers(0, 13), st.integers(0, 32))
@example(2019, 2, 29)
@example(2100, 2, 29)
@example(2020, 2, 29)
def test_day_like_text_is_one_day_or_refused(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        expected = date(year, month, day)
    except ValueError:
        expected = None
    if expected and EVER <= expected <= NEVER:
        assert read_span(text) == Span(expected, expected)
    else:
        with pytest.raises(DateError):
            read_span(text)


@given(st.text("0123456789-/.[]{}X?~%, TW", max_size=24))
@example("2019-XX-31")
@example("[2019-01, 2019-03..2019-04]")
def test_any_text_gives_a_span_in_order_or_a_refusal(text: str) -> None:
    try:
        found = read_span(text)
    except DateError:
        return
    assert EVER <= found.earliest <= found.latest <= NEVER


@given(inner_day)
def test_the_words_of_a_day_say_that_day(day: date) -> None:
    assert datetime.strptime(day_words(day), "%d %B %Y").date() == day
    assert span_words(Span(day, day)) == day_words(day)


@given(inner_day, inner_day)
def test_words_for_different_spans_differ(first: date, last: date) -> None:
    assume(first < last)
    words = {
        span_words(Span(first, last)),
        span_words(Span(first, first)),
        span_words(Span(EVER, last)),
        span_words(Span(first, NEVER)),
        span_words(Span(first, first + timedelta(days=1)))
        if first + timedelta(days=1) < last
        else "",
    }
    assert len(words) == 5


def test_a_blank_date_is_said_to_be_not_known() -> None:
    assert edtf_words("") == "not known"
    assert span_words(Span(EVER, NEVER)) == "not known"


@pytest.mark.parametrize(
    "text", ["2019-08", "2019", "[2019-07..2019-09]", "2019-08-30/2019-08-31", "[..2019-08-31]"]
)
def test_one_exact_day_is_asked_for_where_a_day_is_typed(text: str) -> None:
    with pytest.raises(DateError, match="is not one day") as refused:
        read_day(text)
    assert "2019-08-31" in str(refused.value)


@pytest.mark.parametrize("text", ["2019-08-31", "8/31/2019", " 2019-08-31 "])
def test_a_typed_day_may_be_written_either_way(text: str) -> None:
    assert read_day(text) == date(2019, 8, 31)


@pytest.mark.parametrize(
    "text",
    ["2019-08", "[..2019-02-22]", "2016/2017", "about 2019", "", "43708", "13/1/2019x"],
)
def test_what_no_spreadsheet_wrote_is_left_as_it_is(text: str) -> None:
    assert normal_edtf(text) == text
