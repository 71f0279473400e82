"""An edition whose every free text is made to do harm: no page and no export may run it."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app import create_app
from data import FactsError, load
from data.schema import TABLES, dictionary
from tests.addresses import pages
from tests.data.builders import write_table

MARK = "alert`7391`"
KEYS = {"bears_on", "county", "id", "series", "service"}
"""Columns of text that name rows, or groups of rows, of their own or another table."""
FREE = {
    str(table): tuple(rows["column"][(rows["kind"] == "text") & ~rows["column"].isin(KEYS)])
    for table, rows in dictionary().groupby("table", sort=False)
}
"""The columns that hold free text, by table."""
UNLIKE = ("agency", "claim", "name", "provider", "title")
SCRIPTS = (
    f"</script></title></style></textarea><script>{MARK}</script>",
    f"'\"><img src=x onerror={MARK}><svg/onload={MARK}>",
    f"<a href=\"javascript:{MARK}\">x</a><iframe srcdoc='<script>{MARK}</script>'>",
)
ODD = (
    f"\u202e{MARK}\u202c\u2066\u200b\u0301\U000e0041",
    f"${{7*7}}{{{{7*7}}}}%s%(x)s\\n{MARK}&amp;&lt;]]>--><!--",
    f"{MARK}\x0b\x1b[31m\x7f\x85\u2028\ufffe\ufdd0",
    f"{MARK} {'x' * 20_000}",
)
"""Turned round, as in templates, controls that XML cannot hold, and very long."""
PAGES = [*pages("37051"), "/?counties=37051,37087", "/county/37087", "/next/37023", "/next/37063",
         "/partnerships?service=ssp&counties=37063", "/download/atlas.html"]  # fmt: skip
PICTURES = [f"/download/picture.svg?panel={panel}"
            for panel in ("map", "adoption", "results", "reach", "context")]  # fmt: skip


class Running(HTMLParser):
    """Collects whatever a document would run or load because of a cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._inside = tag if told.get("type") != "application/json" else ""
        self.found += [f"{tag} {name}" for name in told if name.startswith("on")]
        links = [told.get(name, "") for name in ("href", "src", "action", "xlink:href")]
        self.found += [link for link in links if re.match(r"\s*(javascript|vbscript):", link, re.I)]
        if tag in ("iframe", "object", "embed", "base"):
            self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and MARK in data:
            self.found.append("script with the cell")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def spoiled(folder: Path, *texts: str) -> int:
    """Put texts in turn into all free cells of a copy of the shipped tables; give how many.

    In the columns UNLIKE each gets a number, as no two may be the same. Only one row in ten gets
    the last text of many, as it is long.
    """
    shutil.copytree(TABLES, folder)
    count = 0
    for table, columns in FREE.items():
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for place, row in enumerate(rows):
            for turn, column in enumerate(columns):
                text = texts[(place + turn) % max(len(texts) - 1, 1)]
                text = texts[-1] if place % 10 == 9 else text
                row[column] = f"{text} {place}" if column in UNLIKE else text
                count += 1
        write_table(folder, table, rows)
    return count


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a client of an app whose tables hold harmful texts in all free cells."""
    folder = tmp_path_factory.mktemp("harmful") / "tables"
    spoiled(folder, *SCRIPTS, *ODD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLES", str(folder))
        yield create_app().server.test_client()


def test_the_tables_are_taken_as_they_are(client: Any) -> None:
    assert MARK in client.get("/download/programs.csv").get_data(as_text=True)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_a_cell(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert Running(answer.get_data(as_text=True)).found == []


@pytest.mark.parametrize("path", ["/county/37051", "/evidence", "/partnerships", "/next/37023"])
def test_the_pages_show_the_cells(client: Any, path: str) -> None:
    assert "7391" in client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/download/map.svg", *PICTURES])
def test_no_picture_runs_a_cell(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    for node in ElementTree.fromstring(answer.get_data()).iter():
        assert node.tag.rpartition("}")[2] not in ("script", "foreignObject", "iframe")
        assert not [name for name in node.attrib if name.lower().startswith("on")]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_free_cell_may_be_a_formula(tmp_path: Path, sign: str) -> None:
    count = spoiled(tmp_path / "tables", f"{sign}cmd|' /C calc'!A0")
    with pytest.raises(FactsError) as error:
        load(tmp_path / "tables")
    assert str(error.value).count("must not begin like a spreadsheet formula") == count


FILES = ("slides.pptx", "plan.pptx", "data.xlsx", "data.zip")


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_an_export_is_whole(client: Any, name: str) -> None:
    form = {"fips": "37023"}
    ask = client.post if name == "plan.pptx" else client.get
    answer = ask(f"/download/{name}", data=form)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        for part in archive.namelist():
            assert not Path(part).is_absolute() and ".." not in part
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(part))
            assert not part.endswith("vbaProject.bin")
            if part.endswith(".csv"):
                assert_no_formula(archive.read(part).decode("utf-8-sig"))


@pytest.mark.parametrize("name", ["adoption", "partnerships", "programs", "tables/context"])
def test_no_table_of_an_export_has_a_formula(client: Any, name: str) -> None:
    assert_no_formula(client.get(f"/download/{name}.csv").get_data(as_text=True))


def assert_no_formula(text: str) -> None:
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if re.match(r"[=+@]|-(?!\d)", cell)]


def test_the_free_columns_are_those_of_the_tables() -> None:
    tables = ("services", "partnerships", "readiness", "intercepts", "claims", "adoption")
    assert all(FREE[table] for table in tables)
    assert {"note", "provider"} <= set(FREE["partnerships"])
