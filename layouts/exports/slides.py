"""A view as slides: native, editable PowerPoint, every slide with its day, edition and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import chain
from typing import Any

import pandas as pd

from data.adoption import curve, curve_on
from data.dates import day_words
from data.evidence.results import REGRESSION_NOTE, WARNING
from data.facts import Facts
from data.frame import county_frame
from data.language import marked, say
from data.measures.layers import LEAD, Layer, lead_layer
from data.services.known import found_sentence
from data.services.words import SEARCHED
from data.words import Sentence, describe, parts_of
from layouts.address import Stop
from layouts.exports.slide_charts import ROW_HEIGHT, add_changes, add_curve, changes, monthly
from layouts.exports.slide_flow import GAP, Box, Para, cut, fitting_size, height
from layouts.exports.slide_map import add_legend, add_map
from layouts.exports.slide_parts import (
    ATLAS,
    BODY,
    INNER,
    MARGIN,
    TITLE,
    WIDTH,
    add_bar,
    add_flow,
    add_slide,
    add_text,
    new_deck,
    numbered,
    set_title,
    title_size,
)
from layouts.exports.slide_words import (
    LICENSES,
    caveats,
    change_words,
    county_words,
    share_words,
    source_words,
    sources_of_counties,
    sources_of_map,
)
from layouts.exports.spoken import edition_words, outlined_words

CHANGES_A_SLIDE = 5
OUTLINED_IN_BLUE = marked("Outlined in blue: LEAD running or perhaps running.")
COLUMNS = marked("Each column is the end of a month; hatched: the sources do not fix the day.")
CHANGE_TOP, CHANGE_WORDS = 1.65, 9.2
"""Where the rows of changes begin, and the width of their words, in inches."""
CHANGE_NOTE = marked(
    "Filled: a study; hollow: a claim without a method. Measures differ, so compare directions, "
    "not lengths."
)


@dataclass(frozen=True)
class Deck:
    """What a deck shows: a day with chosen counties, or the stops of a talk; made ``today``.

    ``layer`` colors one more map, behind that of LEAD.
    """

    day: date
    today: date
    chosen: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    layer: Layer | None = None


@dataclass(frozen=True)
class _Scene:
    """All that the slides of one day share."""

    facts: Facts
    deck: Any
    day: date
    frame: pd.DataFrame
    sentence: Sentence
    chosen: tuple[str, ...]

    def slide(self, title: str, *notes: str) -> Any:
        """Add a slide of this day; its notes hold the sentence and the doubts."""
        footer = edition_words(self.facts, self.day)
        told = [str(self.sentence), *filter(None, notes), *caveats(self.frame, self.day)]
        return add_slide(self.deck, title, footer, told)


def _scene(facts: Facts, deck: Any, day: date, chosen: Iterable[str]) -> _Scene:
    frame = county_frame(facts, day)
    known = tuple(fips for fips in dict.fromkeys(chosen) if fips in facts.county_names)
    return _Scene(facts, deck, day, frame, describe(day, frame), known)


def slides(facts: Facts, view: Deck) -> bytes:
    """Make a deck of a view.

    Returns
    -------
    A PowerPoint file: title, map, spread, before and after and one or more slides a chosen
    county, or a map for each stop of a talk; then the doubts and the sources of all shown.
    """
    deck = new_deck(describe(view.day, county_frame(facts, view.day)).headline, view.today)
    scene = _scene(facts, deck, view.day, view.chosen)
    _title(scene, view.today)
    if view.stops:
        scenes = [_scene(facts, deck, stop.day, stop.chosen) for stop in view.stops]
        for one, stop in zip(scenes, view.stops, strict=True):
            _map(one, stop.text)
        days = [each.day for each in (scene, *scenes)]
        shown = parts_of(one for day in days for one in sources_of_map(facts, day))
    else:
        scenes = [scene]
        _map(scene)
        if view.layer and view.layer.name != LEAD:
            _measure(scene, view.layer)
        _spread(scene, view.today)
        _before_after(scene)
        _partners(scene)
        for fips in scene.chosen:
            _county(scene, fips)
        shown = _sources_of_view(scene, view.today)
    _doubts(scene, [scene, *scenes])
    _sources(scene, shown)
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _sources_of_view(scene: _Scene, today: date) -> list[str]:
    facts = scene.facts
    days = (scene.day, max(scene.day, today))
    return parts_of(
        [
            *[one for day in days for one in sources_of_map(facts, day)],
            *changes(facts)["sources"],
            *sources_of_counties(facts, scene.chosen),
        ]
    )


def _title(scene: _Scene, today: date) -> None:
    slide = scene.slide(scene.sentence.headline)
    box = Box(1.0, 2.0, WIDTH - 2, 1.7)
    headline = Para(scene.sentence.headline, bold=True)
    set_title(slide, [(headline, fitting_size([headline], box, (44, 40, 36, 32, 28)))], box)
    add_bar(slide, Box(1.0, 3.85, 1.6, 0.07))
    made = {"edition": scene.facts.edition, "day": day_words(today)}
    told = [
        Para(say(ATLAS), bold=True),
        Para(say("Law Enforcement Assisted Diversion (LEAD) in the counties of North Carolina")),
        Para(say("The map of {day}", day=day_words(scene.day))),
        *([Para(scene.sentence.doubt)] if scene.sentence.doubt else []),
        Para(say("Edition {edition}; slides made on {day}", **made)),
    ]
    add_text(slide, Box(1.0, 4.1, WIDTH - 2, 2.4), told, 20)


def _map(scene: _Scene, text: str = "") -> None:
    """Show the map of the day; a stop's text is the second line of the title."""
    headline = scene.sentence.headline
    slide = scene.slide(headline, text)
    top = TITLE.top + TITLE.height
    if text:
        place = Box(MARGIN, top, INNER, 0.55)
        size = fitting_size([Para(text)], place, (20, 18, 16, 14, 12))
        said = cut(Para(text, plain=True), place, size)
        box = Box(*TITLE[:3], TITLE.height + place.height)
        set_title(slide, [(Para(headline), title_size(headline)), (said, size)], box)
        top += place.height
    place = Box(MARGIN, top, INNER, 0.55)
    detail = Para(scene.sentence.detail)
    size = fitting_size([detail], place, (16, 14, 12))
    add_text(slide, place, [cut(detail, place, size)], size, say("The counties behind the number"))
    top += place.height + 0.05
    layer = lead_layer(scene.facts, scene.day)
    room = Box(MARGIN, top, INNER, 6.4 - top)
    add_map(slide, layer, scene.frame, scene.chosen, room, _alt(scene, str(scene.sentence)))
    add_legend(slide, layer, Box(MARGIN, 6.53, INNER, 0.3))


def _measure(scene: _Scene, layer: Layer) -> None:
    """Show the map colored by a measure of a loaded series, LEAD outlined."""
    slide = scene.slide(layer.headline, layer.detail, layer.credit)
    top = TITLE.top + TITLE.height
    told = f"{say(OUTLINED_IN_BLUE)} {layer.credit}"
    place = Box(MARGIN, top, INNER, 0.55)
    size = fitting_size([Para(told)], place, (16, 14, 12))
    add_text(slide, place, [cut(Para(told), place, size)], size, say("Outlines and source"))
    room = Box(MARGIN, top + 0.6, INNER, 6.4 - top - 0.6)
    words = _alt(scene, f"{layer.headline}. {told}")
    add_map(slide, layer, scene.frame, scene.chosen, room, words)
    add_legend(slide, layer, Box(MARGIN, 6.53, INNER, 0.3))


def _alt(scene: _Scene, told: str) -> str:
    outlined = [scene.facts.county_names[fips] for fips in scene.chosen]
    more = [outlined_words(", ".join(outlined))] if outlined else []
    return " ".join([say("Map of North Carolina's 100 counties."), told, *more])


def _spread(scene: _Scene, today: date) -> None:
    """Show how LEAD spread, as a chart with its data."""
    band = curve_on(curve(scene.facts, max(scene.day, today)), scene.day)
    rows = monthly(scene.facts, scene.day, today)
    headline = scene.sentence.headline
    people = share_words(band["share_low"], band["share_high"]) if band["high"] else ""
    told = [Para(f"{headline}.", bold=True), Para(people)]
    slide = scene.slide(say("How LEAD spread in North Carolina"), people)
    add_text(slide, Box(*BODY[:3], 0.7), told, 16)
    first, last = rows["day"].iloc[0], rows["day"].iloc[-1]
    years = {"first": first.year, "last": last.year}
    alt = say("Counties with LEAD by month, {first} to {last}.", **years) + f" {headline}."
    add_curve(slide, rows, scene.day, Box(MARGIN, 2.0, INNER, 4.4), alt)
    note = say(COLUMNS)
    if first <= scene.day:
        note += " " + say("The red column is {day}.", day=day_words(scene.day))
    add_text(slide, Box(MARGIN, 6.47, INNER, 0.4), [Para(note, color="ink-soft")], 14)


def _before_after(scene: _Scene) -> None:
    """Show published changes, each beside its grade and its comparison group."""
    rows = changes(scene.facts)
    title = say("Before and after: published results of LEAD in North Carolina")
    if rows.empty:
        slide = scene.slide(title)
        add_text(slide, BODY, [Para(say("No published result was found."))], 18)
    starts = range(0, len(rows), CHANGES_A_SLIDE)
    for place, start in enumerate(starts, 1):
        part = rows.iloc[start : start + CHANGES_A_SLIDE]
        told = [change_words(row) for row in part.itertuples()]
        notes = [say(WARNING), say(REGRESSION_NOTE), *[para.whole for para in chain(*told)]]
        slide = scene.slide(numbered(title, place, len(starts)), *notes)
        warning = Para(say(WARNING), say("Grade 1:"))
        room = Box(MARGIN, 1.15, 1.1 * INNER, 0.45)  # for one line, as widths are reckoned wide
        size = fitting_size([warning], room, (16, 14, 12))
        add_text(slide, room._replace(width=INNER), [warning], size)
        _change_rows(slide, told)
        said = "; ".join(
            f"{row.measure}: {row.headline}, {row.graded}" for row in part.itertuples()
        )
        left = MARGIN + CHANGE_WORDS + 0.2
        chart = Box(left, CHANGE_TOP, WIDTH - MARGIN - left, ROW_HEIGHT * len(part))
        add_changes(slide, part, chart, say("Changes from before to after.") + f" {said}.")
        note = Para(say(CHANGE_NOTE), color="ink-soft")
        add_text(slide, Box(MARGIN, 6.4, INNER, 0.4), [note], 14)


def _change_rows(slide: Any, told: Sequence[list[Para]]) -> None:
    """Write the words of each change, all in one size, in the row of its bar."""
    boxes = [
        Box(MARGIN, CHANGE_TOP + place * ROW_HEIGHT, CHANGE_WORDS, ROW_HEIGHT - 0.04)
        for place in range(len(told))
    ]
    size = min(fitting_size(*row, (14, 13, 12)) for row in zip(told, boxes, strict=True))
    for place, ((what, limits), box) in enumerate(zip(told, boxes, strict=True), 1):
        left = box.height - height([limits], box.width, size) - GAP * size / 72
        fitted = [cut(what, Box(*box[:3], left), size), limits]
        add_text(slide, box, fitted, size, say("Result {n}", n=place), middle=True)


def _partners(scene: _Scene) -> None:
    """Tell how many counties were found with each service that stands beside LEAD."""
    paras = [
        Para(str(found_sentence(scene.facts, scene.day, row.service)), f"{say(row.name)}:")
        for row in scene.facts.services.itertuples()
    ]
    title = say("Beside LEAD: services found in the counties")
    add_flow(scene.slide, title, [*paras, Para(say(SEARCHED), color="ink-soft")], (18, 16, 14))


def _county(scene: _Scene, fips: str) -> None:
    row = next(scene.frame[scene.frame["fips"] == fips].itertuples())
    told = county_words(scene.facts, row, scene.day)
    title = say("{county} County", county=row.county)
    add_flow(scene.slide, title, told, (18, 16, 14))


def _doubts(scene: _Scene, scenes: Iterable[_Scene]) -> None:
    """Say the doubts of all days shown, the edition and the terms of reuse."""
    doubts = dict.fromkeys(one for each in scenes for one in caveats(each.frame, each.day))
    facts = scene.facts
    told = {"edition": facts.edition, "checksum": facts.checksum}
    edition = say("{edition}, checksum sha256 {checksum}.", **told)
    paras = [
        *map(Para, doubts),
        Para(say(WARNING), say("Results of grade 1:")),
        Para(edition, say("Edition:")),
        *[Para(say(license)) for license in LICENSES],
    ]
    add_flow(scene.slide, say("Doubts, edition and licenses"), paras, (16, 14))


def _sources(scene: _Scene, shown: Sequence[str]) -> None:
    told = source_words(scene.facts, shown) or [Para(say("No source is shown."))]
    add_flow(scene.slide, say("Sources"), told, (14, 12))
