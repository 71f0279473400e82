"""Made-up files in the forms of the publishers; no number in them is of any county."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from data.publishers.places import county_names

CODES = list(county_names())
Cells = Sequence[object]
GROUPS = ("male", "female", "black", "white", "latinx", "native", "aapi")
VERA_31 = (
    *("total_jail_pop", "total_pretrial_custody", "total_sentenced_custody", "total_jail_admits"),
    *("total_jail_discharges", "total_prison_pop", "total_prison_admits"),
)
VERA_30 = (
    *("total_jail_pop", "total_jail_pretrial", "total_jail_sentenced", "total_jail_adm"),
    *("total_jail_dis", "total_prison_pop", "total_prison_adm"),
)


def write(path: Path, rows: Iterable[Cells], separator: str = ",") -> Path:
    """Write rows as separated text in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return path


def text(path: Path, content: str | bytes) -> Path:
    """Write text or bytes as they are."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def make_vera_31(
    path: Path, codes: Sequence[str] = CODES, years: Iterable[int] = range(2015, 2020), **cells: Any
) -> Path:
    """Write the yearly layout of 2026; ``cells`` sets columns of every row."""
    head = ["year", "county_fips", "county_name", "state_abbr", "total_pop_15to64", *VERA_31]
    rows: list[Cells] = []
    for code in codes:
        for year in years:
            row = dict(zip(head, [year, code, "Some County", "NC", 50_000], strict=False))
            row = row | {name: 100 + place + year - 2000 for place, name in enumerate(VERA_31)}
            rows.append([*(row | cells).values()])
    random.Random(1).shuffle(rows)
    return write(path, [head, *rows])


def make_vera_30(
    path: Path, codes: Sequence[str] = CODES, years: Iterable[int] = (2018, 2019)
) -> Path:
    """Write the quarterly layout of 2025: whole numbers as FIPS codes, events once a year."""
    head = ["fips", "year", "quarter", "state_abbr", "county_name", "total_pop_15to64", *VERA_30]
    rows = []
    for code in codes:
        for year in years:
            for quarter in (1, 2, 3, 4):
                events = [1200, 1100] if quarter == 2 else ["", ""]
                numbers = [100 + quarter, 60, 40, *events, 30, ""]
                rows.append([int(code), year, quarter, "NC", "Some County", 50_000, *numbers])
    random.Random(2).shuffle(rows)
    return write(path, [head, *rows])


def make_vera_22(
    path: Path, codes: Sequence[str] = CODES, years: Iterable[int] = (2017, 2018)
) -> Path:
    """Write the yearly layout of 2020."""
    head = ["yfips", "year", "fips", "state", "county_name", "total_pop", "total_pop_15to64"]
    head += ["total_jail_pop", "total_jail_adm", "total_jail_pretrial", "total_prison_pop"]
    rows = [
        [
            f"{year}{int(code)}",
            year,
            int(code),
            "NC",
            "Some County",
            80_000,
            50_000,
            110.0,
            1300,
            "",
            20,
        ]
        for code in codes
        for year in years
    ]
    return write(path, [head, *rows])


def make_wonder(
    path: Path,
    rows: Iterable[Cells] | None = None,
    footer: Sequence[str] = (
        "---",
        "Dataset: Multiple Cause of Death, 1999-2020",
        "Query Parameters:",
        "UCD - Drug/Alcohol Induced Causes: Drug poisonings (overdose) Unintentional (X40-X44)",
        "Year/Month: 2018; 2019",
    ),
    head: Sequence[str] = (
        *("Notes", "County", "County Code", "Year", "Year Code", "Deaths", "Population"),
        "Crude Rate",
    ),
) -> Path:
    """Write a tab-delimited export with quoted text, totals and a footer."""
    if rows is None:
        rows = [
            ["", "Wake County, NC", "37183", "2018", "2018", "120", "1092305", "11.0"],
            ["", "Wake County, NC", "37183", "2019", "2019", "131", "1111761", "11.8"],
            ["Total", "Wake County, NC", "37183", "", "", "251", "2204066", "11.4"],
            ["", "Hyde County, NC", "37095", "2018", "2018", "Suppressed", "5230", "Suppressed"],
            ["", "Hyde County, NC", "37095", "2019", "2019", "0", "4937", "Unreliable"],
            ["", "Lee County, NC", "37105", "2018", "2018", "14", "61452", "22.8 (Unreliable)"],
            ["", "Lee County, NC", "37105", "2019", "2019", "Missing", "61779", "Missing"],
            ["Total", "", "", "", "", "265", "", ""],
        ]
    lines = ["\t".join(f'"{cell}"' for cell in row) for row in [head, *rows]]
    return text(path, "\n".join([*lines, *(f'"{line}"' for line in footer)]) + "\n")


def make_events(
    path: Path, count: int = 3000, seed: int = 3, head: Cells = ("Arrest Date", "County", "Class")
) -> Path:
    """Write an extract with a row an event."""
    chance = random.Random(seed)
    names = list(county_names().values())[:10]
    rows: list[Cells] = [
        [
            f"{chance.randint(2018, 2019)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            chance.choice(names),
            chance.choice(["Felony", "Misdemeanor"]),
        ]
        for _ in range(count)
    ]
    return write(path, [head, *rows])


def make_sheet(path: Path, *sheets: Iterable[Cells]) -> Path:
    """Write a workbook, a sheet for each list of rows."""
    import openpyxl

    book = openpyxl.Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.active if place == 0 else book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def make_bomb(path: Path, size: int = 20_000_000) -> Path:
    """Write a workbook with a part of zeros that packs to almost nothing."""
    make_sheet(path, [["County", "Year", "Count"], ["Wake", 2019, 5]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * size)
    return path


def with_part(path: Path, name: str, content: bytes = b"x") -> Path:
    """Add a part to a workbook."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    return path


def make_parquet(path: Path, sql: str) -> Path:
    """Write the rows of a query as Parquet."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
    return path


def rows_text(rows: Iterable[Cells]) -> str:
    """Give rows as text."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()
