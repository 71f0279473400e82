"""A sheet with a picture on it: a title above, the key and the sources below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from layouts.exports.chart_text import broken, number, text_element, text_width, written
from layouts.exports.spoken import language_attribute
from layouts.theme import BAND, FONT, GRAY, LIGHT, LINE

WIDTH = 1200
"""Width that a sheet is laid out for; other sizes are the same sheet, scaled."""
MARGIN = 40
INNER = WIDTH - 2 * MARGIN
TITLE, TOLD, KEY, SOURCE = 28, 16, 14, 12.5
"""Sizes of letters."""
MOST_SOURCE_LINES = 2
SOFT = LIGHT["ink-soft"]


class Box(NamedTuple):
    """A place on a sheet."""

    x: float
    y: float
    width: float
    height: float


class Sheet(NamedTuple):
    """What stands on a sheet; ``key`` has the sign and the words of each entry."""

    title: str
    told: Sequence[str]
    warning: str
    draw: Callable[[Box], str]
    key: Sequence[tuple[str, str]]
    source: str


BOLD = ' font-weight="600"'
BOLDER = 1.12
"""How much wider bold letters are."""

SIGNS = {
    "": "",
    "line": f'<path d="M0 -5H20" stroke="{LINE}" stroke-width="2.5"/>',
    "band": f'<rect y="-12" width="20" height="14" fill="{BAND}"/>',
    "dot": f'<circle cx="10" cy="-5" r="5" fill="{LINE}"/>',
    "ring": f'<circle cx="10" cy="-5" r="5" fill="none" stroke="{LINE}" stroke-width="2"/>',
    "joined": f'<path d="M0 -5H20" stroke="{LINE}" stroke-width="2"/>'
    f'<circle cx="10" cy="-5" r="5" fill="{LINE}"/>',
    "tick": f'<path d="M10 -12V2" stroke="{GRAY}" stroke-width="1.5"/>',
    "dots": f'<path d="M10 -13V3" stroke="{GRAY}" stroke-width="1.5" stroke-dasharray="3"/>',
    "day": f'<path d="M10 -13V3" stroke="{LIGHT["choice"]}" stroke-width="2"/>',
}


def sheet_svg(sheet: Sheet, width: float, height: float) -> str:
    """Draw a sheet as a document of its own, on light paper."""
    scale = width / WIDTH
    inner_height = height / scale
    top, head = _head(sheet)
    bottom, foot = _foot(sheet, inner_height)
    told = " ".join(filter(None, [*sheet.told, sheet.warning, sheet.source]))
    drawn = head + sheet.draw(Box(MARGIN, top, INNER, bottom - top)) + foot
    return document(
        sheet.title, told, width, height, f'<g transform="scale({scale:g})">{drawn}</g>'
    )


def document(title: str, told: str, width: float, height: float, drawn: str) -> str:
    """Write a picture as an SVG document with its name and description."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{language_attribute()} width="{number(width)}" '
        f'height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" aria-label="{written(title)}" font-family="{written(FONT)}" '
        f'color="{LIGHT["ink-soft"]}" fill="{LIGHT["ink"]}">\n<title>{written(title)}</title>\n'
        f"<desc>{written(told)}</desc>\n"
        f'<rect width="{number(width)}" height="{number(height)}" fill="{LIGHT["paper"]}"/>\n'
        f"{drawn}\n</svg>\n"
    )


def paragraph(
    text: str, box: Box, size: float, look: str = "", most: int = 99
) -> tuple[float, str]:
    """Write text from the top of a box; gives where it ends, and the text."""
    lines = broken(text, size * (BOLDER if look == BOLD else 1), box.width)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    drawn = text_element(lines, box.x, box.y + size, "start", size)
    return box.y + 1.3 * size * len(lines), f"<g{look}>{drawn}</g>" if look else drawn


def fits_below(source: str) -> bool:
    """Tell whether a source line has room at the foot of a sheet."""
    return len(broken(source, SOURCE, INNER)) <= MOST_SOURCE_LINES


def _head(sheet: Sheet) -> tuple[float, str]:
    y, drawn = paragraph(sheet.title, Box(MARGIN, 26, INNER, 0), TITLE, BOLD)
    parts = [drawn]
    for text in sheet.told:
        y, drawn = paragraph(text, Box(MARGIN, y + 4, INNER, 0), TOLD)
        parts.append(drawn)
    if sheet.warning:
        start = y + 9
        y, drawn = paragraph(sheet.warning, Box(MARGIN + 14, start, INNER - 14, 0), TOLD)
        bar = f'width="4" height="{number(y - start + 2)}" fill="{LIGHT["planned"]}"'
        parts += [f'<rect x="{MARGIN}" y="{number(start)}" {bar}/>', drawn]
    return y + 12, "".join(parts)


def _foot(sheet: Sheet, height: float) -> tuple[float, str]:
    lines = min(len(broken(sheet.source, SOURCE, INNER)), MOST_SOURCE_LINES)
    top = height - 18 - 1.3 * SOURCE * lines
    place = Box(MARGIN, top, INNER, 0)
    _, source = paragraph(sheet.source, place, SOURCE, f' fill="{SOFT}"', MOST_SOURCE_LINES)
    rule = f'<path d="M{MARGIN} {number(top - 7)}h{INNER}" stroke="{LIGHT["rule"]}"/>'
    rows = _key_rows(sheet.key)
    first = top - 22 - 22 * (len(rows) - 1)
    key = "".join(
        f'<g transform="translate({number(MARGIN + x)} {number(first + 22 * place)})">'
        f"{SIGNS[sign]}{text_element([words], 28 if sign else 0, 0, 'start', KEY)}</g>"
        for place, row in enumerate(rows)
        for x, sign, words in row
    )
    return first - 20 if rows else top - 12, key + rule + source


def _key_rows(key: Sequence[tuple[str, str]]) -> list[list[tuple[float, str, str]]]:
    """Set the entries of a key in rows, each with its place across."""
    rows: list[list[tuple[float, str, str]]] = []
    x = 0.0
    for sign, words in key:
        wide = 52 + text_width(words, KEY)
        if not rows or x + wide - 24 > INNER:
            rows.append([])
            x = 0.0
        rows[-1].append((x, sign, words))
        x += wide
    return rows
