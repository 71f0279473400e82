"""Bring a database to the tables that this version of the atlas needs.

A change of ``data.editions.models`` needs a new file in ``migrations/versions``, named after its
number; a test compares what the migrations make with the models.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from data.editions.edition import StoreError
from data.editions.engine import take_turns

FOLDER = Path(__file__).with_name("migrations")
LOCK = 3_708_719_150
"""A number of our own, on which PostgreSQL lets one node at a time migrate."""


def migrate(connection: Connection) -> str | None:
    """Run the migrations that are due, all within the transaction of the connection.

    Returns
    -------
    The revision before, None for a database without our tables. Raises StoreError for a
    database of a newer version.
    """
    take_turns(connection, LOCK)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    before = MigrationContext.configure(connection).get_current_revision()
    if before not in {None, *(script.revision for script in scripts.walk_revisions())}:
        raise StoreError(
            f"The database was made by a newer version of the atlas (its revision is {before}); "
            "update this one."
        )
    if before != scripts.get_current_head():
        command.upgrade(config, "head")
    return before
