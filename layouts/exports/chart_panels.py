"""The panels of a page as sheets: what each says and draws, and the key to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil

import pandas as pd
import plotly.graph_objects as go

from data.adoption import curve, curve_on, state_milestones
from data.context import HEADLINE_SERIES, STANDING, Series, context_series
from data.dates import day_words
from data.facts import Facts
from data.frame import first_month
from data.reach import reach
from data.results import WARNING, results_of
from data.status import programs
from data.words import listed, names_of
from layouts.exports.chart import chart_parts
from layouts.exports.chart_sheet import BOLD, Box, Sheet, fits_below, paragraph
from layouts.exports.chart_text import number
from layouts.figures import adoption_curve, context_chart, reach_chart, result_chart
from layouts.figures.context import HOLLOW
from layouts.theme import LIGHT

ENLARGED = 1.3
"""How much larger than on the page a chart is drawn that stands alone on a sheet."""
RESULT_ROW, ROOMY_ROW = 41, 66
"""Height of a result in its chart's own pixels: a line of words, and below it the dot; at the
least, and where there is room."""
SERIES_SHOWN = len(HEADLINE_SERIES)


LEAD_BEGAN = "the days on which LEAD may have begun"
ALL_DAYS = "The panel has all that the edition holds, of any day."


def _source(facts: Facts, day: date, cells: Sequence[str], more: str) -> str:
    """Write edition and day, and who published what is drawn."""
    ids = dict.fromkeys(one for cell in cells for one in cell.split("; ") if one)
    publisher = facts.sources.set_index("id")["publisher"]
    names = list(dict.fromkeys(publisher[one] for one in ids))
    head = f"North Carolina LEAD atlas, edition {facts.edition}, view of {day_words(day)}. {more}"
    if not names:
        return head
    least = min(len(names), 2)
    told = (f"{head} Sources: {listed(names, n)}." for n in range(len(names), least - 1, -1))
    return next((text for text in told if fits_below(text)), f"{head} Sources: see the atlas.")


def adoption_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell how LEAD spread, the view's day marked."""
    band, rows = curve(facts, today, chosen), programs(facts)
    rows = rows[rows["fips"].isin(chosen)] if chosen else rows
    first = first_month(facts, today)
    marks = state_milestones(facts)
    marks = marks[marks["day"] >= pd.Timestamp(first)]
    figure = adoption_curve(band, rows, marks, first, today)
    figure.add_shape(
        type="line",
        yref="paper",
        **dict.fromkeys(("x0", "x1"), pd.Timestamp(day)),
        **{"y0": 0, "y1": 1, "line": {"color": LIGHT["choice"], "width": 2}},
    )
    of = f"the {len(chosen)} chosen" if len(chosen) > 1 else names_of(facts, chosen)
    named = [f"The chosen: {names_of(facts, chosen)}."] if len(chosen) > 1 else []
    key = [
        ("line", "above: counties with LEAD; below: percent of residents who live in them"),
        ("band", "perhaps"),
        ("dot", "program starts, each with its possible days"),
        ("tick", "laws, plans, funding, shocks"),
        *([("day", day_words(day))] if day >= first else []),
    ]
    counted = facts.adoption[facts.adoption["is_lead"] == "yes"]
    counted = counted[counted["fips"].isin(chosen)] if chosen else counted
    cells = [*counted["sources"], *marks["sources"]]
    newest = facts.population["year"].max()
    people = f"Residents: Census estimates, {newest} standing for later years."
    source = _source(facts, day, cells, people)
    title = f"How LEAD spread{': ' + of if chosen else ' in North Carolina'}"
    said = _spread(curve_on(band, day), day, of)
    return Sheet(title, [said, *named], "", _one(figure), key, source)


def _spread(now: dict[str, float], day: date, of: str) -> str:
    """Say the values of the adoption curve on a day."""
    doubt = now["high"] > now["low"]
    counties = f"{now['low']:.0f}" + (f", perhaps {now['high']:.0f}" if doubt else "")
    share = f"{now['share_low']:.1f}%" + (f", perhaps {now['share_high']:.1f}%," if doubt else "")
    return (
        f"On {day_words(day)}: counties with LEAD in {of}: {counties}; {share} of residents live "
        "in them. Most programs serve one town or agency, so fewer people are covered than live "
        "in the county."
    )


def results_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell the published changes from before to after, or that there is none."""
    rows, missing = results_of(facts, chosen)
    shown = rows[
        (rows["topic"] == "justice")
        & (rows["is_lead"] == "yes")
        & (rows["change_pct"] != "")
        & (rows["better"] == "lower")
    ]
    if shown.empty:
        missing = missing or (
            f"No published change in criminal justice involvement was found for "
            f"{names_of(facts, chosen)}; the atlas has what else was published."
        )
    kinds = set(shown["claim"])
    key = [
        *([("dot", "a study")] if "no" in kinds else []),
        *([("ring", "a claim without a method")] if "yes" in kinds else []),
    ]
    if len(shown) > 1:
        key.append(("", "Measures differ, so compare directions, not lengths."))
    title = f"Before and after: published results{f', {names_of(facts, chosen)}' if chosen else ''}"
    source = _source(facts, day, shown["sources"], ALL_DAYS)
    warning = f"Grade 1: {WARNING}" if "1" in set(shown["grade"]) else ""
    return Sheet(title, [missing] if missing else [], warning, _changes(shown), key, source)


def _changes(rows: pd.DataFrame) -> Callable[[Box], str]:
    """Draw changes, each with its grade and its comparison group beside it."""
    told = rows.assign(
        graded=[f"{row.graded}, comparison group: {row.compared}" for row in rows.itertuples()]
    )
    least, most = (40 + row * (len(told) + 0.25) for row in (RESULT_ROW, ROOMY_ROW))

    def draw(box: Box) -> str:
        scale = min(ENLARGED, box.height / least)
        figure = result_chart(told)
        figure.for_each_annotation(lambda note: note.update(text=note.text.replace("<br>", " ")))
        return _scaled(figure, box._replace(height=min(box.height, scale * most)), scale)

    return draw if len(told) else lambda box: ""


def reach_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell the dated counts of people who entered."""
    rows = reach(facts, chosen)
    drawn = rows[(rows["entered"] == "yes") & rows["day"].notna()]
    told = [
        "People who entered LEAD. Running totals and counts within a period are different things; "
        "they are never added up."
        if len(drawn)
        else f"No dated count of people who entered was found for {names_of(facts, chosen)}."
    ]
    kinds = set(drawn["kind"] == "cumulative")
    key = [
        *(
            [("joined", "a running total, joined only within one program's count")]
            * (True in kinds)
        ),
        *([("ring", "the number in the program on a date")] * (False in kinds)),
    ]
    draw = _one(reach_chart(drawn)) if len(drawn) else lambda box: ""
    title = f"People reached{f': {names_of(facts, chosen)}' if chosen else ' in North Carolina'}"
    return Sheet(title, told, "", draw, key, _source(facts, day, drawn["sources"], ALL_DAYS))


def context_sheet(facts: Facts, day: date, chosen: tuple[str, ...], today: date) -> Sheet:
    """Tell the series of context, each in a small chart."""
    found = context_series(facts, chosen)
    shown, rest = found[:SERIES_SHOWN], len(found[SERIES_SHOWN:])
    names = names_of(facts, chosen)
    told = [] if found else [f"No publisher gives two periods by one definition for {names}."]
    if rest:
        told.append(f"{len(shown)} of {len(found)} series; the atlas has the others.")
    hollow = {word for series in shown for word in series.points["qualifier"]} & {*HOLLOW}
    key = [
        *([("joined", "joined only where nothing is missing between")] if shown else []),
        *([("ring", "rounded or provisional by its source")] if hollow else []),
        *([("dots", "not to be compared across")] if any(len(s.breaks) for s in shown) else []),
        *([("band", LEAD_BEGAN)] if any(len(s.starts) for s in shown) else []),
    ]
    cells = [cell for series in shown for cell in series.points["sources"]]
    source = _source(facts, day, cells, ALL_DAYS)
    return Sheet(f"Context: {names}", told, STANDING, _multiples(shown), key, source)


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
    where = series.place
    if series.agency not in ("", series.place):
        where += f": {series.agency}"
    who = f"Counted by {series.publisher}."
    if series.publisher.startswith("not stated"):
        who = "The source does not say who counted."
    name = series.measure[:1].upper() + series.measure[1:]
    y, head = paragraph(name, box, 14, BOLD, 2)
    soft = f' fill="{LIGHT["ink-soft"]}"'
    y, under = paragraph(f"{where}. {who}", box._replace(y=y), 12.5, soft, 2)
    chart = Box(box.x, y + 2, box.width, box.y + box.height - y - 2)
    figure = context_chart(series)
    figure.layout.annotations = [n for n in figure.layout.annotations if n.text != "LEAD starts"]
    return head + under + _scaled(figure, chart, min(box.width / 360, ENLARGED))


def _one(figure: go.Figure) -> Callable[[Box], str]:
    return lambda box: _scaled(figure, box, ENLARGED)


def _scaled(figure: go.Figure, box: Box, scale: float) -> str:
    """Draw a chart that fills a box, with its words so much larger than on the page."""
    drawn = chart_parts(figure, box.width / scale, box.height / scale)
    place = f"translate({number(box.x)} {number(box.y)}) scale({scale:.3f})"
    size = figure.layout.font.size
    return f'<g transform="{place}" fill="currentColor" font-size="{size}">{drawn}</g>'
