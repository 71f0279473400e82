"""Words and numbers of a chart: how they are written as SVG, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

LINE_SPACING = 1.3
"""Height of a line of words, of its letters' size."""
ASCENT, DESCENT = 0.9, 0.21
"""How far letters reach above and below the line they stand on, of their size."""
MIDDLE = 0.35
"""From the middle of letters down to the line they stand on, of their size."""
WIDTHS = {
    0.3: "ijlIJ'",
    0.34: " .,:;/|\\f-\u00a0’·",
    0.4: "rt!()[]",
    0.53: '*_`–"sz?“”',
    0.6: "ckaeovxyFLPTY",
    0.64: "0123456789bdghnpquEKS${}",
    0.69: "ABCRVXZ",
    0.78: "wDGHNOQU&",
    0.84: "#+<=>^~−→×",
    0.96: "mM%",
    1.0: "W@—",
}
"""Widths of letters, of their size: those of the widest fonts that pages come with, as words that
are cut off are worse than a margin too wide."""
WIDTH_OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""


def number(value: float) -> str:
    """Write a length: a tenth of a pixel is as fine as an eye sees, and every byte counts."""
    text = f"{value:.1f}"
    return "0" if text in ("-0.0", "0.0") else text.removesuffix(".0")


def written(text: str) -> str:
    """Write text so that nothing in it is markup, in an element or in quotes."""
    return escape(UNWRITABLE.sub("", text))


def text_lines(text: str) -> list[str]:
    """Split a figure's text at its line breaks; no other markup means anything here."""
    return [unescape(part) for part in re.split(r"<br\s*/?>", str(text))]


def text_width(text: str, size: float) -> float:
    """Estimate how wide a line of text is drawn, in pixels."""
    return size * sum(WIDTH_OF.get(letter, 0.66) for letter in text)


def broken(text: str, size: float, width: float) -> list[str]:
    """Break text into lines no wider than a width."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text_element(
    lines: Sequence[str], x: float, y: float, anchor: str = "start", size: float | None = None
) -> str:
    """Write lines of text, the first standing on ``y``; ``size`` is left out where inherited."""
    look = "" if anchor == "start" else f' text-anchor="{anchor}"'
    look += f' font-size="{size:g}"' if size else ""
    place = f'x="{number(x)}" y="{number(y)}"'
    spans = written(_kept(lines[0])) + "".join(
        f'<tspan x="{number(x)}" dy="{LINE_SPACING}em">{written(_kept(line))}</tspan>'
        for line in lines[1:]
    )
    return f"<text {place}{look}>{spans}</text>"


def _kept(text: str) -> str:
    """Keep spaces at both ends and beside one another, which hold words off a mark."""
    return re.sub("^ +| +$|  +", lambda found: "\u00a0" * len(found[0]), text)
