"""How a series is kept in a folder: ``series.csv`` and ``about.json``.

``series.csv`` is the long table (ISO days, text FIPS codes, a blank for no value); ``about.json``
is all the rest of a ``CountySeries``, with the SHA-256 of series.csv.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd

from data.series import COLUMNS, CountySeries, Measure, SeriesError

TABLE, ABOUT = "series.csv", "about.json"
DAYS = ("period_start", "period_end")
NUMBERS = ("value", "population")


class _DamageError(ValueError):
    """What is wrong with a kept series, in words."""


def write_series(place: Path, series: CountySeries) -> None:
    """Write a series into an empty folder, through to the disk."""
    frame = series.frame[list(COLUMNS)]
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in DAYS}
    table = frame.assign(**days).to_csv(index=False, lineterminator="\n").encode()
    about: dict[str, Any] = {
        item.name: getattr(series, item.name) for item in fields(series) if item.name != "frame"
    }
    about["measures"] = [asdict(measure) for measure in series.measures]
    about["sha256"] = hashlib.sha256(table).hexdigest()
    _write(place / TABLE, table)
    _write(place / ABOUT, json.dumps(about, ensure_ascii=False, indent=1).encode())


def _write(path: Path, raw: bytes) -> None:
    """Write a file through to the disk, so that no rename of its folder runs ahead of it."""
    with path.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def read_series(place: Path, id: str) -> CountySeries:
    """Read a series from its folder; raises SeriesError, which says what is damaged."""
    try:
        about = json.loads((place / ABOUT).read_bytes())
        table = (place / TABLE).read_bytes()
        if hashlib.sha256(table).hexdigest() != about.pop("sha256"):
            raise _DamageError(f"{TABLE} is not as it was kept")
        series = _series(about, _frame(table))
        if series.id != id:
            raise _DamageError(f"{ABOUT} is of another series")
        return series
    except OSError as error:
        why = f"{Path(error.filename or place).name} cannot be read"
    except _DamageError as error:
        why = str(error)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        why = f"{ABOUT} is not as it was kept"
    raise SeriesError(f"The series “{id}” is damaged ({why}); remove it and load its file again.")


def _series(about: dict[str, Any], frame: pd.DataFrame) -> CountySeries:
    measures = tuple(Measure(**measure) for measure in about.pop("measures"))
    dropped = tuple((str(why), int(count)) for why, count in about.pop("dropped"))
    notes = tuple(map(str, about.pop("notes")))
    if not all(isinstance(about[item], str) for item in about.keys() - {"regional"}):
        raise _DamageError(f"{ABOUT} has a value that is no text")
    return CountySeries(**about, measures=measures, frame=frame, notes=notes, dropped=dropped)


def _frame(table: bytes) -> pd.DataFrame:
    frame = pd.read_csv(
        io.BytesIO(table),
        dtype={name: float if name in NUMBERS else str for name in COLUMNS},
        keep_default_na=False,
        na_values={name: [""] for name in NUMBERS},
    )
    return frame.assign(**{name: pd.to_datetime(frame[name], format="%Y-%m-%d") for name in DAYS})
