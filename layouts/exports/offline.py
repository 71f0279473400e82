"""``python -m layouts.exports.offline OUT.html``: the atlas of the shipped tables in one file."""

from __future__ import annotations

import sys
from pathlib import Path

from data import load
from data.dates import today
from layouts.address import View
from layouts.pages.offline import offline_file


def main(arguments: list[str]) -> int:
    """Write the file; give the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("Give the file to write, as in: python -m layouts.exports.offline atlas.html")
        return 2
    out = Path(arguments[0])
    text = offline_file(load(), View(today()), today())
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        print(f"{out} cannot be written ({error.strerror}). Name another place.", file=sys.stderr)
        return 1
    print(f"Wrote {out}: {len(text.encode()) / 1e6:.2f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
