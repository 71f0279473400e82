"""Files that are damaged or made to harm: each is refused at once, in one clear sentence."""

import gzip
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.publishers import Mapping, read_series
from data.publishers import reading as files_of
from data.publishers.grid import TEXT_LIMIT
from data.series import SeriesError
from tests.data.publishers import files

TIDY: list[files.Cells] = [["County", "Year", "Arrests"], ["Wake", 2018, 50], ["Durham", 2018, 40]]
TEXT = files.rows_text(TIDY)


def of(*rows: files.Cells) -> str:
    return files.rows_text([TIDY[0], *rows])


REFUSED_TEXT: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty"),
    "blank": ("\n \n\n", "is empty"),
    "header only": ("County,Year,Arrests\n", "no rows below it"),
    "NUL bytes": (b"\0" * 5000, "not a text file"),
    "one NUL byte": ("County,Year,Arrests\nWake,2018,5\0\n", "not a text file"),
    "one endless line": ("x" * 3_000_000, "a line of more than 1,000,000 characters"),
    "endless line below": (TEXT + "x" * 1_500_000, "a line of more than"),
    "prose": ("This is a letter.\nIt has no table.\n", "no table"),
    "two header rows": (
        "County,Year,Arrests\nName,Calendar,Count\nWake,2018,5\n",
        "two header rows, 1 and 2",
    ),
    "header over groups": (
        ",2018,,2019,\nCounty,Arrests,Charges,Jailed,Freed\nWake,5,6,7,8\n",
        "two header rows, 1 and 2",
    ),
    "title, then two header rows": (
        "Arrests in counties\n,2018,,2019,\nCounty,Arrests,Charges,Jailed,Freed\nWake,5,6,7,8\n",
        "two header rows, 2 and 3",
    ),
    "a column twice": ("County,Year,Arrests,arrests\nWake,2018,5,6\n", "“arrests” stands twice"),
    "500 columns": (
        files.rows_text([["County", "Year", *(f"c{n}" for n in range(498))], ["Wake"] * 500]),
        "has 500 columns, and at most 400 are read",
    ),
    "unknown bytes": (b"County,Year,Arrests\nWake\x81,2018,5\n", "unknown encoding"),
    "half of UTF-16": (TEXT.encode("utf-16")[:-1], "unknown encoding"),
    "open quote": ('County,Year,Arrests\n"Wake,2018,5\n', "double quote is not closed"),
    "broken off": (TEXT + "Hyde,20", "breaks off in row 4"),
    "more cells": (TEXT + "Hyde,2018,5,6\n", "row 4: the row has more cells than the header"),
    "wrong state": (of(["51059", 2018, 5], ["51013", 2018, 5]), "rows of Virginia only"),
    "wrong states": (of(["51059", 2018, 5], ["01001", 2018, 5]), "rows of 2 other states only"),
    "lost zero": (of(["1001", 2018, 5]), "rows of Alabama only"),
    "no such county": (of(["Wakee", 2018, 5], ["Wake", 2018, 5]), "“Wakee” is no county"),
    "no such code": (of(["Wake", 2018, 5], *[["37002", 2018, 5]]), "“37002” is no county"),
    "negative": (of(["Wake", 2018, -5]), "row 2, column “Arrests”: “-5” is below zero"),
    "words": (of(["Wake", 2018, 5], ["Hyde", 2018, "five"]), "row 3, column “Arrests”: “five” is"),
    "formula": (of(["Wake", 2018, "=cmd|' /C calc'!A0"]), "“=cmd|' /C calc'!A0” is not a count"),
    "huge": (of(["Wake", 2018, "9" * 60]), "too large"),
    "infinite": (of(["Wake", 2018, "1e99"]), "too large"),
    "future": (of(["Wake", 2018, 5], ["Wake", 2950, 5]), "row 3, column “Year”: “2950” lies in"),
    "long year": (of(["Wake", 20019, 5], ["Wake", 2018, 5]), "“20019” is not a period"),
    "told twice": (of(["Wake", 2018, 5], ["37183", 2018, 6]), "rows 2 and 3 tell different things"),
    "HTML in the county": (of(["<b>Wake</b>", 2018, 5], ["Wake", 2018, 5]), "“<b>Wake</b>” is no"),
}


@pytest.mark.parametrize("case", REFUSED_TEXT)
def test_text_that_is_refused(tmp_path: Path, case: str) -> None:
    content, told = REFUSED_TEXT[case]
    path = files.text(tmp_path / "given.csv", content)
    with pytest.raises(SeriesError) as refusal:
        read_series(path, "given.csv", Mapping("County", "Year", "Arrests"))
    assert_sentence(str(refusal.value), told)


def assert_sentence(said: str, told: str) -> None:
    assert told in said
    assert said.startswith("given")
    assert said.endswith((".", "?"))
    assert "\n" not in said
    assert len(said) < 600


def bomb(path: Path) -> None:
    files.make_bomb(path)


def not_a_zip(path: Path) -> None:
    files.text(path, TEXT)


def broken_zip(path: Path) -> None:
    whole = files.make_sheet(path, TIDY).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def plain_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table.csv", TEXT)


def climbing(path: Path) -> None:
    files.with_part(files.make_sheet(path, TIDY), "xl/../../../evil.xml")


def rooted(path: Path) -> None:
    files.with_part(files.make_sheet(path, TIDY), "/etc/evil")


def packed(how: int) -> Callable[[Path], None]:
    """Pack a sheet anew, in a way whose unpacking cannot be bounded."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(files.make_sheet(path, TIDY)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w", how) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    return make


LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'


def entities(path: Path) -> None:
    files.with_part(files.make_sheet(path, TIDY), "xl/evil.xml", LAUGHS.encode())


def late_entities(path: Path) -> None:
    laughs = f"<!--{' ' * 5000}-->{LAUGHS}"
    files.with_part(files.make_sheet(path, TIDY), "xl/evil.bin", laughs.encode())


def wide_entities(path: Path) -> None:
    files.with_part(files.make_sheet(path, TIDY), "xl/evil.xml", LAUGHS.encode("utf-16"))


def bad_part(path: Path) -> None:
    chance = random.Random(1)
    whole = bytearray(
        files.make_sheet(path, [TIDY[0], *[["Wake", n, n] for n in range(999)]]).read_bytes()
    )
    start = whole.index(b"xl/worksheets/sheet1.xml") + 100
    whole[start : start + 400] = chance.randbytes(400)
    path.write_bytes(whole)


def no_results(path: Path) -> None:
    files.make_sheet(path, [*TIDY, ["Hyde", 2018, "=SUM(C2:C3)"]])


def no_table(path: Path) -> None:
    files.make_sheet(path, [["About this file"]], [["Nothing"]])


def old_excel(path: Path) -> None:
    files.text(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


REFUSED_SHEETS: dict[str, tuple[Callable[[Path], None], str]] = {
    "zip bomb": (bomb, "unpacks to far more than its size"),
    "text under another name": (not_a_zip, "is no .xlsx file"),
    "half a file": (broken_zip, "damaged"),
    "a zip of a table": (plain_zip, "is a zip archive; unpack it"),
    "a path that climbs": (climbing, "paths that no Excel file has"),
    "a path from the root": (rooted, "paths that no Excel file has"),
    "packed with bzip2": (packed(zipfile.ZIP_BZIP2), "is packed in an unusual way; open it in"),
    "packed with LZMA": (packed(zipfile.ZIP_LZMA), "is packed in an unusual way; open it in"),
    "entities": (entities, "definitions inside"),
    "entities after much else": (late_entities, "definitions inside"),
    "entities in UTF-16": (wide_entities, "definitions inside"),
    "a damaged part": (bad_part, "damaged"),
    "formulas without results": (
        no_results,
        "cell C4: the file holds a formula without its result",
    ),
    "no table": (no_table, "no sheet with a table"),
    "old Excel": (old_excel, "old Excel file (.xls) or one with a password"),
}


@pytest.mark.parametrize("case", REFUSED_SHEETS)
def test_spreadsheets_that_are_refused(tmp_path: Path, case: str) -> None:
    make, told = REFUSED_SHEETS[case]
    path = tmp_path / "given.xlsx"
    make(path)
    with pytest.raises(SeriesError) as refusal:
        read_series(path, "given.xlsx", Mapping("County", "Year", "Arrests"))
    assert_sentence(str(refusal.value), told)


def test_a_bomb_is_refused_without_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.make_bomb(tmp_path / "given.xlsx")
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def noted(self: zipfile.ZipFile, name: zipfile.ZipInfo, *rest: object) -> object:
        opened.append(name.filename)
        return real(self, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    with pytest.raises(SeriesError):
        read_series(path, "given.xlsx")
    assert opened == []


def test_parquet_that_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "given.parquet"
    sql = "SELECT 'Wake' AS county, 2018 AS year, 5 AS arrests"
    whole = files.make_parquet(path, sql).read_bytes()
    for damage in (whole[:-20], whole[:40], whole[:20] + b"\xff" * 60 + whole[80:]):
        path.write_bytes(damage)
        with pytest.raises(SeriesError) as refusal:
            read_series(path, "given.parquet")
        assert_sentence(str(refusal.value), "damaged Parquet")
    path.write_bytes(b"PK no Parquet")
    with pytest.raises(SeriesError, match=r"is no \.parquet file"):
        read_series(path, "given.parquet")


@pytest.mark.parametrize("nested", ["[1, 2]", "{'a': 1}", "MAP {'a': 1}"])
def test_nested_columns_are_refused(tmp_path: Path, nested: str) -> None:
    sql = f"SELECT 'Wake' AS county, 2018 AS year, 5 AS arrests, {nested} AS inner"
    path = files.make_parquet(tmp_path / "given.parquet", sql)
    with pytest.raises(SeriesError, match="“inner” holds lists or records"):
        read_series(path, "given.parquet")


def test_wide_parquet_is_refused(tmp_path: Path) -> None:
    sql = "SELECT " + ", ".join(f"1 AS c{number}" for number in range(500))
    path = files.make_parquet(tmp_path / "given.parquet", sql)
    with pytest.raises(SeriesError, match="has 500 columns"):
        read_series(path, "given.parquet")


def test_limits_of_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_of, "MAX_BYTES", 50)
    path = files.text(tmp_path / "given.csv", TEXT * 5)
    with pytest.raises(SeriesError, match="are read"):
        read_series(path, "given.csv")
    monkeypatch.setattr(files_of, "MAX_XLSX_BYTES", 50)
    with pytest.raises(SeriesError, match="are read"):
        read_series(files.make_sheet(tmp_path / "given.xlsx", TIDY), "given.xlsx")


def test_compressed_and_missing_files(tmp_path: Path) -> None:
    path = files.text(tmp_path / "given.csv.gz", gzip.compress(TEXT.encode()))
    with pytest.raises(SeriesError, match="gzip; unpack it"):
        read_series(path, "given.csv.gz")
    with pytest.raises(SeriesError, match="is not there"):
        read_series(tmp_path / "none.csv", "none.csv")
    with pytest.raises(SeriesError, match="is not there"):
        read_series(tmp_path, "folder")


def test_texts_are_kept_as_texts_cut_short(tmp_path: Path) -> None:
    title = "<script>alert(1)</script>\u202e =1+1 " + "x" * 500
    path = files.text(tmp_path / "given.csv", f"{title}\n{TEXT}Source: <b>made up</b>\n")
    series = read_series(path, "../../etc/\x07<given>.csv")
    assert series.title.startswith("<script>alert(1)</script> =1+1 xxx")
    assert len(series.title) == TEXT_LIMIT
    assert "Source: <b>made up</b>" in series.notes
    assert series.file == "_given_.csv"
    assert series.id.startswith("table-script-alert-1-script")
    assert len(series.id) <= 80


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give a good file of every form."""
    folder = tmp_path_factory.mktemp("whole")
    sql = "SELECT 'Wake' AS county, 2018 AS year, range AS arrests FROM range(1)"
    return {
        "given.csv": TEXT.encode(),
        "given.txt": files.make_wonder(folder / "a.txt").read_bytes(),
        "given.xlsx": files.make_sheet(folder / "a.xlsx", TIDY).read_bytes(),
        "given.parquet": files.make_parquet(folder / "a.parquet", sql).read_bytes(),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_changed_a_file_is_read_or_refused(
    tmp_path: Path, whole_files: dict[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(whole_files)))
    content = bytearray(whole_files[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 20))
        content[place : place + length] = data.draw(st.binary(max_size=20))
    path = files.text(tmp_path / name, bytes(content))
    try:
        series = read_series(path, name)
    except SeriesError as refusal:
        assert_sentence(str(refusal), "")
    else:
        assert len(series.frame)
