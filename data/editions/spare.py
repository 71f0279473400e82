"""The last edition read, kept on this machine: shown by a start while the database is away."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from data.editions.edition import Edition, Texts
from data.editions.settings import Place
from data.facts import texts_checksum
from data.files import write_whole
from data.settings import setting

FOLDER = Path(__file__).parents[2] / "build" / "editions"
"""Where copies are kept unless the setting COPIES_FOLDER tells otherwise."""


def copies_folder() -> Path:
    """Give the folder of copies (setting COPIES_FOLDER)."""
    told = setting("COPIES_FOLDER")
    return Path(told).expanduser() if told else FOLDER


def keep(folder: Path, place: Place, edition: Edition, texts: Texts) -> None:
    """Keep an edition of a database in place of the one kept before, whole or not at all."""
    told = asdict(edition) | {"at": edition.at.isoformat(), "texts": texts}
    try:
        write_whole(_path(folder, place), json.dumps(told))
    except OSError as error:  # a folder that may not be written to costs only this
        logging.warning("Edition %d could not be kept in %s: %s", edition.number, folder, error)


def kept(folder: Path, place: Place) -> tuple[Edition, Texts] | None:
    """Give the edition kept of a database with its tables; None where there is none, whole."""
    try:
        told = json.loads(_path(folder, place).read_text("utf-8"))
        texts = told.pop("texts")
        edition = Edition(**told | {"at": datetime.fromisoformat(told["at"])})
        whole = texts_checksum(texts) == edition.checksum
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return (edition, texts) if whole else None


def _path(folder: Path, place: Place) -> Path:
    # The words of a place leave out the password, and so may the name of the file.
    return folder / f"{hashlib.sha256(str(place).encode()).hexdigest()[:16]}.json"
