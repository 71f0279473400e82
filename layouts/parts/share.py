"""Share: the link, the frame for another page, the citation, and everything to take away."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.language import marked, say, say_all
from layouts.parts.attributes import dataset
from layouts.parts.forms import create_select

FILES = {
    "slides.pptx": marked("Slides (PPTX), counties as editable shapes"),
    "atlas.html": marked("The atlas in one file, for no network (HTML)"),
    "data.zip": marked("All tables with their dictionary (ZIP)"),
    "data.xlsx": marked("All tables (XLSX)"),
    "citation.txt": marked("How to cite this view"),
    "citation.bib": marked("The same as BibTeX"),
}
"""What can be taken away, by the file's name under ``/download/``."""

PANELS = {
    "map": marked("Map"),
    "adoption": marked("How LEAD spread"),
    "results": marked("Published results"),
    "reach": marked("People reached"),
    "context": marked("Context"),
}
SIZES = {"slide": marked("Slide"), "web": marked("Web"), "print": marked("Print")}


def create_share() -> Component:
    """Make the fold of the header that shares the view; the browser fills in the address."""
    files = [
        html.Li(html.A(say(words), href=f"/download/{name}", **dataset(download=name)))
        for name, words in FILES.items()
    ]
    return html.Details(
        [
            html.Summary(say("Share")),
            html.Div(
                [
                    _copied("link", say("Link to this view")),
                    _copied("embed", say("Frame for another page")),
                    html.H3(say("Take away")),
                    html.Ul(files),
                    _pictures(),
                    html.P(role="status", className="copied"),
                ],
                className="share-box",
            ),
        ],
        className="share",
    )


def _pictures() -> Component:
    """Make the choice of a panel and a size, and the buttons for the two kinds of picture."""
    return html.Div(
        [
            html.H3(say("A picture")),
            create_select("panel", say("Panel"), say_all(PANELS), "map"),
            create_select("size", say("Size"), say_all(SIZES), "slide"),
            html.Button("SVG", **dataset(action="picture", value="svg")),
            html.Button("PNG", **dataset(action="picture", value="png")),
        ],
        className="pictures",
    )


def _copied(kind: str, label: str) -> Component:
    return html.Div(
        [
            html.H3(label),
            html.Code(**dataset(share=kind)),
            html.Button(say("Copy"), **dataset(action="copy", value=kind)),
        ],
        className="shared",
    )
