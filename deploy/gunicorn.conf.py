"""How gunicorn serves the atlas: ``make serve``, or ``gunicorn -c deploy/gunicorn.conf.py``.

The address is that of the settings HOST and PORT, the number of workers that of WEB_CONCURRENCY.
"""

import os
from pathlib import Path

from prometheus_client import multiprocess

from data.settings import setting, whole

wsgi_app = "app:create_app()"
bind = f"{setting('HOST')}:{whole('PORT')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = 32
"""Measured on two cores: while twenty slide decks are made, a page takes 2 ms with 32 threads, and
up to 5 s with 4, as decks wait for each other in all four."""
limit_request_line = 8190
"""A story in an address is long; the atlas itself refuses more than 8,000 characters."""
graceful_timeout = 20
keepalive = 5
forwarder_headers = ""
"""By default a client on this machine may move the atlas to another path, and make it fail."""
control_socket_disable = True


def shared_folder() -> Path | None:
    """Give the folder through which workers add up what they measure."""
    told = setting("PROMETHEUS_MULTIPROC_DIR")
    return Path(told) if told else None


def on_starting(_server: object) -> None:
    """Empty the shared folder: what an earlier run measured is over."""
    if folder := shared_folder():
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.db"):
            file.unlink()


def child_exit(_server: object, worker: object) -> None:
    """Take what a worker that ended measured out of the sums of what is now."""
    if shared_folder():
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[attr-defined]
