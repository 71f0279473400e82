"""How much is known of each service."""

from typing import Any

from dash import html

from data.services.words import SERVICE_LOOK_WORDS
from layouts.parts.known import create_known
from tests.layouts.tree import nodes, text_of


def test_each_look_is_told_once_in_words_that_begin_with_its_name(facts: Any) -> None:
    links = dict.fromkeys(facts.services["service"], "/")
    items = [text_of(node) for node in nodes(create_known(facts, links), html.Li)]
    assert items == list(SERVICE_LOOK_WORDS.values())
