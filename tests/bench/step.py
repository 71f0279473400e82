"""A step of the day: from the key press on the slider to the frame that shows the new month.

Both apps are timed alike by ``watch.js``: from the time stamp that Chromium gives the key press to
the moment when the main thread has finished the first frame with the new day (its scripts, style,
layout and paint; a message posted in the frame's ``requestAnimationFrame`` tells it). A frame
starts up to 16.7 ms after a press, so a step takes half of that on average with no work at all.
``shown`` is the browser's own Event Timing, which lasts until the frame is on the screen but is
rounded to 8 ms; it ends at the first frame after the press and so is told only for ours.

Scripting is Chromium's ``ScriptDuration`` over the step, with all that ran in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.bench.chrome import Line, Tab, chromium, visitor
from tests.bench.naive import START
from tests.bench.results import Row, figure
from tests.bench.serve import ATLAS, NAIVE, serving

WARM_UP = 6
ROUND_TRIPS = (0, 80, 200)
SLOWER = (1, 4)
TIMES = {(80, 1): 8.0, (200, 4): 10.0}
"""How many times faster ours must be, by round trip and by how much slower the processor is."""


@dataclass(frozen=True)
class Subject:
    """An app to step through: where it opens, its slider, and the text that tells the day."""

    command: tuple[str, ...]
    path: str
    slider: str
    day: str
    stands: str


OURS = Subject(
    ATLAS,
    f"/?date={START}",
    "#app #month",
    "#headline",
    "!document.getElementById('first-paint') && document.querySelector('#curve .main-svg')",
)
TUTORIAL = Subject(
    NAIVE,
    "/",
    "#month [role=slider]",
    "#map .gtitle",
    "document.querySelectorAll('path.choroplethlocation').length === 100",
)


@dataclass
class Steps:
    """What was measured of each step, in ms."""

    took: list[float]
    scripts: list[float]
    shown: list[float]
    lost: int = 0


def begin(tab: Tab, subject: Subject, url: str) -> None:
    """Open the app, wait until it stands, and put the focus on its slider."""
    tab.page.goto(url + subject.path)
    tab.page.wait_for_function(subject.stands)
    tab.page.wait_for_timeout(1500)
    tab.page.focus(subject.slider)


def press(tab: Tab, key: str, day: str) -> dict[str, float]:
    """Press a key; give when that ``began``, what it ``took`` to paint the day, and ``scripts``.

    A press is ``lost`` when the day is still, or again, the same some seconds later.
    """
    tab.run(f"bench.arm({day!r})")
    before = tab.scripting()
    tab.page.keyboard.press(key)
    step: dict[str, float] = tab.run("bench.step")
    return step | {"scripts": tab.scripting() - before}


def walk(tab: Tab, day: str, count: int, key: str = "ArrowRight") -> Steps:
    """Take steps one after the other; the first ones are not counted."""
    found, began = Steps([], [], []), []
    for place in range(WARM_UP + count):
        step = press(tab, key, day)
        found.lost += bool(step["lost"])
        if place >= WARM_UP and not step["lost"]:
            found.scripts.append(step["scripts"])
            found.took.append(step["took"])
            began.append(step["began"])
    tab.page.wait_for_timeout(500)
    found.shown = tab.page.evaluate("began => bench.shown(began)", began)
    return found


def conditions() -> Iterator[tuple[int, int]]:
    """Give every round trip with every speed."""
    for slower in SLOWER:
        for round_trip in ROUND_TRIPS:
            yield round_trip, slower


def walks(browser: Browser, subject: Subject, count: int) -> dict[tuple[int, int], Steps]:
    """Step through an app under every condition, there and back in turn."""
    found = {}
    with serving(*subject.command) as server, visitor(browser) as tab:
        server.first_answer("/")
        begin(tab, subject, server.url)
        for place, (round_trip, slower) in enumerate(conditions()):
            tab.slow_down(Line(round_trip), slower)
            key = ("ArrowRight", "ArrowLeft")[place % 2]
            found[round_trip, slower] = walk(tab, subject.day, count, key)
    return found


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    count = 10 if quick else 40
    with chromium() as browser:
        ours, naive = (walks(browser, subject, count) for subject in (OURS, TUTORIAL))
    for (round_trip, slower), steps in ours.items():
        what = f"{round_trip} ms" + (f", CPU {slower}x slower" if slower > 1 else "")
        yield from rows(what, steps, naive[round_trip, slower], (round_trip, slower))


def rows(what: str, ours: Steps, naive: Steps, condition: tuple[int, int]) -> Iterator[Row]:
    """Give the rows of one condition; the goals for the times are for a processor at full speed."""
    part, full = "Step of the day, by round trip", condition[1] == 1
    yield Row(
        part,
        f"{what}: painted",
        "ms",
        figure(ours.took),
        figure(naive.took),
        most=17 if full else None,
        most_p95=33 if full else None,
        times=TIMES.get(condition),
        note="; ".join(lost(ours, "ours") + lost(naive, "naive")),
    )
    yield Row(part, f"{what}: shown", "ms", figure(ours.shown), note="in steps of 8 ms")
    yield Row(
        part,
        f"{what}: scripting",
        "ms",
        figure(ours.scripts),
        figure(naive.scripts),
        most=5 if full else None,
    )


def lost(steps: Steps, app: str) -> list[str]:
    """Say how many presses an app lost, if any."""
    return [f"{app} lost {steps.lost} presses"] if steps.lost else []
