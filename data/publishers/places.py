"""Which county a cell means: by FIPS code, however damaged, or by name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from data.facts import FactsError
from data.read import read_table
from data.schema import TABLES, table_columns

HOME = "37"
"""The FIPS code of North Carolina."""
WHOLE = HOME + "000"
"""Stands for the whole state."""
NOWHERE = HOME + "999"
"""Stands for no county of the state: not known, or not told."""

_STATES = """
01 AL Alabama;02 AK Alaska;04 AZ Arizona;05 AR Arkansas;06 CA California;08 CO Colorado
09 CT Connecticut;10 DE Delaware;11 DC District of Columbia;12 FL Florida;13 GA Georgia;15 HI Hawaii
16 ID Idaho;17 IL Illinois;18 IN Indiana;19 IA Iowa;20 KS Kansas;21 KY Kentucky;22 LA Louisiana
23 ME Maine;24 MD Maryland;25 MA Massachusetts;26 MI Michigan;27 MN Minnesota;28 MS Mississippi
29 MO Missouri;30 MT Montana;31 NE Nebraska;32 NV Nevada;33 NH New Hampshire;34 NJ New Jersey
35 NM New Mexico;36 NY New York;37 NC North Carolina;38 ND North Dakota;39 OH Ohio;40 OK Oklahoma
41 OR Oregon;42 PA Pennsylvania;44 RI Rhode Island;45 SC South Carolina;46 SD South Dakota
47 TN Tennessee;48 TX Texas;49 UT Utah;50 VT Vermont;51 VA Virginia;53 WA Washington
54 WV West Virginia;55 WI Wisconsin;56 WY Wyoming;60 AS American Samoa;66 GU Guam
69 MP Northern Mariana Islands;72 PR Puerto Rico;78 VI U.S. Virgin Islands
"""
_ENTRIES = [entry.strip().split(" ", 2) for entry in re.split("[;\n]", _STATES.strip())]
STATES = {code: name for code, _, name in _ENTRIES}
"""Name of a state by its FIPS code."""
_STATE_CODES = {short.lower(): code for code, short, _ in _ENTRIES} | {
    re.sub("[^a-z]", "", name.lower()): code for code, _, name in _ENTRIES
}
_NAME = re.compile(r"[A-Za-z /.'’–—-]*[*†‡]*")
"""A name or a mark for none; nothing that a formula or another code may be."""
_WHOLE_WORDS = {
    *("northcarolina", "nc", "state", "statewide", "statetotal", "total", "totals", "grandtotal"),
    *("allcounties", "allcountiestotal", "northcarolinatotal", "ncstatewide", "ncstatetotal"),
}
_NOWHERE_WORDS = {
    *("", "unknown", "unknowncounty", "other", "othercounty", "notstated", "outofstate", "na"),
    *("none", "nan", "null", "missing", "notreported", "notavailable", "unidentified"),
    *("unspecified", "outofcounty"),
}


@lru_cache(maxsize=1)
def county_names() -> dict[str, str]:
    """Give the name of each county of North Carolina by its FIPS code, as the shipped table has it.

    Raises FactsError where the table does not have the columns of the dictionary.
    """
    frame, problems = read_table(TABLES / "counties.csv", table_columns()["counties"])
    if problems:
        raise FactsError(problems)
    return dict(zip(frame["fips"], frame["county"], strict=True))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {_letters(name): fips for fips, name in county_names().items()}


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.lower())


@lru_cache(maxsize=65536)
def county_code(text: str, short: bool = False) -> str:
    """Give the five digits of a county's FIPS code, of this or another state, or "".

    A code may have lost its leading zero (``1001`` is in Alabama), have become a number
    (``37001.0``, ``37,001``), lack its state (odd, 1 to 199: North Carolina is meant) or stand at
    the end of a Census code (``0500000US37001``). A name may come with ``County`` and a state. A
    county name of another state gives that state's code and ``000``; the whole state is WHOLE,
    a word for no county NOWHERE. The empty text says that the cell is not understood. ``37`` is
    the whole state, unless the column is known to hold ``short`` codes: then it is Chatham County.
    """
    plain = text.strip()
    code = re.sub(r"\.0+$", "", plain.replace(",", ""))
    if match := re.fullmatch(r"[0-9]{7}US([0-9]{5})", code):
        code = match[1]
    if re.fullmatch("[0-9]{1,5}", code):
        return WHOLE if code == HOME and not short else _digits(code)
    return named_code(plain)


def _digits(code: str) -> str:
    if len(code) >= 4:
        full = code.zfill(5)
        if full[:2] != HOME:
            return full if full[:2] in STATES else ""
        return full if full in county_names() or full in (WHOLE, NOWHERE) else ""
    full = HOME + code.zfill(3)
    return full if full in county_names() else ""


def are_short(texts: Iterable[str]) -> bool:
    """Tell whether codes lack their state, as in 1, 3, 5 to 199."""
    return any(re.fullmatch(r"[0-9]{1,3}(\.0+)?", t) for t in texts if t.split(".")[0] != HOME)


@lru_cache(maxsize=65536)
def named_code(text: str) -> str:
    """Give the code that a name means, as ``county_code`` does; "" for a code."""
    text = text.strip()
    name, _, state = text.partition(",")
    if match := re.fullmatch(r"(.*?)\s*\(([A-Za-z. ]+)\)", text):
        name, state = match[1], match[2]
    if letters := _letters(state):
        code = _STATE_CODES.get(letters, "")
        if code != HOME:
            return code and code + "000"
    if not _NAME.fullmatch(name):
        return ""
    plain = _letters(name)
    found = _by_name().get(plain) or _by_name().get(plain.removesuffix("county"))
    if found:
        return found
    if plain in _WHOLE_WORDS:
        return WHOLE
    return NOWHERE if plain in _NOWHERE_WORDS else ""


def state_code(text: str) -> str:
    """Give the FIPS code of a state by its code, short name or name, or ""."""
    plain = re.sub(r"\.0+$", "", text.strip())
    if re.fullmatch("[0-9]{1,2}", plain):
        return plain.zfill(2) if plain.zfill(2) in STATES else ""
    return _STATE_CODES.get(_letters(plain), "")


def near(text: str) -> str:
    """Give the name of the county that is spelled most like a text, or ""."""
    found = difflib.get_close_matches(_letters(text)[:40].removesuffix("county"), _by_name(), n=1)
    return county_names()[_by_name()[found[0]]] if found else ""


def place_words(fips: str) -> str:
    """Name a county of North Carolina; another code is told as a code."""
    name = county_names().get(fips)
    return f"{name} County" if name else f"county {fips}"
