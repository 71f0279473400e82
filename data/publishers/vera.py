"""Vera Institute of Justice, Incarceration Trends: three layouts of its county file.

======= ========= ============================ =============================================
layout  since     a row is                     told by the columns
======= ========= ============================ =============================================
3.1     2026      a county and year            ``county_fips, year``
3.0     2025      a county, year and quarter   ``fips, year, quarter``
2.2     2020      a county and year            ``yfips, fips, year``
======= ========= ============================ =============================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from data.language import marked
from data.publishers import periods
from data.publishers.grid import Row, Table
from data.publishers.places import HOME, NOWHERE, WHOLE, county_code, county_names
from data.publishers.publisher import Publisher, Reading
from data.publishers.values import bad_cell, counts, long_table, without_twins
from data.series import Measure

_RESIDENTS = marked("residents aged 15 to 64")
MEASURES = (
    Measure("jail_population", marked("People in jail"), "people", _RESIDENTS),
    Measure("jail_pretrial", marked("People in jail before trial"), "people", _RESIDENTS),
    Measure("jail_sentenced", marked("People serving a sentence in jail"), "people", _RESIDENTS),
    Measure("jail_admissions", marked("Jail admissions"), "events", _RESIDENTS),
    Measure("jail_discharges", marked("Jail discharges"), "events", _RESIDENTS),
    Measure("prison_population", marked("People in prison"), "people", _RESIDENTS),
    Measure("prison_admissions", marked("Prison admissions"), "events", _RESIDENTS),
)
_POPULATION = "total_pop_15to64"


@dataclass(frozen=True)
class Layout:
    """Where one layout keeps its key and each of MEASURES (in their order; "" for none)."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    def of(self, table: Table) -> dict[str, str]:
        """Give the column of each measure that a table has."""
        names = [measure.name for measure in MEASURES]
        pairs = zip(names, self.columns, strict=True)
        return {name: column for name, column in pairs if column in table.columns}


LAYOUTS = (
    Layout(
        "3.1",
        ("county_fips", "year"),
        (
            "total_jail_pop",
            "total_pretrial_custody",
            "total_sentenced_custody",
            "total_jail_admits",
            "total_jail_discharges",
            "total_prison_pop",
            "total_prison_admits",
        ),
    ),
    Layout(
        "3.0",
        ("fips", "year", "quarter"),
        (
            "total_jail_pop",
            "total_jail_pretrial",
            "total_jail_sentenced",
            "total_jail_adm",
            "total_jail_dis",
            "total_prison_pop",
            "total_prison_adm",
        ),
    ),
    Layout(
        "2.2",
        ("fips", "year", "yfips"),
        (
            "total_jail_pop",
            "total_jail_pretrial",
            "total_jail_sentenced",
            "total_jail_adm",
            "",
            "total_prison_pop",
            "total_prison_adm",
        ),
    ),
)
_SHARED_JAILS = (
    ("Bertie", "Martin"),
    ("Camden", "Pasquotank", "Perquimans"),
    ("McDowell", "Mitchell"),
    ("Hyde", "Washington"),
)
NOTES = (
    marked(
        "Years between two jail censuses rest on surveys and estimates; a count that is not whole "
        "is an estimate by the publisher."
    ),
    marked("Rates are per 100,000 residents aged 15 to 64."),
    marked("Reporting by North Carolina's jails thins after 2019."),
)


def layout_of(columns: Sequence[str]) -> Layout | None:
    """Tell a layout by the names of the columns."""
    for layout in LAYOUTS:
        if {*layout.key, "total_jail_pop"} <= set(columns):
            return layout
    return None


def regional_jails() -> dict[str, str]:
    """Give by FIPS code the counties that share a jail, in words."""
    codes = {name: fips for fips, name in county_names().items()}
    return {
        codes[name]: ", ".join(group[:-1]) + " and " + group[-1]
        for group in _SHARED_JAILS
        for name in group
    }


def read(table: Table, layout: Layout) -> Reading:
    """Read one of the three layouts.

    Raises SeriesError for a row that is torn, for negative or worded counts, for rows that
    contradict each other and for a file without rows of North Carolina.
    """
    found = layout.of(table)
    reading = Reading()
    texts = table.frame(
        [
            *layout.key[:3],
            *found.values(),
            *([_POPULATION] if _POPULATION in table.columns else []),
        ],
        _of_home(table, layout, reading),
    )
    reading.require_home(table.name, len(texts))
    frame = _keyed(texts, layout, table.name)
    key = [column for column in ("fips", "year", "quarter") if column in frame]
    frame, twins = without_twins(frame, key, table.name)
    reading.drop("rows that stand in the file twice", twins)
    parts = [
        _part(frame, MEASURES[place], column, layout, table.name, reading)
        for place, column in enumerate(layout.columns)
        if column in found.values()
    ]
    frame = long_table(pd.concat(parts))
    reading.frame = _apportioned(frame)
    reading.measures = tuple(m for m in MEASURES if m.name in set(frame["measure"]))
    reading.layout = layout.name
    reading.notes += NOTES
    reading.regional = regional_jails()
    return reading


def _of_home(table: Table, layout: Layout, reading: Reading) -> Iterator[Row]:
    """Pass the rows of North Carolina on, and count the others."""
    place = table.columns.index(layout.key[0])
    for number, cells in table.rows:
        fips = county_code(cells[place])
        if fips in (WHOLE, NOWHERE):
            reading.drop("rows of no single county", 1)
        elif fips[:2] == HOME:
            cells[place] = fips
            yield number, cells
        elif fips:
            reading.elsewhere[fips[:2]] += 1
        else:
            problem = "is no FIPS code; write the five digits of the county."
            raise bad_cell(table.name, number, layout.key[0], cells[place], problem)


def _keyed(texts: pd.DataFrame, layout: Layout, name: str) -> pd.DataFrame:
    """Give the rows with their key in plain form: ``fips, year`` and ``quarter``."""
    frame = texts.rename(columns={layout.key[0]: "fips"}).drop(columns="yfips", errors="ignore")
    frame["year"] = _whole(frame["year"], name, "year", range(1900, 2100))
    if "quarter" in frame:
        quarters = frame["quarter"].str.replace(r"^[Qq]", "", regex=True)
        frame["quarter"] = _whole(quarters, name, "quarter", range(1, 5))
    return frame


def _whole(cells: pd.Series, name: str, column: str, allowed: range) -> pd.Series:
    plain = cells.str.replace(r"\.0+$", "", regex=True)
    wrong = ~plain.isin([str(number) for number in allowed])
    if wrong.any():
        row = cells.index[wrong][0]
        ends = f"from {allowed.start} to {allowed.stop - 1}"
        raise bad_cell(name, row, column, cells[row], f"is no {column}; write a number {ends}.")
    return plain.astype(int)


def _part(
    frame: pd.DataFrame, measure: Measure, column: str, layout: Layout, name: str, reading: Reading
) -> pd.DataFrame:
    """Give one measure as rows of the long table."""
    part = frame[["fips"]].join(counts(frame[column], name, column))
    part["measure"] = measure.name
    part["population"] = (
        counts(frame[_POPULATION], name, _POPULATION)["value"]
        if _POPULATION in frame
        else float("nan")
    )
    keys = frame[["year", "quarter"]] if "quarter" in frame else frame[["year"]]
    if "quarter" in keys and measure.kind == "events":
        part = _last_of_year(part, keys, measure, reading)
        keys = keys.loc[part.index, ["year"]]
    spans = {key: _period(*key) for key in set(keys.itertuples(index=False, name=None))}
    found = [spans[key] for key in keys.itertuples(index=False, name=None)]
    part["period_start"] = pd.to_datetime([period.start for period in found])
    part["period_end"] = pd.to_datetime([period.end for period in found])
    return part


def _period(year: int, quarter: int | None = None) -> periods.Period:
    return periods.months(year, 3 * quarter - 2, 3) if quarter else periods.year(year)


def _last_of_year(
    part: pd.DataFrame, keys: pd.DataFrame, measure: Measure, reading: Reading
) -> pd.DataFrame:
    """Keep one quarter a year, the last that has a value: the layout gives yearly totals there."""
    given = part["quality"] != "missing"
    order = part.assign(year=keys["year"], quarter=keys["quarter"], given=given)
    order = order.sort_values(["fips", "year", "given", "quarter"])
    values = order[order["given"]].groupby(["fips", "year"])["value"].nunique()
    note = f"{measure.label}: of each year, the last quarter that has a number stands for the year."
    if differ := int((values > 1).sum()):
        note += f" In {differ:,} county years the quarters differ, so read those with care."
    reading.notes += (note,)
    return part.loc[order.drop_duplicates(["fips", "year"], keep="last").index]


def _apportioned(frame: pd.DataFrame) -> pd.DataFrame:
    """Tell a county's share of a regional jail from other fractions."""
    share = (
        (frame["quality"] == "interpolated")
        & frame["fips"].isin(regional_jails())
        & frame["measure"].str.startswith("jail_")
    )
    return frame.assign(quality=frame["quality"].mask(share, "apportioned"))


VERA = Publisher(
    id="vera-incarceration-trends",
    title="Incarceration Trends, county data",
    publisher="Vera Institute of Justice",
    license=marked(
        "For your own academic, non-profit or research use only; no commercial use; the data set "
        "may not be passed on. The terms of the surveys behind it (ICPSR) apply as well. Figures "
        "may be cited with the publisher's name."
    ),
    address="https://github.com/vera-institute/incarceration-trends",
    help="Vera Institute, Incarceration Trends",
    recognize=lambda columns, _: layout_of(columns),
    read=read,
    downloads={
        "newest": "https://raw.githubusercontent.com/vera-institute/incarceration-trends/main/"
        "incarceration_trends_county.csv",
        "2.2": "https://raw.githubusercontent.com/vera-institute/incarceration-trends/master/"
        "incarceration_trends.csv",
    },
)
