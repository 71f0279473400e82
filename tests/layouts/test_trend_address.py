"""The address of the page of county trends is its whole state."""

from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.series import COLUMNS, CountySeries, Measure
from layouts.trend_address import CHOICES, PANELS, TrendView, measure_names, read_trend_view

ADMISSIONS = Measure("jail_admissions", "Jail admissions")
POPULATION = Measure("jail_population", "People in jail", "people")


def series(id: str = "vera", *measures: Measure) -> CountySeries:
    frame = pd.DataFrame(columns=list(COLUMNS))
    return CountySeries(
        id, "Title", "Vera", "own use", "", "yearly", measures or (ADMISSIONS, POPULATION), frame
    )


LOADED = (series(), series("other", ADMISSIONS))


def read(query: str, facts: Any, loaded: tuple[CountySeries, ...] = LOADED) -> TrendView:
    return read_trend_view(query, facts, loaded)


def test_nothing_asked_is_the_first_measure_with_every_default(facts: Any) -> None:
    view = read("", facts)
    assert (view.key, view.chosen, view.skip, view.each) == ("vera.jail_admissions", (), (), 1)
    assert view.choice == {name: words[0] for name, words in CHOICES.items()}
    assert view.notices == ()


def test_without_series_there_is_no_measure(facts: Any) -> None:
    view = read("measure=vera.jail_admissions", facts, ())
    assert (view.series, view.measure) == (None, None)
    assert view.key == ""


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("counties=37051,37129", ("37051", "37129")),
        ("counties=37051&add=New+Hanover", ("37051", "37129")),
        ("add=new hanover county", ("37129",)),
        ("counties=37051,37051", ("37051",)),
        ("counties=,,", ()),
        ("add=37001", ("37001",)),
    ],
)
def test_counties_are_read_by_code_and_by_name(
    facts: Any, query: str, chosen: tuple[str, ...]
) -> None:
    view = read(query, facts)
    assert view.chosen == chosen
    assert view.notices == ()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("measure=nothing.here", "No loaded series has the measure “nothing.here”."),
        ("add=Atlantis", "No county is called “Atlantis”; left out."),
        ("counties=99999", "No county is called “99999”; left out."),
        ("as=percent", "“percent” is no choice for “as”; use rate or count."),
        ("window=9", "“9” is no choice for “window”; use 0 or 1 or 2 or 3 or 5."),
        ("skip=soon", "“soon” are no years like 2020,2021; what is no year is left out."),
        ("each=many", "“many” is no number of events from 0 to 100; using 1."),
        ("each=-1", "“-1” is no number of events from 0 to 100; using 1."),
        ("each=nan", "“nan” is no number of events from 0 to 100; using 1."),
    ],
)
def test_what_cannot_be_read_falls_back_and_is_told(facts: Any, query: str, said: str) -> None:
    assert read(query, facts).notices == (said,)


@given(
    st.fixed_dictionaries({name: st.sampled_from(words) for name, words in CHOICES.items()}),
    st.lists(st.sampled_from(["37051", "37001", "37199"]), unique=True),
    st.lists(st.integers(2000, 2030), unique=True).map(sorted),
    st.sampled_from([0.5, 1, 2.5]),
    st.sampled_from(list(measure_names(LOADED))),
)
def test_a_view_written_and_read_is_the_same(
    facts: Any, choice: dict[str, str], chosen: list[str], skip: list[int], each: float, key: str
) -> None:
    first = read(f"measure={key}", facts)
    view = TrendView(first.series, first.measure, tuple(chosen), choice, tuple(skip), each)
    assert read(view.query(), facts) == view


def test_what_is_at_its_default_is_not_written(facts: Any) -> None:
    assert dict(parse_qsl(read("as=rate&by=finest&window=0", facts).query())) == {
        "measure": "vera.jail_admissions"
    }


def test_a_part_can_be_changed(facts: Any) -> None:
    view = read("counties=37051,37001&as=count", facts)
    assert dict(parse_qsl(view.query(counties="37001"))) == {
        "measure": "vera.jail_admissions",
        "counties": "37001",
        "as": "count",
    }


def test_measures_are_named_with_their_file() -> None:
    assert measure_names(LOADED) == {
        "vera.jail_admissions": "Jail admissions (Title)",
        "vera.jail_population": "People in jail (Title)",
        "other.jail_admissions": "Jail admissions (Title)",
    }


NAMED = [
    ("", "trend", "trend-vera.jail_admissions"),
    ("counties=37051,37129&as=count", "trend", "trend-vera.jail_admissions-counties-37051-37129-"),
    ("counties=37001,37003,37005,37007,37009", "trend", "trend-vera.jail_admissions-counties-5"),
    ("counties=37051&window=2&each=2.5", "effect", "effect-vera.jail_admissions-window-2-each-2.5"),
    (
        "compare=size&skip=2020,2021",
        "effect",
        "effect-vera.jail_admissions-compare-size-skip-2020-",
    ),
]


@pytest.mark.parametrize(("query", "panel", "name"), NAMED)
def test_a_file_is_named_after_the_options_of_its_panel(
    facts: Any, query: str, panel: str, name: str
) -> None:
    assert read(query, facts).named(panel).startswith(name)
    assert len(read(query, facts).named(panel)) <= len(name) + len("as-count")


def test_every_option_is_of_one_panel() -> None:
    options = [option for panel in PANELS.values() for option in panel]
    assert sorted(options) == sorted({*CHOICES, "counties", "skip", "each"})
