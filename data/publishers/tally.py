"""Count the rows of an extract of events by county, month and class, with DuckDB where it can."""

from __future__ import annotations

import codecs
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data.dates import today
from data.deadline import go_on
from data.publishers import reading as files
from data.publishers.columnar import faults, literal, locked, parquet_columns, quoted
from data.series import SeriesError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAX_GROUPS = 500_000
"""Different counties, months and classes; more, and the columns hold something else."""
MAX_ALIKE = 2_000_000
"""Different counties, days and classes, where they are counted row by row."""
_TOO_MANY = (
    "{name}: the columns hold more than {most:,} different counties, days and classes; "
    "choose the columns of the county and of a wide class."
)
_FORMATS = (
    *("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p"),
    *("%m/%d/%Y %I:%M:%S %p", "%Y%m%d", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y", "%b %d, %Y"),
    "%Y/%m/%d",
)
"""Of days, beside ISO days and time stamps; month before day, as in the United States."""


def tally(path: Path, name: str, columns: list[str], used: tuple[str, ...]) -> pd.DataFrame:
    """Count the rows by the texts of county, class and state, and by month.

    ``used`` names the columns of county, day, class and state, the last two perhaps "".
    Gives ``place, month, class, state, late, events, first, last``; no month where the day cannot
    be read, ``late`` where it is in the future.
    """
    kind = files.kind_of(path, name)
    with locked(path, name) as connection:
        if kind == files.PARQUET:
            groups = _of_parquet(connection, path, name, used)
        else:
            groups = _of_csv(connection, path, name, columns, used)
            if groups is None:
                connection.register("slowly", _by_row(path, name, used))
                own = {column: column for column in used}
                groups = _counted(connection, "slowly", own, used, "sum(rows_alike)")
    if len(groups) > MAX_GROUPS:
        raise SeriesError(_TOO_MANY.format(name=name, most=MAX_GROUPS))
    return groups


def _counted(
    connection: DuckDBPyConnection,
    source: str,
    names: dict[str, str],
    used: tuple[str, ...],
    count: str = "count(*)",
) -> pd.DataFrame:
    """Count the rows of a source, in which each column that is used has a name."""
    county, day, sort, state = (
        f"trim(CAST({quoted(names[column])} AS VARCHAR))" if column else "''" for column in used
    )
    formats = ", ".join(map(literal, _FORMATS))
    present = literal(today().isoformat())
    alike = ", rows_alike" if "rows_alike" in count else ""
    return connection.execute(
        f"""
        SELECT coalesce(place, '') AS place, date_trunc('month', day) AS month,
               coalesce(class, '') AS class, coalesce(state, '') AS state,
               coalesce(day > CAST({present} AS DATE), false) AS late,
               CAST({count} AS BIGINT) AS events, min(day) AS first, max(day) AS last
        FROM (
            SELECT place, class, state,
                   CASE WHEN given BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'
                        THEN given END AS day{alike}
            FROM (
                SELECT place, class, state,
                       CAST(coalesce(try_cast(told AS TIMESTAMP),
                                     try_strptime(told, [{formats}])) AS DATE) AS given{alike}
                FROM (
                    SELECT {county} AS place, {sort} AS class, {state} AS state,
                           CASE WHEN {day} <> 'epoch' THEN {day} END AS told{alike}
                    FROM {source}
                )
            )
        )
        GROUP BY ALL LIMIT {MAX_GROUPS + 1}
        """
    ).df()


def _of_parquet(
    connection: DuckDBPyConnection, path: Path, name: str, used: tuple[str, ...]
) -> pd.DataFrame:
    found = parquet_columns(connection, path, name)
    source = f"read_parquet({literal(str(path.resolve()))})"
    try:
        return _counted(connection, source, {column: column for column in found}, used)
    except faults():
        raise SeriesError(f"{name} is a damaged Parquet file; get it again.") from None


def _of_csv(
    connection: DuckDBPyConnection,
    path: Path,
    name: str,
    columns: list[str],
    used: tuple[str, ...],
) -> pd.DataFrame | None:
    """Count a CSV file; gives None where DuckDB cannot, be it a fault or not."""
    try:
        # Padding reads short rows, as footers are; without it, line ends may stand in quotes.
        for padding in (True, False):
            go_on()
            source, names = _csv_source(path, name, columns, padding)
            with suppress(*faults()):
                return _counted(connection, source, names, used)
    except _NotPlainError:
        pass
    return None


class _NotPlainError(Exception):
    """A file that DuckDB does not read as this package does."""


def _csv_source(
    path: Path, name: str, columns: list[str], padding: bool
) -> tuple[str, dict[str, str]]:
    """Give the SQL of a CSV file's rows, and the name that each column has in it."""
    if files.kind_of(path, name) != files.TEXT:
        raise _NotPlainError
    with files.open_table(path, name) as table:
        skip = table.header
    with path.open("rb") as file:
        head = [line.decode("latin-1") for line in file.readlines(files.SAMPLE)]
    separator = files.separator_of(head)
    types = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(columns)))
    source = (
        f"read_csv({literal(str(path.resolve()))}, auto_detect = false, header = false, "
        f"skip = {skip}, delim = {literal(separator)}, quote = '\"', escape = '\"', "
        f"columns = {{{types}}}, encoding = {literal(_encoding(path, separator))}, "
        f"null_padding = {padding}, strict_mode = true, max_line_size = {files.MAX_LINE})"
    )
    return source, {column: f"c{number}" for number, column in enumerate(columns)}


def _encoding(path: Path, separator: str) -> str:
    """Give the encoding in DuckDB's words; reads the whole file, as one late byte decides.

    Raises _NotPlainError for what is no text or may break off.
    """
    if files.encoding_of(path) == "utf-16":
        return "utf-16"
    decoder, encoding, tail = codecs.getincrementaldecoder("utf-8")(), "utf-8", b""
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            go_on()
            tail = block
            if b"\0" in block:
                raise _NotPlainError
            if encoding == "utf-8":
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    encoding = "latin-1"
    if not tail.endswith((b"\n", b"\r")) and separator.encode() in tail.splitlines()[-1]:
        raise _NotPlainError
    return encoding


def _by_row(path: Path, name: str, used: tuple[str, ...]) -> pd.DataFrame:
    """Count equal rows one by one: slowly, but in every form, and with every fault told."""
    own = [column for column in dict.fromkeys(used) if column]
    alike: Counter[tuple[str, ...]] = Counter()
    with files.open_table(path, name) as table:
        places = [table.columns.index(column) for column in own]
        for _, cells in table.rows:
            alike[tuple([cells[place] for place in places])] += 1
            if len(alike) > MAX_ALIKE:
                raise SeriesError(_TOO_MANY.format(name=name, most=MAX_ALIKE))
    frame = pd.DataFrame(list(alike), columns=own, dtype=object)
    return frame.assign(rows_alike=list(alike.values()))
