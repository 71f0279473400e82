import importlib
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from data.settings import SETTINGS

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def compose() -> Any:
    return importlib.import_module("yaml").safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("There is no nginx here.")
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    # The names of the nodes are known only inside.
    text = re.sub(r"server (?:first|second):", "server 127.0.0.1:", text)
    text = re.sub(r"/tmp/(\w)", rf"{tmp_path}/\1", text)
    (tmp_path / "nginx.conf").write_text(text, "utf-8")
    done = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_nodes_stand_behind_nginx_alone(compose: Any) -> None:
    services = compose["services"]
    assert {name for name, told in services.items() if "ports" in told} == {"nginx"}
    assert compose["networks"]["inside"]["internal"] is True
    proxied = (DEPLOY / "nginx.conf").read_text("utf-8")
    for node in ("first", "second"):
        told = services[node]["environment"]
        assert set(told) <= set(SETTINGS)
        assert told["PROXIES"] == "1"
        assert f"server {node}:8050 " in proxied


def test_gunicorn_is_told_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    told = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    known = importlib.import_module("gunicorn.config").KNOWN_SETTINGS
    names = {one.name for one in known}
    ours = ("bind", "worker_class", "workers", "threads", "limit_request_line", "graceful_timeout",
            "keepalive", "control_socket_disable", "on_starting", "child_exit")  # fmt: skip
    assert set(ours) <= names
    assert (told["bind"], told["workers"], told["threads"]) == ("0.0.0.0:9000", 3, 32)


def test_a_new_start_forgets_what_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "counter_1.db").write_bytes(b"old")
    (tmp_path / "keep.txt").write_text("not ours", "utf-8")
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))["on_starting"](None)
    assert [path.name for path in tmp_path.iterdir()] == ["keep.txt"]


def test_the_image_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    assert text.rindex("USER atlas") > text.rindex("FROM ")
    assert "ENV HOST=0.0.0.0" in text
