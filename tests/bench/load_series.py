"""Publishers' files: the time and memory to read one of a country's size, or of many events.

All files are made up, from a fixed seed. Each is read in a process of its own, whose highest
memory is told, with Python and pandas in it. Linux keeps it by process; ``getrusage`` would count
the memory of the process that started it.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.results import Figure, Row, figure
from tests.bench.serve import ROOT

PART = "Load a publisher's file"
COUNTIES = 3143
KEY = ("year", "county_fips", "county_name", "state_abbr", "total_pop_15to64")
COUNTS = (
    *("total_jail_pop", "total_pretrial_custody", "total_sentenced_custody", "total_jail_admits"),
    *("total_jail_discharges", "total_prison_pop", "total_prison_admits"),
)
OTHERS = tuple(f"group{number}_jail_pop" for number in range(160 - len(KEY) - len(COUNTS)))
READ = """
import json, sys, time
from pathlib import Path
from data.publishers import read_series
began = time.perf_counter()
series = read_series(Path(sys.argv[1]), sys.argv[1])
took = time.perf_counter() - began
status = Path("/proc/self/status").read_text().split("VmHWM:")[1]
peak = int(status.split()[0]) * 1024 / 1e6
print(json.dumps({"took": took, "peak": peak, "rows": len(series.frame)}))
"""


def national(path: Path, rows: int) -> None:
    """Write a yearly file of all states in the layout of Vera's county file, 160 columns wide."""
    chance = random.Random(1)
    home = [37001 + 2 * place for place in range(100)]
    codes = home + [48001 + place for place in range(COUNTIES - 100)]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join((*KEY, *COUNTS, *OTHERS)) + "\n")
        for number in range(rows):
            year, place = divmod(number, COUNTIES)
            key = f"{1940 + year},{codes[place]:05},Some County,NC,{chance.randint(900, 90_000)},"
            counts = ",".join(str(chance.randint(1, 999)) for _ in COUNTS)
            others = (
                "" if chance.random() < 0.7 else f"{chance.random() * 90:.1f}" for _ in OTHERS
            )
            file.write(f"{key}{counts},{','.join(others)}\n")


def events(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write an extract of arrests as CSV and as Parquet."""
    import duckdb

    from data.publishers.places import county_names

    names = ", ".join(f"'{name}'" for name in county_names().values())
    with duckdb.connect() as connection:
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"""CREATE TABLE events AS
            SELECT DATE '2012-01-01' + CAST(floor(random() * 4000) AS INTEGER) AS arrest_date,
                   list_extract([{names}], 1 + CAST(floor(random() * 100) AS INTEGER)) AS county,
                   CASE WHEN random() < 0.3 THEN 'Felony' ELSE 'Misdemeanor' END AS class
            FROM range({rows})"""
        )
        for form in ("csv", "parquet"):
            connection.execute(f"COPY events TO '{folder / 'events'}.{form}' (FORMAT {form})")
    return folder / "events.csv", folder / "events.parquet"


def read_alone(path: Path) -> dict[str, float]:
    """Read a file in a process of its own; give seconds, MB at the highest, and rows."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def told(path: Path, what: str, repeats: int, seconds: float, memory: float) -> Iterator[Row]:
    """Give the rows of one file."""
    found = [read_alone(path) for _ in range(repeats)]
    note = f"{path.stat().st_size / 1e6:,.0f} MB, {found[0]['rows']:,.0f} rows kept"
    peak = max(one["peak"] for one in found)
    yield Row(PART, what, "s", figure(one["took"] for one in found), most=seconds, note=note)
    yield Row(PART, f"{what}: memory", "MB", Figure(peak, peak, 1), most=memory)


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of this part."""
    rows, count, repeats = (20_000, 500_000, 1) if quick else (246_000, 10_000_000, 3)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        national(folder / "national.csv", rows)
        what = f"{rows:,} rows x 160 columns, all states"
        yield from told(folder / "national.csv", what, repeats, 10, 500)
        for path in events(folder, count):
            what = f"{count:,} events, {path.suffix[1:]}"
            yield from told(path, what, repeats, 15, 1500)
