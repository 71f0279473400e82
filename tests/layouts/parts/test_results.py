from typing import Any

import pandas as pd
import pytest
from dash import dcc, html

from data.evidence.results import REGRESSION_NOTE, WARNING, charted, grade_words, results
from layouts.parts.results import create_result, create_results, create_short_results
from tests.layouts.tree import addresses, nodes, prop, text_of


@pytest.fixture(scope="module")
def rows(facts: Any) -> pd.DataFrame:
    return results(facts)


def items(part: Any) -> list[Any]:
    return [node for node in nodes(part, html.Li) if prop(node, "className") == "result"]


@pytest.mark.parametrize("full", [True, False], ids=["full", "short"])
def test_no_figure_stands_without_grade_comparison_and_number(
    facts: Any, rows: pd.DataFrame, full: bool
) -> None:
    for row in rows.itertuples():
        said = text_of(create_result(facts, row, full=full))
        assert row.headline in said
        assert grade_words(row.grade) in said
        assert f"comparison group: {row.comparison or 'none'}" in said
        assert row.people in said


@pytest.mark.parametrize("full", [True, False], ids=["full", "short"])
def test_a_claim_is_called_a_claim(facts: Any, rows: pd.DataFrame, full: bool) -> None:
    assert set(rows["claim"]) == {"yes", "no"}
    for row in rows.itertuples():
        item = create_result(facts, row, full=full)
        assert ("a claim, no method given" in text_of(item)) is (row.claim == "yes")
        figures = [n for n in nodes(item, html.Div) if "figure" in (prop(n, "className") or "")]
        assert len(figures) == 1
        assert ("claimed" in figures[0].className) is (row.claim == "yes")


def test_a_full_result_has_interval_note_and_sources(facts: Any, rows: pd.DataFrame) -> None:
    urls = facts.sources.set_index("id")["url"]
    for row in rows.itertuples():
        item = create_result(facts, row)
        assert row.interval in text_of(item)
        assert row.note in text_of(item)
        links = {href for href, _ in addresses(item) if "//" in href}
        assert links == {urls[source] for source in row.sources.split("; ")} - {""}


def test_every_result_is_shown_once_north_carolina_first(facts: Any, rows: pd.DataFrame) -> None:
    panel = create_results(facts, rows)
    assert len(items(panel)) == len(rows)
    groups = [text_of(node) for node in nodes(panel, html.Summary)]
    groups = [group.rsplit(" (", 1)[0] for group in groups if group.startswith(("LEAD", "Other"))]
    assert groups[0] == "LEAD in North Carolina"


def test_the_panel_warns_before_the_first_figure(facts: Any, rows: pd.DataFrame) -> None:
    said = text_of(create_results(facts, rows))
    assert said.index(WARNING) < said.index(rows["headline"].iloc[0])
    assert REGRESSION_NOTE in said


def test_the_chart_holds_changes_on_justice_of_lead_only(facts: Any, rows: pd.DataFrame) -> None:
    (graph,) = nodes(create_results(facts, rows), dcc.Graph)
    assert sorted(graph.figure.data[0].x) == sorted(charted(rows)["change_pct"].astype(float))


def test_the_chart_is_said_in_words_too(facts: Any, rows: pd.DataFrame) -> None:
    panel = create_results(facts, rows)
    (figure,) = nodes(panel, html.Figure)
    (spoken,) = [n for n in nodes(figure, html.P) if prop(n, "className") == "only-spoken"]
    (graph,) = nodes(figure, dcc.Graph)
    assert text_of(spoken).count(";") + 1 >= len(graph.figure.data[0].x)


def test_the_first_screen_shows_north_carolinas_results_with_the_warning(
    facts: Any, rows: pd.DataFrame
) -> None:
    short = create_short_results(facts, rows)
    assert WARNING in text_of(short)
    assert len(items(short)) == 2
    nc = rows[(rows["state"] == "NC") & (rows["topic"] == "justice") & (rows["is_lead"] == "yes")]
    for item, row in zip(items(short), nc.itertuples(), strict=False):
        assert row.headline in text_of(item)


def test_a_short_result_leads_to_its_full_one(facts: Any, rows: pd.DataFrame) -> None:
    full = {item.id: item for item in items(create_results(facts, rows))}
    assert len(full) == len(rows)
    for item in items(create_short_results(facts, rows)):
        (name,) = [href[1:] for href, _ in addresses(item) if href.startswith("#")]
        (strong, *_) = nodes(item, html.Strong)
        assert text_of(strong) in text_of(full[name])


def test_bars_keep_the_proportion_of_before_and_after(facts: Any, rows: pd.DataFrame) -> None:
    both = rows[(rows["value_before"] != "") & (rows["value_after"] != "")]
    assert len(both) >= 3
    for row in both.itertuples():
        item = create_result(facts, row)
        bars = [n for n in nodes(item, html.Span) if "bar " in (prop(n, "className") or "")]
        before, after = (float(bar.style["width"].rstrip("%")) for bar in bars)
        assert 0 <= before <= 100
        assert 0 <= after <= 100
        values = float(row.value_before), float(row.value_after)
        assert before * values[1] == pytest.approx(after * values[0], abs=max(values) * 0.6)


def test_a_panel_with_nothing_says_what_is_missing(facts: Any, rows: pd.DataFrame) -> None:
    panel = create_results(facts, rows.iloc[:0], "Nothing was found.")
    assert "Nothing was found." in text_of(panel)
    assert list(nodes(panel, dcc.Graph)) == []
