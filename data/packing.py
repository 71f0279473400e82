"""ZIP archives: what one says of itself before it is unpacked, and how ours are packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

SMALL = 1_000_000
"""A part below this size may be packed as tightly as it likes."""
MOST_RATIO = 100
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others are not unpacked bit by bit, so a bound would come too late."""
_DEFINES = b"<!DOCTYPE"
_DAY = (1980, 1, 1, 0, 0, 0)
"""A fixed time on every file, so that the same files give the same bytes."""


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


def has_definitions(blocks: Iterable[bytes]) -> bool:
    """Tell whether a part has definitions for XML, by which a small file can stand for a huge one.

    ``blocks`` are all of its bytes in turn: anything may stand before the definitions. In UTF-16 a
    zero stands beside each of their letters.
    """
    before = b""
    for block in blocks:
        seen = before + block.replace(b"\0", b"")
        if _DEFINES in seen:
            return True
        before = seen[1 - len(_DEFINES) :]
    return False


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Pack files, by name; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return packed.getvalue()
