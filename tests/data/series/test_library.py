"""The folder of loaded series: what goes in comes out, and nothing stops it halfway."""

import errno
import io
import json
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.series import COLUMNS, QUALITIES, CountySeries, SeriesError
from data.series import library as library_module
from data.series.files import Stamp, stamp_of
from data.series.library import Library, default_folder
from tests.data.series_builder import deaths, full_series


def same(one: CountySeries, other: CountySeries) -> bool:
    pd.testing.assert_frame_equal(one.frame, other.frame, check_dtype=False)
    return replace(one, frame=other.frame).__dict__ == other.__dict__


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(library_module, "LOOK_EVERY_SECONDS", 0)
    monkeypatch.setattr(library_module, "today", lambda: date(2026, 3, 4))
    return tmp_path / "app" / "series"


@pytest.fixture
def library(folder: Path) -> Library:
    return Library(folder)


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_an_empty_library_makes_no_folder(library: Library) -> None:
    assert library.all() == []
    assert library.problems == ()
    assert not library.folder.exists()


def test_a_series_comes_out_as_it_went_in(library: Library) -> None:
    series = full_series()
    kept = library.add(series)
    assert same(replace(series, retrieved="2026-03-04"), kept)
    assert library.all() == [kept]
    assert library.get("deaths") is kept
    assert same(kept, Library(library.folder).get("deaths"))
    assert hidden(library.folder) == []


def test_a_known_day_of_loading_is_kept(library: Library) -> None:
    assert library.add(full_series(retrieved="2020-01-02")).retrieved == "2020-01-02"


def test_the_files_are_plain(library: Library) -> None:
    library.add(full_series())
    lines = (library.folder / "deaths" / "series.csv").read_text("utf-8").splitlines()
    assert lines[:3] == [
        "fips,measure,period_start,period_end,value,population,quality",
        "37001,deaths,2015-01-01,2015-12-31,12.0,1000.0,reported",
        "37001,deaths,2016-01-01,2016-12-31,,1000.0,missing",
    ]
    about = json.loads((library.folder / "deaths" / "about.json").read_text("utf-8"))
    assert about["title"] == "Overdose deaths"
    assert len(about["sha256"]) == 64


FRAMES = st.lists(
    st.tuples(
        st.sampled_from(["37001", "37199", "37087"]),
        st.one_of(st.text(max_size=8), st.sampled_from(["NA", "null", '="x"', "a,b\n"])),
        st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        st.floats(min_value=0, allow_infinity=False) | st.none(),
        st.floats(min_value=0, allow_infinity=False) | st.none(),
        st.sampled_from(list(QUALITIES)),
    ),
    min_size=1,
    max_size=8,
)


@given(FRAMES)
def test_every_table_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Any, ...]]
) -> None:
    plain = [
        (f, m.replace("\r", "").replace("\0", ""), d, d, v, p, q) for f, m, d, v, p, q in drawn
    ]
    frame = pd.DataFrame(plain, columns=list(COLUMNS))
    for name in ("period_start", "period_end"):
        frame[name] = pd.to_datetime(frame[name])
    frame = frame.astype({"value": float, "population": float})
    library = Library(tmp_path_factory.mktemp("any"))
    pd.testing.assert_frame_equal(
        library.add(full_series(frame=frame)).frame, frame, check_dtype=False, rtol=0, atol=0
    )


def test_series_are_sorted_by_title(library: Library) -> None:
    for id, title in (("b", "zoo"), ("a", "Zoo"), ("c", "ant"), ("d", "Bee")):
        library.add(full_series(id, title=title))
    assert [series.id for series in library.all()] == ["c", "d", "a", "b"]


def test_a_newer_series_replaces_the_older(library: Library) -> None:
    library.add(full_series())
    other = library.add(full_series("jail"))
    newer = library.add(full_series(frame=deaths(1.0), title="Newer"))
    assert library.all() == [newer, other]
    assert len(newer.frame) == 1
    assert hidden(library.folder) == []


def test_a_series_without_rows_is_not_kept(library: Library) -> None:
    with pytest.raises(SeriesError, match="“Overdose deaths” has no rows"):
        library.add(full_series(frame=deaths()))
    assert not library.folder.exists()


BAD_IDS = ["", ".", "..", "../deaths", "a/b", "a\\b", "A", "a b", ".old-a", "a\n", "é", "a" * 81]


@pytest.mark.parametrize("id", BAD_IDS)
def test_an_id_cannot_lead_out_of_the_folder(library: Library, id: str) -> None:
    for act in (lambda: library.add(full_series(id)), lambda: library.remove(id)):
        with pytest.raises(SeriesError, match="is no id of a series"):
            act()
    assert not library.folder.exists()


def test_a_series_is_removed(library: Library) -> None:
    library.add(full_series())
    library.remove("deaths")
    assert library.all() == []
    assert list(library.folder.iterdir()) == []
    for act in (library.remove, library.get):
        with pytest.raises(SeriesError, match="with the id “deaths” is loaded"):
            act("deaths")


# What stops it halfway. A crash is played by the nth change of the disk raising, and every later
# one too, as a process that is gone changes nothing more.


class CrashError(BaseException):
    """The process ends here."""


class Crash:
    """Counts the changes of the disk and ends the process, or only fails, at the nth."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, once: bool) -> None:
        self.at, self.once, self.count = at, once, 0
        for owner, name in (
            (Path, "mkdir"),
            (Path, "rename"),
            (Path, "open"),
            (os, "fsync"),
            (shutil, "rmtree"),
        ):
            monkeypatch.setattr(owner, name, self.wrap(getattr(owner, name)))

    def wrap(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            if self.count == self.at or (self.count > self.at and not self.once):
                raise CrashError
            return act(*arguments, **options)

        return changed


def add_until(at: int, library: Library, series: CountySeries, once: bool) -> bool:
    """Add a series with a crash at a change; tell whether it came so far."""
    with pytest.MonkeyPatch.context() as patch:
        crash = Crash(patch, at, once)
        try:
            library.add(series)
        except CrashError:
            return True
        return crash.count >= at


@pytest.mark.parametrize("once", [True, False], ids=["a step fails", "the process ends"])
@pytest.mark.parametrize("older", [True, False], ids=["replacing", "new"])
def test_a_crash_at_any_step_leaves_the_older_or_the_newer(
    folder: Path, once: bool, older: bool
) -> None:
    old = full_series(frame=deaths(1.0, 1.0), title="Older")
    new = full_series(frame=deaths(2.0, 2.0, 2.0), title="Newer")
    seen, at = [], 0
    while True:
        at += 1
        shutil.rmtree(folder, ignore_errors=True)
        if older:
            Library(folder).add(old)
        library = Library(folder)
        if not add_until(at, library, new, once):
            break
        for look in (library, Library(folder)):
            kept = [(series.title, series.frame["value"].tolist()) for series in look.all()]
            assert kept in ([("Older", [1.0] * 2)] if older else [], [("Newer", [2.0] * 3)])
            assert look.problems == ()
        seen.append([title for title, _ in kept])
        assert Library(folder).add(new).title == "Newer"
        Library(folder).remove("deaths")
        assert Library(folder).all() == []
    assert at > 8
    assert seen[0] == (["Older"] if older else [])
    assert seen == sorted(seen, key=lambda titles: titles == ["Newer"])


def test_a_crash_while_removing_leaves_all_or_nothing(folder: Path) -> None:
    for at in range(1, 4):
        library = Library(folder)
        library.add(full_series())
        with pytest.MonkeyPatch.context() as patch:
            Crash(patch, at, once=False)
            with suppress(CrashError):
                library.remove("deaths")
        assert len(Library(folder).all()) in (0, 1)
        assert Library(folder).problems == ()


def test_what_a_crash_left_is_swept_a_day_later(library: Library) -> None:
    library.folder.mkdir(parents=True)
    for name in (".draft-old", ".gone-old", ".draft-new"):
        (library.folder / name).mkdir()
    for name in (".draft-old", ".gone-old"):
        os.utime(library.folder / name, (0, 0))
    library.add(full_series())
    assert hidden(library.folder) == [".draft-new"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "is full; free some space and try again"),
        (errno.EACCES, "cannot be written to"),
        (errno.EROFS, "cannot be written to"),
    ],
)
def test_a_disk_that_takes_nothing_is_told(
    library: Library, number: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = library.add(full_series())

    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SeriesError, match=sentence):
        library.add(full_series(title="Newer"))
    assert library.all() == [older]
    assert hidden(library.folder) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "series"):
        library = Library(place)
        assert library.all() == []
        for act in (
            lambda library=library: library.add(full_series()),
            lambda library=library: library.uploads.hold(io.BytesIO(b"a"), "a.csv", 10),
        ):
            with pytest.raises(SeriesError, match="cannot be written to"):
                act()
    assert "cannot be read" in Library(tmp_path / "file").problems[0]


# Damage


def edit(**change: Any) -> Callable[[Path], object]:
    def act(place: Path) -> None:
        about = json.loads((place / "about.json").read_text("utf-8"))
        (place / "about.json").write_text(json.dumps(about | change), "utf-8")

    return act


def empty(place: Path) -> None:
    for path in place.iterdir():
        path.unlink()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "table changed": (
        lambda p: (p / "series.csv").write_text("fips\n37003\n"),
        "series.csv is not as it was kept",
    ),
    "table gone": (lambda p: (p / "series.csv").unlink(), "series.csv cannot be read"),
    "rest gone": (lambda p: (p / "about.json").unlink(), "about.json cannot be read"),
    "rest cut": (lambda p: (p / "about.json").write_text('{"id'), "about.json is not as"),
    "rest no object": (lambda p: (p / "about.json").write_text("[1]"), "about.json is not as"),
    "rest of nothing": (lambda p: (p / "about.json").write_text("{}"), "about.json is not as"),
    "rest no text": (lambda p: (p / "about.json").write_bytes(b"\xff\0"), "about.json is not as"),
    "rest nested": (lambda p: (p / "about.json").write_text("[" * 99999), "about.json is not as"),
    "another id": (edit(id="jail"), "about.json is of another series"),
    "a number as title": (edit(title=5), "has a value that is no text"),
    "unknown field": (edit(color="red"), "about.json is not as"),
    "empty folder": (empty, "about.json cannot be read"),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_series_is_told_not_loaded_and_can_be_removed_or_replaced(
    library: Library, damage: Callable[[Path], object], sentence: str
) -> None:
    good = library.add(full_series("jail"))
    library.add(full_series())
    damage(library.folder / "deaths")
    fresh = Library(library.folder)
    assert [series.id for series in fresh.all()] == [good.id]
    (problem,) = fresh.problems
    assert problem.startswith("The series “deaths” is damaged (")
    assert sentence in problem
    assert problem.endswith("remove it and load its file again.")
    fresh.add(full_series())
    assert fresh.problems == ()
    damage(library.folder / "deaths")
    Library(library.folder).remove("deaths")
    assert [series.id for series in Library(library.folder).all()] == [good.id]


def test_strange_names_in_the_folder_are_left_alone(library: Library) -> None:
    library.add(full_series())
    (library.folder / "My notes").mkdir()
    (library.folder / "notes.txt").write_text("mine")
    (library.folder / ".DS_Store").write_text("")
    assert [series.id for series in Library(library.folder).all()] == ["deaths"]
    assert Library(library.folder).problems == ()


# What a running app sees


def test_series_loaded_and_removed_by_another_are_seen(library: Library) -> None:
    assert library.all() == []
    other = Library(library.folder)
    other.add(full_series())
    assert [series.id for series in library.all()] == ["deaths"]
    other.add(full_series(title="Newer"))
    assert [series.title for series in library.all()] == ["Newer"]
    other.remove("deaths")
    assert library.all() == []


def test_a_series_is_the_same_object_while_its_files_stay(library: Library) -> None:
    kept = library.add(full_series())
    Library(library.folder).add(full_series("jail"))
    assert len(library.all()) == 2
    assert library.get("deaths") is kept


def test_the_folder_is_looked_at_only_so_often_and_with_one_stat(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(full_series())
    monkeypatch.setattr(library_module, "SETTLED_NANOSECONDS", -1)
    library._look()
    looks: list[Path] = []

    def noted(path: Path) -> Stamp:
        looks.append(path)
        return stamp_of(path)

    monkeypatch.setattr(library_module, "stamp_of", noted)
    for _ in range(3):
        library.all()
    assert looks == [library.folder] * 3
    monkeypatch.setattr(library_module, "LOOK_EVERY_SECONDS", 1e9)
    for _ in range(3):
        assert [series.id for series in library.all()] == ["deaths"]
        assert library.problems == ()
    assert len(looks) == 3


def test_many_threads_see_only_whole_series(library: Library) -> None:
    library.add(full_series(frame=deaths(*[0.0] * 50), title="0"))
    wrong: list[object] = []
    done = threading.Event()

    def look(view: Library) -> None:
        while not done.is_set():
            for series in view.all():
                if set(series.frame["value"]) != {float(series.title)}:
                    wrong.append(series)
            if not view.all() or view.problems:
                wrong.append(view.problems or "nothing there")

    views = [library, Library(library.folder), Library(library.folder)]
    threads = [threading.Thread(target=look, args=(view,)) for view in views]
    for thread in threads:
        thread.start()
    writer = Library(library.folder)
    for number in range(15):
        writer.add(full_series(frame=deaths(*[float(number)] * 50), title=str(number)))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_folder_is_as_the_person_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SERIES_FOLDER", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("SERIES_FOLDER", "~/series")
    assert default_folder() == Path.home() / "series"
    monkeypatch.setenv("SERIES_FOLDER", " ")
    assert default_folder().parts[-2:] == ("nc-lead-atlas", "series")
    monkeypatch.delenv("SERIES_FOLDER")
    assert default_folder().is_absolute()
