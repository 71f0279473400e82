"""A time limit for reading what somebody handed in.

A thread cannot be stopped from outside, so whoever reads asks between rows and parts whether there
is time left (``go_on``), and who set the limit (``time_limit``) tells in one sentence that it ran
out. Where no limit is set, as on the command line, there is always time left.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

STOP_EVERY_SECONDS = 0.05
_end: ContextVar[float] = ContextVar("end", default=math.inf)
"""When the time of the present thread is over, by the clock of ``_now``."""


class Late(BaseException):
    """Says that the time is over; ``time_limit`` takes it.

    No Exception, as parsers take any of those for damage of the file.
    """


def _now() -> float:
    return time.monotonic()


@contextmanager
def time_limit(seconds: float, error: Exception) -> Iterator[None]:
    """Raise an error where the block asks to go on after so many seconds.

    Of limits inside one another each tells of itself: where the outer one ends sooner, its error
    is raised.
    """
    outer = _end.get()
    token = _end.set(min(outer, _now() + seconds))
    try:
        yield
    except Late:
        if _now() > outer:
            raise
        raise error from None
    finally:
        _end.reset(token)


def go_on() -> None:
    """Go on, unless the time is over: then raise Late."""
    if _now() > _end.get():
        raise Late


@contextmanager
def stopped_in_time(stop: Callable[[], object]) -> Iterator[None]:
    """Call ``stop`` from another thread once the time ends within the block, which then is late.

    For work that cannot ask by itself, as that of a database; ``stop`` may make it fail. It is
    called until the block has ended, as a database that is between two queries does not hear it.
    """
    left = _end.get() - _now()
    ended = threading.Event()

    def watch() -> None:
        wait = max(left, 0.0)
        while not ended.wait(wait):
            stop()
            wait = STOP_EVERY_SECONDS

    watcher = threading.Thread(target=watch, daemon=True)
    if left < math.inf:
        watcher.start()
    try:
        yield
        go_on()
    except Exception:
        go_on()
        raise
    finally:
        ended.set()
        if watcher.is_alive():
            watcher.join()
