"""What ``python -m data load`` does: get the file, ask for the license, read, keep, tell."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from data.dates import Span, span_words
from data.publishers import PUBLISHERS, Mapping, Publisher, columns_of, read_series, recognize
from data.series import QUALITIES, CountySeries, SeriesError
from data.series.files import size_words
from data.series.library import Library, default_folder

Say = Callable[[str], None]
Lines = list[tuple[str, str]]
AUTO = "auto"
"""In place of a kind: whatever the header tells."""
TEXTS = ("title", "publisher", "address", "license", "label")
"""Of ``Mapping``: what a person may tell of a file that says nothing of itself."""


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> None:
    """Add what can be loaded to the command line, each kind with its own options."""
    _add_kind(kinds.add_parser(AUTO, help="a file that is recognized by its header"))
    for kind, publisher in PUBLISHERS.items():
        parser = kinds.add_parser(kind, help=publisher.help)
        if publisher.options:
            _add_kind(parser)
            _add_mapping(parser, publisher.options)
        else:
            _add_kind(parser, nargs="?")
            parser.add_argument("--download", action="store_true", help="get it of the publisher")
            parser.add_argument("--layout", help="which one to download; default: the newest")


def _add_kind(parser: ArgumentParser, nargs: str | None = None) -> None:
    parser.add_argument("file", nargs=nargs, type=Path, help="the file")
    parser.add_argument("--accept-license", action="store_true", help="you read and accept it")
    parser.set_defaults(download=False)


def _add_mapping(parser: ArgumentParser, options: dict[str, str]) -> None:
    for field, option in options.items():
        parser.add_argument(f"--{option}", dest=field, metavar="COLUMN", help="its name")
    for field in TEXTS:
        parser.add_argument(f"--{field}", help="as the app shows it")
    parser.add_argument("--kind", dest="counted", choices=["events", "people"])


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
    found = recognize(*columns_of(path, path.name))
    if asked == AUTO and not found:
        raise SeriesError(
            f"{path.name} is not recognized; name its columns with: python -m data load table "
            f"{path.name} --county COLUMN --period COLUMN --value COLUMN"
        )
    if asked in (AUTO, found):
        return found
    if found and not PUBLISHERS[found].options:
        title = PUBLISHERS[found].title
        raise SeriesError(f"{path.name} is of “{title}”; load it with: load {found} {path.name}")
    if not PUBLISHERS[asked].options:
        title = PUBLISHERS[asked].title
        raise SeriesError(f"{path.name} has no layout of “{title}”; load it with: load table")
    return asked


def _accept(publisher: Publisher[Any], options: Namespace, say: Say) -> None:
    """Show the license and have it accepted; raises SeriesError where it is not."""
    terms = getattr(options, "license", None) or publisher.license
    what = options.file.name if publisher.options else publisher.title
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
    if options.kind == AUTO or not PUBLISHERS[options.kind].options:
        return None
    form = PUBLISHERS[options.kind]
    told = {**vars(options), "kind": options.counted}
    named = {part.name: str(told[part.name]) for part in fields(Mapping) if told.get(part.name)}
    if named.keys() >= form.needed.keys():
        return Mapping(**{"value": "", **named})
    columns, sample = columns_of(path, path.name)
    guessed = form.recognize(columns, sample)
    if guessed is None:
        missing = [option for name, option in form.needed.items() if name not in named]
        flags = " and ".join(f"--{option}" for option in missing)
        raise SeriesError(
            f"What the columns of {path.name} hold cannot be guessed; name those of "
            f"{', '.join(filter(None, columns))} that do with {flags}."[:500]
        )
    return replace(guessed, **named)


def _address(publisher: Publisher[Any], layout: str | None) -> str:
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
