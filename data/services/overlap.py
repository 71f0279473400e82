"""Which services counties have together, and what came after what."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.dates import NEVER
from data.facts import Facts
from data.partnership_checks import LIVES
from data.schema import LEAD
from data.services.known import FOUND, service_matrix, services
from data.services.rows import lives
from data.status import programs

SAME_TIME = pd.Timedelta(days=31)
"""Starts no further apart are taken for the same time, as some were only given in advance."""


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
    in the order of ``services``), ``counties`` (how many) and ``fips`` (tuple of their codes, in
    order). The empty set means that nothing so sure was found, not that nothing is there.
    """
    looks = FOUND if surely else (*FOUND, "perhaps")
    order = list(services(facts))
    held: dict[tuple[str, ...], list[str]] = {}
    for row in service_matrix(facts, day).to_dict("records"):
        key = tuple(service for service in order if row[service] in looks)
        held.setdefault(key, []).append(row["fips"])
    ranked = sorted(held, key=lambda key: (not key, -len(held[key]), [*map(order.index, key)]))
    return pd.DataFrame(
        {
            "services": ranked,
            "counties": [len(held[key]) for key in ranked],
            "fips": [tuple(held[key]) for key in ranked],
        }
    )


def after_service(facts: Facts, day: date) -> pd.DataFrame:
    """Tell how often LEAD began in counties that had another service before it.

    A county *had the service first* when the last possible start of one of its rows lies more than
    a month (SAME_TIME) before the first possible start of any LEAD program of the county, known up
    to ``day``. It *had LEAD first* when the last possible start of a LEAD program lies as long
    before the first possible start of all of its rows. Where both may have begun by the day and
    neither is sure to be the first, or both began at about the same time, the order is not told.

    Returns
    -------
    One row a service but LEAD: ``service, name``; then FIPS codes as tuples, in order: ``before``
    (had the service first), ``then_lead`` (of them, with LEAD begun by the day), ``then_perhaps``
    (of them, with LEAD perhaps begun by the day), ``lead_first`` and ``unclear``.
    """
    spans = _spans(facts)
    rows = [
        {"service": service, "name": name, **_after(facts, service, spans, day)}
        for service, name in services(facts).items()
        if service != LEAD
    ]
    return pd.DataFrame(rows)


def _spans(facts: Facts) -> pd.DataFrame:
    """Give by service and county the first and last possible day on which the first one began."""
    rows = lives(facts)
    local = rows[(rows["fips"] != "") & rows["status"].isin(LIVES)]
    lead = programs(facts).assign(service=LEAD)
    every = pd.concat([frame[["service", "fips", "s0", "s1"]] for frame in (local, lead)])
    return every.groupby(["service", "fips"])[["s0", "s1"]].min()


def _after(
    facts: Facts, service: str, spans: pd.DataFrame, day: date
) -> dict[str, tuple[str, ...]]:
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
    before = (own["s1"] + SAME_TIME < lead["s0"]) & (own["s1"] <= d)
    lead_first = (lead["s1"] + SAME_TIME < own["s0"]) & (lead["s1"] <= d) & (own["s0"] <= d)
    both = (own["s0"] <= d) & (lead["s0"] <= d)
    groups = {
        "before": before,
        "then_lead": before & (lead["s1"] <= d),
        "then_perhaps": before & (lead["s0"] <= d) & (lead["s1"] > d),
        "lead_first": lead_first,
        "unclear": both & ~before & ~lead_first,
    }
    return {group: tuple(mask.index[mask]) for group, mask in groups.items()}
