"""What is told of each request: its id, a line in the log, and measurements for Prometheus."""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, has_request_context, request

from data.editions.folder import Keeper
from data.settings import OFF, ON, setting

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

ID_HEADER = "X-Request-ID"
METRICS_URL = "/metrics"
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_LONGEST = 200
"""Characters of a path that are logged."""
STEPS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Seconds between which the histogram of answers counts."""


def request_id() -> str:
    """Give the id of the present request: its sender's, where that is plain, else a new one."""
    if not has_request_context():
        return ""
    if "request_id" not in g:
        told = request.headers.get(ID_HEADER, "")
        g.request_id = told if _ID.fullmatch(told) else secrets.token_hex(8)
    return str(g.request_id)


def register_ids(server: Flask) -> None:
    """Name the id of its request on every answer."""

    @server.after_request
    def told(answer: Response) -> Response:
        answer.headers[ID_HEADER] = request_id()
        return answer


def register_watch(server: Flask, keeper: Keeper) -> None:
    """Log and measure requests as the settings REQUEST_LOG and METRICS tell."""
    tell: list[Callable[[Answered], None]] = []
    if (log := setting("REQUEST_LOG")) != OFF:
        tell.append(lambda answered: write_line(answered.line(log == "address")))
    if setting("METRICS") == ON:
        tell.append(register_metrics(server, keeper))
    if not tell:
        return

    @server.before_request
    def began() -> None:
        g.began = time.perf_counter()

    @server.after_request
    def answered(answer: Response) -> Response:
        found = Answered(answer)

        @answer.call_on_close
        def closed() -> None:
            for one in tell:
                one(found)

        return answer


class Answered:
    """A request and its answer; measured when all is sent, since only then its size is known."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer
        self.began: float = g.get("began", time.perf_counter())
        self.id = request_id()
        self.method, self.path, self.names = request.method, request.path, sorted(request.args)
        self.address = request.remote_addr
        self.route = request.url_rule.rule if request.url_rule else "none"

    @property
    def seconds(self) -> float:
        """Time since the request began."""
        return time.perf_counter() - self.began

    def line(self, with_address: bool) -> dict[str, Any]:
        """Give what is logged: of the query only the names, as values may be a person's own."""
        told: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": self.id,
            "method": self.method,
            "path": self.path[:_LONGEST],
            "asked": [name[:40] for name in self.names[:20]],
            "status": self.answer.status_code,
            "ms": round(self.seconds * 1000, 1),
            "bytes": self.answer.content_length or 0,
        }
        return told | {"address": self.address} if with_address else told


def write_line(told: dict[str, Any]) -> None:
    """Write one line of JSON to standard error, in one piece so that threads do not mix."""
    sys.stderr.write(json.dumps(told) + "\n")
    sys.stderr.flush()


def memory_bytes() -> int:
    """Give the resident memory of this process; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def register_metrics(server: Flask, keeper: Keeper) -> Callable[[Answered], None]:
    """Serve measurements; give what counts a request.

    With PROMETHEUS_MULTIPROC_DIR all workers are added up, but for memory, which is told for each;
    without it, each worker tells its own. The edition is the one that the answering worker shows.
    """
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

    own = CollectorRegistry()
    count = Counter(
        "atlas_requests", "Requests answered.", ["route", "method", "status"], registry=own
    )
    took = Histogram(
        "atlas_answer_seconds", "Time until all was sent.", ["route"], buckets=STEPS, registry=own
    )
    inside = Gauge(
        "atlas_in_flight", "Requests being made.", multiprocess_mode="livesum", registry=own
    )
    memory = Gauge(
        "atlas_memory_bytes", "Resident memory.", multiprocess_mode="liveall", registry=own
    )

    @server.before_request
    def entered() -> None:
        g.inside = True
        inside.inc()

    @server.teardown_request
    def left(_: BaseException | None) -> None:
        if g.pop("inside", False):
            inside.dec()

    @server.get(METRICS_URL)
    def metrics() -> Response:
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        memory.set(memory_bytes())
        text = generate_latest(_summed(own)) + edition_metric(keeper).encode()
        return Response(text, content_type=CONTENT_TYPE_LATEST)

    def measured(answered: Answered) -> None:
        # Only known methods: a made-up one would be a series of its own.
        method = answered.method if answered.method in ("GET", "HEAD", "POST") else "other"
        count.labels(answered.route, method, answered.answer.status_code).inc()
        took.labels(answered.route).observe(answered.seconds)
        memory.set(memory_bytes())

    return measured


def edition_metric(keeper: Keeper) -> str:
    """Write the edition that is shown, as Prometheus reads it."""
    state = keeper.state()
    edition = _label(state.edition)
    named = f'edition="{edition}",number="{state.number or ""}"'
    return (
        "# HELP atlas_edition The edition that is shown.\n# TYPE atlas_edition gauge\n"
        f"atlas_edition{{{named}}} 1\n"
        "# HELP atlas_stale Whether the edition may be old, as the database does not answer.\n"
        f"# TYPE atlas_stale gauge\natlas_stale {int(state.stale)}\n"
    )


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _summed(own: CollectorRegistry) -> CollectorRegistry:
    """Give the measurements of all workers where they share a folder, else one's own."""
    if not setting("PROMETHEUS_MULTIPROC_DIR"):
        return own
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    shared = CollectorRegistry()
    MultiProcessCollector(shared)
    return shared
