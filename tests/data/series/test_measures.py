from dataclasses import replace

import pytest

from data.series import CountySeries, SeriesError, find_measure
from tests.data.series_builder import full_series

LOADED = (full_series("deaths"), full_series("others"))


@pytest.mark.parametrize("series", LOADED, ids=lambda series: series.id)
@pytest.mark.parametrize("place", [0, 1])
def test_a_measure_is_found_by_its_key(series: CountySeries, place: int) -> None:
    measure = series.measures[place]
    assert find_measure(LOADED, series.key(measure.name)) == (series, measure)
    assert series.measure(measure.name) == measure


@pytest.mark.parametrize("key", ["", "lead", "deaths", "deaths.", "deaths.arrests", ".deaths"])
def test_no_measure_is_found_by_another_text(key: str) -> None:
    assert find_measure(LOADED, key) is None
    assert find_measure((), key) is None


def test_a_measure_that_a_series_lacks_is_told() -> None:
    series = replace(LOADED[0], title="Deaths by county")
    with pytest.raises(SeriesError) as told:
        series.measure("arrests")
    assert str(told.value) == (
        "Deaths by county has no measure “arrests”; choose one of: deaths, jail."
    )
