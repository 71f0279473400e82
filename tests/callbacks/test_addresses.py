import io
import re
import shutil
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from app import create_app
from data import FactsError, county_frame
from data.dates import today
from data.frame import DOWNLOAD_COLUMNS
from data.schema import TABLES
from data.words import LOOKS, describe
from geo import geojson_asset
from layouts import ids
from layouts.document import KEPT_URL, script_asset

SVG = "{http://www.w3.org/2000/svg}"
TEN_DAYS = [
    "1950-01-01",
    "2015-10-24",
    "2016-07-01",
    "2016-08-31",
    "2018-02-14",
    "2019-08-31",
    "2020-12-31",
    "2021-05-15",
    "2023-07-01",
    "2025-06-30",
]
BAD_DAYS = {
    "a word": ("soon", "soon"),
    "a month": ("2019-08", "2019-08"),
    "a span": ("2019-08-01/2019-08-31", "2019-08-01/2019-08-31"),
    "a day that does not exist": ("2019-02-30", "2019-02-30"),
    "a year out of all time": ("0001-01-01", "0001-01-01"),
    "the far future": ("2999-12-31", "future"),
    "a day soon": ((today() + timedelta(days=2)).isoformat(), "future"),
    "markup": ("<script>alert(1)</script>", "is not a day"),
    "something long": ("9" * 5000, "is not a day"),
}
DATED = ("/download/adoption.csv", "/download/map.svg")


class Words(HTMLParser):
    """Collects the text of the document that a reader sees before any script runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.heading = ""
        self.looks: dict[str, str] = {}
        self.counts: dict[str, str] = {}
        self.rows: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._open = "h1" if tag == "h1" else told.get("data-count") or ""
        if tag == "path" and told.get("data-fips"):
            self.looks[str(told["data-fips"])] = str(told["data-look"])
        if told.get("data-look-of"):
            self.rows[str(told["data-look-of"])] = str(told["data-look"])

    def handle_data(self, data: str) -> None:
        if self._open == "h1":
            self.heading += data
        elif self._open:
            self.counts[self._open] = data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def rows_of(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def test_the_health_check_names_the_edition(facts: Any, client: Any) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "edition": facts.edition, "problems": 0}


def test_the_rows_of_a_day_are_those_of_the_frame(facts: Any, client: Any) -> None:
    answer = client.get("/download/adoption.csv?date=2019-08-31")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert "charset=utf-8" in answer.content_type
    name = f"adoption-on-2019-08-31-edition-{facts.edition}.csv"
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]
    rows = rows_of(answer.get_data(as_text=True))
    frame = county_frame(facts, date(2019, 8, 31))
    assert list(rows.columns) == DOWNLOAD_COLUMNS
    assert len(rows) == 100
    told = frame[DOWNLOAD_COLUMNS].assign(
        unconfirmed=["yes" if flag else "no" for flag in frame["unconfirmed"]]
    )
    assert rows.to_dict("records") == told.to_dict("records")


def test_the_day_of_the_slide_reads_as_the_sources_support(client: Any) -> None:
    rows = rows_of(client.get("/download/adoption.csv?date=2019-08-31").get_data(as_text=True))
    by_status = rows.groupby("status")["county"].agg(set).to_dict()
    assert by_status["running"] == {"Cumberland", "New Hanover", "Haywood", "Iredell", "Catawba"}
    assert by_status["perhaps"] == {"Burke"}
    assert by_status["planned"] == {"Onslow", "Watauga"}
    assert "ended" not in by_status


def test_the_programs_are_the_table_as_held(facts: Any, client: Any) -> None:
    answer = client.get("/download/programs.csv")
    assert answer.mimetype == "text/csv"
    name = f"programs-edition-{facts.edition}.csv"
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]
    rows = rows_of(answer.get_data(as_text=True))
    assert rows.to_dict("records") == facts.adoption.to_dict("records")


def test_the_map_is_a_picture(client: Any) -> None:
    answer = client.get("/download/map.svg?date=2019-08-31")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert ElementTree.fromstring(answer.get_data()).tag == f"{SVG}svg"


@pytest.mark.parametrize("address", DATED)
def test_no_day_is_today(facts: Any, client: Any, address: str) -> None:
    shown = client.get(address).get_data()
    assert shown == client.get(f"{address}?date={today()}").get_data()


@pytest.mark.parametrize("day", TEN_DAYS)
def test_one_frame_feeds_all(facts: Any, client: Any, ask: Any, day: str) -> None:
    frame = county_frame(facts, date.fromisoformat(day))
    sentence = describe(date.fromisoformat(day), frame)
    status = dict(zip(frame["fips"], frame["status"], strict=True))
    looks = dict(zip(frame["fips"], frame["look"], strict=True))

    rows = rows_of(client.get(f"/download/adoption.csv?date={day}").get_data(as_text=True))
    assert dict(zip(rows["fips"], rows["status"], strict=True)) == status

    picture = ElementTree.fromstring(client.get(f"/download/map.svg?date={day}").get_data())
    paths = [path for path in picture.iter(f"{SVG}path") if path.get("data-fips")]
    assert {path.get("data-fips"): path.get("data-status") for path in paths} == status
    assert picture.findtext(f"{SVG}title") == sentence.headline
    assert picture.findtext(f"{SVG}desc") == str(sentence)

    first = Words(client.get(f"/?date={day}").get_data(as_text=True))
    assert first.heading == f"{sentence.headline}."
    assert first.looks == looks
    assert first.counts == {look: str((frame["look"] == look).sum()) for look in LOOKS}

    page = ask(ids.PAGE, url__pathname="/", url__search=f"?date={day}").json
    parts = {part["props"].get("id"): part["props"] for part in components(page)}
    assert parts[ids.HEADLINE]["children"] == f"{sentence.headline}."
    assert parts[ids.DETAIL]["children"] == sentence.detail
    (trace,) = parts[ids.MAP]["figure"]["data"]
    assert [LOOKS[place] for place in trace["z"]] == list(looks.values())
    assert trace["locations"] == list(looks)
    (table,) = [
        part["props"]["html"]
        for part in components(page)
        if part["type"] == "Static" and part["props"]["props"].get("id") == ids.TABLE
    ]
    assert Words(table).rows == looks
    assert first.rows == looks


def components(plain: Any) -> list[Any]:
    """Give every component in the plain lists and dicts that the browser gets."""
    if isinstance(plain, list):
        return [found for item in plain for found in components(item)]
    if not isinstance(plain, dict):
        return []
    inside = [found for value in plain.values() for found in components(value)]
    return [plain, *inside] if "props" in plain and "namespace" in plain else inside


@pytest.mark.parametrize("address", DATED)
@pytest.mark.parametrize(("day", "said"), BAD_DAYS.values(), ids=BAD_DAYS)
def test_a_bad_day_is_refused_in_one_sentence(
    client: Any, address: str, day: str, said: str
) -> None:
    answer = client.get(address, query_string={"date": day})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert said in text
    assert re.fullmatch(r"[^\n]{10,150}\.\n", text)
    assert "today" not in text


@pytest.mark.parametrize(
    ("asset", "mimetype"),
    [(geojson_asset, "application/json"), (script_asset, "text/javascript")],
    ids=["shapes", "script"],
)
def test_a_file_named_after_its_content_is_kept_for_good(
    client: Any, asset: Any, mimetype: str
) -> None:
    made = asset()
    answer = client.get(KEPT_URL + made.name)
    assert answer.status_code == 200
    assert answer.get_data(as_text=True) == made.text
    assert answer.mimetype == mimetype
    kept = answer.headers["Cache-Control"]
    assert "immutable" in kept
    assert int(re.findall(r"max-age=(\d+)", kept)[0]) >= 31_536_000


@pytest.mark.parametrize(
    "name", ["counties.json", "counties.000000000000.json", "x", "..%2fapp.py", "../app.py"]
)
def test_no_other_file_is_given(client: Any, name: str) -> None:
    answer = client.get(KEPT_URL + name)
    assert answer.status_code == 404
    assert "create_app" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/data", 200),
        ("/county/37051", 200),
        ("/county/37051/", 200),
        ("/?date=soon", 200),
        ("/nowhere", 404),
        ("/county/99999", 404),
        ("/download/nothing.csv", 404),
        ("/kept/nothing.js", 404),
    ],
)
def test_pages_answer_with_their_status(client: Any, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_page_that_does_not_exist_is_still_a_page_of_the_app(client: Any) -> None:
    text = client.get("/nowhere").get_data(as_text=True)
    assert Words(text).heading == "There is no page at this address."


@pytest.mark.parametrize("address", ["/healthz", *DATED])
def test_addresses_cannot_be_posted_to(client: Any, address: str) -> None:
    assert client.post(address).status_code == 405


def test_an_error_of_ours_is_said_without_its_detail(
    client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr("callbacks.addresses.adoption_csv", fail)
    answer = client.get("/download/adoption.csv?date=2019-08-31")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "Something went wrong on our side." in text
    for part in ("secret", "Traceback", "RuntimeError", ".py"):
        assert part not in text
    assert "the secret detail" in caplog.text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the tables, in use by the app, at which it looks at every request."""
    shutil.copytree(TABLES, tmp_path / "tables")
    monkeypatch.setenv("TABLES", str(tmp_path / "tables"))
    monkeypatch.setattr("data.editions.folder.LOOK_EVERY_SECONDS", 0)
    return tmp_path / "tables"


def spoil(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_broken_tables_stop_the_start_with_all_problems(folder: Path) -> None:
    spoil(folder, "adoption", "37129,New Hanover", "37129,New Hampshire")
    spoil(folder, "adoption", ",2017-06-01,", ",early June,")
    (folder / "reach.csv").unlink()
    with pytest.raises(FactsError) as error:
        create_app()
    told = str(error.value)
    for part in ("New Hampshire", "early June", "reach.csv", "adoption.csv, row 3"):
        assert part in told
    assert len(error.value.problems) >= 3


def test_an_empty_folder_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLES", str(tmp_path))
    with pytest.raises(FactsError, match=r"adoption\.csv: The file is missing"):
        create_app()


def test_tables_that_break_later_leave_the_last_good_edition(facts: Any, folder: Path) -> None:
    client = create_app().server.test_client()
    before = client.get("/download/adoption.csv?date=2019-08-31").get_data()
    good = (folder / "adoption.csv").read_bytes()
    assert client.get("/healthz").json["problems"] == 0

    spoil(folder, "adoption", ",2017-06-01,", ",early June,")
    assert client.get("/healthz").json == {
        "status": "ok",
        "edition": facts.edition,
        "problems": 1,
    }
    assert client.get("/download/adoption.csv?date=2019-08-31").get_data() == before
    shown = client.get("/data").get_data(as_text=True)
    assert "the last good one" in shown
    assert "early June" in shown

    (folder / "adoption.csv").write_bytes(good)
    assert client.get("/healthz").json["problems"] == 0
    assert "the last good one" not in client.get("/data").get_data(as_text=True)


def test_tables_that_are_mended_later_are_a_new_edition(facts: Any, folder: Path) -> None:
    client = create_app().server.test_client()
    address = "/download/adoption.csv?date=2017-06-10"
    assert status_of(client, address, "37129") == "running"
    spoil(folder, "adoption", ",2017-06-01,", ",2017-06-20,")
    assert client.get("/healthz").json["edition"] != facts.edition
    assert status_of(client, address, "37129") == "planned"
    assert "Planned" in client.get("/county/37129?date=2017-06-10").get_data(as_text=True)


def status_of(client: Any, address: str, fips: str) -> str:
    rows = rows_of(client.get(address).get_data(as_text=True))
    return str(rows.set_index("fips").at[fips, "status"])


def test_a_folder_that_vanishes_leaves_the_last_good_edition(facts: Any, folder: Path) -> None:
    client = create_app().server.test_client()
    shutil.rmtree(folder)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json["edition"] == facts.edition
    assert answer.json["problems"] > 0


def test_the_icon_is_there_for_what_is_no_page(client: Any) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.get_data(as_text=True).startswith("<svg ")
