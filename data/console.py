"""Text from outside as it may be shown, and what the command line prints."""

from __future__ import annotations

import sys
from typing import TextIO


def printable(text: str) -> str:
    """Give text with a blank in place of what cannot be shown, as line breaks and control signs."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def shortened(text: str, most: int) -> str:
    """Give text on one printable line of at most so many letters, with ``...`` for what is cut."""
    line = " ".join(printable(text).split())
    return line if len(line) <= most else line[: most - 3].rstrip() + "..."


def tell(text: str, stream: TextIO | None = None) -> None:
    """Print a line; what a file holds can neither steer the terminal nor fail to be shown."""
    stream = stream or sys.stdout
    code = stream.encoding or "utf-8"
    print(printable(text).encode(code, "replace").decode(code), file=stream)
