"""The map of a day as the picture that a link shows when it is shared: PNG, 1200 by 630 pixels.

It is drawn three times as large and scaled down, so that edges are smooth. County names stand in
the sentence, not on the map, as at the size of a link's preview nobody could read them there.
"""

from __future__ import annotations

import io
import math
import unicodedata
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import shapely

from data.facts import Facts
from data.frame import county_frame
from data.language import marked, say
from data.measures.layers import LEAD, Layer, lead_layer
from geo import county_shapes, picture_size, to_picture
from layouts.exports.spoken import SEE_ATLAS, SHAPES, edition_words
from layouts.theme import HATCHED, LIGHT

WIDTH, HEIGHT = 1200, 630
SCALE = 3
MAP_WIDTH = 1150
MAP_LEFT = (WIDTH - MAP_WIDTH) / 2
MAP_TOP = HEIGHT - picture_size(MAP_WIDTH)[1] - 16
MARGIN = 40
HEADLINE_SIZES = (44, 41, 38, 35)
"""Tried in turn until the headline fits on a line; the last may take two."""
DETAIL_SIZE, LEGEND_SIZE, SOURCE_SIZE = 22, 19, 16
LEGEND_ROW = 28
HATCH_STEP, HATCH_LINE = 8, 2.7
"""Distance and width of the lines of a hatched look, in pixels: as in ``theme``, but wider."""
OUTLINE = {"running": 0, "perhaps": 6}
"""How LEAD is outlined over another layer: the length of a dash in pixels, 0 for a full line."""
OUTLINE_WORDS = marked("Blue outline: LEAD running; dashed: perhaps.")
ACCENTS = {"\u0301": ("\u00b4", 1, 0.0), "\u0303": ("~", 0.8, 0.36), "\u0308": ("..", 0.8, 0.59)}
"""The accents that Spanish has: signs of the font that stand for each, how large, and how much
higher than they stand in the font, of the size of the letters."""
ABOVE_CAPITAL = 0.17
I_DOT = (0.75, 0.56)
"""How high above its foot the dot of an i begins and ends."""
_PLAIN = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u00d7": "x",
    }
)


def social_png(facts: Facts, day: date, layer: Layer | None = None) -> bytes:
    """Draw a day for a link's preview, colored by LEAD or by another layer.

    Returns
    -------
    A PNG of 1200 by 630 pixels: the sentence of the view, the map, the legend with counts, and a
    line with edition, day and sources. The whole sentence stands in the file's own description.
    """
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    layer = layer or lead_layer(facts, day)
    big = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), LIGHT["paper"])
    draw = ImageDraw.Draw(big)
    _draw_counties(big, draw, layer, county_frame(facts, day))
    source = f"{edition_words(facts, day)}. {say(SHAPES)} {say(SEE_ATLAS)}"
    _draw_words(draw, layer)
    _draw_legend(big, draw, layer)
    _write(draw, HEIGHT - 33, source, SOURCE_SIZE, "ink-soft")
    told = PngInfo()
    told.add_itxt("Title", layer.headline)
    told.add_itxt("Description", f"{layer.headline}. {layer.detail}".strip())
    told.add_itxt("Source", source)
    packed = io.BytesIO()
    big.reduce(SCALE).save(packed, "PNG", optimize=True, pnginfo=told)
    return packed.getvalue()


@lru_cache(maxsize=1)
def _rings() -> dict[str, list[np.ndarray]]:
    """Give the outer rings of each county by FIPS code, in pixels of the big drawing.

    No county has a hole.
    """
    corner = np.array([MAP_LEFT, MAP_TOP])

    def ring(part: shapely.Polygon) -> np.ndarray:
        points = to_picture(shapely.get_coordinates(part.exterior), MAP_WIDTH)
        return SCALE * (points + corner)

    return {
        str(fips): [ring(part) for part in shapely.get_parts(shape)]
        for fips, shape in county_shapes()["geometry"].items()
    }


def _draw_counties(big: Any, draw: Any, layer: Layer, lead: pd.DataFrame) -> None:
    """Draw every county; over a layer that is not LEAD's, LEAD is an outline."""
    rings = _rings()
    for row in layer.frame.itertuples():
        for ring in rings[row.fips]:
            _fill(big, draw, ring, row.look)
    for ring in (ring for fips in layer.frame["fips"] for ring in rings[fips]):
        draw.line(ring.ravel().tolist(), LIGHT["border"], SCALE, joint="curve")
    if layer.name != LEAD:
        for row in lead[lead["status"].isin(list(OUTLINE))].itertuples():
            for ring in rings[row.fips]:
                _outline(draw, ring, OUTLINE[row.status])


def _fill(big: Any, draw: Any, ring: np.ndarray, look: str) -> None:
    """Paint a polygon as a look is painted: in one color, or hatched.

    A hatched polygon has a rim, or hatched neighbors would run into one.
    """
    from PIL import Image, ImageDraw

    if look not in HATCHED:
        draw.polygon(ring.ravel().tolist(), LIGHT[look])
        return
    ground, line = HATCHED[look]
    draw.polygon(ring.ravel().tolist(), LIGHT[ground])
    corner = np.floor(ring.min(axis=0)).astype(int)
    width, height = np.ceil(ring.max(axis=0)).astype(int) - corner + 1
    points = (ring - corner).ravel().tolist()
    inside, rim = (Image.new("L", (int(width), int(height))) for _ in range(2))
    ImageDraw.Draw(inside).polygon(points, 255)
    ImageDraw.Draw(rim).line(points, 255, 3 * SCALE, joint="curve")
    across, down = np.arange(width) + corner[0], np.arange(height) + corner[1]
    slant = SCALE * math.sqrt(2)
    lines = np.add.outer(down, across) % (HATCH_STEP * slant) < HATCH_LINE * slant
    painted = np.where(lines | (np.asarray(rim) > 0), np.asarray(inside), 0)
    mask = Image.fromarray(painted.astype(np.uint8))
    big.paste(LIGHT[line], (int(corner[0]), int(corner[1])), mask)


def _outline(draw: Any, ring: np.ndarray, dash: int) -> None:
    width = round(2.5 * SCALE)
    if not dash:
        draw.line(ring.ravel().tolist(), LIGHT["accent"], width, joint="curve")
        return
    whole = shapely.LineString(ring)
    places = np.arange(0, whole.length, dash * SCALE / 2)
    points = shapely.get_coordinates(shapely.line_interpolate_point(whole, places))
    for place, (start, end) in enumerate(pairwise(points.tolist())):
        if place % 3 != 2:
            draw.line([*start, *end], LIGHT["accent"], width)


def _draw_words(draw: Any, layer: Layer) -> None:
    room = WIDTH - 2 * MARGIN
    headline = f"{layer.headline}."
    size = next((s for s in HEADLINE_SIZES if _length(headline, s) <= room), HEADLINE_SIZES[-1])
    y = 30.0
    for line in _wrapped(headline, size, room, 2):
        _write(draw, y, line, size, "ink", heavy=True)
        y += 1.25 * size
    y += 6
    detail = layer.detail if layer.name == LEAD else f"{say(OUTLINE_WORDS)} {layer.detail}"
    for line in _wrapped(detail, DETAIL_SIZE, room, 2):
        _write(draw, y, line, DETAIL_SIZE, "ink")
        y += 1.3 * DETAIL_SIZE


def _draw_legend(big: Any, draw: Any, layer: Layer) -> None:
    """Draw the legend in two columns where the map's window has no land: its lower left."""
    found = layer.frame["look"].value_counts()
    words = [f"{layer.legend[look]} ({int(found.get(look, 0))})" for look in layer.looks]
    rows = math.ceil(len(words) / 2)
    top = HEIGHT - 50 - rows * LEGEND_ROW
    second = MARGIN + 58 + max(_length(text, LEGEND_SIZE) for text in words[:rows])
    for place, (look, text) in enumerate(zip(layer.looks, words, strict=True)):
        x = second if place >= rows else MARGIN
        y = top + LEGEND_ROW * (place % rows)
        corners = [(x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20)]
        _fill(big, draw, SCALE * np.array(corners, dtype=float), look)
        _write(draw, y - 1, text, LEGEND_SIZE, "ink", x=x + 28)


@lru_cache(maxsize=16)
def _font(size: int) -> Any:
    """Give Pillow's own font, the one that is there on every machine."""
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)


def _length(text: str, size: int) -> float:
    return float(_font(size).getlength(_plain(text))) / SCALE


def _write(
    draw: Any,
    y: float,
    text: str,
    size: int,
    color: str,
    *,
    x: float = MARGIN,
    heavy: bool = False,
) -> None:
    """Write a line; the font has no bold cut, so heavy words get a thin stroke."""
    font, bold, plain = _font(size), 1 if heavy else 0, _plain(text)
    draw.text((x * SCALE, y * SCALE), plain, LIGHT[color], font, stroke_width=bold)
    line = y * SCALE + font.getmetrics()[0]
    for place, accent in _accents(text):
        left = x * SCALE + font.getlength(plain[:place])
        _write_accent(draw, (left, line), plain[place], accent, size, color, bold)


def _write_accent(
    draw: Any,
    foot: tuple[float, float],
    letter: str,
    accent: str,
    size: int,
    color: str,
    bold: int,
) -> None:
    """Write an accent over a letter that stands with its left end at a foot; an i loses its dot."""
    em, wide = size * SCALE, _font(size).getlength(letter)
    if letter == "i":
        top, below = (foot[1] - em * part for part in I_DOT)
        draw.rectangle((foot[0], top, foot[0] + wide - 1, below), LIGHT["paper"])
    sign, scale, higher = ACCENTS[accent]
    higher += ABOVE_CAPITAL if letter.isupper() else 0
    place = (foot[0] + wide / 2, foot[1] - em * higher)
    font = _font(round(size * scale))
    draw.text(place, sign, LIGHT[color], font, anchor="ms", stroke_width=bold)


def _parts(text: str) -> str:
    """Part letters from their accents."""
    return unicodedata.normalize("NFKD", " ".join(text.translate(_PLAIN).split()))


def _plain(text: str) -> str:
    """Write text with the letters that the font has: no accents, and plain dashes.

    What it still lacks becomes a question mark; the file's description has the text as it is.
    """
    bare = "".join(sign for sign in _parts(text) if not unicodedata.combining(sign))
    return "".join(sign if sign.isprintable() and _has(sign) else "?" for sign in bare)


def _accents(text: str) -> list[tuple[int, str]]:
    """Give the accents that can be drawn, each with the place of its letter in plain text."""
    found, letters = [], 0
    for sign in _parts(text):
        if not unicodedata.combining(sign):
            letters += 1
        elif sign in ACCENTS and letters:
            found.append((letters - 1, sign))
    return found


@lru_cache(maxsize=1024)
def _has(sign: str) -> bool:
    """Tell whether the font has a sign: what it lacks looks as a sign that no font has."""
    font = _font(LEGEND_SIZE)
    return sign == " " or bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


def _wrapped(text: str, size: int, room: float, most: int) -> list[str]:
    """Break text into lines of a width in pixels; what is over is cut, and dots say so."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:most]
    if len(lines) > most or _length(kept[-1], size) > room:
        while kept[-1] and _length(f"{kept[-1]} ...", size) > room:
            kept[-1] = kept[-1][:-1]
        kept[-1] = f"{kept[-1].rstrip(' ,')} ..."
    return kept
