"""Many maps on one page: each county's shape is written once and used by every map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from geo import county_shapes, picture_size, svg_paths

WIDTH = 600
"""Width of the shapes' own drawing, in pixels; a map takes any width."""


@lru_cache(maxsize=1)
def shapes_once() -> str:
    """Write the shapes of all counties, out of sight, for the maps of a page to use."""
    paths = svg_paths(county_shapes(), WIDTH)
    drawn = "".join(f'<path id="c{fips}" d="{path}"/>' for fips, path in paths.items())
    return f'<svg width="0" height="0" class="defs" aria-hidden="true"><defs>{drawn}</defs></svg>'


def use_map(
    looks: Mapping[str, str],
    words: Mapping[str, str],
    label: str,
    chosen: str = "",
    moved: Iterable[str] = (),
) -> str:
    """Draw a map of shapes that ``shapes_once`` has written.

    Parameters
    ----------
    looks
        Look of each county by FIPS code, as the style sheet paints it.
    words
        What is told at a county, by FIPS code.
    label
        What the picture says, for who cannot see it.
    chosen
        A county to outline, by FIPS code.
    moved
        Further counties to outline.
    """
    width, height = picture_size(WIDTH)
    drawn = "".join(
        f'<use href="#c{fips}" data-look="{look}"><title>{escape(words[fips])}</title></use>'
        for fips, look in looks.items()
    )
    outlined = [chosen, *moved] if chosen else list(moved)
    outline = "".join(f'<use href="#c{fips}" class="chosen" fill="none"/>' for fips in outlined)
    return (
        f'<svg class="use-map" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(label)}">{drawn}{outline}</svg>'
    )
