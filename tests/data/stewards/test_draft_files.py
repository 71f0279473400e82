import io
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.facts import Facts
from data.stewards.draft import check_draft, read_draft
from data.stewards.draft_sheets import DraftError, shown
from tests.data.handed_in import HEADER, as_book, as_csv, as_zip, rows_as_text


def zip_of_lies() -> bytes:
    """Make an archive whose part says that it holds ten bytes, and holds a million."""
    raw = bytearray(as_zip({"adoption.csv": b"a" * 1_000_000}))
    place = raw.rfind(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(raw)


def encrypted() -> bytes:
    raw = bytearray(as_zip({"adoption.csv": "x"}))
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


BLANKS = ",".join([""] * len(HEADER))
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "x.csv is empty; it needs at least its header row."),
    "blanks": (b" \n\t\n", "x.csv is empty"),
    "too large": (b"a" * 10_000_001, "x.csv is larger than 10 MB; hand in one table at a time."),
    "too many lines": (
        f"{','.join(HEADER)}\n".encode() + b"\n" * 60_000,
        "x.csv has more than 50,000 lines; delete the blank rows below the table.",
    ),
    "too many cells": (b"," * 2_100_000, "x.csv has more than 2,000,000 cells"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.csv is no table"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1", "x.csv is an old Excel file"),
    "a page of HTML": (b"<!DOCTYPE html><html>", "x.csv has the header of no table; it must be"),
    "bytes of no encoding": (b"a\x81", "x.csv is in an unknown encoding; save it as"),
    "half a UTF-16 file": (b"\xff\xfea", "x.csv is in an unknown encoding"),
    "the head of a ZIP": (b"PK\x03\x04", "x.csv is damaged or has a password"),
    "a ZIP of nothing": (as_zip({}), "The file holds no table; name each sheet"),
    "a ZIP of a ZIP": (as_zip({"a.zip": as_zip({})}), "The file holds no table"),
    "a ZIP with a password": (encrypted(), "x.csv is damaged or has a password; save it anew."),
    "a ZIP that lies of its size": (zip_of_lies(), "x.csv is damaged or has a password"),
    "a ZIP of one table twice": (
        as_zip({"a/adoption.csv": ",".join(HEADER), "b/adoption.csv": ",".join(HEADER)}),
        "adoption.csv and adoption.csv both hold the table adoption; keep one of them.",
    ),
    "a bomb": (
        as_zip({"adoption.csv": b"0" * 5_000_000}),
        "x.csv unpacks to far more than its size; hand in the tables as CSV.",
    ),
    "a bomb of many parts": (
        as_zip({f"{part}.csv": b"0" * 900_000 for part in range(60)}),
        "x.csv unpacks to far more than its size",
    ),
    "too many parts": (
        as_zip({f"{part}.csv": "x" for part in range(201)}),
        "x.csv has more than 200 files; hand in only the tables.",
    ),
    "an unusual packing": (
        as_zip({"adoption.csv": "x"}, zipfile.ZIP_BZIP2),
        "x.csv is packed in an unusual way; pack it anew as a plain ZIP file.",
    ),
    "a workbook of nothing": (
        as_zip({"xl/workbook.xml": "<x/>"}),
        "x.csv is a damaged Excel file; open it in Excel and save it anew.",
    ),
    "a workbook with definitions": (
        as_zip({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "x.csv has definitions inside that no Excel file has; save it anew.",
    ),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(
    facts: Facts, content: bytes, words: str
) -> None:
    with pytest.raises(DraftError) as refused:
        read_draft("C:\\tables\\x.csv", content, facts)
    assert str(refused.value).startswith(words)
    assert str(refused.value).count(". ") == 0


def test_two_parts_of_one_name_are_refused(facts: Facts) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("adoption.csv", "x")
            archive.writestr("adoption.csv", "y")
    with pytest.raises(DraftError, match="two files of one name"):
        read_draft("x.zip", stream.getvalue(), facts)


SLOW: dict[str, bytes] = {
    "odd dates": as_csv([list(HEADER), *([f"day {n}"] * len(HEADER) for n in range(20))]).encode(),
    "rows of a workbook": as_book({"adoption": [list(HEADER), *([["x"]] * 30)]}),
    "parts of a ZIP": as_zip({f"{part}.csv": "x" for part in range(30)}),
}


@pytest.mark.parametrize("content", SLOW.values(), ids=SLOW)
def test_a_file_that_takes_too_long_is_refused_in_one_sentence(
    facts: Facts, content: bytes, ticking: None
) -> None:
    with pytest.raises(DraftError) as refused:
        read_draft("x", content, facts)
    told = "x takes longer than 20 seconds to check; hand in one table with fewer rows."
    assert str(refused.value) == told


def test_a_check_that_takes_too_long_is_a_problem(facts: Facts, ticking: None) -> None:
    odd = facts.adoption.assign(start=[f"day {n}" for n in range(len(facts.adoption))])
    made, problems = check_draft({"adoption": odd}, facts)
    assert made is None
    told = "adoption.csv: The check takes longer than 20 seconds; keep fewer rows."
    assert list(map(str, problems)) == [told]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a/b/c.csv", "c.csv"),
        ("C:\\x\\y.csv", "y.csv"),
        ("a\nb\u202ec.csv", "a b c.csv"),
        ("", "The file"),
        ("../", ".."),
        ("x" * 99, "x" * 57 + "..."),
    ],
)
def test_a_name_is_shown_short_and_plain(name: str, words: str) -> None:
    assert shown(name) == words


@pytest.fixture(scope="module")
def whole(facts: Facts) -> list[bytes]:
    """Give good files of each kind, to be spoiled."""
    rows = rows_as_text(facts)[:3]
    small = as_csv(rows)
    return [small.encode(), as_zip({"adoption.csv": small}), as_book({"adoption": rows})]


fuzz = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzz
@given(content=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]))
def test_random_bytes_are_refused_and_no_more(facts: Facts, content: bytes, start: bytes) -> None:
    with pytest.raises(DraftError) as refused:
        read_draft("x", start + content, facts)
    assert "\n" not in str(refused.value)


@settings(fuzz, max_examples=12)
@given(data=st.data())
def test_a_spoiled_file_is_read_or_refused(facts: Facts, whole: list[bytes], data: Any) -> None:
    content = bytearray(data.draw(st.sampled_from(whole)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        found = read_draft("adoption.csv", bytes(content), facts)
    except DraftError as error:
        assert "\n" not in str(error)
    else:
        assert (found.facts is None) == bool(found.problems)
        assert all(str(problem) for problem in found.problems)
