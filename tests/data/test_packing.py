import io
import zipfile

import pytest

from data.packing import (
    MOST_RATIO,
    SMALL,
    goes_too_far,
    has_definitions,
    has_twins,
    is_unusual,
    zipped,
)


def part(name: str = "a", size: int = 0, packed: int = 0, how: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.file_size, made.compress_size, made.compress_type = size, packed, how
    return made


@pytest.mark.parametrize(
    ("how", "unusual"),
    [
        (zipfile.ZIP_STORED, False),
        (zipfile.ZIP_DEFLATED, False),
        (zipfile.ZIP_BZIP2, True),
        (zipfile.ZIP_LZMA, True),
        (93, True),  # Zstandard
    ],
)
def test_only_the_usual_packings_are_taken(how: int, unusual: bool) -> None:
    assert is_unusual([part(), part(how=how)]) is unusual


@pytest.mark.parametrize(
    ("sizes", "far"),
    [
        ([(SMALL, 1)], False),
        ([(SMALL + 1, 1)], True),
        ([(SMALL + 1, 0)], True),
        ([(MOST_RATIO * SMALL, SMALL)], False),
        ([(MOST_RATIO * SMALL + 1, SMALL)], True),
        ([(SMALL, 1)] * 200, False),
        ([(SMALL, 1)] * 201, True),
    ],
)
def test_what_unpacks_to_far_more_than_its_size(sizes: list[tuple[int, int]], far: bool) -> None:
    parts = [part(str(n), *size) for n, size in enumerate(sizes)]
    assert goes_too_far(parts, 200 * SMALL) is far


def test_two_parts_of_one_name() -> None:
    assert has_twins([part("a"), part("b"), part("a")])
    assert not has_twins([part("a"), part("b")])


BOOM = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
LATE = f"<?xml version='1.0'?><!--{' ' * 5000}-->{BOOM}"


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("size", [1, 7, 4096, 10**6])
def test_definitions_are_found_wherever_they_stand(code: str, size: int) -> None:
    for text, found in ((BOOM, True), (LATE, True), (LATE.replace("<!DOC", "<DOC"), False)):
        raw = text.encode(code)
        blocks = (raw[start : start + size] for start in range(0, len(raw), size))
        assert has_definitions(blocks) is found


def test_a_part_without_anything_has_no_definitions() -> None:
    assert not has_definitions([])


def test_files_are_packed_in_one_order_with_one_time() -> None:
    packed = zipped({"b.csv": "ä", "a.csv": b"a" * 100})
    assert packed == zipped({"a.csv": b"a" * 100, "b.csv": "ä".encode()})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {
            "a.csv": "a" * 100,
            "b.csv": "ä",
        }
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
