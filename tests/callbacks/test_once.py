import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from callbacks.exports import one_at_a_time
from callbacks.once import once


def test_many_who_ask_at_once_have_it_made_once() -> None:
    made, go = [], threading.Event()

    @once(8)
    def make(what: str) -> object:
        made.append(what)
        go.wait(20)
        return object()

    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(make, "page") for _ in range(16)]
        go.set()
        answers = {answer.result() for answer in asked}
    assert (made, len(answers)) == (["page"], 1)


@pytest.mark.parametrize("keeping", [once, one_at_a_time])
def test_what_is_made_does_not_hold_up_what_is_kept(keeping: Callable[[int], Any]) -> None:
    go, begun = threading.Event(), threading.Event()

    @keeping(8)
    def make(what: str) -> str:
        if what == "slow":
            begun.set()
            go.wait(20)
        return what.upper()

    make("kept")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(make, "slow")
        assert begun.wait(20)
        assert make("kept") == "KEPT"
        go.set()
        assert slow.result() == "SLOW"


def test_an_error_is_told_and_not_kept() -> None:
    left = [ValueError("not now")]

    @once(8)
    def make() -> str:
        if left:
            raise left.pop()
        return "made"

    with pytest.raises(ValueError, match="not now"):
        make()
    assert make() == "made"


def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    made = []

    @once(2)
    def make(what: int) -> int:
        made.append(what)
        return what

    for what in (1, 2, 1, 3, 1, 2):
        assert make(what) == what
    assert made == [1, 2, 3, 2]
