"""What the browser's code and the pages must agree on, since no compiler does."""

import re
from datetime import date
from typing import Any

import pytest
from dash import html

from layouts.address import View
from layouts.document import script_asset
from layouts.pages.map import create_map_page, create_panels
from layouts.shell import create_languages, create_shell, titled
from tests.layouts.tree import ids_of, nodes

TODAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def whole(facts: Any) -> Any:
    """Give the map page with all that comes into it, in its frame."""
    chosen = create_map_page(facts, View(TODAY, ("37051",)), TODAY)
    page = titled(html.Div([chosen, *create_panels(facts, ())]), "/")
    return create_shell(facts, page, languages=create_languages(""))


@pytest.fixture(scope="module")
def script() -> str:
    return script_asset().text


def test_every_function_that_a_callback_names_is_written(client: Any, script: str) -> None:
    named = [
        spec["clientside_function"]
        for spec in client.get("/_dash-dependencies").json
        if spec["clientside_function"]
    ]
    assert len(named) >= 4
    assert {told["namespace"] for told in named} == {"atlas"}
    body = script.split("window.dash_clientside = ")[1]
    for told in named:
        assert re.search(rf"^\s+{told['function_name']}\([\w, ]*\) {{", body, re.M), told


def test_every_id_that_the_browser_looks_up_is_there(client: Any, whole: Any, script: str) -> None:
    looked_up = set(
        re.findall(
            r"(?:getElementById|\bplot|\bprops|set_props)\(\"([\w-]+)\"|[`\"' ]#([a-z][\w-]*)",
            script,
        )
    )
    names = {name for pair in looked_up for name in pair if name}
    assert {"month", "map", "headline", "counties"} <= names
    made = set(re.findall(r"\.id = \"([\w-]+)\"", script))
    # Spanish also holds what scripts say; the presenter's screen has the same scripts.
    pages = [client.get(f"{path}?lang=es").get_data(as_text=True) for path in ("/", "/present")]
    document = set(re.findall(r' id="([\w-]+)"', "".join(pages)))
    assert names - made - document - set(ids_of(whole)) == set()


def test_every_action_of_a_button_is_written(whole: Any, script: str) -> None:
    asked = {
        getattr(node, "data-action")
        for node in nodes(whole, html.Button)
        if hasattr(node, "data-action")
    }
    assert {"play", "choose", "sort", "theme"} <= asked
    written = set(re.findall(r"^\s+(\w+): \(", script.split("const actions = {")[1], re.M))
    assert asked <= written


OF_OTHER_PAGES = {
    *("fips", "live", "sent", "upload", "whole", "query", "plan", "question", "step", "panel"),
}


def test_the_browser_reads_the_data_that_the_page_carries(whole: Any, script: str) -> None:
    carried = {
        name.removeprefix("data-")
        for node in nodes(whole)
        for name in node.to_plotly_json()["props"]
        if name.startswith("data-")
    }
    read = set(re.findall(r"\[data-([a-z-]+)\]", script))
    read |= {
        re.sub(r"[A-Z]", lambda match: "-" + match[0].lower(), name)
        for name in re.findall(r"node\.dataset\.(\w+)", script)
    }
    assert {"look-of", "words-of", "count", "action"} <= read
    assert read <= carried | OF_OTHER_PAGES
