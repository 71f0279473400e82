"""What the day's view of other services must say, and must never say."""

import io
import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dates import EVER, NEVER, read_span
from data.facts import Facts
from data.frame import county_frame
from data.services.known import (
    COLUMNS,
    TEXTS,
    coverage,
    found_sentence,
    partnerships_csv,
    service_frame,
    service_matrix,
    services,
    tally,
)
from data.services.rows import statewide
from data.services.words import (
    SEARCHED,
    SERVICE_LEGEND_WORDS,
    SERVICE_LOOK_WORDS,
    SERVICE_LOOKS,
    Tally,
    count_sentence,
)
from tests.data.builders import days, start_dates, with_rows

DAYS = [date(2005, 1, 1), date(2016, 12, 31), date(2019, 8, 31), date(2025, 12, 1)]
FIPS = {"37023": "Burke", "37051": "Cumberland", "37087": "Haywood"}


def row(**cells: str) -> dict[str, str]:
    """Give a row of the table partnerships: syringe services in Haywood without a date."""
    made = {
        "fips": "37087",
        "service": "ssp",
        "status": "running",
        "sources": "census",
        "confidence": "low",
    }
    made |= cells
    return made | {"county": FIPS.get(made["fips"], "North Carolina")}


def look_of(facts: Facts, *rows: dict[str, str], day: date, fips: str = "37087") -> str:
    frame = service_frame(with_rows(facts, "partnerships", list(rows)), day)
    mine = frame[(frame["fips"] == fips) & (frame["service"] == "ssp")]
    return str(mine["look"].item())


RULE = {
    "before it can have begun": (row(start="2018-02"), "2018-01-31", "none_found"),
    "within the month of its start": (row(start="2018-02"), "2018-02-14", "perhaps"),
    "on the last day of the month, seen": (
        row(start="2018-02", last_confirmed="2018-03"),
        "2018-02-28",
        "running",
    ),
    "started and never confirmed": (row(start="2018-02"), "2018-02-28", "unconfirmed"),
    "24 months after it was seen": (
        row(start="2018-02", last_confirmed="2018-03-05"),
        "2020-03-05",
        "running",
    ),
    "a day more": (
        row(start="2018-02", last_confirmed="2018-03-05"),
        "2020-03-06",
        "unconfirmed",
    ),
    "by a day, before it": (row(start="[..2018]"), "2010-01-01", "perhaps"),
    "no start, before it was seen": (row(last_confirmed="2018-03-05"), "2018-03-04", "perhaps"),
    "no start, on the day it was seen": (
        row(last_confirmed="2018-03-05"),
        "2018-03-05",
        "running",
    ),
    "no start, within the year of its source": (
        row(last_confirmed="2018"),
        "2018-12-30",
        "perhaps",
    ),
    "no start, at the end of that year": (row(last_confirmed="2018"), "2018-12-31", "running"),
    "no date at all": (row(), "2019-08-31", "perhaps"),
    "no date at all, long ago": (row(), "1950-01-01", "perhaps"),
    "after its end": (row(status="ended", start="2016", end="2017"), "2018-01-01", "ended"),
    "within its last year": (
        row(status="ended", start="2016", end="2017", last_confirmed="2017"),
        "2017-06-01",
        "perhaps",
    ),
    "before its last year": (
        row(status="ended", start="2015", end="2017", last_confirmed="2017"),
        "2016-06-01",
        "running",
    ),
    "end that is not known": (
        row(status="ended", last_confirmed="2016", end="[2017..]"),
        "2024-01-01",
        "perhaps",
    ),
    "funded, before": (row(status="funded", start="2018-02"), "2018-02-27", "none_found"),
    "funded, by the last day": (row(status="funded", start="2018-02"), "2018-02-28", "funded"),
    "funded, years later": (row(status="funded", start="2018-02"), "2025-01-01", "funded"),
    "planned, known by its source": (
        row(status="planned", last_confirmed="2022-12"),
        "2022-12-31",
        "planned",
    ),
    "planned, before its source": (
        row(status="planned", last_confirmed="2022-12"),
        "2022-12-30",
        "none_found",
    ),
    "considered, undated": (row(status="considered"), "2010-01-01", "considered"),
    "old list, undated": (row(status="old_list"), "2010-01-01", "old_list"),
    "old list of a year": (
        row(status="old_list", start="[..2017]", last_confirmed="2017"),
        "2017-12-30",
        "none_found",
    ),
}


LAW = "2016-07-11"
BOUNDED = {
    "by a day, before the law": (row(start="[..2018]"), "2016-07-10", "none_found"),
    "by a day, on the day of the law": (row(start="[..2018]"), "2016-07-11", "perhaps"),
    "no start, before the law": (row(last_confirmed="2018"), "2016-07-10", "none_found"),
    "no date at all, before the law": (row(), "2016-07-10", "none_found"),
    "no date at all, from then on": (row(), "2016-07-11", "perhaps"),
    "a start of its own, before the law": (row(start="1994"), "2016-07-10", "unconfirmed"),
    "an interval of its own": (row(start="[2015..2018]"), "2016-07-10", "perhaps"),
    "seen at work before the law": (row(start="[..2015]"), "2010-01-01", "perhaps"),
}


@pytest.mark.parametrize(("made", "day", "look"), BOUNDED.values(), ids=BOUNDED)
def test_an_open_start_is_bounded_by_the_first_possible_day_of_the_service(
    small: Facts, made: dict[str, str], day: str, look: str
) -> None:
    lawful = small.services.iloc[0].to_dict() | {"possible_from": LAW}
    facts = with_rows(small, "services", [lawful])
    assert look_of(facts, made, day=date.fromisoformat(day)) == look


def test_a_first_possible_day_is_that_of_a_law_among_the_milestones(facts: Any) -> None:
    laws = facts.milestones[facts.milestones["kind"] == "law"].set_index("date")["sources"]
    told = facts.services[facts.services["possible_from"] != ""]
    assert set(told["service"]) == {"ssp", "le_naloxone"}
    for row in told.itertuples():
        assert laws[row.possible_from] in row.sources.split("; ")


def test_no_county_perhaps_had_syringe_services_before_the_law(facts: Any) -> None:
    frame = service_frame(facts, date(2016, 7, 10))
    mine = frame[(frame["service"] == "ssp") & (frame["look"] != "none_found")]
    assert mine.loc[mine["status"] != "considered", "county"].tolist() == ["Buncombe"]


@pytest.mark.parametrize(("made", "day", "look"), RULE.values(), ids=RULE)
def test_a_row_looks_as_the_table_of_the_module_says(
    small: Facts, made: dict[str, str], day: str, look: str
) -> None:
    assert look_of(small, made, day=date.fromisoformat(day)) == look


def reference(made: dict[str, str], day: date) -> tuple[int, bool]:
    """Tell a row's place from best to last, and whether it is unconfirmed, in plain words."""
    order = [look for look in SERVICE_LOOKS if look != "unconfirmed"]
    start, end, seen = (
        read_span(made[name]) if made.get(name) else None
        for name in ("start", "end", "last_confirmed")
    )
    if made["status"] not in ("running", "ended"):
        told = start or seen
        holds = told is None or told.latest <= day
        return order.index(made["status"] if holds else "none_found"), False
    first = start.earliest if start else EVER
    sure = start.latest if start else seen.latest if seen else NEVER
    last, gone = (end.earliest, end.latest) if end else (NEVER, NEVER)
    if day > gone:
        return order.index("ended"), False
    if sure <= day <= last:
        late = seen is None or (pd.Timestamp(seen.earliest) + pd.DateOffset(months=24)).date() < day
        return order.index("running"), late
    return order.index("perhaps" if first <= day else "none_found"), False


@st.composite
def rows_of_services(draw: st.DrawFn) -> dict[str, str]:
    status = draw(st.sampled_from(["running", "ended", "funded", "planned", "old_list"]))
    closed = st.one_of(st.just(""), start_dates.filter(lambda text: not text.endswith("..]")))
    return row(
        fips=draw(st.sampled_from(list(FIPS))),
        status=status,
        start=draw(closed),
        end=draw(start_dates) if status == "ended" else "",
        last_confirmed=draw(closed),
        provider=str(draw(st.integers(1, 10**6))),
    )


@settings(max_examples=15)
@given(st.lists(rows_of_services(), max_size=5), days, st.data())
def test_a_county_takes_the_best_of_its_rows_in_any_order(
    small: Facts, rows: list[dict[str, str]], day: date, data: st.DataObject
) -> None:
    shuffled = with_rows(small, "partnerships", data.draw(st.permutations(rows)))
    frame = service_frame(with_rows(small, "partnerships", rows), day)
    pd.testing.assert_frame_equal(frame, service_frame(shuffled, day))
    order = [look for look in SERVICE_LOOKS if look != "unconfirmed"]
    for mine in frame[frame["service"] == "ssp"].itertuples():
        best = min(
            [reference(made, day) for made in rows if made["fips"] == mine.fips],
            default=(order.index("none_found"), False),
        )
        assert (order.index(mine.status), mine.unconfirmed) == best


@pytest.mark.parametrize("seed", range(3))
def test_the_shipped_rows_give_the_same_view_in_any_order(facts: Any, seed: int) -> None:
    shuffled = facts.partnerships.sample(frac=1, random_state=seed).to_dict("records")
    other = with_rows(facts, "partnerships", shuffled)
    pd.testing.assert_frame_equal(service_frame(facts, DAYS[2]), service_frame(other, DAYS[2]))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_county_and_service_stands_once_and_every_mark_has_its_sources(
    facts: Any, day: date
) -> None:
    frame = service_frame(facts, day)
    names = list(services(facts))
    assert list(frame.columns) == COLUMNS
    assert len(names) == 9
    assert frame["fips"].tolist() == [fips for fips in facts.county_names for _ in names]
    assert frame["service"].tolist() == names * 100
    assert set(frame["look"]) <= set(SERVICE_LOOKS)
    assert (frame["county"] == frame["fips"].map(facts.county_names)).all()
    found = frame["look"] != "none_found"
    known = set(facts.sources["id"])
    assert all(set(cell.split("; ")) <= known for cell in frame.loc[found, "sources"])
    assert (frame.loc[~found, TEXTS] == "").all(axis=None)
    assert (frame.loc[found & (frame["service"] != "lead"), "confidence"] != "").all()
    assert (frame["unconfirmed"] == (frame["look"] == "unconfirmed")).all()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_mark_rests_on_rows_of_its_own_county_and_service(facts: Any, day: date) -> None:
    table = facts.partnerships
    held = {
        key: {source for cell in cells for source in cell.split("; ")}
        for key, cells in table.groupby(["fips", "service"])["sources"]
    }
    frame = service_frame(facts, day)
    for mark in frame[(frame["look"] != "none_found") & (frame["service"] != "lead")].itertuples():
        assert set(mark.sources.split("; ")) <= held[mark.fips, mark.service], mark


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_lead_looks_as_it_does_on_the_map(facts: Any, day: date) -> None:
    frame = service_frame(facts, day)
    mine = frame[frame["service"] == "lead"].reset_index(drop=True)
    lead = county_frame(facts, day)
    assert mine["look"].tolist() == lead["look"].tolist()
    found = lead["look"] != "none_found"
    assert mine.loc[found, "providers"].tolist() == lead.loc[found, "programs"].tolist()


@pytest.mark.parametrize("status", ["running", "funded", "old_list"])
def test_a_statement_on_the_state_marks_no_county(small: Facts, status: str) -> None:
    said = row(fips="", status=status, last_confirmed="2018-03", note="All of it.")
    facts = with_rows(small, "partnerships", [said])
    frame = service_frame(facts, DAYS[2])
    assert (frame.loc[frame["service"] == "ssp", "look"] == "none_found").all()
    assert statewide(facts, DAYS[2])["look"].tolist() == [status]
    assert coverage(facts)["counties"].tolist() == [0]


def test_the_shipped_statement_on_the_state_changes_no_county(facts: Any) -> None:
    local = facts.partnerships[facts.partnerships["fips"] != ""]
    without = with_rows(facts, "partnerships", local.to_dict("records"))
    for day in DAYS:
        pd.testing.assert_frame_equal(service_frame(facts, day), service_frame(without, day))
    said = statewide(facts, DAYS[2])
    assert said["service"].tolist() == ["mobile_crisis"]
    assert said["look"].tolist() == ["perhaps"]
    assert said["sources"].tolist() == ["ncdhhs-crisis-services"]
    assert not re.search(r"\d", said["note"].item()), "a number in a note goes stale"


KNOWN = {
    "naloxone of Pitt's deputies, the first": (
        ("37147", "le_naloxone", "2014-05-01"),
        ("running", "Pitt County Sheriff"),
    ),
    "naloxone of Pitt's deputies, the day before": (
        ("37147", "le_naloxone", "2014-04-30"),
        ("none_found", ""),
    ),
    "medicine in Buncombe's jail": (
        ("37021", "jail_moud", "2020-03-06"),
        ("running", "Buncombe County Sheriff"),
    ),
    "medicine in Nash's jail, never seen to begin": (
        ("37127", "jail_moud", "2019-08-31"),
        ("planned", "Nash County Sheriff"),
    ),
    "overdose map of Wilmington": (
        ("37129", "odmap", "2019-08-31"),
        ("running", "Wilmington Police"),
    ),
    "misdemeanor diversion of Orange, before its end": (
        ("37135", "other_diversion", "2019-08-31"),
        ("running", "Misdemeanor Diversion Program"),
    ),
    "syringe services of Stanly after the county's support": (
        ("37167", "ssp", "2025-12-01"),
        ("perhaps", "Uwharrie Harm Reduction Initiative"),
    ),
    "syringe services of Swain, only asked about": (
        ("37173", "ssp", "2019-08-31"),
        ("considered", "Swain County Health Department"),
    ),
    "treatment court of Avery, on an old list": (
        ("37011", "other_diversion", "2019-08-31"),
        ("old_list", "Adult drug treatment court"),
    ),
    "naloxone of Raleigh, planned, and of the sheriff, running": (
        ("37183", "le_naloxone", "2018-01-01"),
        ("running", "Wake County Sheriff"),
    ),
    "grant of three mountain counties": (
        ("37075", "other_diversion", "2021-01-01"),
        ("funded", "Tri-County Linkage-to-Care and Diversion"),
    ),
    "grant applied for in Jackson": (
        ("37099", "jail_moud", "2024-01-01"),
        ("considered", "Jackson County Sheriff"),
    ),
    "mobile crisis in Anson, where only the state's statement was found": (
        ("37007", "mobile_crisis", "2019-08-31"),
        ("none_found", ""),
    ),
}


@pytest.mark.parametrize(("key", "found"), KNOWN.values(), ids=KNOWN)
def test_what_the_sources_say_of_a_county(
    facts: Any, key: tuple[str, str, str], found: tuple[str, str]
) -> None:
    fips, service, day = key
    frame = service_frame(facts, date.fromisoformat(day))
    mark = frame[(frame["fips"] == fips) & (frame["service"] == service)].iloc[0]
    assert (mark["look"], mark["providers"].lower()) == (found[0], found[1].lower())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_matrix_and_frame_agree(facts: Any, day: date) -> None:
    frame = service_frame(facts, day)
    matrix = service_matrix(facts, day)
    assert list(matrix.columns) == ["fips", "county", *services(facts)]
    assert matrix["fips"].tolist() == list(facts.county_names)
    for service in services(facts):
        assert matrix[service].tolist() == frame.loc[frame["service"] == service, "look"].tolist()


SAID = {
    "lead": "On 31 August 2019, 5 of 100 counties were found with LEAD, perhaps 6.",
    "le_naloxone": "On 31 August 2019, 20 of 100 counties were found with officers carrying "
    "naloxone, perhaps 23. For 13 of the 20, no dated source of the two years before confirms it. "
    "No start is known for any of the 3 in doubt.",
    "odmap": "On 31 August 2019, 4 of 100 counties were found with an overdose map. For 1 of the "
    "4, no dated source of the two years before confirms it.",
}


@pytest.mark.parametrize(("service", "words"), SAID.items(), ids=SAID)
def test_the_sentence_of_a_service_counts_as_that_of_lead_does(
    facts: Any, service: str, words: str
) -> None:
    assert str(found_sentence(facts, DAYS[2], service)) == words


def test_the_sentence_of_all_services_says_how_much_of_it_is_confirmed(facts: Any) -> None:
    assert str(found_sentence(facts, date(2026, 11, 29))) == (
        "On 29 November 2026, 49 of 100 counties were found with at least one service beside LEAD "
        "running, perhaps 55. For 39 of the 49, no dated source of the two years before confirms "
        "it. No start is known for any of the 6 in doubt."
    )


TWO = [("running", "running", ""), ("running", "unconfirmed", ""), ("perhaps", "perhaps", "2018")]
OPEN = ("perhaps", "perhaps", "[..2018]; [..2019]")
TALLIES = {
    "confirmed where one service is": (TWO[:2], Tally(1, running=1)),
    "unconfirmed where none is": (TWO[1:], Tally(1, running=1, unconfirmed=1)),
    "perhaps where none runs": (TWO[2:], Tally(1, perhaps=1)),
    "start known for one of two": ([TWO[2], OPEN], Tally(1, perhaps=1)),
    "start known for none": ([OPEN], Tally(1, perhaps=1, open_start=1)),
    "no date at all": ([("perhaps", "perhaps", "")], Tally(1, perhaps=1, open_start=1)),
    "nothing running": ([("planned", "planned", "2018")], Tally(1)),
}


@pytest.mark.parametrize(("marks", "told"), TALLIES.values(), ids=TALLIES)
def test_a_county_is_counted_once_by_the_best_of_its_services(
    marks: list[tuple[str, str, str]], told: Tally
) -> None:
    rows = pd.DataFrame(marks, columns=["status", "look", "since"]).assign(fips="37087")
    assert tally(rows) == told


NOT_SEEN = "no dated source of the two years before confirms it."
SENTENCES = {
    Tally(3): "On 2 May 2020, none of 3 counties were found with a map.",
    Tally(3, perhaps=2): "On 2 May 2020, none of 3 counties were found with a map, perhaps 2.",
    Tally(3, 1): "On 2 May 2020, 1 of 3 counties was found with a map.",
    Tally(3, 2, perhaps=1): "On 2 May 2020, 2 of 3 counties were found with a map, perhaps 3.",
    Tally(3, 1, 1): f"On 2 May 2020, 1 of 3 counties was found with a map. N{NOT_SEEN[1:]}",
    Tally(3, 2, 1): f"On 2 May 2020, 2 of 3 counties were found with a map. "
    f"For 1 of the 2, {NOT_SEEN}",
    Tally(3, 2, 2): "On 2 May 2020, 2 of 3 counties were found with a map. No dated source of the "
    "two years before confirms any of them.",
    Tally(3, 0, 0, 1, 1): "On 2 May 2020, none of 3 counties were found with a map, perhaps 1. "
    "For the one in doubt, no start is known.",
    Tally(3, 0, 0, 3, 2): "On 2 May 2020, none of 3 counties were found with a map, perhaps 3. "
    "For 2 of the 3 in doubt, no start is known.",
}


@pytest.mark.parametrize(("told", "words"), SENTENCES.items(), ids=map(str, SENTENCES))
def test_a_count_is_said_in_words(told: Tally, words: str) -> None:
    assert str(count_sentence(date(2020, 5, 2), "a map", told)) == words


def test_the_download_holds_all_that_was_found_in_counties_and_nothing_else(facts: Any) -> None:
    held = pd.read_csv(
        io.StringIO(partnerships_csv(facts, DAYS[2])), dtype=str, keep_default_na=False
    )
    frame = service_frame(facts, DAYS[2])
    assert list(held.columns) == COLUMNS
    assert len(held) == (frame["look"] != "none_found").sum()
    assert set(held["fips"]) <= set(facts.county_names)
    assert set(held["unconfirmed"]) == {"yes", "no"}


def test_no_cell_of_the_download_would_be_run(small: Facts) -> None:
    (row, *_) = small.partnerships.to_dict("records")
    facts = with_rows(small, "partnerships", [row | {"note": "\uff1dHYPERLINK(1)"}])
    assert ",'\uff1dHYPERLINK(1)\n" in partnerships_csv(facts, DAYS[2])


def test_facts_without_a_row_show_lead_alone(small: Facts) -> None:
    facts = with_rows(small, "partnerships", [])
    frame = service_frame(facts, date(2018, 6, 1))
    assert set(frame.loc[frame["look"] != "none_found", "service"]) == {"lead"}
    assert statewide(facts, date(2018, 6, 1)).empty
    assert tally(frame[frame["service"] == "ssp"]) == Tally(3)
    assert coverage(facts)["rows"].tolist() == [0]
    assert partnerships_csv(facts, date(1990, 1, 1)).splitlines() == [",".join(COLUMNS)]


def test_the_coverage_counts_counties_and_confidence_over_all_time(facts: Any) -> None:
    found = coverage(facts).set_index("service")
    assert list(found.index) == list(facts.services["service"])
    assert (found[["high", "medium", "low"]].sum(axis=1) == found["counties"]).all()
    assert (found["dated"] <= found["counties"]).all()
    assert found["rows"].sum() + found["statewide"].sum() == len(facts.partnerships)
    assert found.loc["odmap", ["rows", "counties", "dated"]].tolist() == [6, 4, 3]
    assert found.loc["mobile_crisis", "statewide"] == 1


def test_nothing_found_is_never_said_as_absent() -> None:
    assert "not proof" in SERVICE_LOOK_WORDS["none_found"]
    assert "not proof" in SEARCHED
    assert set(SERVICE_LOOK_WORDS) == set(SERVICE_LEGEND_WORDS) == set(SERVICE_LOOKS)
    assert SERVICE_LEGEND_WORDS["none_found"] == "Nothing found"
