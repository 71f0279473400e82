"""The frame around every page: header, footer and the place where pages appear."""

from __future__ import annotations

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from data.citation import TITLE
from data.editions.folder import State
from data.facts import Facts
from data.glossary import WHAT_IS_LEAD
from data.language import LANGUAGES, language, marked, say
from layouts import ids
from layouts.address import in_language
from layouts.parts.attributes import aria, dataset
from layouts.parts.share import create_share
from layouts.parts.terms import link_to_data
from layouts.static import local_links
from layouts.theme import mantine_theme

LINKED = {
    "/": marked("Map"),
    "/partnerships": marked("Partnerships"),
    "/trends": marked("County trends"),
    "/evidence": marked("Evidence"),
    "/data": marked("Data and methods"),
}
"""The pages that every page links to, by address: the words of the link."""


def titled(page: Component, path: str = "") -> Component:
    """Give a page, which is changed, with the title of its window as ``data-title`` on its root."""
    setattr(page, "data-title", _title(page, path))
    return page


def title_of(page: Component) -> str:
    """Read the title of its window from the root of a page that was ``titled``."""
    props = page.to_plotly_json()["props"]
    return str(props.get("props", props)["data-title"])  # those of an element with ready HTML


def _title(page: Component, path: str) -> str:
    """Name a page as the link to it does, else by its heading; the first page is the atlas."""
    name = say(LINKED[path]) if path in LINKED else _heading(page)
    return " – ".join([*([name] if path != "/" else []), say(TITLE)])


def _heading(page: Component) -> str:
    (heading,) = (part.children for part in page._traverse() if isinstance(part, html.H1))
    return str(heading).removesuffix(".")


def create_shell(
    facts: Facts,
    page: Component | None = None,
    stewards: bool = False,
    state: State | None = None,
    languages: Sequence[Component] = (),
    path: str = "",
) -> Component:
    """Make what stays while pages change, around a page or the place for one.

    ``languages`` are links to the page in other languages; ``path`` is the page's own.
    """
    shell = dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            html.A(say("Skip to the content"), href="#page", className="skip"),
            create_header(facts, state, languages, path),
            create_notices(state),
            create_spoken(),
            html.Main(page, id=ids.PAGE, tabIndex=-1),
            create_footer(facts, stewards),
        ],
        id=ids.PROVIDER,
        theme=mantine_theme(),
        defaultColorScheme="auto",
    )
    local_links(shell)
    return shell


def create_spoken() -> Component:
    """Make the place where scripts say to listeners what has changed on the page."""
    return html.P(id=ids.SPOKEN, className="only-spoken", **aria(live="polite"))


def create_notices(state: State | None) -> Component | None:
    """Say above every page what a reader should know of the edition, if there is anything."""
    if state is None or not state.notices:
        return None
    return html.P(" ".join(state.notices), className="notices", role="status")


def create_header(
    facts: Facts,
    state: State | None = None,
    languages: Sequence[Component] = (),
    path: str = "",
) -> Component:
    """Make the header: title, pages, the day and edition, languages, the switch to dark."""
    return html.Header(
        [
            dcc.Link(say(TITLE), href="/", className="title"),
            create_pages(path),
            html.P(
                [
                    html.Span(className="day-words"),
                    link_to_data(edition_name(facts, state), "edition"),
                ],
                className="stamp",
                title=say(
                    "The edition is the set of tables that everything on the page is made from. "
                    "Its checksum begins with {edition}.",
                    edition=facts.edition,
                ),
            ),
            html.A(say("Present"), href="/present", className="carry", **dataset(carry="yes")),
            create_share(),
            *languages,
            html.Button(
                say("Light or dark"),
                id=ids.THEME,
                title=say("Switch between a light and a dark page"),
                **dataset(action="theme"),
            ),
        ],
        className="top",
    )


def create_languages(search: str) -> list[Component]:
    """Make the links to this page in the other languages, with the query it was asked with.

    The browser keeps them at the view that is shown, which may have moved since.
    """
    return [
        html.A(
            name,
            href=f"?{in_language(search, word)}",
            lang=word,
            className="speak",
            **dataset(speak=word),
        )
        for word, name in LANGUAGES.items()
        if word != language()
    ]


def create_pages(path: str = "") -> Component:
    """Make the part of a header that holds the links to pages; ``path`` is the page shown."""
    return html.Nav(create_links(path), **aria(label=say("Pages")))


def create_links(path: str = "") -> list[Component]:
    """Make the links to the pages that every page links to, the page shown marked as such."""
    return [
        html.A(say(words), href=address, **aria(current="page"))  # Dash's own link takes no aria
        if address == path
        else dcc.Link(say(words), href=address)
        for address, words in LINKED.items()
    ]


def edition_name(facts: Facts, state: State | None) -> str:
    """Name the edition by its number, else by its checksum."""
    number = state.number if state else None
    return say("Edition {edition}", edition=number or facts.edition)


def create_footer(facts: Facts, stewards: bool = False) -> Component:
    """Make the footer: what LEAD is, the edition, sources, methods and licenses.

    ``stewards``: there are people who publish editions, and this is their way in.
    """
    return html.Footer(
        [
            html.P(say(WHAT_IS_LEAD)),
            html.P(
                [
                    link_to_data(say("Edition {edition}", edition=facts.edition), "edition"),
                    say(
                        ". {n} sources; every published figure names its own. No program found "
                        "does not mean no program. ",
                        n=len(facts.sources),
                    ),
                    link_to_data(say("Sources"), "sources"),
                    ", ",
                    link_to_data(say("Methods"), "methods"),
                    ", ",
                    link_to_data(say("Words"), "words"),
                    ", ",
                    dcc.Link(say("Downloads"), href="/data"),
                    say(
                        ". Facts are cited from their publishers, whose rights remain theirs; "
                        "county shapes and population are public domain (US Census Bureau); the "
                        "software is under the MIT license."
                    ),
                ]
            ),
            html.P(html.A(say("For stewards"), href="/steward")) if stewards else None,
        ],
        className="bottom",
    )
