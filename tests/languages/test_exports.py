"""Slides and pictures speak the language: no text of theirs stays bare in a made-up one."""

import io
from datetime import date
from html import escape
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageDraw
from pptx import Presentation

from data.facts import Facts
from data.language import speaking
from data.measures.layers import measure_layer
from layouts.address import Stop
from layouts.exports import social
from layouts.exports.pictures import PANELS, panel_svg
from layouts.exports.slides import Deck, slides
from layouts.exports.spoken import time_words
from layouts.exports.svg import map_svg
from tests.languages.pseudo import bare

SVG = "{http://www.w3.org/2000/svg}"
DAY, TODAY = date(2019, 8, 31), date(2026, 1, 31)
CUMBERLAND, BURKE, ALAMANCE, ALEXANDER = "37051", "37023", "37001", "37003"
STOPS = (Stop(date(2018, 2, 10), (BURKE,)), Stop(TODAY))
DECKS = {
    "chosen counties": Deck(DAY, TODAY, (CUMBERLAND, BURKE, ALAMANCE)),
    "long before": Deck(date(1950, 1, 1), TODAY),
    "a talk": Deck(DAY, TODAY, stops=STOPS),
}
CHOICES = [(), (CUMBERLAND,), (CUMBERLAND, BURKE), (ALAMANCE,), (ALEXANDER,)]


def not_said(facts: Facts, texts: list[str]) -> list[str]:
    """Give the texts that are neither said, nor of a source, nor a name or the id of a source."""
    names = [*facts.county_names.values(), *facts.sources["id"]]
    return bare("".join(f"<p>{escape(text)}</p>" for text in texts), names)


def texts_of_slide(slide: Any) -> list[str]:
    """Give all texts of a slide: words, charts, names and alternative texts of shapes, notes."""
    tree = slide.shapes._spTree
    shapes = [shape for shape in slide.shapes if not shape.is_placeholder]
    named = [one for shape in shapes for one in shape._element.xpath(".//p:cNvPr")]
    charts = [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
    paras = [para for root in (tree, *charts) for para in root.xpath(".//a:p")]
    notes = slide.notes_slide.notes_text_frame.text.split("\n")
    return [
        *("".join(para.xpath(".//a:t/text()")) for para in paras),
        *(value for chart in charts for value in chart.xpath(".//c:v/text()")),
        *(one.get("descr", "") for one in named),
        *(name for one in named if not (name := one.get("name")).startswith("TextBox ")),
        *notes,
    ]


def texts_of_deck(file: bytes) -> list[str]:
    deck: Any = Presentation(io.BytesIO(file))
    told = deck.core_properties
    return [told.title, told.author, *(t for slide in deck.slides for t in texts_of_slide(slide))]


def texts_of_picture(svg: str) -> list[str]:
    """Give all texts of a picture, the lines of each joined."""
    root = ElementTree.fromstring(svg)
    kinds = {f"{SVG}{name}" for name in ("text", "title", "desc")}
    texts = [" ".join(one.itertext()) for one in root.iter() if one.tag in kinds]
    return [*texts, *(one.get("aria-label", "") for one in root.iter())]


@pytest.mark.parametrize("deck", DECKS.values(), ids=DECKS)
def test_every_text_of_a_deck_is_said(spoken_facts: Facts, deck: Deck) -> None:
    assert not_said(spoken_facts, texts_of_deck(slides(spoken_facts, deck))) == []


def test_every_text_of_a_measures_slide_and_map_is_said(spoken_facts: Facts, vera: Any) -> None:
    layer = measure_layer(spoken_facts, vera, "jail_admissions", DAY, TODAY)
    file = slides(spoken_facts, Deck(DAY, TODAY, layer=layer))
    texts = [*texts_of_deck(file), *texts_of_picture(map_svg(spoken_facts, DAY, layer))]
    assert not_said(spoken_facts, texts) == []


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_a_picture_is_said(spoken_facts: Facts, panel: str) -> None:
    texts = [
        text
        for chosen in CHOICES
        for text in texts_of_picture(panel_svg(spoken_facts, panel, DAY, chosen, TODAY, "web"))
    ]
    assert not_said(spoken_facts, texts) == []


@pytest.mark.parametrize(("word", "tag"), [("en", ""), ("es", "es-US")])
def test_files_name_the_language_that_they_speak(facts: Facts, word: str, tag: str) -> None:
    with speaking(word):
        deck: Any = Presentation(io.BytesIO(slides(facts, DECKS["long before"])))
        pictures = [map_svg(facts, DAY), panel_svg(facts, "reach", DAY, (), TODAY, "web")]
    assert deck.core_properties.language == tag
    for slide in deck.slides:
        roots = (slide.shapes._spTree, slide.notes_slide.shapes._spTree)
        runs = [run for root in roots for run in root.xpath(".//a:r")]
        assert {lang for run in runs for lang in run.xpath("a:rPr/@lang") or [""]} == {tag}
        (number,) = slide.shapes._spTree.xpath(".//a:fld/a:rPr/@lang")
        assert number == (tag or "en-US")
    for picture in pictures:
        assert (f' xml:lang="{tag}"' in picture) == bool(tag)
        assert ElementTree.fromstring(picture) is not None


@pytest.mark.parametrize(
    ("form", "english", "spanish"),
    [
        ("%Y", "2019", "2019"),
        ("%b %Y", "Aug 2019", "ago 2019"),
        ("%B %Y", "August 2019", "agosto"),
    ],
)
def test_the_days_of_an_axis_are_written_in_the_language(
    form: str, english: str, spanish: str
) -> None:
    assert time_words(pd.Timestamp(DAY), form) == english
    with speaking("es"):
        assert spanish in time_words(pd.Timestamp(DAY), form)


def drawn(text: str) -> np.ndarray:
    """Give the darkness of a line as the picture for links writes it."""
    picture = Image.new("RGB", (900, 180), "#ffffff")
    social._write(ImageDraw.Draw(picture), 10, text, 22, "ink", x=5)
    return 255 - np.asarray(picture.convert("L")).astype(int)


@pytest.mark.parametrize("letter", "áéíóúñüÁÉÍÓÚÑÜ")
def test_letters_of_spanish_stand_in_the_picture_for_links(letter: str) -> None:
    plain = social._plain(letter)
    with_accent, without = drawn(letter), drawn(plain)
    changed = np.flatnonzero((with_accent != without).any(axis=1))
    inked = np.flatnonzero(without.any(axis=1))
    assert changed.size
    assert changed.max() < inked.min() + (inked.max() - inked.min()) / 2  # the accent is above
    assert with_accent[: changed.max() + 1].any()
    assert social._length(letter, 22) == social._length(plain, 22)


def test_accents_stand_over_their_own_letters() -> None:
    assert social._accents("niño, ½ Ávila") == [(2, "\u0303"), (10, "\u0301")]
    assert social._accents("́a ç") == []
