"""Which counties are neighbors, told from the same shapes as the map.

Neighbors share a border of some length; counties that meet in a point only are none. In a coverage
the shared border is exactly the same line in both, so no tolerance is needed. The shapes end at the
shore: counties with only open water between them, as Dare and Tyrrell, are no neighbors here.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from geo.kept import county_shapes


@lru_cache(maxsize=4)
def neighbors(state: str | None = "37") -> dict[str, tuple[str, ...]]:
    """Give the neighbors of every county within one state (two-digit FIPS code), or all for None.

    Returns
    -------
    By FIPS code, in order: the FIPS codes of the neighbors, in order.
    """
    shapes = county_shapes(state)
    geometry = shapes["geometry"].to_numpy()
    one, other = shapely.STRtree(geometry).query(geometry, predicate="touches")
    border = shapely.length(shapely.intersection(geometry[one], geometry[other]))
    codes = shapes.index.to_numpy()
    pairs = np.column_stack([codes[one], codes[other]])[border > 0]
    found: dict[str, list[str]] = {str(code): [] for code in codes}
    for county, neighbor in pairs:
        found[county].append(str(neighbor))
    return {county: tuple(sorted(those)) for county, those in found.items()}
