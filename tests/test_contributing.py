"""What CONTRIBUTING.md names is there: files and folders, and the names said to be in a file."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())
MADE = ("NAME", "->", "...", "build/", " ")
"""Parts of what is no path, or of a path that a reader makes."""


def paths() -> list[str]:
    named = re.findall(r"`([\w.-]+/[\w./-]*)`", TEXT)
    return sorted({name for name in named if not any(part in name for part in MADE)})


def names() -> list[tuple[str, str]]:
    """Give each ``NAME`` in or of a file, and that file."""
    return sorted(set(re.findall(r"`(\w+)`(?: and `\w+`)? (?:in|of) `([\w./-]+\.py)`", TEXT)))


@pytest.mark.parametrize("path", paths())
def test_a_named_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("name", "path"), names())
def test_a_named_thing_is_in_its_file(name: str, path: str) -> None:
    assert re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8"))


def test_there_is_a_recipe_for_each_thing_that_is_added() -> None:
    wanted = ("program", "column", "table", "panel", "page", "export", "publisher")
    found = re.findall(r"### An? (\w+)", TEXT)
    assert found == list(wanted)
    assert len(names()) > 10
