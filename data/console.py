"""What the command line prints."""

from __future__ import annotations

import sys
from typing import TextIO


def tell(text: str, stream: TextIO | None = None) -> None:
    """Print a line; what a file holds can neither steer the terminal nor fail to be shown."""
    stream = stream or sys.stdout
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    code = stream.encoding or "utf-8"
    print(plain.encode(code, "replace").decode(code), file=stream)
