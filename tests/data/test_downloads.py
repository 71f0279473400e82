"""The files that are made when asked for: every column is described, and holds what is said."""

import csv
import io
import math
from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.frame import adoption_csv
from data.measures.observed import effect_csv, find
from data.measures.panel import Options
from data.measures.trend import county_trend, trend_csv
from data.schema import KINDS, cell_test, dictionary, downloads, whole_dictionary
from data.services.known import partnerships_csv

DAY = date(2019, 8, 31)


@pytest.fixture(scope="module")
def made(facts: Any, vera: Any) -> dict[str, str]:
    """Give each file once for events and, where it is made of a series, once for people."""
    texts = {
        "adoption-on-day": adoption_csv(facts, DAY),
        "partnerships-on-day": partnerships_csv(facts, DAY),
        "dictionary": whole_dictionary().to_csv(index=False),
    }
    for name in ("jail_admissions", "jail_population"):
        options = Options(window=2, skip=(2020, 2021))
        trend = county_trend(facts, vera, name, ("37051", "37183"))
        texts[f"trend of {name}"] = trend_csv(trend)
        found = find(facts, vera, name, options, 1.0)
        texts[f"effect of {name}"] = effect_csv(found, facts.county_names)
    return texts


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_dictionary_of_downloads_is_whole(made: dict[str, str]) -> None:
    rows = downloads()
    assert list(rows.columns) == list(dictionary().columns)
    assert set(rows["table"]) == {name.partition(" of ")[0] for name in made}
    assert not set(rows["table"]) & set(dictionary()["table"])
    assert not rows.duplicated(["table", "column"]).any()
    assert set(rows["kind"]) <= set(KINDS)
    assert set(rows["required"]) <= {"yes", "no"}
    assert ((rows["kind"] == "word") == (rows["allowed"] != "")).all()
    assert rows["meaning"].str.endswith(".").all()


def test_each_column_is_described_and_holds_what_is_said(made: dict[str, str]) -> None:
    told = downloads()
    for name, text in made.items():
        columns = told[told["table"] == name.partition(" of ")[0]]
        rows = rows_of(text)
        assert list(rows[0]) == list(columns["column"]), name
        for column in columns.itertuples():
            cells = {row[column.column] for row in rows}
            assert column.required == "no" or "" not in cells, (name, column.column)
            if column.kind == "number":  # of any form, as 1e-05 and inf
                assert all(map(is_number, cells - {""})), (name, column.column)
            else:
                fits, _ = cell_test(column.kind, column.allowed)
                assert all(map(fits, cells - {""})), (name, column.column)


def is_number(cell: str) -> bool:
    return not math.isnan(float(cell))


@pytest.mark.parametrize("name", ["trend", "effect"])
def test_a_file_says_what_it_is_made_of(
    facts: Any, vera: Any, made: dict[str, str], name: str
) -> None:
    table = pd.read_csv(io.StringIO(made[f"{name} of jail_admissions"]), dtype=str)
    alike = {
        "measure": "Jail admissions",
        "measure_id": f"{vera.id}.jail_admissions",
        "value_unit": "events in the period",
        "residents": "residents aged 15 to 64",
        "series": vera.title,
        "file": vera.file,
        "file_sha256": vera.checksum,
        "edition": facts.edition,
    }
    options = {"window_years": "2", "comparison": "all", "years_left_out": "2020,2021"}
    for column, value in (alike | (options if name == "effect" else {})).items():
        assert set(table[column]) == {value}, column
    people = pd.read_csv(io.StringIO(made[f"{name} of jail_population"]), dtype=str)
    assert set(people["value_unit"]) == {"people on an average day of the period"}
