"""What a trend marks on its axis: changes in how things are counted, and the pandemic years."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data.evidence.context import BREAK_WORDS, breaks
from data.facts import Facts
from data.language import marked
from data.measures.trend_words import topic_of
from data.series import Measure

MARK_COLUMNS = ["day", "until", "word", "cuts"]
PANDEMIC = ("2020-01-01", "2021-12-31", "pandemic", "")
JAILS = ("2020-01-01", "2020-01-01", marked("fewer jails report"), "sums")
"""Marks of every measure, and of those of jails."""


def marks_by_line(
    facts: Facts, measure: Measure, cells: pd.DataFrame, chosen: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Give the marks of each chosen county's line by FIPS code, those of groups under a blank.

    Parameters
    ----------
    facts, measure
        The edition, with its milestones, and the measure, whose topic tells which of them bear.
    cells
        As ``data.measures.cells.county_cells`` gives them; marks beyond their days are left out.
    chosen
        FIPS codes.

    Returns
    -------
    Rows in the order of time: ``day, until`` (days), ``word`` (to be said) and ``cuts``, which
    lines are cut there (``lines`` all, ``sums`` those of groups, blank none).
    """
    if cells.empty:
        return dict.fromkeys(("", *chosen), pd.DataFrame(columns=MARK_COLUMNS))
    topic, first, last = topic_of(measure), cells["start"].min(), cells["end"].max()
    fixed = pd.DataFrame([PANDEMIC, *([JAILS] if topic == "jail" else [])], columns=MARK_COLUMNS)
    fixed = fixed.assign(day=pd.to_datetime(fixed["day"]), until=pd.to_datetime(fixed["until"]))
    fixed = fixed[(fixed["until"] >= first) & (fixed["day"] <= last)]
    local = facts.milestones[(facts.milestones["fips"] != "") & (facts.milestones["breaks"] != "")]
    found = {}
    for fips in ("", *chosen):
        rows = breaks(facts, topic, fips, first, last)
        if fips:  # a statewide change whose counties are listed concerns only those
            rows = rows[(rows["fips"] == fips) | ~rows["date"].isin(local["date"])]
        told = rows.assign(
            until=rows["day"],
            word=rows["breaks"].map(BREAK_WORDS),
            cuts=np.where(rows["breaks"] == "all", "", "lines"),
        )
        found[fips] = pd.concat([fixed, told[MARK_COLUMNS]]).sort_values("day", ignore_index=True)
    return found


def cutting(marks: pd.DataFrame, fips: str) -> pd.Series:
    """Give the days that cut a county's line, or with a blank FIPS code that of a group."""
    return marks.loc[marks["cuts"].isin(["lines"] if fips else ["lines", "sums"]), "day"]


def shown_marks(marks: dict[str, pd.DataFrame], lines: Iterable[str]) -> pd.DataFrame:
    """Give the marks of the lines that are shown, by FIPS code or blank, each mark once."""
    found = pd.concat([marks[fips] for fips in lines] or [marks[""]])
    return found.drop_duplicates().sort_values("day", ignore_index=True)
