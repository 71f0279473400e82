"""Files sent, looked into, used, removed; and the panels and downloads made from them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from tests.callbacks.conftest import call
from tests.layouts.tree import strings

MEASURE = "vera-incarceration-trends.jail_admissions"
FIRST = "vera-incarceration-trends.jail_population"
FORM = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def made(vera_file: Path) -> bytes:
    return vera_file.read_bytes()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give an app with an empty folder of series."""
    monkeypatch.setenv("SERIES_FOLDER", str(tmp_path))
    yield create_app().server.test_client()


@pytest.fixture(scope="module")
def loaded(made: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give an app in which the made-up file is loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERIES_FOLDER", str(tmp_path_factory.mktemp("loaded")))
        client = create_app().server.test_client()
        use(client, made)
        yield client


def send(client: Any, content: bytes, name: str = "trends.csv", **headers: str) -> Any:
    return client.post(
        "/series/upload", data={"file": (io.BytesIO(content), name)}, headers=FORM | headers
    )


def use(client: Any, content: bytes) -> Any:
    place = send(client, content).headers["Location"]
    (token,) = re.findall(r"/series/check\?file=([\w-]+)$", place)
    return client.post("/series/use", data={"file": token}, headers=FORM)


def said(answer: Any) -> str:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return " ".join(strings(answer.json))


def test_without_series_the_page_says_what_is_missing_and_how_to_load_it(own: Any) -> None:
    text = own.get("/trends").get_data(as_text=True)
    assert "No county series is loaded" in text
    assert 'href="/series"' in text
    assert "python -m data load vera --download" in text


def test_a_file_is_looked_into_before_it_is_used(own: Any, made: bytes) -> None:
    place = send(own, made).headers["Location"]
    text = said(call(own, "file", **{"file-asked__data": place.partition("?")[2]}))
    assert "Incarceration Trends" in text
    assert "100 of 100" in text
    assert "use it" in text
    assert "No file is loaded." in own.get("/series").get_data(as_text=True)


def test_a_used_file_is_shown_at_once_and_can_be_removed(own: Any, made: bytes) -> None:
    assert use(own, made).headers["Location"].startswith("/trends?measure=vera-")
    assert "Jail admissions" in own.get("/series").get_data(as_text=True)
    answer = own.post("/series/remove/vera-incarceration-trends", headers=FORM)
    assert answer.status_code == 303
    assert "No file is loaded." in own.get("/series").get_data(as_text=True)


def test_answers_stay_in_the_language_of_the_form(own: Any, made: bytes) -> None:
    data = {"file": (io.BytesIO(made), "trends.csv")}
    place = own.post("/series/upload?lang=es", data=data, headers=FORM).headers["Location"]
    assert place.endswith("&lang=es")
    data = {"file": place.partition("file=")[2].partition("&")[0]}
    place = own.post("/series/use?lang=es", data=data, headers=FORM).headers["Location"]
    assert place == f"/trends?measure={FIRST}&lang=es"
    name = FIRST.partition(".")[0]
    gone = own.post(f"/series/remove/{name}?lang=es", headers=FORM)
    assert gone.headers["Location"] == "/series?lang=es"


def test_what_a_file_says_of_itself_is_kept_in_english(own: Any) -> None:
    content = b"county,date\nWake,2018-01-02\nWake,2018-01-03\nWake,2018-08-31\nDurham,2018-03-04\n"
    place = send(own, content, "events.csv").headers["Location"]
    query = place.partition("?")[2]
    own.environ_base["HTTP_REFERER"] = f"http://localhost/series/check?{query}&lang=es"
    text = said(call(own, "file", **{"file-asked__data": query}))
    assert "2 January 2018 to 31 August 2018" in text


def test_a_file_can_be_thrown_away(own: Any, made: bytes) -> None:
    token = send(own, made).headers["Location"].partition("file=")[2]
    assert own.post("/series/drop", data={"file": token}, headers=FORM).status_code == 303
    again = own.post("/series/use", data={"file": token}, headers=FORM)
    assert again.status_code == 400
    assert "No file is loaded." in own.get("/series").get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\0" * 1000, "not"),
        (b"a,b\n1,2\n", "columns"),
        (b"fips,year,deaths\n42001,2018,5\n42003,2019,6\n", "Pennsylvania"),
        (b"<html><body>Not found</body></html>", "no table"),
    ],
    ids=["empty", "zeros", "no columns", "another state", "a web page"],
)
def test_a_file_that_cannot_be_used_is_told_and_not_kept(
    own: Any, content: bytes, words: str
) -> None:
    answer = send(own, content)
    if answer.status_code == 400:
        assert words in answer.get_data(as_text=True)
    else:
        query = answer.headers["Location"].partition("?")[2]
        text = said(call(own, "file", **{"file-asked__data": query}))
        assert words in text
        assert "use it" not in text
        used = own.post("/series/use", data={"file": query.partition("=")[2]}, headers=FORM)
        assert used.status_code == 400
    assert "No file is loaded." in own.get("/series").get_data(as_text=True)


def test_columns_can_be_named(own: Any) -> None:
    content = b"place,when,how many\nWake,2018,5\nDurham,2018,60\nWake,2019,7\nDurham,2019,61\n"
    place = send(own, content, "tally.csv").headers["Location"]
    query = place.partition("?")[2]
    assert "Which column is which?" in said(call(own, "file", **{"file-asked__data": query}))
    told = {"county": "place", "period": "when", "value": "how many", "label": "Citations"}
    named = query + "".join(f"&{name}={value.replace(' ', '+')}" for name, value in told.items())
    assert "use it" in said(call(own, "file", **{"file-asked__data": named}))
    data = {"file": query.partition("=")[2], **told}
    assert own.post("/series/use", data=data, headers=FORM).status_code == 303
    assert "Citations" in own.get("/trends").get_data(as_text=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.org"},
        {"X-Forwarded-For": "10.1.2.3"},
        {"Host": "atlas.example.org"},
    ],
    ids=str,
)
def test_only_this_machines_own_pages_may_send(
    own: Any, made: bytes, headers: dict[str, str]
) -> None:
    assert send(own, made, **headers).status_code == 403
    assert own.post("/series/remove/anything", headers=FORM | headers).status_code == 403


@pytest.mark.parametrize(("setting", "status"), [("on", 303), ("off", 403)])
def test_the_owner_may_open_or_close_loading(
    own: Any, made: bytes, monkeypatch: pytest.MonkeyPatch, setting: str, status: int
) -> None:
    monkeypatch.setenv("UPLOADS", setting)
    sent = send(own, made, **{"Host": "atlas.example.org", "X-Forwarded-For": "10.1.2.3"})
    assert sent.status_code == status
    shown = own.get("/series").get_data(as_text=True)
    assert ("Look into it" in shown) is (setting == "on")


def test_a_file_over_the_limit_is_refused(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_UPLOAD_MB", "0.1")
    answer = send(own, b"x" * 500_000)
    assert answer.status_code in (400, 413)
    assert "larger than" in answer.get_data(as_text=True)


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "nothing", "a" * 5000])
def test_no_other_file_can_be_reached(own: Any, token: str) -> None:
    text = said(call(own, "file", **{"file-asked__data": f"file={token}"}))
    assert "use it" not in text
    assert own.post("/series/use", data={"file": token}, headers=FORM).status_code == 400


def test_the_effect_is_found_with_its_sentence(loaded: Any) -> None:
    text = said(call(loaded, "effect", **{"effect-asked__data": f"measure={MEASURE}"}))
    assert "In 10 LEAD counties" in text
    assert "This assumes that LEAD counties and the others would have moved together." in text
    assert "Smallest change to be seen" in text
    (low, high) = re.findall(r"95% interval −(\d+)% to −(\d+)%", text)[0]
    assert int(high) < 20 < int(low)


def test_the_effect_is_the_same_each_time(loaded: Any) -> None:
    texts = {
        loaded.get(f"/download/effect.csv?measure={MEASURE}").get_data(as_text=True)
        for _ in range(2)
    }
    assert len(texts) == 1


def test_with_too_little_to_tell_the_panel_says_why(own: Any) -> None:
    rows = [f"37{n:03},{year},{n}" for n in (1, 3, 5, 7, 9, 11) for year in (2018, 2019)]
    content = "\n".join(["fips,year,arrests", *rows]).encode()
    key = use(own, content).headers["Location"].partition("measure=")[2]
    text = said(call(own, "effect", **{"effect-asked__data": f"measure={key}"}))
    assert "An estimate needs 3 counties with numbers before and after LEAD began" in text
    assert own.get(f"/download/effect.csv?measure={key}").status_code == 400


@pytest.mark.parametrize("name", ["trend", "effect"])
def test_a_download_without_series_is_refused(own: Any, name: str) -> None:
    answer = own.get(f"/download/{name}.csv")
    assert (answer.status_code, answer.get_data(as_text=True)) == (
        400,
        "No county series is loaded.\n",
    )


@pytest.mark.parametrize("query", ["measure=nothing.here", f"measure={MEASURE}&add=Atlantis"])
def test_a_download_of_what_is_not_there_is_refused(loaded: Any, query: str) -> None:
    assert loaded.get(f"/download/trend.csv?{query}").status_code == 400


def test_the_trend_is_downloaded_as_drawn(loaded: Any) -> None:
    answer = loaded.get(f"/download/trend.csv?measure={MEASURE}&counties=37051,37097,37183")
    assert answer.mimetype == "text/csv"
    text = answer.get_data(as_text=True)
    for name in ("Cumberland", "Iredell", "Wake", "99 to 100 counties with a value"):
        assert name in text
    assert "Counties without LEAD" in text


@pytest.mark.parametrize(
    ("panel", "query", "name"),
    [
        ("trend", "", f"trend-{MEASURE}"),
        ("trend", "&as=count&window=2", f"trend-{MEASURE}-as-count"),
        ("effect", "&window=2&skip=2020,2021", f"effect-{MEASURE}-window-2-skip-2020-2021"),
    ],
)
def test_a_file_is_named_after_its_measure_and_options(
    facts: Any, loaded: Any, panel: str, query: str, name: str
) -> None:
    answer = loaded.get(f"/download/{panel}.csv?measure={MEASURE}{query}")
    told = answer.headers["Content-Disposition"]
    assert told == f'attachment; filename="{name}-edition-{facts.edition}.csv"'


def test_the_map_can_be_colored_by_a_measure(loaded: Any) -> None:
    page = loaded.get(f"/?date=2018-06-30&layer={MEASURE}").get_data(as_text=True)
    assert re.search(r"<h1[^>]*>In 2018, jail admissions per 100,000 residents aged 15 to 64", page)
    assert page.count('data-look="class') > 95
    assert 'class="lead-running"' in page
    picture = loaded.get(f"/download/map.svg?date=2018-06-30&layer={MEASURE}")
    drawn = re.findall(r'data-fips="(\d+)"[^>]*data-look="(\w+)"', picture.get_data(as_text=True))
    shown = re.findall(r'data-fips="(\d+)"[^>]*data-look="(\w+)"', page)
    assert dict(drawn) == dict(shown[:100])
    assert loaded.get("/download/map.svg?layer=nothing.here").status_code == 400


def test_without_a_measure_the_map_is_leads(loaded: Any) -> None:
    page = loaded.get("/?date=2019-08-31&layer=nothing.here").get_data(as_text=True)
    assert "There is no layer “nothing.here”; showing LEAD." in page
    assert "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6." in page
