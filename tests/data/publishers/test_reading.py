"""The same table in every form that a file may have."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.publishers import columns_of, read_series
from data.publishers.reading import checksum, open_table, separator_of
from tests.data.publishers import files

ROWS = [["County", "Year", "Arrests"], ["Wake", "2018", "1,250"], ["Durham", "2018", "40"]]
TEXT = files.rows_text(ROWS)
FORMS: dict[str, bytes] = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with mark": TEXT.encode("utf-8-sig"),
    "UTF-16 with mark": TEXT.encode("utf-16"),
    "Windows line ends": TEXT.replace("\n", "\r\n").encode(),
    "old Mac line ends": TEXT.replace("\n", "\r").encode(),
    "semicolons": TEXT.replace('"1,250"', "1250").replace(",", ";").encode(),
    "tabs": b"County\tYear\tArrests\nWake\t2018\t1,250\nDurham\t2018\t40\n",
    "no last line end": TEXT.strip().encode(),
    "title lines": f"Arrests, by county\n\nPrinted in 2020\n{TEXT}".encode(),
    "footer lines": f"{TEXT}\nSource: the sheriffs, 2019\n*Not final\n".encode(),
    "blank lines and spaces": TEXT.replace("Wake", " Wake ").replace("\n", "\n\n , ,\n").encode(),
    "blank columns": TEXT.replace("\n", ",,\n").encode(),
    "cp1252 footer": TEXT.encode() + "Note: café\n".encode("cp1252"),
    "quotes": TEXT.replace("Wake", '"Wake"').encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_table(tmp_path: Path, form: str) -> None:
    path = files.text(tmp_path / "given.csv", FORMS[form])
    frame = read_series(path, "given.csv").frame
    assert frame["fips"].tolist() == ["37063", "37183"]
    assert frame["value"].tolist() == [40, 1250]


def test_sheets_and_parquet_give_the_same_table(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["County", "Year", "Arrests"],
        [37183.0, 2018, 1250],
        ["Durham", 2018, 40.0],
    ]
    sheet = files.make_sheet(
        tmp_path / "a.xlsx", [["A title"]], [["Arrests"], *rows, ["Source: us"]]
    )
    values = "VALUES ('Wake', 2018.0, 1250), ('Durham', 2018, 40)"
    sql = f"SELECT * FROM ({values}) t(county, year, arrests)"
    for path in (sheet, files.make_parquet(tmp_path / "a.parquet", sql)):
        assert read_series(path, path.name).frame["value"].tolist() == [40, 1250]


def test_mixed_encodings_are_read_byte_by_byte(tmp_path: Path) -> None:
    content = "County,Year,Arrests,Note\nWake,2018,5,café\n".encode() + b"Hyde,2018,6,caf\xe9\n"
    path = files.text(tmp_path / "given.csv", content)
    with open_table(path, "given.csv") as table:
        assert table.frame(["Note"])["Note"].tolist() == ["café", "café"]


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = files.text(
        tmp_path / "given.csv", "A title\n\nCounty,Year,Arrests\n\nWake,2018,5\nHyde,2018,6\n"
    )
    columns, sample = columns_of(path)
    assert columns == ("County", "Year", "Arrests")
    assert sample.index.tolist() == [5, 6]


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    rows: list[files.Cells] = [
        ["fips", "year", "arrests"],
        ["01001", "2018", "5"],
        ["37001", "2018", "5"],
    ]
    path = files.write(tmp_path / "given.csv", rows)
    assert columns_of(path)[1]["fips"].tolist() == ["01001", "37001"]


def test_footers_within_the_table_are_rows(tmp_path: Path) -> None:
    lines = "County,Year,Arrests\nWake,2018,5\nSource\n\nHyde,2018,6\n"
    lines += "Notes: end\n---\nAll, of, this, too\n"
    path = files.text(tmp_path / "given.csv", lines)
    with open_table(path, "given.csv") as table:
        assert table.frame(["County"])["County"].tolist() == ["Wake", "Source", "Hyde"]
        assert table.footer == ["Notes: end", "All of this too"]


def test_formulas_give_their_kept_results(tmp_path: Path) -> None:
    path = files.make_sheet(
        tmp_path / "given.xlsx", [["County", "Year", "Arrests"], ["Wake", 2018, 5]]
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v>5</v>", b"<f>2+3</f><v>5</v>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read_series(path, "given.xlsx").frame["value"].tolist() == [5]


def test_checksum(tmp_path: Path) -> None:
    path = files.text(tmp_path / "a.csv", TEXT)
    assert checksum(path) == hashlib.sha256(TEXT.encode()).hexdigest()


def test_commas_in_quotes_separate_nothing() -> None:
    assert separator_of(['"Wake, NC, US";2018;5\n'] * 3) == ";"


CELL = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=9
)


@given(
    st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, encoding: str
) -> None:
    file = io.StringIO()
    head = ["the first", "the second", "the third", "the fourth"]
    numbered = [[str(place), *row[1:]] for place, row in enumerate(rows)]
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([head, *numbered])
    path = tmp_path_factory.mktemp("any") / "given.csv"
    path.write_bytes(file.getvalue().encode(encoding))
    columns, sample = columns_of(path)
    assert list(columns) == head
    pd.testing.assert_frame_equal(
        sample.reset_index(drop=True), pd.DataFrame(numbered, columns=head, dtype="str")
    )
