"""What the tests of the data share."""

from pathlib import Path

import pytest

from data.facts import Facts, load
from tests.data.builders import small_tables, write_tables


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Give a small made-up edition of three counties."""
    folder: Path = tmp_path_factory.mktemp("small")
    return load(write_tables(folder, small_tables()))
