"""What the tests of languages share."""

from collections.abc import Iterator

import pytest

from data.facts import Facts
from tests.languages.pseudo import bracketed, pseudo_spoken


@pytest.fixture(scope="session")
def bracketed_facts(facts: Facts) -> Facts:
    """Give facts with bracketed texts."""
    return bracketed(facts)


@pytest.fixture
def spoken_facts(bracketed_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Facts]:
    """Give facts with bracketed texts, while the made-up language is spoken."""
    with pseudo_spoken(monkeypatch):
        yield bracketed_facts
