"""The panels of a page as sheets: what each says and draws, and the key to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.adoption import curve_on, population_ends, spread
from data.dates import day_words
from data.evidence.context import HEADLINE_SERIES, STANDING, Series, context_series
from data.evidence.reach import entered, reach
from data.evidence.results import WARNING, charted, results_of
from data.facts import Facts
from data.language import marked, say
from data.words import listed, names_of, parts_of, sentence_case
from layouts.exports.chart import chart_parts
from layouts.exports.chart_sheet import BOLD, Box, Sheet, fits_below, paragraph
from layouts.exports.chart_text import number
from layouts.exports.spoken import SEE_ATLAS
from layouts.figures import adoption_curve, context_chart, reach_chart, result_chart
from layouts.figures.adoption import spread_words
from layouts.figures.context import HOLLOW
from layouts.theme import LIGHT

ENLARGED = 1.3
"""How much larger than on the page a chart is drawn that stands alone on a sheet."""
RESULT_ROW, ROOMY_ROW = 41, 66
"""Height of a result in its chart's own pixels: a line of words, and below it the dot; at the
least, and where there is room."""
SERIES_SHOWN = len(HEADLINE_SERIES)
SPREAD_KEY = (
    (
        "line",
        marked(
            "above: counties with LEAD; below: percent of the state's residents who live in them"
        ),
    ),
    ("band", marked("perhaps")),
    ("dot", marked("program starts, each with its possible days")),
    ("tick", marked("laws, plans, funding, shocks")),
)
RUNNING_TOTAL = marked("a running total, joined only within one program's count")
LEAD_BEGAN = marked("the days on which LEAD may have begun")
ALL_DAYS = marked("The panel has all that the edition holds, of any day.")
ONE_TOWN = marked(
    "Most programs serve one town or agency, so fewer people are covered than live in the county."
)


def _source(facts: Facts, day: date, cells: Sequence[str], more: str) -> str:
    """Write edition and day, and who published what is drawn."""
    publisher = facts.sources.set_index("id")["publisher"]
    names = list(dict.fromkeys(publisher[one] for one in parts_of(cells)))
    seen = {"edition": facts.edition, "day": day_words(day)}
    head = say("North Carolina LEAD atlas, edition {edition}, view of {day}.", **seen) + f" {more}"
    if not names:
        return head
    least = min(len(names), 2)
    lists = (listed(names, shown) for shown in range(len(names), least - 1, -1))
    told = (f"{head} " + say("Sources: {names}.", names=names) for names in lists)
    return next((text for text in told if fits_below(text)), f"{head} {say(SEE_ATLAS)}")


def adoption_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell how LEAD spread, the view's day marked."""
    found = spread(facts, chosen, today)
    figure = adoption_curve(*found)
    figure.add_shape(
        type="line",
        yref="paper",
        **dict.fromkeys(("x0", "x1"), pd.Timestamp(day)),
        **{"y0": 0, "y1": 1, "line": {"color": LIGHT["choice"], "width": 2}},
    )
    names, many = names_of(facts, chosen), len(chosen) > 1
    of = say("the {n} chosen", n=len(chosen)) if many else names
    named = [say("The chosen: {names}.", names=names)] if many else []
    key = [(sign, say(words)) for sign, words in SPREAD_KEY]
    key += [("day", day_words(day))] if day >= found.first else []
    counted = facts.lead[facts.lead["fips"].isin(chosen)] if chosen else facts.lead
    cells = [*counted["sources"], *found.milestones["sources"]]
    _, last = population_ends(facts)
    people = say("Residents: Census estimates, {last} standing for later years.", last=last)
    source = _source(facts, day, cells, people)
    title = say("How LEAD spread in North Carolina")
    title = say("How LEAD spread: {counties}", counties=of) if chosen else title
    now = "; ".join(spread_words(curve_on(found.band, day)))
    said = say("On {day}: {spread}.", day=day_words(day), spread=now)
    return Sheet(title, [f"{said} {say(ONE_TOWN)}", *named], "", _one(figure), key, source)


def results_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell the published changes from before to after, or that there is none."""
    rows, missing = results_of(facts, chosen)
    shown = charted(rows)
    if shown.empty:
        missing = missing or say(
            "No published change in criminal justice involvement was found for {names}; the atlas "
            "has what else was published.",
            names=names_of(facts, chosen),
        )
    kinds = set(shown["claim"])
    key = [
        *([("dot", say("a study"))] if "no" in kinds else []),
        *([("ring", say("a claim without a method"))] if "yes" in kinds else []),
    ]
    if len(shown) > 1:
        key.append(("", say("Measures differ, so compare directions, not lengths.")))
    title = say("Before and after: published results")
    if chosen:
        named = {"names": names_of(facts, chosen)}
        title = say("Before and after: published results, {names}", **named)
    source = _source(facts, day, shown["sources"], say(ALL_DAYS))
    grades = set(shown["grade"])
    warning = say("Grade 1: {warning}", warning=say(WARNING)) if "1" in grades else ""
    return Sheet(title, [missing] if missing else [], warning, _changes(shown), key, source)


def _changes(rows: pd.DataFrame) -> Callable[[Box], str]:
    """Draw changes, each with its grade and its comparison group beside it."""
    told = rows.assign(graded=[_graded(row) for row in rows.itertuples()])
    least, most = (40 + row * (len(told) + 0.25) for row in (RESULT_ROW, ROOMY_ROW))

    def draw(box: Box) -> str:
        scale = min(ENLARGED, box.height / least)
        figure = result_chart(told)
        figure.for_each_annotation(lambda note: note.update(text=note.text.replace("<br>", " ")))
        return _scaled(figure, box._replace(height=min(box.height, scale * most)), scale)

    return draw if len(told) else lambda box: ""


def _graded(row: Any) -> str:
    told = {"grade": row.graded, "group": row.compared}
    return say("{grade}, comparison group: {group}", **told)


def reach_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell the dated counts of people who entered."""
    drawn = entered(reach(facts, chosen))
    names = names_of(facts, chosen)
    told = say(
        "People who entered LEAD. Running totals and counts within a period are different things; "
        "they are never added up."
    )
    if drawn.empty:
        told = say("No dated count of people who entered was found for {names}.", names=names)
    totals = drawn["kind"] == "cumulative"
    key = [
        *([("joined", say(RUNNING_TOTAL))] if totals.any() else []),
        *([("ring", say("the number in the program on a date"))] if not totals.all() else []),
    ]
    draw = _one(reach_chart(drawn)) if len(drawn) else lambda box: ""
    title = say("People reached in North Carolina")
    title = say("People reached: {names}", names=names) if chosen else title
    source = _source(facts, day, drawn["sources"], say(ALL_DAYS))
    return Sheet(title, [told], "", draw, key, source)


def context_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell the series of context, each in a small chart."""
    found = context_series(facts, chosen)
    shown, rest = found[:SERIES_SHOWN], len(found[SERIES_SHOWN:])
    names = names_of(facts, chosen)
    told = []
    if not found:
        told = [say("No publisher gives two periods by one definition for {names}.", names=names)]
    if rest:
        number = {"n": len(shown), "total": len(found)}
        told = [say("{n} of {total} series; the atlas has the others.", **number)]
    cells = [cell for series in shown for cell in series.points["sources"]]
    source = _source(facts, day, cells, say(ALL_DAYS))
    title = say("Context: {names}", names=names)
    return Sheet(title, told, say(STANDING), _multiples(shown), context_key(shown), source)


def context_key(shown: Sequence[Series]) -> list[tuple[str, str]]:
    """Give the signs in charts of context (names of ``chart_sheet.SIGNS``) with their words."""
    hollow = {word for series in shown for word in series.points["qualifier"]} & {*HOLLOW}
    return [
        *([("joined", say("joined only where nothing is missing between"))] if shown else []),
        *([("ring", say("rounded or provisional by its source"))] if hollow else []),
        *([("dots", say("not to be compared across"))] if _any_of("breaks", shown) else []),
        *([("band", say(LEAD_BEGAN))] if _any_of("starts", shown) else []),
    ]


def _any_of(marks: str, shown: Sequence[Series]) -> bool:
    """Tell whether any series has marks of a kind: ``breaks`` or ``starts``."""
    return any(len(getattr(series, marks)) for series in shown)


def _multiples(shown: Sequence[Series]) -> Callable[[Box], str]:
    """Draw one small chart a series, each below its name and who counted."""
    across = {0: 1, 1: 1, 2: 2, 4: 2}.get(len(shown), 3)
    down = ceil(len(shown) / across) or 1

    def draw(box: Box) -> str:
        wide, tall = (box.width - 30 * (across - 1)) / across, (box.height - 12 * (down - 1)) / down
        return "".join(
            _small(
                series,
                Box(
                    box.x + place % across * (wide + 30),
                    box.y + place // across * (tall + 12),
                    wide,
                    tall,
                ),
            )
            for place, series in enumerate(shown)
        )

    return draw


def _small(series: Series, box: Box) -> str:
    who = say(series.counted, publisher=series.publisher)
    told = f"{series.where}. {who} {series.unit_note}"
    name = sentence_case(series.measure)
    y, head = paragraph(name, box, 14, BOLD, 2)
    soft = f' fill="{LIGHT["ink-soft"]}"'
    y, under = paragraph(told, box._replace(y=y), 12.5, soft, 3)
    chart = Box(box.x, y + 2, box.width, box.y + box.height - y - 2)
    figure = context_chart(series)
    starts = say("LEAD starts")
    figure.layout.annotations = [n for n in figure.layout.annotations if n.text != starts]
    return head + under + _scaled(figure, chart, min(box.width / 360, ENLARGED))


def _one(figure: go.Figure) -> Callable[[Box], str]:
    return lambda box: _scaled(figure, box, ENLARGED)


def _scaled(figure: go.Figure, box: Box, scale: float) -> str:
    """Draw a chart that fills a box, with its words so much larger than on the page."""
    drawn = chart_parts(figure, box.width / scale, box.height / scale)
    place = f"translate({number(box.x)} {number(box.y)}) scale({scale:.3f})"
    size = figure.layout.font.size
    return f'<g transform="{place}" fill="currentColor" font-size="{size}">{drawn}</g>'
