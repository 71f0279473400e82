"""Files and folders of loaded series: names, errors in one sentence, sizes, what changed."""

from __future__ import annotations

import errno
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.series import SeriesError

GONE = ".gone-"
DAY_SECONDS = 24 * 3600
NAME_LENGTH = 50
"""Letters of a file's name before its suffix; as many as a disk takes of any script."""
Stamp = tuple[int, ...] | None
"""Identity, time of change (ns) and size of a file or folder; None where there is none."""


def clean_name(name: str) -> str:
    """Give a file's own name: short, without folders, dots at its ends or odd characters."""
    base = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w ._()-]+", "_", base).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:NAME_LENGTH]}{dot}{suffix[:10]}" if stem else plain[:NAME_LENGTH] or "file"


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Tell an OSError of the block as a SeriesError of one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            advice = f"The disk that holds {folder} is full; free some space and try again."
        else:
            why = error.strerror or str(error)
            advice = (
                f"The folder {folder} cannot be written to ({why}); "
                "mend its permissions, or name another folder in SERIES_FOLDER."
            )
        raise SeriesError(advice) from error


def size_words(size: int) -> str:
    """Say a number of bytes as ``300 MB``."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size:,} bytes"


def stamp_of(path: Path) -> Stamp:
    """Give the stamp by which a change of a file, or of the names in a folder, is seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def changed(path: Path) -> float:
    """Give the time of change in seconds; now, where the path is gone meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def discard(folder: Path) -> None:
    """Remove a folder so that it is there whole or not at all."""
    if folder.is_dir():
        gone = folder.with_name(f"{GONE}{secrets.token_hex(8)}")
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def remove_aged(folders: Iterable[Path]) -> None:
    """Remove those that have not changed for a day: nobody will come back for them."""
    for folder in folders:
        if time.time() - changed(folder) > DAY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
