"""Many viewers who read through nginx, each from an address of its own, and what they were told.

All of 127.0.0.0/8 is this machine on Linux, so the bounds that nginx sets for one address hold
here as they do for real readers.
"""

import hashlib
import http.client
import json
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import brotli

from data.editions import Edition
from data.facts import Facts, facts_from
from data.frame import adoption_csv
from data.schema import table_columns

DAY = date(2019, 8, 31)
FIPS = "37051"
CSV = f"/download/adoption.csv?date={DAY}"
PATHS = ("/", f"/county/{FIPS}", CSV, "/healthz", "/edition")
MARK = re.compile(r"\[v(\d+)\]")
NAMED = re.compile(r"Edition (?:(\d+) \()?([0-9a-f]{8})|data-edition=\"()([0-9a-f]{8})\"")


def version(facts: Facts, number: int) -> Facts:
    """Give facts with a mark in two tables that one page shows, and another first start."""
    tables = {name: getattr(facts, name).copy() for name in table_columns()}
    adoption, sources = tables["adoption"], tables["sources"]
    row = adoption.index[adoption["fips"] == FIPS][0]
    adoption.loc[row, ["agency", "start"]] = [f"Police [v{number}]", f"2016-01-{number + 1:02}"]
    named = sources["id"].isin(adoption.loc[row, "sources"].split("; "))
    sources.loc[named, "title"] = f"A story [v{number}]"
    return facts_from(tables)


@dataclass
class Known:
    """What was published, to tell from which version of the tables an answer was made."""

    names: dict[str, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, facts: Facts) -> None:
        """Add a version of the tables, before it is published."""
        self.names[facts.edition] = number
        self.files[adoption_csv(facts, DAY)] = number

    def published(self, edition: Edition) -> None:
        """Add an edition of a known version."""
        self.numbers[edition.number] = self.names[edition.name]

    def versions(self, path: str, body: str) -> set[int | None]:
        """Give the versions that an answer shows: one, unless it is a mix; None: an unknown one."""
        if path == CSV:
            return {self.files.get(body)}
        if path in ("/healthz", "/edition"):
            told = json.loads(body)
            named = {self.names.get(told["edition"])}
            return named | ({self.numbers.get(told["number"])} if "number" in told else set())
        marks: set[int | None] = {int(mark) for mark in MARK.findall(body)}
        found = NAMED.findall(body)
        numbers = {self.numbers.get(int(number)) for number, *_ in found if number}
        return marks | numbers | {self.names.get(name or other) for _, name, _, other in found}


class Answer(NamedTuple):
    """What a viewer was told: the time, the path, the status and the digest of the body."""

    at: float
    path: str
    status: int
    digest: str


class Viewers:
    """Viewers who read on while a block lasts.

    ``lost`` has what was not answered, and why; ``cut`` the answers that ended too early. A node
    that is killed can cut only those it is sending: no proxy can take back what has begun.
    """

    def __init__(self, port: int, count: int = 100, pause: float = 0.35) -> None:
        self.port, self.pause = port, pause
        self.answers: list[Answer] = []
        self.lost: list[str] = []
        self.cut: list[str] = []
        self.bodies: dict[str, bytes] = {}
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(count)]

    def __enter__(self) -> "Viewers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _read(self, own: int) -> None:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(f"127.0.1.{own + 1}", 0)
        )
        turn = own
        while not self._done.wait(self.pause):
            self._ask(connection, PATHS[turn % len(PATHS)])
            turn += 1
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, path: str) -> None:
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            ended = isinstance(error, http.client.IncompleteRead)
            (self.cut if ended else self.lost).append(f"{path}: {error!r}")
            return
        coded = answer.headers.get("Content-Encoding") == "br"
        digest = hashlib.sha256(body).hexdigest()
        if digest not in self.bodies:
            self.bodies[digest] = brotli.decompress(body) if coded else body
        self.answers.append(Answer(time.monotonic(), path, answer.status, digest))

    def bad(self) -> list[str]:
        """Tell of every request that was not answered, or not with 200, or not to its end."""
        return self.failed() + self.cut

    def failed(self) -> list[str]:
        """Tell of every request that was not answered, or not with 200."""
        refused = [f"{a.path}: {a.status}" for a in self.answers if a.status != 200]
        return self.lost + refused

    def sees(self, known: Known, number: int) -> bool:
        """Tell whether a viewer was told that a version is the one that is shown."""
        digests = {answer.digest for answer in self.answers if answer.path == "/edition"}
        return any(
            known.versions("/edition", self.bodies[digest].decode()) == {number}
            for digest in digests
        )

    def seen(self, known: Known) -> set[int]:
        """Give the versions that were seen; raises AssertionError on an answer that is a mix."""
        found = set()
        for path, digest in {(answer.path, answer.digest) for answer in self.answers}:
            shown = known.versions(path, self.bodies[digest].decode())
            assert len(shown) == 1 and None not in shown, f"{path} shows {shown}"
            found |= shown
        return {number for number in found if number is not None}
