"""Files that are written whole or not at all, also by several processes at once."""

from __future__ import annotations

import secrets
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text as UTF-8 in place of the file before, and make its folder where there is none.

    Who reads meanwhile sees the old file or the new one, whole. Raises OSError, and leaves the old
    file then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
