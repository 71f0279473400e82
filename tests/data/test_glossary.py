from typing import Any

import pytest

from data.glossary import TERMS, terms_in

SEEN = {
    "an abbreviation": ("Gaston EMS community paramedic MAT", ["ems", "mat"]),
    "capitals": ("Part one crimes reported, city", ["part-one"]),
    "a small word that is an abbreviation in capitals": ("no se sabe; mat, se, ems, ed visit", []),
    "several": (
        "odds of any arrest, weighted by propensity; p = 0.001",
        ["odds", "propensity", "significant"],
    ),
    "a part of another word": ("systems, floods, materials, programmatic", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "names"), SEEN.values(), ids=SEEN)
def test_terms_are_found_in_the_words_of_sources(text: str, names: list[str]) -> None:
    assert terms_in([text]) == names


def test_every_pattern_finds_something_in_the_tables(facts: Any) -> None:
    cells = {cell for table in facts.tables.values() for row in table.to_numpy() for cell in row}
    sought = {name for name, term in TERMS.items() if term.seen}
    assert set(terms_in(cells)) == sought


def test_a_meaning_is_a_sentence_and_no_term_stands_twice() -> None:
    assert all(term.meaning.endswith(".") for term in TERMS.values())
    assert len({term.name for term in TERMS.values()}) == len(TERMS)
