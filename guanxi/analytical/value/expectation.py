"""What the models expect of each customer: who is still active, and how much they will buy."""

from collections.abc import Mapping

import numpy as np
from scipy.special import expit

from guanxi.analytical.arrays import Array, positive
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.value.dropout import DropoutModel
from guanxi.analytical.value.histories import Histories, distinct
from guanxi.analytical.value.mbg_nbd import MbgNbd
from guanxi.analytical.value.pareto_nbd import ParetoNbd, log_odds_gone, purchases_while_active
from guanxi.analytical.value.quadrature import BROAD, beta_nodes, steep_nodes

CHUNK = 65_536
CELLS = 1_572_864  # rows times nodes held at once
FAR = 10.0  # times alpha + T

PurchaseModel = DropoutModel | ParetoNbd


def probability_alive(model: MbgNbd | ParetoNbd, histories: Histories) -> Array:
    """Chance that each customer has not dropped out by the as-of date, between 0 and 1.

    Only for the MBG/NBD and the Pareto/NBD. The BG/NBD's figure is refused with an AnalysisError: one-time buyers get 1
    in it, and on CDNOW's full file it ranks who buys again worse than chance (area under the curve 0.32).
    """
    if not isinstance(model, MbgNbd | ParetoNbd):
        raise AnalysisError("The BG/NBD never lets one-time buyers drop out; ask the MBG/NBD or the Pareto/NBD.")
    return active_share(model, histories)


def active_share(model: PurchaseModel, histories: Histories) -> Array:
    """Posterior chance of each customer that no purchase so far was the last. Internal: for the BG/NBD it is no churn.

    In the BG/NBD whoever bought once is active with certainty, so it ranks churners first.
    """
    if isinstance(model, ParetoNbd):
        return np.asarray(expit(-log_odds_gone(model, histories)), dtype=np.float64)
    x, events = histories.frequency, histories.frequency + model.chances
    silent = np.log1p((histories.T - histories.recency) / (model.alpha + histories.recency))
    with np.errstate(divide="ignore"):
        odds = np.where(events > 0, np.log(model.a) - np.log(np.maximum(model.b + events - 1.0, 0.0)), -np.inf)
    return np.asarray(expit(-(odds + (model.r + x) * silent)), dtype=np.float64)


def expected_purchases(model: PurchaseModel, histories: Histories, *, horizon: float) -> Array:
    """Purchase days of each customer within the next `horizon` (the unit of the histories), one float each.

    In the dropout family an active customer of rate λ and dropout chance p makes (1 − exp(−λpt)) / p purchases in t;
    this is its mean over the posterior of λ and p, times the chance to be active. Equal to equation 10 of Fader, Hardie
    & Lee (2005), but finite for every parameter: the closed form divides by a − 1. The Pareto/NBD has a closed form of
    its own (Fader & Hardie, note 009). AnalysisError unless horizon > 0.
    """
    return weighted_purchases(model, histories, {horizon: 1.0})


def weighted_purchases(model: PurchaseModel, histories: Histories, horizons: Mapping[float, float]) -> Array:
    """Sum of `expected_purchases` within several horizons, each times its weight: one pass over the customers."""
    for horizon in horizons:
        positive(horizon, "horizon")
    if not len(histories):
        return np.zeros(0)
    groups, rows = distinct(histories.frequency, histories.T)
    x, T = histories.frequency[rows], histories.T[rows]
    active = np.concatenate(
        [
            _weighted_while_active(model, x[part], T[part], horizons)
            for part in (slice(start, start + CHUNK) for start in range(0, len(x), CHUNK))
        ]
    )
    return np.asarray(active_share(model, histories) * active[groups], dtype=np.float64)


def _weighted_while_active(model: PurchaseModel, x: Array, T: Array, horizons: Mapping[float, float]) -> Array:
    if isinstance(model, ParetoNbd):
        pareto = [share * purchases_while_active(model, x, T, horizon) for horizon, share in horizons.items()]
        return np.asarray(np.sum(pareto, axis=0), dtype=np.float64)
    levels, of_level = np.unique(x, return_inverse=True)
    shape, rate, b = model.r + x, 1.0 / (model.alpha + T), model.b + levels + model.chances
    near = beta_nodes(model.a, b)
    total = np.zeros(len(x))
    for horizon, share in horizons.items():
        far = model.a < BROAD and horizon * float(rate.max()) > FAR
        nodes = steep_nodes(model.a, b, float((shape * rate).max()) * horizon) if far else near
        step = max(CELLS // nodes[0].shape[1], 1)
        for part in (slice(start, start + step) for start in range(0, len(x), step)):
            p, weight = (each[of_level[part]] for each in nodes)
            total[part] += share * _purchases_while_active(shape[part], horizon * rate[part], p, weight)
    return total


def _purchases_while_active(shape: Array, rate: Array, p: Array, weight: Array) -> Array:
    """Mean over p of (1 − (1 + p·rate)^−shape) / p; its limit shape·rate where p vanishes."""
    nodes = np.maximum(p, np.finfo(np.float64).tiny)
    purchases = -np.expm1(-shape[:, None] * np.log1p(nodes * rate[:, None])) / nodes
    return np.asarray((weight * purchases).sum(axis=1), dtype=np.float64)
