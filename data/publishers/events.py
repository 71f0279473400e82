"""Extracts with a row for each arrest, charge or citation, counted to county and month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from data.dates import EVER, day_words
from data.language import marked
from data.publishers.columns import (
    Mapping,
    find_county,
    find_state,
    find_value,
    is_count_name,
    is_day,
    share,
    spaced,
)
from data.publishers.grid import Table
from data.publishers.places import HOME, NOWHERE, WHOLE, are_short, county_code, state_code
from data.publishers.publisher import Publisher, Reading
from data.publishers.table import NO_LABEL, NO_TERMS, NOT_TOLD, checked, measures_of, titled
from data.publishers.tally import tally
from data.publishers.values import long_table
from data.series import SeriesError

FAR_DAYS = 400
"""Without any event for more days than this, two days are not of one extract."""
_DATE = re.compile(r"\b(date|day|arrested|charged|cited|booked)\b", re.I)


def guess_events(columns: Sequence[str], sample: pd.DataFrame) -> Mapping | None:
    """Give the mapping of an extract where it is plain, else None.

    An extract has a column of days, one of counties and none of counts; where a number might be
    a count all the same, some county must have two rows of one day.
    """
    county = find_county(columns, sample)
    others = [c for c in columns if c and c != county]
    dated = [c for c in others if _DATE.search(spaced(c)) and share(sample[c], is_day) >= 0.8]
    counted = [c for c in others if c not in dated and is_count_name(c) and _whole(sample[c])]
    if not county or not dated or counted:
        return None
    repeated = bool(sample.duplicated([county, dated[0]]).any())
    if find_value(columns, sample, {county, *dated}, strict=False) and not repeated:
        return None
    return Mapping(county, dated[0], "")


def _whole(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    return len(filled) > 0 and bool(filled.str.fullmatch("[0-9,.]+").all())


def read(table: Table, mapping: Mapping) -> Reading:
    """Count the events of an extract by county and month.

    Of the mapping, ``period`` is the day, and each class of ``measure`` becomes a measure. Raises
    SeriesError for columns that are not there and when no row can be counted.
    """
    mapping = checked(table.columns, mapping, table.name)
    used = (mapping.county, mapping.period, mapping.measure, find_state(table.columns))
    groups = tally(table.path, table.name, list(table.columns), used)
    found = Reading(layout="events")
    kept = _sorted_out(groups, found, table.name)
    _finish(found, kept, mapping, table.name)
    return found


def _sorted_out(groups: pd.DataFrame, found: Reading, name: str) -> pd.DataFrame:
    """Give the groups that count, with ``fips``; count the rows of all others."""
    texts = groups["place"].unique()
    places = {text: county_code(text, are_short(texts)) for text in texts}
    states = {text: state_code(text) for text in groups["state"].unique()}
    fips, state = groups["place"].map(places), groups["state"].map(states)
    away = (~state.isin(["", HOME])) | ((fips != "") & (fips.str[:2] != HOME))
    for code, count in groups[away].groupby(state.mask(state.isin(["", HOME]), fips.str[:2])[away]):
        found.elsewhere[str(code)] += int(count["events"].sum())
    home = ~away & ~fips.isin(["", WHOLE, NOWHERE])
    dated, late = groups["month"].notna(), groups["late"]
    early = dated & (groups["first"] < pd.Timestamp(EVER))
    found.require_home(name, int(groups["events"][home].sum()))
    for why, rows in (
        ("rows of no county that is known", ~away & ~home),
        ("rows whose day cannot be read", home & ~dated),
        ("rows with a day in the future", home & late),
        ("rows with a day before 1900", home & early),
    ):
        found.drop(why, groups["events"][rows].sum())
    good = home & dated & ~late & ~early
    kept = groups[good].assign(fips=fips[good])
    if kept.empty:
        raise SeriesError(f"{name}: no row has both a county and a day; choose other columns.")
    close = _block(kept)
    found.drop("rows with a day years away from the others", kept["events"][~close].sum())
    return kept[close]


def _block(kept: pd.DataFrame) -> pd.Series:
    """Tell the groups of the busiest time without an empty year from those far from it.

    A lone day of 1900 stands for a day that was not known; it must not make a century of zeros.
    """
    months = kept["month"].drop_duplicates().sort_values()
    gaps = months.diff() > pd.Timedelta(days=FAR_DAYS)
    block = kept["month"].map(dict(zip(months, gaps.cumsum(), strict=True)))
    return block == kept["events"].groupby(block).sum().idxmax()


def _finish(found: Reading, kept: pd.DataFrame, mapping: Mapping, name: str) -> None:
    """Make the long table: a row for each county, month and class, zeros included."""
    labels = kept["class"] if mapping.measure else pd.Series(mapping.label or NO_LABEL, kept.index)
    measures = measures_of(labels, "events", name)
    words = labels.map({label: measure.name for label, measure in measures.items()})
    summed = kept.assign(measure=words).groupby(["fips", "measure", "month"])["events"].sum()
    if summed.max() == 1 and len(summed) > 1:
        raise SeriesError(
            f"{name}: no county has two rows in a month, so this is no extract of events; "
            "name the column of counts."
        )
    months = pd.date_range(kept["month"].min(), kept["month"].max(), freq="MS")
    cells = pd.MultiIndex.from_product(
        [sorted(kept["fips"].unique()), [m.name for m in measures.values()], months],
        names=["fips", "measure", "period_start"],
    )
    summed.index = summed.index.set_names(cells.names)
    frame = summed.reindex(cells, fill_value=0).astype(float).rename("value").reset_index()
    frame["period_end"] = frame["period_start"] + pd.offsets.MonthEnd(0)
    frame["quality"] = frame["value"].map(lambda value: "reported" if value else "zero")
    frame["population"] = float("nan")
    found.frame = long_table(frame)
    found.measures = tuple(measures.values())
    titled(found, mapping, Path(name).stem, "events")
    found.notes += (
        _span_note(kept),
        marked("A month without a row counts as zero in a county that has rows in other months."),
    )


def _span_note(kept: pd.DataFrame) -> str:
    first, last = (
        date.fromisoformat(f"{day:%Y-%m-%d}") for day in (kept["first"].min(), kept["last"].max())
    )
    return (
        f"The extract runs from {day_words(first)} to {day_words(last)}; "
        "its first and last month may not be whole."
    )


EVENTS = Publisher(
    id="events",
    title=marked("An extract of events, counted by county and month"),
    publisher=NOT_TOLD,
    license=NO_TERMS,
    help="one row an event, with its county and its day",
    recognize=guess_events,
    read=read,
    options={"county": "county", "period": "date", "measure": "class"},
)
