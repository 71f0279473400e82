"""A running app and a watched browser page for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    WebError,
    WebSocket,
    expect,
)

from data.series import CountySeries
from data.series.library import Library

ROOT = Path(__file__).parents[2]
START_LIMIT = 60.0  # seconds
RUNNING = pytest.StashKey[list["Server"]]()

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


@dataclass(frozen=True)
class Server:
    """The app in a process of its own."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def wait_until_ready(self) -> None:
        """Return once the health check answers; fail when it does not."""
        end = time.monotonic() + START_LIMIT
        while not self._answers():
            try:
                # Paces the loop, and ends it early when the app stops by itself.
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                if time.monotonic() < end:
                    continue
            pytest.fail(f"The app did not start.\n{self.log_text()}", pytrace=False)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False

    def log_text(self) -> str:
        """Give what the app has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the process, at once when it does not end by itself."""
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(config: pytest.Config, log: Path, **settings: str) -> Iterator[Server]:
    """Run the real app, with settings of its own, for as long as the block lasts."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ
            | {"HOST": "127.0.0.1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}
            | settings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    servers = config.stash.setdefault(RUNNING, [])
    servers.append(server)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
        servers.remove(server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Show the end of each running app's log with a failed test."""
    report = yield
    if report.failed:
        for server in item.config.stash.get(RUNNING, []):
            end = "\n".join(server.log_text().splitlines()[-20:])
            report.sections.append((f"log of {server.url}", end))
    return report


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the app for the whole session and give its address."""
    with running(pytestconfig, tmp_path_factory.mktemp("server") / "log.txt") as shared:
        yield shared.url


@pytest.fixture(scope="session")
def trends_server(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, vera: CountySeries
) -> Iterator[str]:
    """Run an app in which the made-up series is loaded, and give its address."""
    folder = tmp_path_factory.mktemp("with-series")
    Library(folder).add(vera)
    log = tmp_path_factory.mktemp("trends-server") / "log.txt"
    with running(pytestconfig, log, SERIES_FOLDER=str(folder)) as own:
        yield own.url


@pytest.fixture
def own_server(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Server]]:
    """Start apps that belong to one test, which may stop them itself."""
    with ExitStack() as started:

        def start() -> Server:
            log = tmp_path_factory.mktemp("own-server") / "log.txt"
            folder = str(tmp_path_factory.mktemp("own-series"))
            return started.enter_context(running(pytestconfig, log, SERIES_FOLDER=folder))

        yield start


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str
) -> dict[str, Any]:
    """Prefer the system's Chromium, and keep it off the network."""
    if browser_name != "chromium":
        return browser_type_launch_args
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    chosen = browser_type_launch_args | {"args": quiet}
    installed = shutil.which("chromium")
    return chosen | {"executable_path": installed} if installed else chosen


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Use the window of a common laptop."""
    return browser_context_args | {"viewport": {"width": 1366, "height": 768}}


class Watch:
    """Everything that goes wrong on a page and those it opens, in the order it happened."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.problems: list[str] = []
        context = page.context
        self._heard: list[tuple[Any, str, Callable[..., None]]] = [
            (page, "websocket", self._socket),
            (context, "console", self._console),
            (context, "weberror", self._error),
            (context, "request", self._request),
            (context, "requestfailed", self._failed),
            (context, "response", self._response),
        ]
        for told, name, hear in self._heard:
            told.on(name, hear)

    def end(self) -> None:
        """Stop watching, as the page may be used for another test."""
        for told, name, hear in self._heard:
            told.remove_listener(name, hear)

    def _socket(self, socket: WebSocket) -> None:
        self._address(socket.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console error: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"page error: {getattr(error.error, 'stack', None) or error.error}")

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _address(self, url: str) -> None:
        address = urlsplit(url)
        # Chromium's own pages, and data and blob addresses, do not use the network.
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.problems.append(f"request to another host: {url}")

    def _failed(self, request: Request) -> None:
        # A page that is left, or a download that starts, aborts a request on purpose.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed request: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"failed request: {response.url} {response.status}")


@contextmanager
def watched(page: Page, url: str) -> Iterator[Page]:
    """Hold for a block that nothing goes wrong on a page of the app at an address."""
    watch = Watch(page, urlsplit(url).netloc)
    try:
        yield page
    finally:
        watch.end()
    assert watch.problems == []


def forget(page: Page, server: str, window: ViewportSize) -> None:
    """Make a page as at a first visit, but for the files and the code that the browser keeps."""
    context = page.context
    page.unroute_all(behavior="ignoreErrors")
    for other in context.pages:
        if other is not page:
            other.close()
    if page.url.startswith("http"):
        address = urlsplit(page.url)
        developer = context.new_cdp_session(page)
        developer.send(
            "Storage.clearDataForOrigin",
            {"origin": f"{address.scheme}://{address.netloc}", "storageTypes": "local_storage"},
        )
        developer.detach()
    # An address of this machine leaves the page in its process, where all code is compiled.
    page.goto(f"{server}/healthz")
    page.evaluate("sessionStorage.clear()")
    context.clear_cookies()
    context.clear_permissions()
    page.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(window)


@pytest.fixture(scope="session")
def kept_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Give one page for the whole session: it loads in a fourth of the time of a new one."""
    with browser.new_context(**browser_context_args) as context:
        yield context.new_page()


@pytest.fixture
def page(kept_page: Page, server: str, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Give the page that all tests share, which has forgotten those before."""
    yield kept_page
    forget(kept_page, server, browser_context_args["viewport"])


@pytest.fixture
def clean_page(page: Page, server: str) -> Iterator[Page]:
    """Give a page on which nothing may go wrong until the test ends."""
    with watched(page, server):
        yield page


@pytest.fixture(scope="module")
def shared_page(
    kept_page: Page, server: str, browser_context_args: dict[str, Any]
) -> Iterator[Page]:
    """Give one watched page to all tests of a file, which saves them from loading it anew."""
    with watched(kept_page, server):
        yield kept_page
    forget(kept_page, server, browser_context_args["viewport"])
