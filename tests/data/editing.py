"""Small editions for tests of changes, merging and drafts: tables by name, all others empty."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd
from hypothesis import strategies as st

from data.editions.matching import Row, rows_of, tables_of
from tests.data.builders import Rows, frame_of

COUNTIES = {"37071": "Gaston", "37051": "Cumberland", "37035": "Catawba"}


@lru_cache
def _nothing() -> dict[str, pd.DataFrame]:
    counties = [{"fips": fips, "county": name} for fips, name in COUNTIES.items()]
    return tables_of({"counties": frame_of("counties", counties)})


def edition(**tables: Rows) -> dict[str, pd.DataFrame]:
    """Give an edition of a few rows, with three counties; it need not pass the checks."""
    return _nothing() | {table: frame_of(table, rows) for table, rows in tables.items()}


def rows_by_table(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[Row]]:
    """Give the rows of every table, in order."""
    return {table: rows_of(frame) for table, frame in tables.items()}


def counted(tables: Mapping[str, pd.DataFrame]) -> dict[str, Counter[Row]]:
    """Give how often each row is in each table, whatever the order."""
    return {table: Counter(rows) for table, rows in rows_by_table(tables).items()}


def _few(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


programs = st.lists(
    st.fixed_dictionaries(
        {
            "fips": _few(*COUNTIES),
            "agency": _few("Police", "Sheriff", "Health"),
            "start": _few("", "2018", "2018-02"),
            "note": _few("", "one", "two"),
        }
    ),
    max_size=5,
    unique_by=lambda row: (row["fips"], row["agency"]),
)
"""Rows of a table with a key."""
figures = st.lists(
    st.fixed_dictionaries(
        {
            "series": _few("jail", "arrests"),
            "period": _few("2018", "2019"),
            "value": _few("1", "2"),
            "note": _few("", "one"),
        }
    ),
    max_size=5,
)
"""Rows of a table without a key: any may stand there twice."""
events = st.lists(
    st.fixed_dictionaries(
        {
            "title": _few("A new law passed", "A new law is passed", "Court closed"),
            "date": _few("2018", "2018-02", "2019"),
            "what": _few("", "one", "two"),
        }
    ),
    max_size=4,
)
"""Rows whose key may be reworded."""
editions = st.builds(
    lambda adoption, context, milestones: edition(
        adoption=adoption, context=context, milestones=milestones
    ),
    programs,
    figures,
    events,
)
