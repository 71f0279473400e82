"""What an archive says of itself, looked at before anything in it is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

SMALL = 1_000_000
"""A part below this size may be packed as tightly as it likes."""
MOST_RATIO = 100
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others are not unpacked bit by bit, so a bound would come too late."""


def is_unusual(parts: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether a part is packed in a way that no spreadsheet uses, as with bzip2 or LZMA."""
    return any(part.compress_type not in USUAL for part in parts)


def has_twins(parts: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether two parts have one name."""
    return len({part.filename for part in parts}) < len(parts)


def goes_too_far(parts: Sequence[zipfile.ZipInfo], most: int) -> bool:
    """Tell whether all unpacks to more than ``most`` bytes, or a part to far more than its size."""
    tight = any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts)
    return tight or sum(part.file_size for part in parts) > most
