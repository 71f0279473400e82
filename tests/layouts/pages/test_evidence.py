from dataclasses import replace
from typing import Any

import pytest
from dash import html

from data.evidence.claims import MEANINGS, STANDINGS, claims, figures, limits, summary
from layouts.pages.evidence import SECTIONS, create_evidence_page
from layouts.static import still
from tests.layouts.tree import addresses, by_id, ids_of, nodes, prop, sent, strings, text_of


@pytest.fixture(scope="module")
def made(facts: Any) -> Any:
    return create_evidence_page(facts)


def rows_of(part: Any) -> list[Any]:
    """Give the rows of figures in a part of the page."""
    return [node for node in nodes(part, html.Li) if prop(node, "data-kind")]


def test_the_answer_comes_first(facts: Any, made: Any) -> None:
    assert [type(node) for node in made.children[:2]] == [html.H1, html.P]
    assert text_of(made.children[1]) == summary(facts)


def test_every_mark_is_taught_in_words(made: Any) -> None:
    (legend,) = [n for n in nodes(made, html.Ul) if prop(n, "className") == "marks"]
    entries = list(nodes(legend, html.Li))
    assert [text_of(entry) for entry in entries] == [
        words + MEANINGS[name] for name, words in STANDINGS.items()
    ]
    assert [prop(next(nodes(entry, html.Span)), "data-standing") for entry in entries] == [
        *STANDINGS
    ]


def test_no_mark_stands_without_its_words(made: Any) -> None:
    for article in nodes(made, html.Article):
        for standing in nodes(article, html.P):
            if prop(standing, "className") == "standing":
                mark, words = standing.children
                assert text_of(words) == STANDINGS[prop(mark, "data-standing")]
    words = {
        "compared": "Compared with ",
        "alone": "No comparison group",
        "worked": "Worked out, set against ",
        "stated": "Only stated",
    }
    for row in rows_of(made):
        assert words[prop(row, "data-kind")] in text_of(row)
        assert prop(row.children[0], "data-standing") == prop(row, "data-kind")


def test_marks_are_silent_as_their_words_are_said(made: Any) -> None:
    marks = [n for n in nodes(made, html.Span) if prop(n, "className") == "mark"]
    assert len(marks) > 50
    assert all(prop(mark, "aria-hidden") == "true" for mark in marks)


def test_only_what_was_stated_stands_in_quotation_marks(made: Any) -> None:
    for row in rows_of(made):
        quoted = bool(list(nodes(row, html.Q)))
        assert not quoted or prop(row, "data-kind") == "stated"
    assert list(nodes(made, html.Q))


def test_every_figure_is_shown_with_grade_people_interval_note_and_source(
    facts: Any, made: Any
) -> None:
    told = [text_of(row) for row in rows_of(made)]
    for row in figures(facts).itertuples():
        parts = (row.measure[1:], row.period_after, row.note, row.interval, row.people, row.graded)
        fitting = [text for text in told if all(part in text for part in parts)]
        assert len(fitting) == len(row.bears_on.split("; ")), row
        assert row.change_pct == "" or row.headline in fitting[0]
    urls = {href for href, _ in addresses(made)}
    shown = figures(facts)["sources"].str.split("; ").explode()
    held = facts.sources[facts.sources["id"].isin(shown)]
    assert set(held["url"]) - {""} <= urls


def test_the_line_of_a_figure_tells_its_grade_and_comparison_before_it_is_opened(
    facts: Any, made: Any
) -> None:
    graded = set(figures(facts)["graded"])
    for row in rows_of(made):
        (line,) = nodes(row, html.Summary)
        assert any(text_of(line).endswith(f" · {grade}") for grade in graded)
        assert text_of(next(nodes(line, html.Strong)))


def test_sections_are_there_in_order_and_can_be_jumped_to(made: Any) -> None:
    names = [name for name in ids_of(made) if name in SECTIONS]
    assert names == list(SECTIONS)
    jumps = [href for href, node in addresses(made) if href[1:] in SECTIONS]
    assert jumps == [f"#{name}" for name in SECTIONS]


def test_north_carolina_shows_all_claims_but_costs_and_no_other_place(
    facts: Any, made: Any
) -> None:
    section = by_id(made, "north-carolina")
    told = [claim for claim in claims(facts, "nc") if claim.topic != "cost"]
    assert [text_of(h) for h in nodes(section, html.H3)] == [claim.words for claim in told]
    assert len(rows_of(section)) == sum(len(claim.figures) for claim in told)
    assert "Seattle LEAD (Belltown)" not in text_of(section)


def test_costs_set_both_places_under_each_claim(facts: Any, made: Any) -> None:
    section = by_id(made, "costs")
    told = [claim for claim in claims(facts) if claim.topic == "cost"]
    assert [text_of(h) for h in nodes(section, html.H3)] == [claim.words for claim in told]
    cells = [n for n in nodes(section, html.Div) if prop(n, "className") == "where"]
    places = [text_of(cell.children[0]) for cell in cells]
    assert places == ["North Carolina", "Other places"] * len(told)


def test_other_places_show_only_what_was_found_there(facts: Any, made: Any) -> None:
    section = by_id(made, "elsewhere")
    told = [c for c in claims(facts, "elsewhere") if c.topic != "cost" and len(c.figures)]
    assert [text_of(h) for h in nodes(section, html.H3)] == [claim.words for claim in told]
    assert STANDINGS["none"] not in text_of(section)


def test_a_claim_not_found_here_points_to_where_it_was(made: Any) -> None:
    jail = by_id(made, "claim-less-jail")
    assert STANDINGS["none"] in text_of(jail)
    assert "#elsewhere-less-jail" in [href for href, _ in addresses(jail)]
    officers = by_id(made, "claim-officers")
    assert not [href for href, _ in addresses(officers) if href.startswith("#")]


def test_every_claim_says_who_says_it(facts: Any, made: Any) -> None:
    for claim in claims(facts):
        article = by_id(made, f"claim-{claim.id}")
        assert f"Said by: {claim.said_by}." in text_of(article)
        assert claim.note in text_of(article)


def test_every_limit_is_told(facts: Any, made: Any) -> None:
    section = text_of(by_id(made, "limits"))
    for limit in limits(facts):
        assert limit.title in section
        assert limit.words in section


def test_the_figures_can_be_taken_away(made: Any) -> None:
    assert "/download/data.zip" in {href for href, _ in addresses(made)}


def test_the_page_stands_without_claims_or_figures(facts: Any) -> None:
    for name in ("claims", "outcomes"):
        bare = replace(facts, **{name: getattr(facts, name).iloc[:0]})
        assert summary(bare) in text_of(create_evidence_page(bare))


def test_words_of_the_tables_are_never_markup(facts: Any) -> None:
    bad = "<script>alert('x')</script>"
    rows = facts.claims.assign(claim=bad, said_by=bad, note=bad)
    page = still(create_evidence_page(replace(facts, claims=rows)))
    text = "".join(strings(sent(page)))
    assert "&lt;script&gt;" in text
    assert "<script" not in text
