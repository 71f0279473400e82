import json
from datetime import date
from typing import Any

import pytest

from callbacks.pages import COUNTY, PAGES, page_at
from layouts import ids
from layouts.shell import LINKED
from tests.addresses import PLAIN, downloads
from tests.layouts.tree import strings

OF_COUNTY = f"/county/{COUNTY}"
PATHS = {
    "/": "/",
    "": "/",
    "/data": "/data",
    "/data/": "/data",
    "/evidence": "/evidence",
    "/evidence/": "/evidence",
    "/county/37051": OF_COUNTY,
    "/county/37051/": OF_COUNTY,
    "/county/99999": None,
    "/county/": None,
    "/county": None,
    "/county/Wake": None,
    "/county/37051/more": None,
    OF_COUNTY: None,
    "/37051": None,
    "/data/37051": None,
    "/DATA": None,
    "/nowhere": None,
    "/../etc/passwd": None,
    "/<script>alert(1)</script>": None,
}
HEADINGS = {
    "/": "of 100 counties had LEAD",
    "/data": "Data and methods",
    "/evidence": "What is known of LEAD&#x27;s results",
    OF_COUNTY: "Cumberland County",
    None: "There is no page at this address.",
}


def said(answer: Any) -> str:
    """Give all text of a callback's answer."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return "\n".join(strings(answer.json))


@pytest.mark.parametrize(("path", "page"), PATHS.items(), ids=repr)
def test_every_path_has_its_page(facts: Any, path: str, page: str | None) -> None:
    fips = "37051" if page == OF_COUNTY else ""
    assert page_at(path, facts) == (page and (page, fips))


@pytest.mark.parametrize(("path", "page"), PATHS.items(), ids=repr)
def test_the_page_comes_when_its_path_is_opened(ask: Any, path: str, page: str | None) -> None:
    assert HEADINGS[page] in said(ask(ids.PAGE, url__pathname=path, url__search=""))


def test_every_link_of_the_header_leads_to_a_page() -> None:
    assert set(LINKED) <= set(PAGES)


def test_the_tests_know_every_page_that_lives_without_dash(client: Any) -> None:
    rules = [rule for rule in client.application.url_map.iter_rules() if "GET" in rule.methods]
    single = {rule.rule for rule in rules if not rule.arguments} - {"/", *downloads(client)}
    answers = {path: client.get(path) for path in single}
    html = {path for path, answer in answers.items() if answer.mimetype == "text/html"}
    assert {path for path in html if answers[path].status_code == 200} == set(PLAIN)


def test_no_address_is_the_map(ask: Any) -> None:
    assert HEADINGS["/"] in said(ask(ids.PAGE))


def test_the_page_takes_day_and_counties_from_the_address(ask: Any) -> None:
    text = said(
        ask(ids.PAGE, url__pathname="/", url__search="?date=2019-08-31&counties=37051,37001")
    )
    assert "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6." in text
    assert "Cumberland County" in text
    assert "Alamance County" in text


def test_a_bad_address_says_so_on_the_page(ask: Any) -> None:
    text = said(ask(ids.PAGE, url__pathname="/", url__search="?date=soon&counties=1"))
    assert "“soon” is not a day like 2019-08-31; showing today." in text
    assert "No county has the FIPS code “1”" in text


def test_a_countys_page_is_that_of_the_day(ask: Any) -> None:
    text = said(ask(ids.PAGE, url__pathname="/county/37051", url__search="?date=2015-12-01"))
    assert "Planned: announced, not started, as of 1 December 2015." in text


def test_the_side_follows_the_chosen_counties(ask: Any) -> None:
    day = "2019-08-31"
    state = said(ask(ids.SIDE, counties__value=[], day__data=day))
    assert "What changed for people in LEAD" in state
    chosen = said(ask(ids.SIDE, counties__value=["37051", "37001"], day__data=day))
    assert "Cumberland County" in chosen
    assert "Alamance County" in chosen


@pytest.mark.parametrize("chosen", [None, [], ["99999"], ["Wake"]], ids=repr)
def test_no_known_county_is_the_state(ask: Any, chosen: Any) -> None:
    assert "What changed for people in LEAD" in said(
        ask(ids.SIDE, counties__value=chosen, day__data="2019-08-31")
    )


@pytest.mark.parametrize("day", [None, "", "soon", "2999-01-01"], ids=repr)
def test_a_day_that_cannot_be_read_is_today(ask: Any, day: Any) -> None:
    assert "Cumberland County" in said(ask(ids.SIDE, counties__value=["37051"], day__data=day))


def test_the_side_tells_the_status_of_the_day(ask: Any) -> None:
    text = said(ask(ids.SIDE, counties__value=["37051"], day__data="2015-12-01"))
    assert "Planned: announced, not started" in text


def test_the_panels_come_when_they_are_wanted(ask: Any) -> None:
    values = {"counties__value": ["37051"], "panels-wanted__data": True}
    text = said(ask(ids.PANELS, **values))
    assert "Context: Cumberland" in text
    assert "People reached" in text


def test_all_context_comes_at_a_click_only(ask: Any) -> None:
    name = f"{ids.MORE_CONTEXT}__n_clicks"
    assert ask(ids.CONTEXT, **{name: None}).status_code == 204
    assert said(ask(ids.CONTEXT, **{name: 1})).count("small-chart") > 20


@pytest.mark.parametrize(
    ("output", "values", "broken"),
    [
        (ids.PAGE, {"url__pathname": "/broken/page"}, "callbacks.pages.create_missing_page"),
        (
            ids.SIDE,
            {"counties__value": ["37051"], "day__data": "2019-01-02"},
            "callbacks.pages.create_side",
        ),
        (
            ids.PANELS,
            {"counties__value": ["37051"], "panels-wanted__data": True},
            "callbacks.pages.create_panels",
        ),
        (
            ids.CONTEXT,
            {f"{ids.MORE_CONTEXT}__n_clicks": 1},
            "callbacks.pages.all_context",
        ),
    ],
    ids=[ids.PAGE, ids.SIDE, ids.PANELS, ids.CONTEXT],
)
def test_an_error_of_ours_is_said_and_logged_without_its_detail(
    ask: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    output: str,
    values: dict[str, Any],
    broken: str,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr(broken, fail)
    answer = ask(output, **values)
    text = json.dumps(answer.json) if answer.is_json else answer.get_data(as_text=True)
    assert "Something went wrong on our side." in text
    assert "secret" not in text
    assert "Traceback" not in text
    assert "the secret detail" in caplog.text


def test_asking_twice_gives_the_same_page(ask: Any) -> None:
    values = {"url__pathname": "/", "url__search": f"?date={date(2019, 8, 31)}"}
    assert ask(ids.PAGE, **values).json == ask(ids.PAGE, **values).json
