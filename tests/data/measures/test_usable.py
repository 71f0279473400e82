import dataclasses

import numpy as np
import pytest

from data.measures.panel import LEFT_OUT, TREATED, UNTREATED, Panel
from data.measures.usable import EffectError, usable
from tests.data.reference import made_panel


def spoiled(panel: Panel, row: int, how: str) -> Panel:
    y, n, state = panel.y.copy(), panel.n.copy(), panel.state.copy()
    treated = state[row] == TREATED
    if how == "no whole period certain to be with LEAD":
        state[row, treated] = LEFT_OUT
    elif how == "no period before LEAD":
        state[row] = TREATED
    elif how == "no usable number for a period with LEAD":
        n[row, treated] = 0
    elif how == "no usable number for a period before LEAD":
        n[row, ~treated] = 0
    elif how == "no events before LEAD":
        y[row, ~treated] = 0
    else:  # no period in common with counties without LEAD
        n[row, :2], n[row, 2:5] = panel.n[row, :2], 0
        n[np.arange(len(n)) != row, :2] = 0
        state[row] = np.where(np.arange(n.shape[1]) < 5, UNTREATED, TREATED)
    return dataclasses.replace(panel, y=y, n=n, state=state)


REASONS = (
    "no whole period certain to be with LEAD",
    "no period before LEAD",
    "no usable number for a period with LEAD",
    "no usable number for a period before LEAD",
    "no events before LEAD",
    "no period in common with counties without LEAD",
)


@pytest.mark.parametrize("why", REASONS)
def test_counties_that_cannot_be_used_are_named(why: str) -> None:
    panel = made_panel(15, 9, 4, 6)
    kept, adopters, left_out = usable(spoiled(panel, 1, why))
    assert left_out == ((panel.units[1], why),)
    assert kept.units == tuple(np.delete(panel.units, 1))
    assert adopters.tolist() == [0, 1, 2]


def test_counties_stand_in_the_order_of_their_codes() -> None:
    panel = made_panel(15, 9, 4, 6)
    turned = Panel(
        panel.units[::-1],
        panel.starts,
        panel.ends,
        *(table[::-1] for table in (panel.y, panel.n, panel.state)),
    )
    kept, adopters, left_out = usable(turned)
    assert (kept.units, adopters.tolist(), left_out) == (panel.units, [0, 1, 2, 3], ())
    assert (kept.y == panel.y).all()


@pytest.mark.parametrize("lacking", ["n", "y"], ids=["no number", "no event"])
def test_a_period_without_a_comparison_is_left_out(lacking: str) -> None:
    panel = made_panel(15, 9, 4, 6)
    cells = getattr(panel, lacking).copy()
    cells[4:, -1] = 0
    state = panel.state.copy()
    state[:4, -2:] = TREATED
    kept, _, _ = usable(dataclasses.replace(panel, state=state, **{lacking: cells}))
    assert (kept.n > 0).any(axis=0).tolist() == [True] * 8 + [False]
    assert (kept.y[:, -1] == 0).all()


def test_counties_without_any_event_are_no_comparison() -> None:
    panel = made_panel(16, 6, 4, 1)
    y = panel.y.copy()
    y[-1] = 0
    assert usable(dataclasses.replace(panel, y=y))[0].units == panel.units[:-1]


ONE_SENTENCE = [
    (3, 12, 2, "needs 3 counties with numbers before and after LEAD began, and there are 2"),
    (1, 12, 0, "there is 1."),
    (4, 4, 0, "needs 5 counties without LEAD to compare with, and there are 4."),
]


@pytest.mark.parametrize(("adopters", "others", "spoil", "words"), ONE_SENTENCE)
def test_too_few_counties_are_refused(adopters: int, others: int, spoil: int, words: str) -> None:
    panel = made_panel(adopters + others, 6, adopters, 1)
    if spoil:
        panel = spoiled(panel, spoil, REASONS[2])
        words += r" \(left out: 1 with no usable number for a period with LEAD\)\."
    with pytest.raises(EffectError, match=words) as refused:
        usable(panel)
    assert "\n" not in str(refused.value)


def test_a_panel_without_events_is_refused() -> None:
    panel = made_panel(15, 6, 4, 1)
    none = dataclasses.replace(panel, y=np.zeros(panel.y.shape))
    empty = Panel(
        panel.units,
        panel.starts[:0],
        panel.ends[:0],
        *(table[:, :0] for table in (panel.y, panel.n, panel.state)),
    )
    for refused in (none, empty):
        with pytest.raises(EffectError, match="no events"):
            usable(refused)
