import re
from datetime import date
from typing import Any

import pytest

from data.citation import TITLE, bibtex, citation, cited

DAY, TODAY = date(2019, 8, 31), date(2026, 1, 5)
HERE = "https://atlas.example/?date=2019-08-31&counties=37051,37129"
ADDRESSES = {
    "plain": (HERE, HERE),
    "none": ("", ""),
    "a port": ("http://127.0.0.1:8050/?layer=a.b", "http://127.0.0.1:8050/?layer=a.b"),
    "encoded": ("https://a.example/?x=%20_~", "https://a.example/?x=%20_~"),
    "a blank": (" https://a.example/a b ", "https://a.example/a%20b"),
    "braces": ("https://a.example/}{", "https://a.example/%7D%7B"),
    "a command": (r"https://a.example/\input{x}", "https://a.example/%5Cinput%7Bx%7D"),
    "lines": ("https://a.example/\n@misc{x", "https://a.example/%0A@misc%7Bx"),
    "quotes": ("https://a.example/\"'<>^`", "https://a.example/%22%27%3C%3E%5E%60"),
    "other letters": ("https://a.example/ñ", "https://a.example/%C3%B1"),
}
BARE = re.compile(r"(?<!\\)[#$%&_~^]")


@pytest.mark.parametrize(("address", "written"), ADDRESSES.values(), ids=ADDRESSES)
def test_a_citation_tells_all_that_finds_the_view_again(
    facts: Any, address: str, written: str
) -> None:
    told = (
        f"North Carolina LEAD atlas. Edition {facts.edition} (sha256 {facts.checksum[:16]}). "
        f"Counties as of 31 August 2019. Accessed 5 January 2026. {written}"
    )
    assert citation(facts, DAY, TODAY, address) == told.strip()


def test_what_is_cited_needs_no_day_of_access(facts: Any) -> None:
    assert citation(facts, DAY, TODAY).startswith(cited(facts, DAY))


@pytest.mark.parametrize(("address", "written"), ADDRESSES.values(), ids=ADDRESSES)
def test_bibtex_is_one_entry_with_balanced_braces(facts: Any, address: str, written: str) -> None:
    fields = entry(bibtex(facts, DAY, TODAY, address))
    assert fields["title"] == f"{{{TITLE}}}"
    assert "author" not in fields
    assert fields.get("howpublished", "") == (rf"\url{{{written}}}" if written else "")
    assert fields["note"] == (
        f"Edition {facts.edition} (sha256 {facts.checksum[:16]}); counties as of 31 August 2019; "
        "accessed 5 January 2026"
    )


@pytest.mark.parametrize("address", [case[0] for case in ADDRESSES.values()], ids=ADDRESSES)
def test_outside_the_address_no_sign_of_tex_stands_bare(facts: Any, address: str) -> None:
    fields = entry(bibtex(facts, DAY, TODAY, address))
    assert not [
        name for name, text in fields.items() if name != "howpublished" and BARE.search(text)
    ]


def test_editions_and_days_have_keys_of_their_own(facts: Any) -> None:
    keys = {bibtex(facts, day, TODAY).split(",")[0] for day in (DAY, TODAY)}
    assert keys == {f"@misc{{nc-lead-atlas-{facts.edition}-{day}" for day in (DAY, TODAY)}


def entry(text: str) -> dict[str, str]:
    """Read a BibTeX entry as a parser does: braces are counted, fields end where they close."""
    assert text.count("@misc{") == 1
    match = re.fullmatch(r"@misc\{[\w-]+,\n(.*)\}", text, re.DOTALL)
    assert match
    fields, rest = {}, match[1]
    while rest.strip():
        name, rest = rest.split(" = {", 1)
        end = closing(rest)
        fields[name.strip()] = rest[:end]
        assert rest[end : end + 3] == "},\n"
        rest = rest[end + 3 :]
    return fields


def closing(text: str) -> int:
    depth = 1
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not depth:
            return place
    raise AssertionError("the braces are not balanced")
