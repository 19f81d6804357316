"""Who will not buy again: a propensity on purchase histories, beside the plain signs that it has to beat.

Churn is "no purchase within the next `horizon` days". Every row knows a customer as of one day and holds what came
after it, so no feature can know the outcome. Aim offers by uplift, not by this: whoever is surest to leave is seldom
whoever an offer keeps (Ascarza 2018, Journal of Marketing Research 55, 80-98).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis import _

from guanxi.analytical.arrays import Array, positive
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.scoring import Evaluation, Features, Propensity, Signal, assess, calibrated, evaluate, scores
from guanxi.analytical.value import (
    Histories,
    Statistics,
    area_under_curve,
    calibration_and_holdout,
    expected_purchases,
    fit_mbg_nbd,
    hiatus,
)

FEATURES = ("repeats", "silence", "known", "gap", "overdue", "worth", "returned")
KEPT = ("party", "frequency", "recency", "T", "mean_value")


def churn_features(statistics: ir.Table) -> ir.Table:
    """Add to rows of `purchase_statistics` what the model reads; all logarithms of 1 + x but the last.

    repeats: purchase days after the first. silence: days since the last. known: days since the first. gap: mean days
    between purchase days (missing after one). overdue: silence over gap (missing likewise). worth: sales a day.
    returned: share of sales that came back, at most 1 (returns of what was bought before the history began are more).
    """
    return _described(statistics).select(*KEPT, *FEATURES)


def _described(statistics: ir.Table) -> ir.Table:
    silence = (_["T"] - _.recency).cast("float64")
    gap = _.recency.cast("float64") / _.frequency.cast("float64").nullif(0.0)
    return statistics.mutate(
        repeats=(1.0 + _.frequency).ln(),
        silence=(1.0 + silence).ln(),
        known=(1.0 + _["T"]).ln(),
        gap=(1.0 + gap).ln(),
        overdue=(1.0 + silence / gap.nullif(0.0)).ln(),
        worth=(1.0 + _.mean_value).ln(),
        returned=ibis.least(_.returns / _.sales.nullif(0.0), 1.0),
    )


def churn_snapshot(lines: ir.Table, as_of: date, *, horizon: int, count_free: bool = False) -> ir.Table:
    """One row per customer as known `horizon` days before `as_of`: `churn_features`, and `churned` (0 or 1) since then.

    Lines as everywhere (`purchase_statistics`). AnalysisError unless horizon is above 0.
    """
    positive(horizon, "horizon")
    known = calibration_and_holdout(lines, as_of - timedelta(days=horizon), days=horizon, count_free=count_free)
    return _described(known).select(*KEPT, *FEATURES, churned=ibis.ifelse(_.future_days > 0, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class ChurnAssessment:
    """Whether churn can be told, and by what. model: None unless `signal` is FOUND; fitted on the latest snapshot.

    evaluation: of chances told beforehand; is_later: by a model of an earlier time, not only of other customers.
    hiatus_auc, expected_auc: the AUC of the days since the last purchase, and of the purchases that the MBG/NBD does
    not expect: the baselines.
    """

    signal: Signal
    model: Propensity | None
    evaluation: Evaluation
    is_later: bool
    hiatus_auc: float
    expected_auc: float

    @property
    def beats_baselines(self) -> bool:
        """True when the classifier ranks better than both; else show the silence, which everybody understands."""
        return self.evaluation.auc > max(self.hiatus_auc, self.expected_auc)


def assess_churn(latest: pa.Table, *, horizon: float, seed: int, earlier: pa.Table | None = None) -> ChurnAssessment:
    """Judge a churn classifier on the snapshot `latest`, an Arrow table of `churn_snapshot`.

    With `earlier`, a snapshot whose outcome was known when `latest` began, the model is fitted there and judged on
    `latest`: the test that counts. Without it, customers of `latest` are told by a model of the others. horizon:
    that of the snapshots, in days. NotEnoughDataError below 20 customers who stayed or left.
    """
    positive(horizon, "horizon")
    features, churned = _features(latest), latest["churned"].to_numpy()
    if earlier is None:
        found = assess(features, churned, seed=seed, cleared=FEATURES)
        signal, model, evaluation = found.signal, found.model, found.across
    else:
        evaluation = _out_of_time(earlier, features, churned, seed)
        signal = Signal.FOUND if evaluation.ranks and evaluation.beats_base_rate else Signal.NONE
        model = calibrated(features, churned, seed=seed) if signal is Signal.FOUND else None
    histories = Histories.from_table(latest)
    expected = expected_purchases(fit_mbg_nbd(Statistics.of(histories)), histories, horizon=horizon)
    return ChurnAssessment(
        signal=signal,
        model=model,
        evaluation=evaluation,
        is_later=earlier is not None,
        hiatus_auc=area_under_curve(hiatus(histories), churned),
        expected_auc=area_under_curve(-expected, churned),
    )


def churn_chances(model: Propensity, customers: pa.Table) -> Array:
    """Chance of each customer not to buy within the horizon of the model, from an Arrow table of `churn_features`."""
    return scores(model, _features(customers))


def _out_of_time(earlier: pa.Table, features: Features, churned: Array, seed: int) -> Evaluation:
    before = earlier["churned"].to_numpy()
    model = calibrated(_features(earlier), before, seed=seed)
    return evaluate(scores(model, features), churned, known_rate=float(np.mean(before)))


def _features(table: pa.Table) -> Features:
    if absent := [name for name in FEATURES if name not in table.column_names]:
        raise AnalysisError(f"These are no rows of churn_features: {', '.join(absent)} is missing.")
    return Features.from_table(table.select(list(FEATURES)))
