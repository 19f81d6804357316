"""Bits of evidence for every pair looked at, and how many of all pairs there could be are one."""

from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np

from guanxi.analytical.identity.clusters import Bits, Ids
from guanxi.analytical.identity.linker import linker_on, score
from guanxi.analytical.identity.model import Model
from guanxi.analytical.identity.steps import Comparison

ROUNDS = 50
SETTLED = 1e-4


@dataclass(frozen=True)
class Weighed:
    """All pairs looked at, with their bits."""

    left: Ids
    right: Ids
    weights: Bits

    def __getitem__(self, chosen: Any) -> "Weighed":
        return Weighed(self.left[chosen], self.right[chosen], self.weights[chosen])


def weigh(connection: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...], model: Model) -> Weighed:
    scored = score(connection, linker_on(connection, comparisons, model), "pairs")
    found = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_weight FROM {scored} ORDER BY unique_id_l, unique_id_r"
    ).fetchnumpy()
    return Weighed(*(np.asarray(found[name]) for name in ("unique_id_l", "unique_id_r", "match_weight")))


def with_prior(model: Model, weighed: Weighed, count: int) -> tuple[Model, Weighed]:
    """Expectation maximisation for the prior alone, over all pairs there could be: those not looked at are two."""
    evidence = weighed.weights - _log_odds(model.prior)
    prior = model.prior
    for _ in range(ROUNDS):
        fresh = float(_probability(evidence + _log_odds(prior)).sum()) / (count * (count - 1) / 2)
        fresh = min(max(fresh, 1e-12), 0.5)
        is_settled = abs(np.log(fresh / prior)) < SETTLED
        prior = fresh
        if is_settled:
            break
    return replace(model, prior=prior), replace(weighed, weights=evidence + _log_odds(prior))


def _log_odds(chance: float) -> float:
    return float(np.log2(chance / (1 - chance)))


def _probability(bits: Bits) -> Bits:
    return np.asarray(1 / (1 + 2.0 ** -np.clip(bits, -60, 60)))
