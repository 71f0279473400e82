"""A page of up to all counties of the country with a made-up history of 25 years."""

from __future__ import annotations

import json
import random
from datetime import date
from html import escape
from typing import Any

import geopandas as gpd

from data.words import LEGEND_WORDS, LOOK_WORDS, LOOKS
from geo import county_shapes, svg_paths
from layouts.document import script_asset, style_text
from layouts.theme import hatch_patterns, variable

FIRST_YEAR, YEARS = 2001, 25
WIDTH = 180
"""Width in pixels of nine degrees of longitude: the country is then as wide as a window."""
CHANGES = 5
"""Changes of a county over the years."""


def months() -> list[str]:
    """Give the last months' first days, as ISO days."""
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    return [date(year, month, 1).isoformat() for year in years for month in range(1, 13)]


def made_up_history(shapes: gpd.GeoDataFrame) -> dict[str, Any]:
    """Make up what ``layouts.pages.map.browser_data`` gives for the state."""
    chance, days = random.Random(len(shapes)), months()
    steps = {
        fips: [[day, chance.randrange(len(LOOKS))] for day in sorted(chance.sample(days, CHANGES))]
        for fips in shapes.index
    }
    views = [
        {
            "day": day,
            "headline": f"On {{day}}, {place} of {len(shapes)} counties had LEAD",
            "detail": f"Made up: {place}.",
            "counts": [place + more for more in range(len(LOOKS))],
        }
        for place, day in enumerate(days)
    ]
    return {
        "first": days[0],
        "last": days[-1],
        "looks": list(LOOKS),
        "counties": shapes["name"].to_dict(),
        "steps": steps,
        "views": views,
        "starts": [],
        "words": [LOOK_WORDS[look] for look in LOOKS],
        "labels": {},
        "about": {},
    }


def country_page(count: int) -> str:
    """Write the page of the first counties in the order of their codes, with all in it."""
    shapes = county_shapes(None).iloc[:count]
    line = made_up_history(shapes)
    data = json.dumps(line, separators=(",", ":")).replace("<", "\\u003c")
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Made up</title><style>{style_text()}</style>
</head><body>
<svg width="0" height="0"><defs>{hatch_patterns(variable)}</defs></svg>
<h1 id="headline">Made up</h1><p id="detail"></p>
<div class="map-box">{_map(shapes)}</div>
<ul id="legend">{_legend()}</ul>
<input id="month" type="range" min="0" max="{12 * YEARS - 1}" value="12">
<span id="day-words"></span><input id="date" type="date" value="{line["views"][12]["day"]}">
<table id="county-table"><tbody>{_table(shapes)}</tbody></table>
<script type="application/json" id="early">{data}</script>
<script>{script_asset().text}</script>
</body></html>"""


def _map(shapes: gpd.GeoDataFrame) -> str:
    paths = svg_paths(shapes, WIDTH)
    drawn = "".join(f'<path data-fips="{fips}" d="{path}"/>' for fips, path in paths.items())
    # From Alaska and Hawaii to Maine, in the pixels of the state's own window.
    return f'<svg class="map-picture" viewBox="-1900 -900 2300 1400"><g>{drawn}</g></svg>'


def _legend() -> str:
    return "".join(
        f'<li><span class="swatch" data-look="{look}"></span>{escape(LEGEND_WORDS[look])}'
        f' <span data-count="{look}">0</span></li>'
        for look in LOOKS
    )


def _table(shapes: gpd.GeoDataFrame) -> str:
    return "".join(
        f'<tr data-fips="{fips}"><th>{escape(name)}</th><td class="status">'
        f'<span class="swatch" data-look-of="{fips}"></span><span data-words-of="{fips}"></span>'
        "</td></tr>"
        for fips, name in shapes["name"].items()
    )
