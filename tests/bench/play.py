"""Play: whether every month is shown, and how steadily, at ten steps a second.

``watch.js`` notes the day in every frame that the main thread finishes. The server takes no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.bench.chrome import Line, chromium, visitor
from tests.bench.results import Row, figure
from tests.bench.serve import serving
from tests.bench.step import OURS, begin

PART = "Play, at ten steps a second"
MONTHS = 60


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    with chromium() as browser, serving(*OURS.command) as server, visitor(browser) as tab:
        server.first_answer("/")
        begin(tab, OURS, server.url)
        for slower in (1, 4):
            tab.page.eval_on_selector(OURS.slider, "it => it.value = 0")
            tab.page.dispatch_event(OURS.slider, "input")
            tab.page.wait_for_timeout(1000)
            tab.slow_down(Line(), slower)
            tab.page.evaluate(f"bench.steps = bench.follow('{OURS.day}'), 0")
            tab.page.click("#app #play")
            months = 20 if quick else MONTHS
            tab.page.wait_for_function(f"bench.steps.length > {months}", timeout=60_000)
            tab.page.click("#app #play")
            yield row(tab.page.evaluate("bench.steps"), months, slower)


def row(steps: list[tuple[str, float]], months: int, slower: int) -> Row:
    """Give the gaps between one month and the next; a month left out is told."""
    shown = [at for _, at in steps[1 : months + 1]]
    took = (shown[-1] - shown[0]) / 100
    dropped = round(took) - (len(shown) - 1)
    full = slower == 1
    return Row(
        PART,
        "between two months" + ("" if full else f", CPU {slower}x slower"),
        "ms",
        figure(later - earlier for earlier, later in pairwise(shown)),
        most=101 if full else None,
        most_p95=117 if full else None,
        note=f"{dropped} of {len(shown) + dropped - 1} steps dropped",
        also={"dropped": dropped},
    )
