"""Take the README's pictures anew: ``make screenshots`` (``ARGS=dark`` takes one of them).

Every picture is of a fixed day in an app whose clock is stopped, so it changes only with the atlas.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from datetime import datetime, tzinfo
from tempfile import TemporaryDirectory
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.bench.chrome import chromium
from tests.bench.serve import ROOT, serving
from tests.browser.view import open_page, wait_for

FOLDER = ROOT / "docs" / "pictures"
NOW = datetime(2026, 1, 31, 12)
"""Where the clock of the app stands that is looked at."""
DAY = "date=2019-08-31"
LAPTOP, PHONE = (1366, 768), (390, 844)
COLORS = 128
"""Colors of a picture: few enough to be small, enough that no hatch or line is lost."""
MOST_BYTES = 150_000
SERVE = "serve"
CHARTS_STAND = """() => [...document.querySelectorAll(".dash-graph")].every((chart) =>
  chart.querySelector(".main-svg"))"""


@dataclass(frozen=True)
class Picture:
    """A picture: what is opened, in a window of which size in CSS pixels."""

    address: str
    window: tuple[int, int] = LAPTOP
    theme: Literal["light", "dark"] = "light"


PICTURES = {
    "map": Picture(f"/?{DAY}&theme=light"),
    "dark": Picture(f"/?{DAY}&theme=dark", theme="dark"),
    "phone": Picture(f"/?{DAY}&theme=light", PHONE),
    "county": Picture(f"/county/37087?{DAY}"),
    "partnerships": Picture(f"/partnerships?{DAY}"),
    "evidence": Picture("/evidence"),
    "present": Picture(f"/present?{DAY}&theme=light"),
}
"""All pictures, by the name of their file; the page of the evidence knows no day."""


class Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Clock:
        """Give the moment at which it stands."""
        return cls(*NOW.timetuple()[:6], tzinfo=tz)


def serve() -> None:
    """Serve the app with its one clock stopped (``data.dates.today`` alone reads it)."""
    import app
    from data import dates

    dates.datetime = Clock  # type: ignore[misc]
    app.main()


def shrunk(png: bytes) -> bytes:
    """Give a picture with few colors, as PNG."""
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    small = io.BytesIO()
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


def taken(browser: Browser, url: str, picture: Picture) -> bytes:
    """Open a page in a browser that was never here, and give its picture once all stands."""
    width, height = picture.window
    window: Any = {"width": width, "height": height}
    page: Page
    with browser.new_page(
        viewport=window, color_scheme=picture.theme, reduced_motion="reduce", locale="en-US"
    ) as page:
        open_page(page, url + picture.address)
        page.wait_for_load_state("networkidle")
        wait_for(page, CHARTS_STAND)
        return shrunk(page.screenshot(animations="disabled"))


def main(names: list[str]) -> None:
    """Take the named pictures, or all; stops with a sentence where there is no such picture."""
    if unknown := set(names) - set(PICTURES):
        known = ", ".join(PICTURES)
        raise SystemExit(f"There is no picture {', '.join(sorted(unknown))}; there is {known}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as empty,
        serving("-m", "tests.screenshots", SERVE, DATABASE_URL="none", SERIES_FOLDER=empty) as app,
        chromium() as browser,
    ):
        app.first_answer("/")
        for name in names or PICTURES:
            small = taken(browser, app.url, PICTURES[name])
            if len(small) > MOST_BYTES:
                raise SystemExit(f"{name}.png has {len(small):,} bytes; lower COLORS and go again.")
            (FOLDER / f"{name}.png").write_bytes(small)
            print(f"docs/pictures/{name}.png: {len(small):,} bytes")


if __name__ == "__main__":
    serve() if sys.argv[1:] == [SERVE] else main(sys.argv[1:])
