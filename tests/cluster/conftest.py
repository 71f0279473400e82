"""The cluster that all tests of faults share, and what is known of its editions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from data.editions import Edition
from data.editions.store import Store
from data.facts import Facts
from tests.cluster.parts import Cluster, Node, cluster, missing
from tests.cluster.viewers import Known, Viewers, version


class Run:
    """The cluster with its database, and all that was published."""

    def __init__(self, parts: Cluster, shipped: Facts) -> None:
        self.parts, self.shipped = parts, shipped
        self.store = Store(parts.place)
        self.known = Known()
        self.made = 0

    @property
    def newest(self) -> int:
        """The number of the newest edition."""
        current = self.store.current()
        assert current
        return current.number

    def version(self) -> Facts:
        """Make tables that differ from all before."""
        self.made += 1
        facts = version(self.shipped, self.made)
        self.known.add(self.made, facts)
        return facts

    def publish(self, facts: Facts | None = None, at: datetime | None = None) -> Edition:
        """Publish tables, new ones by default, after the newest edition."""
        facts = facts or self.version()
        edition = self.store.publish(facts, parent=self.newest, author="Ann", note="A.", at=at)
        self.known.published(edition)
        return edition

    def viewers(self) -> Viewers:
        """Give a hundred viewers, who ask as often as two cores bear with ease, for a block."""
        return Viewers(self.parts.port, pause=1.5)

    def whole(self) -> list[Edition]:
        """Give all editions; raises an error unless each has its checksum and follows another."""
        history = self.store.history()
        assert [one.number for one in history] == list(range(len(history), 0, -1))
        for edition in history:
            self.store.texts(edition.number)
        return history


def spoil(node: Node) -> None:
    """Let a node be unable to keep copies, and its clock be a day ahead."""
    (node.folder / "copies").write_text("no folder", "utf-8")
    node.settings["DAYS_AHEAD"] = "1"


@pytest.fixture(scope="session")
def started(facts: Any) -> Iterator[Run]:
    """Start the cluster, with a second node that has troubles of its own from the start."""
    if lacking := missing():
        pytest.skip(f"Install {lacking} to run these tests.")
    first = version(facts, 0)
    with cluster(lambda place: Store(place).prepare(first), spoil=spoil) as parts:
        run = Run(parts, facts)
        run.known.add(0, first)
        for edition in run.store.history():
            run.known.published(edition)
        yield run


@pytest.fixture
def run(started: Run) -> Run:
    """Give the cluster, well: every node shows the newest edition."""
    started.parts.comes_to(started.newest)
    return started
