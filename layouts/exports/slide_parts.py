"""What every slide is made of: a blank deck, and titles, texts, notes and footers on it.

Lengths are inches until the last moment; text is made safe for XML in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

from data.citation import TITLE as ATLAS
from data.language import say
from layouts.exports.slide_flow import GAP, INCH, POINT, Box, Para, fitting_size, pages
from layouts.exports.spoken import language_tag
from layouts.theme import HATCHED, LIGHT

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.5
INNER = WIDTH - 2 * MARGIN
"""Width between the margins, in inches."""
FOOTER_SIZE = 12
BODY_FONT = "+mn-lt"
"""How a file says: the font that the theme gives to plain text."""
_NOT_XML = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


TITLE = Box(MARGIN, 0.3, WIDTH - 2 * MARGIN, 0.75)
BODY = Box(MARGIN, 1.25, WIDTH - 2 * MARGIN, 5.55)
FOOTER = Box(MARGIN, 6.98, 10, 0.32)
NUMBER = Box(WIDTH - MARGIN - 1.5, 6.98, 1.5, 0.32)


def safe(text: str) -> str:
    """Make text fit for XML: control characters and line ends become one space."""
    return _NOT_XML.sub(" ", text)


def paint(color: str) -> Any:
    """Give a color of the theme by its name."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(LIGHT[color].lstrip("#"))


def fill(shape: Any, look: str) -> None:
    """Fill a shape or a part of a chart as a look is painted on the page: plain or hatched."""
    from pptx.enum.dml import MSO_PATTERN

    if look in HATCHED:
        ground, line = HATCHED[look]
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = paint(line), paint(ground)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = paint(look)


def new_deck(title: str, made: date) -> Any:
    """Make an empty deck, 16 to 9, whose master carries the place and type of title and footer."""
    from pptx import Presentation

    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = round(WIDTH * INCH), round(HEIGHT * INCH)
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    _style_master(deck.slide_master)
    told = deck.core_properties
    told.title, told.author, told.last_modified_by = safe(title), say(ATLAS), say(ATLAS)
    if language_tag():
        told.language = language_tag()
    told.created = told.modified = datetime.combine(made, time())
    told.subject, told.keywords, told.revision = "", "", 1
    return deck


def _style_master(master: Any) -> None:
    """Put the master's placeholders where a wide slide wants them, title and footer left."""
    title, body, _, footer, number = master.placeholders
    for holder, box in ((title, TITLE), (body, BODY), (footer, FOOTER), (number, NUMBER)):
        holder.left, holder.top, holder.width, holder.height = box.emu()
        holder.text_frame.margin_left = holder.text_frame.margin_right = 0
    style = "p:txStyles/p:titleStyle/a:lvl1pPr"
    (level,), (letters,) = map(master._element.xpath, (style, f"{style}/a:defRPr"))
    level.set("algn", "l")
    letters.set("sz", "2800")
    letters.set("b", "1")
    for level in footer._element.xpath(".//a:lvl1pPr"):
        level.set("algn", "l")


def add_slide(deck: Any, title: str, footer: str, notes: Iterable[str]) -> Any:
    """Add a slide with a true title, footer, slide number and speaker notes."""
    from pptx.enum.text import PP_ALIGN

    (layout,) = deck.slide_layouts
    slide = deck.slides.add_slide(layout)
    for holder in list(layout.placeholders)[2:]:
        slide.shapes.clone_placeholder(holder)
    set_title(slide, [(Para(title), title_size(title))])
    foot, number = list(slide.placeholders)[1:]
    _write(foot.text_frame, [(Para(footer, color="ink-soft"), FOOTER_SIZE)])
    foot.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    foot.text_frame.paragraphs[0].runs[0].font.name = BODY_FONT
    _add_number(number.text_frame, len(deck.slides))
    noted = slide.notes_slide.notes_text_frame
    noted.text = "\n".join(map(safe, notes))
    for run in (run for para in noted.paragraphs for run in para.runs):
        _tag(run)
    return slide


def _tag(run: Any) -> None:
    """Tell programs that read aloud or check spelling which language a run is in."""
    if language_tag():
        run._r.get_or_add_rPr().set("lang", language_tag())


def _add_number(frame: Any, number: int) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    field = (
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="{language_tag() or "en-US"}"/><a:t>{number}</a:t></a:fld>'
    )
    frame.paragraphs[0]._p.append(parse_xml(field))


def title_size(text: str) -> int:
    """Give the largest size, in points, at which a title stands in its place."""
    return fitting_size([Para(text, bold=True)], TITLE, (28, 24, 20, 16, 14, 12))


def set_title(slide: Any, paras: Iterable[tuple[Para, int]], box: Box | None = None) -> None:
    """Write the title of a slide, each paragraph at its size, moved to a box where one is given."""
    holder = slide.shapes.title
    if box:
        holder.left, holder.top, holder.width, holder.height = box.emu()
    holder.text_frame.clear()
    _write(holder.text_frame, paras)


def add_text(
    slide: Any, box: Box, paras: Iterable[Para], size: int, name: str = "", middle: bool = False
) -> Any:
    """Add a text box without insets, its text at the top or in the middle."""
    from pptx.enum.text import MSO_ANCHOR

    shape = slide.shapes.add_textbox(*box.emu())
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    if middle:
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(frame, [(para, size) for para in paras])
    if name:
        shape.name = safe(name)
    return shape


def _write(frame: Any, paras: Iterable[tuple[Para, int]]) -> None:
    """Write paragraphs, parted by a third of a line."""
    for place, (para, size) in enumerate(paras):
        line = frame.add_paragraph() if place else frame.paragraphs[0]
        line.space_before = round(size * POINT * GAP) if place else 0
        parts = [(para.lead, True, ""), (para.text, para.bold, ""), (para.link, False, para.link)]
        for text, bold, link in parts:
            if not text:
                continue
            run = line.add_run()
            run.text = safe(text if para.whole.endswith(text) else f"{text} ")
            _tag(run)
            run.font.size = size * POINT
            run.font.bold = False if para.plain else bold or None
            run.font.color.rgb = paint("accent" if link else para.color)
            if link:
                run.hyperlink.address = safe(link).strip()


def add_flow(
    make: Callable[[str], Any], title: str, paras: Sequence[Para], sizes: Sequence[int]
) -> None:
    """Show paragraphs, on one slide if they fit at a size, else on as many as they need.

    ``make`` adds a slide with a title.
    """
    size = fitting_size(paras, BODY, sizes)
    parts = pages(paras, BODY, size)
    for place, part in enumerate(parts, 1):
        add_text(make(numbered(title, place, len(parts))), BODY, part, size, say("Text"))


def numbered(title: str, place: int, number: int) -> str:
    """Title one of several slides that go on from each other."""
    if number == 1:
        return title
    return say("{title} ({place} of {number})", title=title, place=place, number=number)


def add_bar(slide: Any, box: Box) -> None:
    """Add a plain bar in the accent, an ornament."""
    from pptx.enum.shapes import MSO_SHAPE

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    unstyle(shape)
    fill(shape, "accent")
    shape.name = say("Bar")


def unstyle(shape: Any) -> None:
    """Take the theme's own line, gradient and shadow off a shape."""
    shape._element.remove(shape._element.xpath("p:style")[0])


def tell(shape: Any, name: str, words: str) -> None:
    """Name a shape and give its alternative text."""
    shape.name = safe(name)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", safe(words))


def add_copy(slide: Any, element: Any) -> Any:
    """Add a copy of a shape's element to a slide, numbered anew, and give the shape."""
    copied = deepcopy(element)
    tree = slide.shapes._spTree
    first = 1 + max(int(number) for number in tree.xpath(".//p:cNvPr/@id"))
    for place, told in enumerate(copied.xpath(".//p:cNvPr")):
        told.set("id", str(first + place))
    tree.append(copied)
    return list(slide.shapes)[-1]
