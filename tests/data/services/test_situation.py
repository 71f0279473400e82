from datetime import date
from typing import Any

import pytest

from data.services.known import service_frame
from data.services.situation import NOTHING_FOUND, situation

DAY = date(2026, 1, 1)
COUNTIES = {"New Hanover": "37129", "Pitt": "37147", "Anson": "37007"}
"""One with LEAD, one with services and no LEAD, and one of which nothing was found."""
each_county = pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)


@each_county
def test_the_situation_has_each_service_of_each_intercept_once(facts: Any, fips: str) -> None:
    found = situation(facts, fips, DAY)
    asked = facts.readiness[facts.readiness["service"] != ""]
    places = set(zip(asked["intercept"], asked["service"], strict=True))
    assert set(zip(found["intercept"], found["service"], strict=True)) == places
    assert len(found) == len(places)
    assert found["intercept"].is_monotonic_increasing
    assert not found.isna().any(axis=None)


@each_county
def test_each_service_looks_as_on_its_map(facts: Any, fips: str) -> None:
    frame = service_frame(facts, DAY)
    looks = frame[frame["fips"] == fips].set_index("service")["look"]
    found = situation(facts, fips, DAY)
    assert found["look"].tolist() == looks[found["service"]].tolist()


@each_county
def test_nothing_found_is_said_only_where_there_is_no_source(facts: Any, fips: str) -> None:
    for row in situation(facts, fips, DAY).itertuples():
        assert row.words.endswith(f": {NOTHING_FOUND}") == (row.look == "none_found")
        assert bool(row.sources) == (row.look != "none_found")
