"""The people reached beside an estimate, and the file of all its numbers."""

import csv
import hashlib
import io
from typing import Any

import pandas as pd
import pytest

from data.evidence.reach import reach
from data.measures.effect import Effect, EffectError
from data.measures.observed import Found, effect_csv, find
from data.measures.panel import Options
from data.measures.reached import Reached, is_known, largest_fall, reached
from tests.data.builders import with_rows
from tests.data.series_builder import rows, series

ADMISSIONS = "jail_admissions"
NUMBERED = tuple(enumerate(f"37{code:03}" for code in range(1, 200, 2)))
"""All counties, numbered."""
TOTAL = {
    "site": "Somewhere LEAD",
    "is_lead": "yes",
    "measure": "enrolled",
    "entered": "yes",
    "kind": "cumulative",
    "period": "/2022-04-29",
    "value": "50",
    "qualifier": "exact",
    "unit": "people",
}


@pytest.fixture(scope="module")
def found(facts: Any, vera: Any) -> Found:
    return find(facts, vera, ADMISSIONS, Options(), 1.0)


def people(facts: Any, *changes: dict[str, str]) -> Reached:
    """Give the people of made-up totals, all in the counties of North Carolina."""
    rows = [facts.reach.iloc[0].to_dict() | TOTAL | change for change in changes]
    return reached(with_rows(facts, "reach", rows), tuple(facts.county_names))


@pytest.mark.parametrize("share", [1, 2, 5, 10])
def test_both_sides_of_the_fall_are_of_the_same_counties(
    facts: Any, found: Found, share: int
) -> None:
    effect: Effect = found.effect
    known = effect.by_county.iloc[:share]
    told = people(facts, *({"fips": fips, "site": fips} for fips in known["fips"]))
    a_year = (known["observed"] / known["years"]).sum()
    fall = largest_fall(effect, told, 2.0)
    assert fall == pytest.approx(100 * 2 * 50 * share / a_year)
    assert is_known(effect, told) == (share == len(effect.adopters))


def test_a_fall_is_at_most_all_and_needs_people_and_events(facts: Any, found: Found) -> None:
    one = {"fips": found.effect.adopters[0]}
    assert largest_fall(found.effect, people(facts, one), 1e9) == 100
    assert largest_fall(found.effect, people(facts, one), 0) is None
    assert largest_fall(found.effect, people(facts, one | {"value": "0"}), 1) is None


def test_people_of_an_average_day_are_no_events_of_a_person(facts: Any, vera: Any) -> None:
    assert find(facts, vera, "jail_population", Options(), 1.0).fall is None


@pytest.mark.parametrize(
    ("changes", "words", "known"),
    [
        ([{}], "50 people", True),
        ([{}, {"value": "60", "period": "/2023-01-01"}], "60 people", True),
        ([{"qualifier": "more than", "value": "1200"}], "at least 1,200 people", False),
        ([{"qualifier": "less than"}], "0 people", False),
        ([{"qualifier": "planned"}], "0 people", False),
        ([{"kind": "at date"}], "0 people", False),
    ],
)
def test_what_a_source_says_of_a_number_stays(
    facts: Any, found: Found, changes: list[dict[str, str]], words: str, known: bool
) -> None:
    each = ({"fips": fips, "site": fips} | one for fips in found.effect.adopters for one in changes)
    assert is_known(found.effect, people(facts, *each)) == known
    assert people(facts, *({"fips": "37001"} | one for one in changes)).words == words


def test_the_shipped_people_forbid_a_sentence_on_all_counties(facts: Any, found: Found) -> None:
    assert found.people.at_least and found.fall is not None
    assert len(found.people.counties) < len(found.effect.adopters)
    assert not any("Even if" in sentence for sentence in found.sentences)
    rows = reach(facts, found.people.counties)
    assert set(found.people.rows.index) <= set(rows.index)


def test_each_number_can_be_made_anew_from_the_file(facts: Any, found: Found) -> None:
    table = pd.DataFrame(csv.DictReader(io.StringIO(effect_csv(found, facts.county_names))))
    parts = {name: rows for name, rows in table.groupby("part")}

    def numbers(part: str, column: str) -> pd.Series:
        return pd.to_numeric(parts[part][column])

    whole = {name: numbers("all counties", name).iloc[0] for name in ("observed", "expected", "p")}
    for name in ("observed", "expected"):
        assert numbers("county", name).sum() == pytest.approx(whole[name])
        assert numbers("period", f"{name}_with_lead").sum() == pytest.approx(whole[name])
    without = numbers("county", "percent_without_county")
    assert (without.min(), without.max()) == pytest.approx(found.effect.leave_one_out)
    deals = [numbers("all counties", name).iloc[0] for name in ("as_large", "draws")]
    assert whole["p"] == (1 + deals[0]) / (1 + deals[1])
    assert numbers("all counties", "smallest_change").iloc[0] == found.effect.detectable
    people = parts["people reached"]
    known = parts["county"][parts["county"]["fips"].isin(people["fips"])]
    a_year = (pd.to_numeric(known["observed"]) / pd.to_numeric(known["years_with_lead"])).sum()
    fall = 100 * numbers("people reached", "people_reached").sum() / a_year
    assert numbers("all counties", "largest_fall").iloc[0] == pytest.approx(fall)


def test_the_seed_can_be_made_anew_from_the_file(facts: Any, vera: Any) -> None:
    options = Options(window=2, comparison="size", skip=(2021, 2020))
    text = effect_csv(find(facts, vera, ADMISSIONS, options, 1.0), facts.county_names)
    row = next(csv.DictReader(io.StringIO(text)))
    told = [row["file_sha256"], row["measure_id"].partition(".")[2]]
    told += [row["window_years"], row["comparison"], row["years_left_out"]]
    assert int(hashlib.sha256("|".join(told).encode()).hexdigest()[:8], 16) == int(row["seed"])


def test_the_same_counties_are_drawn_before_and_after_lead(facts: Any, found: Found) -> None:
    periods = found.periods
    assert set(periods["counties"]) == {len(found.effect.adopters)}
    assert periods["follows"].tolist() == [False] + [True] * (len(periods) - 1)
    rates = 100_000 * periods["observed"] / periods["person_time"]
    assert periods["observed_rate"].to_numpy() == pytest.approx(rates.to_numpy())


@pytest.mark.parametrize(("kind", "times"), [("events", 12), ("people", 1)])
def test_a_rate_of_months_is_a_year_for_events_and_a_day_for_people(
    facts: Any, kind: Any, times: int
) -> None:
    cells = {fips: [float(5 + (n + place) % 7) for n in range(72)] for place, fips in NUMBERED}
    made = series(rows(cells, first="2016-01-01", months=1), kind=kind)
    periods = find(facts, made, ADMISSIONS, Options(), 1.0).periods
    mean = periods["observed"] / periods["counties"]
    rates = times * mean  # of 100,000 residents each
    assert periods["observed_rate"].to_numpy() == pytest.approx(rates.to_numpy())


def test_a_file_that_ends_before_lead_says_so(facts: Any) -> None:
    made = series(rows({fips: [9.0] * 8 for _, fips in NUMBERED}, first="2008-01-01"))
    with pytest.raises(EffectError) as refused:
        find(facts, made, ADMISSIONS, Options(), 1.0)
    assert str(refused.value) == (
        "An estimate needs numbers from after LEAD began: the file ends on 31 December 2015, and "
        "the first county has LEAD from 1 July 2016 at the earliest."
    )
