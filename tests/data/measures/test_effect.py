import dataclasses
from collections.abc import Callable
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.deals import EXACT, Deals, Randomization, expected, fit
from data.measures.effect import Effect, EffectError, estimate, seed_of
from data.measures.panel import LEFT_OUT, TREATED, UNTREATED, Options, Panel
from tests.data.reference import (
    COHORT_SIZES,
    EMPLOYED,
    MEAN_LOGS,
    callaway_santanna,
    cohort_states,
    fitted,
    glm_expected,
    made_panel,
    ols_imputation,
    slow_share,
    with_missing,
)

DRAWS = 99
seeds = st.integers(0, 10**6)
few = settings(max_examples=25)


def test_poisson_imputation_gives_the_published_numbers() -> None:
    # With all years of all counties, the fit rests on sums alone: a cohort is one unit.
    treated = cohort_states()
    found = expected(EMPLOYED, np.ones(EMPLOYED.shape), ~treated)
    cells = (COHORT_SIZES[:, None] * treated).sum()
    gap = (EMPLOYED - found)[treated].sum() / cells
    assert gap == pytest.approx(-28.9138338, abs=1e-5)
    ratio = EMPLOYED[treated].sum() / found[treated].sum()
    assert ratio == pytest.approx(0.9792277447, abs=1e-7)


def test_ols_imputation_gives_the_published_numbers() -> None:
    treated = cohort_states()
    published = [-0.0193724, -0.0783191, -0.1360781, -0.1047075, 0.0025139, -0.0391927, -0.0431060]
    found = ols_imputation(MEAN_LOGS, COHORT_SIZES, treated)
    assert found[treated] == pytest.approx(published, abs=1e-6)


def test_callaway_santanna_gives_the_published_numbers() -> None:
    treated = cohort_states()
    found = callaway_santanna(MEAN_LOGS, treated)
    sizes = np.where(treated, COHORT_SIZES[:, None], 0)
    assert np.nansum(found * sizes) / sizes.sum() == pytest.approx(-0.0400, abs=5e-5)
    since = np.arange(5) - treated.argmax(axis=1)[:, None]
    for event, published in enumerate((-0.0199, -0.0510, -0.1373, -0.1008)):
        cells = treated & (since == event)
        average = (found[cells] * sizes[cells]).sum() / sizes[cells].sum()
        assert average == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize("seed", range(20))
def test_the_fit_is_that_of_a_poisson_regression(seed: int) -> None:
    panel = with_missing(made_panel(15, 8, 4, seed, rate=0.001), 0.2, seed)
    untreated = panel.state == UNTREATED
    found, by_glm = fitted(panel), glm_expected(panel.y, panel.n, untreated)
    assert found == pytest.approx(by_glm, rel=1e-6, abs=1e-6)


@given(seeds, st.floats(0, 0.3))
def test_the_fit_repeats_the_sums_of_counties_and_periods(seed: int, share: float) -> None:
    panel = with_missing(made_panel(12, 6, 4, seed), share, seed)
    cells = (panel.state == UNTREATED) & (panel.n > 0)
    found = np.where(cells, fitted(panel), 0)
    events = np.where(cells, panel.y, 0)
    assert found.sum(axis=1) == pytest.approx(events.sum(axis=1), rel=1e-9)
    assert found.sum(axis=0) == pytest.approx(events.sum(axis=0), rel=1e-9)


def long(panel: Panel, values: np.ndarray) -> pd.DataFrame:
    unit, time = np.indices(values.shape).reshape(2, -1)
    treated = panel.state == TREATED
    first = np.where(treated.any(axis=1), treated.argmax(axis=1), 0)
    frame = {"unit": unit, "time": time, "first": first[unit], "value": values.ravel()}
    return pd.DataFrame(frame)


@pytest.mark.parametrize("seed", range(3))
def test_the_linear_references_are_those_of_a_library(seed: int) -> None:
    library = import_module("diff_diff")
    panel = made_panel(20, 7, 6, seed)
    values = np.log(panel.y / panel.n)
    columns = {"outcome": "value", "unit": "unit", "time": "time", "first_treat": "first"}
    imputed = library.ImputationDiD().fit(long(panel, values), **columns)
    treated = panel.state == TREATED
    own = ols_imputation(values, np.ones(len(values)), treated)
    effects = imputed.treatment_effects
    theirs = effects["tau_hat"].to_numpy()
    assert own[effects["unit"], effects["time"]] == pytest.approx(theirs, abs=1e-9)

    found = library.CallawaySantAnna(control_group="never_treated").fit(
        long(panel, values), **columns
    )
    first = np.where(treated.any(axis=1), treated.argmax(axis=1), 0)
    cohorts = sorted(set(first.tolist()))
    means = np.stack([values[first == cohort].mean(axis=0) for cohort in cohorts])
    reached = np.stack([treated[first == cohort][0] for cohort in cohorts])
    by_cohort = callaway_santanna(means, reached)
    for (cohort, time), cell in found.group_time_effects.items():
        if time >= cohort:
            assert by_cohort[cohorts.index(cohort), time] == pytest.approx(cell["effect"])


@pytest.mark.parametrize("seed", range(3))
def test_all_deals_at_once_are_as_one_after_another(seed: int) -> None:
    panel = with_missing(made_panel(14, 6, 4, seed), 0.1, seed)
    test = Randomization(panel, np.arange(4), seed, 29)
    for x in (0.0, -0.2):
        fast = test.statistics(x)
        p, slow = slow_share(panel, np.arange(4), test.deals.rows, x)
        assert fast == pytest.approx(slow, abs=1e-6)
        assert test.share(x) == pytest.approx(p)


@pytest.mark.parametrize("seed", range(20))
def test_the_interval_ends_where_the_test_begins_to_reject(seed: int) -> None:
    panel = made_panel(20, 7, 5, seed, effect=-0.15)
    test = Randomization(panel, np.arange(5), seed, 199)
    low, high = test.interval()
    spread, one = test.dealt.std(), 1.01 / 200
    for end, outward in ((low, -1), (high, 1)):
        if np.isfinite(end) and not (test.p < 0.05 and end * test.point <= 0):
            assert test.share(end) >= 0.05 - one
            assert test.share(end + 0.03 * outward * spread) < 0.05 + one
    assert test.share(test.point) == 1


def numbers(effect: Effect) -> list[float]:
    found = [effect.percent, effect.low, effect.high, effect.p, effect.detectable]
    return [*found, *effect.leave_one_out, *(effect.pre_check or ())[:2]]


@settings(max_examples=40)
@given(
    seeds,
    st.integers(3, 6),
    st.integers(5, 14),
    st.integers(3, 9),
    st.sampled_from([0, -0.1, -0.3]),
    st.sampled_from([0.006, 0.0005, 0.00005]),
)
def test_the_interval_leaves_out_zero_exactly_when_p_is_small(
    seed: int, adopters: int, others: int, periods: int, effect: float, rate: float
) -> None:
    panel = made_panel(adopters + others, periods, adopters, seed, effect, rate)
    try:
        found = estimate(panel, seed, DRAWS)
    except EffectError:
        return
    assert found.low <= found.percent <= found.high
    assert (found.p < 0.05) == (not found.low <= 0 <= found.high)
    assert 1 / (DRAWS + 1) <= found.p <= 1
    assert found.low >= -100
    assert found.leave_one_out[0] <= found.leave_one_out[1]
    assert found.detectable < 0
    assert found.percent == pytest.approx(100 * (found.observed / found.expected - 1))


SAME: list[Callable[[Panel], Panel]] = [
    lambda panel: panel,
    lambda panel: dataclasses.replace(panel, n=panel.n * 1000),
    lambda panel: dataclasses.replace(panel, y=panel.y * 12),
    lambda panel: dataclasses.replace(
        panel,
        units=panel.units[::-1],
        **{name: getattr(panel, name)[::-1] for name in ("y", "n", "state")},
    ),
]


@pytest.mark.parametrize("change", SAME, ids=["again", "residents", "events", "order"])
@pytest.mark.parametrize("seed", range(3))
def test_units_and_order_do_not_matter(change: Callable[[Panel], Panel], seed: int) -> None:
    panel = with_missing(made_panel(16, 7, 4, seed), 0.1, seed)
    once, again = (estimate(it, 5, DRAWS) for it in (panel, change(panel)))
    assert numbers(again) == pytest.approx(numbers(once), abs=1e-6)
    assert again.adopters == once.adopters == panel.units[:4]


@given(seeds, st.sampled_from([-0.2, 0.5]))
@few
def test_an_exact_effect_is_found(seed: int, effect: float) -> None:
    panel = made_panel(14, 6, 4, seed, effect, drift=0, noise=False)
    found = estimate(panel, seed, DRAWS)
    assert found.percent == pytest.approx(100 * effect, abs=1e-6)
    assert found.low - 1e-6 <= 100 * effect <= found.high + 1e-6
    assert found.p < 0.05
    assert found.leave_one_out == pytest.approx((100 * effect,) * 2, abs=1e-5)
    percent = found.by_county["percent"].to_numpy()
    assert percent == pytest.approx(np.full(4, 100 * effect), abs=1e-6)
    if found.pre_check:
        assert found.pre_check.percent == pytest.approx(0, abs=1e-5)


def test_the_tables_add_up() -> None:
    panel = with_missing(made_panel(20, 9, 5, 3), 0.1, 3)
    found = estimate(panel, 1, DRAWS)
    county, period, event = found.by_county, found.by_period, found.by_event
    assert tuple(county["fips"]) == found.adopters
    for name, total in (("observed", found.observed), ("expected", found.expected)):
        assert county[name].sum() == pytest.approx(total)
        assert period[f"treated_{name}"].sum() == pytest.approx(total)
        assert event.loc[event["event"] >= 0, name].sum() == pytest.approx(total)
        assert event[name].sum() == pytest.approx(period[name].sum())
    own = slice(5)
    assert period["observed"].sum() == panel.y[own].sum()
    treated = (panel.state[own] == TREATED) & (panel.n[own] > 0)
    assert period["treated"].tolist() == treated.sum(axis=0).tolist()
    assert county["years"].to_numpy() == pytest.approx(treated.sum(axis=1))
    assert period["start"].tolist() == pd.Series(panel.starts).tolist()
    assert event["counties"].max() <= 5
    assert event["event"].is_monotonic_increasing


def test_the_fit_stands_before_adoption_too() -> None:
    panel = made_panel(20, 9, 5, 3, effect=-0.3, drift=0, noise=False)
    event = estimate(panel, 1, DRAWS).by_event
    before = event[event["event"] < 0]
    assert before["observed"].to_numpy() == pytest.approx(before["expected"].to_numpy())
    after = event[event["event"] >= 0]
    ratio = (after["observed"] / after["expected"]).to_numpy()
    assert ratio == pytest.approx(np.full(len(after), 0.7))


def test_each_county_left_out_in_turn_is_a_panel_without_it() -> None:
    panel = made_panel(15, 7, 4, 8)
    without = []
    for row in range(4):
        kept = np.delete(np.arange(15), row)
        small = dataclasses.replace(
            panel,
            units=tuple(panel.units[place] for place in kept),
            **{name: getattr(panel, name)[kept] for name in ("y", "n", "state")},
        )
        cells = small.state == TREATED
        without.append(100 * (small.y[cells].sum() / fitted(small)[cells].sum() - 1))
    found = estimate(panel, 1, DRAWS)
    assert found.by_county["without"].to_numpy() == pytest.approx(without, abs=1e-6)
    assert found.leave_one_out == pytest.approx((min(without), max(without)), abs=1e-6)


def with_earlier_gap(panel: Panel, factor: float) -> Panel:
    """Let the adopters' last two periods before adoption differ."""
    y = panel.y.copy()
    for row in np.flatnonzero((panel.state == TREATED).any(axis=1)):
        first = (panel.state[row] == TREATED).argmax()
        y[row, first - 2 :] *= factor
    return dataclasses.replace(panel, y=y)


def test_a_gap_before_adoption_is_told() -> None:
    panel = made_panel(20, 12, 6, 4, drift=0, noise=False)
    check = estimate(with_earlier_gap(panel, 0.7), 1, DRAWS).pre_check
    assert check is not None
    # Two of the three periods that are taken as treated differ.
    assert check.percent == pytest.approx(-20, abs=1.5)
    assert check.p < 0.05


def test_the_check_before_adoption_needs_two_periods_in_most_counties() -> None:
    panel = made_panel(15, 6, 4, 2)
    for early, there in ((0, True), (1, True), (2, False), (4, False)):
        state = np.full(panel.state.shape, UNTREATED, dtype=np.int8)
        state[:early, 1:], state[early:4, 3:] = TREATED, TREATED
        found = estimate(dataclasses.replace(panel, state=state), 1, DRAWS)
        assert (found.pre_check is not None) == there
        if found.pre_check:
            assert found.pre_check.moved == {panel.units[row]: 2 for row in range(early, 4)}


def test_what_follows_adoption_does_not_touch_the_check_before_it() -> None:
    panel = made_panel(15, 8, 4, 2)
    more = dataclasses.replace(panel, y=np.where(panel.state == TREATED, 3 * panel.y, panel.y))
    once, again = (estimate(it, 1, DRAWS).pre_check for it in (panel, more))
    assert once == again


def uncertain(panel: Panel) -> Panel:
    """Let the state of two cells of adopters be not certain."""
    state = panel.state.copy()
    state[0, 2], state[1, -1] = LEFT_OUT, LEFT_OUT
    return dataclasses.replace(panel, state=state)


def test_cells_left_out_touch_nothing() -> None:
    once = uncertain(made_panel(15, 8, 4, 2))
    out = once.state == LEFT_OUT
    more = dataclasses.replace(once, y=np.where(out, 1e6, once.y))
    missing = dataclasses.replace(more, n=np.where(out, 0, once.n))
    found = estimate(once, 1, DRAWS)
    for other in (estimate(it, 1, DRAWS) for it in (more, missing)):
        assert numbers(other) == numbers(found)
        pd.testing.assert_frame_equal(other.by_event, found.by_event)
        pd.testing.assert_frame_equal(other.by_county, found.by_county)


def test_a_period_has_all_counties_that_have_a_number() -> None:
    panel = uncertain(made_panel(15, 8, 4, 2))
    whole = estimate(panel, 1, DRAWS).by_period
    assert whole["counties"].tolist() == [4] * 8
    assert whole["observed"].tolist() == panel.y[:4].sum(axis=0).tolist()
    assert whole["person_time"].tolist() == panel.n[:4].sum(axis=0).tolist()
    assert whole["treated"].tolist() == (panel.state[:4] == TREATED).sum(axis=0).tolist()
    assert whole["follows"].tolist() == [False] + [True] * 7


GAPS = {
    "a county lacks a number": ([(1, 4)], [], "oxxxooxx"),
    "another county lacks one in the next": ([(1, 4), (2, 5)], [], "oxxxooox"),
    "the same county lacks both": ([(1, 4), (1, 5)], [], "oxxxoxox"),
    "a county without LEAD lacks one": ([(9, 4)], [], "oxxxxxxx"),
    "a year is skipped": ([], [4], "oxxxoxx"),
}


@pytest.mark.parametrize(("cells", "years", "joined"), GAPS.values(), ids=GAPS)
def test_only_periods_of_the_same_counties_are_joined(
    cells: list[tuple[int, int]], years: list[int], joined: str
) -> None:
    panel = made_panel(15, 8, 4, 2)
    n = panel.n.copy()
    for cell in cells:
        n[cell] = 0
    n[:, years] = 0
    found = estimate(dataclasses.replace(panel, n=n, y=np.where(n > 0, panel.y, 0)), 1, DRAWS)
    assert "".join("x" if flag else "o" for flag in found.by_period["follows"]) == joined
    assert found.by_period["counties"].sum() == (n[:4] > 0).sum()


def test_numbers_that_move_exactly_alike_can_tell_nothing() -> None:
    panel = made_panel(14, 6, 4, 1, drift=0, noise=False)
    flat = dataclasses.replace(panel, y=np.full(panel.y.shape, 50.0), n=np.full(panel.n.shape, 1e4))
    for alike in (panel, flat):
        with pytest.raises(EffectError, match=r"move exactly alike.* cannot tell a change"):
            estimate(alike, 1, DRAWS)


def test_a_panel_without_events_after_adoption_is_refused() -> None:
    panel = made_panel(15, 6, 4, 1)
    after = dataclasses.replace(panel, y=np.where(panel.state == TREATED, 0, panel.y))
    with pytest.raises(EffectError, match="No events"):
        estimate(after, 1, DRAWS)


def test_a_half_is_added_only_where_a_deal_has_no_events() -> None:
    panel = made_panel(12, 6, 3, 1)
    state = np.full(panel.state.shape, UNTREATED, dtype=np.int8)
    state[:3, -2:] = TREATED
    plenty = dataclasses.replace(panel, state=state)
    y = panel.y.copy()
    y[5:, -2:] = 0
    scarce = dataclasses.replace(plenty, y=y)
    for given_panel, half in ((plenty, 0), (scarce, 0.5)):
        test = Randomization(given_panel, np.arange(3), 1, DRAWS)
        assert test.half == half
        assert np.isfinite(test.dealt).all()


def test_deals_are_fair_and_distinct() -> None:
    rows = Randomization(made_panel(8, 4, 3, 1), np.arange(3), 1, 4000).deals.rows
    assert all(len(set(row)) == 3 for row in rows.tolist())
    for pattern in rows.T:
        assert np.bincount(pattern, minlength=8) == pytest.approx(np.full(8, 500), abs=110)


def test_blocks_of_deals_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = made_panel(15, 8, 4, 2)
    once = numbers(estimate(panel, 1, DRAWS))
    monkeypatch.setattr("data.measures.deals.BLOCK_BYTES", 20_000)
    assert numbers(estimate(panel, 1, DRAWS)) == pytest.approx(once, abs=1e-6)


def test_one_deal_may_differ_in_its_pattern() -> None:
    panel = made_panel(10, 6, 3, 5)
    state = panel.state[:3]
    rows = np.arange(3)[None]
    shared = Deals(rows, state == UNTREATED, state == TREATED)
    apart = Deals(rows, (state == UNTREATED)[None], (state == TREATED)[None])
    for one, other in zip(
        fit(panel.y, panel.n, shared, tolerance=EXACT),
        fit(panel.y, panel.n, apart, tolerance=EXACT),
        strict=True,
    ):
        assert one == pytest.approx(other)


def test_a_seed_stands_for_file_measure_and_options() -> None:
    usual = seed_of("ab", "charges", Options())
    assert usual == 3477220572
    assert seed_of("ab", "charges", Options(skip=(2021, 2020))) == seed_of(
        "ab", "charges", Options(skip=(2020, 2021))
    )
    others = [
        seed_of("ac", "charges", Options()),
        seed_of("ab", "arrests", Options()),
        seed_of("ab", "charges", Options(window=1)),
        seed_of("ab", "charges", Options(comparison="size")),
        seed_of("ab", "charges", Options(skip=(2020,))),
    ]
    assert len({usual, *others}) == 6
