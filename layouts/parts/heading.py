"""The answer first: the sentence of the view, the notices and the county filter."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from data.facts import Facts
from data.glossary import WHAT_IS_LEAD
from data.language import say
from data.measures.layers import Layer
from layouts import ids
from layouts.address import View
from layouts.parts.terms import link_to_data


def create_heading(facts: Facts, view: View, layer: Layer) -> Component:
    """Make the page's head: question, answer, names, and the search for counties."""
    options = [
        {"value": fips, "label": name}
        for fips, name in sorted(facts.county_names.items(), key=lambda item: item[1])
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.H1(layer.headline + ".", id=ids.HEADLINE),
                    html.P(layer.detail, id=ids.DETAIL),
                    html.P(" ".join(view.notices), id=ids.NOTICE, role="status"),
                ],
                className="answer",
            ),
            html.Div(
                [
                    dmc.MultiSelect(
                        id=ids.COUNTIES,
                        data=options,
                        value=list(view.chosen),
                        label=say("Find counties"),
                        placeholder=say("Type a name, or click map or legend"),
                        searchable=True,
                        clearable=True,
                        nothingFoundMessage=say("No county of that name"),
                        clearButtonProps={
                            "aria-label": say("Clear all chosen counties"),
                            "aria-hidden": False,
                            "tabIndex": 0,
                        },
                        hidePickedOptions=True,
                    ),
                    html.Details(
                        [
                            html.Summary(say("What is LEAD, and how is it counted?")),
                            html.P(say(WHAT_IS_LEAD)),
                            html.P(
                                link_to_data(say("How the status of a county is told"), "status")
                            ),
                        ]
                    ),
                ],
                className="finder",
            ),
        ],
        className="heading",
    )
