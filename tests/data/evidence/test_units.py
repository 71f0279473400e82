import pytest

from data.evidence.units import UNITS, unit_words
from data.facts import Facts


@pytest.mark.parametrize("table", ["context", "outcomes", "reach"])
def test_every_unit_of_the_tables_is_known(facts: Facts, table: str) -> None:
    units = set(getattr(facts, table)["unit"])
    shares = {unit for unit in units if unit.startswith("%")} if table == "outcomes" else set()
    assert units - shares - {""} <= UNITS  # of a result's share only the sign is said


@pytest.mark.parametrize("unit", ["people", "furlongs", ""])
def test_a_unit_is_said_as_the_table_has_it(unit: str) -> None:
    assert unit_words(unit) == unit
