"""What is told of a loaded file, in words."""

from dataclasses import replace

import pandas as pd
import pytest

from data.series import CountySeries
from layouts.parts.series import create_series_facts
from tests.data.series_builder import deaths, rows, series
from tests.layouts.tree import text_of

MONTHS = rows({"37001": [1, 2]}, first="2018-01-01", months=1, measure="deaths")
TWO = pd.concat([deaths(12, 13, 14), MONTHS.assign(measure="arrests")])
LEFT_OUT = {
    "nothing": (series(deaths(12)), ""),
    "one row": (replace(series(deaths(12)), dropped=(("rows of totals", 1),)), "rows of totals: 1"),
    "many rows": (
        replace(series(deaths(12)), dropped=(("rows of totals", 1200),)),
        "rows of totals: 1,200",
    ),
    "months among years": (
        series(deaths(12, 13, 14), MONTHS),
        "2 rows are left out, as only periods of one length are used: the commonest, or the "
        "shortest of those equally common.",
    ),
    "a month among years": (
        series(deaths(12, 13, 14), MONTHS.head(1)),
        "1 row is left out, as only periods of one length are used: the commonest, or the "
        "shortest of those equally common.",
    ),
    "a measure by year, a measure by month": (series(TWO), ""),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_left_out_is_told(case: str) -> None:
    of, words = LEFT_OUT[case]
    assert told(of).get("Left out", "") == words


def told(of: CountySeries) -> dict[str, str]:
    parts = [text_of(part) for part in create_series_facts(of).children]
    return dict(zip(parts[::2], parts[1::2], strict=True))
