"""The catalog says every text of the atlas, with the same parts in it."""

import string
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from data.language import CATALOGS, ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]
KEYWORDS = {"say": None, "marked": None, "atlas.say": None, "say_many": (1, 2)}
FOLDERS = ("data", "layouts", "callbacks")
OTHERS = [word for word in LANGUAGES if word != ENGLISH]


@lru_cache(maxsize=1)
def texts() -> frozenset[str | tuple[str, ...]]:
    """Find all texts as ``make words`` does: one, or a pair of singular and plural."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    methods = [(one["pattern"], one["method"]) for one in settings["tool"]["babel"]["mappings"]]
    found = [
        told[2]
        for folder in FOLDERS
        for told in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS)
    ]
    return frozenset(
        tuple(map(str, text[:2])) if isinstance(text, tuple) else text for text in found
    )


@lru_cache(maxsize=2)
def catalog(word: str) -> Catalog:
    with (CATALOGS / f"{word}.po").open("rb") as file:
        return read_po(file, word)


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("word", OTHERS)
def test_every_text_is_said(word: str) -> None:
    held = catalog(word)
    unsaid = [one for one in texts() if not (found := held.get(_key(one))) or not _whole(found)]
    assert sorted(map(str, unsaid)) == []


@pytest.mark.parametrize("word", OTHERS)
def test_nothing_is_said_that_no_page_asks_for(word: str) -> None:
    asked = {_key(one) for one in texts()}
    assert [m.id for m in catalog(word) if m.id and _key(m.id) not in asked] == []


@pytest.mark.parametrize("word", OTHERS)
def test_each_text_keeps_its_parts(word: str) -> None:
    for message in catalog(word):
        if not message.id:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        told = message.string or ""
        said = [told] if isinstance(told, str) else list(told)
        allowed = set().union(*map(parts, english))
        for text in said:
            assert parts(text) <= allowed, text
            assert parts(english[-1]) <= parts(text) | {"n"}, text


def _key(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _whole(message: object) -> bool:
    said = message.string  # type: ignore[attr-defined]
    return all(said) if isinstance(said, tuple) else bool(said)
