"""What treatment would change for each customer: S-, T- and X-learner (Künzel, Sekhon, Bickel & Yu 2019).

All are made of ordinary models of the outcome (`Base`). Scores of customers of the experiment are cross-fitted: each
comes from a model that has not seen the customer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge

from guanxi.analytical.arrays import Array, Integers, generator
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.scoring.features import Features
from guanxi.analytical.uplift.trial import Encoding, Trial

FOLDS = 5
REPEATS = 5
ORDER, FOLDING, RESAMPLING = range(3)  # what random numbers are drawn for
Prediction: TypeAlias = Callable[[Array], Array]


class Learner(StrEnum):
    """S: one model in which treatment is a feature like others. T: one model per arm. X: T, corrected by what the other
    arm's customers would have done, which serves arms of very different sizes.

    With the linear base, S can tell customers apart only by how likely they buy anyway: use it with trees.
    """

    S = "s"
    T = "t"
    X = "x"


class Base(StrEnum):
    """LINEAR: logistic regression for outcomes 0 or 1, ridge regression for amounts. TREES: gradient boosting."""

    LINEAR = "linear"
    TREES = "trees"


@dataclass(frozen=True, slots=True)
class UpliftModel:
    """What a learner found. Not for keeping: the same trial and seed give the same model again."""

    learner: Learner
    base: Base
    encoding: Encoding
    prediction: Prediction

    def uplift(self, features: Features) -> Array:
        """Outcome with treatment minus outcome without, expected for each customer; in the unit of the outcome."""
        return self.prediction(self.encoding.matrix(features))


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of the customers of a trial by models that have not seen them. values: means over the repeats.

    order: what to sort by, highest first: mean rank, as a share, among the customers scored by the same model, since
    figures of models learnt from different customers differ in level.
    """

    method: str
    values: Array
    order: Array


def learn(trial: Trial, learner: Learner, *, base: Base = Base.LINEAR, seed: int = 0) -> UpliftModel:
    """Learn from the whole trial, for customers who were not in it. Judge it by `judge` first."""
    encoding = Encoding.of(trial.features)
    prediction = LEARNERS[learner](encoding.matrix(trial.features), trial.treated, _outcomes(trial, base, seed))
    return UpliftModel(learner, base, encoding, prediction)


def cross_fitted(
    trial: Trial, learner: Learner, *, seed: int, base: Base = Base.LINEAR, folds: int = FOLDS, repeats: int = REPEATS
) -> Scores:
    """Expected uplift of each customer of the trial, by models learnt from the other folds.

    Customers are folded anew `repeats` times, so that the answer does not hang on how the folds fell.
    """
    partition = Partition(folds, repeats, seed)
    return _cross_fitted(trial, LEARNERS[learner], base, partition, f"{learner}-learner, {base}")


def response(
    trial: Trial, *, seed: int, base: Base = Base.LINEAR, folds: int = FOLDS, repeats: int = REPEATS
) -> Scores:
    """Baseline: what each customer would do untreated. To aim by it is to target whoever buys anyway."""
    return _cross_fitted(trial, _buys_anyway, base, Partition(folds, repeats, seed), f"response, {base}")


def at_random(trial: Trial, *, seed: int) -> Scores:
    """Baseline: no order at all."""
    drawn = generator(seed, ORDER).random(len(trial.outcome))
    return Scores("random", drawn, drawn)


def expected_outcomes(
    trial: Trial, *, seed: int, base: Base = Base.LINEAR, folds: int = FOLDS, repeats: int = REPEATS
) -> Array:
    """Outcome of each customer without and with treatment (two columns), cross-fitted: for `doubly_robust`."""
    flipped = Trial(trial.features, ~trial.treated, trial.outcome)
    both = [response(each, seed=seed, base=base, folds=folds, repeats=repeats) for each in (trial, flipped)]
    return np.column_stack([scores.values for scores in both])


@dataclass(frozen=True, slots=True)
class Partition:
    """How the customers of a trial are parted for cross-fitting."""

    folds: int
    repeats: int
    seed: int

    def __post_init__(self) -> None:
        if not (2 <= self.folds <= 20 and self.repeats >= 1):
            raise AnalysisError(f"Cross-fitting takes 2 to 20 folds, at least once; not {self.folds}, {self.repeats}.")

    def fold(self, treated: NDArray[np.bool_], repeat: int) -> Integers:
        """Which fold each customer is in: folds of one size, each with its share of both arms."""
        shuffled = generator(self.seed, FOLDING, repeat).permutation(len(treated))
        by_arm = shuffled[np.argsort(treated[shuffled], kind="stable")]
        fold = np.empty(len(by_arm), dtype=np.int64)
        fold[by_arm] = np.arange(len(by_arm)) % self.folds
        return fold


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """The outcomes, and how a model of them is fitted to some of them."""

    y: Array
    base: Base
    is_yes_or_no: bool
    seed: int

    def of(self, mask: NDArray[np.bool_]) -> _Outcomes:
        """Those of some customers."""
        return replace(self, y=self.y[mask])

    def model(self, X: Array, mask: NDArray[np.bool_]) -> Prediction:
        """Of the outcomes of the customers in `mask`; their one value where they do not differ."""
        y = self.y[mask]
        if y.min() == y.max():
            return lambda new: np.full(len(new), y[0])
        if not self.is_yes_or_no:
            return self.amounts(X[mask], y)
        fitted = self._classifier().fit(X[mask], y)
        return lambda new: np.asarray(fitted.predict_proba(new)[:, 1], dtype=np.float64)

    def amounts(self, X: Array, y: Array) -> Prediction:
        """Of any amounts, such as differences to what another model expects."""
        trees = self.base is Base.TREES
        fitted = (HistGradientBoostingRegressor(random_state=self.seed, **SMALL) if trees else Ridge()).fit(X, y)
        return lambda new: np.asarray(fitted.predict(new), dtype=np.float64)

    def _classifier(self) -> HistGradientBoostingClassifier | LogisticRegression:
        if self.base is Base.TREES:
            return HistGradientBoostingClassifier(random_state=self.seed, **SMALL)
        return LogisticRegression(max_iter=1000)


# Shallow and few: uplift is a small difference of two large figures, and deep trees learn noise.
SMALL = {"max_depth": 3, "max_iter": 60, "learning_rate": 0.1, "early_stopping": False}


def _s_learner(X: Array, treated: NDArray[np.bool_], outcomes: _Outcomes) -> Prediction:
    model = outcomes.model(np.column_stack([X, treated]), np.ones(len(X), dtype=bool))
    return lambda new: (
        model(np.column_stack([new, np.ones(len(new))])) - model(np.column_stack([new, np.zeros(len(new))]))
    )


def _t_learner(X: Array, treated: NDArray[np.bool_], outcomes: _Outcomes) -> Prediction:
    without, with_it = outcomes.model(X, ~treated), outcomes.model(X, treated)
    return lambda new: with_it(new) - without(new)


def _x_learner(X: Array, treated: NDArray[np.bool_], outcomes: _Outcomes) -> Prediction:
    without, with_it = outcomes.model(X, ~treated), outcomes.model(X, treated)
    y, share = outcomes.y, float(treated.mean())
    of_treated = outcomes.amounts(X[treated], y[treated] - without(X[treated]))
    of_control = outcomes.amounts(X[~treated], with_it(X[~treated]) - y[~treated])
    return lambda new: share * of_control(new) + (1 - share) * of_treated(new)


def _buys_anyway(X: Array, treated: NDArray[np.bool_], outcomes: _Outcomes) -> Prediction:
    return outcomes.model(X, ~treated)


Method: TypeAlias = Callable[[Array, "NDArray[np.bool_]", _Outcomes], Prediction]
LEARNERS: dict[Learner, Method] = {
    Learner.S: _s_learner,
    Learner.T: _t_learner,
    Learner.X: _x_learner,
}


def _outcomes(trial: Trial, base: Base, seed: int) -> _Outcomes:
    return _Outcomes(trial.outcome, base, trial.is_yes_or_no, seed)


def _cross_fitted(trial: Trial, learner: Method, base: Base, partition: Partition, name: str) -> Scores:
    matrix = Encoding.of(trial.features).matrix(trial.features)  # reads no outcome, so it may see everybody
    outcomes = _outcomes(trial, base, partition.seed)
    values, order = np.zeros(len(matrix)), np.zeros(len(matrix))
    for repeat in range(partition.repeats):
        fold = partition.fold(trial.treated, repeat)
        for here in (fold == each for each in range(partition.folds)):
            model = learner(matrix[~here], trial.treated[~here], outcomes.of(~here))
            scores = model(matrix[here])
            values[here] += scores / partition.repeats
            order[here] += rankdata(scores) / (len(scores) + 1) / partition.repeats
    return Scores(name, values, order)
