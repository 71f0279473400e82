"""No text that a reader meets is left in English by a Spanish page: found by a made-up language."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html

from callbacks.pages import COUNTY, PAGES, Held, all_context, page_for, panels_for, side_for
from data.facts import Facts
from data.measures import observed
from data.measures.effect import estimate
from data.series import CountySeries
from layouts.address import View
from layouts.document import first_paint
from layouts.exports.html import to_html
from layouts.pages.offline import offline_file
from layouts.pages.present import create_present
from layouts.pages.series import create_check, create_check_page, create_series_page
from layouts.pages.trends import create_trends_page
from layouts.parts.effect import create_effect
from layouts.shell import create_shell
from layouts.static import write_link
from layouts.trend_address import read_trend_view
from tests.languages.pseudo import FACT, bare, unmarked

DAY = date(2019, 8, 31)
NOW = date(2026, 11, 24)
VIEWS = [
    *((address.replace(COUNTY, "37129"), "date=2019-08-31") for address in PAGES),
    ("/", "date=2019-08-31&counties=37051,37035"),
    ("/county/37051", "date=2019-08-31"),
    ("/county/37001", ""),
    ("/partnerships", "service=ssp&count=perhaps&has=lead"),
    ("/next/37007", ""),
    ("/nowhere", ""),
]


def written(node: Any) -> str:
    return to_html(node, {"Link": write_link})


@pytest.mark.parametrize(("path", "query"), VIEWS, ids=[f"{p}?{q}" for p, q in VIEWS])
def test_every_text_of_a_page_is_said(spoken_facts: Facts, path: str, query: str) -> None:
    held = Held(spoken_facts, (), (), (), True, NOW)
    page = page_for(held, path, f"{query}&lang=xx")
    html = first_paint(create_shell(spoken_facts, page), lambda: "")
    assert bare(html, spoken_facts.county_names.values()) == []


@pytest.fixture
def quoting_facts(facts: Facts, spoken_facts: Facts) -> Facts:
    """Give facts with bracketed texts but for units, which are said."""
    tables = ("outcomes", "reach", "context")
    units = {name: {"unit": getattr(facts, name)["unit"]} for name in tables}
    return replace(
        spoken_facts, **{name: getattr(spoken_facts, name).assign(**units[name]) for name in tables}
    )


@pytest.mark.parametrize(("path", "query"), VIEWS, ids=[f"{p}?{q}" for p, q in VIEWS])
def test_what_a_source_says_is_marked_as_english(
    quoting_facts: Facts, path: str, query: str
) -> None:
    page = page_for(Held(quoting_facts, (), (), (), True, NOW), path, f"{query}&lang=xx")
    assert unmarked(written(page)) == []


@pytest.mark.parametrize("chosen", [[], ["37051"]])
def test_what_a_source_says_below_the_map_is_marked_as_english(
    quoting_facts: Facts, chosen: list[str]
) -> None:
    panels = panels_for(quoting_facts, chosen)
    side = side_for(quoting_facts, chosen, "2024-01-01")
    assert unmarked(written([panels, all_context(quoting_facts), side])) == []


@pytest.mark.parametrize("path", ["/county/37051", "/next/37051", "/data", "/evidence"])
def test_an_english_page_marks_nothing(facts: Facts, path: str) -> None:
    page = page_for(Held(facts, (), (), (), True, NOW), path, "")
    assert 'lang="' not in written(page)


@pytest.fixture(scope="module")
def series(vera: CountySeries) -> CountySeries:
    """Give a made-up series that was kept, with all that may be told of one."""
    told: dict[str, Any] = {"retrieved": "2026-11-24", "dropped": (("rows of other states", 3),)}
    told |= {name: f"{FACT[0]}{getattr(vera, name)}{FACT[1]}" for name in ("title", "publisher")}
    return replace(vera, regional={"37051": "Hyde and Washington"}, **told)


TRENDS = [
    "",
    "counties=37051,37035&as=count",
    "counties=37051,37129,37023,37119,37097,37001&by=year",
    "counties=37051,37023,37001&align=adoption",
    "measure=vera-incarceration-trends.jail_population&counties=37051&window=1",
    "measure=vera-incarceration-trends.jail_population&as=count&window=3&compare=size",
    "window=2&skip=2020,2021&each=0",
    "measure=x.y&counties=zz&as=q&each=500&compare=size&skip=q,2019,2020,2021,2022,2023,2024,2025",
]


@pytest.mark.parametrize("query", TRENDS, ids=TRENDS)
def test_every_text_of_county_trends_is_said(
    spoken_facts: Facts, series: CountySeries, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observed, "estimate", partial(estimate, draws=49))
    view = read_trend_view(query, spoken_facts, [series])
    page = create_trends_page(spoken_facts, [series], view)
    page = html.Div([page, create_effect(spoken_facts, view)])
    assert bare(written(page) + drawn(page), spoken_facts.county_names.values()) == []


def drawn(page: Any) -> str:
    """Give the texts in all figures of a page, each as a paragraph."""
    graphs: list[Any] = [part for part in page._traverse() if isinstance(part, dcc.Graph)]
    figures = [graph.figure for graph in graphs]
    texts = [figure.layout.xaxis.title.text for figure in figures]
    texts += [note.text for figure in figures for note in figure.layout.annotations]
    traces = [trace for figure in figures for trace in figure.data]
    texts += [trace.name for trace in traces if trace.hoverinfo != "skip"]
    texts += [text for trace in traces for text in _list(trace.customdata)]
    return "".join(f"<p>{text.replace('<br>', ' ')}</p>" for text in texts if text)


def _list(found: Any) -> list[str]:
    return [] if found is None else list(found)


def test_every_text_of_loaded_series_is_said(spoken_facts: Facts, series: CountySeries) -> None:
    page = create_series_page([series], ["Damaged."], True, 5_000_000)
    assert bare(written(page), spoken_facts.county_names.values()) == []


def test_every_text_of_a_file_looked_into_is_said(spoken_facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "tally.csv"
    path.write_text("place,when,number\nWake,2018,5\nDurham,2018,60\n", "utf-8")
    query = "file=abc&county=place&period=when&value=number"
    parts = [create_check_page(query), create_check(path, query), create_check(path, "value=no")]
    assert bare(written(parts), ("place", "when", "number")) == []


@pytest.mark.parametrize("chosen", [(), ("37051", "37035")], ids=["state", "chosen"])
def test_every_text_of_the_panels_is_said(spoken_facts: Facts, chosen: tuple[str, ...]) -> None:
    codes, day = list(chosen), DAY.isoformat()
    parts = [*panels_for(spoken_facts, codes), *side_for(spoken_facts, codes, day)]
    parts += all_context(spoken_facts)
    assert bare(written(parts), spoken_facts.county_names.values()) == []


def test_every_text_for_a_meeting_is_said(spoken_facts: Facts) -> None:
    html = to_html(create_present(spoken_facts, View(DAY), NOW), {})
    assert bare(html, spoken_facts.county_names.values()) == []


def test_every_text_of_the_offline_file_is_said(spoken_facts: Facts) -> None:
    html = offline_file(spoken_facts, View(DAY), NOW)
    assert bare(html, spoken_facts.county_names.values()) == []
