"""Servers in processes of their own, and what each costs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
START_LIMIT = 60.0
"""Seconds within which a server must answer."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and when it was started."""

    url: str
    process: subprocess.Popen[bytes]
    began: float

    def first_answer(self, path: str) -> float:
        """Wait until a path is answered; give the seconds since the start of the process."""
        while time.monotonic() < self.began + START_LIMIT:
            try:
                with urlopen(self.url + path, timeout=START_LIMIT) as answer:
                    answer.read()
                    return time.monotonic() - self.began
            except (URLError, ConnectionError):
                time.sleep(0.005)
            if self.process.poll() is not None:
                break
        raise RuntimeError(f"No answer from {self.url}{path}: {self.process.args!r}")

    def memory(self) -> list[float]:
        """Give the resident memory of each worker, in MB; of the one process, if it has none."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, check=True, text=True
        ).stdout
        rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
        workers = [size for _, parent, size in rows if parent == self.process.pid]
        own = [size for number, _, size in rows if number == self.process.pid]
        return [size * 1024 / 1e6 for size in workers or own]


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*command: str, **settings: str) -> Iterator[Server]:
    """Run a Python command with settings for a block; PORT in it stands for a free port."""
    port = str(free_port())
    process = subprocess.Popen(
        [sys.executable, *(part.replace("PORT", port) for part in command)],
        cwd=ROOT,
        env=os.environ | {"HOST": "127.0.0.1", "PORT": port} | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(f"http://127.0.0.1:{port}", process, time.monotonic())
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


ATLAS = ("app.py",)
NAIVE = ("-m", "tests.bench.naive", "PORT")


def gunicorn(workers: int, threads: int) -> tuple[str, ...]:
    """Give the command that serves the atlas under gunicorn; a Dash app is a WSGI app itself."""
    sizes = ("--workers", str(workers), "--threads", str(threads))
    where = ("--bind", "127.0.0.1:PORT", "--no-control-socket")
    return ("-m", "gunicorn", "--worker-class", "gthread", *sizes, *where, "app:create_app()")
