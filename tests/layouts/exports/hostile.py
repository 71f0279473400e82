"""An edition in which some cells are made to do harm."""

from dataclasses import replace
from typing import Any

CELLS = (
    '=HYPERLINK("http://a.b","x")',
    "+1 919 555 0100",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'=1",
    "\t=1",
    "{=1}",
    "_x0041_ </t><c>&",
    "two\nlines, \"quoted\"; 'so'",
    "00123",
    "http://a.b",
)


def hostile(facts: Any) -> Any:
    """Put the cells of CELLS into the note of the reach table, and one into a county's name."""
    reach, counties = facts.reach.copy(), facts.counties.copy()
    reach.iloc[: len(CELLS), reach.columns.get_loc("note")] = CELLS
    counties.loc[counties["fips"] == "37087", "county"] = CELLS[0]
    return replace(facts, reach=reach, counties=counties)
