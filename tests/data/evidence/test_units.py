import pytest

from data.evidence.units import UNITS, unit_words
from data.facts import Facts


@pytest.mark.parametrize("table", ["context", "reach"])
def test_every_unit_of_the_tables_is_known(facts: Facts, table: str) -> None:
    assert set(getattr(facts, table)["unit"]) <= UNITS


@pytest.mark.parametrize("unit", ["people", "furlongs", ""])
def test_a_unit_is_said_as_the_table_has_it(unit: str) -> None:
    assert unit_words(unit) == unit
