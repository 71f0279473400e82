"""DuckDB on one file only: for Parquet, and for extracts too long to be read row by row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.deadline import go_on, stopped_in_time
from data.publishers.grid import MAX_COLUMNS, Row
from data.publishers.values import shown
from data.series import SeriesError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

THREADS = 2
MEMORY = "1GB"
AT_ONCE = 10_000
"""Rows fetched at a time."""
_NESTED = {"struct", "list", "map", "array", "union", "variant"}


def quoted(name: str) -> str:
    """Write a name so that SQL can take it for nothing else."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text so that SQL can take it for nothing else."""
    return "'" + text.replace("'", "''") + "'"


def faults() -> tuple[type[Exception], ...]:
    """Give what DuckDB raises; of a damaged file its Python part may raise errors of its own."""
    import duckdb

    return duckdb.Error, RuntimeError, UnicodeError


@contextmanager
def locked(path: Path, name: str) -> Iterator[DuckDBPyConnection]:
    """Open DuckDB so that it can read this file and touch nothing else, with two threads and 1 GB.

    What does not fit goes to a temporary folder, which is removed in the end.
    """
    import duckdb

    place = str(path.resolve())
    if any(mark in place for mark in "*?["):
        raise SeriesError(f"{name} lies under a path with *, ? or [; rename it or its folder.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as spill:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": THREADS,
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(config=settings)
        try:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"SET allowed_paths = [{literal(place)}]")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            with stopped_in_time(connection.interrupt):
                yield connection
        finally:
            connection.close()


def parquet_columns(connection: DuckDBPyConnection, path: Path, name: str) -> list[str]:
    """Give the columns of a Parquet file.

    Raises SeriesError for a damaged file, too many columns, and columns that hold tables.
    """
    try:
        relation = connection.read_parquet(str(path.resolve()))
    except faults():
        raise SeriesError(f"{name} is a damaged Parquet file; get it again.") from None
    if len(relation.columns) > MAX_COLUMNS:
        raise SeriesError(
            f"{name} has {len(relation.columns)} columns, and at most {MAX_COLUMNS} are read; "
            "keep the columns for county, period and counts, and load it again."
        )
    for column, kind in zip(relation.columns, relation.types, strict=True):
        if kind.id in _NESTED:
            raise SeriesError(
                f"{name}: the column {shown(column)} holds lists or records, not single values; "
                "leave it out, or spread it over columns."
            )
    return list(relation.columns)


@contextmanager
def parquet_rows(path: Path, name: str) -> Iterator[Iterator[Row]]:
    """Give a Parquet file as rows of text; the first holds the names of the columns."""
    with locked(path, name) as connection:
        columns = parquet_columns(connection, path, name)
        yield _rows(connection, path, columns, name)


def _rows(
    connection: DuckDBPyConnection, path: Path, columns: list[str], name: str
) -> Iterator[Row]:
    yield 1, columns
    cells = ", ".join(f"coalesce(CAST({quoted(column)} AS VARCHAR), '')" for column in columns)
    number = 1
    try:
        found = connection.execute(f"SELECT {cells} FROM read_parquet($1)", [str(path.resolve())])
        while rows := found.fetchmany(AT_ONCE):
            go_on()
            for row in rows:
                number += 1
                yield number, [cell or "" for cell in row]
    except faults():
        raise SeriesError(f"{name} is a damaged Parquet file; get it again.") from None
