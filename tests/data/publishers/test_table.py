"""Tables of any publisher, by a mapping that is given or guessed."""

from pathlib import Path

import pytest

from data.publishers import Mapping, columns_of, guess_mapping, read_series
from data.series import CountySeries, SeriesError
from tests.data.publishers import files


def load(path: Path, rows: list[files.Cells], mapping: Mapping | None = None) -> CountySeries:
    return read_series(files.write(path / "given.csv", rows), "given.csv", mapping)


def told(series: CountySeries) -> list[tuple[object, ...]]:
    frame = series.frame
    starts = frame["period_start"].dt.strftime("%Y-%m")
    values = frame["value"].fillna(-1)
    return list(zip(frame["fips"], starts, values, frame["quality"], strict=True))


GUESSED = {
    "tidy": (
        ["County", "Year", "Arrests"],
        ["Wake", "2018", "5"],
        ("County", "Year", "Arrests", ""),
    ),
    "residents": (
        ["fips", "county", "year", "count", "population"],
        ["37183", "Wake", "2018", "5", "1000"],
        ("fips", "year", "count", "population"),
    ),
    "a rate beside": (
        ["County Name", "Fiscal Year", "Bookings", "Rate per 1,000"],
        ["Wake", "FY 2018", "5", "0.3"],
        ("County Name", "Fiscal Year", "Bookings", ""),
    ),
    "a name that tells nothing": (
        ["County", "Month", "x"],
        ["Wake", "2018-01", "5"],
        ("County", "Month", "x", ""),
    ),
    "wide": (["County", "2017", "2018"], ["Wake", "5", "6"], ("County", "*", "*", "")),
    "days with counts": (
        ["County", "Date", "Arrests"],
        ["Wake", "2018-01-05", "5"],
        ("County", "Date", "Arrests", ""),
    ),
    "a choice": (["County", "Year", "Arrests", "Charges"], ["Wake", "2018", "5", "6"], None),
    "no county": (["Place", "Year", "Arrests"], ["Raleigh", "2018", "5"], None),
    "no period": (["County", "Term", "Arrests"], ["Wake", "last", "5"], None),
    "rates only": (["County", "Year", "Arrest rate"], ["Wake", "2018", "5"], None),
    "a count of no number": (
        ["fips", "year", "arrests", "county no"],
        ["37183", "2018", "957,5", "92"],
        ("fips", "year", "arrests", ""),
    ),
    "a code that is none": (
        ["fips", "year", "arrests"],
        ["7001", "2018", "5"],
        ("fips", "year", "arrests", ""),
    ),
    "a period that is none": (
        ["fips", "year", "x"],
        ["37183", "31.12.2018", "5"],
        ("fips", "year", "x", ""),
    ),
}


@pytest.mark.parametrize("case", GUESSED)
def test_guesses(tmp_path: Path, case: str) -> None:
    head, row, expected = GUESSED[case]
    columns, sample = columns_of(files.write(tmp_path / "given.csv", [head, row]))
    found = guess_mapping(columns, sample)
    assert (found and (found.county, found.period, found.value, found.population)) == expected


def test_a_mapping_names_everything(tmp_path: Path) -> None:
    mapping = Mapping(
        *("where", "WHEN", "how_many", "people"),
        title="Bookings",
        publisher="The sheriffs",
        address="https://example.org/",
        license="Public records",
        label="Bookings in jail",
        kind="people",
    )
    rows: list[files.Cells] = [
        ["Where", "When", "How_Many", "People"],
        ["WAKE COUNTY", "2018", "5", "1,000"],
    ]
    series = load(tmp_path, rows, mapping)
    assert (series.title, series.publisher, series.license) == (
        "Bookings",
        "The sheriffs",
        "Public records",
    )
    assert (series.id, series.address) == ("table-bookings", "https://example.org/")
    measure = series.measure("bookings_in_jail")
    assert (measure.label, measure.kind) == ("Bookings in jail", "people")
    assert series.frame["population"].tolist() == [1000]


def test_wide_tables_are_turned(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "2017", "2018", "Total"],
        ["Wake", "5", "*"],
        ["Mcdowell", "0", ".."],
    ]
    series = load(tmp_path, rows)
    assert told(series) == [
        ("37111", "2017-01", 0, "zero"),
        ("37111", "2018-01", -1, "missing"),
        ("37183", "2017-01", 5, "reported"),
        ("37183", "2018-01", -1, "suppressed"),
    ]
    assert series.layout == "wide table"


def test_fiscal_years_are_told(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "Year", "Arrests"],
        ["Wake", "2017-18", 5],
        ["Wake", "2011-12", 6],
    ]
    series = load(tmp_path, rows)
    assert told(series) == [
        ("37183", "2011-07", 6, "reported"),
        ("37183", "2017-07", 5, "reported"),
    ]
    assert any("July to June" in note for note in series.notes)


def test_a_measure_for_each_word(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "Year", "Measure", "Value"],
        ["Wake", 2018, "Felony charges", 5],
        ["Wake", 2018, "Felony charges!", 4],
        ["Wake", 2018, "Citations", 9],
    ]
    series = load(tmp_path, rows)
    assert [(m.name, m.label) for m in series.measures] == [
        ("citations", "Citations"),
        ("felony_charges", "Felony charges"),
        ("felony_charges_", "Felony charges!"),
    ]


def test_rows_left_out_are_counted(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "State", "Year", "Arrests"],
        ["Wake", "NC", 2018, 5],
        ["Wake", "NC", 2018, 5],
        ["Orange", "North Carolina", 2018, 6],
        ["Orange", "FL", 2018, 7],
        ["Autauga", "Alabama", 2018, 7],
        ["Statewide", "NC", 2018, 9],
        ["Unknown", "NC", 2018, 1],
    ]
    series = load(tmp_path, rows)
    assert series.frame["value"].sum() == 11
    assert dict(series.dropped) == {
        "rows of other states": 2,
        "rows that stand in the file twice": 1,
        "rows for the whole state": 1,
        "rows of no county": 1,
    }


def test_rows_that_differ_in_an_unread_column_are_no_twins(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "Year", "Sex", "Arrests"],
        ["Wake", 2018, "F", 5],
        ["Wake", 2018, "M", 5],
    ]
    with pytest.raises(
        SeriesError, match="rows 2 and 3 tell different things of Wake County in 2018"
    ):
        load(tmp_path, rows)


def test_months_and_doubtful_zeros(tmp_path: Path) -> None:
    months = ["January 2019", "Feb-19", "2019-03", "4/2019"]
    rows: list[files.Cells] = [["County", "Month", "Jailed"]]
    rows += [["Wake", month, cell] for month, cell in zip(months, [50, 0, 40, "<10"], strict=True)]
    assert [row[3] for row in told(load(tmp_path, rows))] == [
        *("reported", "doubtful zero", "reported", "suppressed")
    ]


def test_dates_are_read_as_months_and_that_is_told(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "Month", "Arrests"],
        ["Wake", "2014-01-01", 5],
        ["Wake", "2014-02-01", 6],
    ]
    long = load(tmp_path, rows)
    wide = load(tmp_path, [["County", "1/1/2014", "2/1/2014"], ["Wake", 5, 6]])
    for series in (long, wide):
        assert series.frame["period_end"].dt.day.tolist() == [31, 28]
        assert any("read as the whole month" in note for note in series.notes)


def test_counts_of_single_days_are_told(tmp_path: Path) -> None:
    rows: list[files.Cells] = [["County", "Date", "Arrests"], ["Wake", "2014-01-05", 5]]
    assert any("a single day" in note for note in load(tmp_path, rows).notes)


def test_a_date_that_may_be_anything_is_refused(tmp_path: Path) -> None:
    rows: list[files.Cells] = [["County", "Year", "Arrests"], ["Wake", "2014-01-01", 5]]
    with pytest.raises(SeriesError, match="row 2, column “Year”: “2014-01-01” may be a day"):
        load(tmp_path, rows)
    with pytest.raises(SeriesError, match=r"row 3, column “the header”: “2014-01-01” is a single"):
        load(tmp_path, [["A title"], [], ["County", "2014-01-01", "2015"], ["Wake", 5, 6]])


def test_the_columns_of_a_wide_table_are_fiscal_years_together(tmp_path: Path) -> None:
    series = load(tmp_path, [["County", "2009-10", "2010-11", "2011-12"], ["Wake", 5, 6, 7]])
    assert [start for _, start, *_ in told(series)] == ["2009-07", "2010-07", "2011-07"]


CODED = ["fips", "county", "year", "arrests"]
BESIDE: dict[str, tuple[files.Cells, files.Cells, str]] = {
    "another county": (
        CODED,
        ["37003", "Alamance County", 2018, 5],
        "given.csv, row 2: 37003 is Alexander, the column “county” says “Alamance County”; mend",
    ),
    "another county, with the code last": (
        ["County", "year", "arrests", "GEOID"],
        ["Alamance", 2018, 5, "37003"],
        "the column “County” says “Alamance”",
    ),
    "a code of three digits": (CODED, ["3", "ALAMANCE", 2018, 5], "37003 is Alexander, the"),
    "the same county": (CODED, ["37003", "Alexander, NC", 2018, 5], ""),
    "a misspelled name": (CODED, ["37003", "Alamence", 2018, 5], ""),
    "no name": (CODED, ["37003", "", 2018, 5], ""),
    "a number of another list": (CODED, ["37003", "1", 2018, 5], ""),
    "a name of something else": (
        ["fips", "name", "year", "arrests"],
        ["37003", "Alamance", 2018, 5],
        "",
    ),
    "two names": (
        ["county", "county_name", "year", "arrests"],
        ["Alexander", "Alamance", 2018, 5],
        "",
    ),
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_code_beside_the_name_of_another_county_is_refused(tmp_path: Path, case: str) -> None:
    head, row, words = BESIDE[case]
    if words:
        with pytest.raises(SeriesError, match=words):
            load(tmp_path, [head, row])
    else:
        assert load(tmp_path, [head, row]).frame["value"].tolist() == [5]


DOTS = {
    "thousands": (["53.000", "900"], "row 2, column “Arrests”: “53.000” may be thousands or a"),
    "later thousands": (["900", "1.250"], "row 3, column “Arrests”: “1.250” may be thousands or"),
    "a fraction beside": (["53.000", "9.5"], ""),
    "below one": (["0.125", "900"], ""),
    "four digits before": (["1234.125", "900"], ""),
    "no dot": (["53,000", "*"], ""),
}


@pytest.mark.parametrize("case", DOTS)
def test_dots_that_may_part_thousands_are_refused(tmp_path: Path, case: str) -> None:
    cells, words = DOTS[case]
    long: list[files.Cells] = [["County", "Year", "Arrests"]]
    long += [["Wake", 2018 + n, cell] for n, cell in enumerate(cells)]
    people: list[files.Cells] = [["County", "Year", "Arrests", "Residents"]]
    people += [["Wake", 2018 + n, 5, cell] for n, cell in enumerate(cells) if cell != "*"]
    wide: list[files.Cells] = [["County", "2018", "2019"], ["Wake", *cells]]
    if words:
        with pytest.raises(SeriesError, match=words):
            load(tmp_path, long)
        for rows in (people, wide):
            with pytest.raises(SeriesError, match="may be thousands or a fraction"):
                load(tmp_path, rows)
    else:
        assert all(len(load(tmp_path, rows).frame) for rows in (long, people, wide))


AT_ONCE = {
    "a decimal comma": (["37183", "2018", "957,5"], "row 2, column “arrests”: “957,5” is not a"),
    "a date with dots": (["37183", "31.12.2012", "5"], "row 2, column “year”: “31.12.2012” is"),
    "a code that lost a digit": (
        ["7001", "2018", "5"],
        "row 2, column “fips”: “7001” is no county",
    ),
}


@pytest.mark.parametrize("case", AT_ONCE)
def test_bad_cells_of_columns_that_are_named_plainly_are_told(tmp_path: Path, case: str) -> None:
    row, words = AT_ONCE[case]
    with pytest.raises(SeriesError, match=words):
        load(tmp_path, [["fips", "year", "arrests"], *[row] * 9])


TIDY: list[files.Cells] = [
    ["County", "Year", "Arrests", "Arrests per 1,000"],
    ["Wake", 2018, 5, 0.1],
]
REFUSED = {
    "no such column": (Mapping("Place", "Year", "Arrests"), "has no column “Place” for the county"),
    "a rate": (Mapping("County", "Year", "Arrests per 1,000"), "holds rates or percents"),
    "another kind": (Mapping("County", "Year", "Arrests", kind="dogs"), "“dogs” is no kind"),
    "not wide": (Mapping("County", "*", "*"), "no columns named by years or months"),
    "no names": (Mapping("", "", "Arrests"), "name the column of the county"),
    "a year as county": (Mapping("Year", "County", "Arrests"), "."),
    "text as period": (Mapping("County", "County", "Arrests"), "“37183” is not a period"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_mappings_that_are_refused(tmp_path: Path, case: str) -> None:
    mapping, said = REFUSED[case]
    with pytest.raises(SeriesError, match=said):
        load(tmp_path, TIDY, mapping)


def test_near_names_are_offered(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "Year", "Arrests"],
        *[["Wake", 2018 - n, 5] for n in range(9)],
    ]
    with pytest.raises(SeriesError, match=r"row 11.*“Alamence Co” is no county.*is it Alamance"):
        load(tmp_path, [*rows, ["Alamence Co", 2018, 5]])


def test_too_many_measures_are_refused(tmp_path: Path) -> None:
    rows: list[files.Cells] = [["County", "Year", "Measure", "Value"]]
    rows += [["Wake", 2018, f"kind {number}", 5] for number in range(61)]
    with pytest.raises(SeriesError, match="counts 61 different things"):
        load(tmp_path, rows)


def test_columns_that_tell_nothing_are_named(tmp_path: Path) -> None:
    with pytest.raises(SeriesError, match="among a, b, c; name them"):
        load(tmp_path, [["a", "b", "c"], [1, 2, 3]])


def test_codes_without_a_state(tmp_path: Path) -> None:
    rows: list[files.Cells] = [["County code", "Year", "Arrests"], ["37", 2018, 5]]
    assert told(load(tmp_path, [*rows, ["1", 2018, 6]]))[1][0] == "37037"
    series = load(tmp_path, [*rows, ["37001", 2018, 6]])
    assert dict(series.dropped) == {"rows for the whole state": 1}
