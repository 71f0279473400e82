import io
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageColor

from data.dates import day_words
from data.frame import county_frame
from data.measures.layers import measure_layer
from data.words import LEGEND_WORDS, LOOKS, describe
from geo import county_shapes, to_picture
from layouts.exports import social
from layouts.exports.social import MAP_LEFT, MAP_TOP, MAP_WIDTH, social_png
from layouts.theme import HATCHED, LIGHT

DAYS = [date(1950, 1, 1), date(2018, 2, 10), date(2019, 8, 31), date(2025, 5, 1)]
MOST_BYTES = 150_000


@pytest.fixture(params=DAYS, ids=str)
def day(request: pytest.FixtureRequest) -> Any:
    return request.param


def opened(raw: bytes) -> Any:
    picture = Image.open(io.BytesIO(raw))
    picture.load()
    return picture


def label_points() -> dict[str, tuple[int, int]]:
    shapes = county_shapes()
    points = to_picture(shapes[["label_lon", "label_lat"]].to_numpy(dtype=float), MAP_WIDTH)
    places = np.floor(points + np.array([MAP_LEFT, MAP_TOP])).astype(int)
    return {str(fips): (int(x), int(y)) for fips, (x, y) in zip(shapes.index, places, strict=True)}


def rgb(name: str) -> tuple[int, ...]:
    return ImageColor.getrgb(LIGHT[name])


def assert_painted(picture: Any, place: tuple[int, int], look: str) -> None:
    if look not in HATCHED:
        assert picture.getpixel(place) == rgb(look)
        return
    x, y = place
    around = {picture.getpixel((x + right, y + down)) for right in range(-6, 7) for down in (0, 1)}
    assert around >= {rgb(name) for name in HATCHED[look]}


def test_it_has_the_size_that_previews_ask_for(facts: Any, day: date) -> None:
    raw = social_png(facts, day)
    picture = opened(raw)
    assert (picture.format, picture.size, picture.mode) == ("PNG", (1200, 630), "RGB")
    assert len(raw) <= MOST_BYTES


def test_each_county_is_painted_as_it_looks(facts: Any, day: date) -> None:
    picture, places = opened(social_png(facts, day)), label_points()
    for row in county_frame(facts, day).itertuples():
        assert_painted(picture, places[row.fips], row.look)


def test_each_county_is_painted_as_a_loaded_measure_says(facts: Any, vera: Any) -> None:
    day = date(2019, 8, 31)
    layer = measure_layer(facts, vera, vera.measures[0].name, day, date(2026, 1, 31))
    raw = social_png(facts, day, layer)
    picture, places = opened(raw), label_points()
    for row in layer.frame.itertuples():
        assert_painted(picture, places[row.fips], row.look)
    assert len(raw) <= MOST_BYTES
    accent = np.all(np.asarray(picture) == rgb("accent"), axis=2)
    assert accent.sum() > 300


def test_nothing_is_drawn_over_the_edge(facts: Any, day: date) -> None:
    pixels = np.asarray(opened(social_png(facts, day)))
    inner = np.ones(pixels.shape[:2], dtype=bool)
    inner[16:-14, 30:-30] = False
    assert (pixels[inner] == rgb("paper")).all()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the lines that are written, in order."""
    lines: list[str] = []
    write = social._write

    def note(draw: Any, y: float, text: str, *rest: Any, **more: Any) -> None:
        lines.append(text)
        write(draw, y, text, *rest, **more)

    monkeypatch.setattr(social, "_write", note)
    return lines


def test_sentence_legend_day_and_edition_are_written(
    facts: Any, day: date, written: list[str]
) -> None:
    twin = replace(facts)  # not drawn before, so not kept
    social_png(twin, day)
    frame = county_frame(twin, day)
    found = frame["look"].value_counts()
    assert written[0] == f"{describe(day, frame).headline}."
    assert " ".join(written).find(describe(day, frame).detail) > 0
    for look in LOOKS:
        assert f"{LEGEND_WORDS[look]} ({found.get(look, 0)})" in written
    assert facts.edition in written[-1]
    assert day_words(day) in written[-1]


def test_the_file_tells_the_whole_sentence(facts: Any, day: date) -> None:
    told = opened(social_png(facts, day)).text
    assert told["Description"] == str(describe(day, county_frame(facts, day)))
    assert facts.edition in told["Source"]


PLAIN = {
    "a minus": ("−5", "-5"),
    "dashes": ("1–2—3", "1-2-3"),
    "accents": ("Peña Córdoba", "Pena Cordoba"),
    "other letters": ("中 a", "? a"),
    "lines": ("a\n\tb", "a b"),
    "signs that are not seen": ("a\x07b\u202e", "a?b?"),
    "what the font has": ("“LEAD” & it’s 50% <b>", "“LEAD” & it’s 50% <b>"),
}


@pytest.mark.parametrize(("text", "plain"), PLAIN.values(), ids=PLAIN)
def test_text_is_written_with_the_letters_of_the_font(text: str, plain: str) -> None:
    assert social._plain(text) == plain


WRAPPED = {
    "short": ("one two", ["one two"]),
    "nothing": ("", [""]),
    "two lines": ("word " * 20, None),
    "too long": ("word " * 90, None),
    "one long word": ("w" * 300, None),
    "a long word after a short one": ("a " + "w" * 300, None),
}


@pytest.mark.parametrize(("text", "lines"), WRAPPED.values(), ids=WRAPPED)
def test_words_never_run_over_their_room(text: str, lines: list[str] | None) -> None:
    found = social._wrapped(text, 22, 600, 2)
    assert len(found) <= 2
    assert all(social._length(line, 22) <= 600 for line in found)
    whole = " ".join(found) == " ".join(text.split())
    assert whole or found[-1].endswith("...")
    assert lines is None or found == lines


@pytest.mark.parametrize("name", ["<b>&</b>", "w" * 400, "\x00\n\u202e中", "\U0001f600 {}"])
def test_a_hostile_name_is_only_text(facts: Any, name: str) -> None:
    table = facts.counties.copy()
    table.loc[table["fips"] == "37087", "county"] = name
    raw = social_png(replace(facts, counties=table), date(2019, 8, 31))
    assert opened(raw).size == (1200, 630)


def test_the_same_facts_and_day_give_the_same_bytes(facts: Any) -> None:
    assert social_png(facts, DAYS[2]) == social_png(replace(facts), DAYS[2])
