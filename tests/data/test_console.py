"""Text from outside as it may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.console import shortened

TEXTS = {
    "as it is": ("Wake County", "Wake County"),
    "just as long": ("a" * 60, "a" * 60),
    "too long": ("a" * 61, "a" * 57 + "..."),
    "cut before a blank": ("a" * 56 + " " + "b" * 9, "a" * 56 + "..."),
    "two lines": ("two\r\nlines", "two lines"),
    "blanks": ("  two \t blanks\u00a0 ", "two blanks"),
    "signs that steer": ("a\u202eb\x1b[2Jc\0", "a b [2Jc"),
    "half a letter": ("a\ud800", "a"),
    "none": ("\n \u200b", ""),
}


@pytest.mark.parametrize(("text", "short"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_put_on_one_line(text: str, short: str) -> None:
    assert shortened(text, 60) == short


@given(st.text(), st.integers(4, 30))
def test_what_is_shown_is_short_and_printable(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short.isprintable()
    assert shortened(short, most) == short
