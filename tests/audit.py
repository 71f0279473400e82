"""Look up known weaknesses of the packages that the app needs: ``python -m tests.audit``.

Ends with 1 where a weakness is found. Where the network or the service gives no answer, it says so
in one line and ends with 0, as a check must pass without a network; with ``--strict`` a package
that was not looked up is no sound one, and it ends with 1 then too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

SECONDS = 20
"""After which no answer is waited for."""
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--format", "json", "--timeout", "5"),
    *("--progress-spinner", "off", "-r", "requirements.txt", "--no-deps", "--disable-pip"),
)
NAMED = 5
"""So many packages that were not looked up are named."""


def main(arguments: Sequence[str]) -> int:
    """Look the packages up, say what was found, and give the exit status."""
    found, missed = verdict(answer())
    for line in (*found, *missed):
        print(line)
    return int(bool(found or (missed and "--strict" in arguments)))


def answer(command: Sequence[str] = COMMAND, seconds: float = SECONDS) -> str:
    """Give what the look-up printed; nothing where it did not end in time."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def verdict(text: str) -> tuple[list[str], list[str]]:
    """Read what the look-up printed: a line for each weakness, and one on what it missed."""
    try:
        packages: list[dict[str, Any]] = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], ["Not audited: no service that knows weaknesses of packages answered."]
    found = [
        f"{package['name']} {package['version']}: {one['id']}{_mended(one)}"
        for package in packages
        for one in package.get("vulns", [])
    ]
    missed = [str(package["name"]) for package in packages if "skip_reason" in package]
    if missed == [package["name"] for package in packages]:
        return found, ["Not audited: the service that answered knows none of the packages."]
    more = f" and {len(missed) - NAMED} more" if len(missed) > NAMED else ""
    said = f"Not audited: {', '.join(missed[:NAMED])}{more}; the service does not know them."
    return found, [said] if missed else []


def _mended(weakness: dict[str, Any]) -> str:
    versions = weakness.get("fix_versions", [])
    return f", mended in {' or '.join(versions)}" if versions else ", not mended yet"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
