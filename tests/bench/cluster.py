"""Two nodes behind nginx on one PostgreSQL: what they bear, what faults cost, memory over time.

``python -m tests.bench.cluster URL VIEWERS SECONDS`` is the crowd that presses them, in a process
of its own. Viewers have addresses of their own, since nginx bounds what one address may ask, and
ask again at once, so one of them asks for as much as hundreds of people who read. ``DAY`` in an
address is another day each time, so the answer is made anew. The crowd, nginx and the nodes share
the machine: on two cores, two nodes can be twice as fast as one only where the nodes work most.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from statistics import linear_regression

from data.editions.store import Store
from data.facts import Facts, load
from tests.bench.load import Viewer, press
from tests.bench.results import Row, figure
from tests.bench.serve import ROOT
from tests.bench.server import single
from tests.cluster.parts import Cluster, cluster, missing, until
from tests.cluster.viewers import Viewers, version

PAGE, MADE = "/", "/download/adoption.csv?date=DAY"
RAMP = (50, 100, 200, 300, 400)
P99_MOST = 200.0
SOAK, PUBLISH_EVERY = 600.0, 30.0
"""Seconds of the soak, and between two editions in it."""
PART = "Cluster: two nodes, nginx, PostgreSQL"


class Reader(Viewer):
    """A viewer at an address of its own."""

    def __init__(self, url: str, own: int) -> None:
        super().__init__(url)
        self.own, self.form, self.days = own, self.head, count(own * 37)

    async def ask(self) -> None:
        """Ask once and read the whole answer."""
        day = next(self.days)
        date = f"{2015 + day % 9}-{1 + day // 9 % 12:02}-{1 + day // 108 % 28:02}"
        self.head = self.form.replace(b"DAY", date.encode())
        if self.streams is None:
            own = f"127.1.{self.own // 250}.{1 + self.own % 250}"
            host, port = self.parts.hostname, self.parts.port
            self.streams = await asyncio.open_connection(host, port, local_addr=(own, 0))
        await super().ask()


def pressed(port: int, path: str, viewers: int, seconds: float) -> dict[str, float]:
    """Let a crowd press nginx; give what came of it."""
    command = [sys.executable, "-m", "tests.bench.cluster", f"http://127.0.0.1:{port}{path}"]
    done = subprocess.run(
        [*command, str(viewers), str(seconds)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


class Published:
    """A cluster with a database, and the editions published in it."""

    def __init__(self, parts: Cluster, shipped: Facts) -> None:
        self.parts, self.shipped, self.store = parts, shipped, Store(parts.place)
        self.number = 1

    def publish(self) -> int:
        """Publish tables that differ from all before; give the number of the edition."""
        facts = version(self.shipped, self.number % 28)
        self.store.publish(facts, parent=self.number, author="Ann", note="A correction.")
        self.number += 1
        return self.number


def ramp(port: int, quick: bool) -> Iterator[tuple[int, dict[str, float]]]:
    """Press with ever more viewers, as long as 99 of 100 answers are quick enough."""
    for viewers in RAMP:
        found = pressed(port, PAGE, viewers, 3 if quick else 10)
        if found["p99"] >= P99_MOST or found["failed"]:
            return
        yield viewers, found


def borne(quick: bool, shipped: Facts) -> Iterator[Row]:
    """Give the rows of what one node and two bear."""
    rates: dict[str, list[float]] = {PAGE: [], MADE: []}
    for nodes in (1, 2):
        with cluster(lambda place: Store(place).prepare(shipped), nodes) as parts:
            for path, found in rates.items():
                pressed(parts.port, path, 8 * nodes, 1)  # warms every node up
                found.append(pressed(parts.port, path, 100, 3 if quick else 10)["rate"])
            held = list(ramp(parts.port, quick))
        yield ramp_row(nodes, held)
    for path, (one, two) in rates.items():
        what = f"{path}, 100 viewers: two nodes against one"
        note = f"two {two:,.0f}/s, one {one:,.0f}/s"
        yield Row(PART, what, "", single(two / one), note=note, also={"one": one, "two": two})


def ramp_row(nodes: int, held: list[tuple[int, dict[str, float]]]) -> Row:
    """Give the row of the most viewers that were answered quickly enough."""
    what = f"viewers a core, {'one node' if nodes == 1 else 'two nodes'}, p99 below 200 ms"
    if not held:
        return Row(PART, what, "", single(0), note=f"{RAMP[0]} viewers already took longer")
    viewers, found = held[-1]
    note = f"{viewers} viewers, {found['rate']:,.0f}/s, p99 {found['p99']:,.0f} ms"
    if viewers == RAMP[-1]:
        note += "; more were not tried"
    return Row(PART, what, "", single(viewers / nodes), note=note, also=found)


def faults(run: Published, viewers: Viewers) -> Iterator[Row]:
    """Give the rows of what faults cost a hundred viewers."""
    parts, node = run.parts, run.parts.nodes[0]
    taken = [parts.comes_to(run.publish()) for _ in range(5)]
    yield Row(PART, "a new edition on every node, while read", "s", figure(taken), most=2)
    yield lost("an edition is published", viewers)
    node.kill()
    answered(viewers, 300)
    node.start()
    back = until(lambda: node.shows(run.number))
    yield Row(PART, "a killed node answers again", "s", single(back))
    yield lost("a node is killed", viewers)
    parts.server.stop()
    told = parts.comes_to(run.number, stale=True)
    answered(viewers, 300)
    parts.server.start()
    yield Row(PART, "nodes say that the database is away", "s", single(told))
    mended = parts.comes_to(run.number)
    yield Row(PART, "nodes follow the database again", "s", single(mended))
    yield lost("the database is stopped", viewers)


def answered(viewers: Viewers, more: int) -> None:
    """Wait until viewers have so many more answers."""
    before = len(viewers.answers)
    until(lambda: len(viewers.answers) >= before + more)


def lost(fault: str, viewers: Viewers) -> Row:
    """Give the row of requests that failed since viewers began or this was last asked."""
    failed, cut, asked = len(viewers.failed()), len(viewers.cut), len(viewers.answers)
    for told in (viewers.answers, viewers.lost, viewers.cut):
        told.clear()
    note = f"of {asked:,}" + (f"; {cut} answers being sent were cut short" if cut else "")
    what, also = f"requests lost when {fault}", {"cut": float(cut), "asked": float(asked)}
    return Row(PART, what, "", single(failed), most=0, note=note, also=also)


def soak(run: Published, quick: bool) -> Iterator[Row]:
    """Give the rows of memory while viewers read and editions are published, for minutes."""
    seconds = 20.0 if quick else SOAK
    began, every = time.monotonic(), seconds / SOAK * PUBLISH_EVERY
    samples: list[tuple[float, ...]] = []
    with Viewers(run.parts.port, pause=0.5) as viewers:
        for turn in count(1):
            answered(viewers, 50)
            now = time.monotonic() - began
            samples.append((now / 60, *(node.memory() for node in run.parts.nodes)))
            if now > seconds:
                break
            if now > turn * every:
                run.publish()
        yield lost(f"read for {seconds / 60:.2g} minutes", viewers)
    for place in range(len(run.parts.nodes)):
        yield slope(samples, place)


def slope(samples: list[tuple[float, ...]], place: int) -> Row:
    """Give the row of how memory grew in the second half, when all that is kept is there."""
    half = samples[len(samples) // 2 :]
    grown = linear_regression([one[0] for one in half], [one[1 + place] for one in half]).slope
    last, most = half[-1][1 + place], max(one[1 + place] for one in samples)
    what = f"memory of node {place + 1}, growth in MB a minute"
    return Row(PART, what, "", single(grown), note=f"{last:,.0f} MB at last, {most:,.0f} at most")


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part; none where a server is not installed."""
    if lacking := missing():
        yield Row(PART, "not measured", "", note=f"install {lacking}")
        return
    shipped = load()
    yield from borne(quick, shipped)
    with cluster(lambda place: Store(place).prepare(version(shipped, 0))) as parts:
        run = Published(parts, shipped)
        with Viewers(parts.port) as viewers:
            answered(viewers, 200)
            yield from faults(run, viewers)
        yield from soak(run, quick)


if __name__ == "__main__":
    address, viewers, seconds = sys.argv[1:]
    told = asyncio.run(press(address, int(viewers), float(seconds), sys.maxsize, Reader))
    print(json.dumps(told))
