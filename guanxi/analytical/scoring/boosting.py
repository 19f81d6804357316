"""Gradient boosting beside the logistic regression: what interactions and curves would add, for comparison only.

It gives an evaluation and no score: its thousands of leaves are no named numbers, and say no reasons. Where it wins
clearly, a feature is missing from the logistic regression (a ratio, a product, a band) that is worth naming.
"""

import numpy as np

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.scoring.features import Features

LEVELS = 200  # scikit-learn takes 255
ROUNDS = 150
RATE = 0.05


def boosted_chances(train: Features, happened: Array, test: Features, *, seed: int) -> Array:
    """Chances of the units of `test` by scikit-learn's histogram gradient boosting (after Ke et al. 2017, LightGBM)."""
    # Imported here: it takes seconds, and whoever only scores does not need it.
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415

    frequent = {name: _frequent(levels.codes, len(levels.names)) for name, levels in train.categories.items()}
    categorical = [False] * len(train.numbers) + [True] * len(train.categories)
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=RATE, categorical_features=categorical, early_stopping=False, random_state=seed
    )
    model.fit(_matrix(train, frequent), happened)
    return np.asarray(model.predict_proba(_matrix(test, frequent))[:, 1], dtype=np.float64)


def _frequent(codes: Integers, size: int) -> Array:
    """For each level its place among the most frequent, NaN for all others."""
    place = np.full(size, np.nan)
    first = np.argsort(-np.bincount(codes, minlength=size), kind="stable")[:LEVELS]
    place[first] = np.arange(len(first))
    return place


def _matrix(features: Features, frequent: dict[str, Array]) -> Array:
    columns = [*features.numbers.values()]
    columns += [frequent[name][levels.codes] for name, levels in features.categories.items()]
    return np.column_stack(columns)
