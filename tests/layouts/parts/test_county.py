from datetime import date
from typing import Any

import pandas as pd
import pytest
from dash import html

from data import county_frame
from data.dates import edtf_words
from data.words import LOOK_WORDS, LOOKS
from layouts.parts.county import create_county_card, create_county_table, program_line
from tests.layouts.tree import addresses, nodes, prop, text_of, with_data

DAYS = [date(1950, 1, 1), date(2016, 8, 15), date(2019, 8, 31), date(2023, 7, 1), date(2026, 1, 1)]


@pytest.fixture(params=DAYS, ids=str)
def frame(request: pytest.FixtureRequest, facts: Any) -> pd.DataFrame:
    return county_frame(facts, request.param)


def said_dates(cell: str) -> str:
    return "; ".join(edtf_words(text) for text in cell.split("; ")) if cell else ""


def by_look(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame[frame["look"] == look] for look in LOOKS])


def test_the_rows_of_the_table_are_the_rows_of_the_frame(frame: pd.DataFrame) -> None:
    (body,) = nodes(create_county_table(frame), html.Tbody)
    shown = [[text_of(cell) for cell in row.children] for row in nodes(body, html.Tr)]
    assert shown == [
        [
            row.county,
            LOOK_WORDS[row.look],
            row.programs,
            said_dates(row.start),
            said_dates(row.end),
            said_dates(row.last_confirmed),
            row.other,
        ]
        for row in by_look(frame).itertuples()
    ]


def test_the_rows_stand_by_status_and_say_so(frame: pd.DataFrame) -> None:
    (head,) = nodes(create_county_table(frame), html.Thead)
    sorted_by = [text_of(th) for th in nodes(head, html.Th) if prop(th, "aria-sort")]
    assert sorted_by == ["Status"]


def test_each_row_carries_its_code_look_and_link(frame: pd.DataFrame) -> None:
    table = create_county_table(frame)
    rows = with_data(table, "fips")
    assert list(rows) == by_look(frame)["fips"].tolist()
    for county in frame.itertuples():
        row = rows[county.fips]
        swatch = with_data(row, "look-of")[county.fips]
        assert getattr(swatch, "data-look") == county.look
        assert list(with_data(row, "words-of")) == [county.fips]
        assert [href for href, _ in addresses(row)] == [f"/county/{county.fips}"]


def test_each_column_can_be_sorted(frame: pd.DataFrame) -> None:
    table = create_county_table(frame)
    (head,) = nodes(table, html.Thead)
    buttons = list(nodes(head, html.Button))
    assert [getattr(button, "data-value") for button in buttons] == list(map(str, range(7)))
    assert {getattr(button, "data-action") for button in buttons} == {"sort"}


def test_dates_sort_as_dates_and_not_as_words(frame: pd.DataFrame) -> None:
    (body,) = nodes(create_county_table(frame), html.Tbody)
    for row, county in zip(nodes(body, html.Tr), by_look(frame).itertuples(), strict=True):
        keys = [getattr(cell, "data-sort") for cell in row.children[3:6]]
        assert keys == [county.start, county.end, county.last_confirmed]


@pytest.mark.parametrize("fips", ["37051", "37023", "37071", "37063", "37001"])
def test_a_card_follows_the_day(facts: Any, frame: pd.DataFrame, fips: str) -> None:
    row = next(frame[frame["fips"] == fips].itertuples())
    card = create_county_card(facts, row)
    assert LOOK_WORDS[row.look] in text_of(card)
    assert list(with_data(card, "look-of")) == list(with_data(card, "words-of")) == [fips]


def test_what_is_not_known_is_said(facts: Any) -> None:
    table = facts.adoption
    undated = table[(table["is_lead"] == "yes") & (table["last_confirmed"] == "")]
    assert len(undated)
    for row in undated.itertuples():
        assert "never, by a dated source" in program_line(row)
    for row in table[(table["is_lead"] == "yes") & (table["start"] == "")].itertuples():
        assert "Start: not known" in program_line(row)


def test_an_end_is_told_only_where_one_is_known(facts: Any) -> None:
    for row in facts.adoption[facts.adoption["is_lead"] == "yes"].itertuples():
        assert ("end:" in program_line(row)) is bool(row.end)
