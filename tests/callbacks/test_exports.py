"""The exports by their addresses: what they are, that they agree, and how they refuse."""

import io
import json
import re
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation

from callbacks.exports import one_at_a_time
from data.language import language, speaking
from data.schema import table_columns
from data.words import LOOKS
from tests.addresses import downloads

# More days are held to the one frame by the tests of the addresses and of the slides.
DAYS = ["1950-01-01", "2016-08-31", "2019-08-31", "2023-07-01"]
KINDS = {
    "bib": "text/plain",
    "csv": "text/csv",
    "html": "text/html",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
AS_HELD = {"/download/programs.csv", "/download/tables/adoption.csv"}
"""What is the same on every day."""
OF_ALL = {*AS_HELD, "/download/adoption.csv", "/download/map.svg", "/download/partnerships.csv"}
"""What is of all counties, whichever are chosen."""
OF_SERIES = {"/download/effect.csv", "/download/trend.csv"}
"""What is made of loaded series, of which there are none here (see test_series.py)."""
BR = {"Accept-Encoding": "br"}


def looks_of(text: str) -> dict[str, str]:
    return dict(re.findall(r'<path data-fips="(\d{5})"[^>]*data-look="(\w+)"', text))


def test_one_is_made_at_a_time_and_each_once() -> None:
    busy, made = threading.Lock(), []

    @one_at_a_time(4)
    def make(what: str) -> str:
        assert busy.acquire(blocking=False), "another is being made"
        made.append(what)
        busy.release()
        return what

    asked = ["a", "b", "c", "d"] * 4
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(make, asked)) == asked
    assert sorted(made) == ["a", "b", "c", "d"]


def test_each_language_has_its_own_export() -> None:
    make = one_at_a_time(4)(lambda: language())
    assert make() == "en"
    with speaking("es"):
        assert make() == "es"
    assert make() == "en"


def test_each_export_is_a_file_of_its_kind_and_not_sent_again(client: Any) -> None:
    for path in set(downloads(client)) - OF_SERIES:
        address = f"{path}?date=2019-08-31"
        first = client.get(address, headers=BR)
        assert (path, first.status_code) == (path, 200)
        assert (path, first.mimetype) == (path, KINDS[path.rpartition(".")[2]])
        assert "filename=" in first.headers["Content-Disposition"], path
        assert first.content_length > 0, path
        again = client.get(address, headers={**BR, "If-None-Match": first.headers["ETag"]})
        assert (path, again.status_code, again.get_data()) == (path, 304, b"")


def test_files_of_two_days_have_two_names(facts: Any, client: Any) -> None:
    of_words = {".html", ".csv", ".zip", ".xlsx", ".txt", ".bib"}
    for path in set(downloads(client)) - OF_SERIES:
        told = client.get(f"{path}?date=2019-08-31").headers["Content-Disposition"]
        (name,) = re.findall(r'filename="([\w.-]+)"$', told)
        assert ("-on-2019-08-31" in name) == (path not in AS_HELD), path
        if Path(path).suffix in of_words:
            assert f"-edition-{facts.edition}." in name, path


@pytest.mark.parametrize(
    ("query", "not_read"),
    [("date=soon", AS_HELD), ("date=2999-12-31", AS_HELD), ("counties=99999", OF_ALL)],
)
def test_a_bad_parameter_is_refused_with_a_sentence(
    client: Any, query: str, not_read: set[str]
) -> None:
    for path in set(downloads(client)) - not_read:
        answer = client.get(f"{path}?{query}")
        assert (path, answer.status_code, answer.mimetype) == (path, 400, "text/plain")
        assert re.fullmatch(r"[^\n]+\.\n", answer.text), (path, answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/download/slides.pptx?story=soon",
        "/download/picture.svg?panel=nothing",
        "/download/picture.svg?size=huge",
    ],
)
def test_what_only_one_export_reads_is_checked_too(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.get_data(as_text=True).endswith(".\n")


@pytest.mark.parametrize("path", ["citation.doc", "tables/nothing.csv", "tables/adoption.doc"])
def test_what_no_export_makes_is_not_there(client: Any, path: str) -> None:
    assert client.get(f"/download/{path}").status_code == 404


def test_each_table_by_itself_is_that_of_the_package(facts: Any, client: Any) -> None:
    packed = zipfile.ZipFile(io.BytesIO(client.get("/download/data.zip").get_data()))
    for name in [*table_columns(), "dictionary"]:
        answer = client.get(f"/download/tables/{name}.csv?lang=es")
        assert (name, answer.get_data()) == (name, packed.read(f"{name}.csv"))
        kept_as = f'filename="{name}-edition-{facts.edition}.csv"'
        assert kept_as in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("day", DAYS)
def test_map_csv_slides_offline_and_presenter_agree(client: Any, day: str) -> None:
    page = client.get(f"/?date={day}").get_data(as_text=True)
    looks = looks_of(page)
    assert len(looks) == 100
    csv = pd.read_csv(
        io.BytesIO(client.get(f"/download/adoption.csv?date={day}").get_data()), dtype=str
    )
    status = {f: "running" if look == "unconfirmed" else look for f, look in looks.items()}
    assert dict(zip(csv["fips"], csv["status"], strict=True)) == status
    for path in ("/download/atlas.html", "/present", "/download/map.svg"):
        assert looks_of(client.get(f"{path}?date={day}").get_data(as_text=True)) == looks, path
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"/download/data.zip?date={day}").get_data()))
    (rows,) = [name for name in packed.namelist() if day in name]
    held = pd.read_csv(packed.open(rows), dtype=str)
    assert dict(zip(held["fips"], held["status"], strict=True)) == status
    heading = re.findall(r"<h1[^>]*>([^<]*)", page)[0]
    deck = Presentation(io.BytesIO(client.get(f"/download/slides.pptx?date={day}").get_data()))
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert heading.rstrip(".") in " ".join(titles)


def test_a_story_becomes_slides(client: Any) -> None:
    story = json.dumps([["2019-08-31", ["37051"], 1, "The slide"], ["2023-01-01", [], 2, ""]])
    answer = client.get("/download/slides.pptx", query_string={"story": story})
    deck = Presentation(io.BytesIO(answer.get_data()))
    text = " ".join(s.text_frame.text for p in deck.slides for s in p.shapes if s.has_text_frame)
    assert "The slide" in text
    assert "31 August 2019" in text
    assert "1 January 2023" in text


def test_the_offline_file_asks_nothing_and_fits_on_any_stick(client: Any) -> None:
    text = client.get("/download/atlas.html").get_data(as_text=True)
    assert len(text.encode()) <= 2_000_000
    assert "<script src" not in text
    text = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r'(?:src|<link[^>]*href)="(?!data:)', text)
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", text)
    assert re.findall(r'<a [^>]*href="(/[^"]*)"', text) == []


def test_a_view_in_a_frame_shows_the_map_alone(client: Any) -> None:
    assert '<html lang="en" data-embed>' in client.get("/?embed=1").get_data(as_text=True)
    assert '<html lang="en">' in client.get("/?embed=2").get_data(as_text=True)


@pytest.mark.parametrize(
    ("setting", "policy"),
    [
        (None, "frame-ancestors 'self'"),
        ("https://example.org", "frame-ancestors 'self' https://example.org"),
        ("*", "frame-ancestors *"),
    ],
)
def test_only_named_sites_may_frame(
    monkeypatch: pytest.MonkeyPatch, setting: str | None, policy: str
) -> None:
    from app import create_app

    if setting is not None:
        monkeypatch.setenv("EMBED", setting)
    answer = create_app().server.test_client().get("/present")
    assert policy in answer.headers["Content-Security-Policy"].split("; ")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/?date=2019-08-31", "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6."),
        ("/county/37051", "Cumberland County"),
        ("/data", "Data and methods"),
    ],
)
def test_a_link_shared_elsewhere_tells_its_view(client: Any, path: str, title: str) -> None:
    text = client.get(path).get_data(as_text=True)
    assert f'<meta property="og:title" content="{title}">' in text
    (picture,) = re.findall(r'og:image" content="([^"]+)"', text)
    assert client.get(picture.removeprefix("http://localhost")).mimetype == "image/png"


def test_a_hostile_host_is_only_text(client: Any) -> None:
    text = client.get("/data", headers={"Host": 'a"><script>alert(1)</script>'}).get_data(
        as_text=True
    )
    assert "<script>alert" not in text


def test_the_present_page_knows_all_looks(client: Any) -> None:
    text = client.get("/present").get_data(as_text=True)
    assert set(re.findall(r'data-count="(\w+)"', text)) == set(LOOKS)


def test_a_plan_is_made_with_the_answers_sent(client: Any) -> None:
    answers = json.dumps({"version": 1, "county": "37147", "answers": {"ssp": "no"}, "notes": {}})
    answer = client.post("/download/plan.pptx", data={"fips": "37147", "answers": answers})
    assert answer.status_code == 200
    assert answer.mimetype == KINDS["pptx"]
    assert len(Presentation(io.BytesIO(answer.get_data())).slides) >= 5


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "No county has the FIPS code"),
        ({"fips": "99999"}, "No county has the FIPS code “99999”."),
        ({"fips": "37147", "date": "soon"}, "is not a day like"),
        ({"fips": "37147", "answers": "{"}, "not JSON"),
        ({"fips": "37147", "answers": '{"version": 1, "county": "37001"}'}, "of Alamance County"),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused_in_words(
    client: Any, sent: dict[str, str], words: str
) -> None:
    answer = client.post("/download/plan.pptx", data=sent)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


def test_the_partnerships_of_a_day_are_a_csv(client: Any) -> None:
    text = client.get("/download/partnerships.csv?date=2019-08-31").get_data(as_text=True)
    rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    assert set(rows["look"]) >= {"running", "perhaps", "planned"}
    assert "none_found" not in set(rows["look"])
    assert (rows["sources"] != "").all()
