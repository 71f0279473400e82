import math
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from data.services.known import service_frame
from data.services.similar import (
    BAND,
    FOUND,
    examples,
    look_words,
    ratio_words,
    service_words,
    similar,
)
from geo.neighbors import neighbors

DAY = date(2019, 8, 31)
COUNTIES = {"New Hanover": "37129", "Pitt": "37147", "Mecklenburg": "37119", "Tyrrell": "37177"}
SERVICES = ("lead", "ssp", "le_naloxone", "post_overdose_team")


def of(facts: Any, fips: str, most: int = 5, day: date = DAY) -> Any:
    return similar(facts, fips, day, neighbors()[fips], most)


def test_the_counties_most_like_new_hanover_are_told_with_reasons(facts: Any) -> None:
    found = of(facts, "37129")
    people = facts.population[facts.population["year"] == "2019"].set_index("fips")["residents"]
    assert len(found) == 5
    for row in found.itertuples():
        assert row.residents == int(people[row.fips]) and row.year == 2019
        assert row.ratio == row.residents / int(people["37129"])
        assert ratio_words(row.ratio) in row.reason
        assert row.reason.startswith("neighbor; ") == row.neighbor
        assert "census-coest2019" in row.sources.split("; ")


@pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)
def test_the_order_is_band_then_neighbors_then_size(facts: Any, fips: str) -> None:
    every = of(facts, fips, most=100)
    assert len(every) == 99 and fips not in set(every["fips"])
    assert set(every[every["neighbor"]]["fips"]) == set(neighbors()[fips])
    keys = [
        (not 1 / BAND <= row.ratio <= BAND, not row.neighbor, abs(math.log(row.ratio)))
        for row in every.itertuples()
    ]
    assert keys == sorted(keys)
    assert of(facts, fips).equals(every.head(5))


@pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)
def test_shared_services_are_those_found_running_in_both(facts: Any, fips: str) -> None:
    frame = service_frame(facts, DAY)
    have = frame[frame["look"].isin(FOUND)].groupby("fips")["service"].agg(set).to_dict()
    for row in of(facts, fips, most=100).itertuples():
        shared = set(filter(None, row.shared.split("; ")))
        assert shared == have.get(fips, set()) & have.get(row.fips, set())
        assert ("found in both" in row.reason) == bool(shared)


def test_residents_are_those_of_the_nearest_year_known(facts: Any) -> None:
    assert set(of(facts, "37129", day=date(2026, 1, 1))["year"]) == {2019}
    assert set(of(facts, "37129", day=date(2001, 1, 1))["year"]) == {2010}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("fips", COUNTIES.values(), ids=COUNTIES)
def test_examples_run_elsewhere_neighbors_first_then_like_in_size(
    facts: Any, fips: str, service: str
) -> None:
    frame = service_frame(facts, DAY)
    running = frame[(frame["service"] == service) & frame["look"].isin(FOUND)]
    found = examples(facts, fips, service, DAY, neighbors()[fips], 100)
    assert set(found["fips"]) == set(running["fips"]) - {fips}
    keys = [(not row.neighbor, abs(math.log(row.ratio))) for row in found.itertuples()]
    assert keys == sorted(keys)
    for row in found.itertuples():
        assert row.sources
        assert row.words.startswith(f"{row.county} County (") and row.words.endswith(".")
        assert ("neighbor" in row.words) == row.neighbor
    assert examples(facts, fips, service, DAY, neighbors()[fips]).equals(found.head(2))


def test_a_service_that_is_not_known_has_no_examples(facts: Any) -> None:
    assert examples(facts, "37129", "", DAY, ()).empty


def test_a_county_that_is_not_known_is_refused(facts: Any) -> None:
    with pytest.raises(KeyError):
        similar(facts, "37000", DAY, ())


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1, "about as many residents"),
        (1.04, "about as many residents"),
        (0.5, "0.5 times the residents"),
        (1.25, "1.2 times the residents"),
        (0.0036, "0.0036 times the residents"),
        (271.3, "270 times the residents"),
    ],
)
def test_ratios_are_said_to_two_digits(ratio: float, words: str) -> None:
    assert ratio_words(ratio) == words


TOLD = {  # look, service, providers, since, last confirmed; words
    "running": (
        "running",
        "ssp",
        "A; B",
        "2018; 2017-06",
        "2019-01",
        "A and B, began June 2017 and 2018, last confirmed January 2019",
    ),
    "no date": (
        "perhaps",
        "ssp",
        "",
        "",
        "",
        "provider not named, when it began is not known, never confirmed by a dated source",
    ),
    "funded": ("funded", "ssp", "A", "2020-03", "2020-04", "A, as of April 2020"),
    "planned by its source": ("planned", "ssp", "A", "", "2020-04", "A, as of April 2020"),
    "old list": ("old_list", "ssp", "A", "", "", "A, undated"),
    "planned LEAD": ("planned", "lead", "Police", "2021", "2021", "Police"),
}


@pytest.mark.parametrize(
    ("look", "service", "providers", "since", "seen", "words"), TOLD.values(), ids=TOLD
)
def test_a_service_is_told_with_what_its_dates_mean(
    look: str, service: str, providers: str, since: str, seen: str, words: str
) -> None:
    row = SimpleNamespace(
        look=look, service=service, providers=providers, since=since, last_confirmed=seen
    )
    assert service_words(row) == words


LOOKED = {  # look, service, since, last confirmed; words
    "a plan told of later": ("planned", "ssp", "2019", "2022-12", "Planned (as of December 2022)"),
    "a grant told of once": ("funded", "ssp", "[2021..2023]", "", "Funded (as of 2021 to 2023)"),
    "an undated list": ("old_list", "ssp", "", "", "On an old list only"),
    "LEAD to come": ("planned", "lead", "2021", "2020", "Planned"),
    "what runs": ("running", "ssp", "2018", "2019", "Running"),
}


@pytest.mark.parametrize(("look", "service", "since", "seen", "words"), LOOKED.values(), ids=LOOKED)
def test_a_step_before_the_beginning_is_told_with_its_newest_day(
    look: str, service: str, since: str, seen: str, words: str
) -> None:
    row = SimpleNamespace(look=look, service=service, since=since, last_confirmed=seen)
    assert look_words(row) == words
