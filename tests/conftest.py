"""What all tests share."""

import gc
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from data.editions import StoreKeeper
from data.facts import table_text
from data.read import Problem
from data.schema import shape_problems
from tests.made_up import make_series

BROWSER = "tests/browser/"

settings.register_profile("no-deadline", deadline=None, max_examples=15)
settings.load_profile("no-deadline")


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among all that collecting made: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


class ByRoom(LoadScopeScheduling):
    """Give a process whole files of tests, and one process all that need the browser."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return BROWSER if file.startswith(BROWSER) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByRoom:
    """Start one browser, and one of each app that it looks at, for all tests."""
    return ByRoom(config, log)


@pytest.fixture(scope="session", autouse=True)
def series_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test away from what the person at this machine has loaded and published."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("series")
        patch.setenv("SERIES_FOLDER", str(folder))
        patch.setenv("COPIES_FOLDER", str(tmp_path_factory.mktemp("copies")))
        patch.setenv("DATABASE_URL", "none")
        patch.setenv("RATE_LIMIT", "off")
        yield folder


@pytest.fixture(scope="module", autouse=True)
def keepers_end() -> Iterator[None]:
    """End the threads by which the apps of a file looked for newer editions."""
    made: set[StoreKeeper] = set()
    begin = StoreKeeper._begin

    def noted(keeper: StoreKeeper) -> None:
        made.add(keeper)
        begin(keeper)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StoreKeeper, "_begin", noted)
        yield
    for keeper in made:
        keeper.close()


@pytest.fixture(scope="session", autouse=True)
def shapes_checked_once() -> Iterator[None]:
    """Check the cells of the same table once only: most tests that load change one table of all."""
    found: dict[tuple[str, str, tuple[int, ...]], list[Problem]] = {}

    def once(table: str, frame: pd.DataFrame) -> list[Problem]:
        key = (table, table_text(frame), tuple(frame.index))
        if key not in found:
            found[key] = shape_problems(table, frame)
        return list(found[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.facts.shape_problems", once)
        yield


@pytest.fixture(scope="session")
def facts() -> Any:
    """Give the app's frozen data set, loaded once."""
    return importlib.import_module("data").load()


@pytest.fixture(scope="session")
def vera_file(facts: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a made-up file in which jail admissions fell by 20 percent where LEAD runs."""
    return make_series(tmp_path_factory.mktemp("made") / "trends.csv", facts, effect=-0.2, seed=3)


@pytest.fixture(scope="session")
def vera(vera_file: Path) -> Any:
    """Give the series of the made-up file."""
    return importlib.import_module("data.publishers").read_series(vera_file, vera_file.name)
