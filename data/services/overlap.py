"""Which services counties have together, and what came after what."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.dates import NEVER
from data.facts import Facts
from data.language import marked, say, say_many
from data.partnership_checks import LEAD, LIVES
from data.services.known import service_matrix, services
from data.services.rows import lives
from data.services.words import FEW
from data.status import programs
from data.words import listed

SURE = ("running", "unconfirmed")
"""The looks that count as having a service."""
NOTHING = marked("nothing found running")
NOR_PERHAPS = marked("nothing found running, nor perhaps running")


def combinations(facts: Facts, day: date, surely: bool) -> pd.DataFrame:
    """Count the counties by the set of services that they have on a day, LEAD among them.

    Parameters
    ----------
    facts
        The edition.
    day
        The day of the view.
    surely
        Whether only services that run are counted, or those that perhaps do as well.

    Returns
    -------
    One row a set, the most counties first and the empty set last: ``services`` (tuple of keys,
    in the order of ``services``), ``words, counties`` (how many), ``fips`` and ``names`` (tuples,
    in FIPS order). The empty set means that nothing so sure was found, not that nothing is there.
    """
    looks = SURE if surely else (*SURE, "perhaps")
    nothing = say(NOTHING if surely else NOR_PERHAPS)
    matrix = service_matrix(facts, day)
    names = services(facts)
    held: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in matrix.to_dict("records"):
        key = tuple(service for service in names if row[service] in looks)
        held.setdefault(key, []).append((row["fips"], row["county"]))
    order = list(names)
    ranked = sorted(held, key=lambda key: (not key, -len(held[key]), [*map(order.index, key)]))
    return pd.DataFrame(
        {
            "services": ranked,
            "words": [" + ".join(names[service] for service in key) or nothing for key in ranked],
            "counties": [len(held[key]) for key in ranked],
            "fips": [tuple(fips for fips, _ in held[key]) for key in ranked],
            "names": [tuple(county for _, county in held[key]) for key in ranked],
        }
    )


def after_service(facts: Facts, day: date) -> pd.DataFrame:
    """Tell how often LEAD began in counties that had another service before it.

    A county *had the service first* when the last possible start of one of its rows lies before
    the first possible start of any LEAD program of the county, known up to ``day``. It *had
    LEAD first* when the last possible start of a LEAD program lies before the first possible
    start of all of its rows. Where both may have begun by the day and neither is sure to be the
    first, the order cannot be told.

    Returns
    -------
    One row a service but LEAD: ``service, name``; then names of counties as tuples, in FIPS
    order: ``before`` (had the service first), ``then_lead`` (of them, with LEAD begun by the
    day), ``then_perhaps`` (of them, with LEAD perhaps begun by the day), ``lead_first`` and
    ``unclear``; and ``sentence``, with the caution that belongs to it.
    """
    spans = _spans(facts)
    names = services(facts)
    rows = [_after(facts, service, names[service], spans, day) for service in names]
    return pd.DataFrame([row for row in rows if row["service"] != LEAD])


def _spans(facts: Facts) -> pd.DataFrame:
    """Give by service and county the first and last possible day on which the first one began."""
    rows = lives(facts)
    local = rows[(rows["fips"] != "") & rows["status"].isin(LIVES)]
    lead = programs(facts).assign(service=LEAD)
    every = pd.concat([frame[["service", "fips", "s0", "s1"]] for frame in (local, lead)])
    return every.groupby(["service", "fips"])[["s0", "s1"]].min()


def _after(
    facts: Facts, service: str, name: str, spans: pd.DataFrame, day: date
) -> dict[str, object]:
    blank = pd.Timestamp(NEVER)
    counties = list(facts.county_names)
    own, lead = (
        spans[spans.index.get_level_values("service") == key]
        .droplevel("service")
        .reindex(counties)
        .fillna(blank)
        for key in (service, LEAD)
    )
    d = pd.Timestamp(day)
    before = (own["s1"] < lead["s0"]) & (own["s1"] <= d)
    lead_first = (lead["s1"] < own["s0"]) & (lead["s1"] <= d) & (own["s0"] <= d)
    both = (own["s0"] <= d) & (lead["s0"] <= d)
    groups = {
        "before": before,
        "then_lead": before & (lead["s1"] <= d),
        "then_perhaps": before & (lead["s0"] <= d) & (lead["s1"] > d),
        "lead_first": lead_first,
        "unclear": both & ~before & ~lead_first,
    }
    told = {
        group: tuple(facts.county_names[fips] for fips in counties if mask[fips])
        for group, mask in groups.items()
    }
    return {"service": service, "name": name, **told, "sentence": _after_words(name, told)}


def _after_words(name: str, told: dict[str, tuple[str, ...]]) -> str:
    """Say what came after a service, and what that cannot show."""
    parts = [_before_words(name, len(told["before"]))]
    if told["before"]:
        parts.append(_later_words(told["then_lead"]))
    if told["then_perhaps"]:
        parts.append(say("perhaps also {names}", names=listed(told["then_perhaps"])))
    if told["lead_first"]:
        parts.append(
            say_many(
                "LEAD came first in {n} county",
                "LEAD came first in {n} counties",
                len(told["lead_first"]),
            )
        )
    if told["unclear"]:
        parts.append(
            say_many(
                "the order cannot be told in {n} county",
                "the order cannot be told in {n} counties",
                len(told["unclear"]),
            )
        )
    return f"{'; '.join(parts)}. {say(FEW)}"


def _before_words(name: str, first: int) -> str:
    if not first:
        return say("{service}: found before any LEAD in no county", service=name)
    return say_many(
        "{service}: found before any LEAD in {n} county",
        "{service}: found before any LEAD in {n} counties",
        first,
        service=name,
    )


def _later_words(later: tuple[str, ...]) -> str:
    if not later:
        return say("LEAD was found later in none of them")
    names = listed(later)
    return say("LEAD was found later in {n} of them ({names})", n=len(later), names=names)
