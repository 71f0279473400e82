"""Files that a person sent to be loaded: held until their columns are understood, or for a day."""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from data.series import SeriesError
from data.series.files import changed, clean_name, remove_aged, size_words, writing_to

MOST_HELD = 5
CHUNK = 1 << 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Uploads:
    """Files held in a folder, each under a token that no one can guess.

    A file is held for a day, and until five newer ones are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hold(self, upload: BinaryIO, name: str, limit: int) -> str:
        """Hold a file and give its token.

        Parameters
        ----------
        upload
            Read to its end, piece by piece.
        name
            As the sender calls the file; only its plain characters are kept.
        limit
            The most bytes that are taken.

        Raises SeriesError, and leaves nothing, for a file over the limit or when it cannot be
        written.
        """
        token = secrets.token_urlsafe(16)
        place = self.folder / token
        with writing_to(self.folder.parent):
            try:
                place.mkdir(parents=True)
                self._make_room(token)
                _take(upload, place / clean_name(name), limit)
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                raise
        return token

    def _make_room(self, token: str) -> None:
        others = [path for path in self.folder.iterdir() if path.name != token]
        newest = sorted(others, key=changed, reverse=True)
        remove_aged(newest)
        for path in newest[MOST_HELD - 1 :]:
            shutil.rmtree(path, ignore_errors=True)

    def held(self, token: str) -> Path:
        """Give the file that a token stands for; raises SeriesError when it is held no longer."""
        if _TOKEN.fullmatch(token):
            for path in (self.folder / token).glob("*"):
                return path
        raise SeriesError("This upload is no longer kept; choose the file again.")

    def drop(self, token: str) -> None:
        """Remove a file that is held; nothing happens where there is none."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self.folder / token, ignore_errors=True)


def _take(upload: BinaryIO, target: Path, limit: int) -> None:
    taken = 0
    with target.open("xb") as file:
        while piece := upload.read(CHUNK):
            taken += len(piece)
            if taken > limit:
                raise SeriesError(
                    f"The file is larger than {size_words(limit)}, the most that is taken; "
                    "cut it to North Carolina, or load it with the command line."
                )
            file.write(piece)
