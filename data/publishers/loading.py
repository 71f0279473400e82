"""What ``python -m data load`` does: get the file, ask for the license, read, keep, tell."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data.dates import Span, span_words
from data.series import QUALITIES, CountySeries, SeriesError
from data.series.files import size_words
from data.series.library import Library, default_folder

if TYPE_CHECKING:
    from data.publishers import Mapping, Publisher

Say = Callable[[str], None]
Lines = list[tuple[str, str]]
PUBLISHED = ("vera", "wonder")
"""Kinds with a layout of their own; the columns of the others are named or guessed."""
NEEDED = {
    "table": {"county": "--county", "period": "--period", "value": "--value"},
    "events": {"county": "--county", "period": "--date"},
}
"""By kind, the columns that must be known, with the option that names each."""


def load_series(options: Namespace, say: Say) -> list[str]:
    """Load one file as the options of the command line tell.

    Parameters
    ----------
    options
        ``kind``, ``file``, ``accept_license``, ``download``, ``layout``; for a table or events
        also the fields of ``data.publishers.Mapping``.
    say
        Prints a line; the license is shown through it before anything is read or fetched.

    Returns
    -------
    The lines that tell what was understood, left out and kept. Raises SeriesError, with nothing
    loaded, and KeyboardInterrupt with words on what remains.
    """
    from data.publishers import PUBLISHERS, read_series

    library = Library(default_folder())
    with _stopping("Nothing was loaded."):
        if options.download and options.file:
            raise SeriesError("Both a file and --download are given; leave one of them out.")
        if options.download:
            url = _address(PUBLISHERS[options.kind], options.layout)
            _accept(PUBLISHERS[options.kind], options, say)
            path = _fetch(url, library.folder / ".downloads")
            _recognize(options.kind, path)
        else:
            path = _given(options)
            kind = _recognize(options.kind, path)
            _accept(PUBLISHERS[kind], options, say)
        series = read_series(path, path.name, _mapping(options, path))
    older = [known for known in library.all() if known.id == series.id]
    with _stopping("The older series or the new one is kept, whole; “series” tells which."):
        kept = library.add(series)
    lines = [*summary(kept), *_told(kept), ("kept in", str(library.folder / kept.id))]
    lines += [("replaces", f"the one loaded on {known.retrieved}") for known in older]
    return [f"Loaded “{kept.title}” (id {kept.id}).", *table_lines(lines)]


def summary(series: CountySeries) -> Lines:
    """Tell what a series is: pairs of a name and what is to be said under it."""
    frame = series.frame
    first, last = frame["period_start"].min(), frame["period_end"].max()
    span = span_words(Span(first.date(), last.date()))
    periods = frame[["period_start", "period_end"]].drop_duplicates()
    return [
        ("publisher", series.publisher or "not named"),
        ("layout", series.layout),
        ("measures", "; ".join(f"{measure.label} ({measure.kind})" for measure in series.measures)),
        ("counties", f"{frame['fips'].nunique():,}"),
        ("periods", f"{len(periods):,}, {span}"),
        ("rows", f"{len(frame):,}"),
        ("loaded", series.retrieved),
    ]


def _told(series: CountySeries) -> Lines:
    """Tell what is known of the values, what was left out and why, and what to keep in mind."""
    found = series.frame["quality"].value_counts()
    counted = [(word, int(found[word])) for word in QUALITIES if word in found.index]
    return [
        ("values", "; ".join(f"{count:,} {word}" for word, count in counted)),
        *(("left out", f"{count:,}: {why}") for why, count in series.dropped),
        *(("note", note) for note in series.notes),
    ]


def table_lines(lines: Lines) -> list[str]:
    """Set pairs as two columns."""
    return [f"  {name:<10} {words}" for name, words in lines if words]


@contextmanager
def _stopping(remains: str) -> Iterator[None]:
    """Say with Ctrl-C what remains, unless a part of the block has said so already."""
    try:
        yield
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(str(stop) or remains) from None


def _given(options: Namespace) -> Path:
    path: Path | None = options.file
    if path is None:
        raise SeriesError("No file is named; name one, or add --download to get the publisher's.")
    if not path.is_file():
        raise SeriesError(f"There is no file {path}; check its name and its folder.")
    return path


def _recognize(asked: str, path: Path) -> str:
    """Give the kind of a file; raises SeriesError where it is not the one that was asked for."""
    from data.publishers import PUBLISHERS, columns_of, recognize

    found = recognize(*columns_of(path, path.name))
    if asked == "auto" and not found:
        raise SeriesError(
            f"{path.name} is not recognized; name its columns with: python -m data load table "
            f"{path.name} --county COLUMN --period COLUMN --value COLUMN"
        )
    if asked in ("auto", found):
        return found
    if found in PUBLISHED:
        title = PUBLISHERS[found].title
        raise SeriesError(f"{path.name} is of “{title}”; load it with: load {found} {path.name}")
    if asked in PUBLISHED:
        title = PUBLISHERS[asked].title
        raise SeriesError(f"{path.name} has no layout of “{title}”; load it with: load table")
    return asked


def _accept(publisher: Publisher, options: Namespace, say: Say) -> None:
    """Show the license and have it accepted; raises SeriesError where it is not."""
    terms = getattr(options, "license", None) or publisher.license
    what = publisher.title if publisher.id not in NEEDED else options.file.name
    say(f"License of {what}: {terms}")
    if options.accept_license:
        return
    if not sys.stdin.isatty():
        raise SeriesError(
            "The license is not accepted yet; run this in a terminal, or add --accept-license."
        )
    try:
        answer = input("Type yes to accept: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise SeriesError("The license was not accepted, so nothing was loaded.")


def _mapping(options: Namespace, path: Path) -> Mapping | None:
    """Give the columns as they are named, else as they are guessed; None where none are needed."""
    if options.kind not in NEEDED:
        return None
    from data.publishers import Mapping, columns_of, guess_mapping
    from data.publishers.events import guess_events

    told = {**vars(options), "kind": options.counted}
    named = {part.name: str(told[part.name]) for part in fields(Mapping) if told.get(part.name)}
    needed = NEEDED[options.kind]
    if named.keys() >= needed.keys():
        return Mapping(**{"value": "", **named})
    guess = guess_mapping if options.kind == "table" else guess_events
    columns, sample = columns_of(path, path.name)
    guessed = guess(columns, sample)
    if guessed is None:
        flags = " and ".join(flag for name, flag in needed.items() if name not in named)
        raise SeriesError(
            f"What the columns of {path.name} hold cannot be guessed; name those of "
            f"{', '.join(filter(None, columns))} that do with {flags}."[:500]
        )
    return replace(guessed, **named)


def _address(publisher: Publisher, layout: str | None) -> str:
    """Give the address of a publisher's file; raises SeriesError where there is none."""
    known = publisher.downloads
    if not known:
        raise SeriesError(
            f"“{publisher.title}” has no file to download; get it at {publisher.address} "
            "and load it by its name."
        )
    if layout and layout not in known:
        raise SeriesError(
            f"There is no layout “{layout}” to download; there is {', '.join(known)}."
        )
    return known[layout or next(iter(known))]


def _fetch(url: str, folder: Path) -> Path:
    from data.publishers.download import download, part_size

    target = folder / PurePosixPath(urlsplit(url).path).name
    try:
        with _bar() as progress:
            download(url, target, progress)
    except KeyboardInterrupt:
        size = part_size(target)
        kept = f"{size_words(size)} of the file are kept; running this again goes on from there."
        raise KeyboardInterrupt(kept if size else "Nothing was loaded.") from None
    return target


@contextmanager
def _bar() -> Iterator[Callable[[int, int | None], None]]:
    """Draw the progress of a download where someone can see it."""
    if not sys.stderr.isatty():
        yield lambda there, total: None
        return
    from tqdm import tqdm

    with tqdm(desc="Download", unit="B", unit_scale=True, file=sys.stderr) as bar:

        def show(there: int, total: int | None) -> None:
            bar.total = total
            bar.update(there - bar.n)

        yield show
