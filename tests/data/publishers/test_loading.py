"""The command line's load, series and remove; the text of a stand-in file is its kind."""

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.__main__ import main
from data.publishers import PUBLISHERS, Mapping, Publisher, loading, table
from data.publishers import download as download_module
from data.series import CountySeries, SeriesError
from data.series.library import Library
from tests.data.series_builder import full_series

ROOT = Path(__file__).parents[3]
KINDS = {
    "vera": replace(
        PUBLISHERS["vera"],
        title="Trends",
        license="Own use only.",
        downloads={"new": "https://x.org/a.csv"},
    ),
    "wonder": replace(PUBLISHERS["wonder"], title="Deaths"),
    "table": replace(
        PUBLISHERS["table"],
        license="Not told.",
        recognize=lambda *_: Mapping("county", "year", "count"),
    ),
    "events": replace(
        PUBLISHERS["events"], license="Not told.", recognize=lambda *_: Mapping("c", "day", "")
    ),
}


class Terminal(io.StringIO):
    """Standard input with someone at it, or no one."""

    def __init__(self, text: str, someone: bool) -> None:
        super().__init__(text)
        self.someone = someone

    def isatty(self) -> bool:
        return self.someone


class Bench:
    """Runs the command line on a folder of its own, and notes how files are read."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.patch, self.capsys = folder / "series", patch, capsys
        self.files = folder
        self.mappings: list[Mapping | None] = []
        patch.setenv("SERIES_FOLDER", str(self.folder))
        patch.setattr(loading, "PUBLISHERS", KINDS)
        patch.setattr(loading, "columns_of", self.columns_of)
        patch.setattr(loading, "recognize", lambda columns, sample: columns[0])
        patch.setattr(loading, "read_series", self.read_series)

    def file(self, kind: str = "vera", name: str = "a.csv") -> str:
        path = self.files / name
        path.write_text(kind)
        return str(path)

    def columns_of(self, path: Path, name: str = "") -> tuple[tuple[str, ...], pd.DataFrame]:
        kind = path.read_text()
        return (kind if kind in KINDS else "", "where", "when"), pd.DataFrame()

    def read_series(self, path: Path, name: str, mapping: Mapping | None = None) -> CountySeries:
        if path.read_text() == "vera" and path.name == "bad.csv":
            raise SeriesError("bad.csv, row 3: no count; mend it.")
        self.mappings.append(mapping)
        return full_series(file=name, layout="new", notes=("One\x1b[2Jnote",))

    def run(self, *arguments: str, typed: str | None = None) -> tuple[int, str, str]:
        """Give status, output and errors; ``typed`` by someone, None for no terminal."""
        self.patch.setattr(sys, "stdin", Terminal(typed or "", typed is not None))
        status = main(list(arguments))
        out, err = self.capsys.readouterr()
        return status, out, err

    def kept(self) -> list[str]:
        return [series.id for series in Library(self.folder).all()]


@pytest.fixture
def bench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Bench:
    return Bench(tmp_path, monkeypatch, capsys)


def test_a_file_is_loaded_once_its_license_is_accepted(bench: Bench) -> None:
    status, out, err = bench.run("load", "vera", bench.file(), typed="yes\n")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "License of Trends: Own use only."
    assert lines[1] == "Type yes to accept: Loaded “Overdose deaths” (id deaths)."
    told = {line[:12].strip(): line[13:] for line in lines[2:]}
    assert told["publisher"] == "A publisher, “quoted”"
    assert told["layout"] == "new"
    assert told["measures"] == "Deaths (events); In jail (people)"
    assert told["counties"] == "1"
    assert told["periods"] == "3, 2015 to 2017"
    assert told["values"] == "2 reported; 1 missing"
    assert told["left out"] == "3: rows of other states"
    assert told["kept in"] == str(bench.folder / "deaths")
    assert bench.kept() == ["deaths"]


def test_what_a_file_says_cannot_steer_the_terminal(bench: Bench) -> None:
    _, out, _ = bench.run("load", "auto", bench.file(), "--accept-license")
    assert "One [2Jnote" in out
    assert "\x1b" not in out


NOT_ACCEPTED: dict[str, tuple[str | None, str]] = {
    "no": ("no\n", "The license was not accepted, so nothing was loaded.\n"),
    "nothing": ("\n", "The license was not accepted, so nothing was loaded.\n"),
    "the end": ("", "The license was not accepted, so nothing was loaded.\n"),
    "no terminal": (
        None,
        "The license is not accepted yet; run this in a terminal, or add --accept-license.\n",
    ),
}


@pytest.mark.parametrize(("typed", "sentence"), NOT_ACCEPTED.values(), ids=NOT_ACCEPTED)
def test_without_the_license_nothing_is_read_or_fetched(
    bench: Bench, typed: str | None, sentence: str
) -> None:
    bench.patch.setattr(download_module, "download", None)
    for arguments in (["vera", bench.file()], ["vera", "--download"]):
        status, out, err = bench.run("load", *arguments, typed=typed)
        assert (status, err) == (1, sentence)
        assert out.startswith("License of Trends: Own use only.\n")
    assert bench.mappings == []
    assert not bench.folder.exists()


def test_the_same_series_again_tells_what_it_replaces(bench: Bench) -> None:
    Library(bench.folder).add(full_series(retrieved="2020-01-02"))
    _, out, _ = bench.run("load", "auto", bench.file(), "--accept-license")
    assert "  replaces   the one loaded on 2020-01-02\n" in out
    assert bench.kept() == ["deaths"]


REFUSED: dict[str, tuple[str, list[str], str]] = {
    "no file": ("vera", ["vera"], "No file is named; name one, or add --download"),
    "a file that is not there": ("vera", ["auto", "none.csv"], "There is no file none.csv"),
    "a file and a download": ("vera", ["vera", "FILE", "--download"], "Both a file and"),
    "a bad file": ("vera", ["auto", "BAD"], "bad.csv, row 3: no count; mend it."),
    "not of Vera": ("table", ["vera", "FILE"], "a.csv has no layout of “Trends”"),
    "of Vera": ("vera", ["table", "FILE"], "a.csv is of “Trends”; load it with: load vera a.csv"),
    "of CDC": ("wonder", ["vera", "FILE"], "a.csv is of “Deaths”; load it with: load wonder"),
    "of no one": ("?", ["auto", "FILE"], "a.csv is not recognized; name its columns with: "),
    "no download": ("vera", ["wonder", "--download"], "has no file to download; get it at https"),
    "no such layout": ("vera", ["vera", "--download", "--layout", "2"], "no layout “2” to"),
}


@pytest.mark.parametrize(("content", "arguments", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_loaded_is_told_in_one_line(
    bench: Bench, content: str, arguments: list[str], sentence: str
) -> None:
    places = {"FILE": bench.file(content), "BAD": bench.file(content, "bad.csv")}
    named = [places.get(argument, argument) for argument in arguments]
    status, _, err = bench.run("load", *named, "--accept-license")
    assert status == 1
    assert sentence in err
    assert err.count("\n") == 1
    assert bench.kept() == []


def test_a_file_that_may_not_be_read_is_told(bench: Bench) -> None:
    def refuse(path: Path, name: str = "") -> None:
        raise PermissionError(13, "Permission denied", str(path))

    bench.patch.setattr(loading, "columns_of", refuse)
    status, _, err = bench.run("load", "auto", bench.file())
    assert (status, err) == (1, f"{bench.files / 'a.csv'} cannot be read (Permission denied).\n")


def flags(**texts: str) -> list[str]:
    return [part for name, text in texts.items() for part in (f"--{name}", text)]


MAPPED: dict[str, tuple[list[str], Mapping | None]] = {
    "auto": (["auto", "FILE"], None),
    "vera": (["vera", "FILE"], None),
    "a table": (
        ["table", "FILE", *flags(county="c", period="p", value="v", population="n")],
        Mapping("c", "p", "v", "n"),
    ),
    "words": (
        [
            *("table", "FILE"),
            *flags(county="c", period="p", value="v", measure="m", title="T", publisher="P"),
            *flags(address="A", license="L", label="B", kind="people"),
        ],
        Mapping("c", "p", "v", "", "m", "T", "P", "A", "L", "B", "people"),
    ),
    "a guessed table": (
        ["table", "FILE", "--value", "v", "--title", "T"],
        Mapping("county", "year", "v", title="T"),
    ),
    "events": (
        ["events", "FILE", "--county", "c", "--date", "d", "--class", "k"],
        Mapping("c", "d", "", measure="k"),
    ),
    "guessed events": (["events", "FILE", "--class", "k"], Mapping("c", "day", "", measure="k")),
}


@pytest.mark.parametrize(("arguments", "mapping"), MAPPED.values(), ids=MAPPED)
def test_columns_are_named_or_guessed(
    bench: Bench, arguments: list[str], mapping: Mapping | None
) -> None:
    file = bench.file("vera" if arguments[0] == "vera" else "table")
    named = [file if argument == "FILE" else argument for argument in arguments]
    status, out, err = bench.run("load", *named, "--accept-license")
    assert (status, err) == (0, "")
    assert bench.mappings == [mapping]
    terms = {"vera": "Trends: Own use only.", "words": "a.csv: L"}
    told = "vera" if arguments[0] == "vera" else "words" if "--license" in arguments else ""
    assert out.startswith(f"License of {terms.get(told, 'a.csv: Not told.')}\n")


@pytest.mark.parametrize(
    ("arguments", "flags"),
    [
        (["table", "FILE"], "--county and --period and --value"),
        (["table", "FILE", "--value", "v"], "--county and --period"),
        (["events", "FILE", "--county", "c"], "--date"),
    ],
)
def test_columns_that_cannot_be_guessed_are_asked_for(
    bench: Bench, arguments: list[str], flags: str
) -> None:
    blind = {kind: replace(known, recognize=lambda *_: None) for kind, known in KINDS.items()}
    bench.patch.setattr(loading, "PUBLISHERS", blind)
    file = bench.file("table")
    named = [file if argument == "FILE" else argument for argument in arguments]
    status, _, err = bench.run("load", *named, "--accept-license")
    assert status == 1
    assert "name those of table, where, when that do" in err
    assert err.endswith(f" with {flags}.\n")


# Downloads and Ctrl-C


def sends(content: str) -> Callable[..., str]:
    def download(url: str, target: Path, progress: Callable[[int, int | None], None]) -> str:
        assert url == "https://x.org/a.csv"
        target.parent.mkdir(parents=True, exist_ok=True)
        progress(0, None)
        progress(2, 4)
        target.write_text(content)
        return hashlib.sha256(content.encode()).hexdigest()

    return download


@pytest.mark.parametrize("someone", [True, False])
def test_a_download_is_kept_and_loaded(bench: Bench, someone: bool) -> None:
    bench.patch.setattr(download_module, "download", sends("vera"))
    bench.patch.setattr(sys.stderr, "isatty", lambda: someone, raising=False)
    status, out, err = bench.run("load", "vera", "--download", "--accept-license")
    assert status == 0
    assert ("Download" in err) == someone
    assert out.startswith("License of Trends: Own use only.\nLoaded “")
    assert (bench.folder / ".downloads" / "a.csv").read_text() == "vera"
    assert bench.kept() == ["deaths"]


def test_a_download_that_is_something_else_is_told(bench: Bench) -> None:
    bench.patch.setattr(download_module, "download", sends("table"))
    status, _, err = bench.run("load", "vera", "--download", "--accept-license")
    assert (status, bench.kept()) == (1, [])
    assert "a.csv has no layout of “Trends”" in err


def stop(*arguments: object, **named: object) -> Any:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (b"x" * 2000, "2,000 bytes of the file are kept; running this again goes on from there."),
        (b"", "Nothing was loaded."),
    ],
)
def test_a_download_that_is_stopped_tells_what_remains(
    bench: Bench, part: bytes, sentence: str
) -> None:
    def download(url: str, target: Path, progress: object) -> str:
        target.parent.mkdir(parents=True)
        target.with_name("a.csv.part").write_bytes(part)
        target.with_name("a.csv.part.version").write_text("x")
        raise KeyboardInterrupt

    bench.patch.setattr(download_module, "download", download)
    status, _, err = bench.run("load", "vera", "--download", "--accept-license")
    assert (status, err) == (130, f"Stopped. {sentence}\n")


STOPS: dict[str, tuple[Any, str, list[str], str]] = {
    "reading": (loading, "read_series", ["load", "vera", "FILE"], "Nothing was loaded."),
    "asking": (loading, "_accept", ["load", "vera", "FILE"], "Nothing was loaded."),
    "keeping": (
        Library,
        "add",
        ["load", "vera", "FILE"],
        "The older series or the new one is kept, whole; “series” tells which.",
    ),
    "removing": (Library, "remove", ["remove", "deaths"], "Nothing was changed."),
    "listing": (Library, "all", ["series"], "Nothing was changed."),
}


@pytest.mark.parametrize(("owner", "name", "arguments", "sentence"), STOPS.values(), ids=STOPS)
def test_a_person_who_stops_it_is_told_what_remains(
    bench: Bench, owner: Any, name: str, arguments: list[str], sentence: str
) -> None:
    named = [bench.file() if argument == "FILE" else argument for argument in arguments]
    named += ["--accept-license"] if "load" in named else []
    bench.patch.setattr(owner, name, stop)
    status, _, err = bench.run(*named)
    assert (status, err) == (130, f"Stopped. {sentence}\n")


# What is loaded


def test_nothing_loaded_is_told_with_how_to_load(bench: Bench) -> None:
    assert bench.run("series") == (
        0,
        "No series is loaded. Load one with: python -m data load auto FILE\n",
        "",
    )


def test_the_loaded_series_and_what_is_wrong_are_listed(bench: Bench) -> None:
    library = Library(bench.folder)
    library.add(full_series("jail", title="Jails", retrieved="2026-01-02"))
    library.add(full_series("deaths"))
    (bench.folder / "deaths" / "series.csv").unlink()
    status, out, err = bench.run("series")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "jail: Jails",
        "  publisher  A publisher, “quoted”",
        "  layout     yearly",
        "  measures   Deaths (events); In jail (people)",
        "  counties   1",
        "  periods    3, 2015 to 2017",
        "  rows       3",
        "  loaded     2026-01-02",
        "The series “deaths” is damaged (series.csv cannot be read); "
        "remove it and load its file again.",
    ]


def test_a_series_is_removed_by_its_id(bench: Bench) -> None:
    Library(bench.folder).add(full_series())
    assert bench.run("remove", "deaths") == (0, "Removed deaths.\n", "")
    status, out, err = bench.run("remove", "deaths")
    assert (status, out) == (1, "")
    assert err == "No series with the id “deaths” is loaded; there is nothing to remove.\n"
    assert "is no id of a series" in bench.run("remove", "../deaths")[2]


# With the publishers as they are


def test_a_table_is_loaded_from_end_to_end(tmp_path: Path) -> None:
    lines = [
        f"{county},{year},{year - 2000}" for county in ("Wake", "Ashe") for year in (2018, 2019)
    ]
    file = tmp_path / "arrests.csv"
    file.write_text("\n".join(["county,year,arrests", *lines]) + "\n")
    env = {"SERIES_FOLDER": str(tmp_path / "series"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "data", "load", "auto", str(file), "--accept-license"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=env | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    (series,) = Library(tmp_path / "series").all()
    assert sorted(series.frame["value"]) == [18, 18, 19, 19]
    assert f"(id {series.id})" in done.stdout


def test_one_line_makes_a_publisher_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bees = Publisher(
        id="bees",
        title="Bees by county",
        publisher="A keeper",
        license="As you like.",
        help="what a keeper counted",
        recognize=lambda columns, _: "hives" if "hives" in columns else None,
        read=lambda opened, value: table.read(opened, Mapping("county", "year", value, title="B")),
    )
    monkeypatch.setitem(PUBLISHERS, "bees", bees)
    monkeypatch.setenv("SERIES_FOLDER", str(tmp_path / "series"))
    with pytest.raises(SystemExit):
        main(["load", "--help"])
    assert "what a keeper counted" in capsys.readouterr().out
    file = tmp_path / "bees.csv"
    file.write_text("county,year,arrests,hives\nWake,2018,1,2\nAshe,2018,3,4\n")
    for kind in ("auto", "bees"):
        assert main(["load", kind, str(file), "--accept-license"]) == 0
        assert "License of Bees by county: As you like.\n" in capsys.readouterr().out
    assert main(["load", "table", str(file), "--accept-license"]) == 1
    assert "load it with: load bees bees.csv" in capsys.readouterr().err
    (series,) = Library(tmp_path / "series").all()
    assert sorted(series.frame["value"]) == [2, 4]
    assert series.publisher == "A keeper"
