"""What next: one county's place on the path of intercepts, and the steps it could take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from dash import dcc, html
from dash.development.base_component import Component

from data.facts import Facts
from data.frame import county_frame
from data.language import ENGLISH, marked, say, speaking
from data.services.plan import Line, Plan, plan
from data.services.readiness import RULE, SETTLED, Step, all_steps
from data.services.similar import RULE as SIMILAR_RULE
from data.services.similar import similar
from data.services.situation import situation
from data.services.words import SERVICE_LOOKS
from data.words import LOOK_WORDS
from geo import neighbors
from layouts import ids
from layouts.address import View
from layouts.exports.use_maps import shapes_once, use_map
from layouts.parts.attributes import dataset
from layouts.parts.forms import create_entry, create_live_form
from layouts.parts.plan import (
    create_line,
    create_path,
    create_questions,
    create_similar,
    create_situation,
    create_steps,
)
from layouts.parts.services import create_legend
from layouts.parts.sources import create_source_details, create_source_links
from layouts.parts.terms import create_terms, link_to_table
from layouts.static import Input, Static

MODEL = marked(
    "The Sequential Intercept Model is the path of a person through the justice system, with the "
    "points at which help can take the place of an arrest or a jail stay."
)
PRIVATE = marked(
    "Your answers stay in this browser and in the file that you save. They are sent only when you "
    "ask for slides, and are not kept."
)


def create_next_page(facts: Facts, fips: str, view: View, today: date) -> Component:
    """Make the page of a county for a day."""
    near = neighbors()[fips]
    made = plan(facts, fips, view.day, near)
    steps = all_steps(facts, fips, view.day, near)
    lead, residents, *rest = made.situation
    return html.Div(
        [
            html.H1(say("What next in {county} County?", county=made.county)),
            html.Div(
                [
                    html.Div(
                        [
                            html.P(f"{lead.words} {residents.words}", className="finding"),
                            _known_from(facts, lead, residents),
                            html.P(" ".join(view.notices), id=ids.NOTICE, role="status"),
                            _tools(facts, fips, view, today),
                        ]
                    ),
                    _place(facts, fips, view.day),
                ],
                className="where-it-is",
            ),
            html.Section(
                [
                    html.H2(say("Next three steps")),
                    html.P(made.answered, className="answered", role="status"),
                    create_steps(facts, made, steps),
                    _how(),
                    create_terms(_english(facts, fips, view.day, near)),
                ],
                className="panel wide",
            ),
            html.Section(
                [
                    html.H2(say("On the path from the street to release")),
                    html.P(say(MODEL), className="soft"),
                    create_path(facts, situation(facts, fips, view.day)),
                    create_legend(SERVICE_LOOKS),
                ],
                className="panel wide not-printed",
            ),
            html.Section(
                [html.H2(say("What the sources show here")), create_situation(facts, rest)],
                className="panel wide",
            ),
            _questions(made, steps),
            html.Section(
                [
                    html.H2(say("Counties like this one")),
                    html.P(say(SIMILAR_RULE), className="soft"),
                    create_similar(facts, similar(facts, fips, view.day, near)),
                ],
                className="panel wide not-printed",
            ),
            html.Section(
                [
                    html.H2(say("Doubts, notes and sources")),
                    html.Ul(
                        [html.Li(create_line(line)) for line in made.doubts], className="doubts"
                    ),
                    create_source_links(facts, "; ".join(made.sources)),
                ],
                className="panel wide doubts-panel",
            ),
        ],
        className="next-page",
        **dataset(query=view.query(today)),
    )


@lru_cache(maxsize=128)
def _english(facts: Facts, fips: str, day: date, near: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words of the page in which terms may stand, in English: so they are found."""
    with speaking(ENGLISH):
        return tuple(_told(plan(facts, fips, day, near), all_steps(facts, fips, day, near)))


def _told(made: Plan, steps: list[Step]) -> Iterator[str]:
    for step in steps:
        yield from (step.question, step.first_step, step.why, step.who_to_ask)
        yield from (example.words for example in step.examples)
    yield from (str(line) for line in (*made.situation, *made.doubts))


def _known_from(facts: Facts, lead: Line, residents: Line) -> Component:
    """Lead from what is said first to its sources, and to the table that has the residents."""
    table = link_to_table(say("Residents of every county by year (CSV)"), "population")
    sources = create_source_details(facts, "; ".join((*lead.sources, *residents.sources)))
    return html.Div([table, sources])


def _place(facts: Facts, fips: str, day: date) -> Component:
    """Show where the county lies among those with LEAD on the day."""
    frame = county_frame(facts, day)
    looks = dict(zip(frame["fips"], frame["look"], strict=True))
    words = {row.fips: f"{row.county}: {say(LOOK_WORDS[row.look])}" for row in frame.itertuples()}
    label = say(
        "Map: {county} County, outlined, and the counties with LEAD.",
        county=facts.county_names[fips],
    )
    drawn = shapes_once() + use_map(looks, words, label, chosen=fips)
    return Static("div", drawn, {"className": "use-box"})


def _tools(facts: Facts, fips: str, view: View, today: date) -> Component:
    carried = {"fips": fips, "date": view.day.isoformat(), "answers": ""}
    return html.Div(
        [
            create_live_form(
                [create_entry("date", say("As of"), view.day.isoformat(), type="date")],
                f"/next/{fips}",
                say("Show"),
            ),
            html.Button(say("Print this plan"), className="ask", **dataset(action="print")),
            html.Form(
                [
                    *[
                        Input(name=name, type="hidden", value=text)
                        for name, text in carried.items()
                    ],
                    html.Button(say("Slides (PPTX)"), className="ask"),
                ],
                action="/download/plan.pptx",
                method="POST",
                **dataset(plan_slides=fips),
            ),
            dcc.Link(
                say("Programs and trends of this county"),
                href=f"/county/{fips}?{view.query(today)}".rstrip("?"),
            ),
        ],
        className="plan-tools",
    )


def _how() -> Component:
    return html.Details(
        [
            html.Summary(say("How these three are chosen")),
            html.P(say(RULE)),
            html.P(say(SETTLED)),
        ]
    )


def _questions(made: Plan, steps: list[Step]) -> Component:
    return html.Section(
        [
            html.H2(say("Is the county ready? Answer what you know")),
            html.P(say(PRIVATE)),
            _keeping(),
            create_questions(made, steps),
        ],
        className="panel wide not-printed",
    )


def _keeping() -> Component:
    """Make what saves, opens and clears the answers."""
    file = Input(type="file", accept=".json", name="saved")
    return html.Div(
        [
            html.Button(say("Save answers to a file"), className="ask", **dataset(action="save")),
            html.Label([say("Open a saved file") + " ", file], className="ask open-file"),
            html.Button(say("Clear all answers"), className="ask", **dataset(action="clear")),
            html.P("", className="plan-told", role="status"),
        ],
        className="plan-tools",
    )
