"""Every setting: an environment variable, its default, and what it means.

This list is the only one; a test holds the README's table and all of the code to it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number", "switch"]
ON, OFF = "on", "off"


class SettingError(ValueError):
    """A setting that cannot be used; the message says which, and how to mend it."""


@dataclass(frozen=True)
class Setting:
    """A setting.

    ``default`` counts where the variable is not set or blank; ``said`` tells in words what a
    blank default comes to. A ``switch`` takes ``on``, ``off`` and ``other`` words.
    """

    name: str
    default: str
    meaning: str
    kind: Kind = "text"
    said: str = ""
    other: tuple[str, ...] = ()


_ALL = (
    Setting("HOST", "127.0.0.1", "address to serve on"),
    Setting("PORT", "8050", "port to serve on", "whole"),
    Setting("TABLES", "", "folder of the tables", said="`data/tables`"),
    Setting(
        "DATABASE_URL",
        "",
        "database of published editions, as `postgresql+psycopg://user:password@host/name`; "
        "`none`: only the folder of tables",
        said="the person's file of editions, once there is one",
    ),
    Setting(
        "COPIES_FOLDER",
        "",
        "where the last edition read from the database is kept, for a start while it is away",
        said="`build/editions`",
    ),
    Setting(
        "SERIES_FOLDER",
        "",
        "where loaded county series are kept",
        said="the person's folder for app data",
    ),
    Setting(
        "UPLOADS",
        "",
        "`on`: anyone who can open the page may load and remove series; `off`: nobody",
        "switch",
        "this machine only",
    ),
    Setting("MAX_UPLOAD_MB", "300", "largest file that may be sent", "number"),
    Setting(
        "EMBED",
        "",
        "sites that may show the atlas in a frame, as in `https://example.org`; `*`: all",
        said="this site only",
    ),
    Setting(
        "HOSTS",
        "",
        "names by which the atlas may be asked for, as in `atlas.example.org`, with commas; "
        "requests for others are refused",
        said="any",
    ),
    Setting(
        "PROXIES",
        "0",
        "how many proxies of yours stand before the atlas; the reader's address is taken from them",
        "whole",
    ),
    Setting(
        "HSTS",
        "0",
        "seconds for which browsers ask over TLS only, as `31536000`; set it where TLS is certain",
        "whole",
    ),
    Setting(
        "RATE_LIMIT",
        "120",
        "times a minute that one address may ask for one costly download or send a file; "
        "`off`: no limit",
        "whole",
        other=(OFF,),
    ),
    Setting(
        "REQUEST_LOG",
        OFF,
        "`on`: a JSON line a request on standard error; `address`: also the reader's address",
        "switch",
        other=("address",),
    ),
    Setting("METRICS", OFF, "`on`: measurements for Prometheus at `/metrics`", "switch"),
    Setting(
        "CORRECTIONS_MAIL",
        "",
        "address of mail to which readers send corrections",
        said="none: a correction becomes a file",
    ),
    Setting(
        "PROMETHEUS_MULTIPROC_DIR",
        "",
        "empty folder through which several workers add up what they measure",
        said="each worker tells its own",
    ),
    Setting(
        "SECRET_KEY",
        "",
        "secret of 16 characters or more that signs which steward is signed in",
        said="made once and kept in the database",
    ),
    Setting(
        "OIDC_ISSUER",
        "",
        "address of the OpenID Connect service at which stewards may sign in too, as "
        "`https://login.example.org`; the atlas asks it only when a steward signs in there",
        said="none",
    ),
    Setting("OIDC_CLIENT_ID", "", "what that service calls the atlas", said="none"),
    Setting("OIDC_CLIENT_SECRET", "", "secret that it gave the atlas", said="none"),
    Setting(
        "OIDC_NAMES",
        "",
        "who may sign in there, as `ada@example.org=ada` with commas: e-mail address and account",
        said="nobody",
    ),
)
SETTINGS = {setting.name: setting for setting in _ALL}
"""The settings by name, in the order of the README."""


def setting(name: str) -> str:
    """Give the value of a setting without blanks around it; its default where it is blank."""
    return os.environ.get(name, "").strip() or SETTINGS[name].default


def number(name: str) -> float:
    """Give a setting that is a number, or 0 where it is ``off``; raises SettingError."""
    told = SETTINGS[name]
    text = setting(name)
    if text in told.other:
        return 0.0
    try:
        value = int(text) if told.kind == "whole" else float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e12:
        kind = "a whole number" if told.kind == "whole" else "a number"
        raise SettingError(f"{name} is “{text[:40]}”; write {kind}, as in {told.default}.")
    return float(value)


def whole(name: str) -> int:
    """Give a setting that is a whole number, or 0 where it is ``off``; raises SettingError."""
    return int(number(name))


def check_settings() -> None:
    """Look every setting over before the start; raises SettingError on the first that is bad."""
    for told in _ALL:
        if told.kind in ("whole", "number"):
            number(told.name)
        words = (ON, OFF, *told.other)
        if told.kind == "switch" and setting(told.name) not in ("", *words):
            raise SettingError(
                f"{told.name} is “{setting(told.name)[:40]}”; write {' or '.join(words)}."
            )
