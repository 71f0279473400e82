"""Open an Excel file: the first visible sheet that holds a table, read row by row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime, time
from itertools import repeat
from pathlib import Path
from typing import IO, Any

from data.deadline import go_on
from data.packing import goes_too_far, has_definitions, has_twins, is_unusual
from data.publishers.grid import NoTableError, Row, Table, cut, table_of
from data.series import SeriesError

MAX_UNPACKED = 500_000_000
_FORMULA = re.compile(rb"<f[ >/]")
MAX_ROWS = 1_048_576
"""Of a sheet, as Excel itself has it."""


@contextmanager
def open_sheet(path: Path, name: str) -> Iterator[Table]:
    """Open the first visible sheet with a table.

    Raises SeriesError for what is no workbook, for one that unpacks to more than 500 MB or more
    than 100 times its size (told before anything is unpacked), and for formulas without results.
    """
    check_packing(path, name)
    with ExitStack() as opened:
        try:
            values = _workbook(path, opened, data_only=True)
            # Read a second time for formulas without a result, if there are formulas at all.
            twin = _workbook(path, opened) if has_formulas(path) else values
        except Exception:
            # openpyxl lets through whatever its parsers raise, from KeyError to ParseError.
            raise _damaged(name) from None
        yield _first_table(values, twin, path, name)


def _workbook(path: Path, opened: ExitStack, data_only: bool = False) -> Any:
    import openpyxl

    # The file is opened here, as openpyxl leaves it open when it fails.
    file = opened.enter_context(path.open("rb"))
    return openpyxl.load_workbook(file, read_only=True, data_only=data_only)


def check_packing(path: Path, name: str) -> None:
    """Refuse an archive that is no workbook or is made to harm; none of it is kept in memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_parts(parts, name)
            defines = any(_defines(archive, part) for part in parts)
    except SeriesError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise SeriesError(
            f"{name} is damaged or has a password; open it in Excel and save it anew, without one."
        ) from None
    except Exception as error:  # zlib's own error, which is no ValueError
        raise SeriesError(f"{name} is damaged ({type(error).__name__}); get it again.") from None
    if defines:
        raise SeriesError(f"{name} has definitions inside that no Excel file has; get it again.")


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise SeriesError(f"{name} is a zip archive; unpack it and load the file inside.")
    if any(re.search(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|:|\\", part) for part in names):
        raise SeriesError(f"{name} has parts with paths that no Excel file has; get it again.")
    if is_unusual(parts):
        raise SeriesError(f"{name} is packed in an unusual way; open it in Excel and save it anew.")
    if goes_too_far(parts, MAX_UNPACKED) or has_twins(parts):
        raise SeriesError(
            f"{name} unpacks to far more than its size; save the one sheet as “CSV UTF-8”."
        )


def _defines(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as file:
        return has_definitions(_blocks(file))


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(1 << 20):
        go_on()
        yield block


def _first_table(values: Any, twins: Any, path: Path, name: str) -> Table:
    """Give the first table that names a county, else the first table."""
    found: dict[str, Table] = {}
    for sheet in values.worksheets:
        if sheet.sheet_state == "visible":
            with suppress(NoTableError):
                rows = _rows(sheet, twins[sheet.title], name)
                found[sheet.title] = table_of(path, name, rows)
    if not found:
        raise SeriesError(f"{name} has no sheet with a table; put header and rows on one sheet.")
    chosen = next((title for title, table in found.items() if table.local), next(iter(found)))
    table = found[chosen]
    others = ", ".join(f"“{title}”" for title in found if title != chosen)
    unread = f"Sheets that were not read: {others}" if others else ""
    table.footer += [cut(line) for line in (f"Sheet “{chosen}”", unread) if line]
    return table


def _rows(sheet: Any, twin: Any, name: str) -> Iterator[Row]:
    """Give the rows of a sheet as text; the twin is the same sheet with its formulas, or itself."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong, and huge
    twin.reset_dimensions()
    others = twin.iter_rows() if twin is not sheet else repeat(())
    try:
        for number, (cells, formulas) in enumerate(zip(sheet.iter_rows(), others, strict=False), 1):
            go_on()
            if number > MAX_ROWS:
                raise SeriesError(f"{name} has more rows than a sheet can have; get it again.")
            _check_formulas(cells, formulas, name)
            yield number, [cell_text(cell.value) for cell in cells]
    except (SeriesError, GeneratorExit):
        raise
    except Exception:
        raise _damaged(name) from None


def _damaged(name: str) -> SeriesError:
    return SeriesError(f"{name} is a damaged Excel file; open it in Excel and save it anew.")


def has_formulas(path: Path) -> bool:
    """Tell whether any sheet has a formula, by the mark that opens one."""
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as file:
                    before = b""
                    for block in _blocks(file):
                        if _FORMULA.search(before + block):
                            return True
                        before = block[-3:]
    return False


def _check_formulas(cells: Any, others: Any, name: str) -> None:
    for cell, other in zip(cells, others, strict=False):
        if cell.value is None and other.value is not None and other.data_type == "f":
            raise SeriesError(
                f"{name}, cell {other.coordinate}: the file holds a formula without its result; "
                "open it in Excel, save it, and load it again."
            )


def cell_text(value: object) -> str:
    """Write a cell as text: whole numbers without point, days as ISO days.

    >>> cell_text(37001.0)
    '37001'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
