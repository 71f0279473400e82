"""The big scripts, compressed once and as hard as possible: ``python app.py --pack``.

Without that step the app serves the same files compressed lightly at each request. The packed files
stand in ``build/packed``, with an index that names the versions they were made from; an index of
other versions is not used.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import brotli
from flask import Flask, Response, request

from callbacks.answers import FOR_GOOD, Packed, send_packed, takes_brotli
from geo import geojson_asset
from layouts.document import KEPT_URL

FOLDER = Path(__file__).parents[1] / "build" / "packed"


def versions() -> dict[str, str]:
    """Give the versions of the packages whose files are packed."""
    return {name: version(name) for name in ("dash", "dash-mantine-components", "plotly")}


@lru_cache(maxsize=1)
def index() -> dict[str, dict[str, str]]:
    """Give the packed files by path, or none where they are missing or of other versions."""
    try:
        told = json.loads((FOLDER / "index.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    files: dict[str, dict[str, str]] = told["files"]
    return files if told["versions"] == versions() else {}


def pack(server: Flask) -> int:
    """Fetch every script of the first page from the app, compress and keep it; give the bytes."""
    client = server.test_client()
    first = client.get("/")
    if first.status_code != 200:
        raise RuntimeError(f"The app does not serve its first page: status {first.status_code}.")
    page = first.get_data(as_text=True)
    paths = re.findall(r'<(?:script src|link rel="preload" href)="([^"]+)"', page)
    paths.append(f"{KEPT_URL}{geojson_asset().name}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    files: dict[str, dict[str, str]] = {}
    for path in paths:
        answer = client.get(path, headers={"Accept-Encoding": "identity"})
        if answer.status_code != 200:
            raise RuntimeError(f"The app does not serve {path}: status {answer.status_code}.")
        raw = answer.get_data()
        digest = hashlib.sha256(raw).hexdigest()[:16]
        (FOLDER / f"{digest}.br").write_bytes(brotli.compress(raw, quality=11))
        files[path] = {"file": f"{digest}.br", "mimetype": str(answer.mimetype)}
    text = json.dumps({"versions": versions(), "files": files}, indent=1)
    (FOLDER / "index.json").write_text(text, "utf-8")
    return sum((FOLDER / told["file"]).stat().st_size for told in files.values())


def register_packed(server: Flask) -> None:
    """Serve packed files where the browser takes them; all else goes its usual way."""

    @server.before_request
    def packed() -> Response | None:
        told = index().get(request.path)
        if told is None or not takes_brotli():
            return None
        return send_packed(_read(told["file"]), told["mimetype"], FOR_GOOD)


@lru_cache(maxsize=64)
def _read(name: str) -> Packed:
    return Packed((FOLDER / name).read_bytes(), name.partition(".")[0])
