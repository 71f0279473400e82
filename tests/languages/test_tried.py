"""The forms for everyone, and the answer to a table that was tried, leave no text in English."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.facts import Facts
from data.language import speaking
from data.read import Problem
from data.stewards.drafted import Review, review
from layouts.exports.html import to_html
from layouts.pages.steward import create_frame
from layouts.pages.tried import create_correct_page, create_try_answer, create_try_page
from layouts.static import write_link
from tests.languages.pseudo import bare

DAY = date(2019, 8, 31)
MOST = 10_000_000
WRONG = Problem("adoption", 7, "start", "soon", "This is not a date.")
ANSWERS = {
    "a table that fits": (("adoption",), ()),
    "nothing changed": ((), ()),
    "a problem": (("adoption",), (WRONG,)),
    "many problems": (("adoption",), (WRONG,) * 250),
}


@pytest.fixture(scope="module")
def changed(facts: Facts) -> Review:
    """Look over a table in which a county's program is gone and the others have a new note."""
    with speaking("en"):
        return review({"adoption": facts.adoption.iloc[1:].assign(note="New.")}, facts, DAY)


def framed(facts: Facts, page: Any) -> str:
    return to_html(create_frame(facts, page), {"Link": write_link})


@pytest.mark.parametrize("mail", ["", "a@example.org"], ids=["file", "mail"])
def test_the_form_for_a_correction_is_said(spoken_facts: Facts, mail: str) -> None:
    names = spoken_facts.county_names
    page = framed(spoken_facts, create_correct_page(names, "", mail, "37071"))
    assert bare(page, names.values()) == []


def test_the_form_to_try_a_table_is_said(spoken_facts: Facts) -> None:
    page = framed(spoken_facts, create_try_page(MOST, DAY))
    assert bare(page, spoken_facts.county_names.values()) == []


@pytest.mark.parametrize(("tables", "problems"), ANSWERS.values(), ids=ANSWERS)
def test_the_answer_to_a_table_is_said(
    spoken_facts: Facts, changed: Review, tables: tuple[str, ...], problems: tuple[Problem, ...]
) -> None:
    found = replace(
        changed,
        problems=problems,
        changes=changed.changes if tables else (),
        after=None if problems else changed.after if tables else changed.before,
    )
    answer = create_try_answer("table.csv", found, ["A note."], list(tables), DAY, MOST)
    page = framed(spoken_facts, answer)
    assert bare(page, spoken_facts.county_names.values()) == []


def test_what_stays_english_says_so(spoken_facts: Facts, changed: Review) -> None:
    found = replace(changed, problems=(WRONG,))
    page = framed(spoken_facts, create_try_answer("t.csv", found, ["A note."], (), DAY, MOST))
    for part in ("<li>A note.", f"{WRONG.advice}</li>"):
        assert part in page
    with speaking("en"):
        english = framed(spoken_facts, create_try_answer("t.csv", found, (), (), DAY, MOST))
    assert page.count('lang="en"') > 2
    assert "lang=" not in english.replace('lang="xx"', "")
