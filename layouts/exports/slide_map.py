"""The map as native shapes: every county a freeform that a person can select, recolor and name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from data.language import marked, say
from data.measures.layers import LEAD, Layer
from geo import county_shapes, label_places, picture_size, to_picture
from geo.labels import LINE, REFERENCE_WIDTH
from layouts.exports.slide_flow import INCH, LETTER, POINT, Box, Para
from layouts.exports.slide_parts import add_copy, add_text, fill, paint, tell, unstyle

MAP_NAME = marked("Map of North Carolina counties")
NAME_SIZE, LEGEND_SIZES = 15, (14, 13, 12, 11, 10)
"""In points, for a wall that is read from the last row; of the legend the largest that fits."""
NAME_HEIGHT = 0.25
SWATCH, LEGEND_GAP = 0.26, 0.24
"""In inches: what a swatch takes before its words, and what stands free behind them."""
OUTLINED = ("running", "perhaps")
NAME_SHINE = 76_000
"""How much, in thousandths of a percent, the white ground of a name covers the map."""


def map_box(room: Box) -> Box:
    """Give the largest box with the map's proportions in the middle of some room."""
    ratio = picture_size(1000)[1] / 1000
    width = min(room.width, room.height / ratio)
    return Box(room.left + (room.width - width) / 2, room.top, width, width * ratio)


def add_map(
    slide: Any,
    layer: Layer,
    frame: pd.DataFrame,
    chosen: tuple[str, ...],
    room: Box,
    words: str,
) -> None:
    """Draw a layer, the chosen counties outlined last, with the names of a ``county_frame``."""
    box = map_box(room)
    group = add_copy(slide, _bare_map(box))
    tell(group, say(MAP_NAME), words)
    shapes = dict(zip(county_shapes().index, list(group.shapes), strict=True))
    outlined = {} if layer.name == LEAD else _outlined(frame)
    outlined |= dict.fromkeys(chosen, "choice")
    for row in layer.frame.itertuples():
        shape, fips = shapes[row.fips], str(row.fips)
        county = say("{county} County", county=row.county)
        tell(shape, f"{county} ({fips})", f"{county}: {layer.words[str(row.look)]}")
        fill(shape, str(row.look))
        shape.line.color.rgb = paint(outlined.get(fips, "border"))
        shape.line.width = round((2.25 if fips in outlined else 0.75) * POINT)
    for fips in outlined:  # else a neighbor drawn later would cover half of the outline
        group._element.append(shapes[fips]._element)
    _add_names(slide, frame, chosen, box)


def _outlined(frame: pd.DataFrame) -> dict[str, str]:
    """Give the outline of LEAD over a map that is colored by something else."""
    found = frame.loc[frame["status"].isin(OUTLINED), "fips"]
    return dict.fromkeys(found, "accent")


@lru_cache(maxsize=4)
def _bare_map(box: Box) -> Any:
    """Build the group of all counties in FIPS order, without color: the slow part, done once."""
    from pptx import Presentation

    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    for geometry in county_shapes()["geometry"]:
        shape = _freeform(group, geometry, box)
        unstyle(shape)
    group._element.recalculate_extents()
    return group._element


def _freeform(group: Any, geometry: Any, box: Box) -> Any:
    """Build one county; its islands are further contours of the same shape."""
    rings = shapely.get_parts(shapely.boundary(geometry))
    first, *others = [_points(shapely.get_coordinates(ring), box) for ring in rings]
    builder = group.shapes.build_freeform(*first[0], scale=1.0)
    builder.add_line_segments(first[1:-1], close=True)
    for ring in others:
        builder.move_to(*ring[0]).add_line_segments(ring[1:-1], close=True)
    return builder.convert_to_shape()


def _points(degrees: np.ndarray, box: Box) -> list[list[int]]:
    inches = to_picture(degrees, box.width) + np.array([box.left, box.top])
    points: list[list[int]] = np.round(inches * INCH).astype(int).tolist()
    return points


def _add_names(slide: Any, frame: pd.DataFrame, chosen: tuple[str, ...], box: Box) -> None:
    """Name the counties with a program, once it shows, and the chosen ones."""
    named = frame[(frame["programs"] != "") | frame["fips"].isin(chosen)]
    line = NAME_HEIGHT * REFERENCE_WIDTH / box.width
    places = label_places(named["fips"], line / LINE)
    shown = (named["look"] != "none_found") | named["fips"].isin(chosen)
    for row in named[shown].itertuples():
        lon, lat, shift = places[str(row.fips)]
        x, y = to_picture(np.array([[lon, lat]]), box.width)[0]
        middle = box.top + y + shift * box.width / REFERENCE_WIDTH
        width = LETTER * NAME_SIZE / 72 * len(str(row.county)) + 0.1
        place = Box(box.left + x - width / 2, middle - NAME_HEIGHT / 2, width, NAME_HEIGHT)
        _add_name(slide, place, str(row.county))


def _add_name(slide: Any, place: Box, name: str) -> None:
    """Write a name on a ground that lets the map shine through, so it reads on any color."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    label = say("Name: {name}", name=name)
    shape = add_text(slide, place, [Para(name)], NAME_SIZE, label, middle=True)
    shape.text_frame.word_wrap = False
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    shape.fill.solid()
    shape.fill.fore_color.rgb = paint("paper")
    alpha = f'<a:alpha {nsdecls("a")} val="{NAME_SHINE}"/>'
    shape._element.xpath("p:spPr/a:solidFill/a:srgbClr")[0].append(parse_xml(alpha))


def add_legend(slide: Any, layer: Layer, place: Box) -> None:
    """Draw the legend: a swatch a look, its words and the number of its counties."""
    from pptx.enum.shapes import MSO_SHAPE

    found = layer.frame["look"].value_counts()
    told = {look: f"{layer.legend[look]} ({int(found.get(look, 0))})" for look in layer.looks}
    letters = sum(map(len, told.values())) * LETTER / 72
    free = place.width - len(told) * (SWATCH + LEGEND_GAP)
    size = next((size for size in LEGEND_SIZES if size * letters <= free), LEGEND_SIZES[-1])
    left = place.left
    for look, words in told.items():
        swatch = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, *Box(left, place.top + 0.03, 0.19, 0.19).emu()
        )
        unstyle(swatch)
        fill(swatch, look)
        swatch.line.color.rgb = paint("ink-soft")
        swatch.line.width = POINT // 2
        color = say("Color of: {words}", words=layer.words[look])
        tell(swatch, say("Swatch: {words}", words=layer.legend[look]), color)
        width = LETTER * size / 72 * len(words) + LEGEND_GAP / 2
        text = Box(left + SWATCH, place.top, width, 0.25)
        add_text(
            slide, text, [Para(words)], size, say("Legend: {words}", words=layer.legend[look]), True
        )
        left += SWATCH + width + LEGEND_GAP / 2
