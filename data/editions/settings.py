"""Where editions are kept: a database named in DATABASE_URL, else a file of the person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from data.editions.edition import StoreError
from data.schema import TABLES
from data.settings import setting

NONE = "none"
"""The value of DATABASE_URL that turns the database off: the folder of tables is shown."""
_POSTGRES = "postgresql+psycopg"
_FORMS = "postgresql+psycopg://user:password@host/name, or sqlite:///file"


@dataclass(frozen=True, repr=False)
class Place:
    """A database: an SQLite ``file``, else PostgreSQL at ``url``. In words it has no password."""

    url: str
    file: Path | None = None

    @classmethod
    def of_file(cls, file: Path) -> Place:
        """Give the place of an SQLite file, whether it is there yet or not."""
        whole = file.expanduser().absolute()
        return cls(f"sqlite:///{whole}", whole)

    @classmethod
    def of_url(cls, url: str) -> Place:
        """Read a URL as DATABASE_URL holds it; raises StoreError where it names no database."""
        scheme, _, rest = url.partition("://")
        if scheme in ("sqlite", "sqlite+pysqlite") and rest.lstrip("/") and ":memory:" not in rest:
            return cls.of_file(Path(rest.removeprefix("/").partition("?")[0]))
        if scheme in (_POSTGRES, "postgresql", "postgres") and rest and _is_whole(url):
            return cls(f"{_POSTGRES}://{rest}")
        # What is wrong is not shown: it may hold a password.
        raise StoreError(f"DATABASE_URL names no database that can be used; write {_FORMS}.")

    @property
    def exists(self) -> bool:
        """Tell whether there may be a database: a file must be there, a server may not answer."""
        return self.file is None or self.file.is_file()

    def __str__(self) -> str:
        if self.file:
            return str(self.file)
        parts = urlsplit(self.url)
        host = parts.hostname or "this machine"
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.path.lstrip('/') or 'the default'} at {host}{port}"

    __repr__ = __str__


def _is_whole(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def tables_folder() -> Path:
    """Give the folder of tables that is shown while no edition is published: TABLES, or ours."""
    return Path(setting("TABLES") or TABLES)


def default_file() -> Path:
    """Give the SQLite file in the person's folder for app data."""
    from platformdirs import user_data_path

    return user_data_path("nc-lead-atlas", appauthor=False) / "editions.sqlite"


def database() -> Place | None:
    """Give the database whose editions are shown; None where the folder of tables is shown.

    DATABASE_URL names a database, or is ``none``. Without it, a folder that TABLES names is shown
    as it is; else the person's own file counts, whether it is there yet or not.

    Raises StoreError where DATABASE_URL names no database.
    """
    url = setting("DATABASE_URL")
    if url.lower() == NONE or (not url and setting("TABLES")):
        return None
    return Place.of_url(url) if url else Place.of_file(default_file())


def needed_database() -> Place:
    """Give the database whose editions are shown; raises StoreError where none is."""
    found = database()
    if found is None:
        raise StoreError(
            f"The atlas shows the folder {tables_folder()} as it is and uses no database; name one "
            "in DATABASE_URL."
        )
    return found
