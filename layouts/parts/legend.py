"""The legend in words with counts; each entry chooses its counties."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import LEGEND_WORDS, LOOK_WORDS, LOOKS
from layouts import ids
from layouts.parts.attributes import aria, dataset


def create_legend(frame: pd.DataFrame) -> Component:
    """Make the legend of a ``county_frame``: swatch, words and number of counties by look."""
    found = frame["look"].value_counts()
    entries = [
        html.Li(
            html.Button(
                [
                    html.Span(className="swatch", **dataset(look=look)),
                    html.Span(LEGEND_WORDS[look]),
                    html.Span(
                        str(int(found.get(look, 0))), className="count", **dataset(count=look)
                    ),
                ],
                title=f"{LOOK_WORDS[look]}. Choose these counties.",
                **dataset(action="choose", value=look),
            )
        )
        for look in LOOKS
    ]
    return html.Ul(entries, id=ids.LEGEND, **aria(label="Legend: counties by status"))
