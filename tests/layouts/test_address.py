from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.measures.layers import LEAD
from layouts.address import THEMES, View, check_day, in_language, read_view

TODAY = date(2026, 3, 14)
SLIDE = date(2019, 8, 31)
NAMES = ("date", "counties", "layer", "theme")

GOOD = {
    "nothing": ("", View(TODAY)),
    "a lone question mark": ("?", View(TODAY)),
    "no question mark": ("date=2019-08-31", View(SLIDE)),
    "a day": ("?date=2019-08-31", View(SLIDE)),
    "a leap day": ("?date=2024-02-29", View(date(2024, 2, 29))),
    "today": ("?date=2026-03-14", View(TODAY)),
    "a day before the history": ("?date=1950-01-01", View(date(1950, 1, 1))),
    "a day as a spreadsheet writes it": ("?date=8/31/2019", View(SLIDE)),
    "a day with spaces": ("?date=%202019-08-31%20", View(SLIDE)),
    "an empty day": ("?date=", View(TODAY)),
    "the last of two days": ("?date=2018-01-01&date=2019-08-31", View(SLIDE)),
    "one county": ("?counties=37051", View(TODAY, ("37051",))),
    "counties in the order asked": ("?counties=37129,37051", View(TODAY, ("37129", "37051"))),
    "a county twice": ("?counties=37051,37129,37051", View(TODAY, ("37051", "37129"))),
    "counties with spaces": ("?counties=37051,%2037129", View(TODAY, ("37051", "37129"))),
    "counties with an encoded comma": ("?counties=37051%2C37129", View(TODAY, ("37051", "37129"))),
    "stray commas": ("?counties=,37051,,", View(TODAY, ("37051",))),
    "the layer": ("?layer=lead", View(TODAY)),
    "light": ("?theme=light", View(TODAY, theme="light")),
    "dark": ("?theme=dark", View(TODAY, theme="dark")),
    "an unknown name": ("?utm_source=mail&fbclid=1", View(TODAY)),
    "all of it": (
        "?date=2019-08-31&counties=37051,37129&layer=lead&theme=dark",
        View(SLIDE, ("37051", "37129"), "lead", "dark"),
    ),
}

BAD = {
    "a word for a day": ("?date=yesterday", View(TODAY), "yesterday"),
    "a month for a day": ("?date=2019-08", View(TODAY), "2019-08"),
    "a year for a day": ("?date=2019", View(TODAY), "2019"),
    "a span of days": ("?date=2019-08-01/2019-08-31", View(TODAY), "2019-08-01/2019-08-31"),
    "a day that does not exist": ("?date=2019-02-30", View(TODAY), "2019-02-30"),
    "a month that does not exist": ("?date=2019-13-01", View(TODAY), "2019-13-01"),
    "day before month": ("?date=31/8/2019", View(TODAY), "31/8/2019"),
    "a day out of all time": ("?date=0001-01-01", View(TODAY), "0001-01-01"),
    "tomorrow": ("?date=2026-03-15", View(TODAY), "15 March 2026"),
    "the far future": ("?date=2999-12-31", View(TODAY), "31 December 2999"),
    "an unknown county": ("?counties=37000", View(TODAY), "37000"),
    "a county of another state": ("?counties=45001", View(TODAY), "45001"),
    "a county by its name": ("?counties=Wake", View(TODAY), "Wake"),
    "a good and a bad county": ("?counties=37051,99999", View(TODAY, ("37051",)), "99999"),
    "an unknown layer": ("?layer=jail", View(TODAY), "jail"),
    "an unknown theme": ("?theme=pink", View(TODAY), "pink"),
    "a theme in capitals": ("?theme=DARK", View(TODAY), "DARK"),
    "a script for a day": (
        "?date=%3Cscript%3Ealert(1)%3C/script%3E",
        View(TODAY),
        "<script>alert(1)</script>",
    ),
}


@pytest.mark.parametrize(("search", "view"), GOOD.values(), ids=GOOD)
def test_a_good_address_is_read(facts: Any, search: str, view: View) -> None:
    read = read_view(search, facts, TODAY)
    assert read == view
    assert read.notices == ()


@pytest.mark.parametrize(("search", "view", "named"), BAD.values(), ids=BAD)
def test_a_bad_value_falls_back_and_is_named_in_a_sentence(
    facts: Any, search: str, view: View, named: str
) -> None:
    read = read_view(search, facts, TODAY)
    assert read == view
    (notice,) = read.notices
    assert named in notice
    assert notice.endswith(".")


def test_every_bad_value_has_its_own_sentence(facts: Any) -> None:
    read = read_view("?date=x&counties=1&layer=y&theme=z", facts, TODAY)
    assert read == View(TODAY)
    assert len(read.notices) == 4


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_stays_short_whatever_was_asked(facts: Any, name: str) -> None:
    (notice,) = read_view(f"?{name}={'A' * 5000}", facts, TODAY).notices
    assert len(notice) < 120


@given(st.text())
def test_any_text_gives_a_view(facts: Any, text: str) -> None:
    read = read_view(text, facts, TODAY)
    assert read.day <= TODAY
    assert set(read.chosen) <= set(facts.county_names)


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, st.text())))
def test_any_values_give_a_view(facts: Any, values: dict[str, str]) -> None:
    read = read_view("?" + urlencode(values), facts, TODAY)
    assert read.layer == LEAD
    assert read.theme in ("", *THEMES)
    assert len(read.notices) <= len(NAMES)


@given(
    day=st.dates(date(1900, 1, 1), TODAY),
    places=st.lists(st.integers(0, 99), unique=True),
    theme=st.sampled_from(("", *THEMES)),
)
def test_a_view_and_its_address_say_the_same(
    facts: Any, day: date, places: list[int], theme: str
) -> None:
    codes = list(facts.county_names)
    view = View(day, tuple(codes[place] for place in places), "lead", theme)
    read = read_view("?" + view.query(TODAY), facts, TODAY)
    assert read == view
    assert read.notices == ()


@pytest.mark.parametrize(
    ("view", "query"),
    [
        (View(TODAY), ""),
        (View(SLIDE), "date=2019-08-31"),
        (View(TODAY, ("37051", "37129")), "counties=37051,37129"),
        (
            View(SLIDE, ("37051",), "lead", "dark"),
            "date=2019-08-31&counties=37051&theme=dark",
        ),
    ],
    ids=["all at default", "a day", "counties", "all"],
)
def test_an_address_is_short_and_readable(view: View, query: str) -> None:
    assert view.query(TODAY) == query


@pytest.mark.parametrize("query", ["", "has=lead&has=ssp&count=", "date=soon&q=a%26b%3Dc"])
def test_a_query_in_another_language_is_else_the_same(query: str) -> None:
    there = in_language(f"?{query}", "es")
    assert parse_qsl(there, True) == [*parse_qsl(query, True), ("lang", "es")]
    assert in_language(there, "en") == query


@given(st.text())
def test_any_text_gives_a_day_or_a_notice(text: str) -> None:
    day, notice = check_day(text, TODAY)
    assert day <= TODAY
    assert not notice or day == TODAY


@given(st.dates(TODAY + timedelta(days=1), date(2999, 12, 31)))
def test_no_future_day_is_shown(day: date) -> None:
    shown, notice = check_day(day.isoformat(), TODAY)
    assert shown == TODAY
    assert "future" in notice


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_past_day_is_shown(day: date) -> None:
    assert check_day(day.isoformat(), TODAY) == (day, "")


def test_a_notice_repeats_the_text_as_it_was_written(facts: Any) -> None:
    (notice,) = read_view("?theme=" + quote("a&b<c>"), facts, TODAY).notices
    assert "a&b<c>" in notice
