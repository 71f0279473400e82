import codecs
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.facts import FactsError, load
from data.read import Problem
from data.schema import REGISTRY, TABLES, table_columns
from tests.data.broken import BROKEN, Broken, broken_folder, without_column
from tests.data.builders import Rows, small_tables, write_tables

COLUMNS = [(table, name) for table, names in table_columns().items() for name in [*names][::4]]
"""The first column of each table and every fourth after it."""


def problems_of(folder: Path, day: date | None = None) -> list[Problem]:
    with pytest.raises(FactsError) as refused:
        load(folder, day)
    return refused.value.problems


def test_good_tables_make_an_edition(tmp_path: Path) -> None:
    facts = load(write_tables(tmp_path, small_tables()))
    assert facts.county_names == {"37023": "Burke", "37051": "Cumberland", "37087": "Haywood"}
    assert len(facts.checksum) == 64
    assert facts.edition == facts.checksum[:8]
    for table, columns in table_columns().items():
        frame = getattr(facts, table)
        assert list(frame.columns) == list(columns)
        assert list(frame.index) == list(range(2, len(small_tables()[table]) + 2))
        assert all(isinstance(value, str) for value in frame.to_numpy().ravel())


def test_an_edition_is_frozen(facts: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        facts.checksum = "0"


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_table_gives_its_one_clear_message(tmp_path: Path, broken: Broken) -> None:
    problems = problems_of(broken_folder(tmp_path, broken))
    assert len(problems) == 1, "\n".join(map(str, problems))
    assert broken.matches(problems[0]), str(problems[0])


def test_a_broken_table_says_it_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FactsError) as refused:
        load(broken_folder(tmp_path, BROKEN["county code that does not exist"]))
    assert str(refused.value) == (
        "1 problem in the tables:\n"
        "adoption.csv, row 2, column fips: “37999”: No county of the table “counties” has this "
        "FIPS code. Cumberland County is 37051."
    )


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    cells = [
        broken
        for name, broken in BROKEN.items()
        if name
        in (
            "date in words",
            "day before month",
            "county code of a place outside",
            "kind of count that is not known",
            "no source",
            "number with a comma",
            "web address cut short",
            "formula in text",
            "program twice",
            "county name misspelled",
            "source that does not exist",
        )
    ]
    tables = small_tables()
    for broken in cells:
        broken.change(tables)
    tables["adoption"][-1]["county"] = "Cumberland"
    tables["adoption"][-1]["agency"] = tables["adoption"][0]["agency"]
    folder = write_tables(tmp_path, tables)
    (folder / "context.csv").unlink()
    (folder / "milestones.csv").write_bytes(b"")
    problems = problems_of(folder)
    gone = [p.table for p in problems if p.row == 0]
    assert gone == ["milestones", "context"]
    told = [p for p in problems if p.row]
    for broken in cells:
        if broken.table not in gone and broken is not BROKEN["program twice"]:
            assert any(broken.matches(p) for p in told), broken
    assert ("adoption", 4, "fips and agency") in {(p.table, p.row, p.column) for p in told}
    assert f"{len(problems)} problems in the tables:" in str(FactsError(problems))


def test_every_bad_row_of_a_column_is_listed(tmp_path: Path) -> None:
    tables = small_tables()
    for row in tables["population"]:
        row["residents"] = "many"
    problems = problems_of(write_tables(tmp_path, tables))
    assert [(p.table, p.row, p.column) for p in problems] == [
        ("population", row, "residents") for row in range(2, 8)
    ]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, table: str, column: str) -> None:
    problems = problems_of(without_column(tmp_path, table, column))
    assert [(p.table, p.row, p.column) for p in problems] == [(table, 1, column)]
    assert problems[0].advice.startswith("The column is missing.")


DAY = date(2020, 3, 1)
LATE = {
    "2020-03-02": True,
    "2020-04": True,
    "[2020-03-02..2020-05]": True,
    "2020-03-01": False,
    "2020-03": False,
    "2020": False,
    "[..2020-06]": False,
}
PAST = [(table, column) for table, entry in REGISTRY.items() for column in entry.past]


@pytest.mark.parametrize(("text", "late"), LATE.items(), ids=LATE)
@pytest.mark.parametrize(("table", "column"), PAST)
def test_what_has_happened_lies_in_no_future(
    tmp_path: Path, table: str, column: str, text: str, late: bool
) -> None:
    tables = small_tables()
    tables[table][0][column] = text
    folder = write_tables(tmp_path, tables)
    assert load(folder).tables[table].iloc[0][column] == text  # no clock undoes an edition
    if late:
        (problem,) = problems_of(folder, DAY)
        assert (problem.table, problem.row, problem.column) == (table, 2, column)
    else:
        assert load(folder, DAY).tables[table].iloc[0][column] == text


@pytest.mark.parametrize("table", table_columns())
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    folder = write_tables(tmp_path, small_tables())
    (folder / f"{table}.csv").unlink()
    assert [(p.table, p.row) for p in problems_of(folder)] == [(table, 0)]


@pytest.mark.parametrize("table", table_columns())
def test_a_column_that_stands_twice_is_refused(tmp_path: Path, table: str) -> None:
    folder = write_tables(tmp_path, small_tables())
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines[0].split(",")[0].upper()
    path.write_text(
        "\n".join([f"{lines[0]},{first}", *(line + ",x" for line in lines[1:])]), encoding="utf-8"
    )
    problems = problems_of(folder)
    assert [(p.table, p.row) for p in problems] == [(table, 1)]
    assert "stands twice" in problems[0].advice


@pytest.mark.parametrize("table", ["counties", "sources"])
def test_tables_that_others_point_to_must_not_be_empty(tmp_path: Path, table: str) -> None:
    assert problems_of(write_tables(tmp_path, small_tables() | {table: []}))


@pytest.mark.parametrize("row", range(2, 8))
def test_a_county_without_residents_in_a_year_is_refused(tmp_path: Path, row: int) -> None:
    tables = small_tables()
    gone = tables["population"].pop(row - 2)
    problems = problems_of(write_tables(tmp_path, tables))
    assert {p.table for p in problems} == {"population"}
    assert gone["fips"] in str(problems[0])


COUNTS = {
    "more after than the total": {"count_after": "51", "total_after": "50"},
    "more before than the total": {"count_before": "51", "total_before": "50"},
    "total of none": {"count_after": "0", "total_after": "0"},
    "less than none": {"count_after": "-1", "total_after": "50"},
}


@pytest.mark.parametrize("cells", COUNTS.values(), ids=COUNTS)
def test_a_count_that_is_no_part_of_its_total_is_refused(
    tmp_path: Path, cells: dict[str, str]
) -> None:
    tables = small_tables()
    tables["outcomes"][0].update(cells)
    problems = problems_of(write_tables(tmp_path, tables))
    assert [(p.table, p.row) for p in problems] == [("outcomes", 2)]
    assert problems[0].column in cells


def test_a_folder_without_tables_names_each_missing_one(tmp_path: Path) -> None:
    assert [p.table for p in problems_of(tmp_path)] == list(table_columns())


GOOD: dict[str, Callable[[dict[str, Rows]], object]] = {
    "US date": lambda t: t["adoption"][1].update(start="2/1/2018"),
    "start not before a day": lambda t: t["adoption"][0].update(start="[2016-07-01..]"),
    "start by a day": lambda t: t["adoption"][0].update(start="[..2016-08-31]"),
    "end that overlaps the start": lambda t: t["adoption"][1].update(
        end="[2018-02-10..2018-03-15]"
    ),
    "end that may lie before the start": lambda t: t["adoption"][1].update(
        end="[2018-01-10..2018-03-15]"
    ),
    "end on the day of the start": lambda t: t["adoption"][1].update(end="2018-02-01"),
    "two programs of one county": lambda t: t["adoption"].append(
        t["adoption"][0] | {"agency": "Sheriff"}
    ),
    "HTML in a name": lambda t: t["adoption"][0].update(agency="<b>Police</b>"),
    "note that is a negative number": lambda t: t["adoption"][0].update(note="-40"),
    "no program": lambda t: t.update(adoption=[]),
    "no result, count, milestone or context": lambda t: t.update(
        outcomes=[], reach=[], milestones=[], context=[]
    ),
}


@pytest.mark.parametrize("change", GOOD.values(), ids=GOOD)
def test_an_unusual_but_good_table_is_taken(
    tmp_path: Path, change: Callable[[dict[str, Rows]], object]
) -> None:
    tables = small_tables()
    change(tables)
    load(write_tables(tmp_path, tables))


def test_html_in_a_name_is_kept_as_text(tmp_path: Path) -> None:
    tables = small_tables()
    tables["adoption"][0]["agency"] = "<script>alert('x')</script> & Sons"
    facts = load(write_tables(tmp_path, tables))
    assert facts.adoption.at[2, "agency"] == "<script>alert('x')</script> & Sons"


SAVED: dict[str, Callable[[str], bytes]] = {
    "with a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "as UTF-16": lambda text: text.encode("utf-16"),
    "with blank rows at the end": lambda text: (text + ",\n\n").encode(),
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_the_same_facts_saved_another_way_are_the_same_edition(
    facts: Any, tmp_path: Path, save: Callable[[str], bytes]
) -> None:
    for path in TABLES.glob("*.csv"):
        (tmp_path / path.name).write_bytes(save(path.read_text(encoding="utf-8")))
    assert load(tmp_path).checksum == facts.checksum


@pytest.mark.parametrize("table", table_columns())
def test_other_facts_are_another_edition(tmp_path: Path, table: str) -> None:
    tables = small_tables()
    before = load(write_tables(tmp_path, tables)).checksum
    column = {"sources": "title", "counties": "county", "population": "residents"}.get(table, "")
    if table == "counties":
        tables[table].append({"fips": "37001", "county": "Alamance", "sources": "census"})
        tables["population"] += [
            {"fips": "37001", "year": year, "residents": "1", "sources": "census"}
            for year in ("2018", "2019")
        ]
    elif column:
        tables[table][0][column] = "1"
    else:
        tables[table].pop()
    assert load(write_tables(tmp_path, tables)).checksum != before
