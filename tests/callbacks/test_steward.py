"""The stewards' addresses from sign-in to restoring, two at once, and what readers may try."""

import io
import json
import pydoc
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from data.editions import Place
from data.editions.store import Store
from data.facts import Facts, table_text
from data.stewards.accounts import Accounts
from data.stewards.draft_sheets import MOST_BYTES
from data.stewards.drafts_kept import keep_draft
from tests.data.handed_in import START, as_book, as_csv, as_zip, fill, rows_as_text, start_cell
from tests.stewards import NAME, PASSWORD, QUICK

SIGN_IN, DESK = "/steward/sign-in", "/steward"
OTHER = "bea"
GET = [DESK, "/steward/edit?table=adoption", "/steward/draft.zip", "/steward/editions/1.zip",
       "/steward/merge", "/steward/cell?table=adoption&column=start&text=2019",
       "/steward/token"]  # fmt: skip
POST = ["upload", "drop", "publish", "restore", "merge", "rows", "sign-out"]


class Steward:
    """A browser of one person, who may be signed in."""

    def __init__(self, app: Any, name: str = "") -> None:
        self.client = app.server.test_client()
        self.token = ""
        if name:
            self.token = self.hidden("csrf", self.get(SIGN_IN))
            answer = self.post(SIGN_IN, name=name, password=PASSWORD)
            assert answer.status_code == 303
            self.token = self.hidden("csrf", self.get(DESK))

    def get(self, path: str) -> str:
        return str(self.client.get(path).get_data(as_text=True))

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(path, data={"csrf": self.token} | form)

    @staticmethod
    def hidden(name: str, text: str) -> str:
        found = re.search(rf'name="{name}" type="hidden" value="([^"]*)"', text)
        return found[1] if found else "0"

    @property
    def version(self) -> str:
        return self.hidden("version", self.get(DESK))

    def hand_in(self, content: bytes | str, name: str = "adoption.csv") -> Any:
        raw = content.encode() if isinstance(content, str) else content
        return self.post("/steward/upload", file=(io.BytesIO(raw), name), version=self.version)

    def save(self, table: str, rows: Any, **more: Any) -> Any:
        sent = {"table": table, "rows": rows, "base": 1, "version": int(self.version)} | more
        return self.client.post("/steward/rows", json=sent, headers={"X-CSRF-Token": self.token})

    def publish(self, note: str = "A reason") -> Any:
        return self.post("/steward/publish", version=self.version, note=note)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, facts: Facts) -> Path:
    """Give an SQLite file with the shipped tables and two accounts, to be copied."""
    file = tmp_path_factory.mktemp("model") / "atlas.sqlite"
    store = Store(Place.of_file(file))
    store.prepare(facts)
    accounts = Accounts(store, hasher=QUICK)
    for name in (NAME, OTHER):
        accounts.add(name, PASSWORD)
    return file


Make = Callable[[], Any]


@pytest.fixture
def make(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Give a function that makes an app on a database of the test's own."""
    file = tmp_path / "atlas.sqlite"
    shutil.copy(model, file)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("COPIES_FOLDER", str(tmp_path / "spare"))
    return create_app


@pytest.fixture
def own(make: Make) -> Any:
    return make()


@pytest.fixture
def ada(own: Any) -> Steward:
    return Steward(own, NAME)


@pytest.fixture(scope="module")
def rows(facts: Facts) -> list[list[str]]:
    return rows_as_text(facts)


def test_without_an_account_the_pages_do_not_exist(client: Any) -> None:
    for path in [*GET, SIGN_IN]:
        assert client.get(path).status_code == 404, path
    for name in POST:
        assert client.post(f"/steward/{name}").status_code == 404, name
    assert "For stewards" not in client.get("/").get_data(as_text=True)


def test_who_is_not_signed_in_is_asked_to_and_changes_nothing(own: Any) -> None:
    reader = Steward(own)
    for path in GET:
        answer = reader.client.get(path)
        assert (answer.status_code, answer.location.split("?")[0]) == (303, SIGN_IN), path
    for name in POST:
        assert reader.client.post(f"/steward/{name}").status_code in (303, 403), name
    assert "Password" in reader.get(SIGN_IN)


def test_a_wrong_password_is_told_and_the_name_stays(own: Any) -> None:
    reader = Steward(own)
    reader.token = reader.hidden("csrf", reader.get(SIGN_IN))
    answer = reader.post(SIGN_IN, name="<b>ada", password="wrong")
    assert answer.status_code == 401
    assert 'value="&lt;b&gt;ada"' in answer.text
    assert 'role="alert"' in answer.text


def test_without_its_token_nothing_is_taken(ada: Steward, rows: list[list[str]]) -> None:
    ada.token = "another"
    answers = [
        ada.hand_in(as_csv(rows)),
        ada.publish(),
        ada.save("adoption", rows[1:]),
        ada.post("/steward/restore", number="1", newest="1", note="x"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4


def test_the_whole_way_from_a_mistake_to_an_edition_and_back(
    own: Any, ada: Steward, rows: list[list[str]]
) -> None:
    assert ada.hand_in(as_csv(start_cell(rows, "2016-13"))).status_code == 303
    page = ada.get(DESK)
    assert "1 problem to mend first" in page
    assert "Write a day as 2019-08-31" in page
    assert ada.publish().status_code == 409

    told = ada.save("adoption", start_cell(rows, "[..2015-03-31]")[1:]).json
    assert (told["problems"], told["others"]) == ([], 0)
    assert told["changes"] == "1 program changed."
    page = ada.get(f"{DESK}?date=2015-12-31")
    assert "start changed from [2016-07..2016-09] to [..2015-03-31]" in page
    assert "1 of 100 counties look different on 31 December 2015." in page

    blank = ada.publish(" ")
    assert (blank.status_code, "The note is blank" in blank.text) == (400, True)
    done = ada.publish("Found an <i>older</i> source")
    assert (done.status_code, done.location) == (303, f"{DESK}?published=2")
    page = ada.get(done.location)
    assert "Edition 2 is published: “Found an &lt;i&gt;older&lt;/i&gt; source”." in page
    assert "You have no draft." in page
    assert "1 program changed." in page

    back = ada.post("/steward/restore", number="1", newest="2", note="Taken back")
    assert back.location == f"{DESK}?published=3"
    history = own.keeper._opened().history()
    assert [(e.number, e.author, e.note) for e in history][:2] == [
        (3, NAME, "Taken back"), (2, NAME, "Found an <i>older</i> source")]  # fmt: skip
    assert history[0].checksum == history[2].checksum


def test_two_at_once_the_second_is_told_and_merges(own: Any, rows: list[list[str]]) -> None:
    ada, bea = Steward(own, NAME), Steward(own, OTHER)
    other = start_cell(rows, "2016-08")
    row = next(row for row in other if row[2] == "Statesville Police Department")
    other[other.index(row)] = [*row[:4], "2018-05-10", *row[5:]]
    ada.hand_in(as_csv(start_cell(rows, "2016-07")))
    bea.hand_in(as_csv(other))
    assert ada.publish("Mine").location == f"{DESK}?published=2"

    assert bea.publish().location == "/steward/merge"
    page = bea.get("/steward/merge")
    assert "1 place was changed by both" in page
    assert "start is 2016-08 in yours and 2016-07 as published meanwhile" in page
    assert "ada published it" in page
    seen = {"version": bea.version, "newest": "2"}
    assert bea.post("/steward/merge", **seen).status_code == 400
    assert bea.post("/steward/merge", version=seen["version"], newest="1").status_code == 409
    assert bea.post("/steward/merge", **seen, c0="mine").location == DESK
    page = bea.get(DESK)
    assert "start changed from 2016-07 to 2016-08" in page
    assert "start changed from 2018-05 to 2018-05-10" in page
    assert bea.publish().location == f"{DESK}?published=3"


def test_drafts_are_of_one_person(own: Any, rows: list[list[str]]) -> None:
    Steward(own, NAME).hand_in(as_csv(start_cell(rows, "2016-07")))
    assert "You have no draft." in Steward(own, OTHER).get(DESK)


def test_a_page_made_from_another_draft_changes_nothing(
    ada: Steward, rows: list[list[str]]
) -> None:
    old = ada.version
    ada.hand_in(as_csv(start_cell(rows, "2016-07")))
    for name in ("publish", "drop"):
        assert ada.post(f"/steward/{name}", version=old, note="x").status_code == 409, name
    assert ada.save("adoption", rows[1:], version=0).status_code == 409
    assert ada.save("adoption", rows[1:], base=7).status_code == 409
    assert "2016-07" in ada.get(DESK)
    assert ada.post("/steward/drop", version=ada.version).location == DESK
    assert "You have no draft." in ada.get(DESK)


@pytest.fixture
def meanwhile(
    own: Any, rows: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Give a function by which another window keeps a draft while a function is at work."""
    texts = {"adoption": as_csv(start_cell(rows, "2016-08"))}
    store = own.keeper._opened()

    def keep_while(name: str) -> None:
        real = pydoc.locate(name)
        assert callable(real)

        def work(*given: Any) -> Any:
            keep_draft(store, NAME, 1, texts)
            return real(*given)

        monkeypatch.setattr(name, work)

    return keep_while


@pytest.mark.parametrize("before", [False, True])
def test_what_another_window_keeps_while_a_file_is_read_stays(
    ada: Steward, rows: list[list[str]], meanwhile: Callable[[str], None], before: bool
) -> None:
    if before:
        ada.hand_in(as_csv(start_cell(rows, "2016-07")))
    meanwhile("callbacks.steward.read_draft")
    answer = ada.hand_in(as_csv(start_cell(rows, "2016-07-01")))
    assert (answer.status_code, "in another window" in answer.text) == (400, True)
    assert "to 2016-08" in ada.get(DESK)


def test_what_another_window_keeps_while_rows_are_saved_stays(
    ada: Steward, rows: list[list[str]], meanwhile: Callable[[str], None]
) -> None:
    meanwhile("callbacks.grid.rows_frame")
    answer = ada.save("adoption", start_cell(rows, "2016-07-01")[1:])
    assert (answer.status_code, "in another window" in answer.json["words"]) == (409, True)
    assert "to 2016-08" in ada.get(DESK)


def test_what_another_window_keeps_while_a_draft_is_published_stays(
    ada: Steward, rows: list[list[str]], meanwhile: Callable[[str], None]
) -> None:
    ada.hand_in(as_csv(start_cell(rows, "2016-07-01")))
    meanwhile("callbacks.steward.today")
    assert ada.publish().location == f"{DESK}?published=2"
    page = ada.get(DESK)
    assert "to 2016-08" in page
    assert "/steward/merge" in page


def test_a_file_that_cannot_be_kept_whole_is_refused_with_advice(
    ada: Steward, rows: list[list[str]]
) -> None:
    formula = as_book({"adoption": rows}, fill(START, "=1+1"))
    answer = ada.hand_in(formula, "adoption.xlsx")
    assert answer.status_code == 400
    assert "holds a formula; write its value instead" in answer.text
    for content in (b"", b"\0", b"PK\x03\x04", "a,b\n1,2\n"):
        assert ada.hand_in(content).status_code == 400
    assert ada.post("/steward/upload", version="0").status_code == 400
    assert "You have no draft." in ada.get(DESK)


def test_what_was_read_otherwise_than_it_seems_is_told(ada: Steward, rows: list[list[str]]) -> None:
    content = as_zip({"programs.csv": as_csv(start_cell(rows, "2016-07")), "readme.txt": "x"})
    answer = ada.hand_in(content, "tables.zip")
    assert answer.status_code == 200
    assert "programs.csv was read as the table adoption" in answer.text
    assert "readme.txt" in answer.text
    assert "start changed" in ada.get(DESK)


def test_a_table_as_it_was_is_no_draft_of_anything(ada: Steward, rows: list[list[str]]) -> None:
    ada.hand_in(as_csv(start_cell(rows, "2016-07")))
    ada.hand_in(as_csv(rows))
    assert "The draft changes nothing" in ada.get(DESK)
    assert ada.publish().status_code == 409


CELLS = {
    "month": (("start", "2023-08"), ("", "some day in August 2023", "2023-08")),
    "US day": (("start", "8/31/2019"), ("", "31 August 2019", "2019-08-31")),
    "no date": (("start", "2016-13"), ("is not a date", "", "2016-13")),
    "needed": (("agency", " "), ("must not be blank", "", "")),
    "source": (("sources", "nobody"), ("has no “nobody”", "", "nobody")),
}


@pytest.fixture(scope="module")
def signed(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give a steward who only looks."""
    folder = tmp_path_factory.mktemp("looks")
    shutil.copy(model, folder / "atlas.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'atlas.sqlite'}")
        patch.setenv("COPIES_FOLDER", str(folder / "spare"))
        yield Steward(create_app(), NAME)


@pytest.mark.parametrize(("cell", "told"), CELLS.values(), ids=CELLS)
def test_a_cell_is_checked_and_explained(
    signed: Steward, cell: tuple[str, str], told: tuple[str, str, str]
) -> None:
    query = {"table": "adoption", "column": cell[0], "text": cell[1]}
    found = signed.client.get("/steward/cell", query_string=query).json
    assert told[0] in found["problem"]
    assert bool(told[0]) == bool(found["problem"])
    assert (found["meaning"], found["normal"]) == told[1:]


BAD_ROWS: dict[str, dict[str, Any]] = {
    "no rows": {"rows": None},
    "no table": {"table": "nothing"},
    "a number": {"rows": [[1]]},
    "short": {"rows": [["x"]]},
}


@pytest.mark.parametrize("bad", BAD_ROWS.values(), ids=BAD_ROWS)
def test_rows_that_are_no_table_are_refused(signed: Steward, bad: dict[str, Any]) -> None:
    answer = signed.save(**{"table": "adoption", "rows": []} | bad)
    assert answer.status_code == 400
    assert answer.json["words"].endswith(".")


def test_what_is_no_json_is_refused(signed: Steward) -> None:
    headers = {"X-CSRF-Token": signed.token}
    for sent in ("", "[]", "{", "null"):
        answer = signed.client.post("/steward/rows", data=sent, headers=headers)
        assert answer.status_code == 400


def test_only_the_grid_asks_for_the_grid(signed: Steward) -> None:
    script = "/dash_ag_grid/"
    page = signed.get("/steward/edit?table=adoption")
    assert script in page
    assert "Edit the table “adoption”" in page
    for path in ("/", "/data", "/evidence", "/present", DESK, "/try", "/correct"):
        assert script not in signed.get(path), path
    assert signed.client.get("/steward/edit?table=nothing").location == DESK


def test_the_grid_is_given_only_to_who_is_signed_in(signed: Steward) -> None:
    def grid(client: Any) -> str:
        spec = next(s for s in client.get("/_dash-dependencies").json
                    if s["output"] == "page.children")  # fmt: skip
        values = {"pathname": "/steward/edit", "search": "?table=adoption"}
        sent = {
            "output": spec["output"],
            "outputs": {"id": "page", "property": "children"},
            "inputs": [part | {"value": values[part["property"]]} for part in spec["inputs"]],
            "state": [],
            "changedPropIds": ["url.pathname"],
        }
        return str(client.post("/_dash-update-component", json=sent).get_data(as_text=True))

    assert "AgGrid" in grid(signed.client)
    reader = grid(Steward.__new__(Steward).__class__(_app_of(signed)).client)
    assert "AgGrid" not in reader
    assert "There is no page at this address." in reader


def _app_of(steward: Steward) -> Any:
    return type("App", (), {"server": steward.client.application})


def test_pages_of_stewards_are_kept_nowhere(signed: Steward) -> None:
    for path in GET:
        assert signed.client.get(path).headers["Cache-Control"] == "no-store", path


def test_editions_and_drafts_are_taken_away_as_csv(signed: Steward, facts: Facts) -> None:
    for path in ("/steward/editions/1.zip", "/steward/draft.zip"):
        raw = signed.client.get(path).get_data()
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert "adoption.csv" in archive.namelist()
            text = archive.read("adoption.csv").decode()
        assert text == facts.adoption.to_csv(index=False, lineterminator="\n")
    assert signed.client.get("/steward/editions/9.zip").status_code == 400


def test_no_cell_of_an_edition_that_is_taken_away_would_be_run(
    signed: Steward, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"adoption": "agency\n=1+1\n", "sources": table_text(facts.sources)}
    monkeypatch.setattr(Store, "texts", lambda store, number: texts)
    raw = signed.client.get("/steward/editions/1.zip").get_data()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        told = {name: archive.read(name).decode() for name in archive.namelist()}
    assert told == {"adoption.csv": "agency\n'=1+1\n", "sources.csv": texts["sources"]}


def test_pages_with_a_database_tell_the_edition_to_watch(signed: Steward, client: Any) -> None:
    edition = json.loads(signed.get("/edition"))["edition"]
    for path in ("/", "/data", "/present"):
        assert f'data-edition="{edition}"' in signed.get(path), path
        assert "data-edition" not in client.get(path).get_data(as_text=True), path
    assert "For stewards" in signed.get("/data")


def test_the_edition_is_a_few_bytes_and_not_sent_again(client: Any) -> None:
    takes = {"Accept-Encoding": "br"}
    answer = client.get("/edition", headers=takes)
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.get_data()) < 60
    again = client.get("/edition", headers={**takes, "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def tried(client: Any, content: bytes | str, **form: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post("/try", data={"file": (io.BytesIO(raw), "my <table>.csv"), **form})


def test_anyone_can_try_a_table_and_nothing_is_kept(
    client: Any, facts: Facts, rows: list[list[str]]
) -> None:
    before = client.get("/healthz").json
    answer = tried(client, as_csv(start_cell(rows, "[..2015-03-31]")), date="2015-12-31")
    assert answer.status_code == 200
    for words in ("my &lt;table&gt;.csv was read as adoption", "is not kept",
                  "start changed from [2016-07..2016-09] to [..2015-03-31]",
                  "1 of 100 counties look different on 31 December 2015."):  # fmt: skip
        assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert client.get("/healthz").json == before


def test_a_tried_table_with_mistakes_is_told_each(client: Any, rows: list[list[str]]) -> None:
    answer = tried(client, as_csv(start_cell(rows, "2016-13")))
    assert answer.status_code == 200
    assert "1 problem to mend first" in answer.text
    assert 'data-map="after"' not in answer.text


@pytest.mark.parametrize("content", [b"", b"\0\1", b"PK\x03\x04", "a,b\n1,2\n"],
                         ids=["empty", "binary", "zip", "other"])  # fmt: skip
def test_what_is_no_table_is_told_in_one_sentence(client: Any, content: bytes | str) -> None:
    answer = tried(client, content)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert client.post("/try").status_code == 400


def test_a_file_that_is_too_large_is_refused(client: Any) -> None:
    sent = b"x" * (MOST_BYTES + 200_000)
    answer = client.post("/try", data=sent, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.text


@pytest.mark.parametrize("path", ["/try", "/correct"])
def test_the_forms_for_everyone_lead_to_the_other_language(client: Any, path: str) -> None:
    english = client.get(f"{path}?county=37071").text
    spanish = client.get(f"{path}?county=37071&lang=es").text
    assert 'href="?county=37071&amp;lang=es"' in english
    assert 'href="?county=37071"' in spanish
    assert '<html lang="es"' in spanish


def test_the_pages_of_stewards_are_english_and_lead_to_no_other(signed: Steward) -> None:
    anyone = signed.client.application.test_client()
    grid = f"{DESK}/edit?table=services&lang=es"
    for page in (signed.get(f"{DESK}?lang=es"), signed.get(grid), anyone.get(SIGN_IN).text):
        assert '<html lang="en"' in page
        assert "data-speak" not in page
    told = {"Referer": f"http://localhost{grid}"}
    layout = signed.client.get("/_dash-layout", headers=told).text
    assert "Present" in layout
    assert "data-speak" not in layout


def test_a_correction_is_written_in_the_browser_alone(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "mailto:" not in client.get("/correct").text
    monkeypatch.setenv("CORRECTIONS_MAIL", "corrections@example.org")
    page = client.get("/correct?county=37071").text
    assert "mailto:corrections@example.org" in page
    assert re.search(r"<option [^>]*selected[^>]*>Gaston<", page)
    assert client.post("/correct", data={"wrong": "x"}).status_code == 405
