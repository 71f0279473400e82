import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from data.frame import county_frame
from data.read import LONGEST_CELL
from data.schema import NUMBERS
from data.words import describe
from layouts.exports.package import sheets
from layouts.exports.workbook import WIDEST, workbook
from tests.layouts.exports.hostile import CELLS, hostile

DAY = date(2019, 8, 31)


@pytest.fixture(scope="module", params=["as held", "hostile"])
def edition(request: pytest.FixtureRequest, facts: Any) -> Any:
    return facts if request.param == "as held" else hostile(facts)


@pytest.fixture(scope="module")
def book(edition: Any) -> Any:
    return opened(workbook(edition, DAY))


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_about_comes_first_then_a_sheet_a_table(edition: Any, book: Any) -> None:
    assert book.sheetnames == ["About", *[sheet.name for sheet in sheets(edition, DAY)]]


def test_about_tells_day_edition_sentence_and_how_to_read(edition: Any, book: Any) -> None:
    words = " ".join(str(cell) for row in book["About"].values for cell in row)
    for part in (
        "31 August 2019",
        edition.edition,
        edition.checksum,
        str(describe(DAY, county_frame(edition, DAY))),
        "A blank cell means not known.",
        "grade",
        "rights",
    ):
        assert part in words


def test_every_sheet_reads_back_as_held(edition: Any, book: Any) -> None:
    for sheet in sheets(edition, DAY):
        header, *rows = book[sheet.name].values
        assert list(header) == list(sheet.frame)
        assert len(rows) == len(sheet.frame)
        kinds = list(sheet.columns["kind"])
        for found, held in zip(rows, sheet.frame.itertuples(index=False), strict=True):
            expected = [told(cell, kind) for cell, kind in zip(held, kinds, strict=True)]
            assert list(found) == expected


def told(cell: str, kind: str) -> str | float | None:
    if kind in NUMBERS and cell:
        return float(cell)
    return cell or None


def test_no_cell_is_a_formula_or_a_link(edition: Any, book: Any) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") and not cell.hyperlink for cell in row)
    with zipfile.ZipFile(io.BytesIO(workbook(edition, DAY))) as archive:
        pages = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        assert not any(b"<f>" in archive.read(name) for name in pages)
        assert not any("external" in name.lower() or "vba" in name for name in archive.namelist())


def test_formula_like_cells_stay_text_when_they_are_edited(facts: Any) -> None:
    page = opened(workbook(hostile(facts), DAY))["reach"]
    (place,) = [cell.column for cell in page[1] if cell.value == "note"]
    found = {page.cell(row, place).value: page.cell(row, place) for row in range(2, len(CELLS) + 2)}
    assert list(found) == list(CELLS)
    assert found["-2+3"].quotePrefix
    assert found["=cmd|' /C calc'!A0"].quotePrefix
    assert not found["00123"].quotePrefix


def test_codes_and_dates_are_marked_as_text(book: Any) -> None:
    page = book["adoption"]
    formats = {cell.value: page.cell(2, cell.column).number_format for cell in page[1]}
    assert formats["fips"] == formats["start"] == "@"
    assert formats["note"] == "General"


def test_headers_are_bold_and_stay_in_sight(edition: Any, book: Any) -> None:
    for sheet in sheets(edition, DAY):
        page = book[sheet.name]
        assert page.freeze_panes == "A2"
        assert all(cell.font.bold for cell in page[1])
        widths = [column.width for column in page.column_dimensions.values()]
        assert all(8 <= width <= WIDEST + 1 for width in widths)


def test_a_cell_too_long_for_a_workbook_is_cut_and_says_so(facts: Any) -> None:
    reach = facts.reach.copy()
    reach.iloc[0, reach.columns.get_loc("note")] = "x" * (LONGEST_CELL + 1)
    page = opened(workbook(replace(facts, reach=reach), DAY))["reach"]
    (note,) = [cell.column for cell in page[1] if cell.value == "note"]
    found = page.cell(2, note).value
    assert len(found) == LONGEST_CELL
    assert found.endswith("whole in the CSV file)")


def test_the_same_facts_and_day_give_the_same_bytes(facts: Any) -> None:
    assert workbook(facts, DAY) == workbook(replace(facts), DAY)
