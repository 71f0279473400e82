import itertools
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.evidence.claims import (
    MEANINGS,
    STANDINGS,
    claims,
    figures,
    kind,
    limits,
    place_words,
    summary,
)
from data.evidence.results import WARNING, results
from data.facts import Facts, FactsError, load
from tests.data.builders import small_tables, with_rows, write_tables

ORDER = list(STANDINGS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return load(write_tables(tmp_path_factory.mktemp("small"), small_tables()))


def outcome(**cells: str) -> dict[str, str]:
    return {**small_tables()["outcomes"][0], **cells}


COMPARED = {"state": "WA", "site": "Seattle", "comparison": "system as usual", "grade": "3"}
STATED = {"claim": "yes"}
WORKED = {"comparison": "jail stay", "grade": "", "change_pct": "", "value_after": "30"}
SILENT = {"grade": "", "change_pct": ""}
COUNTED = {"grade": "", "change_pct": "", "value_after": "3"}

KINDS = {
    "before and after": ({}, "alone"),
    "a program's own count": (COUNTED, "alone"),
    "a comparison group": (COMPARED, "compared"),
    "a weak comparison group": ({**COMPARED, "grade": "2"}, "compared"),
    "a comparison of which only the direction is known": (
        {**COMPARED, "change_pct": ""},
        "compared",
    ),
    "a person's words": (STATED, "stated"),
    "a person's words with a comparison": ({**COMPARED, **STATED}, "stated"),
    "a possibility without a number": (SILENT, "stated"),
    "a sum": (WORKED, "worked"),
}


@pytest.mark.parametrize(("cells", "known"), KINDS.values(), ids=KINDS)
def test_how_a_figure_is_known(small: Facts, cells: dict[str, str], known: str) -> None:
    rows = results(with_rows(small, "outcomes", [outcome(**cells)]))
    assert kind(next(rows.itertuples())) == known


def test_every_figure_of_the_tables_has_a_kind_that_its_grade_allows(facts: Any) -> None:
    for row in figures(facts).itertuples():
        assert row.kind in ORDER[:4], row
        if row.kind == "compared":
            assert row.grade > "1", row
            assert row.comparison != "none", row
        if row.kind == "alone":
            assert row.grade in ("", "1"), row
            assert row.comparison == "none", row
        assert (row.kind == "stated") or row.claim == "no", row


def test_no_statement_stands_as_a_measurement(facts: Any) -> None:
    rows = figures(facts)
    said = rows[rows["claim"] == "yes"]
    assert len(said) > 3
    assert set(said["kind"]) == {"stated"}


def test_the_best_comes_first(facts: Any) -> None:
    for claim in claims(facts):
        order = [(ORDER.index(r.kind), -int(r.grade or 0)) for r in claim.figures.itertuples()]
        assert order == sorted(order), claim.id
        assert claim.standing == (claim.figures["kind"].iloc[0] if order else "none")


@pytest.mark.parametrize("place", ["", "nc", "elsewhere"])
def test_every_claim_is_told_in_the_order_of_the_table(facts: Any, place: str) -> None:
    told = claims(facts, place)
    assert [claim.id for claim in told] == facts.claims["id"].tolist()
    assert [claim.words for claim in told] == facts.claims["claim"].tolist()
    assert all(claim.known.endswith(".") for claim in told)


def test_places_share_the_figures_out(facts: Any) -> None:
    both = zip(claims(facts), claims(facts, "nc"), claims(facts, "elsewhere"), strict=True)
    for whole, here, there in both:
        assert set(here.figures["state"]) <= {"NC"}
        assert "NC" not in set(there.figures["state"])
        parts = [*here.figures.index, *there.figures.index]
        assert sorted(parts) == sorted(whole.figures.index), whole.id


def test_every_figure_on_lead_bears_on_a_claim_and_no_other_does(facts: Any) -> None:
    rows = facts.outcomes
    other = rows[(rows["bears_on"] == "") & (rows["is_lead"] == "yes")]
    assert other["population"].tolist() == ["comparison group"]
    assert set(rows.loc[rows["bears_on"] != "", "is_lead"]) == {"yes"}


def test_what_the_agencies_report_comes_first(facts: Any) -> None:
    topics = {claim.topic for claim in claims(facts)[:7]}
    assert topics == {"justice", "officers", "services", "health", "courts", "community"}


NOT_FOUND = ("officers", "health", "courts", "relations", "crime", "equity")


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_was_not_found_is_said_to_be_not_found(facts: Any, name: str) -> None:
    (claim,) = [claim for claim in claims(facts, "nc") if claim.id == name]
    assert claim.standing == "none"
    assert claim.known == MEANINGS["none"]
    assert "no proof" in claim.known


def test_north_carolina_has_no_comparison_group(facts: Any) -> None:
    assert "compared" not in {claim.standing for claim in claims(facts, "nc")}
    (arrests,) = [claim for claim in claims(facts, "nc") if claim.id == "fewer-arrests"]
    assert arrests.standing == "alone"
    assert arrests.known == (
        "5 figures: 3 measured without a comparison group and 2 only stated. "
        "That does not show what LEAD changed."
    )


def test_a_result_of_no_difference_is_told_with_the_favorable_ones(facts: Any) -> None:
    (arrests,) = [claim for claim in claims(facts, "elsewhere") if claim.id == "fewer-arrests"]
    assert arrests.standing == "compared"
    assert arrests.known.endswith("The strongest has grade 3 of 5; 1 found no difference.")


KNOWN = {
    "nothing": ([], MEANINGS["none"]),
    "one before and after": (
        [{}],
        "1 figure, measured without a comparison group. That does not show what LEAD changed.",
    ),
    "two statements": ([STATED] * 2, "2 figures, both only stated. No method is given."),
    "three statements": ([STATED] * 3, "3 figures, all only stated. No method is given."),
    "a sum and a statement": (
        [STATED, WORKED],
        "2 figures: 1 worked out and 1 only stated. Nobody has measured it.",
    ),
    "one comparison": (
        [COMPARED],
        "1 figure, measured with a comparison group. The strongest has grade 3 of 5.",
    ),
    "some of each": (
        [{}, STATED, COMPARED, {**COMPARED, "significance": "not significant"}],
        "4 figures: 2 measured with a comparison group, 1 measured without one and 1 only stated. "
        "The strongest has grade 3 of 5; 1 found no difference.",
    ),
}


@pytest.mark.parametrize(("rows", "words"), KNOWN.values(), ids=KNOWN)
def test_what_is_known_is_said_in_words(
    small: Facts, rows: list[dict[str, str]], words: str
) -> None:
    facts = with_rows(small, "outcomes", [outcome(**cells) for cells in rows])
    assert [claim.known for claim in claims(facts)] == [words]


def test_a_new_outcome_needs_no_code(small: Facts) -> None:
    rows = [outcome(), outcome(site="New town", bears_on="other; arrests", grade="5")]
    added = {"id": "other", "topic": "health", "claim": "X.", "said_by": "Y"}
    facts = with_rows(small, "claims", [*small_tables()["claims"], added])
    first, second = claims(with_rows(facts, "outcomes", rows))
    assert first.figures["site"].tolist() == ["New town", "Fayetteville"]
    assert second.figures["site"].tolist() == ["New town"]


def test_a_claim_id_is_matched_whole(small: Facts) -> None:
    facts = with_rows(small, "outcomes", [outcome(bears_on="fewer-arrests")])
    assert claims(facts)[0].standing == "none"


SUMMARIES = {
    "nothing": ([], "No published figure on LEAD was found in the sources read."),
    "one here": (
        [{}],
        "1 published figure on LEAD was found. None sets people in LEAD against a comparison "
        "group. North Carolina has 1 figure, measured without a comparison group.",
    ),
    "one elsewhere": (
        [COMPARED],
        "1 published figure on LEAD was found. 1 of them sets people in LEAD against a comparison "
        "group, from 1 program, all in other states. No figure was found for North Carolina.",
    ),
    "a comparison here": (
        [{**COMPARED, "state": "NC"}, COMPARED],
        "2 published figures on LEAD were found. 2 of them set people in LEAD against a comparison "
        "group, from 1 program. North Carolina has 1 figure, measured with a comparison group.",
    ),
}


@pytest.mark.parametrize(("rows", "words"), SUMMARIES.values(), ids=SUMMARIES)
def test_the_answer_in_short(small: Facts, rows: list[dict[str, str]], words: str) -> None:
    facts = with_rows(small, "outcomes", [outcome(**cells) for cells in rows])
    assert summary(facts) == words


def test_the_answer_counts_a_figure_once(facts: Any) -> None:
    rows = facts.outcomes[facts.outcomes["bears_on"] != ""]
    assert (rows["bears_on"].str.contains("; ")).any()
    assert summary(facts).startswith(f"{len(rows)} published figures on LEAD were found.")
    assert "all in other states" in summary(facts)


PLACES = {
    "here": ({"site": "Hickory LEAD", "state": "NC"}, "Hickory LEAD"),
    "another state": ({"site": "Santa Fe LEAD", "state": "NM"}, "Santa Fe LEAD, NM"),
    "a site that says it": ({"site": "Charleston WV LEAD", "state": "WV"}, "Charleston WV LEAD"),
    "pooled": ({"site": "Programs, pooled", "state": "WA"}, "Programs, pooled"),
}


@pytest.mark.parametrize(("cells", "words"), PLACES.values(), ids=PLACES)
def test_a_figure_says_its_place(cells: dict[str, str], words: str) -> None:
    assert place_words(next(pd.DataFrame([cells]).itertuples())) == words


def test_limits_are_told_with_sources_that_exist(facts: Any) -> None:
    told = limits(facts)
    known = set(facts.sources["id"])
    assert len({limit.title for limit in told}) == len(told) > 8
    assert all(limit.words.endswith(".") for limit in told)
    assert {s for limit in told for s in limit.sources.split("; ") if s} <= known
    assert sum(bool(limit.sources) for limit in told) >= 5


def test_limits_are_counted_from_the_tables(facts: Any) -> None:
    told = {limit.title: limit.words for limit in limits(facts)}
    assert WARNING in told["No comparison group in North Carolina"]
    assert "have 22 to 49; 3 of 7 do not say" in told["Few people"]  # no forecast, no process count
    assert "59.5% of 42 people goes with anything from 43% to 74%" in told["Few people"]
    assert told["One program carries much of the rest"].startswith("9 of the 15 figures")


@pytest.mark.parametrize("rows", [[], [outcome(**COMPARED)], [outcome(grade="3", n="5")]], ids=str)
def test_limits_hold_for_other_tables(small: Facts, rows: list[dict[str, str]]) -> None:
    told = limits(with_rows(small, "outcomes", rows))
    assert {limit.sources for limit in told} == {""}
    assert not any("nan" in limit.words for limit in told)


def test_an_outcome_that_names_no_claim_of_the_table_is_refused(tmp_path: Path) -> None:
    tables = small_tables()
    tables["outcomes"][0]["bears_on"] = "arrests; arests"
    with pytest.raises(FactsError) as caught:
        load(write_tables(tmp_path, tables))
    (problem,) = caught.value.problems
    assert (problem.table, problem.row, problem.column) == ("outcomes", 2, "bears_on")
    assert "“arests”" in str(problem)
    assert "claims.csv has no such claim" in problem.advice


def test_a_claim_that_stands_twice_is_refused(tmp_path: Path) -> None:
    tables = small_tables()
    tables["claims"] *= 2
    with pytest.raises(FactsError, match="stands in row 2 already"):
        load(write_tables(tmp_path, tables))


def test_claims_are_statements_and_no_two_are_alike(facts: Any) -> None:
    words = facts.claims["claim"]
    assert words.is_unique
    assert words.str.endswith(".").all()
    assert not words.str.contains(r"\d").any()
    pairs = itertools.combinations(words.str.lower(), 2)
    assert not any(one in other for one, other in pairs)
