"""The README's pictures are there, small, and made by ``make screenshots``."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from tests.screenshots import DAY, FOLDER, MOST_BYTES, NOW, PICTURES, ROOT, Clock

SHOWN = re.findall(
    r"""(?:\]\(|src=")([^)"\s]+\.(?:png|svg|jpe?g|webp))""", (ROOT / "README.md").read_text("utf-8")
)


def test_the_readme_shows_pictures_that_the_script_takes() -> None:
    assert SHOWN
    assert {ROOT / path for path in SHOWN} <= {FOLDER / f"{name}.png" for name in PICTURES}


def test_the_folder_holds_just_what_the_script_takes() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_of_its_window(name: str) -> None:
    file = FOLDER / f"{name}.png"
    assert file.stat().st_size < MOST_BYTES
    with Image.open(file) as picture:
        assert picture.size == PICTURES[name].window


@pytest.mark.parametrize("name", sorted(set(PICTURES) - {"evidence"}))
def test_a_picture_is_of_a_fixed_day(name: str) -> None:
    assert DAY.partition("=")[2] in parse_qs(urlsplit(PICTURES[name].address).query)["date"]


def test_the_clock_stands_still() -> None:
    assert Clock.now() == NOW
    assert type(Clock.now().date()) is date
