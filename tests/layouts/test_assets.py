"""The browser's own code and style, as text."""

import re
from pathlib import Path
from typing import Any

import pytest

from layouts.document import ASSETS, script_asset, style_text
from layouts.parts.tables import create_table
from tests.layouts.tree import prop

FILES = sorted(path for path in ASSETS.iterdir() if path.suffix in {".js", ".css"})
STEWARD = sorted((ASSETS / "steward").glob("*.js"))
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
"""Names of languages, which no browser ever loads."""


@pytest.fixture(params=[*FILES, *STEWARD], ids=lambda path: path.name)
def file(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def text(file: Path) -> str:
    return file.read_text("utf-8")


def test_there_are_scripts_and_a_style_sheet() -> None:
    assert {path.suffix for path in FILES} == {".js", ".css"}


def test_no_asset_names_another_host(text: str) -> None:
    found = re.findall(r"(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+[^\s\"'`)]*", text)
    assert set(found) <= NAMESPACES


def test_no_asset_loads_a_style_or_font(text: str) -> None:
    assert "@import" not in text
    assert "@font-face" not in text
    loaded = [value.strip("\"' ") for value in re.findall(r"url\(([^)]*)\)", text)]
    assert all(value.startswith(("#", "data:")) for value in loaded), loaded


def test_no_asset_runs_text_as_code(text: str) -> None:
    assert not re.findall(r"\beval\(|new Function\(|document\.write\(|insertAdjacentHTML", text)


def test_markup_is_only_made_from_fixed_text(text: str) -> None:
    made = re.findall(r"(?:inner|outer)HTML\s*=\s*(.+)", text)
    assert all(re.match(r"""'[^'$]*';|"[^"$]*";""", value) for value in made), made


TALKS = {
    "6_forms.js": ["XMLHttpRequest"],
    "7_share.js": ["fetch("],
    "9_edition.js": ["fetch("],
    "2_grid.js": ["fetch("] * 3,
}
"""What talks to the server: the form that sends a file, the making of a file asked for, the look
for a newer edition where there may be one, and the stewards' grid."""


def test_only_what_is_named_here_talks_to_the_server(file: Path, text: str) -> None:
    talks = re.findall(r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource", text)
    assert talks == TALKS.get(file.name, [])


def test_the_script_holds_every_file_in_order() -> None:
    joined = script_asset().text
    places = [joined.index(path.read_text("utf-8")) for path in FILES if path.suffix == ".js"]
    assert places == sorted(places)
    assert script_asset().name.endswith(".js")


def test_the_track_of_the_day_is_seen_where_the_system_forces_its_colors() -> None:
    forced = re.findall(r"@media \(forced-colors: active\) \{(.*?)\n\}", style_text(), re.S)
    assert set(re.findall(r"#month::(\S+) \{ background: CanvasText; \}", "".join(forced))) == {
        "-webkit-slider-runnable-track",
        "-moz-range-track",
    }


def test_the_style_sheet_uses_only_variables_that_are_set() -> None:
    style = style_text()
    used = set(re.findall(r"var\((--[\w-]+)", style))
    given = set(re.findall(r"(--[\w-]+)\s*:", style))
    scripts = set(re.findall(r"setProperty\(\"(--[\w-]+)", script_asset().text))
    mantine = {name for name in used if name.startswith("--mantine-")}
    heads = set(prop(create_table(["head"] * 11, [], ""), "style"))
    assert used - given - scripts - mantine - heads == set()
