"""The files that make the image and start the machines, read as values and held to the code."""

import importlib
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from callbacks.forms import FORM_ROOM
from callbacks.limits import MAX_BODY
from data.__main__ import _parser
from data.settings import SETTINGS
from data.stewards.draft_sheets import MOST_BYTES

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NODES = ("first", "second")
Step = tuple[str, str]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    told: dict[str, Any] = compose()["services"]
    return told


def compose() -> Any:
    return importlib.import_module("yaml").safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def steps() -> list[Step]:
    """Give the steps of the Dockerfile: its word, and all that follows."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    parted = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [(word, " ".join(rest.split())) for word, _, rest in parted]


def last(word: str) -> str:
    return [rest for step, rest in steps() if step == word][-1]


def environment() -> dict[str, str]:
    return dict(re.findall(r"(\w+)=(\S+)", last("ENV")))


def copied() -> Iterator[str]:
    """Give what is copied from the project's folder."""
    for word, rest in steps():
        if word == "COPY" and not rest.startswith("--from"):
            yield from rest.split()[:-1]


def sent(path: str) -> bool:
    """Tell whether the builder is sent a path: the last line that fits it decides."""
    verdict = True
    for line in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines():
        if line and not line.startswith("#") and fnmatch(path, line.lstrip("!")):
            verdict = line.startswith("!")
    return verdict


def test_all_that_the_app_needs_is_copied_and_no_more() -> None:
    linter = importlib.import_module("tomllib").loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = linter["tool"]["importlinter"]["root_packages"]
    assert set(copied()) == {"app.py", "requirements.txt", "deploy", *packages}
    for path in copied():
        assert (ROOT / path).exists() and sent(path), path
    assert not any(map(sent, (".git", ".venv", "build", "tests", "bench-results")))


def test_both_stages_have_the_python_that_is_tested() -> None:
    tool = importlib.import_module("tomllib").loads((ROOT / "pyproject.toml").read_text("utf-8"))
    version = tool["tool"]["mypy"]["python_version"]
    bases = {rest.split()[0] for word, rest in steps() if word == "FROM"}
    assert bases == {f"python:{version}-slim"}


def test_every_name_in_the_environment_is_a_setting(services: dict[str, Any]) -> None:
    pythons = {name for name in environment() if name.startswith("PYTHON")}
    assert set(environment()) - pythons <= set(SETTINGS)
    for node in (*NODES, "prepare"):
        assert set(services[node]["environment"]) <= set(SETTINGS)


def test_the_ports_agree(services: dict[str, Any]) -> None:
    port, nginx = environment()["PORT"], (DEPLOY / "nginx.conf").read_text("utf-8")
    assert last("EXPOSE") == port
    found = re.findall(r"\n +server (\w+):(\d+) ", nginx)
    assert found == [(node, port) for node in NODES]
    (listened,) = re.findall(r"listen (\d+);", nginx)
    assert [ports.rpartition(":")[2] for ports in services["nginx"]["ports"]] == [listened]


def test_the_health_check_is_run_by_the_same_python() -> None:
    command = json.loads(last("HEALTHCHECK").partition(" CMD ")[2])
    assert command == [json.loads(last("CMD"))[0], "-m", "deploy.health"]
    assert (DEPLOY / "health.py").is_file()


LOCATION = re.compile(r"\n        location (=|~)? ?(\S+) \{(.*?)\n        \}", re.DOTALL)
SIZE = re.compile(r"\n +client_max_body_size (\d+)m;")


def room(path: str) -> int:
    """Give how many bytes nginx takes at a path."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for how, place, inside in LOCATION.findall(text):
        if path == place if how == "=" else how == "~" and re.search(place, path):
            return int((SIZE.search(inside) or SIZE.search(text))[1]) << 20  # type: ignore[index]
    return int(SIZE.search(text)[1]) << 20  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/try", MOST_BYTES + FORM_ROOM),
        ("/steward/upload", MOST_BYTES + FORM_ROOM),
        ("/steward/rows", MOST_BYTES),
        ("/steward/rows/more", MAX_BODY),
        ("/steward/publish", MAX_BODY),
        ("/series/upload", int(SETTINGS["MAX_UPLOAD_MB"].default) * 1_000_000),
        ("/", MAX_BODY),
    ],
)
def test_nginx_takes_what_the_atlas_takes_and_little_more(path: str, most: int) -> None:
    assert most <= room(path) < 1.2 * most


def test_the_image_starts_gunicorn_with_its_settings() -> None:
    command = json.loads(last("CMD"))
    assert command[1:4] == ["-m", "gunicorn", "-c"]
    assert (ROOT / command[4]).is_file() and command[4].startswith("deploy/")
    assert last("USER") == "atlas"


def test_an_empty_database_has_an_edition_before_a_node_starts(services: dict[str, Any]) -> None:
    prepare = services["prepare"]
    python, flag, module, *arguments = prepare["command"]
    assert (python, flag, module) == (json.loads(last("CMD"))[0], "-m", "data")
    assert _parser().parse_args(arguments).command == "prepare"
    assert prepare["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert prepare["restart"] == "on-failure"
    for node in NODES:
        told = services[node]
        assert told["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
        assert told["environment"] == prepare["environment"]


def written(service: dict[str, Any]) -> set[str]:
    """Give the folders of a service that may be written to."""
    mounts = [*service.get("tmpfs", []), *(one.partition(":")[2] for one in service["volumes"])]
    return {mount.partition(":")[0] for mount in mounts}


@pytest.mark.parametrize("node", NODES)
def test_what_the_app_writes_to_is_writable(services: dict[str, Any], node: str) -> None:
    told, own = services[node], environment()
    assert told["read_only"] is True
    folders = [own["SERIES_FOLDER"], own["COPIES_FOLDER"], "/tmp"]
    for folder in folders:
        assert any(Path(folder).is_relative_to(place) for place in written(told)), folder


def test_the_writable_folders_are_those_of_who_runs_the_app(services: dict[str, Any]) -> None:
    (made,) = [rest for word, rest in steps() if word == "RUN" and "useradd" in rest]
    uid = re.findall(r"--uid (\d+)", made)[0]
    home = environment()["SERIES_FOLDER"].removesuffix("/series")
    assert f"{home}:uid={uid}" in services["first"]["tmpfs"]
    # A named volume takes the owner of the folder that it is laid over.
    assert f"-o atlas -g atlas {environment()['COPIES_FOLDER']}" in made
    assert Path(environment()["SERIES_FOLDER"]).parent.name == "atlas"


def test_every_volume_and_folder_is_there(services: dict[str, Any]) -> None:
    whole = compose()
    named = [one for told in services.values() for one in told.get("volumes", [])]
    for one in named:
        source = one.partition(":")[0]
        known = (DEPLOY / source).is_file() if source[0] in "./" else source in whole["volumes"]
        assert known, one
    build = services["first"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()


def test_no_password_is_in_the_files_and_every_image_has_a_version(
    services: dict[str, Any],
) -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == {"POSTGRES_PASSWORD", "ATLAS_HOST"}
    assert text.count("${") == text.count(":?")
    for told in services.values():
        if "build" not in told:
            assert re.search(r":\d", told["image"]), told["image"]
