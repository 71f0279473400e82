"""Counties, periods and counts as publishers write them."""

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import FactsError
from data.publishers import places
from data.publishers.columns import is_count_name, is_period, is_rate
from data.publishers.grid import cut
from data.publishers.periods import read_period, read_periods
from data.publishers.places import NOWHERE, WHOLE, county_code, county_names, near, state_code
from data.publishers.publisher import slug
from data.publishers.values import read_count

COUNTIES = {
    **dict.fromkeys(
        ("37183", "37183.0", "37,183", "0500000US37183", "183", "Wake", "wake county"), "37183"
    ),
    **dict.fromkeys(
        ("Wake County, NC", "WAKE, North Carolina", "Wake (NC)", " Wake  County "), "37183"
    ),
    **dict.fromkeys(("Mcdowell", "McDowell County", "Mc Dowell", "37111", "111"), "37111"),
    **dict.fromkeys(("New Hanover", "New-Hanover County", "37129.00"), "37129"),
    "1": "37001",
    "1001": "01001",
    "01001": "01001",
    "51059": "51059",
    "Fairfax County, VA": "51000",
    "Wake, Atlantis": "",
    "37": WHOLE,
    "37000": WHOLE,
    "North Carolina": WHOLE,
    "Statewide": WHOLE,
    "": NOWHERE,
    "Unknown": NOWHERE,
    "37999": NOWHERE,
    **dict.fromkeys(("37002", "2", "200", "99999", "Wakee", "=Wake", "-1", "1.5"), ""),
}


@pytest.mark.parametrize("text", COUNTIES)
def test_counties(text: str) -> None:
    assert county_code(text) == COUNTIES[text]


def test_every_county_is_known_by_code_and_name() -> None:
    assert len(county_names()) == 100
    for fips, name in county_names().items():
        assert {county_code(text) for text in (fips, name, name.upper(), f"{name} County, NC")} == {
            fips
        }


def test_states_and_near_names() -> None:
    assert [state_code(t) for t in ("NC", "37", "north carolina", "1.0", "VA", "x", "")] == [
        *("37", "37", "37", "01", "51", "", "")
    ]
    assert near("Mecklenberg") == "Mecklenburg"
    assert near("zzz") == ""


PERIODS = {
    "2019": ("2019-01-01", "2019-12-31"),
    "2019.0": ("2019-01-01", "2019-12-31"),
    "2023 (provisional)": ("2023-01-01", "2023-12-31"),
    **dict.fromkeys(
        (
            "2019-01",
            "2019/01",
            "01/2019",
            "January 2019",
            "Jan-19",
            "Jan., 2019",
            "jan 2019",
            "201901",
        ),
        ("2019-01-01", "2019-01-31"),
    ),
    **dict.fromkeys(("2019Q1", "2019-Q1", "Q1 2019", "2019 q1"), ("2019-01-01", "2019-03-31")),
    **dict.fromkeys(
        ("FY 2019", "FY2019", "FY19", "SFY 2019", "2018-19", "2018-2019", "2018/19", "FY 2018-19"),
        ("2018-07-01", "2019-06-30"),
    ),
    "FY 1999-00": ("1999-07-01", "2000-06-30"),
    "2011-12": ("2011-12-01", "2011-12-31"),
    **dict.fromkeys(("2019-02-03", "2/3/2019", "20190203"), ("2019-02-03", "2019-02-03")),
    "2019-02-03/2019-03-04": ("2019-02-03", "2019-03-04"),
    "2018-07/2019-06": ("2018-07-01", "2019-06-30"),
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text: str) -> None:
    period = read_period(text)
    assert (period.start.isoformat(), period.end.isoformat()) == PERIODS[text]


NO_PERIODS = [
    *("", "20019", "1899", "2019-13", "13/2019", "2019Q5", "Movember 2019", "2018-2020", "0"),
    *("2019-02-30", "2019/..", "[2019-01..2019-03]", "total", "=2019", "2019-01/", "x" * 5000),
]


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period; write a year as 2019"):
        read_period(text)


def test_a_column_of_pairs_holds_fiscal_years() -> None:
    found = read_periods(["2009-10", "2010-11", "2011-12"])
    assert [period.start for period in found.values()] == [
        date(y, 7, 1) for y in (2009, 2010, 2011)
    ]
    assert read_periods(["2009-10", "2009-11"])["2009-10"].start == date(2009, 10, 1)


DATES = {
    "months": (["2014-01-01", "2/1/2014", "2014-04-01"], ("2014-01-01", "2014-01-31")),
    "last days": (["2014-02-28", "2014-01-31"], ("2014-02-01", "2014-02-28")),
    "quarters": (["2014-04-01", "2014-01-01"], ("2014-04-01", "2014-06-30")),
    "years": (["2012-01-01", "2013-01-01", "2022-01-01"], ("2012-01-01", "2012-12-31")),
    "ends of years": (["12/31/2013", "12/31/2012"], ("2013-01-01", "2013-12-31")),
    "ends of fiscal years": (["6/30/2013", "6/30/2014"], ("2012-07-01", "2013-06-30")),
    "days": (["2014-01-01", "2014-01-02"], ("2014-01-01", "2014-01-01")),
    "a lone day": (["2014-01-05"], ("2014-01-05", "2014-01-05")),
}


@pytest.mark.parametrize("case", DATES)
def test_dates_stand_for_what_they_begin_or_end(case: str) -> None:
    texts, expected = DATES[case]
    found = read_periods(texts)
    first = found[texts[0]]
    assert (first.start.isoformat(), first.end.isoformat()) == expected
    assert list(found) == texts
    assert all(period.note for period in found.values())


NO_DATES = {
    "a lone first day": (["2014-01-01"], "2014-01-01", "may be a day, a month or a year"),
    "every other year": (["2014-01-01", "2016-01-01"], "2014-01-01", "may be a day, a month"),
    "a day among months": (["2014-01", "2014-02-01"], "2014-02-01", "but “2014-01” is longer"),
    "days among years": (["1/5/2014", "1/6/2014", "2014"], "1/5/2014", "but “2014” is longer"),
}


@pytest.mark.parametrize("case", NO_DATES)
def test_dates_that_may_be_anything_are_refused(case: str) -> None:
    texts, told, words = NO_DATES[case]
    with pytest.raises(ValueError, match=words) as refusal:
        read_periods(texts)
    assert refusal.value.args[1] == told


@given(st.sets(st.integers(12 * 1950, 12 * 2020), max_size=20), st.integers(12 * 1950, 12 * 2020))
def test_months_as_dates_are_read_as_months(numbers: set[int], more: int) -> None:
    firsts = [f"{n // 12}-{n % 12 + 1:02}" for n in sorted({*numbers, more, more + 1})]
    found = read_periods([f"{first}-01" for first in firsts])
    months = [read_period(first) for first in firsts]
    assert [(p.start, p.end) for p in found.values()] == [(p.start, p.end) for p in months]


COUNTS = {
    **dict.fromkeys(("5", "5.0", " 5 ", "5."), (5, "reported")),
    **dict.fromkeys(("1,234", "1234", "1.234e3"), (1234, "reported")),
    "12.5": (12.5, "interpolated"),
    **dict.fromkeys(("0", "0.0"), (0, "zero")),
    **dict.fromkeys(
        ("*", "<10", "< 5", "Suppressed", "(S)", "1-9", "fewer than 10"), (None, "suppressed")
    ),
    **dict.fromkeys(("", "NA", "n/a", "-", "..", "nan", "Missing", "#N/A"), (None, "missing")),
}


@pytest.mark.parametrize("text", COUNTS)
def test_counts(text: str) -> None:
    value, quality = read_count(text)
    assert (None if math.isnan(value) else value, quality) == COUNTS[text]


NO_COUNTS = [
    "five",
    "5%",
    "1,23",
    "12,5",
    "5 6",
    "=5",
    "#REF!",
    "\u0665",
    "0x10",
    "inf",
    "(5)",
    "1e30",
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a count|is too large"):
        read_count(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for read in (read_count, read_period):
        try:
            read(text)
        except ValueError as error:
            assert str(error).startswith("is ")
    assert county_code(text) == "" or len(county_code(text)) == 5


@given(st.integers(0, 10**9))
def test_whole_numbers_come_back(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number}.0"):
        assert read_count(text) == (number, "reported" if number else "zero")


def test_names_of_columns() -> None:
    assert all(
        map(
            is_rate, ["Rate", "jail_adm_rate", "Percent of cases", "Deaths per 100,000", "% felony"]
        )
    )
    assert not any(map(is_rate, ["Separate cases", "Corporate", "Operations", "admissions"]))
    assert (
        is_period("2019") and is_period("Jan-19") and not is_period("Total") and not is_period("7")
    )
    assert is_count_name("total_arrests") and not is_count_name("arrest_rate")


@given(st.text(max_size=300))
def test_ids_and_kept_texts(text: str) -> None:
    assert re.fullmatch("[a-z0-9-]{1,80}", slug("table", text))
    assert len(cut(text)) <= 200
    assert cut(text).isprintable()


def test_a_table_of_counties_with_other_columns_is_refused_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = {"counties": {"fips": "fips", "county": "text", "seat": "text"}}
    monkeypatch.setattr(places, "table_columns", lambda: columns)
    with pytest.raises(FactsError, match=r"counties.csv, row 1, column seat: .* is missing"):
        county_names.__wrapped__()
