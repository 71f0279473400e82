"""The legend in words with counts, each entry choosing its counties; the credit of a measure."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.language import marked, say
from data.measures.layers import Layer
from layouts import ids
from layouts.parts.attributes import aria, dataset
from layouts.parts.terms import link_to_data

OUTLINES = {
    "lead-running": marked("Outlined: LEAD running"),
    "lead-perhaps": marked("Dashed: perhaps running"),
}
"""How LEAD stands over a map that is colored by something else."""


def create_legend(layer: Layer, *more: Component) -> Component:
    """Make the legend of a layer: swatch, words and number of counties by look, then ``more``."""
    found = layer.frame["look"].value_counts()
    entries = [
        html.Li(
            html.Button(
                [
                    html.Span(className="swatch", **dataset(look=look)),
                    html.Span(layer.legend[look]),
                    html.Span(
                        str(int(found.get(look, 0))), className="count", **dataset(count=look)
                    ),
                ],
                title=say("{look}. Choose these counties.", look=layer.words[look]),
                **dataset(action="choose", value=look),
            )
        )
        for look in layer.looks
    ]
    if layer.history:
        entries.insert(0, html.Li(layer.history["unit"], className="unit"))
        entries += [
            html.Li([html.Span(className=f"swatch {kind}"), say(words)], className="outlined")
            for kind, words in OUTLINES.items()
        ]
    entries += [html.Li(part, className="outlined as-table") for part in more]
    return html.Ul(entries, id=ids.LEGEND, **aria(label=say("Legend: counties by color")))


def create_credit(layer: Layer) -> Component | None:
    """Tell where a measure's figures are from and how they are classed; None for LEAD itself."""
    if not layer.history:
        return None
    trends = f"/trends?measure={layer.name}"
    return html.P(
        [
            layer.credit,
            " ",
            html.A(say("The file and how it was read"), href=f"{trends}#file"),
            "; ",
            html.A(say("this measure over time"), href=trends),
            ". ",
            say("Classes are natural breaks; a value on a bound belongs to the class below."),
            " ",
            link_to_data(say("How classes are made"), "classes"),
            "; ",
            link_to_data(say("what suppressed means"), "word-suppressed"),
            ".",
        ],
        className="note credit",
    )
