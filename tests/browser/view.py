"""What a reader sees of the map page on a day, and what the server's download says of that day."""

import csv
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from time import monotonic
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Error, Frame, Page, TimeoutError, expect

from data.dates import day_words, today
from data.words import LOOK_WORDS, LOOKS

SLIDE_DAY = date(2019, 8, 31)

# A page stands once nothing of the first paint is left, a map once plotly has drawn each county.
PAGE_STANDS = """() => !document.getElementById("first-paint") &&
  document.querySelectorAll("h1").length === 1"""
MAP_STANDS = f"""() => ({PAGE_STANDS})() &&
  document.querySelectorAll("#map path.choroplethlocation[data-look]").length === 100"""

# Playwright's own waiting evaluates a string at each frame, which the policy of our pages forbids;
# this one evaluates once, and looks at each frame.
AT_EACH_FRAME = """([arg, most]) => new Promise((resolve) => {
  const wanted = (%s);
  const end = performance.now() + most;
  const look = () => {
    if (wanted(arg)) resolve(true);
    else if (performance.now() > end) resolve(false);
    else requestAnimationFrame(look);
  };
  look();
})"""

SEE = """(looks) => {
  const text = (selector) => document.querySelector(selector).textContent;
  const each = (selector, pair) =>
    Object.fromEntries([...document.querySelectorAll(selector)].map(pair));
  const slider = document.getElementById("month");
  const trace = document.querySelector("#map .js-plotly-plot").data[0];
  const counties = "#map path.choroplethlocation";
  const words = (label) => label.slice(label.indexOf(". ") + 2);
  return {
    address: new URL(window.location).searchParams.get("date"),
    box: document.getElementById("date").value,
    heading: text("#headline"),
    legend: each("#legend [data-count]", (n) => [n.dataset.count, Number(n.textContent)]),
    map: each(counties, (path) => [path.dataset.fips, path.dataset.look]),
    map_words: each(counties, (n) => [n.dataset.fips, words(n.getAttribute("aria-label"))]),
    months_back: Number(slider.max) - Number(slider.value),
    plotly: Object.fromEntries(trace.locations.map((fips, place) => [fips, looks[trace.z[place]]])),
    slider_words: slider.getAttribute("aria-valuetext"),
    table: each("#county-table tr[data-fips]", (row) =>
      [row.dataset.fips, row.querySelector(".swatch").dataset.look]),
    table_words: each("#county-table tr[data-fips]", (row) =>
      [row.dataset.fips, row.querySelector(".status").textContent]),
    downloads: each("#table a[href*='/download/']", (link) =>
      [new URL(link.href).searchParams.get("date"), true]),
  };
}"""

# Agreement must last for some frames, of which every fourth is looked at: a late answer must not
# turn the page back.
RESTS = f"""([looks, wanted]) => {{
  const flat = (value) => value && typeof value === "object"
    ? JSON.stringify(Object.entries(value).sort().map(([key, part]) => [key, flat(part)]))
    : String(value);
  window.framesSeen += 1;
  if (window.framesSeen % 4) return false;
  const agrees = flat(({SEE})(looks)) === flat(wanted);
  window.looksAtRest = agrees ? window.looksAtRest + 1 : 0;
  return window.looksAtRest > 3;
}}"""


@dataclass(frozen=True)
class Told:
    """What the server's CSV says of a day: the look of each county, and the counts."""

    day: date
    looks: dict[str, str]
    low: int
    high: int

    @property
    def heading(self) -> str:
        if not self.high:
            return f"On {day_words(self.day)}, LEAD was found running in none of 100 counties."
        perhaps = f", perhaps {self.high}" if self.high > self.low else ""
        low = self.low or "none"
        return f"On {day_words(self.day)}, {low} of 100 counties had LEAD{perhaps}."

    @property
    def legend(self) -> dict[str, int]:
        found = Counter(self.looks.values())
        return {look: found[look] for look in LOOKS}

    def seen(self) -> dict[str, Any]:
        """Give what ``see`` must find when the page rests at this day."""
        words = {fips: LOOK_WORDS[look] for fips, look in self.looks.items()}
        now = today()
        return {
            "address": None if self.day == now else self.day.isoformat(),
            "box": day_words(self.day),
            "heading": self.heading,
            "legend": self.legend,
            "map": self.looks,
            "map_words": words,
            "months_back": 12 * (now.year - self.day.year) + now.month - self.day.month,
            "plotly": self.looks,
            "slider_words": day_words(self.day),
            "table": self.looks,
            "table_words": words,
            "downloads": {self.day.isoformat(): True},
        }


@lru_cache(maxsize=512)
def told(server: str, day: date) -> Told:
    """Ask the server what it says of a day."""
    with urlopen(f"{server}/download/adoption.csv?date={day}", timeout=20) as response:
        rows = list(csv.DictReader(response.read().decode("utf-8").splitlines()))
    statuses = Counter(row["status"] for row in rows)
    return Told(
        day,
        {r["fips"]: "unconfirmed" if r["unconfirmed"] == "yes" else r["status"] for r in rows},
        statuses["running"],
        statuses["running"] + statuses["perhaps"],
    )


def wait_for(page: Page | Frame, wanted: str, arg: Any = None, timeout: float = 30_000) -> None:
    """Wait until a JavaScript function of ``arg``, or an expression, is true; also over a reload.

    ``timeout``: in ms, after which it raises TimeoutError.
    """
    script = AT_EACH_FRAME % (wanted if "=>" in wanted else f"() => {wanted}")
    end = monotonic() + timeout / 1000
    while (left := end - monotonic()) > 0:
        try:
            if page.evaluate(script, [arg, left * 1000]):
                return
        except Error as error:
            # The page was left for another; a script that fails is told.
            if "context was destroyed" not in error.message and "navigat" not in error.message:
                raise
    raise TimeoutError(f"Not within {timeout:.0f} ms: {wanted}")


def open_map(page: Page, address: str) -> None:
    """Go to a map page and wait until it stands."""
    page.goto(address)
    wait_for(page, MAP_STANDS)


def open_page(page: Page, address: str) -> None:
    """Go to any page and wait until it stands."""
    page.goto(address)
    is_map = page.evaluate("window.location.pathname === '/'")
    wait_for(page, MAP_STANDS if is_map else PAGE_STANDS)


def see(page: Page) -> dict[str, Any]:
    """Read everything on the map page that tells the day or a status on it."""
    return page.evaluate(SEE, list(LOOKS))


def assert_rests(page: Page, wanted: Told) -> None:
    """Wait until the whole page agrees with what was told, and say where it does not."""
    wait_for(page, MAP_STANDS)
    page.evaluate("window.framesSeen = window.looksAtRest = 0")
    with suppress(TimeoutError):
        wait_for(page, RESTS, arg=[list(LOOKS), wanted.seen()], timeout=8000)
    wrong = differences(see(page), wanted.seen())
    assert not wrong, f"At {wanted.day} these parts show (shown, told): {wrong}"


def differences(shown: Any, wanted: Any) -> Any:
    """Give only what differs, as pairs of shown and wanted."""
    if isinstance(shown, dict) and isinstance(wanted, dict):
        names = [name for name in shown | wanted if shown.get(name) != wanted.get(name)]
        return {name: differences(shown.get(name), wanted.get(name)) for name in names}
    return None if shown == wanted else (shown, wanted)


CHOSEN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const counties = all("#map path.choroplethlocation");
  const outlines = new Set(all(".outlines .chosen").map((path) => path.getAttribute("d")));
  return {
    address: (new URL(window.location).searchParams.get("counties") || "").split(",").sort(),
    cards: all("#side article h2").map((node) => node.textContent).sort(),
    outlined: counties.filter((path) => outlines.has(path.getAttribute("d")))
      .map((path) => path.dataset.fips).sort(),
    pressed: counties.filter((path) => path.getAttribute("aria-pressed") === "true")
      .map((path) => path.dataset.fips).sort(),
    rows: all("#county-table tr.chosen").map((row) => row.dataset.fips).sort(),
    trends: all("#side h2").find((node) => !node.closest("article")).textContent,
  };
}"""
CARDS_AT_MOST = 6


def assert_chosen(page: Page, names: dict[str, str], address: bool = True) -> None:
    """Wait until all that follows the chosen counties (names by FIPS code) shows just these."""
    codes = sorted(names)
    trends = "How LEAD spread"
    if names:
        trends += f": {names[codes[0]] if len(codes) == 1 else f'the {len(codes)} chosen'}"
    wanted = {
        "address": codes or [""],
        "cards": sorted(f"{name} County" for name in names.values()),
        "outlined": codes,
        "pressed": codes,
        "rows": codes,
        "trends": trends,
    }
    if len(codes) > CARDS_AT_MOST:
        expect(page.locator("#side article")).to_have_count(CARDS_AT_MOST)
        expect(page.locator("#side")).to_contain_text(f"and {len(codes) - CARDS_AT_MOST} more")
        del wanted["cards"]
    if not address:
        del wanted["address"]
    with suppress(TimeoutError):
        wait_for(
            page,
            f"(wanted) => {{ const seen = ({CHOSEN})(); return Object.entries(wanted).every("
            "([part, value]) => JSON.stringify(seen[part]) === JSON.stringify(value)); }",
            arg=wanted,
            timeout=8000,
        )
    seen = page.evaluate(CHOSEN)
    wrong = differences({part: seen[part] for part in wanted}, wanted)
    assert not wrong, f"These parts show (shown, told): {wrong}"


def shown_day(page: Page) -> date:
    """Read the day the slider stands at."""
    words = page.locator("#month").get_attribute("aria-valuetext") or ""
    return parse_day(words)


def parse_day(words: str) -> date:
    """Read ``31 August 2019``."""
    return datetime.strptime(words, "%d %B %Y").date()


def month_end(day: date) -> date:
    """Give the last day of a day's month, or today when that is still to come."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return min(following - timedelta(days=1), today())
