"""The image's check of health asks as a reader does, whatever the settings."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from callbacks.safety import register_hosts
from deploy.health import is_well


@pytest.fixture
def status(
    hosts: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[int]:
    """Serve ``/healthz`` alone under the setting HOSTS; give the status that it answers."""
    monkeypatch.setenv("HOSTS", hosts)
    told: int = request.param
    server = Flask("health")
    register_hosts(server)
    server.add_url_rule("/healthz", view_func=lambda: ("", told))
    serving = make_server("127.0.0.1", 0, server)
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", str(serving.port))
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield told
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.mark.parametrize("hosts", ["", "atlas.example.org", " .example.org, other.org"])
@pytest.mark.parametrize("status", [200, 503], indirect=True)
def test_the_check_is_answered_by_a_name_that_is_known(status: int, hosts: str) -> None:
    assert is_well() is (status == 200)


def test_where_nothing_answers_the_check_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with make_server("127.0.0.1", 0, Flask("gone")) as gone:
        port = gone.port
    monkeypatch.setenv("PORT", str(port))
    with pytest.raises(ConnectionRefusedError):
        is_well()
