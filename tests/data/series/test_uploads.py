import io
import os
from pathlib import Path

import pytest

from data.series import SeriesError
from data.series.files import size_words
from data.series.library import Library
from data.series.uploads import MOST_HELD, Uploads
from tests.data.series_builder import full_series


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "app" / "series" / ".pending")


class Endless(io.RawIOBase):
    """Gives bytes for ever, and counts them."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"x" * size


def test_an_upload_is_held_and_dropped(uploads: Uploads) -> None:
    token = uploads.hold(io.BytesIO(b"fips,year"), "deaths 2019.csv", 9)
    path = uploads.held(token)
    assert path.read_bytes() == b"fips,year"
    assert path.name == "deaths 2019.csv"
    assert path.is_relative_to(uploads.folder)
    uploads.drop(token)
    uploads.drop(token)
    assert list(uploads.folder.iterdir()) == []
    with pytest.raises(SeriesError, match="no longer kept; choose the file again"):
        uploads.held(token)


def test_an_upload_over_the_limit_is_refused_early_and_leaves_nothing(uploads: Uploads) -> None:
    endless = Endless()
    with pytest.raises(SeriesError, match="larger than 3 MB, the most that is taken"):
        uploads.hold(endless, "a.csv", 3_000_000)  # type: ignore[arg-type]
    assert endless.given < 5_000_000
    assert list(uploads.folder.iterdir()) == []


def test_an_upload_whose_sender_goes_away_leaves_nothing(uploads: Uploads) -> None:
    class Gone(Endless):
        def read(self, size: int = -1) -> bytes:
            if self.given:
                raise RuntimeError("gone")
            return super().read(size)

    with pytest.raises(RuntimeError):
        uploads.hold(Gone(), "a.csv", 10**9)  # type: ignore[arg-type]
    assert list(uploads.folder.iterdir()) == []


NAMES = {
    "deaths.csv": "deaths.csv",
    "../../etc/passwd": "passwd",
    "C:\\data\\Wake county.xlsx": "Wake county.xlsx",
    "": "file",
    "/": "file",
    "...": "file",
    ".hidden": "hidden",
    "a\0b\n<i>.csv": "a_b_i_.csv",
    "a" * 300 + ".parquet": "a" * 50 + ".parquet",
    "C:\\Data\\jail 2019 (new).csv": "jail 2019 (new).csv",
    "a." + "b" * 300: "a." + "b" * 10,
    "données.csv": "données.csv",
    "縣" * 300 + ".csv": "縣" * 50 + ".csv",
}


@pytest.mark.parametrize(("name", "clean"), NAMES.items(), ids=repr)
def test_the_name_of_an_upload_is_cleaned(uploads: Uploads, name: str, clean: str) -> None:
    assert uploads.held(uploads.hold(io.BytesIO(b"a"), name, 10)).name == clean


@pytest.mark.parametrize("token", ["", ".", "..", "../deaths", "a", "*" * 20, "a" * 99, "/etc"])
def test_a_token_cannot_lead_out_of_the_folder(uploads: Uploads, token: str) -> None:
    library = Library(uploads.folder.parent)
    library.add(full_series())
    uploads.hold(io.BytesIO(b"a"), "a.csv", 10)
    uploads.drop(token)
    assert len(library.all()) == 1
    assert len(list(uploads.folder.iterdir())) == 1
    with pytest.raises(SeriesError, match="no longer kept"):
        uploads.held(token)


def held(uploads: Uploads, tokens: list[str]) -> list[bool]:
    return [(uploads.folder / token).is_dir() for token in tokens]


def test_only_the_newest_uploads_are_held(uploads: Uploads) -> None:
    tokens = []
    for number in range(MOST_HELD + 2):
        tokens.append(uploads.hold(io.BytesIO(b"a"), "a.csv", 10))
        moment = 4e9 + number
        os.utime(uploads.folder / tokens[-1], (moment, moment))
    assert held(uploads, tokens) == [False] * 2 + [True] * MOST_HELD


def test_uploads_of_yesterday_are_removed_with_the_next(uploads: Uploads) -> None:
    tokens = [uploads.hold(io.BytesIO(b"a"), "a.csv", 10) for _ in range(2)]
    os.utime(uploads.folder / tokens[0], (0, 0))
    tokens.append(uploads.hold(io.BytesIO(b"a"), "a.csv", 10))
    assert held(uploads, tokens) == [False, True, True]


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (1500, "1,500 bytes"), (3e8, "300 MB"), (5e9, "5,000 MB")]
)
def test_sizes_are_said_in_words(size: float, words: str) -> None:
    assert size_words(int(size)) == words
