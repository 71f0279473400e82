import itertools
import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from data import county_frame
from data.dates import day_words
from data.evidence.context import STANDING
from data.evidence.results import WARNING
from data.measures.layers import measure_layer
from data.words import describe
from layouts.exports.chart_sheet import INNER
from layouts.exports.chart_text import broken, text_width
from layouts.exports.pictures import PANELS, SIZES, panel_svg

SVG = "{http://www.w3.org/2000/svg}"
DAY, TODAY = date(2019, 8, 31), date(2026, 1, 31)
CUMBERLAND, BURKE, WAKE, ALAMANCE, ALEXANDER = "37051", "37023", "37183", "37001", "37003"
EVERY = list(itertools.product(PANELS, SIZES))


def picture(facts: Any, panel: str, *chosen: str, size: str = "web") -> ElementTree.Element:
    return ElementTree.fromstring(panel_svg(facts, panel, DAY, chosen, TODAY, size))


def said(root: ElementTree.Element) -> str:
    """Give all that is written on a picture, lines of a paragraph joined."""
    return " ".join(
        " ".join(" ".join(text.itertext()).split())
        if text.find(f"{SVG}tspan") is None
        else " ".join([text.text or "", *(span.text or "" for span in text.iter(f"{SVG}tspan"))])
        for text in root.iter(f"{SVG}text")
    ).replace("\u00a0", " ")


@pytest.mark.parametrize(("panel", "size"), EVERY)
def test_each_picture_carries_day_edition_and_sources(facts: Any, panel: str, size: str) -> None:
    root = picture(facts, panel, size=size)
    assert root.attrib["viewBox"] == f"0 0 {SIZES[size][0]} {SIZES[size][1]}"
    told = said(root)
    assert day_words(DAY) in told
    assert f"edition {facts.edition}" in told
    assert "Sources" in told
    assert root.attrib["aria-label"] == root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")


@pytest.mark.parametrize("panel", PANELS)
def test_a_larger_picture_is_the_same_sheet_scaled(facts: Any, panel: str) -> None:
    web, slide = (
        panel_svg(facts, panel, DAY, (), TODAY, size).split("<g transform", 1)[1]
        for size in ("web", "slide")
    )
    assert web.replace('="scale(1)', '="scale(1.6)', 1) == slide


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("chosen", [(), (CUMBERLAND,), (BURKE, WAKE), (ALAMANCE,)], ids=str)
def test_each_picture_of_any_choice_is_whole(
    facts: Any, panel: str, chosen: tuple[str, ...]
) -> None:
    text = panel_svg(facts, panel, DAY, chosen, TODAY, "web")
    root = ElementTree.fromstring(text)
    assert not re.search(r'="[^"]*\b(nan|inf|None)\b[^"]*"', re.sub('aria-label="[^"]*"', "", text))
    for fips in chosen:
        assert facts.county_names[fips] in said(root)


def test_the_map_says_the_views_sentence_and_outlines_the_chosen(facts: Any) -> None:
    root = picture(facts, "map", BURKE, WAKE)
    sentence = describe(DAY, county_frame(facts, DAY))
    assert root.findtext(f"{SVG}title") == f"{sentence.headline}."
    assert "Outlined in red: Burke and Wake." in said(root)
    outlined = [p for p in root.iter(f"{SVG}path") if p.get("fill") == "none"]
    assert len(outlined) == 2
    drawn = {p.get("d") for p in root.iter(f"{SVG}path") if p.get("data-fips") in (BURKE, WAKE)}
    assert {p.get("d") for p in outlined} == drawn
    order = [part for part in root.iter() if part in outlined or part.get("class") == "map-name"]
    assert order[:2] == outlined  # no line crosses a name
    assert [
        n.text for n in order[2:] if n.get("data-fips") == WAKE and n.get("display") == "inline"
    ]


@pytest.mark.parametrize(
    ("panel", "chosen", "words"),
    [
        ("adoption", (), "How LEAD spread in North Carolina"),
        ("adoption", (), "5 counties, perhaps 6; 9.3% of the state's residents, perhaps 10.1%"),
        ("adoption", (), "Census estimates, 2019 standing for later years."),
        ("adoption", (BURKE, WAKE), "The chosen: Burke and Wake."),
        ("results", (), f"Grade 1: {WARNING}"),
        ("results", (), "Measures differ, so compare directions, not lengths."),
        ("results", (CUMBERLAND,), "a claim without a method"),
        ("results", (ALEXANDER,), "These are the state's pooled results."),
        ("results", (ALAMANCE,), "No published change in criminal justice involvement was found"),
        ("reach", (), "they are never added up"),
        ("reach", (ALAMANCE,), "No dated count of people who entered was found for Alamance."),
        ("context", (), STANDING),
        ("context", (), "the atlas has the others"),
        ("context", (CUMBERLAND,), "In deaths per 100,000 residents."),
        ("context", (CUMBERLAND,), "the days on which LEAD may have begun"),
        ("context", (ALAMANCE,), "No publisher gives two periods by one definition for Alamance."),
    ],
    ids=str,
)
def test_a_picture_says(facts: Any, panel: str, chosen: tuple[str, ...], words: str) -> None:
    assert words in said(picture(facts, panel, *chosen))


@pytest.mark.parametrize(("chosen", "number"), [((), 10), ((CUMBERLAND,), 1), ((ALEXANDER,), 1)])
def test_no_change_stands_without_grade_and_comparison_group(
    facts: Any, chosen: tuple[str, ...], number: int
) -> None:
    root = picture(facts, "results", *chosen)
    dots = [dot for dot in root.iter(f"{SVG}circle") if dot.find(f"{SVG}title") is not None]
    graded = r"[−+][\d.]+% (?:Grade \d of 5|not graded), comparison group: \w"
    assert len(dots) == len(re.findall(graded, said(root))) >= number


@pytest.mark.parametrize(
    ("panel", "size", "named"), [("pie", "web", "pie"), ("map", "poster", "poster")]
)
def test_an_unknown_panel_or_size_is_named(facts: Any, panel: str, size: str, named: str) -> None:
    with pytest.raises(ValueError, match=f"^There is no (panel|size) “{named}”; .*\\.$"):
        panel_svg(facts, panel, DAY, (), TODAY, size)


def test_no_cell_is_taken_for_markup(facts: Any) -> None:
    bad = "</title><script>alert('1')</script>&\x00"
    tables = {
        "counties": facts.counties.assign(county=bad),
        "outcomes": facts.outcomes.assign(site=bad, measure=bad, comparison=bad),
        "reach": facts.reach.assign(site=bad, measure=bad),
        "context": facts.context.assign(measure=bad, place=bad, agency=bad, publisher=bad),
        "sources": facts.sources.assign(publisher=bad),
        "adoption": facts.adoption.assign(agency=bad),
        "milestones": facts.milestones.assign(title=bad),
    }
    hostile = replace(facts, **tables)
    for panel in ("adoption", "results", "reach", "context"):
        for chosen in ((), (CUMBERLAND,)):
            root = picture(hostile, panel, *chosen)
            assert not list(root.iter(f"{SVG}script"))


def test_lines_are_broken_where_they_fit() -> None:
    text = "word " * 80
    lines = broken(text, 16, INNER)
    assert " ".join(lines) == text.strip()
    assert all(text_width(line, 16) <= INNER for line in lines)
    assert broken("", 16, INNER) == [""]
    assert broken("unbroken" * 40, 16, INNER) == ["unbroken" * 40]


def test_the_picture_of_a_map_colored_by_a_measure_says_where_the_figures_are_from(
    facts: Any, vera: Any
) -> None:
    layer = measure_layer(facts, vera, "jail_admissions", DAY, TODAY)
    text = panel_svg(facts, "map", DAY, (), TODAY, "web", layer)
    assert layer.credit in text and layer.headline in text
    looks = dict(re.findall(r'<path data-fips="(\d{5})"[^>]*data-look="(\w+)"', text))
    assert looks == dict(zip(layer.frame["fips"], layer.frame["look"], strict=True))
