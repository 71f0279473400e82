"""A measure on the map: rates in a few classes, the same on every day.

The bounds are natural breaks (Fisher 1958; Jenks 1977) over all counties and periods of the
measure, rounded so that the legend tells the truth. What has no value is never put in a class.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from data.dates import Span, span_words
from data.facts import Facts
from data.frame import first_month
from data.frame import timeline as adoption_timeline
from data.language import kept, say, say_number
from data.measures.cells import county_cells, with_rates
from data.measures.rates import PER
from data.series import CountySeries
from data.words import listed, within_sentence

CLASSES = 5
SUPPRESSED, MISSING = "suppressed", "missing"


def class_labels(facts: Facts, series: CountySeries, measure: str) -> tuple[str, ...]:
    """Say the rates of each class, the lowest first, as in ``12 to 30``."""
    return _scale(facts, series, measure).labels


@kept(8)
def timeline(facts: Facts, series: CountySeries, measure: str, today: date) -> dict[str, object]:
    """Give the measure by day in the form of ``data.frame.timeline``.

    ``looks`` are ``class1`` (lowest) and so on, ``suppressed`` and, last, ``missing``, which a
    county is before its first step. The timeline runs over the same days as that of adoption, and
    ``starts`` are its starts. Between two periods the one before holds; before the first and
    after the last there are no figures. Raises SeriesError for a measure that the series lacks.

    Each view also has ``values`` (rates in words by FIPS code, of those that have one) and
    ``unsteady`` (the codes whose rate rests on few events or is so marked). ``told`` says a value,
    ``steady`` or not, or ``none``, with ``{value}`` in the place of the rate or of why there is
    none; ``unit`` is what the rates are of, ``newest`` the last of its days with a rate, or empty.
    """
    scale = _scale(facts, series, measure)
    looks = [*(f"class{n}" for n in range(1, len(scale.labels) + 1)), SUPPRESSED, MISSING]
    told = f"{scale.name}: {{value}} {scale.unit}"
    few = say("few events, or called unreliable by its publisher")
    first = first_month(facts, today)
    table = _by_day(scale.cells, list(facts.county_names), first, today)
    place_of = {look: place for place, look in enumerate(looks)}
    places = {fips: [place_of[look] for look in column] for fips, column in table.items()}
    days = list(table.index.strftime("%Y-%m-%d"))
    begun = scale.cells["rate"].notna() & (scale.cells["start"] <= pd.Timestamp(today))
    newest = scale.cells.loc[begun, "end"].max()
    steps = {fips: _steps(days, column, place_of[MISSING]) for fips, column in places.items()}
    return {
        "first": first.isoformat(),
        "last": today.isoformat(),
        "looks": looks,
        "counties": facts.county_names,
        "steps": {fips: found for fips, found in steps.items() if found},
        "views": _views(scale, facts, table, looks),
        "starts": adoption_timeline(facts, today)["starts"],
        "unit": f"{scale.name} {scale.unit}",
        "newest": f"{min(newest.date(), today)}" if newest >= table.index[0] else "",
        "told": {"steady": told, "unsteady": f"{told}; {few}", "none": f"{scale.name}: {{value}}"},
    }


def natural_bounds(values: np.ndarray, k: int = CLASSES) -> tuple[float, ...]:
    """Give the bounds of at most ``k`` classes of values: the lowest value, then upper ends.

    Parameters
    ----------
    values
        Finite numbers, in any order; equal data give equal bounds.
    k
        Classes wanted. Fewer are given when there are fewer different values.

    Returns
    -------
    One number more than there are classes, none without values. Each is the roundest number
    between the classes, so that no value changes its class by rounding, and they rise; only the
    first two may be equal, when the lowest class is a single number (often zero).
    """
    if not len(values):
        return ()
    from jenkspy import jenks_breaks  # needed only where a measure is mapped

    found = np.unique(values)
    k = min(k, len(found))
    last = jenks_breaks(np.sort(values), n_classes=k)[1:] if k > 1 else found[-1:]
    places = np.searchsorted(found, last)
    beyond = [*found[places[:-1] + 1], math.inf]
    lowest = -_roundest(-found[0], math.inf)
    return (lowest + 0.0, *map(_roundest, found[places], beyond))


def _roundest(low: float, high: float) -> float:
    """Give the number of the fewest digits (at least two) from ``low`` on and below ``high``."""
    for digits in range(2, 15) if low else ():
        step = 10.0 ** (math.floor(math.log10(abs(low))) - digits + 1)
        found = float(f"{math.ceil(low / step - 1e-9) * step:.14g}")
        if low <= found < high:
            return found
    return float(low)


@dataclass(frozen=True, eq=False)
class _Scale:
    """A measure's cells with rates and looks, the words of its classes, and words for it."""

    cells: pd.DataFrame
    labels: tuple[str, ...]
    name: str
    label: str
    unit: str


@kept(8)
def _scale(facts: Facts, series: CountySeries, measure: str) -> _Scale:
    cells, _ = county_cells(facts, series, measure)
    told = series.measure(measure)
    cells = with_rates(cells, told.kind)
    bounds = natural_bounds(cells["rate"].dropna().to_numpy())
    number = np.searchsorted(bounds[1:-1], cells["rate"], side="left") + 1
    look = np.where(cells["quality"] == SUPPRESSED, SUPPRESSED, MISSING).astype(object)
    look = np.where(cells["rate"].notna(), [f"class{n}" for n in number], look)
    yearly = told.kind == "people" or cells["months"].isin([12]).all()
    unit = _unit(say(told.residents), yearly)
    labels = tuple(_range_words(*pair) for pair in pairwise(bounds))
    name = say(told.label)
    return _Scale(cells.assign(look=look), labels, name, within_sentence(name), unit)


def _unit(residents: str, yearly: bool) -> str:
    told = {"number": say_number(PER), "residents": residents}
    if yearly:
        return say("per {number} {residents}", **told)
    return say("per {number} {residents} a year", **told)


def rate_words(value: float) -> str:
    """Say a rate to three digits: ``12,300``, ``4.56``."""
    digits = 2 - math.floor(math.log10(abs(value))) if value else 0
    return f"{round(value, digits):,.10g}"


def _range_words(low: float, high: float) -> str:
    ends = {"low": f"{low:,.10g}", "high": f"{high:,.10g}"}
    return ends["low"] if low == high else say("{low} to {high}", **ends)


def _period_words(rows: pd.DataFrame) -> str:
    return span_words(Span(rows["start"].iloc[0].date(), rows["end"].max().date()))


def _by_day(cells: pd.DataFrame, codes: list[str], first: date, last: date) -> pd.DataFrame:
    """Give the look of each county (columns) from each day on which any may change (rows).

    The first row is the first day; a day after the end of all periods has every county missing.
    """
    after = cells["end"].max() + pd.Timedelta(days=1)
    looks = cells.pivot(index="start", columns="fips", values="look").reindex(columns=codes)
    if len(looks):
        looks.loc[after] = None
    days = pd.DatetimeIndex([first]).union(looks.index)
    days = days[(days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last))]
    looks = looks.astype(object).where(looks.notna(), MISSING)
    return looks.reindex(days, method="ffill").fillna(MISSING)


def _steps(days: list[str], places: list[int], before: int) -> list[list[object]]:
    """Keep the days on which a county's look changes."""
    moves = zip(days, places, [before, *places], strict=False)
    return [[day, place] for day, place, last in moves if place != last]


def _views(
    scale: _Scale, facts: Facts, table: pd.DataFrame, looks: list[str]
) -> list[dict[str, object]]:
    """Say the view from each day of a table: the last period begun, until all are over."""
    rows_of = dict(list(scale.cells.groupby("start")))
    starts = sorted(rows_of)
    begun = np.searchsorted(np.array(starts, dtype="datetime64[s]"), table.index, side="right")
    over = table.index > scale.cells["end"].max()
    none = _without(scale, table.index[0])
    views: list[dict[str, object]] = []
    for day, number, past, row in zip(table.index, begun, over, table.to_numpy(), strict=True):
        rows = rows_of[starts[number - 1]] if number and not past else None
        counts = [list(row).count(look) for look in looks]
        told = none if rows is None else _view(scale, facts, rows)
        views.append({"day": f"{day:%Y-%m-%d}", **told, "counts": counts})
    return views


def _without(scale: _Scale, first: pd.Timestamp) -> dict[str, object]:
    """Say the view of a day without figures, and of which years the map has some."""
    headline = say("No figures on {measure} for this day", measure=scale.label)
    view: dict[str, object] = {
        "headline": headline,
        "detail": "",
        "doubt": "",
        "values": {},
        "unsteady": [],
    }
    begun, over = scale.cells["start"].min(), scale.cells["end"].max()
    if not over >= first:
        return view
    period = span_words(Span(max(begun, first).date(), over.date()))
    return view | {"detail": say("The map has figures of {period}.", period=period)}


def _view(scale: _Scale, facts: Facts, rows: pd.DataFrame) -> dict[str, object]:
    """Say the view of a period's rows."""
    rates = rows.set_index("fips")["rate"].dropna()
    names = facts.county_names
    held_back = [names[fips] for fips in rows.loc[rows["look"] == SUPPRESSED, "fips"]]
    without = len(names) - len(rates) - len(held_back)
    unsteady = rows.loc[~rows["steady"] & rows["rate"].notna(), "fips"].tolist()
    parts = []
    if held_back:
        parts.append(say("Kept back by the publisher: {names}.", names=listed(held_back)))
    if without:
        parts.append(say("Without a figure: {n} of {total}.", n=without, total=len(names)))
    if unsteady:
        told = listed([names[fips] for fips in unsteady])
        parts.append(say("Unreliable, as they rest on few events: {names}.", names=told))
    return {
        "headline": _headline(scale, rows, rates),
        "detail": " ".join(parts),
        "doubt": "",
        "values": {fips: rate_words(rate) for fips, rate in rates.items()},
        "unsteady": unsteady,
    }


def _headline(scale: _Scale, rows: pd.DataFrame, rates: pd.Series) -> str:
    """Say the rates of a period: that there are none, the one, or the least and the greatest."""
    told = {"period": _period_words(rows), "measure": scale.label, "unit": scale.unit}
    if rates.empty:
        return say("In {period}, {measure} {unit}: no county has a value", **told)
    told |= {"low": rate_words(rates.min()), "high": rate_words(rates.max())}
    if len(rates) == 1:
        return say("In {period}, {measure} {unit}: {low} in one county", **told)
    told["n"] = str(len(rates))
    return say("In {period}, {measure} {unit}: {low} to {high} across {n} counties", **told)
