"""Made-up county series for tests."""

from typing import Any

import pandas as pd

from data.series import COLUMNS, CountySeries, Measure


def rows(*values: float | None, measure: str = "deaths") -> pd.DataFrame:
    """Give the years from 2015 on of one county."""
    years = range(2015, 2015 + len(values))
    return pd.DataFrame(
        {
            "fips": "37001",
            "measure": measure,
            "period_start": pd.to_datetime([f"{year}-01-01" for year in years]),
            "period_end": pd.to_datetime([f"{year}-12-31" for year in years]),
            "value": pd.array(values, dtype=float),
            "population": 1000.0,
            "quality": ["missing" if value is None else "reported" for value in values],
        }
    )[list(COLUMNS)]


def make_series(id: str = "deaths", **more: Any) -> CountySeries:
    parts: dict[str, Any] = {
        "title": "Overdose deaths",
        "publisher": "A publisher, “quoted”",
        "license": "Own use only",
        "address": "https://example.org/",
        "layout": "yearly",
        "measures": (Measure("deaths", "Deaths"), Measure("jail", "In jail", "people", "adults")),
        "frame": rows(12.0, None, 0.1 + 0.2),
        "notes": ("A note\nof two lines",),
        "dropped": (("rows of other states", 3),),
        "file": "deaths.csv",
        "checksum": "ab" * 32,
        "regional": {"37015": "Bertie and Martin"},
    }
    return CountySeries(id=id, **{**parts, **more})
