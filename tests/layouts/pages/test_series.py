"""The form by which a file of a publisher is loaded."""

from pathlib import Path

import pytest

from data.publishers.reading import PARQUET, SPREADSHEET, TEXT, kind_of
from data.series import SeriesError
from layouts.pages.series import create_series_page
from tests.layouts.tree import nodes

KINDS = {".csv": TEXT, ".tsv": TEXT, ".txt": TEXT, ".xlsx": SPREADSHEET, ".parquet": PARQUET}
STARTS = {TEXT: b"county,year\n", SPREADSHEET: b"PK\x03\x04", PARQUET: b"PAR1"}


def accepted() -> list[str]:
    """Give the ends of names that the form offers."""
    page = create_series_page([], [], True, 1_000_000)
    (found,) = [node.accept for node in nodes(page) if getattr(node, "accept", None)]
    return str(found).split(",")


def test_the_form_offers_what_is_read(tmp_path: Path) -> None:
    assert accepted() == list(KINDS)
    for end, kind in KINDS.items():
        path = tmp_path / f"file{end}"
        path.write_bytes(STARTS[kind])
        assert kind_of(path, path.name) == kind


def test_what_is_not_offered_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(b"\x1f\x8b\x08")
    with pytest.raises(SeriesError, match="compressed with gzip"):
        kind_of(path, path.name)
