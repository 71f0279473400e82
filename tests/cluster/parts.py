"""Two nodes behind nginx on one PostgreSQL, from the files that are shipped.

Everything is in a temporary folder and on free ports of this machine, runs only while a block
lasts, and is ended by its own process ids.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from data.editions import Place
from tests.data.editions import postgres

ROOT = Path(__file__).parents[2]
LONG = 30.0
"""Seconds until a test gives up; what is waited for comes far sooner."""


def until(check: Callable[[], Any], seconds: float = LONG) -> float:
    """Wait until something holds; give how many seconds that took."""
    began = time.monotonic()
    while not check():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"This did not come within {seconds:g} s: {check}")
        time.sleep(0.01)
    return time.monotonic() - began


@dataclass
class Node:
    """A node of the atlas under gunicorn; it can be killed and started again."""

    port: int
    folder: Path
    settings: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it, as ``make serve`` does; it answers later."""
        command = [
            "-m",
            "gunicorn",
            "-c",
            "deploy/gunicorn.conf.py",
            "tests.cluster.node:create_app()",
        ]
        own = {"HOST": "127.0.0.1", "PORT": str(self.port), "WEB_CONCURRENCY": "1"}
        kept = {"COPIES_FOLDER": "copies", "SERIES_FOLDER": "series"}
        own |= {name: str(self.folder / folder) for name, folder in kept.items()}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=os.environ | own | self.settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Kill gunicorn and its worker at once, as a machine that loses power would."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def health(self) -> dict[str, Any]:
        """Give what the health check tells; empty where the node does not answer."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=LONG) as answer:
                told: dict[str, Any] = json.load(answer)
                return told
        except (URLError, ConnectionError, TimeoutError):
            return {}

    def shows(self, number: int | None, stale: bool = False) -> bool:
        """Tell whether it shows an edition, and whether it says that this may be old."""
        told = self.health()
        return bool(told) and (told.get("number"), told.get("stale", False)) == (number, stale)

    def memory(self) -> float:
        """Give the resident memory of its one worker, in MB."""
        assert self.process
        listed = subprocess.run(
            ["ps", "-A", "-o", "ppid=,rss="], capture_output=True, check=True, text=True
        ).stdout
        rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
        return max(size for parent, size in rows if parent == self.process.pid) * 1024 / 1e6


@dataclass(frozen=True)
class Cluster:
    """Two nodes on one database, and the port of nginx before them."""

    server: postgres.Server
    place: Place
    nodes: tuple[Node, ...]
    port: int

    def comes_to(self, number: int, stale: bool = False) -> float:
        """Wait until every node shows an edition; give how many seconds that took."""
        return until(lambda: all(node.shows(number, stale) for node in self.nodes))


def missing() -> str:
    """Say what must be installed; empty where all is there."""
    needs = {"postgresql": postgres.binaries(), "nginx-light": nginx_program()}
    return " and ".join(package for package, found in needs.items() if not found)


def nginx_program() -> str | None:
    """Give the path of nginx, which is not on everybody's PATH."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def nginx_settings(folder: Path, port: int, nodes: list[int]) -> str:
    """Give the shipped settings of nginx with our ports and a folder in place of ``/tmp``."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = re.sub(r"(?<=\s)/tmp/(?=\w)|(?<==)/tmp/(?=\w)", f"{folder}/", text)
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    for name, own in zip(("first", "second"), nodes, strict=False):
        text = text.replace(f"server {name}:8050 ", f"server 127.0.0.1:{own} ")
    # With one node only, as for comparing, there is no second.
    return re.sub(r"\n\s*server (?:first|second):8050 [^\n]*", "", text)


@contextmanager
def nginx(nodes: list[int]) -> Iterator[int]:
    """Run nginx before nodes for the block; give its port."""
    program = nginx_program()
    assert program
    folder, (port,) = Path(tempfile.mkdtemp(prefix="nginx-")), free_ports(1)
    user = postgres._user()
    try:
        (folder / "nginx.conf").write_text(nginx_settings(folder, port, nodes), "utf-8")
        if user:
            shutil.chown(folder, user)
        where = (program, "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf")
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*where, "-g", "daemon off;"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
                extra_groups=[] if user else None,
            )
        try:
            until(lambda: open_port(port) or process.poll() is not None)
            if process.poll() is not None:
                raise RuntimeError((folder / "log").read_text("utf-8"))
            yield port
        finally:
            process.terminate()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster(
    prepare: Callable[[Place], object], count: int = 2, spoil: Callable[[Node], object] = id
) -> Iterator[Cluster]:
    """Run PostgreSQL, nodes and nginx for the block.

    ``prepare`` fills the database first, ``spoil`` does harm to every node but the first.
    """
    folder = postgres.binaries()
    assert folder
    with ExitStack() as stack:
        server = stack.enter_context(postgres.running(folder))
        place = server.database()
        prepare(place)
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nodes-")))
        nodes = tuple(make_node(own / str(port), port, place) for port in free_ports(count))
        for node in nodes[1:]:
            spoil(node)
        for node in nodes:
            stack.callback(node.kill)
            node.start()
        port = stack.enter_context(nginx([node.port for node in nodes]))
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda node: until(node.health), nodes))
        yield Cluster(server, place, nodes, port)


def make_node(folder: Path, port: int, place: Place) -> Node:
    """Make a node with a folder of its own, set as behind a proxy."""
    folder.mkdir()
    behind = {
        "DATABASE_URL": place.url,
        "PROXIES": "1",
        "UPLOADS": "off",
        "METRICS": "on",
        "TABLES": "",
    }
    return Node(port, folder, behind)


def open_port(port: int) -> bool:
    """Tell whether something listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_ports(count: int) -> list[int]:
    """Find ports that nothing listens on, all different."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
