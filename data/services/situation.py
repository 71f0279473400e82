"""Where a county stands, intercept by intercept: what was found of each service, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from data.facts import Facts
from data.language import kept, marked, say
from data.services.known import TEXTS, service_frame
from data.services.similar import provider_words, service_names, when_words

NOTHING_FOUND = marked("nothing was found in the sources, which is not proof that there is none")
SHORT_WORDS = {
    "running": marked("found running"),
    "unconfirmed": marked("found running, but no dated source of the two years before saw it"),
    "perhaps": marked("perhaps running; the sources do not fix the day"),
    "funded": marked("found funded, not yet seen running"),
    "planned": marked("found planned, not yet seen running"),
    "considered": marked("found under consideration"),
    "ended": marked("found to have ended"),
    "old_list": marked("found on an old list or in passing only; whether it runs was not checked"),
}
SITUATION_COLUMNS = [
    "intercept",
    "intercept_name",
    "service",
    "name",
    "look",
    "unconfirmed",
    "words",
    *TEXTS,
]


@kept(64)
def situation(facts: Facts, fips: str, day: date) -> pd.DataFrame:
    """Give what a county has on a day, for each intercept and each service that sits in it.

    Returns
    -------
    One row an intercept and service, in the order of the tables: ``intercept, intercept_name,
    service, name, look, unconfirmed, words`` (what was found, with its doubt), ``providers, since,
    last_confirmed`` (EDTF), ``sources, confidence, note``. A service may sit in several
    intercepts. Statewide statements are no local fact and are not in here.
    """
    placed = facts.readiness[facts.readiness["service"] != ""]
    placed = placed[["intercept", "service"]].drop_duplicates()
    names = intercept_names(facts)
    rank = {intercept: place for place, intercept in enumerate(names)}
    placed = placed.sort_values("intercept", key=lambda cells: cells.map(rank), kind="stable")
    frame = service_frame(facts, day)
    rows = placed.merge(frame[frame["fips"] == fips], on="service", how="left", validate="m:1")
    rows = rows.assign(name=rows["service"].map(service_names(facts)))
    return rows.assign(
        intercept_name=rows["intercept"].map(names),
        words=[found_words(row, row.name) for row in rows.itertuples()],
    )[SITUATION_COLUMNS].reset_index(drop=True)


def found_words(row: Any, name: str) -> str:
    """Say what a ``service_frame`` row found of a service: its name, who provides it, the look."""
    if row.look == "none_found":
        return f"{name}: {say(NOTHING_FOUND)}"
    dates = [", ".join(when)] if (when := when_words(row)) else []
    return f"{name} ({provider_words(row)}): {'; '.join([say(SHORT_WORDS[row.look]), *dates])}"


@kept(4)
def intercept_names(facts: Facts) -> dict[str, str]:
    """Give the name of each intercept by its key, in the order of the table."""
    table = facts.intercepts
    return dict(zip(table["intercept"], map(say, table["name"]), strict=True))
