"""How to cite a view: by title and edition, as the atlas has no one author to name."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from data.dates import day_words
from data.facts import Facts
from data.language import marked, say

TITLE = marked("North Carolina LEAD atlas")
CHECKSUM_SHOWN = 16
"""Digits of the checksum that a citation gives: enough to tell any two editions apart."""
_KEPT = "%:/?#[]@!$&()*+,;="
"""What may stand in an address as it is; all else, as braces and blanks, is percent-encoded."""
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "#$%&_{}"
}


def cited(facts: Facts, day: date) -> str:
    """Name what is cited: title, edition with its checksum, and the day shown."""
    shown = say("Counties as of {day}.", day=day_words(day))
    return f"{say(TITLE)}. {_edition(facts)}. {shown}"


def citation(facts: Facts, day: date, today: date, address: str = "") -> str:
    """Write the citation of a view as plain text.

    Parameters
    ----------
    facts, day
        The edition, and the day shown.
    today
        The day of access.
    address
        Where the view stands; left out where it is blank.
    """
    accessed = say("Accessed {day}.", day=day_words(today))
    return f"{cited(facts, day)} {accessed} {_address(address)}".strip()


def bibtex(facts: Facts, day: date, today: date, address: str = "") -> str:
    """Write the citation of a view as a BibTeX entry.

    ``key`` sorts the entry where a style would sort by author; ``howpublished`` is read by every
    style, also by those that know no ``url``.
    """
    note = f"{_edition(facts)}; counties as of {day_words(day)}; accessed {day_words(today)}"
    fields = {"title": f"{{{_tex(TITLE)}}}", "key": _tex(TITLE)}
    if address:
        fields["howpublished"] = rf"\url{{{_address(address)}}}"
    fields["note"] = _tex(note)
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items()]
    name = f"nc-lead-atlas-{facts.edition}-{day.isoformat()}"
    return "\n".join([f"@misc{{{name},", *lines, "}"])


def _edition(facts: Facts) -> str:
    checksum = facts.checksum[:CHECKSUM_SHOWN]
    return say("Edition {edition} (sha256 {checksum})", edition=facts.edition, checksum=checksum)


def _address(address: str) -> str:
    return quote(address.strip(), safe=_KEPT)


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
