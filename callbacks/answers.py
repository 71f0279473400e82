"""How requests are answered: texts compressed once, and sent again only where they changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import brotli
from flask import Response, request

from data.language import language, say
from layouts.address import local
from layouts.shell import TITLE

FOR_GOOD = "public, max-age=31536000, immutable"
"""For names that change with their content."""
CHECK_FIRST = "public, no-cache"
"""The browser keeps it, and asks each time whether it still holds."""
NEVER_KEPT = "no-store"
QUALITY = 5
"""Of the compression: two percent larger than the best, five times as fast."""


class BadParameter(ValueError):
    """A parameter of an address that cannot be used; the message says why."""

    @classmethod
    def of(cls, notice: str) -> BadParameter:
        """Make one of a page's notice, without what the page shows instead: ``...; showing today``.

        >>> str(BadParameter.of("“soon” is not a day like 2019-08-31; showing today."))
        '“soon” is not a day like 2019-08-31.'
        """
        return cls(notice.partition(";")[0].rstrip(".") + ".")


@dataclass(frozen=True)
class Packed:
    """Compressed bytes with the checksum of what they hold."""

    data: bytes
    tag: str


def packed(text: str) -> Packed:
    """Compress a text with brotli."""
    raw = text.encode()
    return Packed(brotli.compress(raw, quality=QUALITY), hashlib.sha256(raw).hexdigest()[:16])


_packed_lately = lru_cache(maxsize=16)(packed)


def takes_brotli() -> bool:
    """Tell whether the browser of the present request takes brotli."""
    return bool(request.accept_encodings["br"])


def send_text(text: str, mimetype: str, cache: str = CHECK_FIRST) -> Response:
    """Answer the present request with a text."""
    if takes_brotli():
        return send_packed(_packed_lately(text), mimetype, cache)
    return Response(text, mimetype=mimetype, headers={"Cache-Control": cache})


def refusal(words: str, status: int) -> Response:
    """Answer with a sentence on why the request cannot be answered, which is kept nowhere.

    Who opened the address in a browser gets a way on too, as a page of its own: small, as refusals
    may be many, and made of nothing that could have failed before.
    """
    headers = {"Cache-Control": NEVER_KEPT}
    if "text/html" not in request.headers.get("Accept", ""):
        return Response(f"{words}\n", status, headers, "text/plain")
    texts = {
        "title": say(TITLE),
        "heading": say("This cannot be shown"),
        "words": words,
        "way": say("Go to the map"),
        "map": local("/"),
    }
    told = {name: escape(text) for name, text in texts.items()}
    return Response(_REFUSED.format(language=language(), **told), status, headers, "text/html")


_REFUSED = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<body style="font: 1.1rem/1.5 system-ui; max-width: 40rem; margin: 12vh auto; padding: 0 1rem">
<h1 style="font-size: 1.5rem">{heading}</h1>
<p style="overflow-wrap: anywhere">{words}</p>
<p><a href="{map}" style="display: inline-block; padding: 0.6rem 0">{way}</a></p>
"""


def send_file(text: str, mimetype: str, name: str) -> Response:
    """Answer with a download: pictures open in the browser, all else is kept as a file."""
    return _named(send_text(text, mimetype), name)


def send_bytes(data: bytes, mimetype: str, name: str) -> Response:
    """Answer with a download that is compressed by its own form already."""
    answer = Response(data, mimetype=mimetype, headers={"Cache-Control": CHECK_FIRST})
    answer.set_etag(hashlib.sha256(data).hexdigest()[:16])
    answer.make_conditional(request)
    return _named(answer, name)


def _named(answer: Response, name: str) -> Response:
    kind = "inline" if str(answer.mimetype).startswith("image/") else "attachment"
    answer.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    return answer


def send_packed(packed: Packed, mimetype: str, cache: str = CHECK_FIRST) -> Response:
    """Answer the present request with brotli, or with 304 where the browser has it already.

    Who takes no brotli gets it plain.
    """
    if not takes_brotli():
        plain = brotli.decompress(packed.data)
        return Response(plain, mimetype=mimetype, headers={"Cache-Control": cache})
    answer = Response(mimetype=mimetype)
    answer.headers["Cache-Control"] = cache
    answer.headers["Content-Encoding"] = "br"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.set_etag(packed.tag)
    if answer.make_conditional(request).status_code != 304:
        answer.set_data(packed.data)
    return answer
