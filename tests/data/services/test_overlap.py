"""Which services stand together, and which came first."""

from datetime import date
from typing import Any

import pytest

from data.facts import Facts
from data.services.known import service_matrix, services
from data.services.overlap import after_service, combinations
from tests.data.builders import program, with_programs, with_rows

DAYS = [date(2016, 12, 31), date(2019, 8, 31), date(2025, 12, 1)]


@pytest.mark.parametrize("surely", [True, False])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_county_is_in_one_set_of_its_services(facts: Any, day: date, surely: bool) -> None:
    found = combinations(facts, day, surely)
    looks = {"running", "unconfirmed"} | (set() if surely else {"perhaps"})
    matrix = service_matrix(facts, day).set_index("fips")
    assert found["counties"].sum() == 100
    assert found["services"].is_unique
    for row in found.itertuples():
        assert row.counties == len(row.fips)
        for fips in row.fips:
            cells = matrix.loc[fips]
            assert row.services == tuple(s for s in services(facts) if cells[s] in looks)


@pytest.mark.parametrize("surely", [True, False])
def test_the_largest_set_comes_first_and_nothing_found_last(facts: Any, surely: bool) -> None:
    found = combinations(facts, DAYS[1], surely)
    assert found["services"].iloc[-1] == ()
    assert found["counties"].iloc[:-1].is_monotonic_decreasing


def test_the_sets_of_the_day_of_the_slide(facts: Any) -> None:
    found = combinations(facts, DAYS[1], True).set_index("services")
    names = found["fips"].map(lambda cells: [facts.county_names[fips] for fips in cells])
    assert names[("lead",)] == ["Catawba", "Iredell"]
    assert names[("lead", "ssp")] == ["Haywood"]
    assert names[("lead", "le_naloxone")] == ["Cumberland"]
    assert names[("odmap",)] == ["Alamance", "Surry"]
    assert found.at[(), "counties"] == 64


def one(facts: Facts, start: str, lead: str, day: str) -> dict[str, Any]:
    """Give what came first in Haywood, for syringe services and LEAD of these starts."""
    made = [
        {
            "fips": "37087",
            "county": "Haywood",
            "service": "ssp",
            "status": "running",
            "start": start,
            "sources": "census",
            "confidence": "low",
        }
    ]
    programs = [program(fips="37087", start=lead)] if lead else []
    both = with_rows(with_programs(facts, *programs), "partnerships", made if start else [])
    found: dict[str, Any] = after_service(both, date.fromisoformat(day)).iloc[0].to_dict()
    return found


GROUPS = ("before", "then_lead", "then_perhaps", "lead_first", "unclear")
ORDERS = {
    "service, then LEAD": (("2016", "2018-02", "2019-01-01"), {"before", "then_lead"}),
    "service, LEAD not yet": (("2016", "2018-02", "2018-01-31"), {"before"}),
    "service, LEAD perhaps by the day": (
        ("2016", "2018-02", "2018-02-10"),
        {"before", "then_perhaps"},
    ),
    "service, no LEAD": (("2016", "", "2019-01-01"), {"before"}),
    "service not sure by the day": (("2016", "2018-02", "2016-06-01"), set()),
    "LEAD, then service": (("2018", "2016-02", "2019-01-01"), {"lead_first"}),
    "LEAD, service not yet": (("2018", "2016-02", "2017-01-01"), set()),
    "LEAD within the year of the service": (("2018", "2018-02", "2019-01-01"), {"unclear"}),
    "service of unknown start": (("[..2019]", "2018-02", "2020-01-01"), {"unclear"}),
    "LEAD four days before": (("2017-06-05", "2017-06-01", "2020-01-01"), {"unclear"}),
    "service 31 days before": (("2018-01-01", "2018-02-01", "2020-01-01"), {"unclear"}),
    "service 32 days before": (
        ("2018-01-01", "2018-02-02", "2020-01-01"),
        {"before", "then_lead"},
    ),
    "same day": (("2018-02-01", "2018-02-01", "2020-01-01"), {"unclear"}),
    "LEAD of unknown start": (("2018", "[..2019]", "2020-01-01"), {"unclear"}),
    "LEAD alone": (("", "2018", "2020-01-01"), set()),
}


@pytest.mark.parametrize(("case", "groups"), ORDERS.values(), ids=ORDERS)
def test_what_came_first_is_said_only_where_it_is_sure(
    small: Facts, case: tuple[str, str, str], groups: set[str]
) -> None:
    found = one(small, *case)
    assert {group for group in GROUPS if found[group]} == groups
    assert all(found[group] in ((), ("37087",)) for group in GROUPS)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_county_stands_in_two_orders(facts: Any, day: date) -> None:
    found = after_service(facts, day)
    assert found["service"].tolist() == facts.services["service"].tolist()
    for row in found.itertuples():
        apart = [*row.before, *row.lead_first, *row.unclear]
        assert len(apart) == len(set(apart))
        assert set(row.then_lead) | set(row.then_perhaps) <= set(row.before)
        assert not set(row.then_lead) & set(row.then_perhaps)


def test_what_came_after_officers_with_naloxone_and_mobile_crisis_teams(facts: Any) -> None:
    found = after_service(facts, DAYS[2]).set_index("service")
    naloxone, crisis = (
        {group: [facts.county_names[fips] for fips in found.at[service, group]] for group in GROUPS}
        for service in ("le_naloxone", "mobile_crisis")
    )
    assert len(naloxone["before"]) == 20
    assert naloxone["then_lead"] == ["Cumberland", "Gaston", "New Hanover", "Onslow", "Robeson"]
    assert naloxone["unclear"] == ["Haywood"]
    assert crisis["lead_first"] == []
    assert crisis["unclear"] == ["Cumberland", "New Hanover"]
