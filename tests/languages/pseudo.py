"""A made-up language that brackets all that is said, so that what is not said stands bare.

Texts of sources are bracketed too, in the tables: they are facts and keep their language.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from data import language
from data.facts import Facts
from data.schema import REGISTRY, dictionary

MADE_UP = "xx"
SAID, FACT = "⟦⟧", "⟪⟫"
READ = {"title", "aria-label", "aria-valuetext", "aria-description", "placeholder", "alt", "label"}
"""Attributes that are read to a person."""
SILENT = {"script", "style", "template"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
PLAIN = re.compile(
    r"(LEAD|CSV|SVG|PNG|ZIP|XLSX|PPTX|BibTeX|EDTF|FIPS|MIT|JSON|North Carolina|English|Español"
    r"|https?:\S+|[\w.]+@[\w.]+|/\w+\S*)"
)
"""Names that are the same in every language."""


class Bracketed:
    """Stands for a catalog."""

    def gettext(self, text: str) -> str:
        return f"{SAID[0]}{text}{SAID[1]}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


@contextmanager
def pseudo_spoken(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the made-up language for a while."""
    patch.setitem(language.LANGUAGES, MADE_UP, "Made up")
    patch.setitem(language.LOCALES, MADE_UP, "es_US")
    patch.setattr(language, "_catalog", lambda word: Bracketed())
    with language.speaking(MADE_UP):
        yield


def bracketed(facts: Facts) -> Facts:
    """Bracket the texts of all sources in an edition."""
    kinds = dictionary()
    texts = kinds[(kinds["kind"] == "text") & ~kinds["column"].isin(["id", "service"])]
    tables: dict[str, pd.DataFrame] = {}
    for name, rows in texts.groupby("table"):
        said = REGISTRY[str(name)].said
        columns = [one for one in rows["column"] if one not in said and one != "county"]
        table: pd.DataFrame = getattr(facts, str(name)).copy()
        for column in columns:
            table[column] = table[column].map(lambda cell: cell and f"{FACT[0]}{cell}{FACT[1]}")
        tables[str(name)] = table
    return replace(facts, checksum="b" * 64, **tables)


class _Reader(HTMLParser):
    """Collects all texts of a page that a person sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.texts += [text for name in READ if (text := told.get(name)) and tag != "defs"]
        if tag not in VOID:
            lang = told.get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        silent = any(tag in SILENT for tag, _ in self.open)
        other = bool(self.open) and self.open[-1][1] not in ("", MADE_UP)
        if data.strip() and not silent and not other:
            self.texts.append(data)


def without(text: str, pair: str) -> str:
    """Take out what stands in brackets, nested ones too; half a pair reaches to the end."""
    kept: list[str] = []
    depth = 0
    for sign in text:
        depth += sign == pair[0]
        if not depth:
            kept.append(sign)
        if sign == pair[1] and depth:
            depth -= 1
        elif sign == pair[1]:
            kept.clear()
    return "".join(kept)


def bare(html: str, names: Any) -> list[str]:
    """Give the texts of a page that are neither said, nor of a source, nor a name."""
    reader = _Reader()
    reader.feed(html)
    known = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    found = []
    for text in reader.texts:
        rest = PLAIN.sub("", known.sub("", without(without(text, SAID), FACT)))
        if re.search(r"[^\W\d_]{2,}", rest):
            found.append(f"{rest.strip()[:80]!r} in {text.strip()[:120]!r}")
    return list(dict.fromkeys(found))


LONG = 12
"""More words of a source than these within a sentence of ours are surely no name."""


class _Unmarked(_Reader):
    """Collects the texts of sources that no element tells to be English; no drawing, no tip."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.texts = [text for text in self.texts if text not in dict(attrs).values()]

    def handle_data(self, data: str) -> None:
        before = len(self.texts)
        super().handle_data(data)
        drawn = any(tag in ("svg", "title") for tag, _ in self.open)
        if len(self.texts) > before and (drawn or not _of_source(self.texts[-1])):
            self.texts.pop()


def _of_source(text: str) -> bool:
    """Tell whether a text is a source's alone, or holds more of one than a name."""
    own = re.sub(rf"[^\w{SAID[0]}]|\d|_", "", without(text, FACT))
    facts = re.findall(f"{FACT[0]}([^{FACT[1]}]*)", text)
    return bool(facts) and (not own or any(len(fact.split()) > LONG for fact in facts))


def unmarked(html: str) -> list[str]:
    """Give the texts of sources on a page that are not marked as the English that they are."""
    reader = _Unmarked()
    reader.feed(html)
    return list(dict.fromkeys(text.strip()[:120] for text in reader.texts))
