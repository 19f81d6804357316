"""Whom a treatment changes, and whether that can be told at all."""

from collections.abc import Callable

import numpy as np
import pytest

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments import Arm, Design, Log, doubly_robust, self_normalised
from guanxi.analytical.scoring import Features
from guanxi.analytical.uplift import (
    Base,
    Finding,
    Learner,
    Scores,
    Trial,
    at_random,
    cross_fitted,
    expected_outcomes,
    figures,
    judge,
    judge_scores,
    learn,
    response,
)


def retention(n: int, seed: int, *, reach: float = 1.0, share: float = 0.5) -> tuple[Trial, np.ndarray]:
    """Customers of whom some stay (1). The lazier, the likelier to leave; a call reminds the lazy that they may leave
    and keeps those in Shanghai: the more at risk, the worse the call.
    """
    rng = np.random.default_rng(seed)
    lazy, city = rng.random(n), rng.choice(["Beijing", "Shanghai", "Xi'an"], n)
    called = rng.random(n) < share
    uplift = reach * (0.12 * (city == "Shanghai") + 0.1 * (0.5 - lazy))
    stays = rng.random(n) < 0.8 - 0.4 * lazy + called * uplift
    features = Features.of({"lazy": lazy, "noise": rng.normal(size=n)}, {"city": city})
    return Trial.of(features, called, stays), uplift


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("learner", [Learner.T, Learner.X])
def test_each_learner_finds_whom_the_call_keeps(learner: Learner, base: Base) -> None:
    trial, uplift = retention(8000, 1)
    found = cross_fitted(trial, learner, base=base, seed=2, repeats=1)
    assert np.corrcoef(found.values, uplift)[0, 1] > 0.6
    assert found.values.mean() == pytest.approx(uplift.mean(), abs=0.02)


def test_the_single_model_finds_it_with_trees() -> None:
    trial, uplift = retention(12_000, 1)
    found = cross_fitted(trial, Learner.S, base=Base.TREES, seed=2, repeats=1)
    assert np.corrcoef(found.values, uplift)[0, 1] > 0.6


def test_retention_is_aimed_by_uplift_not_by_risk() -> None:
    """Ascarza (2018). To call those likeliest to leave first is worse than calling in any order."""
    trial, _ = retention(12_000, 3)
    judged = judge(trial, seed=1, repeats=1, draws=200)
    assert judged.finding is Finding.ORDER_FOUND
    risk = -response(trial, seed=1, repeats=1).order
    assert figures(risk, trial.treated, trial.outcome).qini < 0 < judged.rankings[0].qini.low


def test_an_experiment_of_nothing_has_no_order() -> None:
    trial, _ = retention(4000, 5, reach=0)
    judged = judge(trial, seed=1, repeats=1, draws=200)
    assert (judged.finding, judged.best) == (Finding.NO_ORDER_FOUND, "")
    assert judged.effect.low < 0 < judged.effect.high


def test_whoever_buys_anyway_is_named_as_such() -> None:
    """A voucher doubles what each would buy: the best order is that of the response model, and no learner beats it."""
    rng = np.random.default_rng(6)
    wealth, treated = rng.random(8000), rng.random(8000) < 0.5
    amount = wealth * (1 + treated) + rng.normal(0, 0.3, 8000)
    judged = judge(Trial.of(Features.of({"wealth": wealth}), treated, amount), seed=1, repeats=1, draws=200)
    assert judged.finding is Finding.BUYERS_ANYWAY
    assert judged.rankings[-1].qini.low > 0


def test_a_model_learnt_on_one_trial_orders_the_customers_of_the_next() -> None:
    model = learn(retention(12_000, 1)[0], Learner.T)
    trial, uplift = retention(6000, 2)
    assert np.corrcoef(model.uplift(trial.features), uplift)[0, 1] > 0.8
    stranger = Features.of({"lazy": [0.5], "noise": [0.0]}, {"city": ["Atlantis"]})
    assert np.isfinite(model.uplift(stranger)).all()
    with pytest.raises(AnalysisError, match="lazy"):
        model.uplift(trial.features.without("lazy"))
    with pytest.raises(AnalysisError, match="category city"):
        model.uplift(Features.of({"lazy": [0.5], "noise": [0.0], "city": [1.0]}))


def test_who_has_no_figure_is_a_customer_too_and_is_told_apart_by_that() -> None:
    """A call moves only customers whose age nobody knows."""
    rng = np.random.default_rng(4)
    unknown, called = rng.random(4000) < 0.3, rng.random(4000) < 0.5
    age = np.where(unknown, np.nan, rng.normal(40, 10, 4000))
    stays = rng.random(4000) < 0.4 + 0.3 * (unknown & called)
    for base in Base:
        found = cross_fitted(
            Trial.of(Features.of({"age": age}), called, stays), Learner.T, seed=1, repeats=1, base=base
        )
        assert found.values[unknown].mean() == pytest.approx(0.3, abs=0.05)
        assert found.values[~unknown].mean() == pytest.approx(0.0, abs=0.05)


def test_the_same_seed_gives_the_same_judgement_whatever_the_customers_look_like() -> None:
    trial, _ = retention(1000, 1, share=0.8)
    odd = Features.of(
        {
            "huge": trial.features.numbers["lazy"] * 1e9,
            "same": np.ones(1000),
            "member": [np.nan if i % 7 == 0 else float(i % 2 == 0) for i in range(1000)],
        },
        {"id": [f"customer {i}" for i in range(1000)], "land": ["CN"] * 1000},
    )
    same = Trial.of(odd, trial.treated, trial.outcome)
    assert judge(same, seed=4, repeats=1, draws=100) == judge(same, seed=4, repeats=1, draws=100)


@pytest.mark.parametrize("base", list(Base))
def test_outcomes_that_are_all_alike_show_nothing(base: Base) -> None:
    trial, _ = retention(400, 1)
    for outcome in (np.zeros(400), np.ones(400), np.full(400, 1e9)):
        same = Trial.of(trial.features, trial.treated, outcome)
        judged = judge(same, base=base, seed=1, learners=list(Learner), repeats=1, draws=100)
        assert judged.finding is Finding.NO_ORDER_FOUND


def test_no_customer_is_scored_by_a_model_that_has_seen_him() -> None:
    """Names that tell nobody from anybody but the one customer: models that had seen them would find an order."""
    rng = np.random.default_rng(7)
    features = Features.of({f"noise {i}": rng.normal(size=400) for i in range(60)})
    trial = Trial.of(features, np.arange(400) % 2, rng.normal(size=400))
    seen = learn(trial, Learner.T).uplift(features)
    unseen = cross_fitted(trial, Learner.T, seed=1)
    told = [figures(each, trial.treated, trial.outcome).qini for each in (seen, unseen.order)]
    assert told[0] > 5 * abs(told[1])


def test_too_few_or_broken_customers_are_refused() -> None:
    trial, _ = retention(400, 1)
    with pytest.raises(NotEnoughDataError, match="100 customers"):
        Trial.of(trial.features, np.arange(400) < 99, trial.outcome)
    for treated, outcome in ((trial.treated * 2, trial.outcome), (trial.treated, trial.outcome * np.nan)):
        with pytest.raises(AnalysisError):
            Trial.of(trial.features, treated, outcome)
    with pytest.raises(AnalysisError, match="folds"):
        cross_fitted(trial, Learner.T, seed=1, folds=1)


def test_the_expected_outcomes_sharpen_what_a_rule_is_worth() -> None:
    trial, uplift = retention(6000, 8)
    arms = np.where(trial.treated, "call", "none")
    log = Log.of(Design("s", (Arm("none", 0.5), Arm("call", 0.5))), arms, trial.outcome)
    rule = log.rule(np.where(uplift > 0, "call", "none"))
    robust = doubly_robust(log, rule, expected_outcomes(trial, seed=1, repeats=1))
    plain = self_normalised(log, rule)
    assert robust.standard_error < plain.standard_error
    assert robust.value == pytest.approx(plain.value, abs=plain.standard_error)


def random_interval_holds_0(seed: int) -> bool:
    trial, _ = retention(2000, seed)
    drawn = [at_random(trial, seed=seed), at_random(trial, seed=seed + 10_000)]
    found = judge_scores(trial, drawn[:1], drawn[1:], seed=seed, draws=200, level=0.9).rankings[0].qini
    return found.low <= 0 <= found.high


def test_the_90_percent_interval_of_a_random_order_mostly_holds_0() -> None:
    assert np.mean([random_interval_holds_0(seed) for seed in range(20)]) >= 0.75


@pytest.mark.prove
def test_the_90_percent_interval_of_a_random_order_holds_0_in_84_to_96_percent_of_200_runs(
    record_property: Callable[[str, object], None],
) -> None:
    share = float(np.mean([random_interval_holds_0(seed) for seed in range(200)]))
    record_property("90 % Qini intervals of random orders that hold 0, of 200", share)
    assert 0.84 <= share <= 0.96


@pytest.mark.prove
def test_where_nothing_is_an_order_is_claimed_in_at_most_5_percent_of_200_trials(
    record_property: Callable[[str, object], None],
) -> None:
    judged = [judge(retention(2000, seed, reach=0)[0], seed=seed, repeats=2, draws=200) for seed in range(200)]
    wrong = float(np.mean([each.finding is not Finding.NO_ORDER_FOUND for each in judged]))
    record_property("orders seen where there is none, of 200", wrong)
    assert wrong <= 0.05


def test_an_order_from_elsewhere_needs_something_to_be_judged_by() -> None:
    trial, _ = retention(400, 1)
    own = Scores("theirs", trial.outcome, trial.outcome)
    with pytest.raises(AnalysisError, match="nothing to judge it by"):
        judge_scores(trial, [own], [], seed=1)
    with pytest.raises(AnalysisError, match="draws"):
        judge_scores(trial, [own], [own], seed=1, draws=10)


def test_customers_alike_in_everything_are_scored_alike() -> None:
    trial, _ = retention(400, 1)
    alike = Trial.of(Features.of(categories={"land": ["CN"] * 400}), trial.treated, trial.outcome)
    assert len(set(learn(alike, Learner.T).uplift(alike.features))) == 1
