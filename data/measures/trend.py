"""How a measure moved in chosen counties, in the state, and in the counties without LEAD.

Two points are joined only where nothing is missing between them and both were counted alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.dates import EVER, NEVER
from data.facts import Facts
from data.harmless import harmless
from data.language import marked, say
from data.measures.cells import SUM, calendar_years, county_cells, with_rates, years_left_out
from data.measures.made_of import made_of
from data.measures.marks import cutting, marks_by_line, shown_marks
from data.measures.rates import count_interval
from data.measures.trend_words import (
    jail_notes,
    line_notes,
    missing_notes,
    period_notes,
    unit_words,
    valued_words,
)
from data.series import CountySeries, Measure
from data.status import programs

STATE = marked("North Carolina")
WITHOUT = marked("Counties without LEAD")
YEAR = pd.Timedelta(days=365.25)
Span = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True, eq=False)
class Line:
    """One line: a county (``fips``) or a group of counties (``fips`` blank).

    ``adopted`` holds the days within which the county's first LEAD program began; the ends are
    EVER and NEVER where the sources leave them open. ``points`` has a row a period:

    ``start, end, day`` (middle), ``years`` (length); ``since`` and ``event`` (years and periods
    since the middle of ``adopted``; missing where that is open); ``value`` (events, or people on
    an average day), ``amount`` (events, or person-years), ``person_time`` (resident-years);
    ``rate, low, high`` (per 100,000 resident-years); ``shown, shown_low, shown_high`` (what is
    drawn: rates or values); ``steady, quality, stands_in``; ``counties`` (behind the point);
    ``follows`` (whether it is joined to the point before).
    """

    name: str
    fips: str
    points: pd.DataFrame
    adopted: Span | None = None


@dataclass(frozen=True, eq=False)
class Trend:
    """Lines of one measure. ``align`` is ``calendar`` or ``adoption`` (years since LEAD).

    ``breaks`` are the marks of all lines (``data.measures.marks``); ``notes`` whole sentences;
    ``made_of`` what all is made of (``data.measures.made_of``).
    """

    lines: tuple[Line, ...]
    measure: Measure
    unit: str
    breaks: pd.DataFrame
    notes: tuple[str, ...]
    as_rate: bool = True
    align: str = "calendar"
    made_of: dict[str, str] = field(default_factory=dict)


def county_trend(
    facts: Facts,
    series: CountySeries,
    measure: str,
    chosen: tuple[str, ...],
    as_rate: bool = True,
    align: str = "calendar",
    finest: bool = True,
) -> Trend:
    """Give the trend of one measure of a loaded series.

    Parameters
    ----------
    facts
        The edition: names, residents, milestones, and who has LEAD when.
    series, measure
        The loaded file and the name of one of its measures.
    chosen
        FIPS codes, a line each.
    as_rate
        Per 100,000 residents, else as counted. Counts of groups are given only when no county
        is chosen, as they would press the counties' lines flat.
    align
        ``calendar``, or ``adoption``: counties whose start is known, by years since it.
    finest
        The file's own periods, else calendar years.

    Raises SeriesError for a measure that the series lacks.
    """
    chosen = tuple(fips for fips in dict.fromkeys(chosen) if fips in facts.county_names)
    given, other_lengths = county_cells(facts, series, measure)
    told = series.measure(measure)
    cells = given if finest else calendar_years(given, told.kind)
    drawn = _shown(with_rates(cells, told.kind), told.kind, as_rate).assign(counties=1)
    marks = marks_by_line(facts, told, cells, chosen)
    lines = _county_lines(facts, drawn, chosen, marks)
    undated = [line for line in lines if align == "adoption" and not _dated(line.adopted)]
    lines = [line for line in lines if line not in undated]
    if align == "calendar" and (as_rate or not lines):
        lines += _groups(facts, drawn, told.kind, as_rate, marks[""])
    about = given[given["fips"].isin(chosen)] if chosen else given
    notes = (
        *missing_notes(facts, about, chosen),
        *jail_notes(facts, series, told, chosen),
        *period_notes(other_lengths, 0 if finest else years_left_out(about, cells)),
        *line_notes(lines, undated, as_rate, align),
    )
    unit = unit_words(told, as_rate, cells["months"])
    shown = shown_marks(marks, [line.fips for line in lines])
    made = made_of(facts, series, measure)
    return Trend(tuple(lines), told, unit, shown, notes, as_rate, align, made)


def first_starts(facts: Facts) -> pd.DataFrame:
    """Give the days within which each county's first LEAD began: ``s0, s1`` by FIPS code.

    Counties of which no start is known in time (plans) are left out.
    """
    spans = programs(facts).groupby("fips")[["s0", "s1"]].min()
    return spans[spans["s0"] < pd.Timestamp(NEVER)]


def _dated(adopted: Span | None) -> bool:
    """Tell whether a start is bounded on both sides, so that it has a middle."""
    return adopted is not None and (
        pd.Timestamp(EVER) < adopted[0] and adopted[1] < pd.Timestamp(NEVER)
    )


def _shown(cells: pd.DataFrame, kind: str, as_rate: bool) -> pd.DataFrame:
    if as_rate:
        names = {"shown": "rate", "shown_low": "low", "shown_high": "high"}
        return cells.assign(**{new: cells[old] for new, old in names.items()})
    low, high = count_interval(cells["value"].to_numpy(dtype=float))
    none = np.nan if kind == "people" else 1.0
    return cells.assign(shown=cells["value"], shown_low=low * none, shown_high=high * none)


def _county_lines(
    facts: Facts, cells: pd.DataFrame, chosen: tuple[str, ...], marks: dict[str, pd.DataFrame]
) -> list[Line]:
    spans = first_starts(facts)
    starts = dict(zip(spans.index, zip(spans["s0"], spans["s1"], strict=True), strict=True))
    rows_of = {fips: cells[cells["fips"] == fips] for fips in chosen}
    return [
        _line(facts.county_names[fips], fips, rows, marks[fips], starts.get(fips))
        for fips, rows in rows_of.items()
        if len(rows)
    ]


def _line(
    name: str, fips: str, rows: pd.DataFrame, marks: pd.DataFrame, adopted: Span | None = None
) -> Line:
    day = rows["start"] + (rows["end"] - rows["start"]) / 2
    since = pd.Series(np.nan, rows.index)
    if adopted and _dated(adopted):
        since = (day - (adopted[0] + (adopted[1] - adopted[0]) / 2)) / YEAR
    points = rows.assign(day=day, since=since, event=since / rows["years"]).reset_index(drop=True)
    points["follows"] = _follows(points, cutting(marks, fips))
    return Line(name, fips, points.drop(columns=["fips", "months"]), adopted)


def _follows(points: pd.DataFrame, cuts: pd.Series) -> pd.Series:
    """Tell which points are joined to the one before: the next period, both valued, no cut."""
    next_day = points["start"] == points["end"].shift() + pd.Timedelta(days=1)
    valued = points["shown"].notna()
    passed = pd.Series(np.sort(cuts).searchsorted(points["day"], side="right"), points.index)
    return next_day & valued & valued.shift(fill_value=False) & (passed == passed.shift())


def _groups(
    facts: Facts, cells: pd.DataFrame, kind: str, as_rate: bool, marks: pd.DataFrame
) -> list[Line]:
    """Give all that have a value, and those that certainly had no LEAD up to each period's end.

    All bear the state's name only where they are the whole state in every period. Points are
    joined where a county more or less has a value, as one of a hundred would cut the line in
    every year; each point tells how many counties it adds up.
    """
    begin = first_starts(facts)["s0"].reindex(cells["fips"]).fillna(pd.Timestamp(NEVER))
    every, without = (
        _sum(rows, kind, as_rate)
        for rows in (cells, cells[begin.to_numpy() > cells["end"].to_numpy()])
    )
    whole = (every["counties"] == len(facts.county_names)).all()
    named = [(say(STATE) if whole else valued_words(every), every), (say(WITHOUT), without)]
    return [_line(name, "", rows, marks) for name, rows in named if len(rows)]


def _sum(cells: pd.DataFrame, kind: str, as_rate: bool) -> pd.DataFrame:
    """Add counties up by period: only those with a value, and for rates with person-time."""
    rows = cells[cells["shown"].notna()]
    sums = rows.groupby(["start", "end", "months", "years"], as_index=False).agg(
        value=("value", "sum"),
        amount=("amount", "sum"),
        person_time=("person_time", "sum"),
        stands_in=("stands_in", "any"),
        counties=("fips", "nunique"),
    )
    return _shown(with_rates(sums.assign(fips="", quality=SUM), kind), kind, as_rate)


CSV_COLUMNS = {
    "start": "period_start",
    "end": "period_end",
    "years": "period_years",
    "since": "years_since_lead",
    "value": "value",
    "person_time": "person_years",
    "rate": "rate_per_100000_person_years",
    "low": "rate_low_95",
    "high": "rate_high_95",
    "steady": "steady",
    "quality": "quality",
    "counties": "counties",
    "follows": "joined_to_the_row_before",
}


def trend_csv(trend: Trend) -> str:
    """Write what is drawn as CSV text: a row a point, periods without a value with blank cells.

    The last columns are alike in all rows; ``data/downloads.csv`` describes every column.
    """
    formula = "100000 * value / person_years"
    if trend.measure.kind == "people":
        formula = "100000 * value * period_years / person_years"
    parts = [
        line.points[list(CSV_COLUMNS)]
        .rename(columns=CSV_COLUMNS)
        .assign(line=harmless(line.name), fips=line.fips, measure=harmless(trend.measure.label))
        for line in trend.lines
    ]
    first = ["line", "fips", "measure"]
    table = pd.concat(parts) if parts else pd.DataFrame(columns=[*first, *CSV_COLUMNS.values()])
    for name in ("steady", "joined_to_the_row_before"):
        table[name] = np.where(table[name].astype(bool), "yes", "no")
    table = table[[*first, *CSV_COLUMNS.values()]].assign(rate_formula=formula, **trend.made_of)
    return str(table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d"))
