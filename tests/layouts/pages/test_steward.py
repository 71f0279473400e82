"""The stewards' pages: what they say, what they ask for, and that what was typed is only text."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from dash import html

from data.editions import Edition
from data.editions.merge import Clash
from data.read import Problem
from data.schema import LISTED
from data.stewards.draft import combined
from data.stewards.drafted import review
from layouts import ids
from layouts.exports.html import to_html
from layouts.pages.grid import Sheet, column_definitions, create_grid_page, told_of
from layouts.pages.merge import create_merge_page
from layouts.pages.steward import (
    Desk,
    create_desk,
    create_frame,
    create_read,
    create_sign_in,
)
from layouts.pages.tried import create_correct_page, create_try_answer, create_try_page
from layouts.parts.steward import Past, edit_address
from layouts.static import Input, write_link
from tests.layouts.tree import by_id, nodes, text_of

DAY = date(2015, 12, 31)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">'
CSRF = Input(name="csrf", type="hidden", value="token")


def edition(number: int, note: str = "Why") -> Edition:
    at = datetime(2026, 3, number, 9, tzinfo=UTC)
    return Edition(number, number - 1 or None, f"{number}" * 64, f"author {number}", note, at)


def make_desk(facts: Any, tables: Any = None, version: int = 1, **more: Any) -> Desk:
    told: dict[str, Any] = {
        "name": "ada",
        "version": version,
        "base": edition(1),
        "newest": edition(1),
        "review": review(tables or {}, facts, DAY),
        "rows": {"adoption": 22, "sources": 442},
        "past": [Past(edition(1), "The first edition.")],
        "csrf": CSRF,
        "day": DAY,
        "limit": 10_000_000,
    }
    return Desk(**told | more)


def started(facts: Any, value: str) -> dict[str, Any]:
    frame = facts.adoption.copy()
    frame.loc[2, "start"] = value
    return {"adoption": frame}


def written(page: Any) -> str:
    return to_html(page, {"Link": write_link})


def publish_button(page: Any) -> Any:
    (button,) = [b for b in nodes(by_id(page, "publish"), html.Button)]
    return button


def test_a_desk_without_a_draft_tells_how_to_begin(facts: Any) -> None:
    page = create_desk(make_desk(facts, version=0))
    words = text_of(page)
    assert "You have no draft." in words
    assert "adoption 22 rows" in words
    assert not [node for node in nodes(page) if getattr(node, "id", None) == "publish"]


def test_a_good_draft_is_told_in_words_and_maps_and_can_be_published(facts: Any) -> None:
    page = create_desk(make_desk(facts, started(facts, "[..2015-03-31]")))
    words = text_of(page)
    assert "Cumberland: start changed from [2016-07..2016-09] to [..2015-03-31]" in words
    assert "1 program changed." in words
    assert "1 of 100 counties look different on 31 December 2015." in words
    assert "Cumberland: Planned before, LEAD running after" in words
    assert written(page).count('<path id="c37051"') == 1
    assert written(page).count('href="#c37051"') == 4  # twice painted, twice outlined
    assert not publish_button(page).disabled
    assert "as edition 2" in words


@pytest.mark.parametrize(
    ("value", "more", "why"),
    [
        pytest.param("2016-13", {}, "Mend the problems first", id="problems"),
        pytest.param("2016", {"newest": edition(2)}, "Merge the draft", id="behind"),
        pytest.param("[2016-07..2016-09]", {}, "changes nothing", id="nothing"),
    ],
)
def test_what_cannot_be_published_says_why(
    facts: Any, value: str, more: dict[str, Any], why: str
) -> None:
    page = create_desk(make_desk(facts, started(facts, value), **more))
    assert publish_button(page).disabled
    assert why in text_of(by_id(page, "publish"))


def test_a_problem_leads_to_its_cell_with_its_advice(facts: Any) -> None:
    page = create_desk(make_desk(facts, started(facts, "2016-13")))
    (link,) = nodes(by_id(page, "problems"), html.A)
    assert link.href == "/steward/edit?table=adoption&row=2&column=start"
    assert "Write a day as 2019-08-31" in text_of(by_id(page, "problems"))
    assert not [node for node in nodes(page) if getattr(node, "id", None) == "maps"]


def test_who_is_behind_is_told_who_published_and_why(facts: Any) -> None:
    page = create_desk(make_desk(facts, started(facts, "2016"), newest=edition(2, "A reason")))
    words = text_of(by_id(page, "draft"))
    assert "author 2 published edition 2" in words
    assert "A reason" in words
    assert "/steward/merge" in written(by_id(page, "draft"))


def test_the_history_tells_who_when_and_what_and_restores_all_but_the_newest(facts: Any) -> None:
    past = [Past(edition(2), "1 program changed."), Past(edition(1), "The first edition.")]
    part = by_id(create_desk(make_desk(facts, version=0, past=past, more=True)), "history")
    words = text_of(part)
    for told in ("Edition 2", "author 2", "2 March 2026, 09:00 UTC", "1 program changed."):
        assert told in words
    buttons = [text_of(button) for button in nodes(part, html.Button)]
    assert buttons == ["Restore edition 1"]
    assert "All editions" in words


def test_every_form_that_changes_something_is_a_post_with_the_token(facts: Any) -> None:
    past = [Past(edition(2), ""), Past(edition(1), "")]
    page = create_desk(make_desk(facts, started(facts, "2016"), past=past))
    for form in nodes(page, html.Form):
        fields = {node.name for node in nodes(form, Input) if hasattr(node, "name")}
        assert form.method == ("POST" if "csrf" in fields else "GET")
        assert ("csrf" in fields) == (form.action != "/steward#maps")


def test_all_fields_have_a_label(facts: Any) -> None:
    pages = [
        create_desk(make_desk(facts, started(facts, "2016"))),
        create_sign_in(CSRF, "/steward", "", "", True),
        create_try_page(10_000_000, DAY),
        create_correct_page(facts.county_names, "abc", "corrections@example.org"),
    ]
    for page in pages:
        labeled = [n for label in nodes(page, html.Label) for n in nodes(label)]
        for field in nodes(page):
            if field._type in ("Input", "Textarea", "Select") and (
                getattr(field, "type", "") != "hidden"
            ):
                assert field in labeled, field


def test_what_was_typed_is_only_text(facts: Any) -> None:
    frame = facts.adoption.copy()
    frame.loc[2, ["agency", "note", "start"]] = HOSTILE
    bad = review({"adoption": frame}, facts, DAY)
    clash = Clash("adoption", ("37051",), 2, HOSTILE, "note", HOSTILE, HOSTILE, "mine")
    pages = [
        create_desk(make_desk(facts, review=bad, told=HOSTILE, note=HOSTILE, name=HOSTILE,
                              past=[Past(edition(1, HOSTILE), HOSTILE)])),
        create_merge_page(edition(2, HOSTILE), bad.changes, [clash], [CSRF], {}, HOSTILE),
        create_read(HOSTILE, [Problem(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE)], [HOSTILE], False),
        create_sign_in(CSRF, HOSTILE, HOSTILE, HOSTILE, False),
        create_try_answer(HOSTILE, bad, [HOSTILE], [HOSTILE], DAY, 10),
        create_frame(facts, html.Div(), HOSTILE, CSRF),
        create_correct_page({HOSTILE: HOSTILE}, HOSTILE, HOSTILE, HOSTILE),
        create_grid_page(make_sheet(facts, {"sources": facts.sources.assign(title=HOSTILE)})),
    ]  # fmt: skip
    for page in pages:
        text = written(page)
        assert "alert(1)" in text
        assert not re.search(r"<(script|img)\b", text)


def test_a_place_both_changed_is_asked_for_with_both_words(facts: Any) -> None:
    one = Clash("adoption", ("37051",), 2, "Gaston", "start", "2023", "2023-08", "")
    gone = Clash("adoption", ("37051",), 3, "Burke", "", "scope Town", None, "scope City")
    page = create_merge_page(edition(2), [], [one, gone], [CSRF], {"c0": "mine"})
    fields = {(n.name, n.value): n.checked for n in nodes(page, Input) if n.type == "radio"}
    assert list(fields) == [(name, side) for name in ("c0", "c1", "rest")
                            for side in ("theirs", "mine")]  # fmt: skip
    assert [key for key, checked in fields.items() if checked] == [("c0", "mine")]
    words = text_of(page)
    for told in ("As published meanwhile: 2023-08", "As in my draft: blank", "removed"):
        assert told in words


def test_the_address_of_a_cell_names_one_column() -> None:
    assert edit_address("adoption", 3, "fips and agency").endswith("&row=3&column=fips")
    assert edit_address("sources") == "/steward/edit?table=sources"


def test_a_correction_goes_by_mail_only_where_there_is_an_address(facts: Any) -> None:
    with_mail = written(create_correct_page(facts.county_names, "e", "a@example.org", "37071"))
    assert 'href="mailto:a@example.org"' in with_mail
    assert re.search(r"<option [^>]*selected[^>]*>Gaston<", with_mail)
    without = written(create_correct_page(facts.county_names, "e", ""))
    assert "mailto:" not in without
    assert "Save it as a file" in without


def test_a_correction_asks_for_what_is_wrong(facts: Any) -> None:
    (area,) = nodes(create_correct_page(facts.county_names, "e", ""), html.Textarea)
    assert (area.name, area.required) == ("wrong", True)


def make_sheet(facts: Any, tables: Any = None, table: str = "adoption") -> Sheet:
    whole = combined(tables or {}, facts)
    return Sheet(table, whole, [(2, "start", "Mend it.")], 1, 3, "token")


def test_counties_words_and_keys_are_chosen_not_typed(facts: Any) -> None:
    told = {c["field"]: c for c in column_definitions(make_sheet(facts))}
    assert told["fips"]["cellEditorParams"]["values"] == list(facts.county_names)
    assert told["fips"]["refData"]["37071"] == "Gaston (37071)"
    assert told["county"]["editable"] is False
    assert told["sources"]["editable"] is False
    assert told["is_lead"]["cellEditorParams"]["values"] == ["yes", "no"]
    assert "cellEditor" not in told["start"]
    service = {c["field"]: c for c in column_definitions(make_sheet(facts, table="readiness"))}
    assert service["service"]["cellEditorParams"]["values"][0] == ""
    assert "lead" in service["service"]["refData"]


@pytest.mark.parametrize("table", ["adoption", "outcomes", "sources", "counties", "partnerships"])
def test_the_grid_knows_every_column_and_list(facts: Any, table: str) -> None:
    sheet = make_sheet(facts, table=table)
    told = told_of(sheet)
    assert [c["name"] for c in told["columns"]] == list(sheet.tables[table].columns)
    assert [c["field"] for c in column_definitions(sheet)] == list(sheet.tables[table].columns)
    for column in told["columns"]:
        if column["name"] in LISTED:
            assert set(told["lists"][column["several"]]) == set(
                sheet.tables[column["several"]].iloc[:, 0]
            )


def test_the_grid_holds_every_row_under_an_id_of_its_own(facts: Any) -> None:
    page = create_grid_page(make_sheet(facts))
    rows = by_id(page, ids.GRID).rowData
    assert len({row["_id"] for row in rows}) == len(rows) == len(facts.adoption)
    assert rows[0]["agency"] == facts.adoption.iloc[0]["agency"]
