from datetime import date, datetime

import pytest

from data.publishers.spreadsheet import cell_text

CELLS = [
    (None, ""),
    (True, "true"),
    (37001, "37001"),
    (37001.0, "37001"),
    (-0.25, "-0.25"),
    (1e16, "1e+16"),
    (datetime(2019, 8, 31), "2019-08-31"),
    (datetime(2019, 8, 31, 9, 30), "2019-08-31 09:30:00"),
    (date(2019, 8, 31), "2019-08-31"),
    (" Burke ", " Burke "),
]


@pytest.mark.parametrize(("value", "text"), CELLS, ids=[repr(value) for value, _ in CELLS])
def test_a_cell_is_written_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text
