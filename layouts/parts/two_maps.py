"""The map of a day before and after a draft, side by side."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dash import html
from dash.development.base_component import Component

from data.dates import day_words
from data.language import say, say_many
from data.stewards.drafted import Looks, Review
from data.words import LEGEND_WORDS, LOOK_WORDS, LOOKS
from layouts.exports.use_maps import shapes_once, use_map
from layouts.parts.attributes import dataset
from layouts.static import Input, Static


def create_maps(review: Review, day: date, action: str = "") -> Component | None:
    """Draw the map of a day before and after a draft, and name the counties that look different.

    ``action``: the address at which another day can be asked for; blank where it cannot. There
    are no maps while the draft has problems.
    """
    if review.after is None:
        return None
    moved = review.moved
    return html.Section(
        [
            html.H2(say("The map before and after")),
            html.P(_moved_words(len(moved), len(review.after), day), className="lead-in"),
            _day_form(day, action) if action else None,
            Static("div", shapes_once(), {"className": "defs"}),
            html.Div(
                [
                    _map("before", say("Before"), review.before, review),
                    _map("after", say("After"), review.after, review),
                ],
                className="two-maps",
            ),
            _legend(review.before, review.after),
            html.Ul([html.Li(_moved(fips, review)) for fips in moved], className="changes"),
        ],
        className="panel wide",
        id="maps",
    )


def _moved_words(moved: int, counties: int, day: date) -> str:
    when = day_words(day)
    if not moved:
        return say("No county looks different on {day}.", day=when)
    return say_many(
        "{n} of {all} counties look different on {day}.",
        "{n} of {all} counties look different on {day}.",
        moved,
        all=counties,
        day=when,
    )


def _day_form(day: date, action: str) -> Component:
    box = Input(name="date", type="date", value=day.isoformat())
    name = html.Span("Day of the maps", className="field-name")
    return html.Form(
        [
            html.Label([name, box], className="field"),
            html.Button("Show this day", className="ask"),
        ],
        action=f"{action}#maps",
        method="GET",
        className="choices",
    )


def _map(key: str, name: str, looks: Looks, review: Review) -> Component:
    words = {fips: f"{review.names[fips]}: {say(LOOK_WORDS[look])}" for fips, look in looks.items()}
    shown = [fips for fips in review.moved if fips in looks]
    picture = use_map(looks, words, f"{name}: {_counted(looks)}.", moved=shown)
    return html.Figure(
        [
            html.Figcaption([html.Strong(name), html.Span(_counted(looks), className="soft")]),
            Static("div", picture, {"className": "use-box"}),
        ],
        **dataset(map=key),
    )


def _counted(looks: Looks) -> str:
    count = Counter(looks.values())
    return ", ".join(f"{say(LEGEND_WORDS[look])} {count[look]}" for look in LOOKS if count[look])


def _legend(*maps: Looks) -> Component:
    there = {look for looks in maps for look in looks.values()}
    return html.Ul(
        [
            html.Li([html.Span(className="swatch", **dataset(look=look)), say(LEGEND_WORDS[look])])
            for look in LOOKS
            if look in there
        ],
        className="service-legend",
    )


def _moved(fips: str, review: Review) -> str:
    was, now = (
        say(LEGEND_WORDS[looks[fips]]) if looks and fips in looks else say("not in the table")
        for looks in (review.before, review.after)
    )
    return say("{county}: {was} before, {now} after", county=review.names[fips], was=was, now=now)
