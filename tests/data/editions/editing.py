"""Editions made up for tests: the small tables with one note changed."""

from functools import cache

from data.facts import Facts, facts_from


@cache
def noted(facts: Facts, note: str) -> Facts:
    """Give facts whose first program and first source have another note."""
    tables = {name: frame.copy() for name, frame in facts.tables.items()}
    for name in ("adoption", "sources"):
        tables[name].iloc[0, tables[name].columns.get_loc("note")] = note
    return facts_from(tables)


def notes_of(facts: Facts) -> tuple[str, str]:
    """Give the notes of the first program and the first source: two tables of one edition."""
    return facts.adoption["note"].iloc[0], facts.sources["note"].iloc[0]
