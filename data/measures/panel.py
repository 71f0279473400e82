"""One measure as counties by periods: events, person-time, and what is known of LEAD in each cell.

A cell is a county in a period. LEAD is taken from the days between which each program may have
begun and ended (``data.status.programs``), so what is not certain is left out, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.adoption import population_year, residents
from data.facts import Facts
from data.measures.cells import of_commonest_length, years_of
from data.series import VALUED, CountySeries
from data.status import programs

UNTREATED, TREATED, LEFT_OUT = 0, 1, 2
"""The states of a cell: before LEAD, LEAD throughout, and all that is neither for certain."""


@dataclass(frozen=True)
class Options:
    """What a reader may choose: how long after adoption, against whom, without which years.

    ``window`` counts years after adoption (0: all); ``comparison`` is ``all`` counties without
    LEAD or those like the adopters in ``size``; ``skip`` holds calendar years.
    """

    window: int = 0
    comparison: str = "all"
    skip: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Panel:
    """N counties by T periods.

    ``units`` are FIPS codes; ``starts`` and ``ends`` the first and last days of the periods;
    ``y`` (N x T) the events, 0 where missing; ``n`` (N x T) the person-time in residents x years,
    0 where the cell is missing or of a year that is skipped; ``state`` (N x T) as the words above.
    """

    units: tuple[str, ...]
    starts: np.ndarray
    ends: np.ndarray
    y: np.ndarray
    n: np.ndarray
    state: np.ndarray

    @property
    def certain(self) -> Panel:
        """The panel with nothing in the cells that are left out: what may be fitted and counted."""
        kept = self.state != LEFT_OUT
        return replace(self, y=np.where(kept, self.y, 0.0), n=np.where(kept, self.n, 0.0))


def county_panel(
    facts: Facts, series: CountySeries, measure: str, options: Options = Options()
) -> Panel:
    """Give one measure of a loaded file as a panel of the counties that the facts know.

    Parameters
    ----------
    facts
        The edition: who has LEAD when, and residents where the file gives none.
    series, measure
        The file and the name of one of its measures.
    options
        What to leave out.

    Returns
    -------
    All counties of the file, and all with LEAD even where the file lacks them (they have no
    person-time). When the measure has periods of several lengths, only those that trends keep
    too (``data.measures.cells.of_commonest_length``).
    """
    frame = _counted(facts, series.of(measure))
    rows = programs(facts)
    rows = rows[rows["start"] != ""]  # without a start, a program has no place in time
    units = sorted(set(frame["fips"]) | set(rows["fips"]))
    periods = frame[["period_start", "period_end"]].drop_duplicates().sort_values("period_start")
    starts, ends = (periods[name].to_numpy("datetime64[s]") for name in periods)
    at = (
        pd.Index(units).get_indexer(frame["fips"]),
        pd.MultiIndex.from_frame(periods).get_indexer(pd.MultiIndex.from_frame(frame[[*periods]])),
    )
    people, y = np.zeros((2, len(units), len(starts)))
    people[at], y[at] = _population(facts, frame), frame["value"]
    state = np.full(people.shape, UNTREATED, dtype=np.int8)
    for fips, of_county in rows.groupby("fips"):
        state[units.index(fips)] = states(of_county, starts, ends, options.window)
    used = (people > 0) & ~_skipped(starts, ends, options.skip)
    n = np.where(used, people * years_of(starts, ends), 0.0)
    kept = _comparable(people, state) if options.comparison == "size" else slice(None)
    y = np.where(used, y, 0.0)
    names = tuple(np.array(units)[kept].tolist())
    return Panel(names, starts, ends, y[kept], n[kept], state[kept])


def states(rows: pd.DataFrame, starts: np.ndarray, ends: np.ndarray, window: int = 0) -> np.ndarray:
    """Tell the state of each period of a county from the days of its programs.

    Parameters
    ----------
    rows
        The county's programs, as ``data.status.programs`` gives them: ``s0, s1, e0, e1``.
    starts, ends
        First and last days of T periods.
    window
        Years after the begin of the first treated period; what ends later is left out. 0: all.

    Returns
    -------
    T states: untreated before the first day on which any program may have begun, treated where
    some program certainly runs from the first day to the last, else left out.
    """
    certain = np.zeros(len(starts), dtype=bool)
    for row in rows.itertuples():
        certain |= (row.s1 <= starts) & (ends <= row.e0)
    if window and certain.any():
        certain &= ends < pd.Timestamp(starts[certain][0]) + pd.DateOffset(years=window)
    before = ends < rows["s0"].min()
    return np.select([before, certain], [UNTREATED, TREATED], LEFT_OUT).astype(np.int8)


def _counted(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    """Keep values that may be counted, of counties that are known, in periods of one length."""
    frame = frame[frame["fips"].isin(list(facts.county_names))]
    frame = frame[of_commonest_length(frame["period_start"], frame["period_end"])]
    return frame[frame["quality"].isin(VALUED) & frame["value"].notna()]


def _population(facts: Facts, frame: pd.DataFrame) -> np.ndarray:
    """Give each row's residents: the file's own, or the facts' for a county where any is missing.

    A county takes one source for all its periods; a change of source would look like a change
    of its rate, while the level of a source does not matter to the model.
    """
    own = frame["population"].astype(float)
    table = residents(facts)
    years = frame["period_start"].dt.year
    known = {year: population_year(facts, int(year)) for year in years.unique()}
    held = table.to_numpy()[
        table.index.get_indexer(frame["fips"]), table.columns.get_indexer(years.map(known))
    ]
    lacks = (~(own > 0)).groupby(frame["fips"]).transform("any")
    return np.where(lacks, held, own)


def _skipped(starts: np.ndarray, ends: np.ndarray, skip: tuple[int, ...]) -> np.ndarray:
    """Tell which periods touch a year that is left out."""
    first, last = (pd.DatetimeIndex(days).year.to_numpy() for days in (starts, ends))
    touched = [(first <= year) & (year <= last) for year in skip]
    return np.any(touched, axis=0) if touched else np.zeros(len(starts), dtype=bool)


def _comparable(people: np.ndarray, state: np.ndarray) -> np.ndarray:
    """Keep counties with LEAD, and those between half the smallest and twice the largest of them.

    The size of a county is the mean of its residents over the periods that have numbers.
    """
    filled = (people > 0).sum(axis=1)
    size = people.sum(axis=1) / np.maximum(filled, 1)
    touched = (state != UNTREATED).any(axis=1)
    adopters = size[(state == TREATED).any(axis=1) & (filled > 0)]
    if not len(adopters):
        return np.ones(len(size), dtype=bool)
    alike = (size >= adopters.min() / 2) & (size <= 2 * adopters.max())
    kept: np.ndarray = touched | alike
    return kept
