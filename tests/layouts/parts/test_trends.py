import json
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from dash import dcc, html

from data import county_frame
from data.dates import day_words
from data.evidence.context import HEADLINE_SERIES, STANDING, context_series
from data.evidence.reach import KIND_WORDS, reach
from layouts import ids
from layouts.exports.chart_panels import adoption_sheet
from layouts.parts.methods import create_methods
from layouts.parts.trends import (
    create_adoption,
    create_context,
    create_reach,
    create_series,
    names_of,
)
from tests.layouts.tree import addresses, ids_of, nodes, prop, text_of, with_data

TODAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ((), "North Carolina"),
        (("37051",), "Cumberland"),
        (("37051", "37023"), "Cumberland and Burke"),
        (("37051", "37023", "37087"), "Cumberland, Burke and Haywood"),
    ],
    ids=["none", "one", "two", "three"],
)
def test_counties_are_named(facts: Any, chosen: tuple[str, ...], words: str) -> None:
    assert names_of(facts, chosen) == words


@pytest.mark.parametrize("day", [date(2014, 5, 1), date(2019, 8, 31), date(2020, 2, 29), TODAY])
def test_the_adoption_curve_is_said_of_the_day_and_of_every_other(facts: Any, day: date) -> None:
    part = create_adoption(facts, TODAY, TODAY, ())
    ((held, said),) = with_data(part, "spread").items()
    steps = json.loads(held)
    status = county_frame(facts, day)["status"]
    low, high = (status == "running").sum(), status.isin({"running", "perhaps"}).sum()
    count = f"{low} counties" if low == high else f"{low} counties, perhaps {high}"
    assert text_of(said) == f"On 31 January 2026: {steps[-1][1]}."
    told = [spread for begun, spread in steps if begun <= day.isoformat()][-1]
    assert told.startswith(f"{count}; ")
    assert f"On {day_words(day)}: {told}." in text_of(create_adoption(facts, day, TODAY, ()))


def test_the_curve_warns_that_a_county_is_not_covered_whole(facts: Any) -> None:
    assert "fewer people are covered" in text_of(create_adoption(facts, TODAY, TODAY, ()))


@pytest.mark.parametrize(
    ("chosen", "heading"),
    [
        ((), "How LEAD spread"),
        (("37051",), "How LEAD spread: Cumberland"),
        (("37051", "37023"), "How LEAD spread: the 2 chosen"),
    ],
    ids=["none", "one", "two"],
)
def test_the_adoption_panel_names_whom_it_is_about(
    facts: Any, chosen: tuple[str, ...], heading: str
) -> None:
    assert text_of(next(nodes(create_adoption(facts, TODAY, TODAY, chosen), html.H2))) == heading


@pytest.mark.parametrize("chosen", [(), ("37051",), ("37063",), ("37035", "37155")], ids=str)
def test_every_count_of_people_is_a_row(facts: Any, chosen: tuple[str, ...]) -> None:
    (body,) = nodes(create_reach(facts, chosen), html.Tbody)
    shown = [[text_of(cell) for cell in row.children] for row in nodes(body, html.Tr)]
    rows = reach(facts, chosen)
    assert len(shown) == len(rows) > 0
    for cells, (_, row) in zip(shown, rows.iterrows(), strict=True):
        assert cells[0].startswith(row["site"])
        assert ("not LEAD" in cells[0]) is (row["is_lead"] != "yes")
        assert f"({KIND_WORDS[row['kind']]})" in cells[1]
        assert cells[2] == row["count"]
        assert cells[3] == row["when"]


def test_running_totals_are_not_added_to_counts_of_a_period(facts: Any) -> None:
    assert "never added up" in text_of(create_reach(facts, ()))


def test_a_county_without_a_count_says_so(facts: Any) -> None:
    part = create_reach(facts, ("37005",))
    assert "No count of people reached was found for Alleghany" in text_of(part)
    assert list(nodes(part, dcc.Graph)) == []


def test_the_state_shows_its_leading_series_first(facts: Any) -> None:
    part = create_context(facts, ())
    assert len(list(nodes(part, dcc.Graph))) == len(HEADLINE_SERIES)
    rest = len(context_series(facts)) - len(HEADLINE_SERIES)
    assert f"Show {rest} more" in text_of(part)
    assert ids.MORE_CONTEXT in ids_of(part)


def test_everything_is_shown_on_demand(facts: Any) -> None:
    part = create_context(facts, (), everything=True)
    assert len(list(nodes(part, dcc.Graph))) == len(context_series(facts))
    assert ids.MORE_CONTEXT not in ids_of(part)


@pytest.mark.parametrize("chosen", [(), ("37051",), ("37005",)], ids=str)
def test_context_is_never_called_an_effect(facts: Any, chosen: tuple[str, ...]) -> None:
    assert STANDING in text_of(create_context(facts, chosen))


def test_a_county_without_context_says_so(facts: Any) -> None:
    part = create_context(facts, ("37005",))
    assert "for Alleghany" in text_of(part)
    assert list(nodes(part, dcc.Graph)) == []


def test_each_series_has_its_figures_publisher_and_sources_in_words(facts: Any) -> None:
    urls = facts.sources.set_index("id")["url"]
    for series in context_series(facts):
        part = create_series(facts, series)
        said = text_of(part)
        assert series.place in said
        assert series.publisher in said or "does not say who counted" in said
        for row in series.points.itertuples():
            assert f"{row.when}: {row.value:,.10g} {series.unit}" in said
            assert row.note in said
            for source in row.sources.split("; "):
                assert not urls[source] or urls[source] in {href for href, _ in addresses(part)}


def test_all_say_the_same_last_year_of_residents(facts: Any) -> None:
    newest = facts.population[facts.population["year"] == "2019"].assign(year="2020")
    more = replace(facts, population=pd.concat([facts.population, newest], ignore_index=True))
    of_picture = adoption_sheet(more, TODAY, (), TODAY).source
    of_page, of_methods = map(
        text_of, (create_adoption(more, TODAY, TODAY, ()), create_methods(more))
    )
    assert "Residents: Census estimates, 2020 standing for later years." in of_picture
    assert "Residents: Census estimates, 2020 standing for later years." in of_page
    assert "2010 stands for earlier and 2020 for later years." in of_methods


def test_the_caption_tells_place_publisher_and_unit(facts: Any) -> None:
    found = context_series(facts, ("37051",))
    (rate,) = [series for series in found if series.name == "cumberland-overdose-death-rate"]
    (caption,) = nodes(create_series(facts, rate), html.Figcaption)
    under = f"{rate.where}. Counted by {rate.publisher}. In deaths per 100,000 residents."
    assert text_of(caption) == f"Overdose death rate, all drugs{under}"


def test_each_chart_stands_in_a_figure_with_a_caption(facts: Any) -> None:
    for figure in nodes(create_context(facts, ("37051",)), html.Figure):
        assert list(nodes(figure, html.Figcaption))
        assert [prop(n, "className") for n in nodes(figure, dcc.Graph)] == ["small-chart"]
