"""Text that fits: how many lines paragraphs take, the size at which they fit, and pages of them.

No font is at hand where a deck is made, so widths are reckoned from a mean letter, a little wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import NamedTuple

INCH, POINT = 914_400, 12_700
"""English metric units, in which a slide is measured."""

LETTER, BOLD_LETTER = 0.47, 0.5
"""Mean width of a letter as a part of the size of the type. In lines of our own texts, Calibri's is
0.41 and at most 0.43; the rest is room for a wider font where that one is missing."""
LINE = 1.22
"""Height of a line, and GAP the space before a paragraph, as parts of the size."""
GAP = 1 / 3


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> list[int]:
        """Give the same in the units of the file."""
        return [round(length * INCH) for length in self]


@dataclass(frozen=True)
class Para:
    """A paragraph: a bold ``lead``, its text, and the address it leads to, written out as a link.

    ``plain`` takes the bold of a title off.
    """

    text: str
    lead: str = ""
    bold: bool = False
    plain: bool = False
    color: str = "ink"
    link: str = ""

    @property
    def whole(self) -> str:
        """All that is read."""
        return " ".join(filter(None, [self.lead, self.text, self.link]))


def _letters(para: Para, width: float, size: float) -> int:
    letter = BOLD_LETTER if para.bold else LETTER
    return max(int(width * 72 / (size * letter)), 8)


def lines(para: Para, width: float, size: float) -> list[str]:
    """Break a paragraph, its bold lead included, as a slide would at a width in inches."""
    return wrap(para.whole, _letters(para, width, size), break_on_hyphens=False) or [""]


def height(paras: Iterable[Para], width: float, size: float) -> float:
    """Give the height of paragraphs in inches."""
    counts = [len(lines(para, width, size)) for para in paras]
    points = size * (LINE * sum(counts) + GAP * max(len(counts) - 1, 0))
    return points / 72


def fitting_size(paras: Sequence[Para], box: Box, sizes: Sequence[int]) -> int:
    """Give the first of some sizes, largest first, at which paragraphs fit; else the last."""
    fits = (size for size in sizes if height(paras, box.width, size) <= box.height)
    return next(fits, sizes[-1])


def cut(para: Para, box: Box, size: int) -> Para:
    """Cut a paragraph to a box at a size, with `` ...`` where it was cut."""
    most = max(int(box.height * 72 / (size * LINE)), 1)
    broken = lines(para, box.width, size)
    if len(broken) <= most:
        return para
    kept = " ".join(broken[:most])
    kept = kept[: kept.rfind(" ")] + " ..."
    lead = para.lead if kept.startswith(para.lead) else ""
    return replace(para, text=kept.removeprefix(lead).strip(), lead=lead, link="")


def pages(paras: Iterable[Para], box: Box, size: int) -> list[list[Para]]:
    """Part paragraphs into pages; one that is longer than a page goes on over as many as needed."""
    most = int(box.height * 72 / (size * LINE))
    made: list[list[Para]] = [[]]
    pieces = [piece for para in paras for piece in _pieces(para, box.width, size, most)]
    for piece in pieces:
        if made[-1] and height([*made[-1], piece], box.width, size) > box.height:
            made.append([])
        made[-1].append(piece)
    return made


def _pieces(para: Para, width: float, size: int, most: int) -> list[Para]:
    broken = lines(para, width, size)
    if len(broken) <= most:
        return [para]
    words = f"{para.lead} {para.text}".split()
    letters = _letters(para, width, size) * most // 2  # half a page: lines may end early
    parts = wrap(" ".join(words), letters, break_on_hyphens=False)
    first = replace(para, text=parts[0].removeprefix(para.lead).strip(), link="")
    rest = [replace(para, text=part, lead="", link="") for part in parts[1:]]
    return [first, *rest[:-1], replace(rest[-1], link=para.link)] if rest else [para]
