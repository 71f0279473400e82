"""One county told: its status on the day, its programs, its figures beside the state's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data.adoption import population_row, residents
from data.dates import edtf_words
from data.evidence.reach import reach
from data.facts import Facts
from data.language import say, say_number
from data.services.known import service_frame, services, tallies
from data.services.words import Tally
from data.words import LOOK_WORDS, LOOKS, joined
from layouts.partner_address import PartnerView
from layouts.parts.attributes import dataset, fact
from layouts.parts.services import create_look
from layouts.parts.sources import create_source_details, create_source_names
from layouts.parts.tables import create_scroll, create_sorted_table, create_table
from layouts.parts.terms import link_to_data


def create_county_card(facts: Facts, row: Any) -> Component:
    """Make the card of a ``county_frame`` row: name, status on the day, programs, other schemes."""
    programs = [
        program
        for rows in (facts.lead, facts.other_schemes)
        for program in rows[rows["fips"] == row.fips].itertuples()
    ]
    name = say("{county} County", county=row.county)
    return html.Article(
        [
            html.H2(dcc.Link(name, href=f"/county/{row.fips}")),
            create_live_status(row),
            html.P(className="measured", **dataset(value_of=row.fips)),
            *[create_program(facts, program) for program in programs],
            None
            if programs
            else html.P(
                say("Nothing was found in the sources; that does not prove there is no program."),
                className="missing",
            ),
            html.P(dcc.Link(say("Partners here, and what next"), href=f"/next/{row.fips}")),
        ],
        className="card",
    )


def create_live_status(row: Any) -> Component:
    """Make the line that tells the county's status and follows the day."""
    return html.P(
        [
            html.Span(className="swatch", **dataset(look=row.look, look_of=row.fips)),
            html.Span(say(LOOK_WORDS[row.look]), **dataset(words_of=row.fips)),
        ],
        className="status",
    )


def create_program(facts: Facts, program: Any) -> Component:
    """Tell one row of the adoption table: agency, scope, dates as known, doubts and sources."""
    counted = program.is_lead == "yes"
    other = say("Other scheme, not counted as LEAD.")
    unseen = say("never, by a dated source") if counted else ""
    facts_told = [
        (say("Starts") if counted else say("Began"), program.start or "", say("not found")),
        (say("Ended"), program.end, ""),
        (say("Announced"), program.planned, ""),
        (say("Last confirmed"), program.last_confirmed, unseen),
    ]
    return html.Div(
        [
            html.P([html.Strong(fact(program.agency)), html.Br(), fact(program.scope)]),
            None if counted else html.P(other, className="other"),
            html.Dl(
                [
                    part
                    for term, text, missing in facts_told
                    if text or missing
                    for part in (html.Dt(term), html.Dd(edtf_words(text) if text else missing))
                ]
            ),
            html.Details(
                [
                    html.Summary(say("What is and is not known")),
                    html.P(fact(program.note), className="note"),
                ]
            )
            if program.note
            else None,
            create_source_details(facts, program.sources),
        ],
        className="program",
    )


def create_county_figures(facts: Facts, fips: str, day: date) -> Component:
    """Tell the county's residents beside the state's, and the newest count of people in LEAD."""
    told = [(link_to_data(say("Residents"), "residents"), _residents(facts, fips, day))]
    if (facts.lead["fips"] == fips).any():
        told.append((html.A(say("People reached"), href="#reach"), _reached(facts, fips, day)))
    return html.Dl(
        [part for term, said in told for part in (html.Dt(term), html.Dd(said))],
        className="county-figures",
    )


def _residents(facts: Facts, fips: str, day: date) -> list[Any]:
    row = population_row(facts, fips, day)
    words = say(
        "{number} in {year}, of {total} in the state",
        number=say_number(int(row["residents"])),
        year=row["year"],
        total=say_number(int(residents(facts)[int(row["year"])].sum())),
    )
    return [f"{words}. ", create_source_names(facts, row["sources"])]


def _reached(facts: Facts, fips: str, day: date) -> list[Any]:
    """Tell the newest count, by the day, of people who entered a LEAD program."""
    rows = reach(facts, (fips,))
    entered = (rows["is_lead"] == "yes") & (rows["entered"] == "yes")
    by_day = pd.to_datetime(rows["day"]) <= pd.Timestamp(day)
    rows = rows[entered & by_day].sort_values("day")
    if rows.empty:
        return [say("no count of people who entered was found")]
    (row,) = rows.rename(columns={"count": "told"}).tail(1).itertuples()
    told = [f"{row.told}, {row.when}: ", fact(row.measure), ". "]
    return [*told, create_source_names(facts, row.sources)]


def create_services(facts: Facts, fips: str, day: date, today: date) -> Component:
    """Make the table of LEAD and the services beside it: the county's look, and the state's count.

    The state's count is of the counties where the service was found running, and perhaps.
    """
    frame, found = service_frame(facts, day), tallies(facts, day)
    here = frame[frame["fips"] == fips]
    head = say("{county} County", county=facts.county_names[fips])
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(name, href=_partners(day, service, today)), scope="row"),
                html.Td(create_look(row)),
                html.Td(_counties(found[service])),
            ]
        )
        for (service, name), row in zip(services(facts).items(), here.itertuples(), strict=True)
    ]
    label = say("Services here and in the state")
    sources = joined(here["sources"])
    heads = (say("Service"), head, say("Running in"))
    return html.Section(
        [
            html.H2(label),
            create_scroll(create_table(heads, rows, label), label),
            html.P(say("“Nothing found” is not proof that there is none."), className="note"),
            create_source_details(facts, sources) if sources else None,
        ],
        className="panel wide services-here",
    )


def _partners(day: date, service: str, today: date) -> str:
    return f"/partnerships?{PartnerView(day, service).query(today)}"


def _counties(found: Tally) -> str:
    words = say("{n} of {total} counties", n=found.running, total=found.counties)
    most = found.running + found.perhaps
    return say("{found}, perhaps {most}", found=words, most=most) if found.perhaps else words


def program_line(program: Any) -> str:
    """Tell a program in one line, for the map's hover box."""
    if program.is_lead == "no":
        return say("{scope}. Other scheme, not counted as LEAD.", scope=program.scope)
    seen = program.last_confirmed
    told = {
        "scope": program.scope,
        "start": edtf_words(program.start),
        "end": edtf_words(program.end),
        "seen": edtf_words(seen) if seen else say("never, by a dated source"),
    }
    if program.end:
        return say("{scope}. Start: {start}, end: {end}. Last confirmed: {seen}.", **told)
    return say("{scope}. Start: {start}. Last confirmed: {seen}.", **told)


def create_county_table(frame: pd.DataFrame) -> Component:
    """Make the table of all counties of a ``county_frame``, those with LEAD first.

    The browser sorts and filters it, and keeps its order when the day moves.
    """
    heads = (
        *(say("County"), say("Status"), say("Programs"), say("Start"), say("End")),
        *(say("Last confirmed"), say("Not counted")),
    )
    ordered = frame.sort_values("look", key=lambda looks: looks.map(LOOKS.index), kind="stable")
    rows = [_table_row(row) for row in ordered.itertuples()]
    caption = say("All counties on the day, the same as the map")
    return create_sorted_table(heads, rows, caption, by=say("Status"))


def _table_row(row: Any) -> Component:
    def dates(cell: str) -> str:
        return "; ".join(edtf_words(text) for text in cell.split("; ")) if cell else ""

    return html.Tr(
        [
            html.Th(dcc.Link(row.county, href=f"/county/{row.fips}"), scope="row"),
            html.Td(create_live_status(row)),
            html.Td(fact(row.programs)),
            html.Td(dates(row.start), **dataset(sort=row.start)),
            html.Td(dates(row.end), **dataset(sort=row.end)),
            html.Td(dates(row.last_confirmed), **dataset(sort=row.last_confirmed)),
            html.Td(fact(row.other)),
        ],
        **dataset(fips=row.fips),
    )
