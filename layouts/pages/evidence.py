"""The findings page: what is said of LEAD, what is known of it, and what cannot be known."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from data.evidence.claims import STANDINGS, Claim, claims, figures, limits, summary
from data.facts import Facts
from data.language import marked, say, say_many
from data.words import within_sentence
from layouts.parts.attributes import aria
from layouts.parts.evidence import create_claim, create_claim_head, create_marks_legend
from layouts.parts.results import OUR_TERMS, quoted
from layouts.parts.sources import create_source_details
from layouts.parts.terms import create_terms, link_to_data, link_to_figures

SECTIONS = {
    "north-carolina": marked("North Carolina"),
    "costs": marked("Costs"),
    "elsewhere": marked("Other places"),
    "limits": marked("Standing limits"),
}
"""The page's sections, by id, as the links to them say."""
FOLDED = marked(
    "Open a figure for its interval, number of people, sources and doubts; open who says a claim "
    "for where it was said. All of it is printed."
)


def create_evidence_page(facts: Facts) -> Component:
    """Make the page: the answer, the marks, claims by place, costs, and the standing limits."""
    return html.Div(
        [
            html.H1(say("What is known of LEAD's results")),
            html.P(summary(facts), className="finding"),
            html.Nav(
                [html.A(say(words), href=f"#{name}") for name, words in SECTIONS.items()],
                className="jumps",
                **aria(label=say("On this page")),
            ),
            create_marks_legend(),
            html.P(say(FOLDED), className="note"),
            link_to_figures("outcomes"),
            create_terms(quoted(figures(facts)), *OUR_TERMS),
            _here(facts),
            _costs(facts),
            _elsewhere(facts),
            _limits(facts),
            _further(facts),
        ],
        className="evidence-page",
    )


def _no_cost(told: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in told if claim.topic != "cost"]


def _section(name: str, title: str, words: str, parts: list[Component]) -> Component:
    return html.Section(
        [html.H2(title), html.P(words), *parts], className="panel wide claims", id=name
    )


def _here(facts: Facts) -> Component:
    elsewhere = {claim.id: claim for claim in claims(facts, "elsewhere")}
    return _section(
        "north-carolina",
        say("What agencies report, and what is known in North Carolina"),
        say(
            "Each sentence in large type is a claim, not a finding. Beside it stands how well it "
            "is known from this state, and below it every figure that bears on it."
        ),
        [
            create_claim(
                facts,
                create_claim_head(facts, claim),
                [("", claim)],
                f"claim-{claim.id}",
                _pointer(elsewhere[claim.id]),
            )
            for claim in _no_cost(claims(facts, "nc"))
        ],
    )


def _pointer(claim: Claim) -> Component | None:
    """Point to what is known of a claim from other places."""
    if claim.standing == "none":
        return None
    known = within_sentence(say(STANDINGS[claim.standing]))
    return html.A(say("In other places: {known}", known=known), href=f"#elsewhere-{claim.id}")


def _costs(facts: Facts) -> Component:
    here = [claim for claim in claims(facts, "nc") if claim.topic == "cost"]
    others = {claim.id: claim for claim in claims(facts, "elsewhere")}
    return _section(
        "costs",
        say("Costs"),
        say(
            "A lower cost per person is a saving only where the money is no longer spent. Amounts "
            "are as their sources give them, in dollars of their own year."
        ),
        [
            create_claim(
                facts,
                create_claim_head(facts, claim),
                [(say("North Carolina"), claim), (say("Other places"), others[claim.id])],
                f"claim-{claim.id}",
            )
            for claim in here
        ],
    )


def _elsewhere(facts: Facts) -> Component:
    told = [claim for claim in _no_cost(claims(facts, "elsewhere")) if claim.standing != "none"]
    return _section(
        "elsewhere",
        say("Results from other places"),
        say(
            "The same claims, with the figures of programs in other states. What worked there "
            "need not work here: services, courts and the people referred differ."
        ),
        [
            create_claim(facts, [html.H3(claim.words)], [("", claim)], f"elsewhere-{claim.id}")
            for claim in told
        ],
    )


def _limits(facts: Facts) -> Component:
    items = [
        html.Li(
            [
                html.H3(limit.title),
                html.P(limit.words),
                link_to_data(say("How this was simulated"), limit.method) if limit.method else None,
                create_source_details(facts, limit.sources) if limit.sources else None,
            ]
        )
        for limit in limits(facts)
    ]
    return html.Section(
        [
            html.H2(say("What the figures cannot tell")),
            html.P(say("These limits stand whatever a figure says.")),
            html.Ol(items, className="standing-limits"),
        ],
        className="panel wide",
        id="limits",
    )


def _further(facts: Facts) -> Component:
    other = int((facts.outcomes["is_lead"] != "yes").sum())
    return html.Section(
        [
            html.H2(say("Take the figures")),
            html.P(
                [
                    html.A(
                        say("All tables with their dictionary (ZIP)"), href="/download/data.zip"
                    ),
                    ": ",
                    say(
                        "claims.csv holds the claims, outcomes.csv the figures, and its column "
                        "bears_on ties them."
                    ),
                    " ",
                    link_to_data(say("Grades"), "grades"),
                    ", ",
                    link_to_data(say("intervals"), "intervals"),
                    ", ",
                    link_to_data(say("sources"), "sources"),
                    " ",
                    say("and"),
                    " ",
                    link_to_data(say("words"), "words"),
                    " ",
                    say("are on the page of data and methods."),
                    " ",
                    say_many(
                        "{n} more figure is on a scheme that is not LEAD; it stands",
                        "{n} more figures are on schemes that are not LEAD; they stand",
                        other,
                    ),
                    " ",
                    dcc.Link(say("below the map"), href="/"),
                    ".",
                ]
            ),
        ],
        className="panel wide",
    )
