"""Make a thing once for all who ask for it, also for those who ask while it is made."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import TypeVar

Made = TypeVar("Made")


def once(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Keep what a function gave for so many questions, and make each answer once.

    When an edition is published, a hundred readers ask for the same page in the same moment:
    all of them making it would hold every thread for seconds. The first makes it, the others
    wait for that. An error is told to all who waited, and is not kept.
    """

    def wrap(make: Callable[..., Made]) -> Callable[..., Made]:
        kept: OrderedDict[Hashable, Future[Made]] = OrderedDict()
        lock = Lock()

        @wraps(make)
        def ask(*asked: Hashable) -> Made:
            with lock:
                answer, first = kept.get(asked), asked not in kept
                if answer is None:
                    answer = kept[asked] = Future()
                kept.move_to_end(asked)
                while len(kept) > most:
                    kept.popitem(last=False)
            if first:
                try:
                    answer.set_result(make(*asked))
                except BaseException as error:
                    with lock:
                        kept.pop(asked, None)
                    answer.set_exception(error)
            return answer.result()

        return ask

    return wrap
