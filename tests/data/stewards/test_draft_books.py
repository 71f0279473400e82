from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from data.facts import Facts
from data.stewards import draft_books
from data.stewards.draft import read_draft
from data.stewards.draft_books import date_text
from data.stewards.draft_sheets import DraftError
from tests.data.handed_in import HEADER, as_book, fill, rows_as_text

SHAPES = {
    ("2019-08-01", "mmm-yy"): "2019-08",
    ("2019-08-01", "yyyy\\-mm"): "2019-08",
    ("2019-08-01", "[$-409]mmmm yyyy;@"): "2019-08",
    ("2019-08-01", "yyyy-mm-dd"): "2019-08-01",
    ("2019-08-01", "m/d/yy"): "2019-08-01",
    ("2019-08-02", "mmm-yy"): "2019-08-02",
    ("2019-01-01", "yyyy"): "2019",
    ("2019-02-01", "yyyy"): "2019-02-01",
    ("2019-08-01", '"d"mmm-yy'): "2019-08",
    ("2019-08-01", "General"): "2019-08-01",
    ("2019-08-01", ""): "2019-08-01",
}


@pytest.mark.parametrize(("cell", "text"), SHAPES.items(), ids=map(" ".join, SHAPES))
def test_a_month_that_excel_made_a_day_is_a_month(cell: tuple[str, str], text: str) -> None:
    assert date_text(datetime.fromisoformat(cell[0]), cell[1]) == text


def test_a_time_of_day_is_not_dropped() -> None:
    assert date_text(datetime.combine(date(2019, 8, 1), time(9)), "mmm-yy") == "2019-08-01 09:00:00"


FAR: dict[str, tuple[Callable[[Any], None], str]] = {
    "a cell far below": (fill("A60000", "x"), "x.xlsx has more than 50,000 lines"),
    "a cell far right": (fill("CV2", "x"), "The row has more cells than the header."),
}


@pytest.mark.parametrize(("change", "words"), FAR.values(), ids=FAR)
def test_a_stray_cell_is_told(facts: Facts, change: Callable[[Any], None], words: str) -> None:
    book = as_book({"adoption": rows_as_text(facts)}, change)
    try:
        found = "\n".join(map(str, read_draft("x.xlsx", book, facts).problems))
    except DraftError as error:
        found = str(error)
    assert words in found


def test_one_text_in_many_cells_is_bounded(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_books, "MOST_UNPACKED", 100_000)
    rows = [list(HEADER), *([["n" * 3000] * len(HEADER)] * 20)]
    with pytest.raises(DraftError, match="unpacks to far more"):
        read_draft("x.xlsx", as_book({"adoption": rows}), facts)
