"""What a file of numbers made from a loaded series is made of, so that they can be made anew."""

from __future__ import annotations

from data.facts import Facts
from data.harmless import harmless
from data.series import CountySeries

VALUE_UNITS = {
    "events": "events in the period",
    "people": "people on an average day of the period",
}


def made_of(facts: Facts, series: CountySeries, measure: str) -> dict[str, str]:
    """Tell measure, units, file and edition, by the names of columns that are alike in all rows.

    ``measure_id`` is the measure's name in an address, ``residents`` whom the population counts.
    """
    told = series.measure(measure)
    return {
        "measure_id": series.key(measure),
        "value_unit": VALUE_UNITS[told.kind],
        "residents": harmless(told.residents),
        "series": harmless(series.title),
        "file": harmless(series.file),
        "file_sha256": series.checksum,
        "edition": facts.edition,
    }
