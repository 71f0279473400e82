"""The map of a day as a standalone SVG picture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape

import numpy as np
import pandas as pd

from data.facts import Facts
from data.frame import county_frame
from data.language import kept, say
from data.measures.layers import LEAD, Layer, lead_layer
from geo import county_shapes, label_places, picture_size, svg_paths, to_picture
from layouts.exports.spoken import SHAPES, edition_words, language_attribute
from layouts.theme import FONT, HATCHED, LIGHT, hatch_patterns

WIDTH = 1200
HEAD, FOOT = 84, 78
OUTLINED = ("running", "perhaps")
DASHED = {"perhaps": ' stroke-dasharray="5 3"'}
INLINE_WIDTH = 870
"""Width in pixels at which the map stands in a page on a common laptop; names are sized for it."""


@lru_cache(maxsize=2)
def _paths(width: int) -> dict[str, str]:
    return svg_paths(county_shapes(), width)


@kept(64)
def map_svg(
    facts: Facts, day: date, layer: Layer | None = None, chosen: tuple[str, ...] = ()
) -> str:
    """Draw the map of a day, colored by LEAD or by another layer; ``chosen`` counties stand out.

    Returns
    -------
    An SVG document with title and description, the sentence of the view, one
    ``<path data-fips data-status>`` a county, names on the counties with a program or plan and on
    the chosen ones, the legend with counts and a source line.
    """
    lead = county_frame(facts, day)
    layer = layer or lead_layer(facts, day)
    width, height = picture_size(WIDTH)
    total = HEAD + height + FOOT
    return f"""<svg xmlns="http://www.w3.org/2000/svg"{language_attribute()} \
viewBox="0 0 {width:g} {total:g}" \
role="img" aria-labelledby="t d" font-family="{escape(FONT)}" fill="{LIGHT["ink"]}">
<title id="t">{escape(layer.headline)}</title>
<desc id="d">{escape(f"{layer.headline}. {layer.detail}".strip())}</desc>
<defs>{hatch_patterns(LIGHT.__getitem__)}</defs>
<rect width="{width:g}" height="{total:g}" fill="{LIGHT["paper"]}"/>
<text x="16" y="38" font-size="27" font-weight="600">{escape(layer.headline)}.</text>
<text x="16" y="66" font-size="15">{escape(_fitted(layer.detail))}</text>
<g transform="translate(0 {HEAD})" stroke="{LIGHT["border"]}" stroke-width="0.8" \
stroke-linejoin="round">
{_counties(layer, lead)}
</g>
<g transform="translate(0 {HEAD})" stroke="{LIGHT["choice"]}" stroke-width="2.5">
{"".join(f'<path fill="none" d="{_paths(WIDTH)[fips]}"/>' for fips in chosen)}
</g>
<g transform="translate(0 {HEAD})" font-size="13" font-weight="600" text-anchor="middle" \
paint-order="stroke" stroke="{LIGHT["paper"]}" stroke-width="3" stroke-linejoin="round">
{_names(lead, 1, chosen=chosen)}
</g>
<g transform="translate(16 {HEAD + height + 24:g})" font-size="15">{_legend(layer)}</g>
<text x="16" y="{total - 14:g}" font-size="12" fill="{LIGHT["ink-soft"]}">\
{escape(_source(facts, day, layer))}</text>
</svg>
"""


def _source(facts: Facts, day: date, layer: Layer) -> str:
    credit = layer.credit or say("Sources of every program: see the atlas.")
    return f"{edition_words(facts, day)}. {say(SHAPES)} {credit}"


def map_inline(
    layer: Layer, lead: pd.DataFrame, size: float = 1, chosen: tuple[str, ...] = ()
) -> str:
    """Draw a layer for a page that brings the style, with the names of a ``county_frame``.

    ``size``: how many times larger than on the page its style writes the names. The browser
    displays others as counties are chosen.
    """
    width, height = picture_size(WIDTH)
    return (
        f'<svg class="map-picture" viewBox="0 0 {width:g} {height:g}" aria-hidden="true">'
        f'<g>{_counties(layer, lead)}</g><g class="outlines"></g>'
        f"<g>{_names(lead, WIDTH / INLINE_WIDTH, size, chosen, lead['fips'])}</g></svg>"
    )


def _counties(layer: Layer, lead: pd.DataFrame) -> str:
    """Draw every county; over a layer that is not LEAD's, LEAD is an outline."""
    paths = _paths(WIDTH)
    drawn = [
        f'<path data-fips="{row.fips}" data-status="{status}" data-look="{row.look}"'
        f' fill="{_fill(row.look)}" d="{paths[row.fips]}">'
        f"<title>{escape(row.county)}: {escape(row.told)}</title></path>"
        for row, status in zip(layer.frame.itertuples(), lead["status"], strict=True)
    ]
    if layer.name != LEAD:
        drawn += [
            f'<path class="lead-{row.status}" fill="none" stroke="{LIGHT["accent"]}" '
            f'stroke-width="2.5"{DASHED.get(row.status, "")} d="{paths[row.fips]}"/>'
            for row in lead.itertuples()
            if row.status in OUTLINED
        ]
    return "\n".join(drawn)


def _fill(look: str) -> str:
    return f"url(#hatch-{look})" if look in HATCHED else LIGHT[look]


def _names(
    frame: pd.DataFrame,
    scale: float,
    size: float = 1,
    chosen: tuple[str, ...] = (),
    later: Iterable[str] = (),
) -> str:
    """Write the names of chosen counties and of all with a program, displayed if they have one.

    ``later``: counties that may yet be chosen; their names are not displayed.
    """
    named = (frame["programs"] != "") | frame["fips"].isin(chosen)
    places = label_places(frame.loc[named, "fips"], size)
    texts = []
    for row in frame[named | frame["fips"].isin(list(later))].itertuples():
        lon, lat, shift = places[row.fips]
        x, y = to_picture(np.array([[lon, lat]]), WIDTH)[0]
        hidden = row.look == "none_found" and row.fips not in chosen
        shown = "none" if hidden else "inline"
        texts.append(
            f'<text class="map-name" data-fips="{row.fips}" display="{shown}" '
            f'x="{x:.1f}" y="{y + scale * (4 * size + shift):.1f}">{escape(row.county)}</text>'
        )
    return "\n".join(texts)


def _legend(layer: Layer) -> str:
    found = layer.frame["look"].value_counts()
    parts, x = [], 0.0
    for look in layer.looks:
        words = f"{layer.legend[look]} ({int(found.get(look, 0))})"
        parts.append(
            f'<rect x="{x:g}" y="-12" width="16" height="16" fill="{_fill(look)}"/>'
            f'<text x="{x + 22:g}" y="1">{words}</text>'
        )
        x += 46 + 7.4 * len(words)
    return "".join(parts)


def _fitted(text: str, limit: int = 165) -> str:
    return text if len(text) <= limit else text[: text.rfind(" ", 0, limit)] + " ..."
