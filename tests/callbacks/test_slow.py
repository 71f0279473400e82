"""What is handed in and takes too long is refused in one sentence, wherever it is read."""

import io
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from layouts import ids
from tests.callbacks.conftest import call
from tests.data.handed_in import as_zip

SERIES = b"County,Year,Arrests\nWake,2018,50\nDurham,2018,40\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a client of an app in which no time is given to read a file."""
    monkeypatch.setenv("SERIES_FOLDER", str(tmp_path))
    monkeypatch.setattr("data.stewards.draft.MOST_SECONDS", -1.0)
    monkeypatch.setattr("data.publishers.reading.MOST_SECONDS", -1.0)
    return create_app().server.test_client()


def test_a_table_to_try(own: Any) -> None:
    sent = {"file": (io.BytesIO(as_zip({"adoption.csv": "fips"})), "mine.zip")}
    answer = own.post("/try", data=sent)
    assert answer.status_code == 400
    assert "mine.zip takes longer than -1 seconds to check; hand in one table" in answer.text


def test_a_series(own: Any) -> None:
    sent = {"file": (io.BytesIO(SERIES), "mine.csv")}
    place = own.post("/series/upload", data=sent).headers["Location"]
    told = "mine.csv takes longer than -1 seconds to read; keep the rows of North Carolina only"
    used = own.post("/series/use", data={"file": place.partition("file=")[2]})
    assert used.status_code == 400 and used.text.startswith(told)
    shown = call(own, ids.FILE, **{f"{ids.FILE_ASKED}__data": place.partition("?")[2]})
    assert told in shown.text
