"""Loaded series told: what a file is, what was understood and dropped, and how to load one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.dates import days_words, edtf_words
from data.language import marked, say, say_number
from data.measures.cells import other_lengths
from data.measures.trend_words import period_notes
from data.series import CountySeries
from layouts.parts.attributes import in_english

WHAT_IT_SHOWS = marked(
    "Jail population and admissions, charges, arrests or overdoses per resident, county by county, "
    "before and after LEAD began, against the counties without LEAD, with what chance alone could "
    "have made of it."
)


def create_meanings(pairs: Iterable[tuple[str, str]]) -> Component:
    """List words, each with its meaning, and say both."""
    return html.Dl(
        [part for name, words in pairs for part in (html.Dt(say(name)), html.Dd(say(words)))]
    )


def create_no_series() -> Component:
    """Say what is missing, what it would show, and how to load it in one step."""
    return html.Section(
        [
            html.P(
                say(
                    "No county series is loaded, so there is nothing to show yet. Their publishers "
                    "do not allow them to be passed on, so none comes with the atlas."
                ),
                className="missing",
            ),
            html.P(say("With one, this page shows: {what}", what=say(WHAT_IT_SHOWS))),
            html.P(dcc.Link(say("Load a publisher's file"), href="/series", className="ask")),
            html.P(
                [
                    say("Or on the command line:"),
                    " ",
                    html.Code("python -m data load vera --download", **in_english()),
                    say(", which shows the license first."),
                ],
                className="soft",
            ),
        ],
        className="panel plain-page",
    )


def create_about_series(series: CountySeries) -> Component:
    """Tell where a loaded file is from, how it was read, and what was left out of it."""
    return html.Section(
        [
            html.H2(say("The file behind it")),
            create_series_facts(series),
            html.P(
                dcc.Link(say("All loaded files, and how to load or remove one"), href="/series")
            ),
        ],
        className="panel wide prose",
        id="file",
    )


def create_series_facts(series: CountySeries) -> Component:
    """Make the list of what is known of a loaded file."""
    return html.Dl(
        [
            *_fact(say("Title"), series.title, in_english()),
            *_fact(say("Publisher"), say(series.publisher), in_english(series.publisher)),
            *_fact(say("Address"), create_address(series.address), in_english()),
            *_fact(say("License"), say(series.license), in_english(series.license)),
            *_fact(say("Layout"), series.layout, in_english()),
            *_fact(say("Measures"), "; ".join(say(measure.label) for measure in series.measures)),
            *_fact(say("Counties"), say("{n} of 100", n=series.frame["fips"].nunique())),
            *_fact(say("Periods"), period_words(series)),
            *_fact(say("Values"), quality_counts(series)),
            *_fact(say("Left out"), _left_out(series)),
            *_fact(say("To know"), _listed(series.notes)),
            *_file(series),
            *_fact(say("Checksum"), f"sha256 {series.checksum}", in_english()),
        ],
        className="file-facts",
    )


def _fact(
    name: str, value: Component | str | None, attributes: dict[str, Any] | None = None
) -> list[Component]:
    return [html.Dt(name), html.Dd(value, **(attributes or {}))] if value else []


def _left_out(series: CountySeries) -> Component | None:
    """List the rows that were not read, and those that no trend or comparison will count."""
    unread = [html.Li(f"{why}: {n:,}", **in_english()) for why, n in series.dropped]
    uncounted = [html.Li(words) for words in period_notes(other_lengths(series), 0)]
    return html.Ul([*unread, *uncounted]) if unread or uncounted else None


def _listed(texts: Iterable[str]) -> Component | None:
    items = [html.Li(say(text), **in_english(text)) for text in texts]
    return html.Ul(items) if items else None


def _file(series: CountySeries) -> list[Component]:
    if not series.retrieved:
        return _fact(say("File"), series.file, in_english())
    words = say("{file}, loaded {day}", file=series.file, day=edtf_words(series.retrieved))
    return _fact(say("File"), words)


def period_words(series: CountySeries) -> str:
    """Say the first and last day of a series."""
    first, last = series.frame["period_start"].min(), series.frame["period_end"].max()
    return days_words(first.date(), last.date())


def quality_counts(series: CountySeries) -> str:
    """Count the values of a series by quality."""
    found = series.frame["quality"].value_counts()
    return ", ".join(
        say("{n} {quality}", n=say_number(number), quality=say(str(quality)))
        for quality, number in found.items()
    )


def create_series_list(loaded: Sequence[CountySeries], may_change: bool) -> Component:
    """List the loaded files, each with what is known of it and a button that removes it."""
    if not loaded:
        return html.P(say("No file is loaded."), className="missing")
    return html.Div([_entry(series, may_change) for series in loaded], className="files")


def _entry(series: CountySeries, may_change: bool) -> Component:
    remove = html.Form(
        html.Button(say("Remove “{title}”", title=series.title), className="ask"),
        action=f"/series/remove/{series.id}",
        method="POST",
    )
    first = series.key(series.measures[0].name)
    publisher, periods = say(series.publisher), period_words(series)
    return html.Article(
        [
            html.H3(series.title, **in_english()),
            html.P(
                [
                    say("{publisher}, {periods}.", publisher=publisher, periods=periods),
                    " ",
                    dcc.Link(say("Show the trends"), href=f"/trends?measure={first}"),
                ]
            ),
            html.Details([html.Summary(say("All about the file")), create_series_facts(series)]),
            remove if may_change else None,
        ],
        className="file",
    )


def create_address(address: str) -> Component | str:
    """Make a link of a web address; any other text stays text."""
    if not address.startswith(("http://", "https://")):
        return address
    return html.A(address, href=address, target="_blank", rel="noopener noreferrer")
