import json
import re
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest

from data import county_frame
from data.dates import today
from data.language import LANGUAGES
from layouts import ids
from layouts.document import NO_SCRIPT, WITHOUT_SCRIPTS
from layouts.exports.html import VOID
from layouts.shell import TITLE
from tests.addresses import PLAIN, pages

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; alert(1); '", "&lt;"]
PATHS = ["/", "/?date=2019-08-31", "/?counties=37051,37001&theme=dark", "/data", "/county/37051",
         "/county/37001", "/nowhere"]  # fmt: skip
UNCLOSED = {tag.lower() for tag in VOID}


class Tree(HTMLParser):
    """Reads a document strictly: what opens must close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in UNCLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append((self.tags[-1][1], data))


@pytest.fixture(scope="module", params=PATHS)
def text(request: pytest.FixtureRequest, client: Any) -> Any:
    return client.get(request.param).get_data(as_text=True)


def test_the_document_is_well_formed(text: str) -> None:
    tree = Tree(text)
    assert tree.faults == []
    assert tree.open == []


def test_the_document_says_its_language_title_and_what_it_is(text: str) -> None:
    tree = Tree(text)
    assert ("html", "en") in [(tag, told.get("lang")) for tag, told in tree.tags]
    assert re.search(f"<title>([^<]+ – )?{TITLE}</title>", text)
    assert any(told.get("name") == "description" for _, told in tree.tags)
    assert any(told.get("name") == "viewport" for _, told in tree.tags)


@pytest.mark.parametrize("word", LANGUAGES)
def test_every_page_has_a_title_of_its_own(client: Any, word: str) -> None:
    paths = dict.fromkeys([*pages(), *pages("37001"), "/nowhere"])
    texts = {path: client.get(f"{path}?lang={word}").get_data(as_text=True) for path in paths}
    titles = {}
    for path, text in texts.items():
        (title,) = re.findall(r"<title>([^<]*)</title>", text.split("<body>")[0])
        titles[path] = title
        assert re.findall(r'data-title="([^"]*)"', text) in ([title], [])
    assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize("path", pages()[: -len(PLAIN)])
def test_a_page_tells_its_title_to_scripts_and_its_heading_to_other_sites(
    client: Any, path: str
) -> None:
    text = client.get(path).get_data(as_text=True)
    (title,) = re.findall(r"<title>([^<]*)</title>", text.split("<body>")[0])
    assert re.findall(r'<main id="page"[^>]*><\w+ [^>]*data-title="([^"]*)"', text) == [title]
    (heading,) = re.findall(r"<h1[^>]*>([^<]*)</h1>", text)
    assert f'<meta property="og:title" content="{heading}">' in text


@pytest.mark.parametrize("path", [*pages(), "/nowhere"])
def test_without_scripts_nothing_stands_there_dead(client: Any, path: str) -> None:
    text = client.get(path).get_data(as_text=True)
    assert NO_SCRIPT in text
    assert (WITHOUT_SCRIPTS in text) is (path not in ("/try", "/correct"))


@pytest.mark.parametrize(
    ("query", "href"),
    [
        ("", "?lang=es"),
        ("date=2019-08-31&counties=37051,37001", "?date=2019-08-31&counties=37051,37001&lang=es"),
        ("lang=es&date=2019-08-31", "?date=2019-08-31"),
        ("lang=es", "?"),
    ],
)
def test_the_link_to_the_other_language_keeps_the_view(client: Any, query: str, href: str) -> None:
    tree = Tree(client.get(f"/partnerships?{query}").get_data(as_text=True))
    assert [told["href"] for _, told in tree.tags if "data-speak" in told] == [href]


def test_the_document_loads_nothing_from_another_host(text: str) -> None:
    loading = [
        told.get("src") or told.get("href")
        for tag, told in Tree(text).tags
        if tag in {"script", "link", "img", "iframe", "source", "use", "image"}
    ]
    assert loading
    for address in filter(None, loading):
        assert re.match(r"/(?!/)|data:", address), address


def test_only_sources_lead_to_another_host(facts: Any, text: str) -> None:
    known = set(facts.sources["url"])
    for tag, told in Tree(text).tags:
        href = told.get("href") or ""
        if tag == "a" and "//" in href:
            assert href in known
            assert told.get("target") == "_blank"
            assert "noopener" in (told.get("rel") or "")


def test_the_page_can_be_read_before_any_script_runs(text: str) -> None:
    body = text.split('id="first-paint"')[1].split("<script src")[0]
    assert body.count("<h1") == 1
    assert "<footer" in body
    assert "<nav" in body


def test_the_document_says_no_missing_value(text: str) -> None:
    assert not re.search(r">(?:None|nan|NaT|<NA>)<", text)
    assert "[object" not in text


@pytest.mark.parametrize("path", ["/", "/data", "/county/37051"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_asked_for_is_there_from_the_first(client: Any, path: str, theme: str) -> None:
    tree = Tree(client.get(f"{path}?theme={theme}").get_data(as_text=True))
    (told,) = [told for tag, told in tree.tags if tag == "html"]
    assert told.get("data-mantine-color-scheme") == theme


@pytest.mark.parametrize("theme", ["", "pink", '"><script>'])
def test_no_theme_is_forced_without_being_asked(client: Any, theme: str) -> None:
    tree = Tree(client.get("/", query_string={"theme": theme}).get_data(as_text=True))
    (told,) = [told for tag, told in tree.tags if tag == "html"]
    assert "data-mantine-color-scheme" not in told


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("name", ["date", "counties", "layer", "theme", "other"])
def test_a_hostile_parameter_is_only_text(client: Any, name: str, bad: str) -> None:
    answer = client.get("/", query_string={name: bad})
    assert answer.status_code == 200
    assert_harmless(client, answer.get_data(as_text=True))


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_hostile_path_is_only_text(client: Any, bad: str) -> None:
    assert_harmless(client, client.get(f"/{bad}").get_data(as_text=True))


def assert_harmless(client: Any, text: str) -> None:
    """Hold that a document runs the same scripts as a plain one, and no handler."""
    tree = Tree(text)
    assert tree.faults == []
    assert not [told for _, told in tree.tags if any(name.startswith("on") for name in told)]
    assert "alert(1)</script>" not in text
    plain = Tree(client.get("/").get_data(as_text=True))
    sources = {told["src"] for tag, told in plain.tags if tag == "script" and "src" in told}
    for tag, told in tree.tags:
        if tag == "script" and "src" in told:
            assert told["src"] in sources


def test_the_history_comes_with_the_first_page(facts: Any, client: Any) -> None:
    tree = Tree(client.get("/").get_data(as_text=True))
    (early,) = [data for told, data in tree.scripts if told.get("id") == "early"]
    held = json.loads(early)
    assert held["counties"] == facts.county_names
    assert held["last"] == today().isoformat()


def test_the_first_page_has_a_map_with_all_counties(facts: Any, client: Any) -> None:
    tree = Tree(client.get("/").get_data(as_text=True))
    paths = [told for tag, told in tree.tags if tag == "path" and "data-fips" in told]
    frame = county_frame(facts, today())
    assert [told["data-look"] for told in paths] == frame["look"].tolist()


def test_a_day_can_be_asked_for_without_scripts(client: Any) -> None:
    tree = Tree(client.get("/?date=2019-08-31").get_data(as_text=True))
    (typed,) = [told for tag, told in tree.tags if tag == "input" and told.get("name") == "date"]
    assert typed["id"] == ids.DATE
    assert typed["value"] == "2019-08-31"
    forms = [told for tag, told in tree.tags if tag == "form"]
    assert [told["action"] for told in forms] == ["/"]


def test_a_page_that_cannot_be_made_is_an_error_without_detail(
    client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr("callbacks.pages.create_missing_page", fail)
    answer = client.get("/a/page/that/fails")
    assert answer.status_code == 500
    text = answer.get_data(as_text=True)
    assert "Something went wrong on our side." in text
    for part in ("secret", "Traceback", "RuntimeError", ".py"):
        assert part not in text
    assert "the secret detail" in caplog.text


@pytest.mark.parametrize("path", ["/download/map.svg?date=<b>x</b>", "/download/trend.csv"])
def test_who_opens_what_cannot_be_shown_gets_the_sentence_and_a_way_on(
    client: Any, path: str
) -> None:
    plain, opened = client.get(path), client.get(path, headers={"Accept": "text/html,*/*"})
    assert plain.status_code == opened.status_code == 400
    assert (plain.mimetype, opened.mimetype) == ("text/plain", "text/html")
    assert escape(plain.get_data(as_text=True).strip()) in opened.get_data(as_text=True)
    assert "<b>" not in opened.get_data(as_text=True)
    assert 'href="/"' in opened.get_data(as_text=True)


def test_what_cannot_be_shown_is_told_in_the_language_asked_for(client: Any) -> None:
    address = "/download/map.svg?date=x&lang=es"
    text = client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True)
    assert '<html lang="es">' in text
    assert 'href="/?lang=es"' in text
    assert "No se puede mostrar" in text


@pytest.mark.parametrize("path", ["/", "/download/map.svg", "/download/adoption.csv"])
def test_who_has_a_document_is_not_sent_it_again(client: Any, path: str) -> None:
    takes = {"Accept-Encoding": "br"}
    first = client.get(path, headers=takes)
    assert first.headers["Content-Encoding"] == "br"
    again = client.get(path, headers={**takes, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    other = client.get(f"{path}?date=2019-08-31", headers=takes)
    assert other.headers["ETag"] != first.headers["ETag"]


def test_a_missing_page_is_never_taken_for_kept(client: Any) -> None:
    takes = {"Accept-Encoding": "br"}
    tag = client.get("/nowhere", headers=takes).headers["ETag"]
    assert client.get("/nowhere", headers={**takes, "If-None-Match": tag}).status_code == 404


def test_every_link_of_the_app_leads_somewhere(client: Any, facts: Any) -> None:
    inner = {
        href
        for path in PATHS
        for tag, told in Tree(client.get(path).get_data(as_text=True)).tags
        if tag == "a" and (href := told.get("href") or "").startswith("/")
    }
    assert len(inner) > 100
    # Pages of counties are made alike: each link is held to a county, every tenth followed. Files
    # take long to make and have tests of their own: that there is such an address is enough.
    of_counties = {href: re.findall(r"\b37\d{3}\b", urlsplit(href).path) for href in sorted(inner)}
    assert {fips for found in of_counties.values() for fips in found} == set(facts.county_names)
    alike = [href for href, found in of_counties.items() if found]
    files = {href for href in inner if href.startswith("/download/")}
    routes = client.application.url_map.bind("localhost")
    assert all(routes.test(urlsplit(href).path, "GET") for href in files)
    followed = inner - files - set(alike) | set(alike[::10])
    assert {href: client.get(href).status_code for href in followed} == dict.fromkeys(followed, 200)
