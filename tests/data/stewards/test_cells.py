import pytest

from data.dates import DateError
from data.editions.matching import tables_of
from data.facts import Facts
from data.stewards.cells import cell_meaning, cell_problem, day_meaning, normal_cell
from data.stewards.draft import combined

CHECKS: dict[str, tuple[str, str, str, str | None]] = {
    "a good date": ("adoption", "start", "2019-08", None),
    "a US date": ("adoption", "start", "8/31/2019", None),
    "a blank that may be": ("adoption", "start", " ", None),
    "a blank that may not be": ("adoption", "agency", " ", "This must not be blank."),
    "no date": ("adoption", "start", "soon", "“soon” is not a date. Write a day as 2019-08-31"),
    "no day": ("adoption", "start", "13/31/2019", "“13/31/2019” is no day when read as month"),
    "backward": ("adoption", "start", "[2019..2018]", "“[2019..2018]” ends before it begins."),
    "a good word": ("adoption", "is_lead", "yes", None),
    "a bad word": ("adoption", "is_lead", "maybe", "Unknown word. Use one of: yes, no."),
    "a county": ("adoption", "fips", "37071", None),
    "half a code": ("adoption", "fips", "370", "A FIPS code has five digits"),
    "no county": ("adoption", "fips", "37999", "No county of the table “counties” has this FIPS"),
    "a new county": ("counties", "fips", "37999", None),
    "a county's name": ("adoption", "county", "Gaston", None),
    "no county's name": ("adoption", "county", "Gastonia", "No county of the table “counties”"),
    "a source": ("adoption", "sources", "census-coest2019", None),
    "a new source": ("sources", "id", "new-one", None),
    "no source": ("adoption", "sources", "census-coest2019; x", "The table “sources” has no “x”."),
    "sources badly parted": ("adoption", "sources", "a,b", "Write source ids from sources.csv"),
    "a number": ("context", "value", "4.5", None),
    "no number": ("context", "value", "4,500", "Write a plain number"),
    "a formula": ("adoption", "note", "=1+1", "Text must not begin like a spreadsheet formula"),
    "no such column": ("adoption", "color", "x", "The table adoption has no column color."),
    "no such service": ("partnerships", "service", "x", "The table “services” has no “x”."),
    "LEAD as a service": ("readiness", "service", "lead", None),
    "no partner": ("partnerships", "service", "lead", "The table “services” has no “lead”."),
    "no claim": ("outcomes", "bears_on", "x", "The table “claims” has no “x”."),
    "an address": ("sources", "url", "example.org", "Write a full web address"),
}


@pytest.mark.parametrize(("table", "column", "text", "words"), CHECKS.values(), ids=CHECKS)
def test_a_cell_is_checked_as_it_is_typed(
    facts: Facts, table: str, column: str, text: str, words: str | None
) -> None:
    found = cell_problem(table, column, text, facts)
    assert found is None if words is None else found is not None and found.startswith(words)


def test_a_source_of_the_draft_may_be_named(facts: Facts) -> None:
    sources = tables_of(facts)["sources"]
    renamed = sources.assign(id=["x", *sources["id"][1:]])
    assert cell_problem("adoption", "sources", "x", combined({"sources": renamed}, facts)) is None


def test_every_cell_of_the_edition_passes_its_check(facts: Facts) -> None:
    small = {name: frame.head(2) for name, frame in tables_of(facts).items()}
    whole = tables_of(facts)
    for table, frame in small.items():
        for column in frame:
            for cell in frame[column]:
                assert cell_problem(table, column, cell, whole) is None, (table, column, cell)


MEANINGS = {
    "2023-08-31": "31 August 2023",
    "2023-08": "some day in August 2023",
    "2023": "some day in 2023",
    "[..2019-02-22]": "on or before 22 February 2019",
    "[2019-02-22..]": "on or after 22 February 2019",
    "[2016-07..2016-09]": "some day in July to September 2016",
    "[2016-07-04..2016-09-05]": "some day between 4 July 2016 and 5 September 2016",
    "[2016..2017]": "some day in 2016 to 2017",
    "": "not known",
}


@pytest.mark.parametrize(("text", "words"), MEANINGS.items(), ids=MEANINGS)
def test_a_date_is_explained(text: str, words: str) -> None:
    assert day_meaning(text) == words
    assert cell_meaning("adoption", "start", f" {text} ") == words


def test_only_what_is_a_date_is_explained() -> None:
    assert cell_meaning("adoption", "start", "soon") == ""
    assert cell_meaning("adoption", "note", "2019") == ""
    assert cell_meaning("reach", "period", "2019") == "2019"
    assert cell_meaning("adoption", "start", "8/31/2019") == "31 August 2019"
    with pytest.raises(DateError):
        day_meaning("soon")


def test_a_cell_is_held_trimmed() -> None:
    assert normal_cell("adoption", "note", " a\r\nb ") == "a\nb"
    assert normal_cell("adoption", "start", "8/31/2019") == "2019-08-31"
    assert normal_cell("adoption", "start", "13/31/2019") == "13/31/2019"
