"""Deliberately broken tables, each with the one message that it must give."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.read import Problem
from tests.data.builders import Rows, small_tables, write_table, write_tables

DATE_ADVICE = "This is not a date. Write a day as 2019-08-31"


@dataclass(frozen=True)
class Broken:
    """A change to the small good tables, and what the check must say of it."""

    change: Callable[[dict[str, Rows]], object]
    table: str
    row: int
    column: str
    value: str
    advice: tuple[str, ...]

    def matches(self, problem: Problem) -> bool:
        """Tell whether a problem is the one that this break must give."""
        place = (problem.table, problem.row, problem.column, problem.value)
        return place == (self.table, self.row, self.column, self.value) and all(
            part in problem.advice for part in self.advice
        )


def cell(table: str, row: int, column: str, value: str, *advice: str) -> Broken:
    """Break one cell; the message must name it."""

    def change(tables: dict[str, Rows]) -> None:
        tables[table][row - 2][column] = value

    return Broken(change, table, row, column, value, advice)


BROKEN = {
    "date that does not exist": cell("adoption", 2, "start", "2019-02-30", DATE_ADVICE),
    "29 February of a common year": cell("adoption", 2, "start", "2019-02-29", DATE_ADVICE),
    "date in words": cell("adoption", 3, "last_confirmed", "summer 2019", DATE_ADVICE),
    "day before month": cell("milestones", 2, "date", "24/10/2015", DATE_ADVICE),
    "date as a spreadsheet's number": cell("reach", 2, "period", "43708", DATE_ADVICE),
    "end before start": cell(
        "adoption", 3, "end", "2017-12", "The end lies before the start (2018-02). Mend one"
    ),
    "end without a start": Broken(
        lambda tables: tables["adoption"][1].update(start=""),
        "adoption",
        3,
        "start",
        "",
        ("A program that ended has a start; write what is known of it, as in [..2019-12].",),
    ),
    "plan of an open day": cell(
        "adoption", 2, "planned", "[2015..]", "write the latest possible day"
    ),
    "county code that does not exist": cell(
        "adoption", 2, "fips", "37999", "No county", "Cumberland County is 37051."
    ),
    "county code of a place outside": cell("outcomes", 2, "fips", "45001", "No county"),
    "county code of four digits": cell(
        "reach", 2, "fips", "375", "A FIPS code has five digits, as in 37051."
    ),
    "county name of another code": cell(
        "adoption",
        2,
        "county",
        "Haywood",
        "The FIPS code 37051 is Cumberland County, or 37087 is the code of Haywood. Mend one",
    ),
    "county name misspelled": cell(
        "adoption", 2, "county", "Cumberlnd", "The FIPS code 37051 is Cumberland County. Mend one"
    ),
    "source that does not exist": Broken(
        lambda tables: tables["adoption"][1].update(sources="paper-2016; papr-2018"),
        "adoption",
        3,
        "sources",
        "papr-2018",
        ("sources.csv has no such source. Add it there, or mend it here.",),
    ),
    "sources separated by a comma": cell(
        "adoption",
        3,
        "sources",
        "paper-2016, census",
        "Write source ids from sources.csv, separated by a semicolon and a space.",
    ),
    "no source": cell("context", 3, "sources", "", "This must not be blank."),
    "program twice": Broken(
        lambda tables: tables["adoption"].append(
            tables["adoption"][0] | {"agency": " fayetteville  POLICE department"}
        ),
        "adoption",
        4,
        "fips and agency",
        "37051, fayetteville police department",
        ("This stands in row 2 already. Keep one of the two rows.",),
    ),
    "county twice": Broken(
        lambda tables: tables["counties"].append(tables["counties"][1]),
        "counties",
        5,
        "fips",
        "37051",
        ("This stands in row 3 already.",),
    ),
    "residents of a year twice": Broken(
        lambda tables: tables["population"].append(tables["population"][0]),
        "population",
        8,
        "fips and year",
        "37023, 2018",
        ("This stands in row 2 already.",),
    ),
    "source id twice": Broken(
        lambda tables: tables["sources"].append(tables["sources"][0] | {"title": "Other"}),
        "sources",
        4,
        "id",
        "paper-2016",
        ("This stands in row 2 already.",),
    ),
    "word that is not allowed": cell(
        "adoption", 2, "is_lead", "maybe", "Unknown word. Use one of: yes, no."
    ),
    "word with a capital": cell("adoption", 2, "is_lead", "Yes", "Use one of: yes, no."),
    "kind of count that is not known": cell(
        "reach", 2, "kind", "total", "Use one of: cumulative, period, at date."
    ),
    "grade out of range": cell("outcomes", 2, "grade", "6", "Use one of: 1, 2, 3, 4, 5."),
    "number with a comma": cell(
        "population", 4, "residents", "330,000", "Write a whole number, as in 28000"
    ),
    "number with a unit": cell(
        "outcomes", 2, "change_pct", "-50%", "Write a plain number, as in 28000 or 4.5"
    ),
    "number in words": cell("context", 2, "value", "about 117", "Write a plain number"),
    "whole number with a point": cell("outcomes", 2, "n", "22.5", "Write a whole number"),
    "web address cut short": cell(
        "sources", 3, "url", "www.census.gov", "begins with http:// or https://"
    ),
    "web address that runs a script": cell(
        "sources", 3, "url", "javascript:alert(1)", "begins with http:// or https://"
    ),
    "formula in text": cell(
        "adoption",
        2,
        "agency",
        '=HYPERLINK("https://a.gov","Police")',
        "Text must not begin like a spreadsheet formula",
    ),
    "formula that begins with an at sign": cell(
        "adoption", 2, "note", "@SUM(1)", "Text must not begin like a spreadsheet formula"
    ),
    "service that does not exist": cell(
        "partnerships", 2, "service", "sps", "services.csv has no such service. Add it there"
    ),
    "question on a service that does not exist": cell(
        "readiness", 2, "service", "sps", "services.csv has no such service."
    ),
    "question at an intercept that does not exist": cell(
        "readiness", 2, "intercept", "9", "intercepts.csv has no such intercept."
    ),
    "LEAD among the other services": Broken(
        lambda tables: tables["services"].append(tables["services"][0] | {"service": "lead"}),
        "services",
        3,
        "service",
        "lead",
        ("LEAD has its own table, adoption.csv.",),
    ),
    "service of no county": cell(
        "partnerships", 2, "fips", "", "only a row on North Carolina as a whole has none."
    ),
    "statement on the state with a county code": cell(
        "partnerships", 2, "county", "North Carolina", "The FIPS code 37087 is Haywood County."
    ),
    "end of a service before its start": Broken(
        lambda tables: tables["partnerships"][0].update(start="2018-02", end="2017"),
        "partnerships",
        2,
        "end",
        "2017",
        ("The end lies before the start (2018-02).",),
    ),
    "ended service without an end": Broken(
        lambda tables: tables["partnerships"][0].update(status="ended"),
        "partnerships",
        2,
        "end",
        "",
        ("A service that ended has an end",),
    ),
    "end of a plan": Broken(
        lambda tables: tables["partnerships"][0].update(status="planned", end="2019"),
        "partnerships",
        2,
        "end",
        "2019",
        ("Only a row that is running or ended has an end.",),
    ),
    "plan of an open day, of a service": Broken(
        lambda tables: tables["partnerships"][0].update(status="planned", start="[2018..]"),
        "partnerships",
        2,
        "start",
        "[2018..]",
        ("write the latest possible day",),
    ),
    "service of one provider twice": Broken(
        lambda tables: tables["partnerships"].append(tables["partnerships"][0]),
        "partnerships",
        3,
        "fips and service and provider",
        "37087, ssp, health department",
        ("This stands in row 2 already.",),
    ),
    "question twice": Broken(
        lambda tables: tables["readiness"].append(tables["readiness"][0]),
        "readiness",
        3,
        "id",
        "ssp",
        ("This stands in row 2 already.",),
    ),
    "blank cell that must be filled": cell("adoption", 3, "scope", "", "This must not be blank."),
}


def broken_folder(folder: Path, broken: Broken) -> Path:
    """Write the small tables with one break."""
    tables = small_tables()
    broken.change(tables)
    return write_tables(folder, tables)


def without_column(folder: Path, table: str, column: str) -> Path:
    """Write the small tables with one column taken out of one of them."""
    tables = small_tables()
    write_tables(folder, tables)
    header = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = [{k: v for k, v in row.items() if k != column} for row in tables[table]]
    write_table(folder, table, rows, [name for name in header if name != column])
    return folder
