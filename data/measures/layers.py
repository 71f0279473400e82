"""What the map can be colored by on a day: the status of LEAD, or a measure of a loaded series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.dates import edtf_words
from data.facts import Facts
from data.frame import county_frame
from data.language import kept, marked, say, say_all
from data.measures.classes import class_labels, timeline
from data.series import CountySeries, find_measure
from data.words import LEGEND_WORDS, LOOK_WORDS, LOOKS, describe

LEAD = "lead"
NO_VALUE = {"suppressed": marked("Suppressed"), "missing": marked("No figure")}


@dataclass(frozen=True, eq=False)
class Layer:
    """A coloring of the counties on a day.

    ``looks`` are the words that colors go by, in the legend's order, ``words`` says each and
    ``legend`` says it shorter; ``frame`` has a row a county: ``fips, county, look``, and ``told``:
    what is said of the county. ``history`` is the layer by day in the form of
    ``data.frame.timeline``, None for LEAD itself; ``credit`` says where the figures are from,
    empty where the edition's own sources do.
    """

    name: str
    looks: tuple[str, ...]
    words: dict[str, str]
    legend: dict[str, str]
    frame: pd.DataFrame
    headline: str
    detail: str
    history: dict[str, Any] | None = None
    credit: str = ""


@kept(64)
def lead_layer(facts: Facts, day: date) -> Layer:
    """Give the map of LEAD on a day."""
    frame = county_frame(facts, day)
    sentence = describe(day, frame)
    words, legend = say_all(LOOK_WORDS), say_all(LEGEND_WORDS)
    frame = frame.assign(told=frame["look"].map(words))
    return Layer(LEAD, LOOKS, words, legend, frame, sentence.headline, sentence.detail)


@kept(16)
def measure_layer(
    facts: Facts, series: CountySeries, measure: str, day: date, today: date
) -> Layer:
    """Give the map of a measure in the period that holds a day."""
    history: dict[str, Any] = timeline(facts, series, measure, today)
    labels = class_labels(facts, series, measure)
    looks = tuple(history["looks"])
    legend = {**dict(zip(looks, labels, strict=False)), **say_all(NO_VALUE)}
    view = view_on(history, day)
    looks_now = {fips: look_on(history, fips, day) for fips in facts.county_names}
    told_now = [value_told(history, view, fips, legend[look]) for fips, look in looks_now.items()]
    frame = pd.DataFrame(
        {
            "fips": list(facts.county_names),
            "county": list(facts.county_names.values()),
            "look": list(looks_now.values()),
            "told": told_now,
        }
    )
    credit = say(
        "Figures: {publisher}, {title}, loaded {day}.",
        publisher=series.publisher,
        title=series.title,
        day=edtf_words(series.retrieved),
    )
    told = view["headline"], view["detail"]
    return Layer(series.key(measure), looks, legend, legend, frame, *told, history, credit)


def layer_on(
    facts: Facts, loaded: Sequence[CountySeries], name: str, day: date, today: date
) -> Layer:
    """Give a layer by its name: ``lead``, or a series' id and a measure joined by a dot."""
    found = find_measure(loaded, name)
    if found is None:
        return lead_layer(facts, day)
    series, measure = found
    return measure_layer(facts, series, measure.name, day, today)


def look_on(history: dict[str, Any], fips: str, day: date) -> str:
    """Find a county's look on a day in a timeline, as the browser does."""
    past = [place for begun, place in history["steps"].get(fips, []) if begun <= day.isoformat()]
    look: str = history["looks"][past[-1] if past else -1]
    return look


def value_told(history: dict[str, Any], view: dict[str, Any], fips: str, words: str) -> str:
    """Say a county's value in a view of a timeline, as the browser does, and then its class.

    ``words`` say the county's look: the class, or why there is no value.
    """
    value = view["values"].get(fips)
    if value is None:
        return str(history["told"]["none"].replace("{value}", words))
    kind = "unsteady" if fips in view["unsteady"] else "steady"
    told = history["told"][kind].replace("{value}", value)
    return "; ".join((told, say("class {range}", range=words)))


def view_on(history: dict[str, Any], day: date) -> dict[str, Any]:
    """Find the words of a day in a timeline, as the browser does."""
    past = [view for view in history["views"] if view["day"] <= day.isoformat()]
    view: dict[str, Any] = (past or history["views"])[-1 if past else 0]
    return view
