"""The HTML document: the page readable before any script runs, then the app that takes over.

The document holds the page twice for a moment: written as HTML at once, and built by Dash out of
sight. When Dash's map stands, the browser removes the first (``layouts/assets/4_callbacks.js``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import dash
import plotly
from dash.development.base_component import Component
from dash.fingerprint import build_fingerprint

from data.language import ENGLISH, kept, language, marked, said_in_scripts, say
from geo import Asset, asset
from layouts import ids
from layouts.exports.curve import curve_inline
from layouts.exports.html import attributes, to_html
from layouts.shell import TITLE
from layouts.static import write_data, write_early_data, write_link
from layouts.theme import hatch_patterns, look_styles, style_variables, variable

CHARTS = ('class="map-picture"', 'class="early-graph"')
"""What stands in the first paint where charts will come."""
KEPT_URL = "/kept/"
"""Where files stand whose name changes with their content."""
UNUSED = re.compile(r'<script src="[^"]*/dash_table/[^"]*"></script>')
"""Scripts that Dash always brings and no page of ours uses."""
GRID = re.compile(r'<script src="[^"]*/dash_ag_grid/[^"]*"></script>')
"""The script of the grid, which Dash brings to every page and only the stewards' grid uses."""
ASSETS = Path(__file__).parent / "assets"
DESCRIPTION = marked(
    "Which North Carolina counties have Law Enforcement Assisted Diversion on any day, since when, "
    "and what is known of its results."
)
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%230b5c8a'/%3E"
    "%3Cpath d='M5 3v10h6v-2H7V3z' fill='white'/%3E%3C/svg%3E"
)
METAS = (
    '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
)
"""What begins the head of a document that is not Dash's."""
NO_SCRIPT = (
    "<noscript><style>.run,.finder,.tools input,.tools label,.shared,.pictures,.open-file,.loading,"
    ".early-graph,:has(>.questions),[data-action]:not([data-action=choose],[data-action=sort])"
    "{display:none!important}[data-action=choose]{visibility:hidden}"
    "[data-action=choose]>*{visibility:visible}[data-action=sort]{pointer-events:none}"
    "[data-action=sort]>span{display:none}</style></noscript>"
)
"""Hides what does nothing without scripts; a button whose words tell something leaves its words."""
WITHOUT_SCRIPTS = marked(
    "Your browser runs no scripts: most charts, play, sorting and the questions of a plan are left "
    "out; words, tables and links work."
)


@lru_cache(maxsize=1)
def script_asset() -> Asset:
    """Join the browser's own code, in the order of the files' names."""
    return asset("atlas", "js", "".join(p.read_text("utf-8") for p in sorted(ASSETS.glob("*.js"))))


def suite_url(package: ModuleType, path: str) -> str:
    """Give the address of a script in a package that Dash serves, with its version in the name."""
    file = Path(str(package.__file__)).parent / path
    name = build_fingerprint(path, version(package.__name__), int(file.stat().st_mtime))
    return f"/_dash-component-suites/{package.__name__}/{name}"


@lru_cache(maxsize=1)
def chart_scripts() -> tuple[str, str]:
    """Ask early for what Dash brings only with the first chart, under names kept for good.

    Returns
    -------
    What stands in the head, and what stands before Dash's own scripts: Dash reads plotly's address
    from ``window``, where this one stays, and finds its own part for charts already there.
    """
    charts = suite_url(plotly, "package_data/plotly.min.js")
    return (
        f'<link rel="preload" href="{charts}" as="script">',
        '<script>Object.defineProperty(window, "_dashPlotlyJSURL", '
        f'{{ get: () => "{charts}", set() {{}} }});</script>\n'
        f'<script src="{suite_url(dash, "dcc/async-graph.js")}"></script>',
    )


@lru_cache(maxsize=1)
def plain_asset() -> Asset:
    """Join the code of pages that live without Dash: all of the browser's own, and theirs."""
    own = [path.read_text("utf-8") for path in sorted((ASSETS / "plain").glob("*.js"))]
    return asset("plain", "js", "".join([script_asset().text, *own]))


@lru_cache(maxsize=1)
def steward_asset() -> Asset:
    """Join the code of the stewards' pages and of the forms that anyone may fill in."""
    own = [path.read_text("utf-8") for path in sorted((ASSETS / "steward").glob("*.js"))]
    return asset("steward", "js", "".join(own))


def root_attributes(theme: str, edition: str = "", embed: bool = False) -> str:
    """Write what a document's root tells: its color scheme, its frame, the edition to watch."""
    scheme = f' data-mantine-color-scheme="{theme}"' if theme else ""
    watched = f' data-edition="{edition}"' if edition else ""
    return scheme + (" data-embed" if embed else "") + watched


@lru_cache(maxsize=1)
def style_text() -> str:
    """Give the style sheet with the colors."""
    return style_variables() + (ASSETS / "atlas.css").read_text("utf-8") + look_styles()


def frame_style() -> str:
    """Name the atlas under a map in a frame, as the style sheet does in English."""
    rule = f':root[data-embed] .map-panel::after{{content:"{say(TITLE)}"}}'
    return "" if language() == ENGLISH else rule


Replace = dict[str, Callable[[dict[str, Any]], str]]


def first_paint(
    shell: Component, draw_map: Callable[[], str], instead: Replace | None = None
) -> str:
    """Write the shell with its page as HTML, the map as a picture, and the history for scripts.

    ``instead`` writes further components in another way (see ``layouts.exports.html.to_html``).
    """
    return to_html(
        shell,
        {
            f"#{ids.MAP}": lambda props: draw_map(),
            f"#{ids.CURVE}": lambda props: curve_inline(props["figure"]),
            f"#{ids.TIMELINE}": lambda props: write_early_data(props["data"]),
            f"#{ids.PANELS}": lambda props: "",
            f"#{ids.SLIDER}": lambda props: f"<input{attributes(props)}>",
            f"#{ids.COUNTIES}": _early_finder,
            f"#{ids.DATE}": _early_date,
            "Graph": _early_graph,
            "Link": write_link,
            **(instead or {}),
        },
    )


def _early_finder(props: dict[str, Any]) -> str:
    return (
        f'<div class="early-label">{escape(props["label"])}</div>'
        f'<div class="early-input">{escape(props["placeholder"])}</div>'
    )


def _early_date(props: dict[str, Any]) -> str:
    """Write a form that changes the day with no script at all."""
    spoken = "" if language() == ENGLISH else language()
    ends = {"min": props["minDate"], "max": props["maxDate"], "value": props["value"]}
    carried = f'<input type="hidden" name="lang" value="{spoken}">' if spoken else ""
    show = say("Show this day")
    button = f"<noscript><button>{escape(show)}</button></noscript>"
    return (
        f'<form action="/" class="early-date"><input type="date" id="{ids.DATE}" name="date"'
        f"{attributes(ends)}>{carried}{button}</form>"
    )


def _early_graph(props: dict[str, Any]) -> str:
    height = props["figure"].layout.height
    return f'<div class="early-graph" style="height:{height}px"></div>'


def document(
    parts: dict[str, str], page: str, title: str, root: str, head: str = "", grid: bool = False
) -> str:
    """Fill the document of a page that Dash takes over.

    Parameters
    ----------
    parts
        What Dash puts into a document: ``metas, app_entry, config, scripts, renderer``.
    page
        The first paint, as HTML.
    title
        Of the window.
    root
        What the root tells (``root_attributes``).
    head
        What tells other sites of the view.
    grid
        Whether the page holds the stewards' grid.
    """
    early, before = chart_scripts() if any(kind in page for kind in CHARTS) else ("", "")
    scripts = UNUSED.sub("", parts["scripts"])
    described = f'<meta name="description" content="{escape(say(DESCRIPTION))}">'
    body = (
        f'{_told_without_scripts()}<div id="first-paint">{page}</div>',
        script_tags(script_asset(), *([steward_asset()] if grid else [])),
        f'<div id="app">{parts["app_entry"]}</div>',
        before,
        parts["config"] + (scripts if grid else GRID.sub("", scripts)) + parts["renderer"],
    )
    return _html(
        title,
        "\n".join((parts["metas"], described, head, early)),
        style_text() + frame_style(),
        "\n".join(body),
        root,
    )


def script_tags(*scripts: Asset) -> str:
    """Write the tags that load our own scripts, after what they say in another language."""
    tags = [f'<script src="{KEPT_URL}{script.name}"></script>' for script in scripts]
    return said(*scripts) + "".join(tags)


@kept(8)
def said(*scripts: Asset) -> str:
    """Write what scripts say in the language that is spoken; nothing in English."""
    words = said_in_scripts("".join(script.text for script in scripts))
    return write_data("said", words) if words else ""


def share_tags(page: str, address: str, picture: str) -> str:
    """Write what other sites show of a link: the page's heading, what the atlas is, a picture.

    ``address`` and ``picture`` are whole addresses.
    """
    heading = re.search(r"<h1[^>]*>([^<]*)</h1>", page)
    told = {
        "og:title": heading[1] if heading else "",
        "og:description": escape(say(DESCRIPTION)),
        "og:type": "website",
        "og:url": escape(address),
        "og:image": escape(picture),
        "og:image:width": "1200",
        "og:image:height": "630",
    }
    card = '<meta name="twitter:card" content="summary_large_image">'
    return card + "".join(
        f'<meta property="{name}" content="{text}">' for name, text in told.items()
    )


def plain_document(page: str, title: str, root: str, alone: bool) -> str:
    """Fill a document that lives without Dash.

    ``root`` is what the root tells (``root_attributes``). ``alone``: it holds its script itself
    and asks nothing of any server.
    """
    own = plain_asset()
    script = f"{said(own)}<script>{own.text}</script>" if alone else script_tags(own)
    style = style_text() + (ASSETS / "plain" / "plain.css").read_text("utf-8")
    return _html(title, METAS, style, f"{_told_without_scripts()}{page}\n{script}", root)


def _told_without_scripts() -> str:
    """Say what a page that lives with scripts lacks without them."""
    return f'<noscript><p class="notices">{escape(say(WITHOUT_SCRIPTS))}</p></noscript>'


def form_document(page: str, title: str) -> str:
    """Fill a document of plain forms, which live without Dash and work without scripts."""
    script = script_tags(script_asset(), steward_asset())
    return _html(title, METAS, style_text(), f"{page}\n{script}")


def _html(title: str, head: str, style: str, body: str, root: str = "") -> str:
    """Write what all documents have, around a head and a body of their own."""
    hatches = hatch_patterns(variable)
    return f"""<!DOCTYPE html>
<html lang="{language()}"{root}>
<head>
{head}
<title>{escape(title)}</title>
<link rel="icon" href="{ICON}">
<style>{style}</style>
{NO_SCRIPT}
</head>
<body>
<svg width="0" height="0" aria-hidden="true" class="defs"><defs>{hatches}</defs></svg>
{body}
</body>
</html>
"""
