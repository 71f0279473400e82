"""Uploads that are held until they are understood; the folder that holds all."""

import io
import os
from pathlib import Path

import pytest

from data.series import SeriesError
from data.series.files import size_words
from data.series.library import MAX_PENDING, Library, default_folder
from tests.data.series_builders import make_series


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "app" / "series")


class Endless(io.RawIOBase):
    """Gives bytes for ever, and counts them."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"x" * size


def test_an_upload_is_held_and_dropped(library: Library) -> None:
    token = library.hold(io.BytesIO(b"fips,year"), "deaths 2019.csv", 9)
    path = library.pending(token)
    assert path.read_bytes() == b"fips,year"
    assert path.name == "deaths 2019.csv"
    assert path.is_relative_to(library.folder / ".pending")
    assert library.all() == []
    library.drop(token)
    library.drop(token)
    assert list((library.folder / ".pending").iterdir()) == []
    with pytest.raises(SeriesError, match="no longer kept; choose the file again"):
        library.pending(token)


def test_an_upload_over_the_limit_is_refused_early_and_leaves_nothing(library: Library) -> None:
    endless = Endless()
    with pytest.raises(SeriesError, match="larger than 3 MB, the most that is taken"):
        library.hold(endless, "a.csv", 3_000_000)  # type: ignore[arg-type]
    assert endless.given < 5_000_000
    assert list((library.folder / ".pending").iterdir()) == []


def test_an_upload_whose_sender_goes_away_leaves_nothing(library: Library) -> None:
    class Gone(Endless):
        def read(self, size: int = -1) -> bytes:
            if self.given:
                raise RuntimeError("gone")
            return super().read(size)

    with pytest.raises(RuntimeError):
        library.hold(Gone(), "a.csv", 10**9)  # type: ignore[arg-type]
    assert list((library.folder / ".pending").iterdir()) == []


NAMES = {
    "deaths.csv": "deaths.csv",
    "../../etc/passwd": "passwd",
    "C:\\data\\Wake county.xlsx": "Wake county.xlsx",
    "": "upload",
    "...": "upload",
    ".hidden": "hidden",
    "a\0b\n<i>.csv": "a_b_i_.csv",
    "a" * 300 + ".parquet": "a" * 80 + ".parquet",
    "a." + "b" * 300: "a." + "b" * 10,
    "données.csv": "donn_es.csv",
}


@pytest.mark.parametrize(("name", "clean"), NAMES.items(), ids=repr)
def test_the_name_of_an_upload_is_cleaned(library: Library, name: str, clean: str) -> None:
    assert library.pending(library.hold(io.BytesIO(b"a"), name, 10)).name == clean


@pytest.mark.parametrize("token", ["", ".", "..", "../deaths", "a", "*" * 20, "a" * 99, "/etc"])
def test_a_token_cannot_lead_out_of_the_folder(library: Library, token: str) -> None:
    library.add(make_series())
    library.hold(io.BytesIO(b"a"), "a.csv", 10)
    library.drop(token)
    assert len(library.all()) == 1
    assert len(list((library.folder / ".pending").iterdir())) == 1
    with pytest.raises(SeriesError, match="no longer kept"):
        library.pending(token)


def held(library: Library, tokens: list[str]) -> list[bool]:
    return [(library.folder / ".pending" / token).is_dir() for token in tokens]


def test_only_the_newest_uploads_are_held(library: Library) -> None:
    tokens = []
    for number in range(MAX_PENDING + 2):
        tokens.append(library.hold(io.BytesIO(b"a"), "a.csv", 10))
        moment = 4e9 + number
        os.utime(library.folder / ".pending" / tokens[-1], (moment, moment))
    assert held(library, tokens) == [False] * 2 + [True] * MAX_PENDING


def test_uploads_of_yesterday_are_removed_with_the_next(library: Library) -> None:
    tokens = [library.hold(io.BytesIO(b"a"), "a.csv", 10) for _ in range(2)]
    os.utime(library.folder / ".pending" / tokens[0], (0, 0))
    tokens.append(library.hold(io.BytesIO(b"a"), "a.csv", 10))
    assert held(library, tokens) == [False, True, True]


def test_the_folder_is_as_the_person_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SERIES_FOLDER", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("SERIES_FOLDER", "~/series")
    assert default_folder() == Path.home() / "series"
    monkeypatch.setenv("SERIES_FOLDER", " ")
    assert default_folder().parts[-2:] == ("nc-lead-atlas", "series")
    monkeypatch.delenv("SERIES_FOLDER")
    assert default_folder().is_absolute()


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (1500, "1,500 bytes"), (3e8, "300 MB"), (5e9, "5,000 MB")]
)
def test_sizes_are_said_in_words(size: float, words: str) -> None:
    assert size_words(int(size)) == words
