from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.files import write_whole


def test_a_file_is_written_in_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.json"
    for text in ("é" * 1000, ""):
        write_whole(path, text)
        assert path.read_text("utf-8") == text
        assert [found.name for found in path.parent.iterdir()] == ["a.json"]


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", "new")
    assert {found.name for found in tmp_path.iterdir()} == {"a.json", "folder"}
    assert path.read_text("utf-8") == "old"


def test_who_writes_at_the_same_time_takes_nothing_from_another(tmp_path: Path) -> None:
    texts = [str(number) * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write_whole(tmp_path / "a.json", text), texts))
    assert (tmp_path / "a.json").read_text("utf-8") in texts
    assert len(list(tmp_path.iterdir())) == 1
