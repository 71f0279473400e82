from html.parser import HTMLParser
from typing import Any

import pytest
from dash import dcc, html

from layouts.exports.html import to_html
from layouts.parts.attributes import aria, dataset

CASES: dict[str, tuple[Any, str]] = {
    "nothing": (None, ""),
    "text": ("a < b & c", "a &lt; b &amp; c"),
    "a number": (12, "12"),
    "zero": (html.P(0), "<p>0</p>"),
    "a list": (["a", html.B("b"), None, ["c"]], "a<b>b</b>c"),
    "an element": (html.P("told"), "<p>told</p>"),
    "an empty element": (html.Div(), "<div></div>"),
    "a void element": (html.P(["a", html.Br(), "b"]), "<p>a<br>b</p>"),
    "nested elements": (html.Ul([html.Li("1"), html.Li("2")]), "<ul><li>1</li><li>2</li></ul>"),
    "a class": (html.P("x", className="note"), '<p class="note">x</p>'),
    "a label": (html.Label("x", htmlFor="y"), '<label for="y">x</label>'),
    "a place in the tab order": (html.Div(tabIndex=-1), '<div tabindex="-1"></div>'),
    "data": (html.Div(**dataset(look="ended")), '<div data-look="ended"></div>'),
    "aria": (html.Div(**aria(label="x")), '<div aria-label="x"></div>'),
    "styles": (
        html.Div(style={"left": "1px", "top": "2px"}),
        '<div style="left:1px;top:2px"></div>',
    ),
    "a flag that is set": (html.Details("x", open=True), "<details open>x</details>"),
    "a flag that is not set": (html.Details("x", open=False), "<details>x</details>"),
    "a quote in an attribute": (
        html.P("x", title="\"'><script>"),
        '<p title="&quot;&#x27;&gt;&lt;script&gt;">x</p>',
    ),
    "markup in text": (
        html.P("<script>alert(1)</script>"),
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    ),
    "a component of scripts": (dcc.Loading(html.P("x")), "<p>x</p>"),
}


@pytest.mark.parametrize(("node", "expected"), CASES.values(), ids=CASES)
def test_components_are_written_as_html(node: Any, expected: str) -> None:
    assert to_html(node, {}) == expected


def test_a_component_of_scripts_can_be_replaced_by_kind() -> None:
    replace = {"Graph": lambda props: f"<i>{props['className']}</i>"}
    assert to_html(html.Div(dcc.Graph(className="curve")), replace) == "<div><i>curve</i></div>"


def test_a_component_can_be_replaced_by_id_before_its_kind() -> None:
    replace = {"#map": lambda props: "<svg></svg>", "Graph": lambda props: "wrong"}
    assert to_html(dcc.Graph(id="map"), replace) == "<svg></svg>"


def test_an_address_of_a_script_is_left_to_the_page(facts: Any) -> None:
    parser = HTMLParser()
    parser.feed(to_html(html.A("x", href='/?a=1&b="2"'), {}))
    assert parser.get_starttag_text() == '<a href="/?a=1&amp;b=&quot;2&quot;">'
