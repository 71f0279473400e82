"""The page on which a draft is merged with what was published meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from data.editions import Edition
from data.editions.changes import Change
from data.editions.edition import time_words
from data.editions.merge import Clash
from layouts.parts.attributes import aria
from layouts.parts.steward import create_changes, create_told
from layouts.static import Input

SHOWN_CLASHES = 200
SIDES = {"theirs": "As published meanwhile", "mine": "As in my draft"}


def create_merge_page(
    newest: Edition,
    theirs: Sequence[Change],
    clashes: Sequence[Clash],
    hidden: Sequence[Component],
    chosen: Mapping[str, str],
    told: str = "",
) -> Component:
    """Show what was published meanwhile, and ask whose side to take where both changed a cell.

    ``chosen`` are the choices made so far, by field: ``c0`` for the first clash, and so on;
    ``rest`` for all that have none of their own.
    """
    count = len(clashes)
    words = "Both changed different things, so all of it fits together."
    if count:
        changed = "1 place was" if count == 1 else f"{count:,} places were"
        words = f"{changed} changed by both. Choose whose words stand."
    fields = [_choice(f"c{i}", str(clash), clash, chosen)
              for i, clash in enumerate(clashes[:SHOWN_CLASHES])]  # fmt: skip
    rest = _choice("rest", "All without a choice of their own", None, chosen)
    return html.Div(
        [
            html.H1(f"Merge your draft with edition {newest.number}"),
            create_told(told),
            html.P(
                f"{newest.author} published it on {time_words(newest.at)}: “{newest.note}”.",
                className="lead-in",
            ),
            create_changes(theirs, mend=False, title="What changed meanwhile"),
            html.Section(
                [
                    html.H2("Together with yours"),
                    html.P(words),
                    html.Form(
                        [
                            *hidden,
                            *fields,
                            rest if count > 1 else None,
                            html.Button("Merge into my draft", className="ask main"),
                        ],
                        action="/steward/merge",
                        method="POST",
                        className="merge-form",
                    ),
                    html.P("Nothing is published yet.", className="soft"),
                ],
                className="panel wide",
            ),
            html.P(html.A("Back to the desk", href="/steward")),
        ],
        className="steward-page",
    )


def _choice(name: str, label: str, clash: Clash | None, chosen: Mapping[str, str]) -> Component:
    radios = []
    for side, words in SIDES.items():
        text = clash and (clash.theirs if side == "theirs" else clash.mine)
        shown = "" if clash is None else f": {'removed' if text is None else text or 'blank'}"
        box = Input(name=name, type="radio", value=side, checked=chosen.get(name) == side)
        radios.append(html.Label([box, html.Span(f"{words}{shown[:300]}")], className="check"))
    return html.Fieldset([html.Legend(label), *radios], className="clash", **aria(label=label))
