"""The legend in words with counts; each entry chooses its counties."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.language import marked, say
from data.measures.layers import LEAD, Layer
from layouts import ids
from layouts.parts.attributes import aria, dataset

OUTLINES = {
    "lead-running": marked("Outlined: LEAD running"),
    "lead-perhaps": marked("Dashed: perhaps running"),
}
"""How LEAD stands over a map that is colored by something else."""


def create_legend(layer: Layer) -> Component:
    """Make the legend of a layer: swatch, words and number of counties by look."""
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
    if layer.name != LEAD:
        entries += [
            html.Li([html.Span(className=f"swatch {kind}"), say(words)], className="outlined")
            for kind, words in OUTLINES.items()
        ]
    return html.Ul(entries, id=ids.LEGEND, **aria(label=say("Legend: counties by color")))
