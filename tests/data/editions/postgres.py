"""A PostgreSQL server for tests: in a temporary folder, on a free port, and ended afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from data.editions import Place

KINDS = ["sqlite", "postgresql"]
"""The databases that hold editions."""
FAST = "fsync=off", "full_page_writes=off", "max_connections=40"
"""It may lose what it holds when the machine stops, but not when the server does."""


def binaries() -> Path | None:
    """Give the folder of the newest PostgreSQL on this machine; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    whole = [folder for folder in folders if (folder / "initdb").is_file()]
    return max(whole, key=lambda folder: int(folder.parent.name), default=None)


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started again."""

    bin: Path
    folder: Path
    port: int
    user: str | None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs; it refuses to be run by root, so another user does."""
        subprocess.run(
            [self.bin / program, "-D", self.folder / "data", *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            user=self.user,
            group=self.user and "nogroup" if self.user == "nobody" else self.user,
            extra_groups=[] if self.user else None,
        )

    def start(self) -> None:
        """Start it; return once it answers."""
        options = [f"listen_addresses=127.0.0.1 port={self.port}", f"-k {self.folder}"]
        settings = " ".join(f"-c {setting}" for setting in (*options[0].split(), *FAST))
        log = str(self.folder / "log")
        self.run("pg_ctl", "-w", "-s", "-l", log, "-o", f"{settings} {options[1]}", "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self.run("pg_ctl", "-w", "-s", "-m", "immediate", "stop")

    def database(self) -> Place:
        """Give the one database, empty; whoever still uses it is cut off."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return Place.of_url(self.url("postgres"))

    def url(self, name: str) -> str:
        """Give the URL of one database."""
        return f"postgresql://tester@127.0.0.1:{self.port}/{name}"


@contextmanager
def running(bin: Path) -> Iterator[Server]:
    """Run a server of its own for the block."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _user()
    try:
        if user:
            shutil.chown(folder, user)
        server = Server(bin, folder, _free_port(), user)
        server.run("initdb", "-N", "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C")
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """Give the user to run as: oneself, unless that is root."""
    if os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
