import re
from pathlib import Path

import pytest

from layouts.exports.offline import main


def test_the_atlas_is_written_as_one_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "atlas.html"
    assert main([str(place)]) == 0
    text = place.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.count("<h1") == 1
    linked = set(re.findall(r' href="#([^"]+)"', text))
    assert {"grades", "simulation"} < linked <= set(re.findall(r' id="([^"]+)"', text))
    assert capsys.readouterr().out == f"Wrote {place}: {len(text.encode()) / 1e6:.2f} MB.\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["a.html", "b.html"]], ids=str)
def test_other_arguments_are_answered_with_an_example(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "python -m layouts.exports.offline atlas.html" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("layouts.exports.offline.offline_file", lambda *_: "")
    place = tmp_path / "nowhere" / "atlas.html"
    assert main([str(place)]) == 1
    assert capsys.readouterr().err == (
        f"{place} cannot be written (No such file or directory). Name another place.\n"
    )
