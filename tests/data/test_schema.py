import pytest

from data.facts import Facts
from data.schema import (
    HOMES,
    KINDS,
    REGISTRY,
    TABLES,
    dictionary,
    primary_key,
    schemas,
    shape_problems,
    table_columns,
)
from tests.data.builders import small_tables, with_rows

GOOD_CELLS = {
    "fips": ["37051", "00001"],
    "edtf": ["2019", "2019-08", "2019-08-31", "[..2019-02-22]", "[2016-07..2016-09]", "2022/"],
    "number": ["0", "-0.421", "28000", "4.5", "007"],
    "integer": ["0", "-5", "28000"],
    "url": ["https://a.gov", "http://server.co.nc.us:8088/a/b.aspx?x=1#y", "https://a.b/%E2%80%99"],
    "sources": ["a", "a-1; b.2; c_3"],
    "text": ["word", "<b>", "-40", "−40%", "5 = 5", "a@b", "(x)", "'tis", "…"],
    "word": ["anything; the list of words is another check"],
}
BAD_CELLS = {
    "fips": ["3705", "370511", "37051.0", "Burke", " 37051"],
    "edtf": ["soon", "2019-02-29", "2019-02-30", "8/31/19", "2020/2019", "1776"],
    "number": ["28,000", "4.5%", "1e5", ".5", "5.", "--5", "nan", "inf", "$5", "5 people"],
    "integer": ["4.5", "28,000", "1e3", "4.0", "+4"],
    "url": [
        "a.gov",
        "ftp://a.gov",
        "javascript:alert(1)",
        "https://a b",
        'https://a"b',
        "https://",
    ],
    "sources": ["a;b", "a, b", "a; ", "; a", "a b", "a;  b"],
    "text": [
        *("=1+1", "+1", "@x", "-x", "- x", "\tx", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0"),
        *("-40%", "'=x", "\u200b=x", "\uff1dHYPERLINK(1)"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "cell"), [(k, c) for k, cells in GOOD_CELLS.items() for c in cells]
)
def test_a_good_cell_passes(kind: str, cell: str) -> None:
    assert KINDS[kind][0](cell)


@pytest.mark.parametrize(
    ("kind", "cell"), [(k, c) for k, cells in BAD_CELLS.items() for c in cells]
)
def test_a_bad_cell_fails(kind: str, cell: str) -> None:
    assert not KINDS[kind][0](cell)


def test_every_kind_is_tried_here() -> None:
    assert set(GOOD_CELLS) == set(KINDS)
    assert set(BAD_CELLS) == set(KINDS) - {"word"}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"word"}))
def test_every_kind_gives_advice(kind: str) -> None:
    assert KINDS[kind][1].endswith(".")


def test_the_dictionary_is_whole() -> None:
    rows = dictionary()
    assert list(rows.columns) == ["table", "column", "kind", "required", "allowed", "meaning"]
    assert not rows.duplicated(["table", "column"]).any()
    assert set(rows["kind"]) <= set(KINDS)
    assert set(rows["required"]) <= {"yes", "no"}
    assert ((rows["kind"] == "word") == (rows["allowed"] != "")).all()
    assert rows["meaning"].str.endswith(".").all()


def test_the_dictionary_tells_of_every_file_and_no_other() -> None:
    assert {path.stem for path in TABLES.glob("*.csv")} == set(table_columns()) | {"dictionary"}
    assert set(schemas()) == set(table_columns())


def test_the_registry_tells_of_every_table_of_the_dictionary() -> None:
    assert list(REGISTRY) == list(table_columns())
    assert len({entry.many for entry in REGISTRY.values()}) == len(REGISTRY)


@pytest.mark.parametrize("table", table_columns())
def test_the_columns_that_name_a_row_are_there_and_name_one(facts: Facts, table: str) -> None:
    key = list(REGISTRY[table].key)
    assert set(key) <= set(table_columns()[table])
    assert REGISTRY[table].shared or not facts.tables[table].duplicated(key).any()
    assert (facts.tables[table][list(primary_key(table))] != "").all(axis=None)


def test_what_has_happened_is_told_by_dates() -> None:
    for table, entry in REGISTRY.items():
        assert {table_columns()[table][column] for column in entry.past} <= {"edtf"}


def test_only_some_tables_have_a_primary_key() -> None:
    """The others have rows of one key, or of a blank cell, as a service of the whole state."""
    without = {table for table in REGISTRY if not primary_key(table)}
    assert without == {"outcomes", "reach", "milestones", "context", "partnerships"}


@pytest.mark.parametrize("table", table_columns())
def test_the_dictionary_matches_the_header_of(table: str) -> None:
    header = (TABLES / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == list(table_columns()[table])


WORDS = [
    (row.table, row.column, word)
    for row in dictionary().itertuples()
    if row.kind == "word"
    for word in row.allowed.split("|")
]


@pytest.mark.parametrize(("table", "column", "word"), WORDS)
def test_every_allowed_word_is_taken(table: str, column: str, word: str, facts: object) -> None:
    row = small_tables()[table][0] | {column: word}
    frame = getattr(with_rows(facts, table, [row]), table)  # type: ignore[arg-type]
    assert shape_problems(table, frame) == []


REQUIRED = [(row.table, row.column, row.required) for row in dictionary().itertuples()]


@pytest.mark.parametrize(("table", "column", "required"), REQUIRED)
def test_a_blank_cell_is_refused_only_where_the_dictionary_says_so(
    table: str, column: str, required: str, facts: object
) -> None:
    row = small_tables()[table][0] | {column: ""}
    frame = getattr(with_rows(facts, table, [row]), table)  # type: ignore[arg-type]
    problems = shape_problems(table, frame)
    expected = [(table, 2, column)] if required == "yes" else []
    assert [(p.table, p.row, p.column) for p in problems] == expected


@pytest.mark.parametrize(("column", "home"), HOMES.items(), ids=HOMES)
def test_a_column_that_names_rows_stands_in_other_tables(column: str, home: str) -> None:
    assert len(REGISTRY[home].key) == 1
    assert any(column in columns for name, columns in table_columns().items() if name != home)
