"""The languages of the atlas: English as it stands in the code, others by a catalog of Babel's.

A text that a reader sees is said with ``say``; in English it stays as it is written. Which language
is spoken holds for the present request (a context variable), so no function hands it on; what is
made of words and kept is kept for each language (``kept``). ``make words`` finds all texts and
brings the catalogs up to date (settings in pyproject.toml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, wraps
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TypeVar

LANGUAGES = {"en": "English", "es": "Español"}
"""Each language in its own words, by the word that an address has for it; the first is ours."""
LOCALES = {"en": "en_US", "es": "es_US"}
"""How numbers and dates are written: Spanish as in the United States, ``1,234.5``."""
ENGLISH = "en"
CATALOGS = Path(__file__).parent / "languages"

Made = TypeVar("Made")
_spoken = ContextVar("language", default=ENGLISH)


def language() -> str:
    """Give the language that is spoken: a word of LANGUAGES."""
    return _spoken.get()


def speak(word: str) -> None:
    """Speak a language from now on in this thread; English where the word is none of LANGUAGES."""
    _spoken.set(word if word in LANGUAGES else ENGLISH)


@contextmanager
def speaking(word: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = language()
    speak(word)
    try:
        yield
    finally:
        speak(before)


def say(text: str, /, **parts: object) -> str:
    """Say a text in the language that is spoken; ``{name}`` in it stands for a part.

    A text that the catalog lacks, as one that was changed in a table, stays English.
    """
    if text and language() != ENGLISH:
        text = _catalog(language()).gettext(text)
    return text.format(**parts) if parts else text


def say_all(words: dict[str, str]) -> dict[str, str]:
    """Say all texts of a dictionary."""
    return {name: say(text) for name, text in words.items()}


def say_many(one: str, many: str, number: int, /, **parts: object) -> str:
    """Say a text of one thing or of many; ``{n}`` in it stands for the number."""
    if language() == ENGLISH:
        text = one if number == 1 else many
    else:
        text = _catalog(language()).ngettext(one, many, number)
    return text.format(n=say_number(number), **parts)


def marked(text: str) -> str:
    """Mark a text that is said later, where it stands alone: ``say(NAMES[key])``."""
    return text


def say_number(number: float, decimals: int = 0) -> str:
    """Write a number as the language does, with so many decimals."""
    if language() == ENGLISH:
        return f"{number:,.{decimals}f}"
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(number, pattern, LOCALES[language()])


def say_date(day: date, pattern: str) -> str:
    """Write a date by a pattern of Unicode's (as ``MMMM y``) for any language but English."""
    from babel.dates import format_date

    return format_date(day, pattern, LOCALES[language()])


def kept(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Keep what a function gave last, as ``lru_cache`` does, for each language by itself."""

    def wrap(make: Callable[..., Made]) -> Callable[..., Made]:
        @lru_cache(maxsize=most)
        def answer(_: str, *asked: object, **named: object) -> Made:
            return make(*asked, **named)

        @wraps(make)
        def ask(*asked: object, **named: object) -> Made:
            return answer(language(), *asked, **named)

        ask.cache_clear = answer.cache_clear  # type: ignore[attr-defined]
        return ask

    return wrap


@lru_cache(maxsize=4)
def _catalog(word: str) -> GNUTranslations:
    """Read a catalog; the compiled form that gettext asks for is made in memory."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (CATALOGS / f"{word}.po").open("rb") as file:
        write_mo(compiled, read_po(file, LOCALES[word]))
    compiled.seek(0)
    return GNUTranslations(compiled)


def said_in_scripts(scripts: str) -> dict[str, str]:
    """Give what the browser's own code says (``atlas.say``), by its English; nothing in English."""
    if language() == ENGLISH:
        return {}
    from babel.messages.extract import extract_javascript

    found = extract_javascript(BytesIO(scripts.encode()), {"atlas.say": None}, (), {})
    # Babel gives a tuple where a comma stands in the parts.
    texts = [told if isinstance(told, str) else told[0] for _, _, told, _ in found]
    return {text: say(text) for text in texts}
