"""CDC WONDER exports."""

from pathlib import Path

import pytest

from data.publishers import columns_of, read_series, recognize
from data.series import SeriesError
from tests.data.publishers import files


def test_an_export(tmp_path: Path) -> None:
    path = files.make_wonder(tmp_path / "Multiple Cause.txt")
    assert recognize(*columns_of(path)) == "wonder"
    series = read_series(path, path.name)
    told = series.frame.set_index(["fips", series.frame["period_start"].dt.year])[
        "quality"
    ].to_dict()
    assert told == {
        ("37183", 2018): "reported",
        ("37183", 2019): "reported",
        ("37095", 2018): "suppressed",
        ("37095", 2019): "zero",
        ("37105", 2018): "unreliable",
        ("37105", 2019): "missing",
    }
    assert series.frame["value"].sum() == 265
    assert series.frame["population"].notna().all()
    assert dict(series.dropped) == {"rows of totals": 2}
    assert series.measure("deaths").label == "Deaths: Drug poisonings (overdose) Unintentional"
    assert series.id == "cdc-wonder-drug-poisonings-overdose-unintentional"
    assert "Dataset: Multiple Cause of Death, 1999-2020" in series.notes


def test_without_a_footer_the_measure_is_deaths(tmp_path: Path) -> None:
    series = read_series(files.make_wonder(tmp_path / "w.txt", footer=()), "w.txt")
    assert series.measure("deaths").label == "Deaths"
    assert series.id == "cdc-wonder-deaths"


def test_months(tmp_path: Path) -> None:
    head = ("Notes", "County", "County Code", "Month", "Month Code", "Deaths", "Population")
    rows = [
        ["", "Wake County, NC", "37183", "Dec., 2018", "2018/12", "12", "Not Applicable"],
        ["", "Wake County, NC", "37183", "Jan., 2019", "2019/01", "15", "Not Applicable"],
        ["", "Fairfax County, VA", "51059", "Jan., 2019", "2019/01", "15", "Not Applicable"],
    ]
    series = read_series(files.make_wonder(tmp_path / "w.txt", rows, head=head), "w.txt")
    assert series.frame["period_end"].dt.strftime("%Y-%m-%d").tolist() == [
        "2018-12-31",
        "2019-01-31",
    ]
    assert series.frame["population"].isna().all()
    assert series.layout == "by county and month"
    assert dict(series.dropped) == {"rows of other states": 1}


HEAD = ["Notes", "County", "County Code", "Year", "Year Code", "Deaths"]
REFUSED = {
    "another group": (
        [*HEAD, "Gender", "Gender Code"],
        ["", "Wake County, NC", "37183", "2018", "2018", "12", "Female", "F"],
        "grouped by “Gender” as well",
    ),
    "no years": (
        ["Notes", "County", "County Code", "Deaths"],
        ["", "Wake County, NC", "37183", "12"],
        "group the results by County and Year",
    ),
    "another state": (HEAD, ["", "Fairfax County, VA", "51059", "2018", "2018", "12"], "Virginia"),
    "no county": (HEAD, ["", "Nowhere", "99999", "2018", "2018", "12"], "“99999” is no code"),
    "a word": (HEAD, ["", "Wake County, NC", "37183", "2018", "2018", "many"], "“many” is not a"),
    "no year": (HEAD, ["", "Wake County, NC", "37183", "x", "x", "9"], "“x” is not a period"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(tmp_path: Path, case: str) -> None:
    head, row, told = REFUSED[case]
    path = files.make_wonder(tmp_path / "w.txt", [row], head=head)
    with pytest.raises(SeriesError, match=told):
        read_series(path, "w.txt")
