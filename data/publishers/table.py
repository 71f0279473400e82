"""Any tidy or wide table of counts by county and period, read by a mapping of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

import pandas as pd

from data.deadline import go_on
from data.language import marked
from data.publishers.columns import (
    WIDE,
    Mapping,
    find_names,
    find_state,
    guess_mapping,
    is_period,
    is_rate,
    spaced,
)
from data.publishers.grid import Row, Table, cut
from data.publishers.periods import spans
from data.publishers.places import (
    HOME,
    NOWHERE,
    WHOLE,
    are_short,
    county_code,
    county_names,
    named_code,
    near,
    state_code,
)
from data.publishers.publisher import Publisher, Reading, slug
from data.publishers.values import bad_cell, check_dots, counts, long_table, shown, without_twins
from data.series import Measure, SeriesError
from data.words import sentence_case

NOT_TOLD = marked("Not told")
NO_LABEL = marked("Events")
"""What is counted, where nothing tells."""
NO_TERMS = marked("Not told; ask the publisher before you pass anything on.")
MAX_MEASURES = 60


def read(table: Table, mapping: Mapping) -> Reading:
    """Read a table by a mapping.

    Raises SeriesError for a column that is not there, rates in place of counts, counties that
    are not known or whose code and name are two counties', numbers of which the dot may part
    thousands, and as ``values.counts``, ``periods.spans`` and ``values.without_twins`` do.
    """
    mapping = checked(table.columns, mapping, table.name)
    values = _value_columns(table, mapping)
    reading = Reading()
    own = {mapping.county, mapping.period, mapping.population, mapping.measure} - {WIDE, ""}
    rows = _Rows(table, mapping.county, reading)
    texts = table.frame([*own, *values], rows.of_home())
    reading.require_home(table.name, len(texts))
    texts["whole"] = [rows.whole[number] for number in texts.index]
    label = _label(table, mapping)
    check_dots(texts[values], table.name)
    if mapping.population:
        check_dots(texts[[mapping.population]], table.name)
    when = _when(texts, mapping, values, table)
    parts = [
        _part(texts, mapping, column, part, label, table.name)
        for column, part in zip(values, when, strict=True)
    ]
    frame = pd.concat(parts)
    key = ["fips", "period_start", "period_end", "measure"]
    frame, twins = without_twins(frame, key, table.name)
    reading.drop("rows that stand in the file twice", twins // len(values))
    reading.notes += tuple(filter(None, frame["period_note"].unique()))
    _describe(reading, table, mapping, frame)
    return reading


def checked(columns: tuple[str, ...], mapping: Mapping, name: str) -> Mapping:
    """Give the mapping with the columns as the file spells them.

    Raises SeriesError for a column that is not there and for a kind that is not known.
    """
    if mapping.kind not in ("events", "people"):
        raise SeriesError(f"{name}: {shown(mapping.kind)} is no kind; use “events” or “people”.")
    spelled = {column.lower().strip(): column for column in reversed(columns) if column}
    found = {}
    for part in ("county", "period", "value", "population", "measure"):
        asked = getattr(mapping, part)
        is_wide = asked == WIDE and WIDE not in spelled
        if asked and not is_wide and asked.lower().strip() not in spelled:
            there = ", ".join(cut(column) for column in columns if column)[:300]
            raise SeriesError(
                f"{name} has no column {shown(asked)} for the {part}; its columns are: {there}."
            )
        found[part] = asked if is_wide or not asked else spelled[asked.lower().strip()]
    if not (found["county"] and found["period"]):
        raise SeriesError(f"{name}: name the column of the county and that of the period.")
    return replace(mapping, **found)


def _value_columns(table: Table, mapping: Mapping) -> list[str]:
    if mapping.value != WIDE:
        if is_rate(mapping.value):
            raise SeriesError(
                f"{table.name}: the column {shown(mapping.value)} holds rates or percents; "
                "choose a column of counts, as rates are worked out from counts and residents."
            )
        return [mapping.value]
    found = [column for column in table.columns if column and is_period(column)]
    if not found:
        raise SeriesError(
            f"{table.name} has no columns named by years or months; name the columns."
        )
    titles = " ".join((*table.titles, mapping.title, mapping.label))
    if is_rate(titles):
        raise SeriesError(f"{table.name} is titled as rates or percents; load the table of counts.")
    return found


@dataclass
class _Rows:
    """The rows of a table: those of North Carolina pass, the others are counted.

    ``whole`` tells by row number rows apart that are not the same in all their cells.
    """

    table: Table
    county: str
    reading: Reading

    def __post_init__(self) -> None:
        self.whole: dict[int, int] = {}
        self.short = False

    def of_home(self) -> Iterator[Row]:
        columns = self.table.columns
        place = columns.index(self.county)
        self.short = are_short(cells[place] for cells in self.table.first if len(cells) > place)
        state = find_state(columns)
        beside = columns.index(state) if state not in ("", self.county) else None
        named = [columns.index(column) for column in find_names(columns) if column != self.county]
        for number, cells in self.table.rows:
            away = "" if beside is None else state_code(cells[beside])
            code = self.code(number, cells[place]) if away in ("", HOME) else away
            if code[:2] != HOME:
                self.reading.elsewhere[code[:2]] += 1
            elif code == WHOLE:
                self.reading.drop("rows for the whole state", 1)
            elif code == NOWHERE:
                self.reading.drop("rows of no county", 1)
            else:
                for other in named:
                    self.check_name(number, code, cells[place], other, cells[other])
                self.whole[number] = hash(tuple(cells))
                cells[place] = code
                yield number, cells

    def check_name(self, number: int, code: str, text: str, other: int, name: str) -> None:
        """Refuse a code beside the name of another county; two names may be of two things."""
        found = named_code(name)
        if found in county_names() and found != code and not named_code(text):
            raise SeriesError(
                f"{self.table.name}, row {number}: {code} is {county_names()[code]}, the column "
                f"{shown(self.table.columns[other])} says {shown(name)}; mend one of the two."
            )

    def code(self, number: int, text: str) -> str:
        if found := county_code(text.strip(), self.short):
            return found
        like = near(text)
        hint = f"is it {like}?" if like else "write its name or its FIPS code."
        problem = f"is no county of North Carolina; {hint}"
        raise bad_cell(self.table.name, number, self.county, text, problem)


def _when(
    texts: pd.DataFrame, mapping: Mapping, values: list[str], table: Table
) -> Iterator[pd.DataFrame]:
    """Give the periods of the rows for each column of counts; all are read at once."""
    if mapping.value != WIDE:
        yield spans(texts[mapping.period], table.name, mapping.period)
        return
    named = spans(pd.Series(values, [table.header] * len(values)), table.name, "the header")
    for place in range(len(values)):
        yield named.iloc[[place] * len(texts)].set_index(texts.index)


def _part(
    texts: pd.DataFrame, mapping: Mapping, column: str, when: pd.DataFrame, label: str, name: str
) -> pd.DataFrame:
    """Give one column of counts as rows of the long table, before types."""
    go_on()
    part = texts[[mapping.county]].set_axis(["fips"], axis=1)
    part["measure"] = texts[mapping.measure] if mapping.measure else label
    part = part.join(when)
    part = part.join(counts(texts[column], name, column))
    part["population"] = (
        counts(texts[mapping.population], name, mapping.population)["value"]
        if mapping.population
        else float("nan")
    )
    return part.assign(whole=texts["whole"])


def _label(table: Table, mapping: Mapping) -> str:
    """Name what is counted: as the mapping says, else after the column or the title."""
    if mapping.label or mapping.value != WIDE:
        return cut(mapping.label) or sentence_case(spaced(cut(mapping.value)))
    return cut(mapping.title) or next(iter(table.titles), "") or NO_LABEL


def measures_of(labels: pd.Series, kind: str, name: str) -> dict[str, Measure]:
    """Give a measure for each label, by label.

    Raises SeriesError when there are more than 60.
    """
    found = sorted(labels.unique())
    if len(found) > MAX_MEASURES:
        raise SeriesError(
            f"{name} counts {len(found):,} different things, and at most {MAX_MEASURES} are read; "
            "keep the rows that matter, or sum them to wider classes."
        )
    measures: dict[str, Measure] = {}
    for label in found:
        word = re.sub("[^a-z0-9]+", "_", label.lower()).strip("_")[:60] or "events"
        taken = {measure.name for measure in measures.values()}
        while word in taken:
            word += "_"
        shown_as = sentence_case(cut(label)) or NOT_TOLD
        measures[label] = Measure(word, shown_as, cast('Literal["events", "people"]', kind))
    return measures


def _describe(reading: Reading, table: Table, mapping: Mapping, frame: pd.DataFrame) -> None:
    measures = measures_of(frame["measure"], mapping.kind, table.name)
    names = {label: measure.name for label, measure in measures.items()}
    reading.frame = long_table(frame.assign(measure=frame["measure"].map(names)))
    told = set(reading.frame["measure"])
    reading.measures = tuple(m for m in measures.values() if m.name in told)
    titled(reading, mapping, next(iter(table.titles), "") or Path(table.name).stem, "table")
    reading.layout = "wide table" if mapping.value == WIDE else "table"
    reading.notes += (*table.titles, *table.footer)


def titled(reading: Reading, mapping: Mapping, title: str, prefix: str) -> None:
    """Give a reading the title, the publisher and the terms that a mapping tells."""
    reading.title = cut(mapping.title or title)
    reading.publisher = cut(mapping.publisher)
    reading.address = cut(mapping.address)
    reading.license = cut(mapping.license)
    reading.id = slug(prefix, reading.title)


TABLE = Publisher(
    id="table",
    title=marked("A table of counts by county and period"),
    publisher=NOT_TOLD,
    license=NO_TERMS,
    help="any table with a county, a period and a count in each row",
    recognize=guess_mapping,
    read=read,
    options={name: name for name in ("county", "period", "value", "population", "measure")},
)
