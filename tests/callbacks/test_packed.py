import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from callbacks import pack, packed

OWN = {"Accept-Encoding": "br"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, atlas: Any) -> Iterator[Path]:
    """Pack the scripts into a folder of the tests, lightly, as only the result counts here."""
    place = tmp_path_factory.mktemp("packed")
    compress = brotli.compress
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "FOLDER", place)
        packed.index.cache_clear()
        with patch.context() as light:
            light.setattr(brotli, "compress", lambda raw, quality: compress(raw, quality=1))
            assert pack(atlas.server) > 100_000
        packed.index.cache_clear()
        yield place
    packed.index.cache_clear()


@pytest.fixture(scope="module")
def scripts(client: Any) -> list[str]:
    """Give the address of every script that the document names."""
    page = client.get("/").get_data(as_text=True)
    return re.findall(r'(?:<script src|<link rel="preload" href)="([^"]+)"', page)


def test_every_script_of_the_document_is_packed(folder: Path, scripts: list[str]) -> None:
    assert len(scripts) > 5
    assert set(scripts) <= set(packed.index())


def test_every_packed_script_is_there_unpacked(folder: Path, client: Any) -> None:
    for path in packed.index():
        answer = client.get(path, headers=PLAIN)
        assert answer.status_code == 200, path
        assert "Content-Encoding" not in answer.headers
        assert re.search("javascript|json", answer.mimetype), path


def test_a_packed_script_is_the_same_script(folder: Path, client: Any) -> None:
    for path in packed.index():
        plain, small = (client.get(path, headers=headers) for headers in (PLAIN, OWN))
        assert small.headers["Content-Encoding"] == "br"
        assert "Accept-Encoding" in small.headers["Vary"]
        assert small.mimetype == plain.mimetype
        assert brotli.decompress(small.get_data()) == plain.get_data()


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br;q=0, gzip", ""], ids=repr)
def test_who_does_not_take_it_gets_no_packed_script(
    folder: Path, client: Any, scripts: list[str], accepted: str
) -> None:
    answer = client.get(scripts[0], headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") != "br"


def test_a_browser_that_has_it_is_not_sent_it_again(folder: Path, client: Any) -> None:
    for path in packed.index():
        tag = client.get(path, headers=OWN).headers["ETag"]
        again = client.get(path, headers={**OWN, "If-None-Match": tag})
        assert again.status_code == 304
        assert again.get_data() == b""


def test_every_packed_script_has_its_version_in_its_name_and_is_kept_for_good(
    folder: Path, client: Any
) -> None:
    for path in packed.index():
        assert re.search(r"\.v\d|\.[0-9a-f]{12}\.", path), path
        assert "immutable" in client.get(path, headers=OWN).headers["Cache-Control"], path


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"versions": {"dash": "0"}, "files": {"/healthz": {"file": "x.br"}}}),
        "not json",
        "",
    ],
    ids=["of other versions", "damaged", "empty"],
)
def test_an_index_that_does_not_fit_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Any, text: str
) -> None:
    (tmp_path / "index.json").write_text(text, "utf-8")
    monkeypatch.setattr(packed, "FOLDER", tmp_path)
    packed.index.cache_clear()
    assert packed.index() == {}
    assert client.get("/healthz", headers=OWN).status_code == 200
    packed.index.cache_clear()


def test_without_packed_files_all_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Any, scripts: list[str]
) -> None:
    monkeypatch.setattr(packed, "FOLDER", tmp_path / "nowhere")
    packed.index.cache_clear()
    assert [client.get(path, headers=OWN).status_code for path in scripts] == [200] * len(scripts)
    packed.index.cache_clear()
