import threading
from contextlib import AbstractContextManager, nullcontext

import pandas as pd
import pytest

from data import deadline
from data.deadline import Late, go_on, stopped_in_time, time_limit
from data.schema import shape_problems, table_columns
from tests.data.builders import small_tables


class Clock:
    """A clock that stands until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(deadline, "_now", made)
    return made


@pytest.mark.parametrize(("after", "late"), [(0, False), (20, False), (20.1, True)])
def test_the_time_is_over_after_so_many_seconds(clock: Clock, after: float, late: bool) -> None:
    clock.now = 1000.0
    over = pytest.raises(ValueError, match="late") if late else nullcontext()
    with over, time_limit(20, ValueError("late")):
        clock.now += after
        go_on()


def test_without_a_limit_there_is_always_time(clock: Clock) -> None:
    with time_limit(1, ValueError("late")):
        pass
    clock.now = 1e9
    go_on()


@pytest.mark.parametrize(
    ("outer", "inner", "after", "told"),
    [(5, 20, 6, "outer"), (20, 5, 6, "inner"), (5, 5, 6, "outer"), (20, 5, 21, "outer")],
)
def test_of_two_limits_each_tells_of_itself(
    clock: Clock, outer: float, inner: float, after: float, told: str
) -> None:
    with pytest.raises(ValueError, match=told), time_limit(outer, ValueError("outer")):
        clock.now = 0.0
        with time_limit(inner, ValueError("inner")):
            clock.now = after
            go_on()


def test_a_limit_is_that_of_its_thread(clock: Clock) -> None:
    met: list[BaseException] = []

    def other() -> None:
        try:
            go_on()
        except Late as late:
            met.append(late)

    with time_limit(1, ValueError("late")):
        clock.now = 9
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert met == []


def test_no_checker_takes_it_for_a_fault_of_the_file(clock: Clock) -> None:
    rows = [row | {"start": "yesterday"} for row in small_tables()["adoption"]]
    frame = pd.DataFrame(rows, columns=list(table_columns()["adoption"]), dtype=str).fillna("")
    with pytest.raises(ValueError, match="late"), time_limit(1, ValueError("late")):
        clock.now = 9
        shape_problems("adoption", frame)


def test_what_cannot_ask_is_stopped_from_outside_until_it_hears() -> None:
    stops = threading.Semaphore(0)
    over = pytest.raises(ValueError, match="late")
    with over, time_limit(0.0, ValueError("late")), stopped_in_time(stops.release):
        assert all(stops.acquire(timeout=30) for _ in range(2))
        raise RuntimeError("interrupted")


def test_a_fault_in_time_stays_a_fault(clock: Clock) -> None:
    fault, limit = pytest.raises(RuntimeError), time_limit(1000, ValueError("late"))
    with fault, limit, stopped_in_time(pytest.fail):
        raise RuntimeError("damaged")


@pytest.mark.parametrize("limit", [nullcontext(), time_limit(1000, ValueError("late"))])
def test_nothing_is_stopped_in_time(limit: AbstractContextManager[None]) -> None:
    with limit, stopped_in_time(pytest.fail):
        go_on()
