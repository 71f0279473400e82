"""What is made of words and kept is kept for each language by itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from callbacks.pages import all_context
from data.facts import Facts
from data.frame import timeline
from data.language import speaking
from data.measures.layers import lead_layer
from layouts.exports.html import to_html
from layouts.pages.map import create_panels
from layouts.parts.time import create_time
from layouts.static import write_link
from tests.languages.pseudo import MADE_UP, SAID, pseudo_spoken

DAY, NOW = date(2019, 8, 31), date(2026, 11, 24)


def written(node: Any) -> str:
    return to_html(node, {"Link": write_link})


MADE: dict[str, Callable[[Facts], str]] = {
    "layer": lambda facts: repr(lead_layer(facts, DAY).legend),
    "sentence": lambda facts: lead_layer(facts, DAY).headline,
    "timeline": lambda facts: repr(timeline(facts, NOW)["views"]),
    "panels": lambda facts: written(create_panels(facts, ("37051",))),
    "context": lambda facts: written(all_context(facts)),
}


@pytest.mark.parametrize("name", MADE)
def test_each_language_has_its_own(facts: Facts, name: str, monkeypatch: Any) -> None:
    english = MADE[name](facts)
    with pseudo_spoken(monkeypatch):
        other = MADE[name](facts)
    assert SAID[0] not in english
    assert SAID[0] in other
    assert MADE[name](facts) == english


@pytest.mark.parametrize(("word", "locale"), [("en", None), (MADE_UP, MADE_UP)])
def test_the_box_for_the_day_writes_months_as_the_language_does(
    facts: Facts, word: str, locale: str | None, monkeypatch: Any
) -> None:
    line = timeline(facts, NOW)
    with pseudo_spoken(monkeypatch), speaking(word):
        made = create_time(line, DAY)
    found = [node.settings for node in made._traverse() if type(node).__name__ == "DatesProvider"]
    assert found == ([{"locale": locale}] if locale else [])
