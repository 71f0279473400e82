"""Share: the link, the frame for another page, the citation, and everything to take away."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.parts.attributes import aria, dataset
from layouts.parts.forms import create_select

FILES = {
    "slides.pptx": "Slides (PPTX), counties as editable shapes",
    "atlas.html": "The atlas in one file, for no network (HTML)",
    "data.zip": "All tables with their dictionary (ZIP)",
    "data.xlsx": "All tables (XLSX)",
    "citation.txt": "How to cite this view",
    "citation.bib": "The same as BibTeX",
}
"""What can be taken away, by the file's name under ``/download/``."""

PANELS = {
    "map": "Map",
    "adoption": "How LEAD spread",
    "results": "Published results",
    "reach": "People reached",
    "context": "Context",
}
SIZES = {"slide": "Slide", "web": "Web", "print": "Print"}


def create_share() -> Component:
    """Make the fold of the header that shares the view; the browser fills in the address."""
    files = [
        html.Li(html.A(words, href=f"/download/{name}", **dataset(download=name)))
        for name, words in FILES.items()
    ]
    return html.Details(
        [
            html.Summary("Share"),
            html.Div(
                [
                    _copied("link", "Link to this view"),
                    _copied("embed", "Frame for another page"),
                    html.H3("Take away"),
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
            html.H3("A picture"),
            create_select("panel", "Panel", PANELS, "map"),
            create_select("size", "Size", SIZES, "slide"),
            html.Button("SVG", **dataset(action="picture", value="svg")),
            html.Button("PNG", **dataset(action="picture", value="png")),
        ],
        className="pictures",
    )


def _copied(kind: str, label: str) -> Component:
    return html.Div(
        [
            html.H3(label),
            html.Output(**dataset(share=kind), **aria(label=label)),
            html.Button("Copy", **dataset(action="copy", value=kind)),
        ],
        className="shared",
    )
