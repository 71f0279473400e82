"""What goes wrong in a cluster, with real parts: nothing that was published may be lost.

One file, so that one process has the cluster; each test leaves it well.
"""

import os
import random
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import Connection, event, update

from data.__main__ import main
from data.editions import Edition, spare
from data.editions.models import edition_tables
from data.editions.store import Store, _insert
from data.editions.texts import texts_of
from data.facts import Facts
from data.schema import TABLES
from tests.cluster.conftest import Run
from tests.cluster.parts import Node, until
from tests.cluster.viewers import CSV, Viewers

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="needs Linux, where a viewer can have an address of its own"
)
AT_MOST = 5.0
"""Seconds until every node shows a new edition; on a quiet machine it takes less than two."""
IN_HAND = 32
"""The most answers that a node can be sending: one a thread."""


def more(viewers: Viewers, count: int) -> None:
    """Wait until viewers have so many more answers."""
    before = len(viewers.answers)
    until(lambda: len(viewers.answers) >= before + count)


def csv_served(node: Node) -> int:
    """Give how many files a node has served."""
    with urlopen(f"http://127.0.0.1:{node.port}/metrics", timeout=30) as answer:
        text = answer.read().decode()
    route = re.escape(CSV.partition("?")[0])
    return sum(int(float(n)) for n in re.findall(rf'requests_total{{.*"{route}".*}} (\S+)', text))


def test_viewers_see_no_mix_and_no_error_while_editions_are_published(run: Run) -> None:
    first, took = run.known.numbers[run.newest], []
    with run.viewers() as viewers:
        more(viewers, 60)
        for _ in range(3):
            edition = run.publish()
            took.append(run.parts.comes_to(edition.number))
            until(lambda: viewers.sees(run.known, run.made))
    assert viewers.bad() == []
    assert viewers.seen(run.known) == {first, *range(run.made - 2, run.made + 1)}
    assert max(took) <= AT_MOST


def test_a_killed_node_costs_no_request_and_comes_back(run: Run) -> None:
    node = run.parts.nodes[0]
    with run.viewers() as viewers:
        more(viewers, 60)
        node.kill()
        more(viewers, 60)
        edition = run.publish()  # which it can only see once it is back
        node.start()
        until(lambda: node.shows(edition.number))
        before = csv_served(node)
        until(lambda: csv_served(node) > before)  # nginx has taken it up again
    assert viewers.failed() == []
    assert len(viewers.cut) <= IN_HAND
    viewers.seen(run.known)


def test_a_stopped_database_is_told_and_mended_by_itself(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number, server, node = run.newest, run.parts.server, run.parts.nodes[0]
    monkeypatch.setenv("DATABASE_URL", run.parts.place.url)
    with run.viewers() as viewers:
        more(viewers, 60)
        server.stop()
        try:
            run.parts.comes_to(number, stale=True)
            told_days = [one.health()["notices"][0] for one in run.parts.nodes]
            assert told_days[0] != told_days[1]  # the clock of the second is a day ahead
            assert main(["publish", str(TABLES), "--note", "Now?"]) == 1
            told = capsys.readouterr().err.splitlines()[-1]
            assert re.fullmatch(r"The database postgres at 127\.0\.0\.1:\d+ did not .*\.", told)
            node.kill()
            node.start()  # from its copy
            until(lambda: node.shows(number, stale=True))
            more(viewers, 60)
        finally:
            server.start()
        run.parts.comes_to(number)
        edition = run.publish()
        assert run.parts.comes_to(edition.number) <= AT_MOST
        more(viewers, 60)
    assert viewers.failed() == []
    assert len(viewers.cut) <= IN_HAND
    viewers.seen(run.known)
    run.whole()


def killed_while_publishing(store: Store, facts: Facts, parent: int, after: float) -> None:
    """Publish in a process that is killed so many seconds after its first word to the database."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            event.listen(store.engine, "before_cursor_execute", lambda *_: os.write(said, b"."))
            store.publish(facts, parent=parent, author="Ann", note="Killed.")
        finally:
            os._exit(0)
    os.read(heard, 1)
    threading.Event().wait(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(heard)
    os.close(said)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_killed_publisher_leaves_a_whole_edition_or_none(run: Run) -> None:
    moments, versions = random.Random(7), [run.version(), run.version()]
    before = run.newest
    for turn in range(10):
        tried, parent = versions[turn % 2], run.newest
        killed_while_publishing(run.store, tried, parent, moments.uniform(0, 0.04))
        last = run.store.history()[0]
        assert last.number in (parent, parent + 1)
        if last.number > parent:
            assert last.checksum == tried.checksum
            run.known.published(last)
    assert before <= run.newest == len(run.whole()) <= before + 10
    edition = run.publish()  # nothing of the killed ones is in the way
    assert run.parts.comes_to(edition.number) <= AT_MOST


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond a few blocks for the block, as on a disk that is full."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_for_copies_keeps_the_copy_before(run: Run, tmp_path: Path) -> None:
    newest, older, *_ = run.store.history()
    spare.keep(tmp_path, run.parts.place, older, run.store.texts(older.number))
    kept = spare.kept(tmp_path, run.parts.place)
    assert kept and kept[0] == older
    with full_disk():
        spare.keep(tmp_path, run.parts.place, newest, run.store.texts(newest.number))
    assert spare.kept(tmp_path, run.parts.place) == kept
    assert len(list(tmp_path.iterdir())) == 1


def test_a_node_that_cannot_keep_copies_serves_on(run: Run) -> None:
    edition = run.publish()
    run.parts.comes_to(edition.number)
    log = (run.parts.nodes[1].folder / "log").read_text("utf-8")
    assert f"Edition {edition.number} could not be kept in" in log


def test_the_order_of_editions_is_not_that_of_clocks(run: Run) -> None:
    now = datetime.now(UTC)
    for days in (1, -1):
        edition = run.publish(at=now + timedelta(days=days))
        assert run.parts.comes_to(edition.number) <= AT_MOST
        whens = {node.health()["at"] for node in run.parts.nodes}
        assert whens == {edition.at.isoformat()}
    assert run.whole()[0] == edition


def publish_damaged(run: Run, facts: Facts) -> Edition:
    """Publish an edition and damage it before any node can look."""
    parent, now = run.newest, datetime.now(UTC)
    edition = Edition(parent + 1, parent, facts.checksum, "Ann", "Damaged.", now)
    with run.store.writing() as connection:
        _insert(connection, edition, texts_of(facts))
        set_text(connection, edition, "reach", "x")
    return edition


def set_text(connection: Connection, edition: Edition, name: str, text: str) -> None:
    """Write over one table of an edition, which nothing of the atlas ever does."""
    row = (edition_tables.c.edition == edition.number) & (edition_tables.c.name == name)
    connection.execute(update(edition_tables).where(row).values(text=text))


def test_a_damaged_edition_is_told_and_rolling_back_mends_it(run: Run) -> None:
    good, second, facts = run.newest, run.parts.nodes[1], run.version()
    with run.viewers() as viewers:
        more(viewers, 60)
        bad = publish_damaged(run, facts)
        run.parts.comes_to(good, stale=True)
        second.kill()
        second.start()  # which has no copy, so it looks for the last good one in the database
        until(lambda: second.shows(good, stale=True))
        for node in run.parts.nodes:
            (notice,) = node.health()["notices"]
            assert f"Edition {bad.number} is damaged" in notice
            assert f"Shown is edition {good}, the last good one." in notice
        edition = run.store.rollback(good, author="Bo", note="Back.")
        run.known.published(edition)
        assert run.parts.comes_to(edition.number) <= AT_MOST
        more(viewers, 60)
    assert viewers.failed() == []
    assert len(viewers.cut) <= IN_HAND
    viewers.seen(run.known)
    with run.store.writing() as connection:  # so that all are whole for the next test
        set_text(connection, bad, "reach", texts_of(facts)["reach"])
    run.whole()
