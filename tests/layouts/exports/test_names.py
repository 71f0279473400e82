from datetime import date

import pytest

from layouts.exports.names import kept_name

DAY = date(2019, 8, 31)


@pytest.mark.parametrize(
    ("day", "edition", "name"),
    [
        (None, "", "adoption"),
        (DAY, "", "adoption-on-2019-08-31"),
        (None, "1a2b", "adoption-edition-1a2b"),
        (DAY, "1a2b", "adoption-on-2019-08-31-edition-1a2b"),
    ],
)
def test_a_name_tells_day_and_edition(day: date | None, edition: str, name: str) -> None:
    assert kept_name("adoption", day, edition) == name


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        ((), "lead-slides-on-2019-08-31"),
        (("37051",), "lead-slides-counties-37051-on-2019-08-31"),
        (("37051", "37023"), "lead-slides-counties-37051-37023-on-2019-08-31"),
        (("37051",) * 5, "lead-slides-counties-5-on-2019-08-31"),
    ],
    ids=["none", "one", "two", "many"],
)
def test_a_name_tells_the_chosen_counties(chosen: tuple[str, ...], name: str) -> None:
    assert kept_name("lead-slides", DAY, chosen=chosen) == name
