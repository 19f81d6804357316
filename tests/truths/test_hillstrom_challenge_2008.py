"""Kevin Hillstrom's MineThatData e-mail challenge (2008): 64,000 customers, two mailings and none."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from guanxi.analytical.experiments import (
    Arm,
    Conclusion,
    Design,
    Log,
    Moments,
    compare_with_control,
    difference,
    doubly_robust,
    proportions,
    sample_ratio,
    self_normalised,
    verdict,
)
from guanxi.analytical.scoring import Features
from guanxi.analytical.uplift import (
    Base,
    Finding,
    Learner,
    Trial,
    cross_fitted,
    expected_outcomes,
    figures,
    judge,
    learn,
)
from tests.truths.conftest import beside

NONE, MENS, WOMENS = "No E-Mail", "Mens E-Mail", "Womens E-Mail"
KNOWN = ["recency", "history_segment", "history", "mens", "womens", "zip_code", "newbie", "channel"]


@pytest.fixture(scope="module")
def arms() -> dict[tuple[str, str], Moments]:
    table = beside("hillstrom/hillstrom.parquet").to_pandas()
    return {
        (arm, outcome): Moments.of(table[outcome][table["segment"] == arm].to_numpy())
        for arm in (NONE, MENS, WOMENS)
        for outcome in ("visit", "conversion", "spend")
    }


@pytest.mark.parametrize(
    ("arm", "visit", "conversion", "spend"),
    [(NONE, 10.617, 0.573, 0.6528), (MENS, 18.276, 1.253, 1.4226), (WOMENS, 15.140, 0.884, 1.0772)],
)
def test_the_arms_have_the_published_means(
    arms: dict[tuple[str, str], Moments], arm: str, visit: float, conversion: float, spend: float
) -> None:
    assert arms[arm, "visit"].mean_y * 100 == pytest.approx(visit, abs=0.0005)
    assert arms[arm, "conversion"].mean_y * 100 == pytest.approx(conversion, abs=0.0005)
    assert arms[arm, "spend"].mean_y == pytest.approx(spend, abs=0.00005)


@pytest.mark.parametrize(
    ("arm", "visit", "spend"), [(MENS, (7.659, 22.5), (0.770, 5.3)), (WOMENS, (4.523, 13.9), (0.424, 3.26))]
)
def test_the_increments_and_their_t_values_are_the_published_ones(
    arms: dict[tuple[str, str], Moments], arm: str, visit: tuple[float, float], spend: tuple[float, float]
) -> None:
    visits = proportions(arms[NONE, "visit"], arms[arm, "visit"])
    assert visits.difference * 100 == pytest.approx(visit[0], abs=0.0005)
    assert visits.difference / visits.standard_error == pytest.approx(visit[1], abs=0.06)
    dollars = difference(arms[NONE, "spend"], arms[arm, "spend"])
    assert dollars.difference == pytest.approx(spend[0], abs=0.0005)
    assert dollars.difference / dollars.standard_error == pytest.approx(spend[1], abs=0.05)


def test_the_arms_were_drawn_in_thirds(arms: dict[tuple[str, str], Moments]) -> None:
    counts = [arms[arm, "visit"].n for arm in (NONE, MENS, WOMENS)]
    assert counts == [21_306, 21_307, 21_387]
    assert sample_ratio(counts, [1, 1, 1]).is_ok


def test_the_mens_mailing_earns_its_cost_as_long_as_a_mail_costs_little(
    arms: dict[tuple[str, str], Moments],
) -> None:
    control, treated = arms[NONE, "spend"], arms[MENS, "spend"]
    cheap = verdict(control, treated, shares=[1, 1], has_ended=True, cost=0.10 * treated.n)
    dear = verdict(control, treated, shares=[1, 1], has_ended=True, cost=2.00 * treated.n)
    assert (cheap.conclusion, dear.conclusion) == (Conclusion.EARNS, Conclusion.LOSES)


def test_both_mailings_are_believed_beside_each_other(arms: dict[tuple[str, str], Moments]) -> None:
    treated = {arm: arms[arm, "spend"] for arm in (MENS, WOMENS)}
    found = {each.arm: each for each in compare_with_control(arms[NONE, "spend"], treated)}
    assert [round(found[arm].effect.difference, 3) for arm in treated] == [0.770, 0.424]
    assert all(each.alone.low > each.effect.low > 0 for each in found.values())


def mailing(arm: str, outcome: str = "visit") -> Trial:
    """The customers of one mailing and those of none."""
    table = beside("hillstrom/hillstrom.parquet")
    chosen = table.filter(pc.is_in(table["segment"], pa.array([NONE, arm])))
    known = Features.from_table(chosen.select(KNOWN))
    return Trial.of(known, pc.equal(chosen["segment"], arm).to_numpy(), chosen[outcome].to_numpy())


def half_splits(trial: Trial, learner: Learner, base: Base) -> np.ndarray:
    """Mean of Qini coefficient and uplift at 30 % over 5 halves, each scored by a model of the other."""
    found = []
    for seed in range(5):
        first = np.random.default_rng(seed).permutation(len(trial.outcome)) < len(trial.outcome) // 2
        half = Trial.of(trial.features.rows(first), trial.treated[first], trial.outcome[first])
        scores = learn(half, learner, base=base, seed=seed).uplift(trial.features.rows(~first))
        judged = figures(scores, trial.treated[~first], trial.outcome[~first], at=0.3)
        found.append((judged.coefficient, judged.uplift_at))
    return np.mean(found, axis=0)


def test_the_two_logistic_models_order_the_womens_visits_as_scikit_uplift_found() -> None:
    """scikit-uplift 0.5.1, 5 half splits: Qini coefficient .0610 and uplift at 30 % .0674, spread about .01."""
    qini, uplift = half_splits(mailing(WOMENS), Learner.T, Base.LINEAR)
    assert qini == pytest.approx(0.0610, abs=0.01)
    assert uplift == pytest.approx(0.0674, abs=0.01)


@pytest.mark.prove
@pytest.mark.parametrize(("learner", "qini", "uplift"), [(Learner.S, 0.0585, 0.0701), (Learner.T, 0.0450, 0.0652)])
def test_boosted_trees_order_the_womens_visits_as_scikit_uplift_found(
    learner: Learner, qini: float, uplift: float, record_property: Callable[[str, object], None]
) -> None:
    found = half_splits(mailing(WOMENS), learner, Base.TREES)
    record_property(f"Qini coefficient, {learner}-learner, trees ({qini})", f"{found[0]:.4f}")
    record_property(f"uplift at 30 %, {learner}-learner, trees ({uplift})", f"{found[1]:.4f}")
    assert found.tolist() == pytest.approx([qini, uplift], abs=0.01)


def test_the_womens_mailing_has_an_order_better_than_whoever_buys_anyway() -> None:
    judged = judge(mailing(WOMENS), seed=1, repeats=2, draws=200)
    best = judged.rankings[0]
    assert (judged.finding, judged.best) == (Finding.ORDER_FOUND, "t-learner, linear")
    assert best.coefficient.estimate == pytest.approx(0.061, abs=0.01)
    assert best.coefficient.low > 0.03
    assert judged.rankings[-1].qini.low < 0 < best.over_response.low
    assert judged.effect.difference * 100 == pytest.approx(4.523, abs=0.0005)


def test_the_mens_mailing_has_no_order_and_the_judgement_says_so() -> None:
    """scikit-uplift: .000 to .020, a random order .006."""
    judged = judge(mailing(MENS), seed=1, repeats=2, draws=200)
    assert (judged.finding, judged.best) == (Finding.NO_ORDER_FOUND, "")
    learners = [each for each in judged.rankings if not each.is_baseline]
    assert all(each.qini.low < 0 < each.qini.high for each in learners)
    assert all(0 <= each.coefficient.estimate <= 0.02 for each in learners)
    assert judged.effect.shows_effect


@pytest.mark.prove
def test_no_learner_beats_the_response_model_on_the_mens_mailing_however_folds_fall(
    record_property: Callable[[str, object], None],
) -> None:
    findings = [judge(mailing(MENS), seed=seed, draws=300).finding for seed in range(10)]
    record_property("no order found, of 10 seeds", findings.count(Finding.NO_ORDER_FOUND))
    record_property("order no better than the response model's, of 10 seeds", findings.count(Finding.BUYERS_ANYWAY))
    assert Finding.ORDER_FOUND not in findings


def test_what_was_mailed_tells_what_mailing_everybody_would_have_sold() -> None:
    """Three arms drawn in thirds: the value of a rule that gives one arm is that arm's published mean."""
    table = beside("hillstrom/hillstrom.parquet")
    design = Design("challenge", tuple(Arm(arm, 1 / 3) for arm in (NONE, MENS, WOMENS)))
    log = Log.of(design, table["segment"].to_pylist(), table["spend"].to_numpy())
    for arm, spend in ((NONE, 0.6528), (MENS, 1.4226), (WOMENS, 1.0772)):
        assert self_normalised(log, log.rule(arm)).value == pytest.approx(spend, abs=0.00005)
    assert self_normalised(log, log.rule(MENS)).gain_low > 0
    assert self_normalised(log, log.rule(MENS)).effective == pytest.approx(21_307)


def test_mailing_the_half_with_the_highest_uplift_wins_three_quarters_of_the_visits() -> None:
    trial = mailing(WOMENS)
    log = Log.of(
        Design("womens", (Arm(NONE, 0.5), Arm(WOMENS, 0.5))), np.where(trial.treated, WOMENS, NONE), trial.outcome
    )
    order = cross_fitted(trial, Learner.T, seed=1, repeats=1).order
    expected = expected_outcomes(trial, seed=1, repeats=1)
    rules = [log.rule(np.where(mailed, WOMENS, NONE)) for mailed in (order > 0.5, order <= 0.5, order < 0)]
    first, last, nobody = (doubly_robust(log, rule, expected) for rule in rules)
    won, left = first.value - nobody.value, last.value - nobody.value
    assert won > 0.7 * (won + left)
    assert first.low > last.high
