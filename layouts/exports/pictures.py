"""The panels of a page as pictures: for the web, a slide, a print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data.facts import Facts
from data.language import say
from data.measures.layers import Layer, lead_layer
from data.words import listed
from geo import picture_size
from layouts.exports.chart_panels import (
    adoption_sheet,
    context_sheet,
    names_of,
    reach_sheet,
    results_sheet,
)
from layouts.exports.chart_sheet import WIDTH, Sheet, document, sheet_svg
from layouts.exports.chart_text import broken, number, text_element
from layouts.exports.spoken import outlined_words
from layouts.exports.svg import FOOT, HEAD, map_svg

SIZES = {"web": (1200, 675), "slide": (1920, 1080), "print": (3508, 2480)}
"""Width and height; the print has the proportions of A4, lying."""
NOTE = 13
"""Size of the words below the map."""


def panel_svg(
    facts: Facts,
    panel: str,
    day: date,
    chosen: tuple[str, ...],
    today: date,
    size: str,
    layer: Layer | None = None,
) -> str:
    """Draw a panel as a picture that stands alone, with all that says what it shows.

    Parameters
    ----------
    facts
        The edition.
    panel
        A word of PANELS.
    day, chosen
        The view: its day and the chosen counties (FIPS codes; none for the state).
    today
        Where the adoption curve ends.
    size
        ``web``, ``slide`` or ``print``.
    layer
        What colors the map; LEAD when none is given.

    Returns
    -------
    An SVG document with the sentence or the panel's heading, the key, day, edition and sources.
    Raises ValueError, with one sentence, for an unknown panel or size.
    """
    if size not in SIZES:
        there = {"size": size, "sizes": listed(SIZES)}
        raise ValueError(say("There is no size “{size}”; there are {sizes}.", **there))
    if panel not in PANELS:
        there = {"panel": panel, "panels": listed(PANELS)}
        raise ValueError(say("There is no panel “{panel}”; there are {panels}.", **there))
    if panel == "map":
        return _map(facts, day, tuple(chosen), SIZES[size], layer or lead_layer(facts, day))
    return sheet_svg(SHEETS[panel](facts, day, tuple(chosen), today), *SIZES[size])


def _map(
    facts: Facts, day: date, chosen: tuple[str, ...], size: tuple[int, int], layer: Layer
) -> str:
    """Set the map of a day on a sheet, the chosen counties outlined."""
    width, height = size
    scale = width / WIDTH
    tall = HEAD + picture_size(WIDTH)[1] + FOOT
    note = outlined_words(names_of(facts, chosen)) if chosen else ""
    lines = broken(note, NOTE, WIDTH - 32)
    top = max(height / scale - tall - 17 * len(lines), 0) / 2
    drawn = (
        f'<g transform="scale({scale:g}) translate(0 {number(top)})">'
        f'<svg width="{WIDTH}" height="{number(tall)}">{map_svg(facts, day, layer, chosen)}</svg>'
        f"{text_element(lines, 16, tall + 6, 'start', NOTE)}</g>"
    )
    told = " ".join(filter(None, [layer.detail, note]))
    return document(f"{layer.headline}.", told, width, height, drawn)


SHEETS: dict[str, Callable[..., Sheet]] = {
    "adoption": adoption_sheet,
    "results": results_sheet,
    "reach": reach_sheet,
    "context": context_sheet,
}
PANELS = ("map", *SHEETS)
