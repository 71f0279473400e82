from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from dash import dcc, html

from data import county_frame
from data.evidence.context import STANDING
from data.evidence.results import REGRESSION_NOTE, WARNING
from data.frame import timeline
from data.measures.layers import lead_layer
from data.words import LOOKS, describe
from geo import geojson_asset
from layouts import ids
from layouts.address import View
from layouts.pages.map import CARDS_SHOWN, browser_data, create_map_page, create_panels, create_side
from tests.layouts.tree import addresses, by_id, nodes, prop, sent, text_of, with_data

TODAY = date(2026, 1, 31)
DAYS = [date(1950, 1, 1), date(2016, 8, 15), date(2019, 8, 31), date(2023, 7, 1), TODAY]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def day(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def made(facts: Any, day: date) -> Any:
    return create_map_page(facts, View(day), TODAY)


@pytest.fixture(scope="module")
def frame(facts: Any, day: date) -> pd.DataFrame:
    return county_frame(facts, day)


def test_the_answer_stands_first(day: date, made: Any, frame: pd.DataFrame) -> None:
    sentence = describe(day, frame)
    assert text_of(by_id(made, ids.HEADLINE)) == sentence.headline + "."
    assert text_of(by_id(made, ids.DETAIL)) == sentence.detail
    assert next(nodes(made, html.H1)).id == ids.HEADLINE


def test_the_map_shows_the_day(made: Any, frame: pd.DataFrame) -> None:
    (trace,) = by_id(made, ids.MAP).figure.data
    assert list(trace.locations) == frame["fips"].tolist()
    assert [LOOKS[place] for place in trace.z] == frame["look"].tolist()


def test_the_maps_shapes_are_named_after_their_content(made: Any) -> None:
    (trace,) = by_id(made, ids.MAP).figure.data
    assert trace.geojson.startswith("/")
    assert trace.geojson.rsplit("/", 1)[1] == geojson_asset().name


def test_the_table_holds_all_counties(made: Any, frame: pd.DataFrame) -> None:
    rows = list(with_data(by_id(made, ids.TABLE), "fips"))
    assert sorted(rows) == frame["fips"].tolist()


def test_the_legend_counts_the_day(made: Any, frame: pd.DataFrame) -> None:
    shown = {look: text_of(node) for look, node in with_data(made, "count").items()}
    found = frame["look"].value_counts()
    assert shown == {look: str(found.get(look, 0)) for look in LOOKS}


def test_the_legend_leads_to_the_table(made: Any) -> None:
    links = {href for href, _ in addresses(by_id(made, ids.LEGEND))}
    assert links == {"#table"}
    assert by_id(made, "table")


def test_the_figures_of_a_panel_lead_to_their_table(facts: Any) -> None:
    links = {href for href, _ in addresses(create_panels(facts, ()))}
    tables = {f"/download/tables/{name}.csv" for name in ("outcomes", "reach", "context")}
    assert {href for href in links if href.startswith("/download/")} == tables


def test_the_browser_gets_the_day(day: date, made: Any) -> None:
    assert by_id(made, ids.DAY).data == day.isoformat()
    assert by_id(made, ids.DATE).value == day.isoformat()


def test_downloads_are_those_of_the_day(day: date, made: Any) -> None:
    links = {href for href, _ in addresses(made)}
    files = {f"/download/{name}?date={day}" for name in ("adoption.csv", "map.svg")}
    assert {href for href in links if href.startswith("/download/")} == files
    assert "/data#table-adoption-on-day" in links


def test_the_browser_holds_the_whole_history(facts: Any, made: Any) -> None:
    held = sent(by_id(made, ids.TIMELINE).data)
    line = sent(timeline(facts, TODAY))
    assert {name: held[name] for name in line} == line
    assert len(held["words"]) == len(held["looks"]) == len(LOOKS)
    assert held["layer"] is None


@pytest.mark.parametrize("months", range(0, 12 * 12, 5))
def test_the_browser_finds_every_day_as_the_server_does(facts: Any, months: int) -> None:
    held = browser_data(facts, timeline(facts, TODAY), lead_layer(facts, TODAY))
    day = date(2015, 1, 1) + timedelta(days=31 * months)
    day = min(day, TODAY)
    frame = county_frame(facts, day)
    looks = []
    for fips in held["counties"]:
        past = [look for when, look in held["steps"].get(fips, []) if when <= day.isoformat()]
        looks.append(held["looks"][past[-1]] if past else "none_found")
    assert looks == frame["look"].tolist()
    view = [view for view in held["views"] if view["day"] <= day.isoformat()][-1]
    assert view["detail"] == describe(day, frame).detail


def test_the_browser_knows_every_program(facts: Any) -> None:
    held = browser_data(facts, timeline(facts, TODAY), lead_layer(facts, TODAY))
    told = [(fips, agency) for fips, rows in held["about"].items() for agency, _ in rows]
    table = facts.adoption
    assert sorted(told) == sorted(zip(table["fips"], table["agency"], strict=True))
    for row in table.itertuples():
        lines = dict(held["about"][row.fips])
        assert row.scope in lines[row.agency]
        assert ("not counted" in lines[row.agency]) is (row.is_lead == "no")


def test_the_browser_has_a_place_for_every_name(facts: Any) -> None:
    held = browser_data(facts, timeline(facts, TODAY), lead_layer(facts, TODAY))
    assert set(held["labels"]) == set(facts.county_names)


def test_notices_are_shown_and_spoken(facts: Any) -> None:
    notices = ("One thing is wrong.", "So is another.")
    made = create_map_page(facts, View(TODAY, notices=notices), TODAY)
    shown = by_id(made, ids.NOTICE)
    assert text_of(shown) == " ".join(notices)
    assert shown.role == "status"


def test_the_chosen_counties_are_in_the_search(facts: Any) -> None:
    made = create_map_page(facts, View(TODAY, ("37051", "37001")), TODAY)
    search = by_id(made, ids.COUNTIES)
    assert search.value == ["37051", "37001"]
    assert {option["value"]: option["label"] for option in search.data} == facts.county_names
    assert [option["label"] for option in search.data] == sorted(facts.county_names.values())


def test_the_side_shows_the_state_when_nothing_is_chosen(facts: Any) -> None:
    said = text_of(create_side(facts, View(TODAY), TODAY))
    assert "How LEAD spread" in said
    assert WARNING in said


@pytest.mark.parametrize("fips", ["37051", "37097", "37063"])
def test_the_side_becomes_the_chosen_county(facts: Any, fips: str) -> None:
    side = create_side(facts, View(date(2019, 8, 31), (fips,)), TODAY)
    cards = list(nodes(side, html.Article))
    assert len(cards) == 1
    said = text_of(cards)
    assert f"{facts.county_names[fips]} County" in said
    table = facts.adoption
    for row in table[table["fips"] == fips].itertuples():
        assert row.agency in said
        assert row.note in said


def test_a_chosen_county_without_a_program_is_said_to_have_none_found(facts: Any) -> None:
    without = min(set(facts.county_names) - set(facts.adoption["fips"]))
    said = text_of(create_side(facts, View(TODAY, (without,)), TODAY))
    assert f"{facts.county_names[without]} County" in said
    assert "does not prove there is no program" in said


def test_many_chosen_counties_are_cut_and_counted(facts: Any) -> None:
    side = create_side(facts, View(TODAY, tuple(facts.county_names)), TODAY)
    assert len(list(nodes(side, html.Article))) == CARDS_SHOWN
    assert f"and {100 - CARDS_SHOWN} more" in text_of(side)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ((), [WARNING, REGRESSION_NOTE, STANDING, "People reached", "Context: North Carolina"]),
        (("37051",), [WARNING, STANDING, "Context: Cumberland"]),
        (("37001",), ["Context: Alamance"]),
        (
            ("37005",),
            [
                "No published result was found for Alleghany",
                "No count of people reached was found for Alleghany",
                "No publisher gives two periods by one definition for Alleghany",
            ],
        ),
        (("37005", "37015"), ["was found for Alleghany and Bertie"]),
    ],
    ids=["the state", "with LEAD", "another scheme", "nothing", "two with nothing"],
)
def test_the_panels_follow_the_chosen_counties(
    facts: Any, chosen: tuple[str, ...], said: list[str]
) -> None:
    shown = text_of(create_panels(facts, chosen))
    for part in said:
        assert part in shown


def test_the_map_says_how_to_use_it(made: Any) -> None:
    (box,) = [node for node in nodes(made, html.Div) if prop(node, "className") == "map-box"]
    assert box.role == "group"
    assert "Arrow keys" in prop(box, "aria-label")


def test_charts_of_the_page_are_not_empty(made: Any) -> None:
    for graph in nodes(made, dcc.Graph):
        assert graph.figure.data
